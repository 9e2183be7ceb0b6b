import { parseDecimal, toText } from '@planledger/kernel';
import type { Half, Headline, IndicatorCountNodes, IndicatorCounts, IndicatorHalf, IndicatorRow } from './answer.js';
import { type Both, paceOf, summarise } from './both.js';
import type { Cells } from './cells.js';
import type { Cut } from './cut.js';
import { denominatorLine, documentLines } from './denominator.js';
import { type IndicatorFigure, indicatorFigure, isBinding, shownValue } from './indicator.js';
import { INDICATOR_COUNTS, type IndicatorCount, indicatorsNode } from './listed-node.js';
import { observationStream } from './observation.js';
import { openDoubts, type Reading } from './reading.js';
import { remember } from './remembered.js';

/** The cuts of the headline: 专栏 items, and the tasks of the running text. */
export const HALVES = {
  programmes: { node: 'half/programmes', name: '专栏工程', has: ({ programme }) => programme > 0 },
  body: { node: 'half/body', name: '正文任务', has: ({ programme }) => programme === 0 },
} as const satisfies Record<string, Cut>;
export const INDICATORS_NODE = 'half/indicators';
export const INDICATORS_NAME = '主要指标';

/** The triple (DOMAIN §4.4). */
export const headline = (both: Both): Headline => ({
  programmes: half(both, HALVES.programmes),
  body: half(both, HALVES.body),
  indicators: indicatorHalf(both.b0.reading),
  documents: documentLines(both.b0.reading),
});

function half(both: Both, cut: Cut): Half {
  const { items, quantified, itemsNode, quantifiedNode, verdicts, verdictNodes, figures } = summarise(both, cut);
  const quantifiedText = `${items} 项中 ${quantified} 项可量化`;
  const denominator = denominatorLine(both, cut);
  return {
    node: cut.node,
    name: cut.name,
    items,
    quantified,
    itemsNode,
    quantifiedNode,
    quantifiedText,
    verdicts,
    verdictNodes,
    figures,
    ...paceOf(both, cut),
    denominator,
  };
}

/** Observations come monthly and answers by the second: one whose observations have not changed is the one before. */
export function indicatorHalf(reading: Reading): IndicatorHalf {
  const { plan, cells, on } = reading;
  const { plan: head, indicators, thresholds, doubts, settled, documents } = plan;
  const observations = [...indicators.keys()].map((code) => cells.observations.get(observationStream(code)));
  const stamp = [on, head, indicators, thresholds, doubts, settled, documents, ...observations];
  return answered(cells, INDICATORS_NODE, stamp, () => makeIndicatorHalf(reading));
}
const answered = remember<Cells, IndicatorHalf>();

function makeIndicatorHalf(reading: Reading): IndicatorHalf {
  const figures = indicatorFigures(reading);
  const binding = figures.filter(({ indicator }) => isBinding(indicator));
  return {
    node: INDICATORS_NODE,
    name: INDICATORS_NAME,
    ...tally(figures),
    binding: tally(binding),
    addresses: { all: countNodes(false), binding: countNodes(true) },
    rows: figures.map((figure) => indicatorRow(reading, figure)),
  };
}

/** Binding ones first, each group in the order of the plan's table. */
export function indicatorFigures(reading: Reading): IndicatorFigure[] {
  const figures = [...reading.plan.indicators.values()].map((indicator) => indicatorFigure(reading, indicator));
  const [binding, expected] = [true, false].map((wanted) =>
    figures.filter(({ indicator }) => isBinding(indicator) === wanted),
  );
  return [...(binding ?? []), ...(expected ?? [])];
}

/** Whether a count of the headline counts an indicator. */
export const INDICATOR_COUNTED: Readonly<Record<IndicatorCount, (figure: IndicatorFigure) => boolean>> = {
  total: () => true,
  satisfied: ({ satisfied }) => satisfied === true,
  unmet: ({ satisfied }) => satisfied === false,
  noData: ({ satisfied }) => satisfied === null,
};

const byCount = <Made>(make: (count: IndicatorCount) => Made) =>
  Object.fromEntries(INDICATOR_COUNTS.map((count) => [count, make(count)])) as Record<IndicatorCount, Made>;
const tally = (figures: readonly IndicatorFigure[]): IndicatorCounts =>
  byCount((count) => figures.filter(INDICATOR_COUNTED[count]).length);
const countNodes = (binding: boolean): IndicatorCountNodes => byCount((count) => indicatorsNode(count, binding));

function indicatorRow({ plan }: Reading, { indicator, x, latest, satisfied }: IndicatorFigure): IndicatorRow {
  const target = parseDecimal(indicator.target) ?? null;
  return {
    node: `indicator/${indicator.indicator}`,
    indicator: indicator.indicator,
    name: indicator.name,
    sector: indicator.sector,
    binding: isBinding(indicator),
    unit: indicator.unit,
    baselineText: indicator.baselineText,
    targetText: indicator.targetText,
    exact: x && toText(x),
    shown: x && shownValue(x, indicator.step, target, satisfied),
    period: latest?.period ?? null,
    satisfied,
    doubts: openDoubts(plan, indicator.indicator).map(({ doubt }) => doubt),
  };
}
