import { compare, decimal, fraction, isZero, ZERO } from '@planledger/kernel';
import type { ItemRow, MeasureRow } from './format.js';
import type { Gathered, Located, ReportRow } from './loaded.js';
import type { Path } from './shape.js';

type Say = (at: Path, reason: string) => void;

const value = (written: string | number) => decimal(String(written));
/** Quantifiers that are no number of units. */
const WITHOUT_LOW: ReadonlySet<string> = new Set(['all', 'checklist']);
const WITH_ROSTER: ReadonlySet<string> = new Set(['each', 'all']);

/** What each quantifier needs and what it cannot have. */
function checkQuantity(measure: MeasureRow, say: Say): void {
  const { quantifier, low, high } = measure;
  if (WITHOUT_LOW.has(quantifier) && low !== undefined) say(['low'], `${quantifier} has no low`);
  if (!WITHOUT_LOW.has(quantifier) && quantifier !== 'each' && low === undefined) {
    say(['low'], `is missing: ${quantifier} needs it`);
  }
  if (low !== undefined && compare(value(low), ZERO) <= 0) say(['low'], 'must be above 0');
  if (quantifier === 'range') {
    if (high === undefined) say(['high'], 'is missing: range needs it');
    else if (low !== undefined && compare(value(high), value(low)) <= 0) say(['high'], 'must be above low');
  } else if (high !== undefined) say(['high'], 'belongs to range only');
  if (quantifier === 'ratio') {
    if (measure.unit !== '%' && measure.unit !== '‰') say(['unit'], 'of a ratio must be % or ‰');
    const whole = fraction(measure.unit === '‰' ? 1000 : 100);
    if (low !== undefined && compare(value(low), whole) > 0) say(['low'], 'of a ratio must not be above the whole');
    if (measure.unitKind !== undefined) say(['unitKind'], 'a ratio counts no units');
  }
}

function checkParts(measure: MeasureRow, plan: Gathered, say: Say): void {
  const { quantifier, roster, works } = measure;
  if (WITH_ROSTER.has(quantifier)) {
    if (roster === undefined) say(['roster'], `is missing: ${quantifier} needs it`);
    else if (!plan.codes.rosters.has(roster)) say(['roster'], `no roster "${roster}"`);
  } else if (roster !== undefined) say(['roster'], 'belongs to each and all only');
  if (quantifier === 'checklist') {
    if (works === undefined) say(['works'], 'is missing: checklist needs it');
  } else if (works !== undefined) say(['works'], 'belongs to checklist only');
  const ids = new Set<string>();
  works?.forEach((work, index) => {
    if (ids.has(work.id)) say(['works', index, 'id'], `"${work.id}" stands twice in this checklist`);
    ids.add(work.id);
  });
  if (measure.scheme && measure.commitment !== 'strive') say(['commitment'], 'of a scheme (谋划) must be strive');
}

function checkBasis(measure: MeasureRow, say: Say): void {
  if (measure.basis !== 'stock') {
    if (measure.baseline !== undefined) say(['baseline'], 'belongs to basis stock only');
    return;
  }
  if (measure.baseline === undefined) say(['baseline'], 'is missing: basis stock needs it');
  else if (measure.low !== undefined && isZero(value(measure.low))) return;
  else if (measure.low !== undefined && compare(value(measure.baseline), value(measure.low)) >= 0) {
    say(['baseline'], 'must be below low, or there is nothing to reach');
  }
}

function checkDates(measure: MeasureRow, plan: Gathered, say: Say): void {
  if (!plan.head) return;
  const { period, outlook } = plan.head;
  const start = measure.start ?? period.start;
  if (measure.start !== undefined && measure.start < period.start) say(['start'], 'lies before the period of the plan');
  if (measure.due < start) say(['due'], `lies before the start, ${start}`);
  if (measure.due > `${outlook}-12-31`) say(['due'], `lies beyond the outlook of the plan, ${outlook}`);
}

/** 其中: the parent is a measure of the same item, is not part of its own child, and is not smaller. */
function checkPartOf(item: ItemRow, measure: MeasureRow, plan: Gathered, say: Say): void {
  const { partOf } = measure;
  if (partOf === undefined) return;
  if (!plan.codes.measures.has(partOf)) return say(['partOf'], `no measure "${partOf}"`);
  const byCode = new Map(item.measures?.map((each) => [`${item.item}.${each.id}`, each]));
  const parent = byCode.get(partOf);
  if (!parent) return say(['partOf'], `"${partOf}" is a measure of another item`);
  const seen = new Set([`${item.item}.${measure.id}`]);
  for (let up: string | undefined = partOf; up !== undefined; up = byCode.get(up)?.partOf) {
    if (seen.has(up)) return say(['partOf'], `"${partOf}" is, in the end, part of this measure itself`);
    seen.add(up);
  }
  if (parent.low === undefined || measure.low === undefined) return;
  const most = measure.high ?? measure.low;
  if (compare(value(most), value(parent.high ?? parent.low)) > 0) {
    say(['partOf'], `this part, ${most}, is larger than its whole, ${parent.low}`);
  }
}

/** Checks the measures of an item against the item, each other, and the rosters. */
export function checkMeasures(where: Located<ItemRow>, plan: Gathered, report: ReportRow): void {
  const ids = new Set<string>();
  where.row.measures?.forEach((measure, index) => {
    const say: Say = (at, reason) => report(where, ['measures', index, ...at], reason);
    if (ids.has(measure.id)) say(['id'], `"${measure.id}" stands twice in this item`);
    ids.add(measure.id);
    checkQuantity(measure, say);
    checkParts(measure, plan, say);
    checkBasis(measure, say);
    checkDates(measure, plan, say);
    checkPartOf(where.row, measure, plan, say);
  });
}
