import { Quantifier } from '@planledger/contracts';
import type { PlanState } from '@planledger/plan';
import type { ProjectState } from '../project.js';
import { factsNow, type SectorView, standingUnits, type UnitKind } from '../sector.js';
import { coverage } from './coverage.js';
import { type Beds, bedsOf, facility, level } from './rules.js';

/** One institution's three bed counts, and whether it may be counted on. */
interface BedsRow extends Beds {
  readonly county: string;
  readonly institution: string;
  readonly stream: string;
  readonly practisesFrom: string;
  readonly verified: boolean;
}

const NO_BEDS: Beds = { approved: 0, actual: 0, open: 0 };
const plus = (a: Beds, b: Beds): Beds => ({
  approved: a.approved + b.approved,
  actual: a.actual + b.actual,
  open: a.open + b.open,
});
const total = (rows: readonly BedsRow[]): Beds => rows.reduce<Beds>((sum, row) => plus(sum, row), NO_BEDS);

/** 床位: approved, standing and open, by county; those of institutions that do not practise yet apart. */
export const beds: SectorView<BedsRow> = {
  title: '医疗机构床位：批准、实有、开放，按县（区）',
  parameters: { county: '县（区）代码；不填为全部', basis: 'verified 只计已核验机构；不填为全部填报机构' },
  rows: (project) =>
    standingUnits(project, 'facility').map((unit) => {
      const counting = facility.countsFrom(unit, project);
      return {
        ...bedsOf(factsNow(unit)),
        county: project.registration?.county ?? '',
        institution: unit.name,
        stream: project.stream,
        practisesFrom: 'from' in counting ? counting.from : '',
        verified: unit.verified !== undefined,
      };
    }),
  answer(rows, plan, { county, basis }) {
    const asked = rows.filter((row) => (!county || row.county === county) && (basis !== 'verified' || row.verified));
    const counties = [...new Set(asked.map((row) => row.county))].sort();
    return {
      counties: counties.map((code) => {
        const here = asked.filter((row) => row.county === code);
        return {
          county: code,
          name: plan.counties.get(code)?.name ?? code,
          practising: total(here.filter(({ practisesFrom }) => practisesFrom !== '')),
          notYet: total(here.filter(({ practisesFrom }) => practisesFrom === '')),
          institutions: here,
        };
      }),
    };
  },
};

/** A unit that stands for a member of a roster. */
interface MemberRow {
  readonly measure: string;
  readonly member: string;
  readonly unit: string;
  readonly stream: string;
  readonly from: string;
  readonly waitingFor: string;
  readonly verified: boolean;
}

const KINDS: Readonly<Record<string, UnitKind>> = { coverage, facility, level };

function memberRows(project: ProjectState): MemberRow[] {
  return [...project.units.values()].flatMap((unit) => {
    const counting = unit.lost ? undefined : KINDS[unit.kind]?.countsFrom(unit, project);
    if (!counting || unit.member === '') return [];
    return {
      measure: unit.measure,
      member: unit.member,
      unit: unit.name,
      stream: project.stream,
      from: 'from' in counting ? counting.from : '',
      waitingFor: 'waitingFor' in counting ? counting.waitingFor : '',
      verified: unit.verified !== undefined,
    };
  });
}

/** One roster under one measure; `missing` is null where the roster is open: nobody can be missing from it yet. */
function rosterAnswer(plan: PlanState, measure: string, rows: readonly MemberRow[]) {
  const target = plan.measures.get(measure);
  const roster = plan.rosters.get(target?.roster ?? '');
  const members = roster?.members ?? [];
  const counting = (member: string): MemberRow[] => rows.filter((row) => row.member === member && row.from !== '');
  const needed = target?.quantifier === Quantifier.EACH ? Number(target.low) : 1;
  const satisfied = members.filter(({ member }) => counting(member).length >= needed);
  const unmet = members.filter((member) => !satisfied.includes(member));
  return {
    measure,
    name: target?.name ?? measure,
    roster: target?.roster ?? '',
    open: roster?.open ?? true,
    members: members.length,
    satisfied: satisfied.length,
    verified: satisfied.filter(({ member }) => counting(member).filter(({ verified }) => verified).length >= needed)
      .length,
    missing: roster && !roster.open ? unmet.map(({ member, name, county }) => ({ member, name, county })) : null,
    waiting: rows.filter(({ from }) => from === ''),
    outside: rows.filter(({ member }) => !members.some((known) => known.member === member)),
  };
}

/** 全覆盖: every roster of chapter 6, its members reached and missing, measure by measure. */
export const coverageRosters: SectorView<MemberRow> = {
  title: '全覆盖名册：已达到与未达到的成员，按产出量',
  parameters: { measure: '产出量编号；不填为全部' },
  rows: memberRows,
  answer: (rows, plan, { measure }) => ({
    measures: [...plan.measures.values()]
      .filter(({ roster, item }) => roster !== '' && plan.items.get(item)?.sector === 'health')
      .filter(({ measure: id }) => !measure || id === measure)
      .map(({ measure: id }) =>
        rosterAnswer(
          plan,
          id,
          rows.filter((row) => row.measure === id),
        ),
      ),
  }),
};
