import { type Fraction, parseDecimal, toDecimal, toPercent, toText } from '@planledger/kernel';
import { ruleVersion } from '@planledger/plan';
import { assessIndicator, type Grade, GRADE_NAMES, type IndicatorAssessment } from './grade.js';
import { type Implied, impliedOn } from './implied.js';
import { comparedThen } from './gaps-implied.js';
import { type IndicatorFigure, isBinding, shownValue } from './indicator.js';
import { gradesNode } from './listed-node.js';
import { valueOf } from './observation.js';
import { addressOf, impliedNode, observationNode } from './node.js';
import { type CompletionInput, CONFIDENCES, openDoubts, type Reading, readingOf } from './reading.js';
import { PROGRESS_PART } from './rules.js';

/** The table of indicators on a day (DOMAIN §5): plain JSON, every figure with its address for explain. */
export interface IndicatorsAnswer {
  readonly title: string;
  readonly basis: string;
  readonly demo: boolean;
  readonly on: string;
  readonly ruleVersion: string | null;
  readonly planPosition: number;
  readonly through: Readonly<Record<string, number>>;
  /** Of all, and of the binding ones: how many have which grade. */
  readonly grades: Readonly<Record<Grade, number>>;
  readonly binding: Readonly<Record<Grade, number>>;
  /** Of these counts, for explain. */
  readonly addresses: { readonly grades: GradeAddresses; readonly binding: GradeAddresses };
  /** Binding ones first, each group in the order of the plan's table. */
  readonly rows: readonly IndicatorDetail[];
}

type GradeAddresses = Readonly<Record<Grade, string>>;

export interface IndicatorDetail {
  readonly node: string;
  readonly indicator: string;
  readonly name: string;
  readonly sector: string;
  readonly binding: boolean;
  readonly unit: string;
  readonly baselineText: string;
  readonly targetText: string;
  /** By the first open reading. */
  readonly target: string | null;
  readonly targetNode: string;
  readonly value: ShownFigure;
  /** e, where the path should be at the end of the value's period. */
  readonly expected: ShownFigure;
  /** A, uncapped: of a cumulative one 104.5 % is 104.5 %. */
  readonly attainment: ShownFigure;
  /** R */
  readonly pace: ShownFigure;
  /** Of a floor or ceiling: how far inside it, in its own points; negative: outside. */
  readonly distance: ShownFigure | null;
  /** What the ledger's own units imply, beside the value and never in its place; null where the plan does not ask. */
  readonly implied: ImpliedFigures | null;
  readonly period: string | null;
  readonly satisfied: boolean | null;
  readonly grade: Grade;
  readonly gradeName: string;
  readonly notes: readonly string[];
  /** Every observation by `on`, 快报 and 初步 and those of single counties among them, in the order of their periods. */
  readonly observations: readonly ObservationRow[];
  readonly doubts: readonly string[];
}

/** One number of an indicator: exact, as people read it, and where to ask why; both null where there is none. */
export interface ShownFigure {
  readonly node: string;
  readonly exact: string | null;
  readonly shown: string | null;
}

export interface ImpliedFigures {
  /** By what is claimed and what is verified at the end of `on`. */
  readonly claimed: ShownFigure;
  readonly verified: ShownFigure;
  /** Why the units imply nothing; null where they do. */
  readonly silent: string | null;
  /** On the last day of the value's period, from what was known before: what 账实不符 is judged by. */
  readonly then: {
    readonly on: string;
    readonly verified: ShownFigure;
    readonly silent: string | null;
    /** How far the value lies from it, exact percent; null where there is nothing to compare. */
    readonly percentApart: string | null;
    readonly apartNode: string;
    readonly mismatch: boolean;
  } | null;
}

export interface ObservationRow {
  /** Only 核定 values of the whole city can be explained: they alone are in a figure. */
  readonly node: string | null;
  readonly period: string;
  readonly county: string;
  readonly maturity: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly value: string | null;
  readonly entries: readonly number[];
}

export function indicators(input: CompletionInput): IndicatorsAnswer {
  const { plan, on, through } = input;
  const assessed = assessIndicators(readingOf(input, 'b0'));
  return {
    ...{ title: plan.plan?.title ?? '', basis: `依据：${plan.plan?.basis ?? ''}`, demo: plan.plan?.demo ?? false, on },
    ...{ ruleVersion: ruleVersion(plan, PROGRESS_PART, on) ?? null, planPosition: plan.position, through },
    grades: countGrades(assessed),
    binding: countGrades(assessed.filter(({ figure }) => isBinding(figure.indicator))),
    addresses: { grades: gradeAddresses(false), binding: gradeAddresses(true) },
    rows: assessed.map((each) => detail(readingOf(input, 'b0'), each)),
  };
}

/** All indicators of a reading, binding ones first, each group in the order of the plan's table. */
export function assessIndicators(reading: Reading): IndicatorAssessment[] {
  const all = [...reading.base.indicators.values()].map((indicator) => assessIndicator(reading, indicator));
  const of = (binding: boolean): IndicatorAssessment[] =>
    all.filter(({ figure }) => isBinding(figure.indicator) === binding);
  return [...of(true), ...of(false)];
}

const gradeAddresses = (binding: boolean): GradeAddresses =>
  Object.fromEntries(GRADES.map((grade) => [grade, gradesNode(grade, binding)])) as GradeAddresses;

const GRADES = Object.keys(GRADE_NAMES) as Grade[];

function countGrades(assessed: readonly IndicatorAssessment[]): Record<Grade, number> {
  const counts = Object.fromEntries(GRADES.map((grade) => [grade, 0])) as Record<Grade, number>;
  for (const { grade } of assessed) counts[grade] += 1;
  return counts;
}

function detail(reading: Reading, assessed: IndicatorAssessment): IndicatorDetail {
  const { figure, target, expected, attainment, pace, distance, grade, notes } = assessed;
  const { indicator, x, latest, satisfied } = figure;
  const code = indicator.indicator;
  const node = `indicator/${code}`;
  const shown = (aspect: string, value: Fraction | null, text: (value: Fraction) => string): ShownFigure => ({
    node: aspect === '' ? node : `${aspect}/${node}`,
    exact: value && toText(value),
    shown: value && text(value),
  });
  const byStep = (value: Fraction): string => shownValue(value, indicator.step, null, null);
  return {
    ...{ node, indicator: code, name: indicator.name, sector: indicator.sector, binding: isBinding(indicator) },
    ...{ unit: indicator.unit, baselineText: indicator.baselineText, targetText: indicator.targetText },
    ...{ target: target && toText(target), targetNode: addressOf('target', node) },
    value: shown('', x, (value) =>
      shownValue(value, indicator.step, parseDecimal(indicator.target) ?? null, satisfied),
    ),
    expected: shown('expected', expected, byStep),
    attainment: shown('attainment', attainment, (value) => toPercent(value)),
    pace: shown('pace', pace, (value) => toDecimal(value, 2)),
    distance: distance && shown('distance', distance, byStep),
    implied: impliedFigures(reading, figure, byStep),
    ...{ period: latest?.period ?? null, satisfied, grade, gradeName: GRADE_NAMES[grade], notes },
    observations: observationRows(reading, code, indicator.unit),
    doubts: openDoubts(reading.plan, code).map(({ doubt }) => doubt),
  };
}

function impliedFigures(
  reading: Reading,
  figure: IndicatorFigure,
  byStep: (value: Fraction) => string,
): ImpliedFigures | null {
  const { indicator } = figure;
  const [claimed, verified] = CONFIDENCES.map((each) => impliedOn(reading, indicator, each, reading.on));
  if (!claimed || !verified) return null;
  const shown = ({ day, value }: Implied): ShownFigure => ({
    node: impliedNode(indicator.indicator, day),
    exact: value && toText(value),
    shown: value && byStep(value),
  });
  const compared = comparedThen(reading, figure);
  return {
    ...{ claimed: shown(claimed), verified: shown(verified), silent: verified.silent },
    then: compared && {
      ...{ on: compared.implied.day, verified: shown(compared.implied), silent: compared.implied.silent },
      ...{ percentApart: compared.apart && toText(compared.apart), mismatch: compared.mismatch },
      apartNode: addressOf('apart', `indicator/${indicator.indicator}`),
    },
  };
}

const observationRows = ({ cells, on }: Reading, code: string, unit: string): ObservationRow[] =>
  [...(cells.observations.get(`indicator/${code}`) ?? [])]
    .filter((row) => row.on <= on)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.county < b.county ? -1 : 1))
    .map((row) => {
      const value = valueOf(row, unit);
      const { period, county, maturity, numerator, denominator } = row;
      return {
        node: county === '' && value ? observationNode(code, period) : null,
        ...{ period, county, maturity, numerator, denominator, value: value ? toText(value) : null },
        entries: row.entries,
      };
    });
