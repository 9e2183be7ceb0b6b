import { describe, expect, test } from '@jest/globals';
import { DEMO_PEOPLE } from './demo-people.js';
import type { TokenCheck } from './bearer.js';
import { cached } from './token-cache.js';
import { demoTokens } from './token.js';

/** A cache before the demo's tokens, a clock to turn, and the count of checks that got through. */
function setUp(options: { max?: number; lifetimeSeconds?: number } = {}) {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = (): number => clock.ms;
  const { issue, check } = demoTokens({
    people: DEMO_PEOPLE,
    nowMs,
    lifetimeSeconds: options.lifetimeSeconds ?? 3_600,
  });
  const seen: string[] = [];
  const counting: TokenCheck = (bearer) => {
    seen.push(bearer);
    return check(bearer);
  };
  const ask = cached(counting, nowMs, options.max === undefined ? undefined : { max: options.max });
  return { clock, issue, ask, seen };
}

describe('a verified token is kept', () => {
  test('and not checked again', async () => {
    const { issue, ask, seen } = setUp();
    const token = await issue('auditor');
    const first = await ask(token);
    expect(first?.subject).toBe('auditor');
    expect(await ask(token)).toBe(first);
    expect(seen).toHaveLength(1);
  });

  test('for 60 seconds, then checked again', async () => {
    const { clock, issue, ask, seen } = setUp();
    const token = await issue('auditor');
    await ask(token);
    clock.ms += 59_999;
    await ask(token);
    expect(seen).toHaveLength(1);
    clock.ms += 1;
    expect(await ask(token)).toBeDefined();
    expect(seen).toHaveLength(2);
  });

  test('never beyond its exp', async () => {
    const { clock, issue, ask, seen } = setUp({ lifetimeSeconds: 10 });
    const token = await issue('auditor');
    await ask(token);
    clock.ms += 9_999;
    expect(await ask(token)).toBeDefined();
    expect(seen).toHaveLength(1);
    clock.ms += 1;
    expect(await ask(token)).toBeUndefined();
    expect(seen).toHaveLength(2);
  });

  test('not from a time that has not come yet: the clock was set back', async () => {
    const { clock, issue, ask, seen } = setUp();
    const token = await issue('auditor');
    await ask(token);
    clock.ms -= 1;
    await ask(token);
    expect(seen).toHaveLength(2);
  });

  test('beside so many others and no more; the oldest goes', async () => {
    const { issue, ask, seen } = setUp({ max: 2 });
    const [a, b, c] = [await issue('auditor'), await issue('operator'), await issue('commission')];
    for (const token of [a, b, c]) await ask(token);
    expect(seen).toEqual([a, b, c]);
    await ask(c);
    await ask(b);
    expect(seen).toEqual([a, b, c]);
    await ask(a);
    expect(seen).toEqual([a, b, c, a]);
  });

  test('10,000 unless said otherwise', async () => {
    const { issue, ask, seen } = setUp();
    const template = await issue('auditor');
    const all = cached(
      async (bearer) => {
        seen.push(bearer);
        return { subject: 's', unit: 'u', role: 'auditor', plans: '*', sectors: '*', counties: '*' };
      },
      () => 1_800_000_000_000,
    );
    // Only the payload is read behind a check that passed, so the signatures may differ freely.
    const tokens = Array.from({ length: 10_001 }, (_, i) => `${template.slice(0, template.lastIndexOf('.'))}.s${i}`);
    for (const token of tokens) await all(token);
    await all(tokens[1] ?? '');
    expect(seen).toHaveLength(10_001);
    await all(tokens[0] ?? '');
    expect(seen).toHaveLength(10_002);
    expect(await ask('')).toBeUndefined();
  });
});

describe('a refusal', () => {
  test('is not kept: what was refused may pass a moment later', async () => {
    const { issue } = setUp();
    const token = await issue('auditor');
    const outcomes = [undefined, { subject: 's', unit: 'u', role: 'auditor', plans: '*', sectors: '*', counties: '*' }];
    const ask = cached(
      async () => outcomes.shift() as Awaited<ReturnType<TokenCheck>>,
      () => 1_800_000_000_000,
    );
    expect(await ask(token)).toBeUndefined();
    expect(await ask(token)).toBeDefined();
  });

  test('of what cannot be a token does not even reach the check', async () => {
    const { ask, seen } = setUp();
    for (const bearer of ['', 'x', 'a.b', 'a.b.c.d', `a.b.${'c'.repeat(8_192)}`])
      expect(await ask(bearer)).toBeUndefined();
    expect(seen).toEqual([]);
  });
});
