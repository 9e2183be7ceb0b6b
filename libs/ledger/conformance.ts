import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeEntry, makeEntry, type EventInit, type StoredEntry } from '@planledger/contracts';
import {
  COMMIT_ENTRIES_MAX,
  READ_ENTRIES_MAX,
  type Commit,
  type EntryFilter,
  type Ledger,
  type NewEntry,
} from './port.js';

/** A ledger under test, empty of the plans `kaifeng-145` and `luoyang-145`. */
export interface LedgerUnderTest {
  readonly ledger: Ledger;
  /** Closes and opens it again on the same storage; left out where nothing outlives the process. */
  readonly reopen?: () => Promise<Ledger>;
  readonly dispose: () => Promise<void>;
}

/** What a test says of an entry; all else is filled in. */
interface EntryAbout {
  readonly stream: string;
  /** 1 where not given. */
  readonly version?: number;
  readonly event?: EventInit;
  readonly actor?: { readonly subject: string };
  readonly sector?: string;
  readonly county?: string;
  readonly period?: string;
  readonly backfilled?: boolean;
}

const PLAN = 'kaifeng-145';
const OTHER = 'luoyang-145';

/** The promises of the port, as tests. Every adapter MUST run them all. */
export function ledgerConformance(name: string, makeLedger: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger in ${name}`, () => {
    let made: LedgerUnderTest;
    let ledger: Ledger;
    beforeEach(async () => {
      made = await makeLedger();
      ledger = made.ledger;
    });
    afterEach(() => made.dispose());

    const append = async (commit: Commit, plan = PLAN): Promise<'ok' | 'conflict'> =>
      ledger.append(plan, commit.entries[0]!.position - 1, commit);
    const positions = async (filter?: EntryFilter): Promise<number[]> =>
      (await ledger.read(PLAN, { from: 1, limit: READ_ENTRIES_MAX, filter })).map(({ position }) => position);

    test('begins empty, and reading an unknown plan makes none', async () => {
      expect(await ledger.head(PLAN)).toEqual({ position: 0, recordedAt: '' });
      expect(await ledger.read(PLAN, { from: 1, limit: 10 })).toEqual([]);
      expect(await ledger.read(PLAN, { from: 1, limit: 10, filter: { type: 'projectRegistered' } })).toEqual([]);
      expect(await ledger.readStream(PLAN, 'project/a')).toEqual([]);
      expect(await ledger.findCommand(PLAN, 'c1')).toBeUndefined();
    });

    test('gives bytes back as they came, at gapless positions', async () => {
      const commit = commitOf(1, [
        { stream: 'project/a' },
        { stream: 'project/b' },
        { stream: 'project/a', version: 2 },
      ]);
      expect(await append(commit)).toBe('ok');
      expect(await append(commitOf(4, [{ stream: 'project/b', version: 2 }]))).toBe('ok');

      const stored = await ledger.read(PLAN, { from: 1, limit: 10 });
      expect(stored.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
      expect(stored.slice(0, 3).map(plain)).toEqual(commit.entries.map(plain));
      expect(await ledger.head(PLAN)).toEqual({ position: 4, recordedAt: recordedAt(4) });
    });

    test('keeps bytes that are not those of the entry beside them: nothing is encoded again', async () => {
      const { entries, commands } = commitOf(1, [{ stream: 'project/a' }]);
      const bytes = Uint8Array.of(0, 255, 1, 0, 128);
      await append({ entries: [{ ...entries[0]!, bytes }], commands });
      expect(plain((await ledger.readStream(PLAN, 'project/a'))[0]!).bytes).toEqual([...bytes]);
    });

    test('refuses a commit on a head that has moved, and one on a head not yet reached', async () => {
      await append(commitOf(1, [{ stream: 'project/a' }]));
      expect(await append(commitOf(1, [{ stream: 'project/b' }]))).toBe('conflict');
      expect(await append(commitOf(3, [{ stream: 'project/b' }]))).toBe('conflict');
      expect(await append(commitOf(2, [{ stream: 'project/b' }]), OTHER)).toBe('conflict');
      expect(await positions()).toEqual([1]);
      expect((await ledger.head(OTHER)).position).toBe(0);
    });

    test('refuses a commit on a head that is in the middle of another', async () => {
      await append(commitOf(1, [{ stream: 'project/a' }, { stream: 'project/b' }, { stream: 'project/c' }]));
      for (const first of [2, 3])
        expect(await append(commitOf(first, [{ stream: 'project/d' }], 'late'))).toBe('conflict');
      expect(await positions()).toEqual([1, 2, 3]);
      expect(await append(commitOf(4, [{ stream: 'project/d' }]))).toBe('ok');
    });

    test('refuses a commit that repeats a stream version or a command id within itself', async () => {
      expect(await append(commitOf(1, [{ stream: 'project/a' }, { stream: 'project/a' }]))).toBe('conflict');
      const { entries, commands } = commitOf(1, [{ stream: 'project/a' }, { stream: 'project/b' }]);
      const twice = commands.map((command) => ({ ...command, id: 'twice' }));
      expect(await append({ entries, commands: twice })).toBe('conflict');
      expect(await positions()).toEqual([]);
      expect(await ledger.findCommand(PLAN, 'twice')).toBeUndefined();
    });

    test('writes all of a commit or none of it', async () => {
      await append(commitOf(1, [{ stream: 'project/a' }]));
      const commit = commitOf(2, [
        { stream: 'project/b' },
        { stream: 'project/c' },
        { stream: 'project/a', version: 1 },
      ]);
      expect(await append(commit)).toBe('conflict');
      expect(await positions()).toEqual([1]);
      expect(await ledger.readStream(PLAN, 'project/b')).toEqual([]);
      for (const { id } of commit.commands) expect(await ledger.findCommand(PLAN, id)).toBeUndefined();
      expect(await append(commitOf(2, [{ stream: 'project/b' }]))).toBe('ok');
    });

    test('refuses a command id that it already holds', async () => {
      const first = commitOf(1, [{ stream: 'project/a' }]);
      await append(first);
      const { entries } = commitOf(2, [{ stream: 'project/b' }]);
      const commands = [{ ...first.commands[0]!, first: 2 }];
      expect(await append({ entries, commands })).toBe('conflict');
      expect(await positions()).toEqual([1]);
      expect(await ledger.findCommand(PLAN, first.commands[0]!.id)).toEqual(first.commands[0]);
    });

    test('throws at a commit that is none', async () => {
      const { entries, commands } = commitOf(1, [{ stream: 'project/a' }, { stream: 'project/b' }]);
      const [one, two] = entries as [NewEntry, NewEntry];
      await expect(ledger.append(PLAN, 0, { entries: [], commands: [] })).rejects.toThrow(RangeError);
      await expect(ledger.append(PLAN, 0, { entries: [two, one], commands })).rejects.toThrow('position');
      await expect(ledger.append(PLAN, 0, { entries: [one, two], commands: commands.slice(1) })).rejects.toThrow();
      await expect(ledger.append(PLAN, 0, { entries: [one, two], commands: commands.slice(0, 1) })).rejects.toThrow();
      const tooMany = Array.from({ length: COMMIT_ENTRIES_MAX + 1 }, (_, i) => ({ stream: `project/${i}` }));
      await expect(append(commitOf(1, tooMany))).rejects.toThrow(RangeError);
      await expect(append(commitOf(1, [{ stream: 'project/a' }]), '../elsewhere')).rejects.toThrow('no name of a plan');
      expect(await positions()).toEqual([]);
    });

    test('takes the largest commit', async () => {
      const largest = Array.from({ length: COMMIT_ENTRIES_MAX }, (_, i) => ({ stream: `project/${i}` }));
      expect(await append(commitOf(1, largest))).toBe('ok');
      expect((await ledger.head(PLAN)).position).toBe(COMMIT_ENTRIES_MAX);
    });

    test('lets exactly one of many win that append to the same head at once', async () => {
      for (let round = 1; round <= 5; round++) {
        const rivals = Array.from({ length: 20 }, (_, rival) =>
          commitOf(round, [{ stream: `project/${round}-${rival}` }], `rival-${rival}`),
        );
        const answers = await Promise.all(rivals.map((commit) => append(commit)));
        expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
        const winner = rivals[answers.indexOf('ok')]!;
        expect(plain((await ledger.read(PLAN, { from: round, limit: 10 }))[0]!)).toEqual(plain(winner.entries[0]!));
      }
      expect(await positions()).toEqual([1, 2, 3, 4, 5]);
    });

    test('reads one stream by version, from a version on', async () => {
      for (let position = 1; position <= 6; position++)
        await append(
          commitOf(position, [{ stream: position % 2 ? 'project/a' : 'project/ab', version: Math.ceil(position / 2) }]),
        );
      const seen = async (stream: string, from?: number): Promise<number[][]> =>
        (await ledger.readStream(PLAN, stream, from)).map(({ version, position }) => [version, position]);
      expect(await seen('project/a')).toEqual([
        [1, 1],
        [2, 3],
        [3, 5],
      ]);
      expect(await seen('project/ab', 2)).toEqual([
        [2, 4],
        [3, 6],
      ]);
      expect(await seen('project/ab', 4)).toEqual([]);
      expect(await seen('project/abc')).toEqual([]);
    });

    test('reads in pages, within bounds', async () => {
      for (let first = 1; first <= 300; first += 100)
        await append(
          commitOf(
            first,
            Array.from({ length: 100 }, (_, i) => ({ stream: `project/${first + i}` })),
          ),
        );
      const page = async (from: number, limit: number, to?: number): Promise<number[]> =>
        (await ledger.read(PLAN, { from, to, limit })).map(({ position }) => position);
      expect(await page(1, 3)).toEqual([1, 2, 3]);
      expect(await page(99, 4)).toEqual([99, 100, 101, 102]);
      expect(await page(150, 10, 152)).toEqual([150, 151, 152]);
      expect(await page(299, 10)).toEqual([299, 300]);
      expect(await page(301, 10)).toEqual([]);
      expect(await page(20, 10, 19)).toEqual([]);
      expect(await page(1, READ_ENTRIES_MAX)).toHaveLength(300);
      await expect(page(0, 10)).rejects.toThrow(RangeError);
      await expect(page(1, 0)).rejects.toThrow(RangeError);
      await expect(page(1, READ_ENTRIES_MAX + 1)).rejects.toThrow(RangeError);
    });

    test('filters by every field, by several at once, and pages through what is left', async () => {
      const about: EntryAbout[] = [
        { stream: 'plan', event: { case: 'planLoaded', value: {} } },
        { stream: 'project/a', sector: 'health', county: '410202', actor: { subject: 'zhang' } },
        { stream: 'project/b', sector: 'health', county: '410203', period: '2024-05', backfilled: true },
        {
          stream: 'project/a',
          version: 2,
          sector: 'health',
          county: '410202',
          period: '2024-05',
          actor: { subject: 'li' },
        },
      ];
      await append(commitOf(1, about));
      expect(await positions({ stream: 'project/a' })).toEqual([2, 4]);
      expect(await positions({ type: 'planLoaded' })).toEqual([1]);
      expect(await positions({ actor: 'li' })).toEqual([4]);
      expect(await positions({ sector: 'health' })).toEqual([2, 3, 4]);
      expect(await positions({ county: '410203' })).toEqual([3]);
      expect(await positions({ period: '2024-05' })).toEqual([3, 4]);
      expect(await positions({ backfilled: true })).toEqual([3]);
      expect(await positions({ backfilled: false, sector: undefined })).toEqual([1, 2, 4]);
      expect(await positions({ sector: 'health', county: '410202', period: '2024-05' })).toEqual([4]);
      expect(await positions({ stream: 'project/a', actor: 'zhang' })).toEqual([2]);
      expect(await positions({ actor: "x' OR 1=1 --" })).toEqual([]);
      const filter = { sector: 'health' };
      const paged = await ledger.read(PLAN, { from: 3, to: 4, limit: 1, filter });
      expect(paged.map(({ position }) => position)).toEqual([3]);
      const streamPage = await ledger.read(PLAN, { from: 3, limit: 10, filter: { stream: 'project/a' } });
      expect(streamPage.map(({ position }) => position)).toEqual([4]);
    });

    test('finds each command of a commit, and no other', async () => {
      const { entries } = commitOf(1, [{ stream: 'project/a' }, { stream: 'project/b' }, { stream: 'project/c' }]);
      const commands = [
        { id: 'one', bodyDigest: 'd1', first: 1, count: 2 },
        { id: 'two', bodyDigest: 'd2', first: 3, count: 1 },
      ];
      await append({ entries, commands });
      expect(await ledger.findCommand(PLAN, 'one')).toEqual(commands[0]);
      expect(await ledger.findCommand(PLAN, 'two')).toEqual(commands[1]);
      expect(await ledger.findCommand(PLAN, 'three')).toBeUndefined();
      expect(await ledger.findCommand(OTHER, 'one')).toBeUndefined();
    });

    test('keeps two plans apart: same streams, same positions, same command ids', async () => {
      const here = commitOf(1, [{ stream: 'plan', county: 'here' }]);
      const there = commitOf(1, [{ stream: 'plan', county: 'there' }]);
      expect(await append(here)).toBe('ok');
      expect(await append(there, OTHER)).toBe('ok');
      expect((await ledger.readStream(PLAN, 'plan')).map(plain)).toEqual(here.entries.map(plain));
      expect((await ledger.readStream(OTHER, 'plan')).map(plain)).toEqual(there.entries.map(plain));
    });

    test('holds everything after being opened again', async () => {
      const commit = commitOf(1, [{ stream: 'project/a' }, { stream: 'project/b' }]);
      await append(commit);
      if (made.reopen !== undefined) ledger = await made.reopen();
      expect((await ledger.read(PLAN, { from: 1, limit: 10 })).map(plain)).toEqual(commit.entries.map(plain));
      expect(await ledger.findCommand(PLAN, commit.commands[1]!.id)).toEqual(commit.commands[1]);
      expect(await append(commit)).toBe('conflict');
      expect(await append(commitOf(3, [{ stream: 'project/a', version: 2 }]))).toBe('ok');
      expect(await ledger.head(PLAN)).toEqual({ position: 3, recordedAt: recordedAt(3) });
    });
  });
}

const recordedAt = (position: number): string => new Date(Date.UTC(2024, 4, 6) + position).toISOString();

/** A commit from position `first` on, one command an entry. */
function commitOf(first: number, about: readonly EntryAbout[], by = 'test'): Commit {
  const entries = about.map((init, index): NewEntry => {
    const position = first + index;
    const event: EventInit = init.event ?? { case: 'progressReported', value: { completedYuan: BigInt(position) } };
    const entry = makeEntry({ version: 1, recordedAt: recordedAt(position), commandId: by, ...init, position, event });
    return { position, stream: entry.stream, version: entry.version, bytes: encodeEntry(entry), entry };
  });
  const commands = entries.map(({ position }) => ({
    id: `${by}-${position}`,
    bodyDigest: `digest-${position}`,
    first: position,
    count: 1,
  }));
  return { entries, commands };
}

/** Without the class of the byte array, which is the adapter's choice. */
const plain = ({ position, stream, version, bytes }: StoredEntry) => ({ position, stream, version, bytes: [...bytes] });
