import type { ObservationRow } from '@planledger/progress/indicators';

export interface PathPoint {
  readonly year: number;
  /** What is observed, and what the path expects; as numbers for drawing only. */
  readonly observed: number | null;
  readonly expected: number | null;
}

/** An exact fraction as people read it: at most four decimals. Of single observations, which no grade is read off. */
export const decimalOf = (text: string | null): string | undefined => {
  const value = number(text);
  return value === null ? undefined : `${Math.round(value * 10_000) / 10_000}`;
};

const number = (text: string | null | undefined): number | null => {
  const [, n, d = '1'] = /^(-?\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(text ?? '') ?? [];
  return n === undefined ? null : Number(n) / Number(d);
};

/**
 * One point a year from the base year to the period's end: the latest 核定 value of the whole city in it, and the approved
 * path, or the straight line from baseline to target where none was (DOMAIN §5). A cumulative indicator's values are summed.
 */
export function yearlyPath(
  observations: readonly ObservationRow[],
  plan: {
    readonly baseline: string;
    readonly target: string | null;
    readonly cumulative: boolean;
    readonly path: readonly { readonly period: string; readonly value: string }[];
  },
  [first, last]: readonly [number, number],
): readonly PathPoint[] {
  const target = number(plan.target);
  const baseline = plan.cumulative ? 0 : number(plan.baseline);
  const finals = observations.filter(({ county, maturity }) => county === '' && maturity === 'final');
  let sum = 0;
  return Array.from({ length: last - first + 1 }, (_, index): PathPoint => {
    const year = first + index;
    const values = finals.filter(({ period }) => period.startsWith(`${year}`)).map(({ value }) => number(value));
    const own = values.filter((value) => value !== null);
    sum += own.reduce((total, value) => total + value, 0);
    const approved = number(plan.path.find(({ period }) => period === `${year}`)?.value);
    const line =
      baseline === null || target === null ? null : baseline + ((target - baseline) * index) / (last - first);
    const observed = own.length === 0 ? null : plan.cumulative ? sum : (own.at(-1) ?? null);
    return { year, observed: observed ?? (index === 0 ? baseline : null), expected: approved ?? line };
  });
}
