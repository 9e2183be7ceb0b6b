import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bookmark, FENCED_OUT } from '@planledger/feed';
import { type MongoBench, openMongoBench } from './conformance/mongo.js';
import { FencedOut, fencedBookmark } from './mongo-bookmark.js';

let bench: MongoBench;
let plans = 0;
beforeAll(async () => {
  bench = await openMongoBench();
});
afterAll(() => bench.close());

const newPlan = (): string => `plan-${(plans += 1)}`;
/** As the relay of a process of that name has it. */
const bookmarkOf = (plan: string, owner: string): Bookmark => fencedBookmark(bench.db, plan, owner);
const stored = (plan: string) =>
  bench.raw.collection<{ _id: string; position: number }>('bookmarks').findOne({ _id: plan });

describe('the bookmark of a relay in MongoDB', () => {
  test('refuses by the name that a relay ends at', () => {
    expect(new FencedOut('taken over').name).toBe(FENCED_OUT);
  });

  test('is 0 where nothing was relayed, and where the last relay got to after that', async () => {
    const plan = newPlan();
    const first = bookmarkOf(plan, 'intake-1');
    expect(await first.load()).toBe(0);
    await first.save(40);
    await first.save(41);
    expect(await bookmarkOf(plan, 'intake-2').load()).toBe(41);
    expect(await bookmarkOf(newPlan(), 'intake-1').load()).toBe(0);
  });

  test('once taken over, whoever had it can save no more, whatever he tries', async () => {
    const plan = newPlan();
    const [old, next] = [bookmarkOf(plan, 'intake-1'), bookmarkOf(plan, 'intake-2')];
    await old.load();
    await old.save(10);
    expect(await next.load()).toBe(10);
    for (const position of [10, 11, 12]) await expect(old.save(position)).rejects.toThrow(FencedOut);
    await next.save(15);
    await expect(old.save(20)).rejects.toThrow('intake-1 no longer has the bookmark');
    expect(await stored(plan)).toEqual({ _id: plan, fence: 2, owner: 'intake-2', position: 15 });
  });

  test('taken over again by the first, it is his again and no longer the other’s', async () => {
    const plan = newPlan();
    const [one, other] = [bookmarkOf(plan, 'intake-1'), bookmarkOf(plan, 'intake-2')];
    await one.load();
    await other.load();
    await other.save(7);
    expect(await one.load()).toBe(7);
    await one.save(8);
    await expect(other.save(9)).rejects.toThrow(FencedOut);
  });

  test('a position saved again, or an earlier one, moves nothing back', async () => {
    const plan = newPlan();
    const bookmark = bookmarkOf(plan, 'intake-1');
    await bookmark.load();
    for (const position of [10, 10, 4]) await bookmark.save(position);
    expect(await bookmark.load()).toBe(10);
  });

  test('cannot be saved before it was taken over', async () => {
    const plan = newPlan();
    await expect(bookmarkOf(plan, 'intake-1').save(3)).rejects.toThrow('was not taken over');
    expect(await stored(plan)).toBeNull();
  });

  test('of relays that race each other for it exactly one ends with it, and it never goes back', async () => {
    const plan = newPlan();
    const seen: number[] = [];
    /** Relays entry after entry from where the bookmark is, until another has it. */
    const relay = async (owner: string): Promise<string> => {
      const bookmark = bookmarkOf(plan, owner);
      const from = await bookmark.load();
      for (let position = from + 1; position <= from + 20; position += 1) {
        try {
          await bookmark.save(position);
        } catch (error) {
          expect(error).toBeInstanceOf(FencedOut);
          return 'fenced out';
        }
        seen.push((await stored(plan))?.position ?? 0);
      }
      return 'had it';
    };
    const ends = await Promise.all(['a', 'b', 'c', 'd'].map(relay));
    expect(ends.filter((end) => end === 'had it')).toHaveLength(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(await stored(plan)).toMatchObject({ fence: 4, position: seen.at(-1) });
  });

  test('a plan or an owner that is no text is refused', () => {
    expect(() => fencedBookmark(bench.db, { $gt: '' } as never, 'intake-1')).toThrow(TypeError);
    expect(() => fencedBookmark(bench.db, 'p', { $gt: '' } as never)).toThrow(TypeError);
  });
});
