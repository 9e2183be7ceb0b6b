import { fraction, isDate, type IsoDate, toPercent, toText } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { factsOn, type ProjectState, type UnitState } from '../project.js';
import type { SectorView, ViewFormula } from '../sector.js';
import { type Programme, PROGRAMMES, programmes, type Roll, ROLL_FACTS, type Rolls, rollsIn } from './rolls.js';

/** A town's station with its rolls, check by check: 漏保 that was made good stays in the earlier checks. */
interface TownRow {
  stream: string;
  town: string;
  name: string;
  county: string;
  verified: boolean;
  /** Day from which it no longer stands; empty while it does. */
  lost: IsoDate | '';
  /** By the day since when they hold, oldest first. */
  checks: { on: IsoDate; rolls: Rolls }[];
}

function townRow(project: ProjectState, unit: UnitState): TownRow {
  // A station that only appointed another worker has not checked its rolls again.
  const checks = unit.statements.filter(({ facts }) =>
    Object.keys(facts).some((fact) => Object.hasOwn(ROLL_FACTS, fact)),
  );
  const days = new Set([unit.delivered.on, ...checks.map(({ on }) => on)]);
  return {
    stream: project.stream,
    town: unit.member || `${project.stream}/${unit.unit}`,
    name: unit.name,
    county: project.registration?.county ?? '',
    verified: unit.verified !== undefined,
    lost: unit.lost?.on ?? '',
    checks: [...days].sort().map((on) => ({ on, rolls: rollsIn(factsOn(unit, on)) })),
  };
}

/** A town on the day that is asked about: the newest check by then. */
interface Town extends Omit<TownRow, 'checks' | 'lost'> {
  checked: IsoDate;
  rolls: Rolls;
}

/** Towns that stand on the day, each once: of two stations of a town the one that checked last. */
function townsOn(rows: readonly TownRow[], on: IsoDate | undefined): Town[] {
  const towns = new Map<string, Town>();
  for (const { checks, lost, ...town } of rows) {
    const newest = checks.filter((check) => on === undefined || check.on <= on).at(-1);
    if (!newest || (lost !== '' && (on === undefined || lost <= on))) continue;
    const other = towns.get(town.town);
    if (other && other.checked > newest.on) continue;
    towns.set(town.town, { ...town, checked: newest.on, rolls: newest.rolls });
  }
  return [...towns.values()].sort((a, b) => (a.town < b.town ? -1 : 1));
}

interface Cover extends Roll {
  /** Stations, those of them that checked this roll, and those whose report is verified. */
  stations: number;
  checked: number;
  verified: number;
  /** Entitled persons who are covered, of all entitled ones; null where nobody is entitled. */
  reached: string | null;
  reachedPercent: string | null;
  /** What the coverage would be if 错保 were set off against 漏保. */
  onPaper: string | null;
  /** 应保尽保; null while a station has not checked its roll: what it would find is not known. */
  inFull: boolean | null;
}

function coverOf(towns: readonly Town[], programme: Programme): Cover {
  const stated = towns.filter(({ rolls }) => rolls[programme]);
  const total = (field: keyof Roll): number =>
    stated.reduce((sum, { rolls }) => sum + (rolls[programme]?.[field] ?? 0), 0);
  const [eligible, covered, missed] = [total('eligible'), total('covered'), total('missed')];
  const reached = eligible === 0 ? null : fraction(eligible - missed, eligible);
  return {
    ...{ stations: towns.length, checked: stated.length, verified: stated.filter(({ verified }) => verified).length },
    ...{ eligible, covered, missed, wrong: total('wrong') },
    reached: reached && toText(reached),
    reachedPercent: reached && toPercent(reached, 2),
    onPaper: eligible === 0 ? null : toText(fraction(covered, eligible)),
    inFull: missed > 0 ? false : stated.length < towns.length || towns.length === 0 ? null : true,
  };
}

/** Towns in which somebody is missed, or wrongly paid: the most first. */
const errors = (towns: readonly Town[], programme: Programme, field: 'missed' | 'wrong') =>
  towns
    .flatMap(({ stream, name, county, checked, rolls }) => {
      const persons = rolls[programme]?.[field] ?? 0;
      return persons > 0 ? [{ stream, station: name, county, checked, persons }] : [];
    })
    .sort((a, b) => b.persons - a.persons || (a.station < b.station ? -1 : 1));

function programmeAnswer(towns: readonly Town[], programme: Programme, plan: PlanState) {
  const counties = [...new Set(towns.map(({ county }) => county))].sort();
  return {
    programme,
    name: PROGRAMMES[programme],
    all: coverOf(towns, programme),
    counties: counties.map((county) => ({
      county,
      countyName: plan.counties.get(county)?.name ?? county,
      ...coverOf(
        towns.filter((town) => town.county === county),
        programme,
      ),
    })),
    missed: errors(towns, programme, 'missed'),
    wrong: errors(towns, programme, 'wrong'),
    notChecked: towns
      .filter(({ rolls }) => !rolls[programme])
      .map(({ stream, name, county }) => ({ stream, station: name, county })),
  };
}

/** Of a cover, the city's or a county's. */
const coverFormulas = (cover: string): ViewFormula[] => [
  {
    ...{ figure: `${cover}/reached`, rule: 'quotient' },
    of: { n: `${cover}/eligible - ${cover}/missed`, N: `${cover}/eligible` },
    text: '应保已保 = n ÷ N：（应保 − 漏保）÷ 应保；错保不抵漏保',
  },
  {
    ...{ figure: `${cover}/reachedPercent`, rule: 'product', of: { a: `${cover}/reached`, b: 100 } },
    text: '应保已保 × 100，取两位小数',
  },
  {
    ...{ figure: `${cover}/onPaper`, rule: 'quotient', of: { n: `${cover}/covered`, N: `${cover}/eligible` } },
    text: '账面覆盖 = n ÷ N：在保 ÷ 应保，错保抵了漏保，只作对照',
  },
];

/**
 * 应保尽保, in both directions: who is entitled and missed (漏), who is not and paid (错), never set off against each
 * other. From the rolls that the towns' stations keep; the shares of T8-3 and I25 are observed, not taken from here.
 */
export const safetyNet: SectorView<TownRow> = {
  title: '兜底保障：应保、在保与漏保、错保，按县（区）',
  parameters: {
    county: '县（区）代码；不填为全部',
    programme: '保障项目：subsistence、destitute、living、nursing；不填为全部',
    on: '截至日期，如 2024-12-31；不填为最近一次核查',
  },
  rows: (project) =>
    [...project.lostUnits, ...project.units.values()]
      .filter(({ kind }) => kind === 'social-work-station')
      .map((unit) => townRow(project, unit)),
  formulas: [...coverFormulas('programmes/*/all'), ...coverFormulas('programmes/*/counties/*')],
  answer(rows, plan, { county, programme, on }) {
    const day = on !== undefined && isDate(on) ? on : undefined;
    const towns = townsOn(rows, day).filter((town) => !county || town.county === county);
    return {
      on: day ?? null,
      programmes: programmes
        .filter((one) => !programme || one === programme)
        .map((one) => programmeAnswer(towns, one, plan)),
    };
  },
};
