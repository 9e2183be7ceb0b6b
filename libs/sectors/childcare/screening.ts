import { Quantifier } from '@planledger/contracts';
import {
  compare,
  decimal,
  divide,
  type Fraction,
  fraction,
  isZero,
  multiply,
  parseDecimal,
  toPercent,
  toText,
} from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { type IndicatorState, MATURITY_NAMES } from '../indicator.js';
import type { ProjectState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits } from '../sector.js';
import { checkUps } from './maternity.js';
import { shownAgainst } from '../shown.js';

/** A share as it was observed: those reached of those who ought to be. */
interface RateRow {
  readonly row: 'rate';
  readonly code: string;
  readonly period: string;
  readonly county: string;
  readonly reached: string;
  readonly eligible: string;
  readonly maturity: string;
}

/** A town or street in which check-ups before pregnancy are free. */
interface TownRow {
  readonly row: 'town';
  readonly stream: string;
  readonly member: string;
  readonly town: string;
  readonly county: string;
  readonly year: number;
  readonly eligible: number;
  readonly checked: number;
  readonly coveredFrom: string;
  readonly waitingFor: string;
  readonly verified: boolean;
}

/** What a screening project says it did, in 人次. */
interface WorkRow {
  readonly row: 'work';
  readonly stream: string;
  readonly project: string;
  readonly county: string;
  readonly items: readonly string[];
  readonly designed: number;
  readonly claimed: number;
  readonly verified: number;
}

type ScreeningRow = RateRow | TownRow | WorkRow;

function townRows(project: ProjectState): TownRow[] {
  return standingUnits(project, 'check-ups').map((unit) => {
    const [facts, counting] = [factsNow(unit), checkUps.countsFrom(unit, project)];
    const [year, eligible, checked] = [
      numberOf(facts, 'year'),
      numberOf(facts, 'eligible'),
      numberOf(facts, 'checked'),
    ];
    return {
      ...{
        row: 'town',
        stream: project.stream,
        member: unit.member,
        town: unit.name,
        county: project.registration?.county ?? '',
      },
      ...{ year, eligible, checked, verified: unit.verified !== undefined },
      coveredFrom: 'from' in counting ? counting.from : '',
      waitingFor: 'waitingFor' in counting ? counting.waitingFor : '',
    };
  });
}

function workRows({ stream, registration, items, baseline, progress }: ProjectState): WorkRow[] {
  if (registration?.template !== 'service') return [];
  return [
    {
      ...{ row: 'work', stream, project: registration.name, county: registration.county, items: [...items.keys()] },
      designed: baseline?.milestones.reduce((sum, { designed }) => sum + designed, 0) ?? 0,
      claimed: progress.claimed?.done.get('quantity') ?? 0,
      verified: progress.verified?.done.get('quantity') ?? 0,
    },
  ];
}

const rateRows = ({ stream, observations }: IndicatorState): RateRow[] =>
  [...observations.values()].map(({ period, county, numerator, denominator, maturity }) => ({
    ...{ row: 'rate', code: stream.slice('indicator/'.length), period, county },
    ...{ reached: numerator, eligible: denominator, maturity: MATURITY_NAMES[maturity] },
  }));

const HUNDRED = fraction(100);

/** Without those who ought to be reached there is no rate, whatever was reached. */
function percentOf({ reached, eligible }: RateRow): Fraction | undefined {
  const [of, among] = [parseDecimal(reached), parseDecimal(eligible)];
  return of && among && !isZero(among) ? multiply(divide(of, among), HUNDRED) : undefined;
}

interface RateAsked {
  readonly code: string;
  readonly name: string;
  readonly target: string;
  readonly item: string;
}

/** The shares that chapter 3 asks for: its measures that are shares, and its indicators in per cent. */
function ratesAsked(plan: PlanState): RateAsked[] {
  const ofSector = (item: string): boolean => plan.items.get(item)?.sector === 'childcare';
  return [
    ...[...plan.measures.values()]
      .filter(({ quantifier, item }) => quantifier === Quantifier.RATIO && ofSector(item))
      .map(({ measure, name, low, item }) => ({ code: measure, name, target: low, item })),
    ...[...plan.indicators.values()]
      .filter(({ sector, unit }) => sector === 'childcare' && unit === '%')
      .map(({ indicator, name, target }) => ({ code: indicator, name, target, item: '' })),
  ];
}

function rateAnswer(asked: RateAsked, rows: readonly RateRow[], work: readonly WorkRow[]) {
  const target = decimal(asked.target);
  const observed = rows
    .filter(({ code }) => code === asked.code)
    .sort((a, b) => (a.period === b.period ? (a.county < b.county ? -1 : 1) : a.period < b.period ? -1 : 1))
    .map((row) => {
      const percent = percentOf(row);
      return {
        ...{ period: row.period, county: row.county, reached: row.reached, eligible: row.eligible },
        maturity: row.maturity,
        exact: percent ? toText(percent) : null,
        percent: percent ? shownAgainst(percent, target, 2) : null,
        met: percent ? compare(percent, target) >= 0 : null,
        // More were reached than there are: the denominator leaves out people whom the numerator counts.
        inconsistent: percent ? compare(percent, HUNDRED) > 0 : false,
      };
    });
  const projects = work.filter(({ items }) => items.includes(asked.item));
  return {
    ...asked,
    observed,
    reason: observed.length === 0 ? '应筛（应种、应保）人数尚未报送，不计算比率' : '',
    // 人次 of the item's projects; several shares of one item share them, and none of them is a rate.
    work: {
      designed: projects.reduce((sum, { designed }) => sum + designed, 0),
      claimed: projects.reduce((sum, { claimed }) => sum + claimed, 0),
      verified: projects.reduce((sum, { verified }) => sum + verified, 0),
    },
  };
}

/** Towns by year: those covered, and of the eligible couples how many were checked. */
function yearsOf(towns: readonly TownRow[]) {
  return [...new Set(towns.map(({ year }) => year))].sort().map((year) => {
    const here = towns.filter((town) => town.year === year);
    const [eligible, checked] = [
      here.reduce((sum, town) => sum + town.eligible, 0),
      here.reduce((sum, town) => sum + town.checked, 0),
    ];
    const covered = here.filter(({ coveredFrom }) => coveredFrom !== '');
    const verified = covered.filter((town) => town.verified).length;
    const percent = eligible === 0 ? null : toPercent(fraction(checked, eligible));
    return { year, towns: here.length, covered: covered.length, verified, eligible, checked, percent };
  });
}

/** 筛查与覆盖: observed rates with both their numbers, the work behind them, and the towns that are covered or not. */
export const screening: SectorView<ScreeningRow> = {
  title: '妇幼筛查与覆盖：比率的分子分母、工作量、乡镇（街道）覆盖',
  parameters: { county: '县（区）代码；不填为全部', code: '指标或产出量编号，如 B1-3.hearing-screening；不填为全部' },
  rows: (project) => [...townRows(project), ...workRows(project)],
  rowsOfIndicator: rateRows,
  formulas: [
    {
      ...{ figure: 'rates/*/observed/*/exact', rule: 'observed-share' },
      of: { n: 'rates/*/observed/*/reached', d: 'rates/*/observed/*/eligible', k: 100 },
      text: '比率 = n ÷ d × k：已筛（已种、已保）÷ 应筛（应种、应保）× 100',
    },
    {
      ...{ figure: 'rates/*/observed/*/percent', rule: 'product', of: { a: 'rates/*/observed/*/exact', b: 1 } },
      text: '比率取两位小数；未达目标时不向上取到目标',
    },
    {
      ...{ figure: 'checkUps/years/*/percent', rule: 'observed-share' },
      of: { n: 'checkUps/years/*/checked', d: 'checkUps/years/*/eligible', k: 100 },
      text: '检查率 = n ÷ d × k：已检查 ÷ 应检查 × 100，取一位小数',
    },
  ],
  answer(rows, plan, { county, code }) {
    const asked = rows.filter((row) => !county || row.county === county);
    const work = asked.filter((row) => row.row === 'work');
    const towns = asked.filter((row) => row.row === 'town');
    const roster = [...plan.measures.values()].find(({ unitKind }) => unitKind === 'check-ups')?.roster ?? '';
    return {
      rates: ratesAsked(plan)
        .filter((rate) => !code || rate.code === code)
        .map((rate) =>
          rateAnswer(
            rate,
            asked.filter((row) => row.row === 'rate'),
            work,
          ),
        ),
      checkUps: {
        /** 名册未定 where open: how many towns are missing is not known. */
        roster: {
          open: plan.rosters.get(roster)?.open ?? true,
          members: plan.rosters.get(roster)?.members.length ?? 0,
        },
        years: yearsOf(towns),
        waiting: towns.filter(({ coveredFrom }) => coveredFrom === ''),
      },
    };
  },
};
