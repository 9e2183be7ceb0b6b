import { compare, decimal, ZERO } from '@planledger/kernel';
import { checkImplied } from './implied-checks.js';
import type { Gathered, Located, PlanLists, ReportRow } from './loaded.js';
import { checkMeasures } from './measure-checks.js';
import type { Path } from './shape.js';
import { quotes } from './text.js';

/** Whole of a weight set, in basis points. */
const WEIGHTS_SUM = 10_000;

/** The key of each list that must be unique over all files. */
export const codeOf: { readonly [K in keyof PlanLists]?: (row: PlanLists[K][number]) => string | number } = {
  sectors: (row) => row.sector,
  programmes: (row) => row.programme,
  counties: (row) => row.code,
  items: (row) => row.item,
  indicators: (row) => row.indicator,
  rosters: (row) => row.roster,
  doubts: (row) => row.doubt,
  namedProjects: (row) => row.id,
  rules: (row) => `${row.part} ${row.version}`,
  weightSets: (row) => row.id,
};

function checkTwice<K extends keyof PlanLists>(key: K, plan: Gathered, report: ReportRow): void {
  const code = codeOf[key];
  if (!code) return;
  const first = new Map<string | number, Located<unknown>>();
  for (const where of plan.lists[key]) {
    const id = code(where.row);
    const earlier = first.get(id);
    if (earlier) report(where, [], `"${id}" stands already in ${earlier.file}`);
    else first.set(id, where);
  }
}

function checkCounties(plan: Gathered, report: ReportRow): void {
  for (const where of plan.lists.counties) {
    const { code, from, to, statParent } = where.row;
    if (statParent !== undefined && (statParent === code || !plan.codes.counties.has(statParent))) {
      report(where, ['statParent'], `no other county "${statParent}"`);
    }
    if (from !== undefined && to !== undefined && to < from) report(where, ['to'], 'lies before from');
  }
}

function checkItems(plan: Gathered, report: ReportRow): void {
  const chapters = new Map(plan.lists.programmes.map(({ row }) => [row.programme, row.chapter]));
  for (const where of plan.lists.items) {
    const { item, sector, chapter } = where.row;
    if (!plan.codes.sectors.has(sector)) report(where, ['sector'], `no sector "${sector}"`);
    const group = Number(item.slice(1, item.indexOf('-')));
    if (item.startsWith('T') && group !== chapter) report(where, ['item'], `"${item}" is not of chapter ${chapter}`);
    if (item.startsWith('B')) {
      if (!plan.codes.programmes.has(String(group))) report(where, ['item'], `no programme ${group}`);
      const expected = chapters.get(group);
      if (expected !== undefined && expected !== chapter) {
        report(where, ['chapter'], `programme ${group} stands in chapter ${expected}, not ${chapter}`);
      }
    }
    checkMeasures(where, plan, report);
  }
}

function checkIndicators(plan: Gathered, report: ReportRow): void {
  for (const where of plan.lists.indicators) {
    const { sector, kind, baseline, target, step, cumulative, numerator, denominator } = where.row;
    if (!plan.codes.sectors.has(sector)) report(where, ['sector'], `no sector "${sector}"`);
    if (compare(decimal(String(step)), ZERO) <= 0) report(where, ['step'], 'must be above 0');
    if ((kind === 'rise' || kind === 'approx') && baseline === undefined) {
      report(where, ['baseline'], `is missing: ${kind} needs it`);
    }
    if (kind === 'rise' && baseline !== undefined && compare(decimal(String(baseline)), decimal(String(target))) >= 0) {
      report(where, ['baseline'], 'of a rise must be below its target; floor or keep may be meant');
    }
    if ((kind === 'cumulative') !== (cumulative ?? false)) {
      report(where, ['cumulative'], 'must be true of the kind cumulative, and of no other');
    }
    if ((numerator === undefined) !== (denominator === undefined)) {
      report(where, [numerator === undefined ? 'numerator' : 'denominator'], 'is missing: the two go together');
    }
  }
}

function checkRosters(plan: Gathered, report: ReportRow): void {
  for (const where of plan.lists.rosters) {
    const { open, counties, members } = where.row;
    if (open && (counties || members)) report(where, ['open'], 'an open roster names no members');
    if (!open && !counties && !members) report(where, [], 'names no counties and no members; is it open?');
    if (counties && members) report(where, ['members'], 'a roster lists counties or members, not both');
    const ids = new Set<string>();
    const once = (at: Path, id: string): void => {
      if (ids.has(id)) report(where, at, `"${id}" stands twice in this roster`);
      ids.add(id);
    };
    const known = (at: Path, county: string): void => {
      if (!plan.codes.counties.has(county)) report(where, at, `no county "${county}"`);
    };
    counties?.forEach((county, index) => (once(['counties', index], county), known(['counties', index], county)));
    members?.forEach(({ member, county, from, to }, index) => {
      once(['members', index, 'member'], member);
      known(['members', index, 'county'], county);
      if (from !== undefined && to !== undefined && to < from)
        report(where, ['members', index, 'to'], 'lies before from');
    });
  }
}

function checkDoubts(plan: Gathered, report: ReportRow): void {
  const { items, measures, indicators } = plan.codes;
  for (const where of plan.lists.doubts) {
    where.row.about.forEach((node, index) => {
      if (!items.has(node) && !measures.has(node) && !indicators.has(node)) {
        report(where, ['about', index], `no item, measure or indicator "${node}"`);
      }
    });
    // A number read differently is that of the first node; an item has none (libs/progress, doubtsOf).
    const [first = ''] = where.row.about;
    where.row.readings.forEach(({ target }, index) => {
      if (target !== undefined && items.has(first))
        report(where, ['readings', index, 'target'], `"${first}" is an item and has no target; name its measure first`);
    });
    const ids = where.row.readings.map(({ reading }) => reading);
    if (new Set(ids).size < ids.length) report(where, ['readings'], 'two readings have the same id');
  }
}

function checkNamedProjects(plan: Gathered, report: ReportRow): void {
  const works = new Map<string, readonly { id: string }[]>(
    plan.lists.items.flatMap(({ row }) =>
      (row.measures ?? []).map((measure) => [`${row.item}.${measure.id}`, measure.works ?? []] as const),
    ),
  );
  for (const where of plan.lists.namedProjects) {
    const { sector, item, county, measure, work } = where.row;
    if (!plan.codes.sectors.has(sector)) report(where, ['sector'], `no sector "${sector}"`);
    if (!plan.codes.items.has(item)) report(where, ['item'], `no item "${item}"`);
    if (county !== undefined && !plan.codes.counties.has(county)) report(where, ['county'], `no county "${county}"`);
    if (measure !== undefined && !plan.codes.measures.has(measure)) {
      report(where, ['measure'], `no measure "${measure}"`);
    } else if (measure !== undefined && !measure.startsWith(`${item}.`)) {
      report(where, ['measure'], `"${measure}" is not of ${item}`);
    }
    const known = measure === undefined ? undefined : works.get(measure);
    if (work !== undefined && measure === undefined) report(where, ['work'], 'needs the measure it is a work of');
    else if (work !== undefined && known && !known.some(({ id }) => id === work)) {
      report(where, ['work'], `no work "${work}" in ${measure}`);
    }
  }
}

function checkRulesAndWeights(plan: Gathered, report: ReportRow): void {
  for (const where of plan.lists.rules) {
    const sector = /^sector\/(.+)$/.exec(where.row.part)?.[1];
    if (sector !== undefined && !plan.codes.sectors.has(sector)) report(where, ['part'], `no sector "${sector}"`);
  }
  for (const where of plan.lists.weightSets) {
    const weights = Object.entries(where.row.weights);
    for (const [item] of weights) {
      if (!plan.codes.items.has(item)) report(where, ['weights', item], `no item "${item}"`);
    }
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    if (total !== WEIGHTS_SUM) report(where, ['weights'], `the weights sum to ${total}, not ${WEIGHTS_SUM}`);
  }
}

/** Every figure stands on the text's own words. */
function checkQuotes(plan: Gathered, report: ReportRow): void {
  const { source, lists } = plan;
  if (!source) return;
  const check = (where: Located<unknown>, at: Path, quote: string): void => {
    if (!quotes(source, quote)) report(where, at, `not in text.txt: ${quote.slice(0, 60)}`);
  };
  const quoted = [lists.programmes, lists.items, lists.indicators, lists.rosters, lists.namedProjects].flat();
  for (const where of quoted) check(where, ['quote'], where.row.quote);
  for (const where of lists.items) {
    where.row.measures?.forEach(({ quote }, index) => check(where, ['measures', index, 'quote'], quote));
  }
  for (const where of lists.doubts) where.row.quotes.forEach((quote, index) => check(where, ['quotes', index], quote));
  for (const where of lists.notCommitments) {
    const { quote, word } = where.row;
    if ((quote === undefined) === (word === undefined)) report(where, [], 'names either a quote or a word');
    if (quote !== undefined) check(where, ['quote'], quote);
    if (word !== undefined) check(where, ['word'], word);
  }
}

/** Checks what the rows of all files say about each other and about the text; reports every problem. */
export function checkPlan(plan: Gathered, report: ReportRow): void {
  for (const key of Object.keys(plan.lists) as (keyof PlanLists)[]) checkTwice(key, plan, report);
  checkCounties(plan, report);
  checkItems(plan, report);
  checkIndicators(plan, report);
  checkImplied(plan, report);
  checkRosters(plan, report);
  checkDoubts(plan, report);
  checkNamedProjects(plan, report);
  checkRulesAndWeights(plan, report);
  checkQuotes(plan, report);
}
