import type { Facts } from '@planledger/sectors';
import { documentOf, made, type Made, type Maker, type Making } from './demo-making.js';

/** Aspects of coverage by measure, and what each must show (libs/sectors/health). */
const ASPECTS: Readonly<Record<string, Facts>> = {
  'B4-4.town-centres': { aspect: 'town-centre', number: '豫卫基层〔2023〕17号' },
  'B4-4.village-clinics': { aspect: 'village-clinic', publicOwned: true },
  'B4-5.laboratories': { aspect: 'laboratory', number: '汴卫实备〔2023〕5号' },
  'B4-5.fever-clinics': { aspect: 'fever-clinic', threeZones: true, twoPassages: true },
  'B4-5.town-fever-clinics': { aspect: 'fever-clinic', threeZones: true, twoPassages: true },
  'B4-6.rehabilitation': { aspect: 'rehabilitation', registered: true },
  'B4-6.preventive-care': { aspect: 'preventive-care', registered: true },
  'B4-6.geriatrics': { aspect: 'geriatrics', registered: true },
  'B4-6.tcm-stations': { aspect: 'tcm-station' },
  'T6-2.county-hospitals': { aspect: 'county-hospital', number: '豫卫医〔2023〕8号' },
  'T6-3.check-up-rooms': { aspect: 'check-up-room' },
  'T6-4.village-clinics': { aspect: 'village-clinic', publicOwned: true },
};
const STAFF: Readonly<Record<string, string>> = {
  'B4-1.doctors': 'doctor',
  'B4-1.masters': 'master',
  'B4-1.bachelors': 'bachelor',
};
const CENTRES_FOR_DISEASE_CONTROL = /^(T3-4\.stations|B4-5\.(county-cdcs|district-cdc))$/;
const SPECIALTY_CENTRES = /^B4-6\.(national-tcm-centre|provincial-tcm-centres)$/;

function healthFacility(making: Making): Made {
  const { measure, member, nth } = making;
  const licence = `PDY4102${String(nth).padStart(5, '0')}`;
  const none = { bedsApproved: 0, bedsActual: 0, bedsOpen: 0 };
  if (SPECIALTY_CENTRES.test(measure)) {
    return made('accreditation', 'service', { institution: 'specialty-centre', ...none });
  }
  if (CENTRES_FOR_DISEASE_CONTROL.test(measure) || member === 'city-cdc') {
    return made('building', 'relocate', { institution: 'cdc', ...none, licence, standardised: true });
  }
  const beds = 120 + making.random(8) * 20;
  const kept = { bedsApproved: beds, bedsActual: beds - 10, bedsOpen: beds - 30 };
  const institution = /centres$/.test(measure) ? 'medical-centre' : 'hospital';
  return made('building', 'new', { institution, ...kept, licence });
}

function coverage({ measure }: Making): Made {
  const { aspect, ...shown } = ASPECTS[measure] ?? { aspect: 'check-up-room' };
  const certified = aspect === 'town-centre' || aspect === 'county-hospital';
  const later = aspect === 'village-clinic' ? { later: { standardised: true } } : {};
  const facts = { aspect: aspect ?? '', ...shown };
  return { ...made(certified ? 'accreditation' : 'service', 'service', facts, later), times: certified ? 1 : 3 };
}

/** Of the sectors that build most, by unit kind. Schools are the README's walk and come from demo-projects.ts alone. */
export const BUILT: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  education: {
    kindergarten: () => made('building', 'new', { ownership: 'inclusive', classes: 9, places: 270, estate: false }),
    dormitory: ({ random }) => {
      const flats = 20 + random(30);
      return made('renovation', 'renovate', { flats }, { quantity: flats });
    },
  },
  health: {
    facility: healthFacility,
    coverage,
    level: (making) => {
      const facts = { level: '3', grade: 'a', basis: 'review', document: documentOf('豫卫医', making) };
      return made('accreditation', 'service', facts);
    },
    staff: ({ measure, random }) => {
      const joined = 12 + random(20);
      const facts = { category: STAFF[measure] ?? 'trained', tier: 'county', joined, left: 2 };
      return made('service', 'service', facts, { quantity: joined - 2, dated: { year: 'year' } });
    },
  },
  'elderly-care': {
    home: ({ measure, county, nth }) => {
      const category =
        measure === 'T7-3.county-homes' ? 'support' : measure === 'T7-2.homes' ? 'institution' : 'centre';
      const beds = { beds: 100, nursingBeds: 60, fireAccepted: true, filingNumber: `41-${county}-g${nth}` };
      return made('building', 'new', { category, ...beds, model: 'public' });
    },
    'community-site': () => {
      const facts = { category: 'site', areaSquareMetres: 420, dayCarePlaces: 20, estate: false };
      return { ...made('community', 'renovate', facts), times: 4 };
    },
  },
  housing: {
    community: ({ random }) => ({
      ...{ template: 'old-community', nature: 'renovate', times: 3 },
      unit: () => ({
        facts: {
          ...{ yearBuilt: 1984 + random(15), households: 300, buildings: 11, area: 24_000, owners: 300 },
          ...{ consenting: 240, category: 'improved', oldCity: true, facilityArea: 120 },
        },
      }),
    }),
  },
  veterans: {
    memorial: () => {
      const facts = { protection: 'none', works: 'new', contentReview: 'done', managingUnit: '退役军人事务局' };
      return made('facility', 'new', facts);
    },
    'honour-home': () => {
      const equipment = { equipmentListed: 14, equipmentDelivered: 11, managingUnit: '退役军人事务局' };
      return made(
        'facility',
        'extend',
        { beds: 60, medicalCare: true, ...equipment },
        { later: { equipmentDelivered: 14 } },
      );
    },
  },
};
