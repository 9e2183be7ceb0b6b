import { Commitment, type MeasureDefined, type PlanItemDefined } from '@planledger/contracts';
import { type Fraction, isZero, toPercent, toText, ZERO } from '@planledger/kernel';
import type {
  CutRow,
  ItemRow,
  MeasureCount,
  MeasureCountNodes,
  MeasureRow,
  OffPlanRow,
  YearPace,
} from './answer-rows.js';
import { type Assessment, measureTiming } from './assessment.js';
import { type Both, figureQuad, quadOf, summarise } from './both.js';
import type { ProjectGroup } from './cells-groups.js';
import type { Cut } from './cut.js';
import { type Figure, figure, type WhyNull } from './figure.js';
import { HALVES } from './headline.js';
import type { ItemFigure, ItemMeasure } from './item.js';
import { itemVerdictNode } from './judged-node.js';
import { NO_PROJECTS } from './item-projects.js';
import type { MeasureFigure } from './measure.js';
import { groupsOfCut, moneyOf } from './money-figures.js';
import { addressOf } from './node.js';
import { type Confidence, openDoubts, type Reading } from './reading.js';
import { remember } from './remembered.js';
import { rulesOn } from './rules.js';
import { absent, schedule } from './schedule.js';
import { schemeStatus } from './scheme.js';
import { totalOn } from './series.js';
import { yearOfTask } from './year-pace.js';

/** The rows of a completion answer, by cut. */

export const sectorRows = (both: Both): CutRow[] =>
  [...both.b0.reading.plan.sectors.values()].map(({ sector, name }) =>
    cutRow(both, 'sector', sector, sectorCut(sector, name)),
  );

export const sectorCut = (sector: string, name: string): Cut => ({
  ...{ node: `sector/${sector}`, name },
  has: (item) => item.sector === sector,
});

export const programmeCut = (programme: number, name: string): Cut => ({
  ...{ node: `programme/${programme}`, name },
  has: (item) => item.programme === programme,
});

/** 专栏 1–7, and the running text, so that the rows hold every item once. */
export const programmeRows = (both: Both): CutRow[] => [
  ...[...programmesOf(both.b0.reading)]
    .sort(([a], [b]) => a - b)
    .map(([programme, name]) => cutRow(both, 'programme', String(programme), programmeCut(programme, name))),
  cutRow(both, 'body', 'body', HALVES.body),
];

/** The cut of an address: half/programmes, programme/2, sector/education; undefined where the plan has none. */
export function cutAt(reading: Reading, node: string): Cut | undefined {
  const [kind = '', code = ''] = node.split('/');
  if (kind === 'half') return code === 'programmes' || code === 'body' ? HALVES[code] : undefined;
  const name = kind === 'sector' ? reading.plan.sectors.get(code)?.name : programmesOf(reading).get(Number(code));
  if (name === undefined) return undefined;
  return kind === 'sector' ? sectorCut(code, name) : programmeCut(Number(code), name);
}

/** Names of the programmes of B0 and of those that came since. */
export function programmesOf({ plan }: Reading): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const { programme, programmeName } of [...plan.b0.items.values(), ...plan.items.values()]) {
    if (programme > 0 && !names.has(programme)) names.set(programme, programmeName);
  }
  return names;
}

function cutRow(both: Both, kind: CutRow['kind'], code: string, cut: Cut): CutRow {
  const { reading } = both.b0;
  const money = moneyOf(reading, cut.node, groupsOfCut(reading, cut));
  return { kind, node: cut.node, code, name: cut.name, ...summarise(both, cut), money };
}

/** B0's items in their order, withdrawn ones too, then those that came since. */
export function itemRows(both: Both): ItemRow[] {
  const { plan, cells } = both.b0.reading;
  const groups = new Map<string, ProjectGroup[]>();
  for (const group of cells.groups.values()) {
    for (const item of group.items) groups.set(item, [...(groups.get(item) ?? []), group]);
  }
  const come = [...plan.items.values()].filter(({ item }) => !plan.b0.items.has(item));
  return [...plan.b0.items.values(), ...come].map((item) => itemRow(both, item, groups.get(item.item) ?? []));
}

/** A row for each item; one that has not moved since the last answer is the same object. */
function itemRow(both: Both, item: PlanItemDefined, groups: readonly ProjectGroup[]): ItemRow {
  const [b0, current] = [both.b0.items.get(item.item), both.current.items.get(item.item)];
  const { plan, on } = both.b0.reading;
  const stamp = [
    b0?.claimed,
    b0?.verified,
    current?.claimed,
    current?.verified,
    plan.doubts,
    plan.settled,
    on,
    ...groups,
  ];
  return made(item, '', stamp, () => makeItemRow(both, item, groups));
}
const made = remember<PlanItemDefined, ItemRow>();

function makeItemRow(both: Both, item: PlanItemDefined, groups: readonly ProjectGroup[]): ItemRow {
  const code = item.item;
  const node = `item/${code}`;
  const { plan, on } = both.b0.reading;
  const { laggingBelow } = rulesOn(plan, on);
  const of = (assessment: Assessment, confidence: Confidence) => assessment.items.get(code)?.[confidence];
  const share = (at: string, pick: (item: ItemFigure) => Fraction | null) =>
    figureQuad(both, (...where): Figure => {
      const each = of(...where)?.figure;
      return figure(at, each ? pick(each) : null, each ? (each.whyNull ?? 'unquantified') : 'absent');
    });
  const shown = both.b0.items.get(code) ?? both.current.items.get(code);
  const strive = shown?.verified.figure.strive ?? null;
  return {
    ...{ kind: 'item', node, code, name: item.name, sector: item.sector, programme: item.programme },
    verdict: quadOf(both, (...at) => of(...at)?.verdict ?? 'absent'),
    verdictNode: itemVerdictNode(code),
    figures: share(node, ({ c }) => c),
    underWay: share(addressOf('under-way', node), ({ underWay }) => underWay),
    schedule: quadOf(both, (...at) => {
      const each = of(...at);
      return each
        ? schedule(addressOf('schedule', node), each.timing, laggingBelow)
        : absent(addressOf('schedule', node));
    }),
    strive: strive && share(addressOf('strive', node), (each) => each.strive),
    projects: (both.b0.projects.get(code) ?? NO_PROJECTS).projects,
    projectsNode: addressOf('linked', node),
    money: moneyOf(both.b0.reading, node, {
      b0: plan.b0.items.has(code) ? groups : undefined,
      current: plan.items.has(code) ? groups : undefined,
    }),
    measures: measuresOf(both, code).map((measure) => measureRow(both, measure)),
    doubts: doubtsOf(both.b0.reading, code),
  };
}

/** Measures of B0, then those that only the current plan has. */
function measuresOf({ b0, current }: Both, item: string): MeasureDefined[] {
  const [first, now] = [b0, current].map(({ items }) =>
    (items.get(item)?.verified.figure.measures ?? []).map(({ figure: { measure } }) => measure),
  );
  const known = new Set(first?.map(({ measure }) => measure));
  return [...(first ?? []), ...(now ?? []).filter(({ measure }) => !known.has(measure))];
}

const doubtsOf = ({ plan }: Reading, node: string): string[] => openDoubts(plan, node).map(({ doubt }) => doubt);

function measureRow(both: Both, measure: MeasureDefined): MeasureRow {
  const id = measure.measure;
  const node = `measure/${id}`;
  const { plan, on, cells } = both.b0.reading;
  const { laggingBelow } = rulesOn(plan, on);
  const of = (assessment: Assessment, confidence: Confidence): ItemMeasure | undefined =>
    assessment.items
      .get(measure.item)
      ?.[confidence].figure.measures.find(({ figure: each }) => each.measure.measure === id);
  const share = (at: string, pick: (each: ItemMeasure) => Fraction | null) =>
    figureQuad(both, (...where): Figure => {
      const each = of(...where);
      return figure(
        at,
        each ? pick(each) : null,
        each ? (each.figure.whyNull satisfies WhyNull | undefined) : 'absent',
      );
    });
  const shown = of(both.b0, 'verified') ?? of(both.current, 'verified');
  return {
    ...{ node, measure: id, name: measure.name, unit: measure.unit },
    commitment: measure.commitment === Commitment.STRIVE ? 'strive' : 'firm',
    weighs: shown !== undefined && !isZero(shown.weight),
    partOf: measure.partOf || null,
    scheme: measure.scheme
      ? { claimed: schemeStatus(cells, id, 'claimed', on), verified: schemeStatus(cells, id, 'verified', on) }
      : null,
    due: plan.b0.measures.get(id)?.due ?? null,
    dueNow: plan.measures.get(id)?.due ?? null,
    figures: share(node, (each) => each.figure.c),
    underWay: share(addressOf('under-way', node), (each) => each.underWay),
    count: quadOf(both, (...at) => countOf(of(...at)?.figure)),
    countNodes: countNodes(node),
    schedule: quadOf(both, (assessment, confidence) => {
      const [at, each] = [addressOf('schedule', node), of(assessment, confidence)];
      return each ? schedule(at, measureTiming(assessment.reading, each), laggingBelow) : absent(at);
    }),
    year: yearPace(both, measure),
    doubts: doubtsOf(both.b0.reading, id),
  };
}

function yearPace(both: Both, { measure: id }: MeasureDefined): YearPace | null {
  const of = ({ reading }: Assessment, confidence: Confidence) => {
    const measure = reading.base.measures.get(id);
    return measure && yearOfTask(reading, measure, confidence);
  };
  const shown = of(both.b0, 'verified') ?? of(both.current, 'verified');
  if (!shown) return null;
  return {
    year: shown.year,
    figures: figureQuad(both, (...at) => figure(`year/measure/${id}`, of(...at)?.share ?? null, 'absent')),
    planned: toText(shown.planned),
    plannedPercent: toPercent(shown.planned),
  };
}

const countNodes = (node: string): MeasureCountNodes => ({
  ...{ done: addressOf('done', node), target: addressOf('target', node), high: addressOf('high', node) },
  ...{ late: addressOf('late', node), afterPeriod: addressOf('after-period', node) },
});

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

/** 规划外: what flagged projects and those without a link to the item delivered, by measure. */
export const offPlanRows = ({ cells, on }: Reading): OffPlanRow[] =>
  [...cells.offPlan]
    .map(([measure, { claimed, verified }]) => ({
      node: addressOf('off-plan', `measure/${measure}`),
      measure,
      claimed: totalOn(claimed.all, on),
      verified: totalOn(verified.all, on),
    }))
    .filter(({ claimed, verified }) => claimed > 0 || verified > 0)
    .sort((a, b) => (a.measure < b.measure ? -1 : 1));
