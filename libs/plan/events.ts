import {
  Basis,
  Commitment,
  CountyKind,
  ImpliedBase,
  IndicatorKind,
  IndicatorNature,
  ItemNature,
  PlanStatus,
  Quantifier,
  type EventInit,
} from '@planledger/contracts';
import type { CountyRow, ImpliedRow, ImpliedSumRow, IndicatorRow, ItemRow, MeasureRow, RosterRow } from './format.js';
import type { LoadedPlan, RuleRow } from './loaded.js';

const STATUS = { draft: PlanStatus.DRAFT, issued: PlanStatus.ISSUED } as const;
const COUNTY_KIND = {
  district: CountyKind.DISTRICT,
  county: CountyKind.COUNTY,
  functionalArea: CountyKind.FUNCTIONAL_AREA,
  cityItself: CountyKind.CITY_ITSELF,
} as const;
const ITEM_NATURE = {
  build: ItemNature.BUILD,
  create: ItemNature.CREATE,
  service: ItemNature.SERVICE,
  people: ItemNature.PEOPLE,
  digital: ItemNature.DIGITAL,
  scheme: ItemNature.SCHEME,
} as const;
const QUANTIFIER = {
  atLeast: Quantifier.AT_LEAST,
  exact: Quantifier.EXACT,
  approx: Quantifier.APPROX,
  range: Quantifier.RANGE,
  each: Quantifier.EACH,
  all: Quantifier.ALL,
  ratio: Quantifier.RATIO,
  everyYear: Quantifier.EVERY_YEAR,
  checklist: Quantifier.CHECKLIST,
} as const;
const COMMITMENT = { firm: Commitment.FIRM, strive: Commitment.STRIVE } as const;
const BASIS = { new: Basis.NEW, stock: Basis.STOCK } as const;
const INDICATOR_NATURE = { binding: IndicatorNature.BINDING, expected: IndicatorNature.EXPECTED } as const;
const INDICATOR_KIND = {
  rise: IndicatorKind.RISE,
  approx: IndicatorKind.APPROX,
  floor: IndicatorKind.FLOOR,
  ceiling: IndicatorKind.CEILING,
  keep: IndicatorKind.KEEP,
  cumulative: IndicatorKind.CUMULATIVE,
  countSinceStart: IndicatorKind.COUNT_SINCE_START,
  coverage: IndicatorKind.COVERAGE,
  zero: IndicatorKind.ZERO,
  level: IndicatorKind.LEVEL,
} as const;

const decimalText = (written: string | number | undefined): string => (written === undefined ? '' : String(written));

/** The head. `goLive` and `demo` say how the plan is run, not what it is: digest and differences leave them out. */
export function headEvent({ plan, source }: LoadedPlan, goLive: string, demo: boolean): EventInit {
  return {
    case: 'planDefined',
    value: {
      title: plan.title,
      status: STATUS[plan.status],
      basis: plan.basis,
      issuer: plan.issuer,
      periodStart: plan.period.start,
      periodEnd: plan.period.end,
      outlookYear: plan.outlook,
      textDigest: source.digest,
      goLive,
      demo,
    },
  };
}

const countyEvent = ({ code, name, kind, from = '', to = '', statParent = '' }: CountyRow): EventInit => ({
  case: 'countyDefined',
  value: { code, name, kind: COUNTY_KIND[kind], validFrom: from, validTo: to, statParent },
});

/** A roster of counties becomes one of members: each county is its own member, valid as long as the county is. */
function rosterEvent(row: RosterRow, counties: ReadonlyMap<string, CountyRow>): EventInit {
  const ofCounties = row.counties?.map((code) => {
    const { name = code, from = '', to = '' } = counties.get(code) ?? {};
    return { member: code, name, county: code, validFrom: from, validTo: to };
  });
  const written = row.members?.map(({ member, name, county, from = '', to = '' }) => ({
    member,
    name,
    county,
    validFrom: from,
    validTo: to,
  }));
  const members = ofCounties ?? written ?? [];
  return {
    case: 'rosterDefined',
    value: { roster: row.roster, name: row.name, open: row.open ?? false, members, quote: row.quote },
  };
}

/** An item as its row says; the programme follows from its code. */
export function itemOfRow(row: Omit<ItemRow, 'measures'>, programmeNames: ReadonlyMap<number, string>) {
  const programme = row.item.startsWith('B') ? Number(row.item.slice(1, row.item.indexOf('-'))) : 0;
  const { item, name, sector, chapter, quote } = row;
  const programmeName = programmeNames.get(programme) ?? '';
  return { item, name, sector, programme, programmeName, chapter, nature: ITEM_NATURE[row.nature], quote };
}

/** A measure of an item as its row says. */
export function measureOfRow(item: string, row: MeasureRow, periodStart: string) {
  const one = row.quantifier === 'each' || row.quantifier === 'all' ? '1' : '';
  return {
    measure: `${item}.${row.id}`,
    item,
    name: row.name,
    unit: row.unit,
    quantifier: QUANTIFIER[row.quantifier],
    low: row.low === undefined ? one : decimalText(row.low),
    high: decimalText(row.high),
    commitment: COMMITMENT[row.commitment],
    basis: BASIS[row.basis ?? 'new'],
    baseline: decimalText(row.baseline),
    start: row.start ?? periodStart,
    due: row.due,
    countsAt: row.countsAt,
    identity: row.identity,
    unitKind: row.unitKind ?? '',
    roster: row.roster ?? '',
    works: row.works?.map(({ id, name, weight = 1 }) => ({ work: id, name, weight })) ?? [],
    partOf: row.partOf ?? '',
    quote: row.quote,
    scheme: row.scheme ?? false,
  };
}

const IMPLIED_BASE = {
  indicator: ImpliedBase.INDICATOR,
  measures: ImpliedBase.MEASURES,
  observed: ImpliedBase.OBSERVED,
} as const;

const impliedSum = ({ base, units = [] }: ImpliedSumRow) => ({
  base: base ? IMPLIED_BASE[base] : ImpliedBase.UNSPECIFIED,
  units: units.map(({ measure, fact = '' }) => ({ measure, fact })),
});

/** What implies an indicator, where its row says so; an empty message would say that nothing does. */
const impliedBy = ({ numerator, denominator, per = 1, under, silent = '' }: ImpliedRow) => ({
  ...(numerator ? { numerator: impliedSum(numerator) } : {}),
  ...(denominator ? { denominator: impliedSum(denominator) } : {}),
  ...{ per, doubt: under?.doubt ?? '', reading: under?.reading ?? '', silent },
});

function indicatorEvent(row: IndicatorRow): EventInit {
  return {
    case: 'indicatorDefined',
    value: {
      indicator: row.indicator,
      name: row.name,
      sector: row.sector,
      nature: INDICATOR_NATURE[row.nature],
      kind: INDICATOR_KIND[row.kind],
      unit: row.unit,
      step: decimalText(row.step),
      baselineText: row.baselineText,
      baseline: decimalText(row.baseline),
      targetText: row.targetText,
      target: decimalText(row.target),
      targetOperator: row.operator,
      cumulative: row.cumulative ?? false,
      numerator: row.numerator ?? '',
      denominator: row.denominator ?? '',
      frequency: row.frequency,
      rule: row.rule ?? '',
      quote: row.quote,
      ...(row.implied ? { implied: impliedBy(row.implied) } : {}),
    },
  };
}

/** B2-1 before B2-10 before T4-1: by chapter, programme items first, then by number. */
const itemOrder = ({ item, chapter }: ItemRow): number =>
  chapter * 10_000 + (item.startsWith('B') ? 0 : 1_000) + Number(item.slice(item.indexOf('-') + 1));

const byId = <T>(rows: readonly T[], id: (row: T) => string): T[] =>
  [...rows].sort((a, b) => (id(a) < id(b) ? -1 : id(a) > id(b) ? 1 : 0));

/**
 * The events of everything but the head and the closing PlanLoaded. Their order depends on the codes, not on how the
 * plan is cut into files; sectors, counties, rules and weight sets keep the order in which their file lists them: of the
 * weight sets that ship with a plan the last one is in force.
 */
export function contentEvents(loaded: LoadedPlan, rules: readonly RuleRow[]): EventInit[] {
  const programmeNames = new Map(loaded.programmes.map(({ programme, name }) => [programme, name]));
  const counties = new Map(loaded.counties.map((county) => [county.code, county]));
  const items = [...loaded.items].sort((a, b) => itemOrder(a) - itemOrder(b));
  return [
    ...loaded.sectors.map(({ sector, name, lead }): EventInit => ({
      case: 'sectorDefined',
      value: { sector, name, leadUnit: lead },
    })),
    ...loaded.counties.map(countyEvent),
    ...byId(loaded.rosters, ({ roster }) => roster).map((row) => rosterEvent(row, counties)),
    ...items.map((row): EventInit => ({ case: 'planItemDefined', value: itemOfRow(row, programmeNames) })),
    ...items.flatMap(({ item, measures = [] }) =>
      measures.map((row): EventInit => ({
        case: 'measureDefined',
        value: measureOfRow(item, row, loaded.plan.period.start),
      })),
    ),
    ...byId(loaded.indicators, ({ indicator }) => indicator).map(indicatorEvent),
    ...byId(loaded.doubts, ({ doubt }) => doubt).map(
      ({ doubt, title, about, quotes, readings, settledBy }): EventInit => ({
        case: 'doubtRaised',
        value: {
          ...{ doubt, title, about, quotes, settledBy },
          readings: readings.map(({ reading, text, target }) => ({ reading, text, target: decimalText(target) })),
        },
      }),
    ),
    ...byId(loaded.namedProjects, ({ id }) => id).map(
      ({ id, name, sector, item, county = '', measure = '', work = '', quote }): EventInit => ({
        case: 'namedProjectDefined',
        value: { namedProject: id, name, sector, item, county, measure, work, quote },
      }),
    ),
    ...rules.map(({ part, version, inForceFrom, afterTheFact = false }): EventInit => ({
      case: 'rulesAdopted',
      value: { part, version, inForceFrom, afterTheFact },
    })),
    ...loaded.weightSets.map(({ id, name, weights }): EventInit => ({
      case: 'weightSetApproved',
      value: {
        ...{ set: id, name, inForceFrom: loaded.plan.period.start, document: '' },
        items: byId(Object.entries(weights), ([item]) => item).map(([code, weight]) => ({ code, weight })),
      },
    })),
  ];
}
