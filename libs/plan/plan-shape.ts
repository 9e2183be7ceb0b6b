import { UNITS, type PlanFile } from './format.js';
import {
  day,
  exactDecimal,
  flag,
  integer,
  list,
  mapOf,
  oneOf,
  record,
  slug,
  text,
  textLike,
  type Shape,
} from './shape.js';

/** Largest roster that is written out in a file. */
export const ROSTER_MEMBERS_MAX = 500;

const itemCode = textLike(/^[BT][1-9]\d?-[1-9]\d{0,2}$/, 'an item code such as B2-1 or T9-1');
const measureCode = textLike(/^[BT][1-9]\d?-[1-9]\d{0,2}\.[a-z0-9]+(-[a-z0-9]+)*$/, 'a measure such as B2-1.schools');
const indicatorCode = textLike(/^I\d{2}$/, 'an indicator code such as I07');
const countyCode = textLike(
  /^(\d{6}|[A-Z]{2,}(-[A-Z0-9]+)+)$/,
  'six digits of GB/T 2260 or an internal code such as KF-SFQ',
);
const year = integer(1949, 2100);
const chapter = integer(1, 99);

const unit: Shape = (value, path, report) => {
  if (typeof value !== 'string') text(value, path, report);
  else if (!UNITS.has(value)) report(path, `unknown unit "${value}"; known are ${[...UNITS].join(' ')}`);
};

const measure = record(
  {
    id: slug,
    name: text,
    unit,
    quantifier: oneOf('atLeast', 'exact', 'approx', 'range', 'each', 'all', 'ratio', 'everyYear', 'checklist'),
    commitment: oneOf('firm', 'strive'),
    due: day,
    countsAt: text,
    identity: text,
    quote: text,
  },
  {
    low: exactDecimal,
    high: exactDecimal,
    basis: oneOf('new', 'stock'),
    baseline: exactDecimal,
    start: day,
    unitKind: slug,
    roster: slug,
    works: list(record({ id: slug, name: text }, { weight: integer(1, 10_000) }), 1, 100),
    partOf: measureCode,
    scheme: flag,
  },
);

const impliedSum = record(
  {},
  {
    base: oneOf('indicator', 'measures', 'observed'),
    units: list(
      record({ measure: measureCode }, { fact: textLike(/^[a-z][A-Za-z0-9]*$/, 'the name of a fact') }),
      1,
      20,
    ),
  },
);

const implied = record(
  {},
  {
    ...{ numerator: impliedSum, denominator: impliedSum, per: integer(1, 100_000_000), silent: text },
    under: record({ doubt: slug, reading: slug }),
  },
);

const indicator = record(
  {
    indicator: indicatorCode,
    name: text,
    sector: slug,
    nature: oneOf('binding', 'expected'),
    kind: oneOf(
      ...['rise', 'approx', 'floor', 'ceiling', 'keep', 'cumulative', 'countSinceStart', 'coverage', 'zero', 'level'],
    ),
    unit,
    step: exactDecimal,
    baselineText: text,
    targetText: text,
    target: exactDecimal,
    operator: oneOf('>=', '>', '<', '~', '='),
    frequency: oneOf('yearly', 'quarterly', 'monthly'),
    quote: text,
  },
  { baseline: exactDecimal, cumulative: flag, numerator: text, denominator: text, rule: text, implied },
);

/** The head, in plan.yaml. */
export const headShape = record(
  {
    id: slug,
    title: text,
    status: oneOf('draft', 'issued'),
    basis: text,
    issuer: text,
    period: record({ start: day, end: day }),
    outlook: year,
  },
  { goLive: day },
);

export type ListKey = Exclude<keyof PlanFile, 'plan'>;

/** One row of each list of a plan's files. */
export const rowShapes: Readonly<Record<ListKey, Shape>> = {
  sectors: record({ sector: slug, name: text, lead: text }),
  programmes: record({ programme: integer(1, 99), name: text, chapter, quote: text }),
  counties: record(
    { code: countyCode, name: text, kind: oneOf('district', 'county', 'functionalArea', 'cityItself') },
    { from: day, to: day, statParent: countyCode },
  ),
  items: record(
    {
      item: itemCode,
      name: text,
      sector: slug,
      chapter,
      nature: oneOf('build', 'create', 'service', 'people', 'digital', 'scheme'),
      quote: text,
    },
    { measures: list(measure, 0, 100) },
  ),
  indicators: indicator,
  rosters: record(
    { roster: slug, name: text, quote: text },
    {
      open: flag,
      counties: list(countyCode, 1, ROSTER_MEMBERS_MAX),
      members: list(
        record({ member: slug, name: text, county: countyCode }, { from: day, to: day }),
        1,
        ROSTER_MEMBERS_MAX,
      ),
    },
  ),
  doubts: record({
    doubt: slug,
    title: text,
    about: list(text, 0, 100),
    quotes: list(text, 1, 20),
    readings: list(record({ reading: slug, text }, { target: exactDecimal }), 2, 10),
    settledBy: text,
  }),
  namedProjects: record(
    { id: slug, name: text, sector: slug, item: itemCode, quote: text },
    { county: countyCode, measure: measureCode, work: slug },
  ),
  rules: record(
    {
      part: textLike(/^(progress|sector\/[a-z0-9-]+)$/, 'progress or sector/<sector>'),
      version: text,
      inForceFrom: day,
    },
    { afterTheFact: flag },
  ),
  weightSets: record({ id: slug, name: text, weights: mapOf(integer(0, 10_000)) }),
  notCommitments: record({ reason: text }, { quote: text, word: text }),
};
