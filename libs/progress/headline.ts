import { type PlanItemDefined, ProjectStatus, type Standing } from '@planledger/contracts';
import { parseDecimal, toText } from '@planledger/kernel';
import { openDoubts, type Reading } from './reading.js';
import type { Departure, Half, Headline, IndicatorHalf, IndicatorRow } from './answer.js';
import { type Both, type Cut, summarise } from './both.js';
import { itemOf } from './cells.js';
import { type IndicatorFigure, indicatorFigure, isBinding, shownValue } from './indicator.js';
import { projectUnits } from './project.js';

/** The cuts of the headline: 专栏 items, and the tasks of the running text. */
export const HALVES = {
  programmes: { node: 'half/programmes', name: '专栏工程', cut: ({ programme }: PlanItemDefined) => programme > 0 },
  body: { node: 'half/body', name: '正文任务', cut: ({ programme }: PlanItemDefined) => programme === 0 },
} as const;
export const INDICATORS_NODE = 'half/indicators';
export const INDICATORS_NAME = '主要指标';

/** The triple (DOMAIN §4.4). */
export const headline = (both: Both): Headline => ({
  programmes: half(both, HALVES.programmes),
  body: half(both, HALVES.body),
  indicators: indicatorHalf(both.b0.reading),
});

function half(both: Both, { node, name, cut }: { node: string; name: string; cut: Cut }): Half {
  const { items, quantified, verdicts, figures } = summarise(both, node, cut);
  const quantifiedText = `${items} 项中 ${quantified} 项可量化`;
  const count = (base: Reading['base']): number => [...base.items.values()].filter(cut).length;
  const denominator = {
    b0: count(both.b0.reading.base),
    current: count(both.current.reading.base),
    left: both.b0.survey.departed.flatMap((standing) => departure(both.b0.reading, standing, cut)),
  };
  return { node, name, items, quantified, quantifiedText, verdicts, figures, denominator };
}

/** What a cancelled or moved-out project was to deliver to items of this half and did not. Targets do not change. */
function departure({ base, on }: Reading, standing: Standing, cut: Cut): Departure[] {
  const inCut = (code: string): boolean => {
    const item = base.items.get(code);
    return item !== undefined && cut(item);
  };
  const items = standing.items.filter(inCut);
  const unfinished = [...projectUnits(standing, 'claimed', on).values()].flatMap(({ measure, designed, counted }) => {
    const defined = base.measures.get(measure);
    if (!defined || !inCut(itemOf(measure)) || designed <= counted) return [];
    return [{ measure, name: defined.name, unit: defined.unit, designed, unfinished: designed - counted }];
  });
  if (items.length === 0 && unfinished.length === 0) return [];
  const status = standing.status === ProjectStatus.CANCELLED ? 'cancelled' : 'moved-out';
  const { stream, name, position } = standing;
  return [{ node: stream, project: stream, name, status, items, unfinished, entry: position }];
}

export function indicatorHalf(reading: Reading): IndicatorHalf {
  const figures = indicatorFigures(reading);
  const binding = figures.filter(({ indicator }) => isBinding(indicator));
  return {
    node: INDICATORS_NODE,
    name: INDICATORS_NAME,
    ...tally(figures),
    binding: tally(binding),
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

const tally = (figures: readonly IndicatorFigure[]) => ({
  total: figures.length,
  satisfied: figures.filter(({ satisfied }) => satisfied === true).length,
  unmet: figures.filter(({ satisfied }) => satisfied === false).length,
  noData: figures.filter(({ satisfied }) => satisfied === null).length,
});

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
