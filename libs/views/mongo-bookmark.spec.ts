import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bookmark, createRelay, FENCED_OUT, type Feed } from '@planledger/feed';
import { encodeEntry, makeEntry, type StoredEntry } from '@planledger/contracts';
import { eventually } from '@planledger/feed/conformance/listener';
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
const bookmarkOf = (plan: string, owner: string): Required<Bookmark> => fencedBookmark(bench.db, plan, owner);
const stored = (plan: string) =>
  bench.raw.collection<{ _id: string; position: number; beat: number }>('bookmarks').findOne({ _id: plan });

interface Process {
  readonly plan: string;
  readonly owner: string;
  readonly entries: readonly StoredEntry[];
  /** Positions that it published. */
  readonly sent: number[];
  readonly told?: string[];
  readonly bookmark?: Bookmark;
}

function relayOf({ plan, owner, entries, sent, told = [], bookmark = bookmarkOf(plan, owner) }: Process) {
  const publish: Feed['publish'] = async (_topic, records) => {
    for (const { headers } of records) sent.push(Number(headers['ce_position']));
  };
  return createRelay({
    plan,
    readPage: async (from, limit) => entries.slice(from - 1, from - 1 + limit),
    feed: { publish },
    bookmark,
    onTrouble: ({ error }) => told.push(String(error)),
    // Far apart: however busy the machine is, one sign of life of a live owner comes in time.
    limits: { lookMs: 5, beatMs: 20, standbyMs: 1_500 },
  });
}

function entriesOf(plan: string, from: number, to: number): StoredEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const position = from + index;
    const event = { case: 'projectSuspended', value: {} } as const;
    const at = { plan, position, stream: 'plan', version: position, eventId: `e${position}` };
    const entry = makeEntry({ ...at, recordedAt: '2023-05-06T07:08:09.010Z', sector: '', event });
    return { position, stream: 'plan', version: position, bytes: encodeEntry(entry) };
  });
}

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
    expect(await stored(plan)).toEqual({ _id: plan, fence: 2, owner: 'intake-2', position: 15, beat: 2 });
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

  test('anybody sees where it is without taking it over, and by its sign that its owner saves or is another', async () => {
    const plan = newPlan();
    const [owner, other] = [bookmarkOf(plan, 'intake-1'), bookmarkOf(plan, 'intake-2')];
    const signs = [await other.seen()];
    await owner.load();
    signs.push(await other.seen());
    for (const position of [7, 7, 3]) {
      await owner.save(position);
      signs.push(await other.seen());
    }
    expect(signs.map(({ position }) => position)).toEqual([0, 0, 7, 7, 7]);
    expect(new Set(signs.map(({ sign }) => sign)).size).toBe(5);
    expect(await other.seen()).toEqual(signs.at(-1));
    await owner.save(8);
    await other.load();
    expect((await owner.seen()).sign).not.toBe(signs.at(-1)?.sign);
  });

  test('a bookmark stored before owners gave signs of life is taken over and shows them', async () => {
    const plan = newPlan();
    await bench.raw
      .collection<{ _id: string }>('bookmarks')
      .insertOne({ _id: plan, fence: 4, owner: 'intake-1', position: 9 } as never);
    const bookmark = bookmarkOf(plan, 'intake-2');
    const before = await bookmark.seen();
    expect(await bookmark.load()).toBe(9);
    await bookmark.save(9);
    expect(before.position).toBe(9);
    expect(await bookmark.seen()).not.toEqual(before);
    expect(await stored(plan)).toEqual({ _id: plan, fence: 5, owner: 'intake-2', position: 9, beat: 1 });
  });

  test('a plan or an owner that is no text is refused', () => {
    expect(() => fencedBookmark(bench.db, { $gt: '' } as never, 'intake-1')).toThrow(TypeError);
    expect(() => fencedBookmark(bench.db, 'p', { $gt: '' } as never)).toThrow(TypeError);
  });
});

describe('two relays on one bookmark in MongoDB', () => {
  test('when the owner falls silent the other goes on, and nothing is lost or skipped', async () => {
    const plan = newPlan();
    const entries = entriesOf(plan, 1, 3);
    const [early, late]: [number[], number[]] = [[], []];
    const told: string[] = [];
    const first = relayOf({ plan, owner: 'intake-1', entries, sent: early, told });
    first.start();
    await eventually(() => early.length === 3);
    const dying = bookmarkOf(plan, 'intake-2');
    let dead = false;
    /** From its death on it saves nothing, not even what it has sent. */
    const save = (position: number): Promise<void> => (dead ? new Promise(() => {}) : dying.save(position));
    const second = relayOf({ plan, owner: 'intake-2', entries, sent: late, bookmark: { ...dying, save } });
    second.start();
    await eventually(() => second.position() === 3);
    await eventually(() => told.length === 1);
    entries.push(...entriesOf(plan, 4, 5));
    await eventually(() => second.position() === 5 && first.position() === 5);
    dead = true;
    entries.push(...entriesOf(plan, 6, 9));
    await eventually(() => late.includes(9) && first.position() === 9);
    expect(await stored(plan)).toMatchObject({ owner: 'intake-1', fence: 3, position: 9 });
    expect(early).toEqual([1, 2, 3, 6, 7, 8, 9]);
    expect(late).toEqual([4, 5, 6, 7, 8, 9]);
    await first.stop();
  });

  test('while both live they do not take it from each other, however long', async () => {
    const plan = newPlan();
    const entries = entriesOf(plan, 1, 3);
    const [early, late]: [number[], number[]] = [[], []];
    const told: string[] = [];
    const first = relayOf({ plan, owner: 'intake-1', entries, sent: early, told });
    const second = relayOf({ plan, owner: 'intake-2', entries, sent: late });
    first.start();
    await eventually(() => early.length === 3);
    second.start();
    await eventually(() => second.position() === 3 && told.length === 1);
    const beats = async (): Promise<number> => Number((await stored(plan))?.beat);
    // The owner's own signs of life count the time: longer than one that stands by would wait.
    const from = await beats();
    while ((await beats()) < from + 120) {
      entries.push(...entriesOf(plan, entries.length + 1, entries.length + 1));
      first.nudge();
      await eventually(() => second.position() === entries.length);
    }
    expect(await stored(plan)).toMatchObject({ owner: 'intake-2', fence: 2 });
    expect(early).toEqual([1, 2, 3]);
    await Promise.all([first.stop(), second.stop()]);
  });
});
