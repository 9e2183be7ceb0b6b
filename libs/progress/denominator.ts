import type { Standing } from '@planledger/contracts';
import { type DenominatorLine, type Departure, type DocumentLine, LEFT_MAX, type PlanChange } from './answer.js';
import type { Both } from './both.js';
import type { Left } from './cells-groups.js';
import { itemOf } from './contribution.js';
import { type Cut, inCut, isQuantified, itemsOf } from './cut.js';
import { groupsOf } from './item-projects.js';
import { mergedKeys } from './ordered.js';
import { endingOf, endOf, isOngoing, unitsOf } from './project.js';
import { BASELINES, type BaselineName, type Reading } from './reading.js';
import { remember } from './remembered.js';
import { totalOn } from './series.js';

/** The denominator line of a cut: B0 → current, what left, when, by which document (DOMAIN §4.5). */
export function denominatorLine(both: Both, cut: Cut): DenominatorLine {
  const { reading } = both.b0;
  const [b0, current] = BASELINES.map((name) => itemsOf(both[name], cut));
  const quantified = (items: typeof b0): number => items?.filter(isQuantified).length ?? 0;
  return {
    node: `denominator/${cut.node}`,
    b0: b0?.length ?? 0,
    current: current?.length ?? 0,
    quantified: { b0: quantified(b0), current: quantified(current) },
    ...leftOf(reading, cut),
    withdrawn: changes(reading, cut, 'b0'),
    added: changes(reading, cut, 'current'),
  };
}

export const documentLines = ({ plan }: Reading): DocumentLine[] =>
  plan.documents.map(({ kind, document, on, position, changed }) => ({ kind, document, on, entry: position, changed }));

/** The projects that left: in most answers they are those of the answer before. */
function leftOf(reading: Reading, cut: Cut): Pick<DenominatorLine, 'left' | 'leftTotal'> {
  const { plan, standings, on } = reading;
  const stamp = [on, plan.items, plan.b0.items, plan.measures, plan.b0.measures, ...lefts(reading, cut)];
  return listed(standings, cut.node, stamp, () => ({
    left: departures(reading, cut, LEFT_MAX).map((standing) => departure(reading, standing, cut)),
    leftTotal: departuresTotal(reading, cut),
  }));
}
/** By the standings themselves: a replay asks again with others until it has read all that the answer needs. */
const listed = remember<Reading['standings'], Pick<DenominatorLine, 'left' | 'leftTotal'>>();

const lefts = (reading: Reading, cut: Cut): Left[] =>
  groupsOf(reading.cells, inCut(reading, cut))
    .map(({ left }) => left)
    .filter(({ streams }) => streams.size > 0);

/** How many projects that were linked to items of a cut have left it by `on`. */
export const departuresTotal = (reading: Reading, cut: Cut): number =>
  lefts(reading, cut).reduce((total, { ended }) => total + totalOn(ended, reading.on), 0);

/** The first of them, by stream. */
export function departures(reading: Reading, cut: Cut, most: number): Standing[] {
  const { standings, on } = reading;
  const found: Standing[] = [];
  for (const stream of mergedKeys(lefts(reading, cut).map(({ streams }) => streams))) {
    const standing = standings.get(stream);
    if (!standing || isOngoing(standing, on)) continue;
    found.push(standing);
    if (found.length === most) break;
  }
  return found;
}

/** What a project that left was to deliver to items of this cut and did not. Targets do not change. */
export function departure(reading: Reading, standing: Standing, cut: Cut): Departure {
  const { plan, on } = reading;
  const has = inCut(reading, cut);
  const items = standing.items.filter(has);
  const measures = [...new Set(standing.designed.map(({ measure }) => measure))];
  const unfinished = measures.flatMap((measure) => {
    const defined = plan.b0.measures.get(measure) ?? plan.measures.get(measure);
    if (!defined || !items.includes(itemOf(measure))) return [];
    const { designed, counted } = unitsOf(standing, measure, 'claimed', on);
    if (designed <= counted) return [];
    return [{ measure, name: defined.name, unit: defined.unit, designed, unfinished: designed - counted }];
  });
  return {
    node: standing.stream,
    project: standing.stream,
    name: standing.name,
    status: endingOf(standing) ?? 'cancelled',
    on: endOf(standing) || null,
    document: standing.document || null,
    items,
    unfinished,
    entry: standing.position,
  };
}

/** What `baseline` holds of a cut and the other one does not: whole items, and measures of items that both hold. */
export function changes(reading: Reading, cut: Cut, baseline: BaselineName): PlanChange[] {
  const { plan } = reading;
  const [here, there] = baseline === 'b0' ? [plan.b0, plan] : [plan, plan.b0];
  if (here.items === there.items && here.measures === there.measures) return [];
  const items = [...here.items.values()].filter((item) => cut.has(item));
  const gone = items.filter(({ item }) => !there.items.has(item));
  const measures = [...here.measures.values()].filter(({ measure, item: code }) => {
    const item = here.items.get(code);
    return item && cut.has(item) && there.items.has(code) && !there.measures.has(measure);
  });
  return [
    ...gone.map(({ item, name }) => change(reading, 'item', item, name)),
    ...measures.map(({ measure, name }) => change(reading, 'measure', measure, name)),
  ];
}

function change({ plan }: Reading, kind: PlanChange['kind'], code: string, name: string): PlanChange {
  const { document, on, position } = documentOf({ plan }, code) ?? {};
  return {
    ...{ node: `${kind}/${code}`, kind, code, name },
    ...{ document: document ?? null, on: on ?? null, entry: position ?? null },
  };
}

/** The last document that changed an item or a measure. */
export const documentOf = (
  { plan }: Pick<Reading, 'plan'>,
  code: string,
): Reading['plan']['documents'][number] | undefined => plan.documents.findLast(({ changed }) => changed.includes(code));
