import { expect, test } from '@jest/globals';
import { createUuidV7 } from './uuid-v7.js';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('has the layout of RFC 9562, its own example among them', () => {
  // Appendix A.6: 2022-02-22T19:22:22Z, rand_a cc3, rand_b 18c4dc0c0c07398f; our counter starts below 2,048.
  const random = [0x04, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
  const next = createUuidV7(
    () => 0x017f22e279b0,
    (bytes) => bytes.set(random),
  );
  expect(next()).toBe('017f22e2-79b0-74c3-98c4-dc0c0c07398f');
});

test('ascends within a millisecond, past the end of the counter, and when the clock steps back', () => {
  let now = Date.UTC(2024, 4, 6);
  const next = createUuidV7(() => now);
  const ids: string[] = [];
  for (let i = 0; i < 10_000; i++) ids.push(next());
  now -= 3_600_000;
  for (let i = 0; i < 10; i++) ids.push(next());
  now += 7_200_000;
  ids.push(next());
  expect(ids.every((id) => SHAPE.test(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('of two makers in the same millisecond differ', () => {
  const clock = (): number => 1_700_000_000_000;
  const [one, two] = [createUuidV7(clock), createUuidV7(clock)];
  const ids = new Set(Array.from({ length: 1_000 }, () => [one(), two()]).flat());
  expect(ids.size).toBe(2_000);
});
