import { Quantifier } from '@planledger/contracts';
import { fraction, toDecimal } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { ProjectState, UnitState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits, type UnitKind } from '../sector.js';
import { certificates, enrolment, highSkillCertificates, SKILL_LEVELS, training } from './skills.js';

/** 参加各类补贴性职业技能培训人数, in 万人. */
const SUBSIDISED_TRAINING = 'I10';

type SkillKind = 'training' | 'certificates' | 'high-skill-certificates' | 'enrolment';
const SKILL_KINDS: Readonly<Record<SkillKind, UnitKind>> = {
  training,
  certificates,
  'high-skill-certificates': highSkillCertificates,
  enrolment,
};

/** A class, a batch of certificates, a year's pupils of a school; what its kind does not have is 0. */
interface SkillRow {
  readonly kind: SkillKind;
  /** A class may be delivered for the five years and for its year. */
  readonly measures: readonly string[];
  readonly county: string;
  readonly stream: string;
  readonly unit: string;
  readonly name: string;
  /** Empty while it waits. */
  readonly on: string;
  readonly waitingFor: string;
  readonly verified: boolean;
  /** What counts of it: 人次 of a class, 人 of all else. */
  readonly quantity: number;
  readonly persons: number;
  readonly subsidised: boolean;
  readonly certificates: number;
  readonly level: string;
}

function skillRow(kind: SkillKind, unit: UnitState, project: ProjectState): SkillRow {
  const [facts, counting] = [factsNow(unit), SKILL_KINDS[kind].countsFrom(unit, project)];
  const deliveries = [...project.units.values()].filter((other) => other.unit === unit.unit && other.kind === kind);
  return {
    measures: deliveries.filter(({ lost }) => !lost).map(({ measure }) => measure),
    ...{ kind, county: project.registration?.county ?? '', stream: project.stream, unit: unit.unit, name: unit.name },
    ...('from' in counting ? { on: counting.from, waitingFor: '' } : { on: '', waitingFor: counting.waitingFor }),
    verified: unit.verified !== undefined,
    quantity: unit.quantity,
    persons: numberOf(facts, 'firstThisYear'),
    subsidised: facts['subsidised'] === true,
    certificates: numberOf(facts, 'certificates'),
    level: String(facts['level'] ?? ''),
  };
}

/** 上半年, 下半年, 全年 */
interface Halves {
  first: number;
  second: number;
  total: number;
}

function halves(rows: readonly SkillRow[], of: (row: SkillRow) => number): Halves {
  const split: Halves = { first: 0, second: 0, total: 0 };
  for (const row of rows) {
    const amount = of(row);
    split[row.on.slice(5) < '07-01' ? 'first' : 'second'] += amount;
    split.total += amount;
  }
  return split;
}

const sumFor = (measure: string, rows: readonly SkillRow[]): number =>
  rows.filter(({ measures }) => measures.includes(measure)).reduce((sum, { quantity }) => sum + quantity, 0);

/** Three counts of one year, never added to one another: 人次, 人 (each once a year), 证书. The yearly target is the city's. */
function yearOf(year: string, rows: readonly SkillRow[], plan: PlanState | undefined) {
  const of = (kind: SkillKind): SkillRow[] => rows.filter((row) => row.kind === kind);
  const [classes, batches] = [of('training'), of('certificates')];
  const levels = Object.entries(SKILL_LEVELS).map(([level, name]) => {
    const here = batches.filter((row) => row.level === level);
    return { level, name, holders: halves(here, ({ quantity }) => quantity) };
  });
  const yearly = [...(plan?.measures.values() ?? [])].find(
    ({ unitKind, quantifier }) => unitKind === 'training' && quantifier === Quantifier.EVERY_YEAR,
  );
  const ofYearly = yearly ? sumFor(yearly.measure, rows) : 0;
  return {
    year,
    personTimes: halves(classes, ({ quantity }) => quantity),
    persons: halves(classes, ({ persons }) => persons),
    subsidisedPersons: halves(classes, ({ subsidised, persons }) => (subsidised ? persons : 0)),
    certificates: halves(batches, (row) => row.certificates),
    holders: halves(batches, ({ quantity }) => quantity),
    levels: levels.filter(({ holders }) => holders.total > 0),
    highSkill: halves(of('high-skill-certificates'), ({ quantity }) => quantity),
    enrolled: halves(of('enrolment'), ({ quantity }) => quantity).total,
    yearly: yearly
      ? { measure: yearly.measure, target: Number(yearly.low), counted: ofYearly, met: ofYearly >= Number(yearly.low) }
      : null,
  };
}

/** The five years' targets, each in its own unit; a part above its whole is said and not cut. */
function targetsOf(plan: PlanState, rows: readonly SkillRow[]) {
  return [...plan.measures.values()]
    .filter(({ unitKind, quantifier }) => Object.hasOwn(SKILL_KINDS, unitKind) && quantifier !== Quantifier.EVERY_YEAR)
    .map(({ measure, name, unit, low, partOf }) => {
      const [counted, target] = [sumFor(measure, rows), Number(low)];
      return {
        ...{ measure, name, unit, target, counted, missing: Math.max(0, target - counted), partOf },
        exceedsWhole: partOf !== '' && counted > sumFor(partOf, rows),
      };
    });
}

/** 技能培训: person-times, persons and certificates by year, half year and level, beside what the plan asks of each. */
export const trainingByYear: SectorView<SkillRow> = {
  title: '职业技能培训：人次、人数、证书，按年度、半年、技能等级',
  parameters: {
    year: '年度，如 2025；不填为全部',
    county: '县（区）代码；不填为全部',
    basis: 'verified 只计已核验；不填为全部填报',
  },
  rows: (project) =>
    (Object.keys(SKILL_KINDS) as SkillKind[]).flatMap((kind) =>
      standingUnits(project, kind).map((unit) => skillRow(kind, unit, project)),
    ),
  formulas: [
    {
      ...{ figure: 'years/*/yearly/target', rule: 'recorded', of: {} },
      text: 'x：规划所定的每年目标，见该产出量的定义',
    },
    {
      ...{ figure: 'targets/*/missing', rule: 'shortfall', of: { a: 'targets/*/target', b: 'targets/*/counted' } },
      text: '缺 = max(0, 目标 − 已计入)',
    },
  ],
  answer(rows, plan, { year, county, basis }) {
    const asked = rows.filter((row) => (!county || row.county === county) && (basis !== 'verified' || row.verified));
    const counted = asked.filter(({ on }) => on !== '');
    const years = [...new Set(counted.map(({ on }) => on.slice(0, 4)))].sort();
    const subsidised = halves(counted, ({ subsidised: paid, persons }) => (paid ? persons : 0)).total;
    return {
      years: years
        .filter((each) => !year || each === year)
        .map((each) =>
          yearOf(
            each,
            counted.filter(({ on }) => on.startsWith(each)),
            county ? undefined : plan,
          ),
        ),
      /** 未分解: a county has no target of its own. */
      targets: county ? null : targetsOf(plan, counted),
      /** Persons of different years are added: the indicator counts who took part each year. */
      subsidised: {
        ...{ indicator: SUBSIDISED_TRAINING, target: plan.indicators.get(SUBSIDISED_TRAINING)?.target ?? null },
        implied: toDecimal(fraction(subsidised, 10_000), 4),
      },
      waiting: asked
        .filter(({ on }) => on === '')
        .map(({ kind, county: code, stream, unit, name, quantity, waitingFor }) => {
          return { kind, county: code, stream, unit, name, quantity, waitingFor };
        }),
    };
  },
};
