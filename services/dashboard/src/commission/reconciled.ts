/**
 * `after`, with every part of it that equals the same part of `before` replaced by that very part: what did not change
 * keeps its identity, so that only what changed is drawn again. Plain JSON.
 */
export function reconciled<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const [old, next] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const made: Record<string, unknown> = (Array.isArray(after) ? [] : {}) as Record<string, unknown>;
  let isSame = Object.keys(old).length === Object.keys(next).length;
  for (const [key, value] of Object.entries(next)) {
    made[key] = reconciled(old[key], value);
    isSame &&= Object.is(made[key], old[key]) && Object.hasOwn(old, key);
  }
  return (isSame ? before : made) as T;
}
