const DAY_MS = 86_400_000;
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/** Days of the period that have begun by the end of `on`, of all its days. */
export interface Elapsed {
  readonly days: number;
  readonly of: number;
}

/** Days as YYYY-MM-DD, both ends of the period included; 0 before it, all after it. */
export function elapsedOn(start: string, end: string, on: string): Elapsed {
  const of = dayNumber(end) - dayNumber(start) + 1;
  return { days: Math.min(Math.max(dayNumber(on) - dayNumber(start) + 1, 0), of), of };
}

export const elapsedPercent = ({ days, of }: Elapsed): string => tenths(BigInt(days) * 1000n, BigInt(of));

/** 序时差: completion less time elapsed, in percentage points to a tenth; `exact` is a fraction as answers write it. */
export function pointsAhead(exact: string | null | undefined, { days, of }: Elapsed): string | undefined {
  const [, n, d = '1'] = /^(-?\d+)(?:\/(\d+))?$/.exec(exact ?? '') ?? [];
  if (n === undefined) return undefined;
  const whole = BigInt(d) * BigInt(of);
  return tenths((BigInt(n) * BigInt(of) - BigInt(days) * BigInt(d)) * 1000n, whole);
}

/** `n` ÷ `d` in tenths, rounded half away from zero, with its sign and one decimal. */
function tenths(n: bigint, d: bigint): string {
  const isNegative = n < 0n;
  const rounded = ((isNegative ? -n : n) * 2n + d) / (2n * d);
  return `${isNegative && rounded > 0n ? '-' : ''}${rounded / 10n}.${rounded % 10n}`;
}
