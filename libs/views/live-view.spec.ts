import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createGate, createHandTimer, eventually } from '@planledger/feed/conformance/listener';
import type { ViewBuilds } from './builds.js';
import { type MongoBench, openMongoBench } from './conformance/mongo.js';
import { createDrivenFeed, createToyLedger, decodeToy, toyFold, toyHistory } from './conformance/toy.js';
import type { ToyDoc, ToyEntry, ToyOp } from './conformance/toy.js';
import { add, correct, poison } from './conformance/toy-bench.js';
import { createFollower } from './follower.js';
import { openLiveView } from './live-view.js';
import { mongoBuilds } from './mongo-builds.js';
import type { Fold } from './port.js';

let bench: MongoBench;
let views = 0;
beforeAll(async () => {
  bench = await openMongoBench();
});
afterAll(() => bench.close());

type Step = readonly [stream: string, op: ToyOp];

/** Processes that share a view, and the topic that they publish to: `a@3 g2`, in the order in which it came. */
function system(steps: readonly Step[]) {
  const view = `live-${(views += 1)}`;
  const entries = toyHistory(steps);
  const ledger = createToyLedger(entries);
  ledger.head = 0;
  const topic: string[] = [];
  let processes = 0;

  /** A process that follows the view. `before`, `after`: what happens before and after something is published. */
  async function start({
    before = () => Promise.resolve(),
    after = () => Promise.resolve(),
    fold = toyFold(),
  }: { before?: () => Promise<void>; after?: () => Promise<void>; fold?: Fold<ToyDoc, ToyEntry> } = {}) {
    const builds = mongoBuilds<ToyDoc>(bench.db, view, `process-${(processes += 1)}`);
    const feed = createDrivenFeed();
    const clock = createHandTimer();
    const parts = { decode: decodeToy, locate: (entry: ToyEntry) => entry, history: ledger.history, fold };
    const publish = async (docs: readonly { key: string; version: number }[], generation: number): Promise<void> => {
      const records = docs.map(({ key, version }) => `${key.slice('p/'.length)}@${version} g${generation}`);
      await before();
      topic.push(...records);
      await after();
    };
    const live = openLiveView<ToyDoc, ToyEntry>({ ...parts, builds, publish, timer: clock.timer });
    const follower = createFollower<ToyDoc, ToyEntry>({
      ...parts,
      ...{ feed, topic: 't', group: 'g', store: live.store, upkeep: live.upkeep },
      publish: (docs) => publish(docs, live.generation()),
    });
    await follower.start();
    /** Delivers the entries at these positions as one batch; the ledger has them by then. */
    const deliver = (...positions: number[]): Promise<void> => {
      ledger.head = Math.max(ledger.head, ...positions);
      return feed.deliver(positions.map((position) => entries[position - 1]).filter((entry) => entry !== undefined));
    };
    return { builds, live, follower, deliver, clock };
  }
  return { ledger, topic, start };
}

const counted = async (builds: ViewBuilds<ToyDoc>, stream: string): Promise<readonly string[] | undefined> => {
  const live = await builds.live();
  return (await builds.store(live).load([`p/${stream}`])).get(`p/${stream}`)?.doc.counted;
};
/** Switches to a build with nothing in it: everything is behind. */
async function toEmpty(builds: ViewBuilds<ToyDoc>): Promise<void> {
  const live = await builds.live();
  expect(await builds.switchTo(live, await builds.begin(live))).toBe(true);
}
const STEPS: readonly Step[] = [
  ['a', add(1)],
  ['b', add(2)],
  ['a', add(3)],
  ['b', add(4)],
  ['a', correct(1, 5)],
];

describe('a process whose view is switched', () => {
  test('during a batch goes over before it counts as handled, with all of it, and publishes it as the next generation', async () => {
    const { topic, start } = system(STEPS);
    let switches = false;
    const { builds, deliver, live } = await start({
      before: async () => {
        if (switches) await toEmpty(builds);
        switches = false;
      },
    });
    await deliver(1, 2);
    switches = true;
    await deliver(3);
    expect(await counted(builds, 'a')).toEqual(['1: 1', '2: 3']);
    expect(await counted(builds, 'b')).toEqual(['1: 2']);
    expect(live.generation()).toBe(2);
    expect(topic.slice(0, 3)).toEqual(['a@1 g1', 'b@1 g1', 'a@2 g1']);
    expect([...topic.slice(3)].sort()).toEqual(['a@2 g2', 'a@2 g2', 'b@1 g2']);
    await deliver(4, 5);
    expect(await counted(builds, 'a')).toEqual(['1: 5 corrected', '2: 3']);
    expect(topic.at(-1)).toMatch(/ g2$/);
  });

  test('while nothing comes goes over at its next look, republishes everything, and says so', async () => {
    const { topic, start } = system(STEPS);
    const { builds, deliver, live, follower, clock } = await start();
    await deliver(1, 2, 3);
    live.start(follower.keepUp);
    await eventually(() => clock.asked().length === 1);
    await toEmpty(builds);
    topic.length = 0;
    clock.fire();
    await eventually(() => clock.asked().length === 1);
    expect(await builds.live()).toMatchObject({ generation: 2, settled: true });
    expect(new Set(topic)).toEqual(new Set(['a@2 g2', 'b@1 g2']));
    await live.stop();
  });

  test('and that cannot read the history fails the batch until it can: nothing counts that is only in the build before', async () => {
    const { ledger, start } = system(STEPS);
    const { builds, deliver } = await start();
    await deliver(1);
    await toEmpty(builds);
    ledger.down = true;
    await expect(deliver(2)).rejects.toThrow('unreachable');
    await expect(deliver(2)).rejects.toThrow('unreachable');
    ledger.down = false;
    await deliver(2);
    expect([await counted(builds, 'a'), await counted(builds, 'b')]).toEqual([['1: 1'], ['1: 2']]);
  });

  test('parks what the folds of now cannot bear, and goes over with all else', async () => {
    const { start } = system([
      ['a', add(1)],
      ['a', poison],
      ['b', add(3)],
    ]);
    const old = await start({ fold: toyFold(() => true) });
    await old.deliver(1, 2, 3);
    await toEmpty(old.builds);
    const { follower, builds } = await start();
    await follower.keepUp();
    expect([await counted(builds, 'a'), await counted(builds, 'b')]).toEqual([['1: 1'], ['1: 3']]);
    expect(await follower.parked()).toMatchObject([{ key: 'p/a', version: 2 }]);
  });

  test('and that ended before it went over leaves that to whoever starts next', async () => {
    const { start, ledger } = system(STEPS);
    const first = await start();
    await first.deliver(1);
    await toEmpty(first.builds);
    const other = await start();
    await other.follower.keepUp();
    expect(await other.builds.claim(2)).toBe(true);
    await other.builds.settle(2);
    // The first had saved this into the build before, and never looked again.
    ledger.head = 2;
    const before = first.builds.store({ name: (await first.builds.live()).previous!, generation: 1 });
    await before.save([{ key: 'p/b', version: 1, doc: { counted: ['1: 2'] } }]);
    const next = await start();
    await next.follower.keepUp();
    expect(await counted(next.builds, 'b')).toEqual(['1: 2']);
  });

  test('back again has all that was written since', async () => {
    const { start, topic } = system(STEPS);
    const { builds, deliver, follower } = await start();
    await deliver(1, 2);
    await toEmpty(builds);
    await follower.keepUp();
    await deliver(3);
    await builds.claim(2);
    await builds.settle(2);
    const live = await builds.live();
    expect(await builds.switchTo(live, { name: live.previous! })).toBe(true);
    await follower.keepUp();
    expect(await builds.live()).toMatchObject({ name: builds.view, generation: 3 });
    expect([await counted(builds, 'a'), await counted(builds, 'b')]).toEqual([['1: 1', '2: 3'], ['1: 2']]);
    await deliver(4);
    expect(topic.slice(-1)).toEqual(['b@2 g3']);
  });
});

describe('while one process republishes and another follows', () => {
  const last = (topic: readonly string[], stream: string): string | undefined =>
    topic.filter((record) => record.startsWith(`${stream}@`)).at(-1);

  test.each(['saves before the older standing is looked at again', 'saves after that'])(
    'the newest standing of a stream is the last one, though the other %s',
    async (when) => {
      const { start, topic } = system(STEPS);
      const [loaded, resume, published, finish] = [createGate(), createGate(), createGate(), createGate()];
      const late = when.endsWith('after that');
      let republishes = false;
      const one = await start({
        // It has loaded a@1 and is about to publish that.
        before: async () => {
          if (!republishes) return;
          republishes = false;
          loaded.open();
          await resume.pass();
        },
      });
      let follows = false;
      const other = await start({
        // Sent, and not yet saved.
        after: async () => {
          if (!follows || !late) return;
          follows = false;
          published.open();
          await finish.pass();
        },
      });
      await one.deliver(1);
      await toEmpty(one.builds);
      for (const { follower } of [one, other]) await follower.keepUp();
      topic.length = 0;
      republishes = true;
      one.live.start(one.follower.keepUp);
      await loaded.pass();
      follows = true;
      const delivered = other.deliver(3);
      if (late) {
        await published.pass();
        expect(last(topic, 'a')).toBe('a@2 g2');
        resume.open();
        await eventually(() => one.clock.asked().length === 1);
        expect(await one.builds.live()).toMatchObject({ settled: true });
        expect(last(topic, 'a')).toBe('a@1 g2');
        finish.open();
        await delivered;
      } else {
        await delivered;
        expect(last(topic, 'a')).toBe('a@2 g2');
        resume.open();
        await eventually(() => one.clock.asked().length === 1);
      }
      expect(last(topic, 'a')).toBe('a@2 g2');
      await one.live.stop();
    },
  );
});
