import { Disposal } from '@planledger/contracts';
import { type Fraction, type IsoDate, maximum, subtract, toText, ZERO } from '@planledger/kernel';
import { ruleVersion, thresholdIn } from '@planledger/plan';
import { type Assessment, assess, type ItemAssessment } from './assessment.js';
import { GRADE_NAMES, type IndicatorAssessment } from './grade.js';
import { isBinding } from './indicator.js';
import { assessIndicators } from './indicators.js';
import {
  COUNTED_PARTS,
  type CountedPart,
  countNode,
  type Split,
  splitNode,
  SPLITS,
  verdictNode,
} from './judged-node.js';
import type { MeasureFigure } from './measure.js';
import { type BaselineName, type CompletionInput, type Confidence, type Reading, readingOf } from './reading.js';
import { PROGRESS_PART } from './rules.js';
import { isFirm } from './target.js';
import {
  BINDING_VERDICTS,
  type BindingVerdict,
  EXPECTED_VERDICTS,
  type ExpectedVerdict,
  type IndicatorGrounds,
  indicatorVerdict,
  ITEM_VERDICTS,
  type ItemGrounds,
  itemVerdict,
  type ItemVerdict,
} from './verdicts.js';

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
  /** Where to ask why: the address of each count above, for explain. */
  readonly addresses: Readonly<Record<CountedPart, Readonly<Record<string, string>>>>;
  /** Annex 1: indicators, binding ones first. 2: programme items. 3: items of the running text. */
  readonly annexes: {
    readonly indicators: readonly EvaluatedIndicator[];
    readonly programmes: readonly EvaluatedItem[];
    readonly body: readonly EvaluatedItem[];
  };
}

export interface EvaluatedIndicator {
  readonly node: string;
  /** Of the verdict, for explain; the value's is `node`. */
  readonly address: string;
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
  /** Of the verdict, for explain. */
  readonly address: string;
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
  /** Of each number, for explain. */
  readonly addresses: Readonly<Record<Split, string>>;
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
  const { indicators, programmes, body } = evaluatedRows(reading, confidence);
  const of = (binding: boolean) => indicators.filter((each) => each.binding === binding);
  const counts = {
    binding: count(of(true), BINDING_VERDICTS),
    expected: count(of(false), EXPECTED_VERDICTS),
    programmes: count(programmes, ITEM_VERDICTS),
    body: count(body, ITEM_VERDICTS),
  };
  return {
    ...{ kind, title: plan.plan?.title ?? '', basis: `依据：${plan.plan?.basis ?? ''}`, on, confidence, baseline },
    ...{ ruleVersion: ruleVersion(plan, PROGRESS_PART, on) ?? null, planPosition: plan.position },
    ...counts,
    addresses: byName(COUNTED_PARTS, (part) =>
      byName(Object.keys(counts[part]), (verdict) => countNode(part, verdict)),
    ),
    annexes: { indicators, programmes, body },
  };
}

/** The rows of the annexes, which the counts are counts of. */
export function evaluatedRows(reading: Reading, confidence: Confidence): Evaluation['annexes'] {
  const assessment = assess(reading);
  const items = [...assessment.items.values()].map((pair) => evaluatedItem(assessment, pair[confidence]));
  const rows = (programme: boolean) => items.filter((each) => each.programme > 0 === programme).map(({ row }) => row);
  const indicators = assessIndicators(reading).map((each) => evaluatedIndicator(reading, each));
  return { indicators, programmes: rows(true), body: rows(false) };
}

const byName = <Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;

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
  const verdict = indicatorVerdict(indicatorGrounds(reading, assessed));
  const code = indicator.indicator;
  return {
    ...{ node: `indicator/${code}`, address: verdictNode('indicator', code), indicator: code, name: indicator.name },
    ...{ sector: indicator.sector, binding: isBinding(indicator), targetText: indicator.targetText },
    ...{ value: x && toText(x), period: latest?.period ?? null, gradeName: GRADE_NAMES[grade], verdict },
    verdictName: { ...BINDING_VERDICTS, ...EXPECTED_VERDICTS }[verdict],
  };
}

export const indicatorGrounds = (
  { plan, on }: Reading,
  { figure, attainment }: IndicatorAssessment,
): IndicatorGrounds => ({
  ...{ binding: isBinding(figure.indicator), satisfied: figure.satisfied, attainment },
  from: thresholdIn(plan, 'evaluation/basically', on) ?? null,
});

function evaluatedItem(assessment: Assessment, assessed: ItemAssessment) {
  const { item, name, sector, programme } = assessed.figure.item;
  const measures = assessed.figure.measures.map((each) => evaluatedMeasure(assessment.reading, each.figure));
  const verdict = itemVerdict(itemGrounds(assessment, assessed));
  const row: EvaluatedItem = {
    ...{ node: `item/${item}`, address: verdictNode('item', item), item, name, sector, verdict },
    ...{ verdictName: ITEM_VERDICTS[verdict], measures },
  };
  return { programme, row };
}

/** 终止: a document withdrew the item, or every firm measure that is not satisfied was written off at the closing. */
export function itemGrounds({ reading, projects }: Assessment, { figure, timing }: ItemAssessment): ItemGrounds {
  const { item } = figure.item;
  const rows = figure.measures.map((each) => evaluatedMeasure(reading, each.figure));
  const open = rows.filter(({ firm, satisfied }) => firm && !satisfied);
  return {
    ...{ satisfied: figure.satisfied, withdrawn: !reading.plan.items.has(item), open: open.length },
    writtenOff: open.filter(({ disposal }) => disposal === '核销').length,
    started: projects.get(item)?.started ?? 0,
    delivered: figure.measures.filter(({ figure: { done } }) => done.n > 0n).length,
    ...{ planned: timing !== undefined, projects: projects.get(item)?.projects ?? 0 },
  };
}

function evaluatedMeasure({ plan }: Reading, figure: MeasureFigure): EvaluatedMeasure {
  const { measure, done, target, afterPeriod, satisfied } = figure;
  const within = subtract(done, afterPeriod);
  const zero = (value: Fraction): Fraction => maximum(ZERO, value);
  const closing = plan.closed?.unfinished.find((each) => each.measure === measure.measure)?.disposal;
  return {
    ...{ node: `measure/${measure.measure}`, measure: measure.measure, name: measure.name, unit: measure.unit },
    addresses: byName(SPLITS, (split) => splitNode(split, measure.measure)),
    ...{ firm: isFirm(measure) && !measure.scheme, target: target && toText(target), satisfied },
    ...{ within: toText(within), after: toText(afterPeriod) },
    unfinished: target && toText(zero(subtract(target, done))),
    beyond: target ? toText(zero(subtract(done, target))) : '0',
    disposal: closing === Disposal.CARRIED_OVER ? '结转' : closing === Disposal.WRITTEN_OFF ? '核销' : null,
  };
}
