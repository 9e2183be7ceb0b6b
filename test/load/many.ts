import { decodeEntry, encodeEntry, type Entry } from '@planledger/contracts';
import { demoClock, openEmbedded, openedAt, type OpenPlatform, openWriteSide } from '@planledger/host';
import { COMMIT_ENTRIES_MAX, type NewEntry } from '@planledger/ledger';
import { DEMO_FIRST_DAY, demoHistory, loadInto, shipped, writeSteps } from '@planledger/testing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAN } from './fixture.js';

/** Projects of the demo's town, of one sector, that are decided; all others are like one of them. */
const DECIDED_PROJECTS = 150;

/** The n-th project like the n-th decided one: which one that is stands in the name. */
export const likeOf = (stream: string): number => Number(stream.slice('project/p'.length).split('x')[0]);
const streamOf = (like: number, nth: number): string => `project/p${like}x${nth}`;

/**
 * Writes the plan and then `entries` of one sector into the empty ledger of PLAN, projects under way side by side as in
 * the demo's history; answers how many projects. Deciding as many would take minutes: some projects are decided, and
 * every entry of theirs is written for many projects more, each a stream of its own that points at its own positions.
 */
export async function writeMany(platform: OpenPlatform, sector: string, entries: number): Promise<number> {
  const decided = await decidedEntries(sector);
  const problems = await loadInto(platform, PLAN, shipped('kaifeng-145'), true);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const each = Math.ceil(entries / decided.length);
  const streams = [...new Set(decided.map(({ stream }) => stream))];
  /** By project, where its copy of a decided entry stands. */
  const places = new Map<string, Map<number, number>>();
  let { position: head } = await platform.ledger.head(PLAN);
  const first = head + 1;
  let commit: NewEntry[] = [];
  const append = async (): Promise<void> => {
    const commands = [{ id: `many-${head}`, bodyDigest: '0'.repeat(64), first: head + 1, count: commit.length }];
    const answer = await platform.ledger.append(PLAN, head, { entries: commit, commands });
    if (answer !== 'ok') throw new Error(`somebody else writes at ${head}`);
    head += commit.length;
    commit = [];
  };
  for (const one of decided) {
    for (let nth = 0; nth < each && head + commit.length < first + entries - 1; nth += 1) {
      const stream = streamOf(streams.indexOf(one.stream), nth);
      const own = places.get(stream) ?? new Map<number, number>();
      places.set(stream, own);
      const position = head + commit.length + 1;
      own.set(one.position, position);
      const entry = { ...one, stream, position, plan: PLAN, eventId: randomUUID(), event: pointed(one.event, own) };
      commit.push({ position, stream, version: entry.version, bytes: encodeEntry(entry), entry });
      if (commit.length === COMMIT_ENTRIES_MAX) await append();
    }
  }
  if (commit.length > 0) await append();
  return places.size;
}

/** Fields of an event that name another entry of the stream by its position. */
const POINTERS = new Set(['claim', 'report', 'delivery', 'statement', 'entry']);

function pointed(event: Entry['event'], places: ReadonlyMap<number, number>): Entry['event'] {
  const fields = Object.entries(event.value ?? {}).map(([name, value]: [string, unknown]) => {
    return [name, POINTERS.has(name) && typeof value === 'number' ? (places.get(value) ?? value) : value];
  });
  return { case: event.case, value: Object.fromEntries(fields) } as Entry['event'];
}

/** What happened to the decided projects, in order. */
async function decidedEntries(sector: string): Promise<Entry[]> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-decided-'));
  const clock = demoClock(() => 0);
  clock.set(openedAt(DEMO_FIRST_DAY));
  const platform = openEmbedded(folder, undefined, () => clock.now());
  try {
    const plan = shipped('kaifeng-145');
    await loadInto(platform, PLAN, plan, true);
    const side = await openWriteSide(platform, PLAN);
    const town = { ...plan, items: plan.items.filter((item) => item.sector === sector) };
    const problems = await writeSteps(side, PLAN, demoHistory(town, { projects: DECIDED_PROJECTS }), clock);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    await side.stop();
    const found: Entry[] = [];
    const { position: head } = await platform.ledger.head(PLAN);
    for (let from = 1; from <= head; from += 1_000) {
      for (const { bytes } of await platform.ledger.read(PLAN, { from, limit: 1_000 })) found.push(decodeEntry(bytes));
    }
    return found.filter((entry) => entry.sector === sector && entry.stream.startsWith('project/'));
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
