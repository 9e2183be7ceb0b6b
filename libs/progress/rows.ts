import { Commitment, type MeasureDefined, type PlanItemDefined } from '@planledger/contracts';
import { type Fraction, isZero, toText, ZERO } from '@planledger/kernel';
import type { CountedRow, CountyRow, CutRow, ItemRow, MeasureCount, MeasureRow, OffPlanRow } from './answer.js';
import { type Assessment, measureTiming } from './assessment.js';
import { type Both, type Cut, figureQuad, quadOf, summarise } from './both.js';
import { countedOn } from './cells.js';
import { type Figure, figure, type WhyNull } from './figure.js';
import { HALVES } from './headline.js';
import type { ItemMeasure } from './item.js';
import type { MeasureFigure } from './measure.js';
import { type Confidence, openDoubts, type Reading } from './reading.js';
import { rulesOn } from './rules.js';
import { schedule } from './schedule.js';
import { totalOn } from './series.js';

/** The rows of a completion answer, by cut. */

export const sectorRows = (both: Both): CutRow[] =>
  [...both.b0.reading.plan.sectors.values()].map(({ sector, name }) => ({
    ...{ kind: 'sector', node: `sector/${sector}`, code: sector, name },
    ...summarise(both, `sector/${sector}`, (item) => item.sector === sector),
  }));

/** 专栏 1–7, and the running text, so that the rows hold every item once. */
export function programmeRows(both: Both): CutRow[] {
  const programmes = new Map<number, string>();
  for (const { programme, programmeName } of both.b0.reading.base.items.values()) {
    if (programme > 0 && !programmes.has(programme)) programmes.set(programme, programmeName);
  }
  const rows = [...programmes]
    .sort(([a], [b]) => a - b)
    .map(([programme, name]): CutRow => {
      const [node, cut] = [`programme/${programme}`, ((item) => item.programme === programme) satisfies Cut];
      return { kind: 'programme', node, code: String(programme), name, ...summarise(both, node, cut) };
    });
  const { node, name, cut } = HALVES.body;
  return [...rows, { kind: 'body', node, code: 'body', name, ...summarise(both, node, cut) }];
}

export const itemRows = (both: Both): ItemRow[] =>
  [...both.b0.reading.base.items.values()].map((item) => itemRow(both, item));

/** A row for each item; one that has not moved since the last answer is the same object. */
function itemRow(both: Both, item: PlanItemDefined): ItemRow {
  const projects = both.b0.survey.projects.get(item.item) ?? 0;
  const [b0, current] = [both.b0.items.get(item.item), both.current.items.get(item.item)];
  const stamp = [b0?.claimed, b0?.verified, current?.claimed, current?.verified, projects];
  const known = made.get(item);
  if (known && stamp.every((each, index) => each === known.stamp[index])) return known.row;
  const row = makeItemRow(both, item, projects);
  made.set(item, { stamp, row });
  return row;
}
const made = new WeakMap<PlanItemDefined, { stamp: readonly unknown[]; row: ItemRow }>();

function makeItemRow(both: Both, item: PlanItemDefined, projects: number): ItemRow {
  const code = item.item;
  const node = `item/${code}`;
  const { plan, on } = both.b0.reading;
  const { laggingBelow } = rulesOn(plan, on);
  const of = (assessment: Assessment, confidence: Confidence) => assessment.items.get(code)?.[confidence];
  const verified = of(both.b0, 'verified');
  const strive = verified?.figure.strive ?? null;
  return {
    ...{ kind: 'item', node, code, name: item.name, sector: item.sector, programme: item.programme },
    verdict: quadOf(both, (assessment, confidence) => of(assessment, confidence)?.verdict ?? 'unquantified'),
    figures: figureQuad(both, (...at) => figure(node, of(...at)?.figure.c ?? null, of(...at)?.figure.whyNull)),
    underWay: figureQuad(both, (...at) =>
      figure(`under-way/${node}`, of(...at)?.figure.underWay ?? null, of(...at)?.figure.whyNull),
    ),
    schedule: quadOf(both, (...at) => schedule(`schedule/${node}`, of(...at)?.timing, laggingBelow)),
    strive: strive && figureQuad(both, (...at) => figure(`strive/${node}`, of(...at)?.figure.strive ?? null)),
    projects,
    measures: (verified?.figure.measures ?? []).map(({ figure: { measure } }) => measureRow(both, measure)),
    doubts: doubtsOf(both.b0.reading, code),
  };
}

const doubtsOf = ({ plan }: Reading, node: string): string[] => openDoubts(plan, node).map(({ doubt }) => doubt);

function measureRow(both: Both, measure: MeasureDefined): MeasureRow {
  const id = measure.measure;
  const node = `measure/${id}`;
  const { plan, on } = both.b0.reading;
  const { laggingBelow } = rulesOn(plan, on);
  const of = (assessment: Assessment, confidence: Confidence): ItemMeasure | undefined =>
    assessment.items
      .get(measure.item)
      ?.[confidence].figure.measures.find(({ figure: each }) => each.measure.measure === id);
  const share = (at: string, pick: (each: ItemMeasure) => Fraction | null) =>
    figureQuad(both, (assessment, confidence): Figure => {
      const each = of(assessment, confidence);
      return figure(at, each ? pick(each) : null, each?.figure.whyNull satisfies WhyNull | undefined);
    });
  const verified = of(both.b0, 'verified');
  return {
    ...{ node, measure: id, name: measure.name, unit: measure.unit, due: measure.due },
    commitment: measure.commitment === Commitment.STRIVE ? 'strive' : 'firm',
    weighs: verified !== undefined && !isZero(verified.weight),
    partOf: measure.partOf || null,
    // No event records the status of a scheme yet.
    scheme: measure.scheme ? { status: null } : null,
    figures: share(node, (each) => each.figure.c),
    underWay: share(`under-way/${node}`, (each) => each.underWay),
    count: quadOf(both, (...at) => countOf(of(...at)?.figure)),
    schedule: quadOf(both, (assessment, confidence) => {
      const each = of(assessment, confidence);
      return schedule(`schedule/${node}`, each && measureTiming(assessment.reading, each), laggingBelow);
    }),
    doubts: doubtsOf(both.b0.reading, id),
  };
}

function countOf(each: MeasureFigure | undefined): MeasureCount {
  const flags = {
    satisfied: each?.satisfied ?? false,
    noData: each?.noData ?? false,
    overdue: each?.overdue ?? false,
    finishedOn: each?.finishedOn ?? null,
  };
  return {
    done: toText(each?.done ?? ZERO),
    target: each?.target ? toText(each.target) : null,
    high: each?.high ? toText(each.high) : null,
    late: toText(each?.late ?? ZERO),
    afterPeriod: toText(each?.afterPeriod ?? ZERO),
    ...flags,
  };
}

/** Counties have a figure only where the target was decomposed; no decomposition is recorded yet (DOMAIN §1). */
export const countyRows = (both: Both): CountyRow[] =>
  [...both.b0.reading.plan.counties.values()].map(({ code, name }) => ({
    ...{ kind: 'county', node: `county/${code}`, code, name },
    figures: figureQuad(both, () => figure(`county/${code}`, null, 'undecomposed')),
    counted: countedIn(both.b0.reading, code),
  }));

export function countedIn({ base, cells, on }: Reading, county: string): CountedRow[] {
  return [...base.measures.values()].flatMap(({ measure, name, unit }) => {
    const claimed = countedOn(cells, measure, 'claimed', on, county);
    const verified = countedOn(cells, measure, 'verified', on, county);
    return claimed > 0 || verified > 0 ? [{ node: `measure/${measure}`, measure, name, unit, claimed, verified }] : [];
  });
}

/** 规划外: what projects without a link to the item delivered, by measure. */
export const offPlanRows = ({ cells, on }: Reading): OffPlanRow[] =>
  [...cells.offPlan]
    .map(([measure, { claimed, verified }]) => ({
      measure,
      claimed: totalOn(claimed.all, on),
      verified: totalOn(verified.all, on),
    }))
    .filter(({ claimed, verified }) => claimed > 0 || verified > 0)
    .sort((a, b) => (a.measure < b.measure ? -1 : 1));
