import type { ImpliedRow, ImpliedSumRow, IndicatorRow, MeasureRow } from './format.js';
import type { Gathered, ReportRow } from './loaded.js';
import type { Path } from './shape.js';

type Say = (at: Path, reason: string) => void;

/** What an indicator's row says of the units that imply it: it names what there is, and a base that has a number. */
export function checkImplied(plan: Gathered, report: ReportRow): void {
  const measures = new Map(
    plan.lists.items.flatMap(({ row }) =>
      (row.measures ?? []).map((each) => [`${row.item}.${each.id}`, each] as const),
    ),
  );
  const doubts = new Map(plan.lists.doubts.map(({ row }) => [row.doubt, row.readings] as const));
  for (const where of plan.lists.indicators) {
    const { implied } = where.row;
    if (!implied) continue;
    const say: Say = (at, reason) => report(where, ['implied', ...at], reason);
    checkWhole(implied, say);
    const { numerator, denominator, under } = implied;
    if (numerator) checkSum(where.row, numerator, measures, (at, reason) => say(['numerator', ...at], reason));
    if (denominator) checkSum(where.row, denominator, measures, (at, reason) => say(['denominator', ...at], reason));
    if (!under || !plan.codes.doubts.has(under.doubt)) {
      if (under) say(['under', 'doubt'], `no doubt "${under.doubt}"`);
    } else if (doubts.get(under.doubt)?.every(({ reading }) => reading !== under.reading)) {
      say(['under', 'reading'], `no reading "${under.reading}" of ${under.doubt}`);
    }
  }
}

function checkWhole({ numerator, denominator, per, under, silent }: ImpliedRow, say: Say): void {
  if ((numerator === undefined) === (silent === undefined)) say([], 'names either a numerator or why it is silent');
  if (silent !== undefined && (denominator ?? per ?? under) !== undefined) {
    say(['silent'], 'stands alone: nothing is summed');
  }
}

function checkSum(
  indicator: IndicatorRow,
  { base, units = [] }: ImpliedSumRow,
  measures: ReadonlyMap<string, MeasureRow>,
  say: Say,
): void {
  if (units.length === 0 && base !== 'observed') say(['units'], 'are missing: only what is observed stands alone');
  if (base === 'indicator' && indicator.baseline === undefined) say(['base'], 'the indicator has no baseline');
  if (base === 'observed' && indicator.numerator === undefined) {
    say(['base'], 'the indicator is observed as one value, without numerator and denominator');
  }
  units.forEach(({ measure }, index) => {
    const known = measures.get(measure);
    if (!known) say(['units', index, 'measure'], `no measure "${measure}"`);
    else if (known.quantifier === 'ratio')
      say(['units', index, 'measure'], `${measure} is a ratio and counts no units`);
    else if (base === 'measures' && known.baseline === undefined) {
      say(['units', index, 'measure'], `${measure} has no baseline to start from`);
    }
  });
}
