import { type Entry, makeEntry, type Maturity } from '@planledger/contracts';
import { emptyPlan, foldPlan, loadPlan, planEvents, type PlanState, shippedPlan } from '@planledger/plan';
import type { WrittenStream } from './conformance-history.js';
import { foldIndicator, type IndicatorState } from './indicator.js';
import { foldProject } from './project.js';
import type { SectorView } from './sector.js';

/** The plan that ships with the system, as its import writes it: what rules and views name of it must be in it. */
export function kaifengPlan(): PlanState {
  const result = loadPlan(shippedPlan('kaifeng-145'));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return planEvents(result.plan, '2026-01-01')
    .map((event, index): Entry => makeEntry({ stream: 'plan', position: index + 1, event }))
    .reduce(foldPlan, emptyPlan);
}

export interface Observed {
  readonly period: string;
  /** Left out: the whole city. */
  readonly county?: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly maturity: Maturity;
}

/** The stream of an indicator, or of a measure that is a share, with these observations. */
export function observed(code: string, ...rows: readonly Observed[]): IndicatorState {
  const stream = `indicator/${code}`;
  const entries = rows.map(({ county = '', ...row }, index) =>
    makeEntry({
      ...{ plan: 'p', stream, version: index + 1, position: 201 + index },
      event: { case: 'indicatorObserved', value: { ...row, county } },
    }),
  );
  return foldIndicator(stream, entries);
}

export type Observations = readonly [code: string, ...rows: Observed[]];

/** What a view answers of these projects and observations, as the service would put them together. */
export function answered<Row>(
  view: SectorView<Row>,
  projects: readonly WrittenStream[],
  plan: PlanState,
  question: Readonly<Record<string, string>> = {},
  observations: readonly Observations[] = [],
): unknown {
  const rows = [
    ...projects.flatMap(({ stream, entries }) => view.rows(foldProject(stream, entries))),
    ...observations.flatMap(([code, ...given]) => view.rowsOfIndicator?.(observed(code, ...given)) ?? []),
  ];
  return view.answer(rows, plan, question);
}
