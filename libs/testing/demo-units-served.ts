import type { Facts } from '@planledger/sectors';
import { documentOf, made, type Made, type Maker, type Making } from './demo-making.js';
import { digestOf } from './demo-step.js';

const NURSERY = {
  ...{ places: 60, newPlaces: 60, infantClasses: 0, toddlerClasses: 2, seniorClasses: 2, mixedClasses: 0 },
  inclusive: true,
};
const nurseryOf = (making: Making, form: string): Facts => ({
  ...{ form, ...NURSERY, inclusiveDocument: documentOf('汴卫托', making) },
  filingNumber: `4102-TY-${making.county}-${making.nth}`,
});

/** A class, or a batch of certificates: the roll is a digest of its own. */
const rollOf = ({ measure, nth }: Making, at: number): string => digestOf(`roll-${measure}-${nth}-${at}`);

const certificates =
  (level: string, persons: number): Maker =>
  (making) => ({
    ...{ template: 'people', nature: 'service', times: 2 },
    unit: (at) => ({
      quantity: persons,
      facts: {
        ...{ issuer: `PJ-${making.county}`, batch: `${making.nth}-${at}`, level, certificates: persons + 40 },
        ...{ holders: persons + 20, counted: 20, rollDigest: rollOf(making, at) },
      },
      dated: { assessedOn: 'day', issuedOn: 'day' },
    }),
  });

function designation(making: Making): Made {
  const { measure } = making;
  const rank = /\.national|master-studio/.test(measure)
    ? 'national'
    : /\.provincial/.test(measure)
      ? 'provincial'
      : 'city';
  const title = measure.endsWith('-base')
    ? 'skills-base'
    : measure.endsWith('-studio')
      ? 'master-studio'
      : measure.endsWith('parks')
        ? 'returnee-park'
        : 'returnee-project';
  const facts = { title, rank, issuer: rank, document: documentOf('豫人社', making), tenants: 24, returnees: 15 };
  return made('designation', 'service', facts);
}

const BASES: Readonly<Record<string, string>> = {
  'B3-1.provincial-projects': 'skills-project',
  'T5-1.parks': 'park',
  'T5-4.bases': 'training-base',
  'T5-7.contest-site': 'contest',
};

function payment(making: Making): Made {
  const purpose = making.measure.endsWith('platform-investment') ? 'platform' : 'subsidy';
  const allocation = documentOf('汴财社', making);
  return {
    ...{ template: 'funding', nature: 'service', times: 2 },
    unit: (at) => ({
      quantity: 1_250_000 + making.random(40) * 10_000,
      facts: { purpose, allocation, voucher: `4102-${making.nth}-${at}` },
      dated: { paidOn: 'day' },
    }),
  };
}

function welfareFacility(making: Making): Made {
  const { measure, member, nth } = making;
  const moved = measure === 'T8-5.relocations';
  const purpose = !moved ? 'mental-health' : member === 'sos-village' ? 'children-village' : 'child-rehabilitation';
  return made('facility', moved ? 'relocate' : 'new', {
    ...{ purpose, works: moved ? 'relocation' : 'new', beds: 120, dayPlaces: 40, served: 96 },
    ...{ licence: `豫民康证${nth + 31}`, ...(moved ? { oldSiteMoved: true } : {}) },
  });
}

const ROLLS = { subsistenceEligible: 640, subsistenceCovered: 638, subsistenceMissed: 4, subsistenceWrong: 2 };

const CULTURE: Readonly<Record<string, string>> = {
  ...{ 'B7-1.museums': 'museum', 'B7-1.reading-city': 'reading', 'B7-3.venues': 'sports', 'T11-1.parks': 'park' },
  ...{ 'T11-3.centre': 'culture', 'T11-7.training-camp': 'football-school', 'T11-7.academy': 'football-school' },
  ...{ 'T11-8.centres': 'tourist-centre', 'T11-9.quarters': 'quarter', 'T11-10.complexes': 'complex' },
  ...{ 'T11-11.village-facilities': 'village', 'T11-13.park': 'park' },
  ...{ 'science-museum': 'science', archives: 'archives', 'workers-centre': 'activity-centre' },
};

function place(template: string, visited: Facts): Maker {
  return (making) => {
    const category = CULTURE[making.measure] ?? CULTURE[making.member] ?? 'culture';
    const recognition: Facts = making.measure === 'T11-13.park' ? { recognition: '国文物保〔2024〕6号' } : {};
    const area = 6_000 + making.random(12) * 500;
    return made(template, 'new', { category, areaSquareMetres: area, heritage: false, ...visited, ...recognition });
  };
}

function title(making: Making): Made {
  const { measure, member } = making;
  const document = { document: documentOf('汴文旅', making) };
  if (measure === 'T11-2.libraries') {
    const tier = member.startsWith('city') ? 'city' : 'county';
    return made('creation', 'service', { standard: 'grade-2', tier, ...document });
  }
  if (measure === 'T11-2.stations') {
    return made('creation', 'service', { standard: 'provincial-standard', tier: 'town', ...document });
  }
  const national = /^T11-(6|12)\./.test(measure);
  const performances: Facts = measure === 'T11-14.shows' ? { performances: 24 } : {};
  return made('creation', 'service', {
    standard: national ? 'national-title' : 'municipal-title',
    ...performances,
    ...document,
  });
}

/** Of the sectors that serve, train, pay and open, by unit kind. */
export const SERVED: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  childcare: {
    nursery: (making) => made('nursery', 'new', nurseryOf(making, 'community'), { quantity: NURSERY.newPlaces }),
    'comprehensive-nursery': (making) => made('nursery', 'new', nurseryOf(making, 'comprehensive')),
    'maternity-institution': (making) => {
      const facts = { tier: 'county', governmentRun: true, works: 'extension', licence: `PDY4102${making.nth}` };
      return made('institution', 'extend', { ...facts, standardDocument: documentOf('豫卫妇幼', making) });
    },
    'maternity-level': (making) => {
      const city = making.measure.endsWith('city-level3');
      const facts = { tier: city ? 'city' : 'county', level: city ? '3' : '2', document: documentOf('豫卫医', making) };
      return made('accreditation', 'service', facts);
    },
    'check-ups': ({ random }) => {
      const facts = { free: true, eligible: 220, checked: 190 + random(30) };
      return { ...made('service', 'service', facts, { dated: { year: 'year' } }), times: 3 };
    },
    'maternity-system': (making) => {
      const facts = { acceptanceDocument: documentOf('汴卫信', making), districts: 10, connected: 8 };
      return made('system', 'digital', facts, { later: { connected: 10 } });
    },
  },
  employment: {
    designation,
    base: (making) => {
      const category = BASES[making.measure] ?? 'incubator';
      const accepted: Facts =
        category === 'skills-project' ? { provincialAcceptance: documentOf('豫人社', making) } : {};
      return made('building', 'new', { category, host: '开封技师学院', workstations: 120, tenants: 30, ...accepted });
    },
    enrolment: ({ nth, random }) => {
      const registered = 900 + random(400);
      const facts = { school: `JG-${nth}`, admitted: registered + 30, registered };
      const dated = { year: 'year', registeredOn: 'day' } as const;
      return made('people', 'service', facts, { quantity: registered, dated });
    },
    training: (making) => ({
      ...{ template: 'service', nature: 'service', times: 3 },
      unit: (at) => ({
        quantity: 460,
        facts: {
          ...{ institution: `PX-${making.county}`, classNumber: `${making.nth}-${at}`, subsidised: true },
          ...{ enrolled: 480, passed: 460, firstThisYear: 410, rollDigest: rollOf(making, at) },
        },
        dated: { assessedOn: 'day' },
      }),
    }),
    certificates: certificates('intermediate', 1_800),
    'high-skill-certificates': certificates('technician', 620),
    professionals: ({ nth, county }) => {
      const facts = { reporter: `TJ-${county}-${nth}`, senior: 410 };
      return made('people', 'service', facts, { quantity: 4_200, dated: { year: 'year' } });
    },
    payment,
    fund: ({ nth }) => made('establishment', 'service', { filingNumber: `SXK${nth + 102}` }),
    'data-system': (making) => {
      const facts = { acceptanceDocument: documentOf('汴人社信', making), protectionFiling: `4102${making.nth}-23001` };
      return made('system', 'digital', facts);
    },
  },
  'social-protection': {
    facility: welfareFacility,
    'care-centre': (making) => {
      const level = /^(city|county|town)/.exec(making.member)?.[0] ?? 'county';
      const facts = { level, hospital: '县人民医院', beds: 40, residents: 32, severelyDisabled: 18 };
      return made('designation', 'service', { ...facts, designation: documentOf('汴民', making) });
    },
    'children-home': () => {
      const facts = { place: 'community', areaSquareMetres: 80, workers: 2, openDays: 5 };
      return { ...made('site', 'renovate', facts), times: 3 };
    },
    'social-work-station': () => ({
      ...made('site', 'renovate', { workers: 3, certified: 1, ...ROLLS }),
      times: 3,
    }),
    'unified-policy': (making) =>
      made('unification', 'service', { issuer: 'city', document: documentOf('汴政办', making) }),
  },
  'culture-sport': {
    venue: place('venue', { weeklyHours: 48, freeOfCharge: true }),
    works: place('renewal', {}),
    'open-facility': () => {
      const facts = { owner: 'public', areaSquareMetres: 3_200, weeklyHours: 56, freeOfCharge: true, holidays: true };
      return made('facility-opening', 'service', facts);
    },
    'county-set': () => made('venue', 'new', { groundsOpen: 2, hallsOpen: 2 }, { later: { hallsOpen: 3 } }),
    'fitness-site': () => ({
      ...made('sports-sites', 'new', { works: 'new', areaSquareMetres: 400, equipmentSets: 12 }),
      times: 4,
    }),
    'circle-community': ({ nth }) => ({
      ...made('sports-sites', 'new', { site: `site-${nth}`, walkMinutes: 8, siteOpen: true }),
      times: 3,
    }),
    pitch: () => {
      const facts = { works: 'new', owner: 'social', land: 'park', five: 2, seven: 1, eleven: 0 };
      return made('sports-sites', 'new', facts, { quantity: 3 });
    },
    title,
    'digital-system': ({ nth, random }) => {
      const facts = { records: 40_000 + random(90) * 100, securityFiling: `41020${nth}-23002`, connected: true };
      return made('digital', 'digital', facts);
    },
    road: ({ nth }) =>
      made('rural-road', 'rebuild', { route: `Y${nth + 11}（K0+000—K4+200）`, roadClass: '3', lengthMetres: 4_200 }),
  },
};
