import { describe, expect, test } from '@jest/globals';
import { createHandTimer, eventually } from './conformance/listener.js';
import { startLook, type PartitionPosition, type Stall } from './kafka-look.js';

/** A look on positions that the test sets, at times that the test says. */
function bench(positions: PartitionPosition[]) {
  const hand = createHandTimer();
  const stalls: Stall[] = [];
  let [time, looks] = [0, 0];
  let answers = true;
  let meanwhile = (): void => {};
  const look = startLook({
    who: 'g on t',
    read: async () => {
      looks += 1;
      meanwhile();
      if (!answers) throw new Error('the broker does not answer');
      return positions;
    },
    lookMs: 1_000,
    stallLimitMs: 60_000,
    onStalled: (stall) => stalls.push(stall),
    timer: hand.timer,
    now: () => time,
  });
  return {
    look,
    stalls,
    async at(seconds: number, change: () => void = () => {}) {
      await eventually(() => hand.asked().length === 1);
      change();
      time = seconds * 1_000;
      const before = looks;
      hand.fire();
      await eventually(() => looks > before && hand.asked().length === 1);
    },
    answer: (whether: boolean) => (answers = whether),
    meanwhile: (act: () => void) => (meanwhile = act),
  };
}
const position = (partition: number, next: number, end: number): PartitionPosition => ({ partition, next, end });

describe('the look at a group from outside', () => {
  test('its lag is Infinity before the broker said it, and again while the broker does not answer', async () => {
    const { look, at, answer } = bench([position(0, 3, 7), position(1, 0, 2)]);
    expect(look.lag()).toBe(Infinity);
    await at(1);
    expect(look.lag()).toBe(6);
    await at(2, () => answer(false));
    expect(look.lag()).toBe(Infinity);
    await look.stop();
  });

  test('after a publish from here the lag is not 0 before the broker was asked again', async () => {
    const { look, at } = bench([position(0, 7, 7)]);
    await at(1);
    expect(look.lag()).toBe(0);
    look.published();
    expect(look.lag()).toBe(1);
    await at(2);
    expect(look.lag()).toBe(0);
    await look.stop();
  });

  test('nor while the broker is being asked, nor by an answer that was asked for before the publish', async () => {
    const { look, at, meanwhile } = bench([position(0, 7, 7)]);
    await at(1);
    look.published();
    const seen: number[] = [];
    meanwhile(() => seen.push(look.lag()));
    await at(2);
    expect([...seen, look.lag()]).toEqual([1, 0]);
    meanwhile(() => look.published());
    await at(3);
    expect(look.lag()).toBe(1);
    meanwhile(() => {});
    await at(4);
    expect(look.lag()).toBe(0);
    await look.stop();
  });

  test('a partition that does not move for the limit is told once, and again when it went on and stopped anew', async () => {
    const positions = [position(0, 3, 7), position(1, 5, 5)];
    const { look, at, stalls } = bench(positions);
    await at(59);
    expect(stalls).toEqual([]);
    await at(60);
    await at(90);
    expect(stalls).toEqual([{ who: 'g on t', partitions: [0], lag: 4, ms: 60_000 }]);
    await at(100, () => (positions[0] = position(0, 4, 7)));
    await at(159);
    expect(stalls).toHaveLength(1);
    await at(160);
    expect(stalls[1]).toEqual({ who: 'g on t', partitions: [0], lag: 3, ms: 60_000 });
    await look.stop();
  });

  test('one that is held is told although another moves, and although more is published to it', async () => {
    const positions = [position(0, 3, 4), position(1, 0, 900)];
    const { look, at, stalls } = bench(positions);
    for (let second = 10; second <= 60; second += 10) {
      await at(second, () => {
        positions[0] = position(0, 3, 4 + second);
        positions[1] = position(1, second, 900);
      });
    }
    expect(stalls.map(({ partitions }) => partitions)).toEqual([[0]]);
    await look.stop();
  });

  test('nothing has stalled while the broker does not answer', async () => {
    const { look, at, answer, stalls } = bench([position(0, 3, 7)]);
    await at(50, () => answer(false));
    await at(100, () => answer(true));
    await at(150);
    expect(stalls).toEqual([]);
    await at(160);
    expect(stalls).toHaveLength(1);
    await look.stop();
  });

  test('a handler that rejects has not stalled: what it needs is down, and it says so', async () => {
    const { look, at, stalls } = bench([position(0, 3, 7)]);
    for (let second = 30; second <= 300; second += 30) await at(second, () => look.alive());
    expect(stalls).toEqual([]);
    await look.stop();
  });

  test('partitions of another member are not for this one to tell of', async () => {
    const { look, at, stalls } = bench([position(0, 3, 7), position(1, 2, 7)]);
    look.assigned([1]);
    await at(60);
    expect(stalls.map(({ partitions }) => partitions)).toEqual([[1]]);
    await look.stop();
  });

  test('one who cannot join its group has stalled in all partitions', async () => {
    const { look, at, stalls } = bench([position(0, 3, 7), position(1, 2, 7)]);
    look.assigned([1]);
    look.assigned(undefined);
    await at(60);
    expect(stalls.map(({ partitions }) => partitions)).toEqual([[0, 1]]);
    await look.stop();
  });
});
