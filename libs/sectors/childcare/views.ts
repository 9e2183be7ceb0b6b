import { Basis, Maturity } from '@planledger/contracts';
import { decimal, divide, type Fraction, fraction, type IsoDate, toPercent, toText } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { ProjectState } from '../project.js';
import { factsNow, type SectorView, standingUnits, type ViewFormula } from '../sector.js';
import { type FORMS, nursery } from './rules.js';
import { shownAgainst } from '../shown.js';

/** 每千人口拥有3岁以下婴幼儿托位数. */
const PLACES_PER_THOUSAND = 'I02';

/** Places that one delivery added. */
interface NurseryRow {
  readonly row: 'nursery';
  readonly county: string;
  readonly stream: string;
  readonly unit: string;
  readonly name: string;
  readonly form: keyof typeof FORMS;
  readonly places: number;
  readonly inclusive: boolean;
  readonly demonstration: boolean;
  readonly usableFrom: string;
  readonly waitingFor: string;
  readonly verified: boolean;
}

/** The people of the whole city in a year, as the observation of the indicator states them, in thousands. */
interface PopulationRow {
  readonly row: 'population';
  readonly period: string;
  readonly on: IsoDate;
  readonly places: string;
  readonly thousands: string;
}

function nurseryRows(project: ProjectState): NurseryRow[] {
  return standingUnits(project, 'nursery').map((unit) => {
    const [facts, counting] = [factsNow(unit), nursery.countsFrom(unit, project)];
    return {
      row: 'nursery',
      county: project.registration?.county ?? '',
      ...{ stream: project.stream, unit: unit.unit, name: unit.name },
      form: facts['form'] as keyof typeof FORMS,
      places: unit.quantity,
      inclusive: facts['inclusive'] === true,
      demonstration: facts['demonstration'] === true,
      usableFrom: 'from' in counting ? counting.from : '',
      waitingFor: 'waitingFor' in counting ? counting.waitingFor : '',
      verified: unit.verified !== undefined,
    };
  });
}

const sumOf = (rows: readonly NurseryRow[]): number => rows.reduce((sum, { places }) => sum + places, 0);

/** `kindergarten`: 托幼一体; they are nursery places only and stand in no figure of school places. */
function tally(rows: readonly NurseryRow[]) {
  const [places, inclusive] = [sumOf(rows), sumOf(rows.filter((row) => row.inclusive))];
  return {
    ...{ places, inclusive, inclusivePercent: places === 0 ? null : toPercent(fraction(inclusive, places)) },
    demonstration: sumOf(rows.filter(({ demonstration }) => demonstration)),
    kindergarten: sumOf(rows.filter(({ form }) => form === 'kindergarten')),
  };
}

/** The level that the plan asks for: what it began with and what was added since, against its target. */
function levelOf(plan: PlanState, added: number) {
  const asked = [...plan.measures.values()].find(
    ({ unitKind, basis }) => unitKind === 'nursery' && basis === Basis.STOCK,
  );
  if (!asked) return null;
  const [base, target] = [Number(asked.baseline), Number(asked.low)];
  return {
    measure: asked.measure,
    base,
    added,
    level: base + added,
    target,
    missing: Math.max(0, target - base - added),
  };
}

/** Never from a population that nobody observed: the plan's own two figures imply two different ones (its doubt). */
function perThousand(plan: PlanState, populations: readonly PopulationRow[], level: number | undefined) {
  const indicator = plan.indicators.get(PLACES_PER_THOUSAND);
  const last = populations.reduce<PopulationRow | undefined>((a, b) => (a && a.on > b.on ? a : b), undefined);
  const target = indicator?.target ?? null;
  if (!indicator || !last || level === undefined) {
    const reason = last ? '规划未载入' : '常住人口尚无核定观测，不推算';
    return { indicator: PLACES_PER_THOUSAND, target, observed: null, implied: null, reason };
  }
  const written = (value: Fraction) => ({
    exact: toText(value),
    value: shownAgainst(value, decimal(indicator.target), 2),
  });
  const thousands = decimal(last.thousands);
  return {
    ...{ indicator: PLACES_PER_THOUSAND, target, period: last.period, thousands: last.thousands },
    observed: written(divide(decimal(last.places), thousands)),
    // What the ledger's own places come to; the observation is the indicator.
    implied: written(divide(fraction(level), thousands)),
  };
}

const INCLUSIVE = '普惠占比 = n ÷ d × k：普惠托位 ÷ 托位 × 100，取一位小数';
const PLACES_FORMULAS: readonly ViewFormula[] = [
  {
    ...{ figure: 'counties/*/usable/inclusivePercent', rule: 'observed-share', text: INCLUSIVE },
    of: { n: 'counties/*/usable/inclusive', d: 'counties/*/usable/places', k: 100 },
  },
  {
    ...{ figure: 'city/inclusivePercent', rule: 'observed-share', text: INCLUSIVE },
    of: { n: 'city/inclusive', d: 'city/places', k: 100 },
  },
  {
    ...{ figure: 'city/level/missing', rule: 'shortfall', of: { a: 'city/level/target', b: 'city/level/level' } },
    text: '缺 = max(0, 目标 − 现有水平)',
  },
  {
    ...{ figure: 'perThousand/observed/value', rule: 'product', of: { a: 'perThousand/observed/exact', b: 1 } },
    text: '核定观测的每千人口托位数，取两位小数；未达目标时不向上取到目标',
  },
  {
    ...{ figure: 'perThousand/implied/exact', rule: 'quotient' },
    of: { n: 'city/level/level', N: 'perThousand/thousands' },
    text: '推算 = n ÷ N：台账现有水平 ÷ 核定观测的常住人口（千人）',
  },
  {
    ...{ figure: 'perThousand/implied/value', rule: 'product', of: { a: 'perThousand/implied/exact', b: 1 } },
    text: '推算的每千人口托位数，取两位小数；未达目标时不向上取到目标',
  },
];

/** 托位: filed and usable places by county, how many are inclusive, and the level against the plan's two targets. */
export const nurseryPlaces: SectorView<NurseryRow | PopulationRow> = {
  title: '托位供给：按县（区），普惠占比，每千人口托位数',
  parameters: { county: '县（区）代码；不填为全部', basis: 'verified 只计已核验托位；不填为全部填报托位' },
  rows: nurseryRows,
  formulas: PLACES_FORMULAS,
  rowsOfIndicator: ({ stream, observations }) =>
    stream !== `indicator/${PLACES_PER_THOUSAND}`
      ? []
      : [...observations.values()]
          .filter(({ county, maturity, denominator }) => county === '' && maturity === Maturity.FINAL && denominator)
          .map(({ period, on, numerator, denominator }) => ({
            ...{ row: 'population', period, on, places: numerator, thousands: denominator },
          })),
  answer(rows, plan, { county, basis }) {
    const nurseries = rows.filter((row) => row.row === 'nursery').filter((row) => basis !== 'verified' || row.verified);
    const usable = nurseries.filter(({ usableFrom }) => usableFrom !== '');
    const level = levelOf(plan, sumOf(usable));
    const codes = [...new Set(nurseries.map((row) => row.county))].sort();
    return {
      counties: codes
        .filter((code) => !county || code === county)
        .map((code) => {
          const here = nurseries.filter((row) => row.county === code);
          return {
            county: code,
            countyName: plan.counties.get(code)?.name ?? code,
            usable: tally(here.filter(({ usableFrom }) => usableFrom !== '')),
            waiting: here.filter(({ usableFrom }) => usableFrom === ''),
          };
        }),
      city: { ...tally(usable), level },
      perThousand: perThousand(
        plan,
        rows.filter((row) => row.row === 'population'),
        level?.level,
      ),
    };
  },
};
