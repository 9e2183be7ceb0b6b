import type { ObservationStanding } from '@planledger/contracts';
import { divide, type Fraction, fraction, type IsoDate, isZero, multiply, parseDecimal } from '@planledger/kernel';
import type { Cells } from './cells.js';

/** 核定: only such values settle anything (DOMAIN §5); 快报 and 初步 are shown by those who list observations. */
const FINAL = 'final';
/** Observations of the whole city name no county; ratios are never averaged over counties. */
const WHOLE_CITY = '';

/** The stream of an indicator, or of a measure that is a ratio. */
export const observationStream = (code: string): string => `indicator/${code}`;

/** A 核定 value of the whole city. */
export interface Observed {
  readonly period: string;
  /** Last day of the period: its business date. */
  readonly on: IsoDate;
  readonly x: Fraction;
  readonly row: ObservationStanding;
}

/** The factor of a share given in this unit: 100 for %, 1000 for ‰, 1 for all else. */
export function scaleOf(unit: string): Fraction {
  if (unit === '%') return fraction(100);
  return unit === '‰' ? fraction(1000) : fraction(1);
}

/** numerator / denominator × scale, or the value as it stands; undefined where the row holds neither. */
export function valueOf(row: ObservationStanding, unit: string): Fraction | undefined {
  const [numerator, denominator] = [parseDecimal(row.numerator), parseDecimal(row.denominator)];
  if (numerator && denominator && !isZero(denominator)) return multiply(divide(numerator, denominator), scaleOf(unit));
  // 动态清零: none found, none overdue. Intake takes a denominator of 0 of such indicators only.
  if (numerator && denominator && isZero(numerator)) return numerator;
  return parseDecimal(row.value);
}

/**
 * The 核定 values of the whole city whose period ended by `on`, oldest first. Of periods that end on the same day the
 * longer one (2023 before 2023-Q4 before 2023-12) stands last: it is the one a reader of the latest takes.
 */
export function finalObservations(cells: Cells, code: string, unit: string, on: IsoDate): Observed[] {
  const rows = cells.observations.get(observationStream(code)) ?? [];
  return rows
    .filter((row) => row.maturity === FINAL && row.county === WHOLE_CITY && row.on <= on)
    .flatMap((row) => {
      const x = valueOf(row, unit);
      return x ? [{ period: row.period, on: row.on, x, row }] : [];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : span(a.period) - span(b.period)));
}

/** Length of a period, to order periods that end on the same day: a month, a quarter, a year. */
const span = (period: string): number => (period.includes('Q') ? 3 : period.length > 4 ? 1 : 12);
