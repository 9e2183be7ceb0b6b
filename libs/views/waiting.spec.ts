import { describe, expect, test } from '@jest/globals';
import { createGate } from '@planledger/feed/conformance/listener';
import { WAITERS_MAX } from './waiting.js';
import { add, follow, poison } from './conformance/toy-bench.js';

describe('who waits for a version', () => {
  const steps = [
    ['project/a', add(1)],
    ['project/a', add(2)],
    ['project/a', poison],
  ] as const;

  test('is answered once it is saved, and not while it is only published', async () => {
    const gate = createGate();
    const { deliver, follower, log } = await follow(steps, { publish: gate.pass });
    const answers: string[] = [];
    const waiting = [1, 2].map((version) =>
      follower.waitFor('p', 'project/a', version, 2_000).then((reached) => answers.push(`${version}: ${reached}`)),
    );
    const delivered = deliver(1);
    await new Promise(setImmediate);
    expect(answers).toEqual([]);
    gate.open();
    await delivered;
    await waiting[0];
    expect(log).toEqual(['save p/project/a@1']);
    expect(answers).toEqual(['1: true']);
    await deliver(2);
    await waiting[1];
    expect(answers).toEqual(['1: true', '2: true']);
  });

  test('is answered at once where it is saved already, and takes no timer', async () => {
    const { deliver, follower, clock } = await follow(steps);
    await deliver(1, 2);
    expect(await follower.waitFor('p', 'project/a', 1, 2_000)).toBe(true);
    expect(await follower.waitFor('p', 'project/a', 2, 2_000)).toBe(true);
    expect(clock.asked()).toEqual([]);
  });

  test('is sent away when the time is up', async () => {
    const { follower, clock } = await follow(steps);
    const waiting = follower.waitFor('p', 'project/a', 1, 2_000);
    await new Promise(setImmediate);
    expect(clock.asked()).toEqual([2_000]);
    clock.fire();
    expect(await waiting).toBe(false);
  });

  test('is told when the time is up of what another process saved meanwhile', async () => {
    const { follower, clock, store } = await follow(steps);
    const waiting = follower.waitFor('p', 'project/a', 1, 2_000);
    await store.save([{ key: 'p/project/a', version: 1, doc: { counted: [] } }]);
    clock.fire();
    expect(await waiting).toBe(true);
  });

  test('is sent away when its key is parked before that version, and at once from then on', async () => {
    const { deliver, follower } = await follow(steps);
    const waiting = [2, 3].map((version) => follower.waitFor('p', 'project/a', version, 2_000));
    await deliver(1, 2, 3);
    expect(await Promise.all(waiting)).toEqual([true, false]);
    expect(await follower.waitFor('p', 'project/a', 2, 2_000)).toBe(true);
    expect(await follower.waitFor('p', 'project/a', 3, 2_000)).toBe(false);
  });

  test('is sent away where too many wait already', async () => {
    const { follower, deliver } = await follow(steps);
    const waiting = Array.from({ length: WAITERS_MAX }, () => follower.caughtUp('p', 1));
    expect(await follower.caughtUp('p', 1)).toBe(false);
    await deliver(1);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([true]));
    const room = follower.caughtUp('p', 2);
    await deliver(2);
    expect(await room).toBe(true);
  });

  test('is sent away when the follower stops', async () => {
    const { follower } = await follow(steps);
    const waiting = [follower.waitFor('p', 'project/a', 1, 2_000), follower.caughtUp('p', 9)];
    await new Promise(setImmediate);
    await follower.stop();
    expect(await Promise.all(waiting)).toEqual([false, false]);
  });
});

describe('who waits for a position', () => {
  test('is answered once everything up to it is handled, plan by plan', async () => {
    const { deliver, follower, feed, clock } = await follow([
      ['project/a', add(1)],
      ['project/b', add(2)],
      ['project/b', add(3)],
    ]);
    const caughtUp = follower.caughtUp('p', 2);
    const other = follower.caughtUp('q', 1, 5_000);
    await deliver(1);
    expect(follower.through('p')).toBe(1);
    await deliver(2, 3, 1);
    expect(await caughtUp).toBe(true);
    expect(await follower.caughtUp('p', 3)).toBe(true);
    await deliver(1);
    expect(follower.through('p')).toBe(3);
    expect(follower.through('q')).toBe(0);
    await feed.deliver([{ plan: 'q', stream: 'plan', version: 1, position: 1, op: add(1) }]);
    expect(await other).toBe(true);
    expect(clock.asked()).toEqual([]);
    const late = follower.caughtUp('p', 4, 5_000);
    clock.fire();
    expect(await late).toBe(false);
  });
});
