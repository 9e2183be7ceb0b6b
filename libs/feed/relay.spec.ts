import { describe, expect, test } from '@jest/globals';
import { createGate, createHandTimer, eventually } from './conformance/listener.js';
import { ledgerOf, notingFeed, PLAN } from './conformance/relaying.js';
import { createRelay, FENCED_OUT, memoryBookmark, type RelayOptions } from './relay.js';

const LOOK_MS = 60_000;

function relayOf(ledger: Pick<RelayOptions, 'readPage'>, more: Partial<RelayOptions> = {}) {
  const feed = notingFeed();
  const clock = createHandTimer();
  const troubles: string[] = [];
  const bookmark = memoryBookmark();
  const relay = createRelay({
    plan: PLAN,
    readPage: ledger.readPage,
    feed,
    bookmark,
    timer: clock.timer,
    onTrouble: ({ error }) => troubles.push(String(error)),
    limits: { pageEntriesMax: 3, lookMs: LOOK_MS },
    ...more,
  });
  return { relay, feed, clock, troubles, bookmark };
}

describe('the relay', () => {
  test('sends a sector’s entries to the sector’s topic and the plan’s own to that of the plan, in position order', async () => {
    const { relay, feed } = relayOf(ledgerOf('', 'education', 'health', 'education', '', 'education', 'health'));
    relay.start();
    await eventually(() => relay.position() === 7);
    const positionsOn = (wanted: string): number[] =>
      feed.sent.filter(({ topic }) => topic === wanted).map(({ position }) => position);
    expect(positionsOn('planledger.plan')).toEqual([1, 5]);
    expect(positionsOn('planledger.education')).toEqual([2, 4, 6]);
    expect(positionsOn('planledger.health')).toEqual([3, 7]);
    await relay.stop();
  });

  test('sends the stored bytes untouched, keyed by stream, under CloudEvents headers', async () => {
    const ledger = ledgerOf('education', 'education');
    const { relay, feed } = relayOf(ledger);
    relay.start();
    await eventually(() => relay.position() === 2);
    const record = feed.sent[1]?.record;
    expect(record?.key).toBe('kaifeng-145/project/education');
    expect(record?.value).toBe(ledger.entries[1]?.bytes);
    expect(record?.headers).toEqual({
      'content-type': 'application/protobuf',
      ce_specversion: '1.0',
      ce_id: '01890a5d-ac96-774b-bcce-000000000002',
      ce_type: 'planledger.v1.ProjectSuspended',
      ce_source: '/plans/kaifeng-145',
      ce_subject: 'project/education',
      ce_time: '2023-05-06T07:08:09.010Z',
      ce_position: '2',
      ce_version: '2',
      traceparent: '00-01890a5dac96774bbcce000000000002-bcce000000000002-01',
    });
    await relay.stop();
  });

  test('goes on after its bookmark when it starts again: nothing lost, nothing before it repeated', async () => {
    const ledger = ledgerOf('', 'education', 'health', 'education', '');
    const { relay, feed, bookmark } = relayOf(ledger);
    relay.start();
    await eventually(() => relay.position() === 5);
    await relay.stop();
    ledger.add('health');
    ledger.add('');
    const again = relayOf(ledger, { bookmark, feed });
    again.relay.start();
    await eventually(() => again.relay.position() === 7);
    expect(feed.positions().sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await again.relay.stop();
  });

  test('killed between sending and its bookmark, it sends again: at least once', async () => {
    const ledger = ledgerOf('', '');
    const feed = notingFeed();
    const first = relayOf(ledger, { feed, bookmark: { load: async () => 0, save: () => new Promise(() => {}) } });
    first.relay.start();
    await eventually(() => feed.sent.length === 2);
    const second = relayOf(ledger, { feed });
    second.relay.start();
    await eventually(() => second.relay.position() === 2);
    expect(feed.positions()).toEqual([1, 2, 1, 2]);
    await second.relay.stop();
  });

  test('a feed that refuses three times gets the same records again, and none is skipped', async () => {
    const ledger = ledgerOf('', 'education', 'health', 'education');
    const { relay, feed, clock, troubles } = relayOf(ledger);
    feed.state.failing = true;
    relay.start();
    for (const failures of [1, 2, 3]) {
      await eventually(() => feed.state.refused === failures && clock.asked().length === 1);
      expect(relay.position()).toBe(0);
      if (failures === 3) feed.state.failing = false;
      clock.fire();
    }
    await eventually(() => relay.position() === 4);
    expect(feed.positions()).toEqual([1, 2, 3, 4]);
    expect(troubles).toHaveLength(3);
    await relay.stop();
  });

  test('writers never wait for it, and their nudges do not shorten its pause after a failure', async () => {
    const ledger = ledgerOf('education');
    const { relay, feed, clock } = relayOf(ledger);
    feed.state.failing = true;
    relay.start();
    await eventually(() => clock.asked().length === 1);
    for (let n = 0; n < 100; n++) {
      ledger.add('education');
      relay.nudge();
    }
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(feed.state.refused).toBe(1);
    feed.state.failing = false;
    clock.fire();
    await eventually(() => relay.position() === 101);
    await relay.stop();
  });

  test('a storm of nudges gives one send in flight and every entry once', async () => {
    const ledger = ledgerOf();
    const { relay, feed } = relayOf(ledger);
    relay.start();
    for (let n = 1; n <= 40; n++) {
      ledger.add('education');
      for (let nudge = 0; nudge < 10; nudge++) relay.nudge();
      if (n % 4 === 0) await new Promise(setImmediate);
    }
    await eventually(() => relay.position() === 40);
    expect(feed.positions()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(feed.state.sendingMost).toBe(1);
    await relay.stop();
  });

  test('an idle relay sends on a nudge what was appended', async () => {
    const ledger = ledgerOf('education');
    const { relay, feed, clock } = relayOf(ledger);
    relay.start();
    await eventually(() => clock.asked().length === 1);
    ledger.add('education');
    relay.nudge();
    await eventually(() => relay.position() === 2);
    expect(feed.positions()).toEqual([1, 2]);
    await relay.stop();
  });

  test('without a nudge it finds what another process appended', async () => {
    const ledger = ledgerOf('education');
    const { relay, feed, clock } = relayOf(ledger);
    relay.start();
    await eventually(() => relay.position() === 1 && clock.asked().length === 1);
    expect(clock.asked()).toEqual([LOOK_MS]);
    ledger.add('education');
    clock.fire();
    await eventually(() => relay.position() === 2);
    expect(feed.positions()).toEqual([1, 2]);
    await relay.stop();
  });

  test('a bookmark that cannot be saved is saved later, and nothing is sent meanwhile', async () => {
    const saved: number[] = [];
    const bookmark = {
      load: async () => 0,
      save: async (position: number) => {
        if (saved.push(position) < 3) throw new Error('the database is down');
      },
    };
    const { relay, feed, clock } = relayOf(ledgerOf('', '', '', ''), { bookmark });
    relay.start();
    for (const attempts of [1, 2]) {
      await eventually(() => saved.length === attempts && clock.asked().length === 1);
      expect(feed.sent).toHaveLength(3);
      clock.fire();
    }
    await eventually(() => relay.position() === 4);
    expect(saved).toEqual([3, 3, 3, 4]);
    await relay.stop();
  });

  test('it ends where another relay took over a bookmark that nobody can look at, and sends nothing more', async () => {
    const ledger = ledgerOf('education', 'health', 'education', 'health');
    const saved = memoryBookmark();
    const fenced = Object.assign(new Error('taken over'), { name: FENCED_OUT });
    const bookmark = { load: saved.load, save: () => Promise.reject(fenced) };
    const { relay, feed, clock, troubles } = relayOf(ledger, { bookmark });
    relay.start();
    await eventually(() => troubles.length === 1);
    ledger.add('education');
    relay.nudge();
    clock.fire();
    await relay.stop();
    expect(feed.positions()).toEqual([1, 3, 2]);
    expect(troubles).toEqual(['FencedOut: taken over']);
  });

  test('a hole in the ledger stops it: what comes after is not sent', async () => {
    const ledger = ledgerOf('', '', '', '');
    const holed = { readPage: async (from: number) => ledger.entries.slice(from - 1).filter((e) => e.position !== 3) };
    const { relay, feed, troubles } = relayOf(holed);
    relay.start();
    await eventually(() => troubles.length === 1);
    expect(troubles[0]).toContain('answered position 4 where 3 belongs');
    expect(feed.sent).toEqual([]);
    await relay.stop();
  });

  test('a ledger that ends before the bookmark is refused, for its next entries would never be sent', async () => {
    const bookmark = memoryBookmark();
    await bookmark.save(9);
    const { relay, feed, troubles } = relayOf(ledgerOf('', ''), { bookmark });
    relay.start();
    await eventually(() => troubles.length === 1);
    expect(troubles[0]).toContain('beyond the head');
    expect(feed.sent).toEqual([]);
    await relay.stop();
  });

  test('stop waits for the send in flight', async () => {
    const gate = createGate();
    const sending: string[] = [];
    const feed = {
      publish: async () => {
        sending.push('begun');
        await gate.pass();
        sending.push('done');
      },
    };
    const { relay, bookmark } = relayOf(ledgerOf('education'), { feed });
    relay.start();
    await eventually(() => sending.length === 1);
    const stopping = relay.stop().then(() => sending.push('stopped'));
    gate.open();
    await stopping;
    expect(sending).toEqual(['begun', 'done', 'stopped']);
    expect(await bookmark.load()).toBe(1);
  });
});
