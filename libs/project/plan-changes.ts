import {
  type EventInit,
  type IndicatorChange,
  makeEvent,
  type MeasureChange,
  type PlanItemDefined,
  PlanStatus,
} from '@planledger/contracts';
import { type Rejection } from '@planledger/kernel';
import { adjusted, issued, itemOfRow, measureOfRow, type PlanBaseline, type PlanState } from '@planledger/plan';
import type {
  AddedMeasureBody,
  AdjustPlanBody,
  IndicatorChangeBody,
  IssuePlanBody,
  MeasureChangeBody,
} from './bodies-plan.js';
import { reject, type RowContext } from './command.js';
import { indicatorFits, measureFits, onlyOnce, same, WITHOUT_TARGET } from './plan-measure.js';

/** Issuing: once, of a draft; its changes against the draft are checked as an adjustment's are. */
export function issuePlan(body: IssuePlanBody, { wide: { plan } }: RowContext): EventInit | Rejection {
  if (plan.plan?.status !== PlanStatus.DRAFT) return reject('PLAN_ALREADY_ISSUED', { basis: plan.plan?.basis ?? '' });
  const { document, issuer, basis, textDigest, measures = [], indicators = [] } = body;
  const event = {
    case: 'planIssued',
    value: { document, issuer, basis, textDigest, ...changesOf(measures, indicators) },
  } as const;
  const { value } = makeEvent(event);
  return changesFit(plan, value, issued(plan, value).baseline) ?? event;
}

/** Adjusting: changes, what comes in, what goes out; checked as a whole, on the plan as it would then stand. */
export function adjustPlan(body: AdjustPlanBody, { wide }: RowContext): EventInit | Rejection {
  const { plan } = wide;
  const { document, measures = [], indicators = [], items = [], added = [], withdrawn = [] } = body;
  if ([measures, indicators, items, added, withdrawn].every(({ length }) => length === 0)) {
    return reject('NOTHING_CHANGES', { code: document });
  }
  const known = [...plan.past.items.values(), ...plan.b0.items.values(), ...plan.items.values()];
  const programmes = new Map(known.map((item) => [item.programme, item]));
  const names = new Map([...programmes].map(([programme, { programmeName }]) => [programme, programmeName]));
  const start = plan.plan?.periodStart ?? '';
  const event = {
    case: 'planAdjusted',
    value: {
      document,
      ...changesOf(measures, indicators),
      items: items.map((item) => itemOfRow(item, names)),
      added: added.map(({ item, ...row }) => measureOfRow(item, row, start)),
      withdrawn,
    },
  } as const;
  const { value } = makeEvent(event);
  const { baseline: after } = adjusted(plan, value);
  const codes = [...value.items.map(({ item }) => item), ...value.added.map(({ measure }) => measure)];
  return (
    newCodes(plan, codes) ??
    firstOf(value.items, (item) => itemFits(item, plan, programmes)) ??
    firstOf(withdrawn, (code) => withdrawable(code, plan, value.measures)) ??
    onlyOnce(withdrawn) ??
    changesFit(plan, value, after) ??
    partsStay(after) ??
    firstOf(added, (row) => addedFits(row, after, wide)) ??
    event
  );
}

/** The changes as the event carries them: what is left out is empty. */
const changesOf = (measures: readonly MeasureChangeBody[], indicators: readonly IndicatorChangeBody[]) => ({
  measures: measures.map(({ measure, low = '', high = '', start = '', due = '', roster = '' }) => ({
    ...{ measure, low, high, start, due, roster },
  })),
  indicators: indicators.map(({ indicator, targetText = '', target = '', path = [] }) => ({
    ...{ indicator, targetText, target, path },
  })),
});

export function firstOf<T>(all: readonly T[], check: (one: T) => Rejection | undefined): Rejection | undefined {
  for (const one of all) {
    const refused = check(one);
    if (refused) return refused;
  }
  return undefined;
}

interface Changes {
  readonly measures: readonly MeasureChange[];
  readonly indicators: readonly IndicatorChange[];
}

/** Each is known, named once, changes something, and leaves what holds together. */
function changesFit(plan: PlanState, { measures, indicators }: Changes, after: PlanBaseline): Rejection | undefined {
  const codes = [...measures.map(({ measure }) => measure), ...indicators.map(({ indicator }) => indicator)];
  return (
    onlyOnce(codes) ??
    firstOf(measures, (change) => measureChangeFits(change, plan, after)) ??
    firstOf(indicators, (change) => indicatorChangeFits(change, plan, after))
  );
}

function measureChangeFits({ measure, low }: MeasureChange, plan: PlanState, after: PlanBaseline) {
  const [before, changed] = [plan.measures.get(measure), after.measures.get(measure)];
  if (!before || !changed) return reject('MEASURE_UNKNOWN', { measure });
  if (low !== '' && WITHOUT_TARGET.has(before.quantifier)) return reject('TARGET_NOT_ASKED', { measure });
  if (same(before, changed)) return reject('NOTHING_CHANGES', { code: measure });
  return measureFits(changed, after, plan);
}

function indicatorChangeFits({ indicator, target, targetText }: IndicatorChange, plan: PlanState, after: PlanBaseline) {
  const [before, changed] = [plan.indicators.get(indicator), after.indicators.get(indicator)];
  if (!before || !changed) return reject('INDICATOR_UNKNOWN', { indicator });
  const path = after.paths.get(indicator) ?? [];
  if (same(before, changed) && same(plan.paths.get(indicator) ?? [], path)) {
    return reject('NOTHING_CHANGES', { code: indicator });
  }
  // Shown as printed, computed as a number: one without the other would show one target and compute with another.
  if (target !== '' && targetText === '') return reject('TARGET_TEXT_MISSING', { indicator });
  return indicatorFits(changed, path, plan);
}

/** A code names one thing for the life of the plan; `.checklist` is kept for adopted checklists. */
const newCodes = (plan: PlanState, codes: readonly string[]): Rejection | undefined =>
  firstOf(codes, (code) =>
    plan.definedAt.has(code) || code.endsWith('.checklist') ? reject('PLAN_CODE_TAKEN', { code }) : undefined,
  ) ?? onlyOnce(codes);

function itemFits(
  { item, sector, chapter, programme }: PlanItemDefined,
  plan: PlanState,
  programmes: ReadonlyMap<number, PlanItemDefined>,
): Rejection | undefined {
  if (!plan.sectors.has(sector)) return reject('SECTOR_NOT_SERVED', { sector });
  const expected = item.startsWith('T') ? Number(item.slice(1, item.indexOf('-'))) : programmes.get(programme)?.chapter;
  return expected === chapter ? undefined : reject('ITEM_CODE_MISPLACED', { item, chapter });
}

function withdrawable(code: string, plan: PlanState, changes: readonly MeasureChange[]): Rejection | undefined {
  if (!plan.items.has(code) && !plan.measures.has(code)) return reject('NOT_IN_PLAN', { code });
  const kept = changes.find(({ measure }) => measure === code || plan.measures.get(measure)?.item === code);
  return kept ? reject('WITHDRAWN_AND_CHANGED', { code: kept.measure }) : undefined;
}

/** A part that stays needs its whole. */
const partsStay = ({ measures }: PlanBaseline): Rejection | undefined =>
  firstOf([...measures.values()], ({ measure, partOf }) =>
    partOf === '' || measures.has(partOf) ? undefined : reject('WHOLE_UNKNOWN', { measure, whole: partOf }),
  );

function addedFits(
  { item, id, quantifier, low, unitKind }: AddedMeasureBody,
  after: PlanBaseline,
  { plan, program }: RowContext['wide'],
): Rejection | undefined {
  const [defined, measure] = [after.items.get(item), after.measures.get(`${item}.${id}`)];
  if (!defined || !measure) return reject('ITEM_UNKNOWN', { item });
  if ((quantifier === 'all' || quantifier === 'checklist') && low !== undefined)
    return reject('TARGET_NOT_ASKED', { measure: measure.measure });
  const kinds = program.sectors.get(defined.sector)?.unitKinds;
  if (kinds && unitKind !== undefined && !Object.hasOwn(kinds, unitKind)) {
    return reject('UNIT_KIND_UNKNOWN', { kind: unitKind, known: Object.keys(kinds).join('、') });
  }
  return measureFits(measure, after, plan);
}
