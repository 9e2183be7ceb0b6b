import { describe, expect, test } from '@jest/globals';
import { createHandTimer, eventually } from './conformance/listener.js';
import { ledgerOf, notingFeed, PLAN } from './conformance/relaying.js';
import { createRelay, FENCED_OUT, type Bookmark, type RelayOptions } from './relay.js';

/** A bookmark as several processes have it; each `open` is that of one process. `silent` processes never save again. */
function sharedBookmark() {
  const stored = { fence: 0, owner: '', position: 0, beat: 0 };
  const silent = new Set<string>();
  /** What the database does with looks, and with loads and saves: it answers, refuses, or keeps them waiting. */
  const state: Record<'looks' | 'saves', 'answered' | 'refused' | 'waiting'> = { looks: 'answered', saves: 'answered' };
  const reach = async (what: keyof typeof state): Promise<void> => {
    while (state[what] === 'waiting') await new Promise(setImmediate);
    if (state[what] === 'refused') throw new Error('the database is down');
  };
  const open = (owner: string): Bookmark => {
    let fence = 0;
    return {
      load: async () => {
        await reach('saves');
        fence = stored.fence += 1;
        stored.owner = owner;
        return stored.position;
      },
      save: async (position) => {
        if (silent.has(owner)) return new Promise(() => {});
        await reach('saves');
        if (fence !== stored.fence) throw Object.assign(new Error('taken over'), { name: FENCED_OUT });
        stored.position = Math.max(stored.position, position);
        stored.beat += 1;
      },
      seen: async () => {
        await reach('looks');
        return { position: stored.position, sign: `${stored.fence}.${stored.beat}` };
      },
    };
  };
  return { stored, silent, state, open };
}

/** Processes on one ledger, one feed and one bookmark, whose clocks tick together when told to. */
function processes(...entries: string[]) {
  const ledger = ledgerOf(...entries);
  const feed = notingFeed();
  const bookmark = sharedBookmark();
  const hands: ReturnType<typeof createHandTimer>[] = [];
  let time = 0;
  return {
    ledger,
    feed,
    bookmark,
    relayOf(owner: string, more: Partial<RelayOptions> = {}) {
      const hand = createHandTimer();
      const troubles: string[] = [];
      hands.push(hand);
      const relay = createRelay({
        plan: PLAN,
        readPage: ledger.readPage,
        feed,
        bookmark: bookmark.open(owner),
        timer: hand.timer,
        now: () => time,
        onTrouble: ({ error }) => troubles.push(String(error)),
        ...more,
      });
      return { relay, troubles };
    },
    /** Seconds, each of them with whatever the relays then do. */
    async pass(seconds: number, each: () => void = () => {}) {
      for (let second = 0; second < seconds; second++) {
        time += 1_000;
        each();
        for (const hand of hands) hand.fire();
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      }
    },
  };
}

/** One that was taken over from by the other, which has relayed all there was. */
async function takenOver(...entries: string[]) {
  const bench = processes(...entries);
  const [first, second] = [bench.relayOf('first'), bench.relayOf('second')];
  first.relay.start();
  await eventually(() => first.relay.position() === entries.length);
  second.relay.start();
  await eventually(() => bench.bookmark.stored.owner === 'second');
  await bench.pass(1);
  expect(first.troubles).toEqual(['FencedOut: taken over']);
  return { ...bench, first, second, stop: () => Promise.all([first.relay.stop(), second.relay.stop()]) };
}

describe('a relay that was fenced out', () => {
  test('stands by: it sends nothing while the owner lives, and its position is that of the bookmark', async () => {
    const { ledger, feed, bookmark, first, second, pass, stop } = await takenOver('education', 'health');
    ledger.add('education');
    first.relay.nudge();
    await pass(2);
    expect(feed.positions()).toEqual([1, 2, 3]);
    expect(bookmark.stored).toMatchObject({ fence: 2, owner: 'second', position: 3 });
    expect([first.relay.position(), second.relay.position()]).toEqual([3, 3]);
    await stop();
  });

  test('goes on where the owner fell silent: nothing lost, nothing skipped', async () => {
    const { ledger, feed, bookmark, first, second, pass } = await takenOver('education', 'health');
    ledger.add('health');
    await pass(2);
    // It dies between sending the fourth and saving that it did.
    bookmark.silent.add('second');
    ledger.add('education');
    await pass(1);
    expect(second.relay.position()).toBe(4);
    await pass(4);
    expect(bookmark.stored.owner).toBe('second');
    await pass(3, () => ledger.add('education'));
    await pass(2);
    expect(bookmark.stored).toMatchObject({ fence: 3, owner: 'first', position: 7 });
    expect(first.relay.position()).toBe(7);
    expect([...new Set(feed.positions())]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(feed.positions().filter((position) => position === 4)).toHaveLength(2);
    await first.relay.stop();
  });

  test('does not alternate with a live one, neither idle nor busy nor while the feed is down', async () => {
    const { ledger, feed, bookmark, first, second, pass, stop } = await takenOver('education');
    await pass(30);
    await pass(30, () => ledger.add('health'));
    feed.state.failing = true;
    await pass(60, () => ledger.add('education'));
    feed.state.failing = false;
    await pass(30);
    expect(bookmark.stored).toMatchObject({ fence: 2, owner: 'second', position: 91 });
    expect(feed.positions()).toEqual([...new Set(feed.positions())]);
    expect(first.troubles).toHaveLength(1);
    expect(second.troubles.filter((trouble) => trouble.includes(FENCED_OUT))).toEqual([]);
    await stop();
  });

  test('a live owner that was merely slow stands by from then on', async () => {
    const gate = { held: [] as (() => void)[], closed: false };
    const bench = processes('education');
    const slow = bench.bookmark.open('slow');
    const save = async (position: number): Promise<void> => {
      if (gate.closed) await new Promise<void>((resolve) => gate.held.push(resolve));
      await slow.save(position);
    };
    const [first, second] = [bench.relayOf('first'), bench.relayOf('slow', { bookmark: { ...slow, save } })];
    first.relay.start();
    await eventually(() => first.relay.position() === 1);
    second.relay.start();
    await bench.pass(2);
    gate.closed = true;
    await bench.pass(8);
    expect(bench.bookmark.stored).toMatchObject({ fence: 3, owner: 'first' });
    gate.closed = false;
    gate.held.forEach((resolve) => resolve());
    await bench.pass(60, () => bench.ledger.add('health'));
    expect(second.troubles).toEqual(['FencedOut: taken over']);
    expect(bench.bookmark.stored).toMatchObject({ fence: 3, owner: 'first', position: 61 });
    expect(bench.feed.positions()).toEqual(Array.from({ length: 61 }, (_, index) => index + 1));
    await Promise.all([first.relay.stop(), second.relay.stop()]);
  });

  test.each(['refused', 'waiting'] as const)(
    'does not take it that the owner is dead where the database kept both %s and answers it first',
    async (how) => {
      const { bookmark, first, pass, stop } = await takenOver('education');
      await pass(4);
      // The last that it saw is the last sign that the owner gave: nothing but the outage itself says that there was one.
      bookmark.state.saves = how;
      await pass(1);
      bookmark.state.looks = how;
      await pass(60);
      bookmark.state.looks = 'answered';
      await pass(3);
      bookmark.state.saves = 'answered';
      await pass(30);
      expect(bookmark.stored).toMatchObject({ fence: 2, owner: 'second' });
      expect(first.relay.position()).toBe(1);
      await stop();
    },
  );

  test('is one of two that stand by: one of them goes on, the other stands by again', async () => {
    const bench = processes('education');
    const relays = ['a', 'b', 'c'].map((owner) => bench.relayOf(owner).relay);
    for (const relay of relays) {
      relay.start();
      await bench.pass(2);
    }
    expect(bench.bookmark.stored).toMatchObject({ fence: 3, owner: 'c' });
    bench.bookmark.silent.add('c');
    await bench.pass(10);
    const { fence, owner } = bench.bookmark.stored;
    expect(['a', 'b']).toContain(owner);
    await bench.pass(60, () => bench.ledger.add('health'));
    expect(bench.bookmark.stored).toMatchObject({ fence, owner, position: 61 });
    await Promise.all(relays.slice(0, 2).map((relay) => relay.stop()));
  });

  test('stops at once while it stands by', async () => {
    const { bookmark, first, pass } = await takenOver('education');
    await first.relay.stop();
    bookmark.silent.add('second');
    await pass(10);
    expect(bookmark.stored).toMatchObject({ fence: 2, owner: 'second' });
  });
});
