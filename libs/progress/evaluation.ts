import { Disposal } from '@planledger/contracts';
import { compare, type Fraction, type IsoDate, maximum, subtract, toText, ZERO } from '@planledger/kernel';
import { type PlanState, ruleVersion, thresholdIn } from '@planledger/plan';
import { type Assessment, assess, type ItemAssessment } from './assessment.js';
import { GRADE_NAMES, type IndicatorAssessment } from './grade.js';
import { isBinding } from './indicator.js';
import { assessIndicators } from './indicators.js';
import type { MeasureFigure } from './measure.js';
import { type BaselineName, type CompletionInput, type Confidence, type Reading, readingOf } from './reading.js';
import { PROGRESS_PART } from './rules.js';
import { isFirm } from './target.js';

/** 中期评估, 总结评估 (DOMAIN §7): the counts and three annexes, plain JSON; every row names its node for explain. */
export interface Evaluation {
  readonly kind: 'mid' | 'final';
  readonly title: string;
  readonly basis: string;
  readonly on: IsoDate;
  readonly confidence: Confidence;
  readonly baseline: BaselineName;
  readonly ruleVersion: string | null;
  readonly planPosition: number;
  readonly binding: Readonly<Record<BindingVerdict | 'total', number>>;
  readonly expected: Readonly<Record<ExpectedVerdict | 'total', number>>;
  readonly programmes: Readonly<Record<ItemVerdict | 'total', number>>;
  readonly body: Readonly<Record<ItemVerdict | 'total', number>>;
  /** Annex 1: indicators, binding ones first. 2: programme items. 3: items of the running text. */
  readonly annexes: {
    readonly indicators: readonly EvaluatedIndicator[];
    readonly programmes: readonly EvaluatedItem[];
    readonly body: readonly EvaluatedItem[];
  };
}

/** 完成, 未完成, and nothing between; 数据未出. */
export const BINDING_VERDICTS = { done: '完成', undone: '未完成', 'no-data': '数据未出' } as const;
export type BindingVerdict = keyof typeof BINDING_VERDICTS;
/** 基本实现 only once a document says from which share of the target on (evaluation/basically). */
export const EXPECTED_VERDICTS = {
  achieved: '实现',
  basically: '基本实现',
  unachieved: '未实现',
  'no-data': '数据未出',
} as const;
export type ExpectedVerdict = keyof typeof EXPECTED_VERDICTS;
export const ITEM_VERDICTS = { done: '完成', continued: '在建结转', 'not-started': '未启动', ended: '终止' } as const;
export type ItemVerdict = keyof typeof ITEM_VERDICTS;

export interface EvaluatedIndicator {
  readonly node: string;
  readonly indicator: string;
  readonly name: string;
  readonly sector: string;
  readonly binding: boolean;
  readonly targetText: string;
  readonly value: string | null;
  readonly period: string | null;
  readonly gradeName: string;
  readonly verdict: BindingVerdict | ExpectedVerdict;
  readonly verdictName: string;
}

export interface EvaluatedItem {
  readonly node: string;
  readonly item: string;
  readonly name: string;
  readonly sector: string;
  readonly verdict: ItemVerdict;
  readonly verdictName: string;
  readonly measures: readonly EvaluatedMeasure[];
}

/** 期内 + 期后 + 未完成 = T; what goes beyond T shows in `beyond`. */
export interface EvaluatedMeasure {
  readonly node: string;
  readonly measure: string;
  readonly name: string;
  readonly unit: string;
  readonly firm: boolean;
  readonly target: string | null;
  /** By the end of the period, or of the window where that is earlier. */
  readonly within: string;
  readonly after: string;
  readonly unfinished: string | null;
  readonly beyond: string;
  readonly satisfied: boolean;
  /** 结转, 核销, where the plan was closed with one. */
  readonly disposal: '结转' | '核销' | null;
}

/** The window is what `on` has seen: 中期 to a day within the period, 总结 to a day on which the period is over. */
export function evaluation(
  input: CompletionInput,
  kind: 'mid' | 'final',
  { confidence = 'verified', baseline = 'b0' }: { confidence?: Confidence; baseline?: BaselineName } = {},
): Evaluation {
  const { plan, on } = input;
  const reading = readingOf(input, baseline);
  const assessment = assess(reading);
  const indicators = assessIndicators(reading).map((each) => evaluatedIndicator(reading, each));
  const items = [...assessment.items.values()].map((pair) => evaluatedItem(assessment, pair[confidence]));
  const programmes = items.filter(({ programme }) => programme > 0).map(({ row }) => row);
  const body = items.filter(({ programme }) => programme === 0).map(({ row }) => row);
  const of = (binding: boolean) => indicators.filter((each) => each.binding === binding);
  return {
    ...{ kind, title: plan.plan?.title ?? '', basis: `依据：${plan.plan?.basis ?? ''}`, on, confidence, baseline },
    ...{ ruleVersion: ruleVersion(plan, PROGRESS_PART, on) ?? null, planPosition: plan.position },
    binding: count(of(true), BINDING_VERDICTS),
    expected: count(of(false), EXPECTED_VERDICTS),
    programmes: count(programmes, ITEM_VERDICTS),
    body: count(body, ITEM_VERDICTS),
    annexes: { indicators, programmes, body },
  };
}

function count<Verdict extends string>(
  rows: readonly { readonly verdict: string }[],
  names: Readonly<Record<Verdict, string>>,
): Record<Verdict | 'total', number> {
  const verdicts = Object.keys(names) as Verdict[];
  const counts = verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length] as const);
  return Object.fromEntries([['total', rows.length], ...counts]) as Record<Verdict | 'total', number>;
}

function evaluatedIndicator(reading: Reading, assessed: IndicatorAssessment): EvaluatedIndicator {
  const { figure, grade } = assessed;
  const { indicator, x, latest } = figure;
  const binding = isBinding(indicator);
  const verdict = binding ? bindingVerdict(assessed) : expectedVerdict(reading, assessed);
  return {
    ...{ node: `indicator/${indicator.indicator}`, indicator: indicator.indicator, name: indicator.name, binding },
    ...{ sector: indicator.sector, targetText: indicator.targetText, value: x && toText(x) },
    ...{ period: latest?.period ?? null, gradeName: GRADE_NAMES[grade], verdict },
    verdictName: { ...BINDING_VERDICTS, ...EXPECTED_VERDICTS }[verdict],
  };
}

const bindingVerdict = ({ figure: { satisfied } }: IndicatorAssessment): BindingVerdict =>
  satisfied === null ? 'no-data' : satisfied ? 'done' : 'undone';

function expectedVerdict({ plan, on }: Reading, { figure, attainment }: IndicatorAssessment): ExpectedVerdict {
  if (figure.satisfied === null) return 'no-data';
  if (figure.satisfied) return 'achieved';
  const from = thresholdIn(plan, 'evaluation/basically', on);
  return from && attainment && compare(attainment, from) >= 0 ? 'basically' : 'unachieved';
}

function evaluatedItem(assessment: Assessment, { figure, timing }: ItemAssessment) {
  const { reading, projects } = assessment;
  const { item, name, sector, programme } = figure.item;
  const measures = figure.measures.map((each) => evaluatedMeasure(reading, each.figure));
  const begun = (projects.get(item)?.started ?? 0) > 0 || figure.measures.some(({ figure: { done } }) => done.n > 0n);
  const verdict: ItemVerdict = figure.satisfied
    ? 'done'
    : isEnded(reading.plan, item, measures)
      ? 'ended'
      : begun || (timing === undefined && (projects.get(item)?.projects ?? 0) > 0)
        ? 'continued'
        : 'not-started';
  const row: EvaluatedItem = {
    ...{ node: `item/${item}`, item, name, sector, verdict, verdictName: ITEM_VERDICTS[verdict], measures },
  };
  return { programme, row };
}

/** 终止: a document withdrew the item, or every firm measure that is not satisfied was written off at the closing. */
function isEnded(plan: PlanState, item: string, measures: readonly EvaluatedMeasure[]): boolean {
  if (!plan.items.has(item)) return true;
  const open = measures.filter(({ firm, satisfied }) => firm && !satisfied);
  return open.length > 0 && open.every(({ disposal }) => disposal === '核销');
}

function evaluatedMeasure({ plan }: Reading, figure: MeasureFigure): EvaluatedMeasure {
  const { measure, done, target, afterPeriod, satisfied } = figure;
  const within = subtract(done, afterPeriod);
  const zero = (value: Fraction): Fraction => maximum(ZERO, value);
  const closing = plan.closed?.unfinished.find((each) => each.measure === measure.measure)?.disposal;
  return {
    ...{ node: `measure/${measure.measure}`, measure: measure.measure, name: measure.name, unit: measure.unit },
    ...{ firm: isFirm(measure) && !measure.scheme, target: target && toText(target), satisfied },
    ...{ within: toText(within), after: toText(afterPeriod) },
    unfinished: target && toText(zero(subtract(target, done))),
    beyond: target ? toText(zero(subtract(done, target))) : '0',
    disposal: closing === Disposal.CARRIED_OVER ? '结转' : closing === Disposal.WRITTEN_OFF ? '核销' : null,
  };
}
