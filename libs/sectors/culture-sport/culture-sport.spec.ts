import { sectorConformance } from '../conformance.js';
import { cultureSport } from './definition.js';

const OPEN = { acceptance: '2023-03-01', opening: '2023-05-18' };
const MUSEUM = {
  ...{ category: 'museum', areaSquareMetres: 12_000, weeklyHours: 48, freeOfCharge: true },
  ...{ heritage: true, heritageApproval: '文物保函〔2021〕88号' },
};
const STADIUM = {
  ...{ category: 'sports', areaSquareMetres: 30_000, weeklyHours: 70, freeOfCharge: false },
  heritage: false,
};
const SITE = { works: 'new', areaSquareMetres: 400, equipmentSets: 12, community: 'c-1' };
const UPGRADED = { works: 'upgraded', areaSquareMetres: 400, equipmentSets: 12, renewedSets: 5 };
const HALL = { owner: 'public', areaSquareMetres: 2_000, weeklyHours: 42, freeOfCharge: true, holidays: true };
const PITCH = { works: 'new', owner: 'social', land: 'roof', five: 2, seven: 1, eleven: 0 };
const OPENED = ['opening'];

sectorConformance(cultureSport, {
  sampleUnits: {
    venue: [
      {
        ...{ template: 'venue', measure: 'B7-1.museums', facts: MUSEUM, claims: OPEN, countsFrom: '2023-05-18' },
        refused: [
          { code: 'CUL_ONE_AT_A_TIME', quantity: 3 },
          { code: 'CUL_CATEGORY_NOT_ASKED', facts: { category: 'archives' } },
          { code: 'CUL_CATEGORY_NOT_ASKED', measure: 'B7-3.venues' },
          { code: 'CUL_HERITAGE_APPROVAL_MISSING', facts: { heritageApproval: undefined } },
          { code: 'CUL_NO_OPENING_HOURS', facts: { weeklyHours: 0 } },
        ],
        waits: [
          { code: 'CUL_NOT_ACCEPTED', unclaimed: ['acceptance', 'opening'] },
          { code: 'CUL_BUILT_NOT_OPENED', unclaimed: OPENED },
        ],
      },
      { template: 'renewal', measure: 'B7-3.venues', facts: STADIUM, claims: OPEN, countsFrom: '2023-05-18' },
      {
        ...{ template: 'renewal', measure: 'T11-13.park', claims: OPEN, countsFrom: '2023-05-18' },
        facts: { ...MUSEUM, category: 'park', recognition: '文物保发〔2023〕9号' },
        waits: [{ code: 'CUL_RECOGNITION_PENDING', facts: { recognition: undefined } }],
      },
    ],
    works: [
      {
        ...{ template: 'renewal', measure: 'T11-9.quarters', claims: OPEN, countsFrom: '2023-05-18' },
        facts: { category: 'quarter', heritage: true, heritageApproval: '豫文物〔2022〕5号' },
        refused: [
          { code: 'CUL_HERITAGE_APPROVAL_MISSING', facts: { heritageApproval: undefined } },
          { code: 'CUL_CATEGORY_NOT_ASKED', facts: { category: 'complex' } },
        ],
        waits: [{ code: 'CUL_BUILT_NOT_OPENED', unclaimed: OPENED }],
      },
      // 书香汴梁: an acceptance is all that it is counted by.
      {
        ...{ template: 'renewal', measure: 'B7-1.reading-city', facts: { category: 'reading', heritage: false } },
        ...{ claims: { acceptance: '2023-03-01' }, countsFrom: '2023-03-01' },
      },
    ],
    'open-facility': [
      {
        ...{ template: 'facility-opening', measure: 'B7-3.open-venues', facts: HALL },
        ...{ claims: { opening: '2023-05-18' }, countsFrom: '2023-05-18' },
        refused: [
          { code: 'CUL_NOT_A_PUBLIC_FACILITY', facts: { owner: 'school' } },
          { code: 'CUL_CLOSED_ON_HOLIDAYS', facts: { holidays: false } },
          { code: 'CUL_NO_OPENING_HOURS', facts: { weeklyHours: 0 } },
        ],
        waits: [{ code: 'CUL_FACILITY_NOT_OPENED', unclaimed: OPENED }],
      },
      // A school closes its gates in the holidays, and opens its hall all the same.
      {
        ...{ template: 'facility-opening', facts: { ...HALL, owner: 'school', holidays: false } },
        ...{ claims: { opening: '2023-05-18' }, countsFrom: '2023-05-18' },
      },
    ],
    'county-set': [
      {
        ...{ template: 'service', facts: { groundsOpen: 2, hallsOpen: 3 }, countsFrom: '2023-06-30' },
        refused: [{ code: 'CUL_ONE_AT_A_TIME', quantity: 5 }],
        waits: [
          { code: 'CUL_SET_INCOMPLETE', facts: { hallsOpen: 2 } },
          { code: 'CUL_SET_INCOMPLETE', facts: { groundsOpen: 1 } },
        ],
      },
    ],
    'fitness-site': [
      {
        ...{ template: 'sports-sites', facts: SITE, claims: OPEN, countsFrom: '2023-05-18' },
        refused: [
          { code: 'CUL_SITE_EMPTY', facts: { areaSquareMetres: 0, equipmentSets: 0 } },
          { code: 'CUL_ONE_AT_A_TIME', quantity: 12 },
        ],
        waits: [
          { code: 'CUL_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'CUL_BUILT_NOT_OPENED', unclaimed: OPENED },
        ],
      },
      {
        ...{ template: 'sports-sites', facts: UPGRADED, claims: OPEN, countsFrom: '2023-05-18' },
        refused: [
          { code: 'CUL_UPGRADE_CHANGES_NOTHING', facts: { renewedSets: 0 } },
          { code: 'CUL_UPGRADE_CHANGES_NOTHING', facts: { renewedSets: undefined } },
          { code: 'CUL_RENEWED_EXCEED', facts: { renewedSets: 13 } },
          { code: 'CUL_RENEWED_EXCEED', facts: { renewedSquareMetres: 401 } },
        ],
      },
      // New ground under old equipment is an upgrade too.
      {
        ...{ template: 'sports-sites', claims: OPEN, countsFrom: '2023-05-18' },
        facts: { works: 'upgraded', areaSquareMetres: 400, equipmentSets: 0, renewedSquareMetres: 400 },
      },
    ],
    'circle-community': [
      {
        ...{ template: 'service', facts: { site: 's-1', walkMinutes: 10, siteOpen: true }, countsFrom: '2023-06-30' },
        refused: [
          { code: 'CUL_OUTSIDE_CIRCLE', facts: { walkMinutes: 11 } },
          { code: 'CUL_ONE_AT_A_TIME', quantity: 2 },
        ],
        waits: [
          { code: 'CUL_NO_OPEN_SITE_NEAR', facts: { siteOpen: false } },
          { code: 'CUL_NO_OPEN_SITE_NEAR', facts: { siteOpen: undefined } },
        ],
      },
    ],
    pitch: [
      {
        ...{ template: 'sports-sites', measure: 'T11-5.new-pitches', quantity: 3, facts: PITCH, claims: OPEN },
        countsFrom: '2023-05-18',
        refused: [
          { code: 'CUL_PITCHES_MISMATCH', quantity: 2 },
          { code: 'CUL_PITCH_NOT_NEW', facts: { works: 'listed' } },
          { code: 'CUL_PITCH_NOT_NEW', facts: { works: 'upgraded' } },
        ],
        waits: [{ code: 'CUL_BUILT_NOT_OPENED', unclaimed: OPENED }],
      },
      {
        ...{ template: 'sports-sites', measure: 'T11-5.pitches', quantity: 3, claims: OPEN, countsFrom: '2023-05-18' },
        facts: { ...PITCH, works: 'listed', owner: 'school', land: 'school' },
        refused: [{ code: 'CUL_PITCH_NOT_NEW', facts: { works: 'upgraded' } }],
      },
    ],
    title: [
      {
        ...{ template: 'creation', measure: 'T11-2.libraries', countsFrom: '2023-09-01' },
        facts: { standard: 'grade-3', tier: 'county', document: '办公共发〔2023〕7号' },
        claims: { naming: '2023-09-01' },
        refused: [
          { code: 'CUL_STANDARD_BELOW_ASKED', facts: { tier: 'city' } },
          { code: 'CUL_STANDARD_BELOW_ASKED', facts: { standard: 'provincial-standard' } },
          { code: 'CUL_TIER_NOT_ASKED', facts: { tier: undefined } },
          { code: 'CUL_TIER_NOT_ASKED', facts: { tier: 'town' } },
          { code: 'CUL_ONE_AT_A_TIME', quantity: 2 },
        ],
        waits: [
          { code: 'CUL_NOT_NAMED', unclaimed: ['naming'] },
          { code: 'CUL_TITLE_DOCUMENT_UNSTATED', facts: { document: undefined } },
        ],
      },
      {
        ...{
          template: 'creation',
          measure: 'T11-14.shows',
          claims: { naming: '2023-09-01' },
          countsFrom: '2023-09-01',
        },
        facts: { standard: 'provincial-title', performances: 120, document: '豫文旅〔2023〕3号' },
        refused: [
          { code: 'CUL_NOT_PERFORMED', facts: { performances: 0 } },
          { code: 'CUL_NOT_PERFORMED', facts: { performances: undefined } },
          { code: 'CUL_STANDARD_BELOW_ASKED', measure: 'T11-12.title' },
        ],
      },
    ],
    'digital-system': [
      {
        ...{ template: 'digital', measure: 'B7-2.repositories', countsFrom: '2023-08-01' },
        facts: { records: 80_000, securityFiling: '41020043012-23001', connected: true },
        claims: { acceptance: '2023-07-01', 'in-use': '2023-08-01' },
        refused: [
          { code: 'CUL_SYSTEM_NOT_FILED', facts: { securityFiling: undefined } },
          { code: 'CUL_REPOSITORY_EMPTY', facts: { records: 0 } },
          { code: 'CUL_ONE_AT_A_TIME', quantity: 4 },
        ],
        waits: [
          { code: 'CUL_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'CUL_SYSTEM_NOT_IN_USE', unclaimed: ['in-use'] },
          { code: 'CUL_NOT_CONNECTED', facts: { connected: false } },
        ],
      },
      // The platform of T11-15 stands alone, and keeps no records of its own.
      {
        ...{ template: 'digital', measure: 'T11-15.platform', countsFrom: '2023-08-01' },
        facts: { records: 0, securityFiling: '41020043012-23002', connected: false },
        claims: { acceptance: '2023-07-01', 'in-use': '2023-08-01' },
      },
    ],
    road: [
      {
        ...{ template: 'rural-road', facts: { route: 'X012 西姜寨—朱仙镇', roadClass: '3', lengthMetres: 6_200 } },
        ...{ claims: { acceptance: '2023-04-04' }, countsFrom: '2023-04-04' },
        refused: [
          { code: 'CUL_ROAD_BELOW_CLASS', facts: { roadClass: '4' } },
          { code: 'CUL_ROAD_BELOW_CLASS', facts: { roadClass: '0' } },
          { code: 'CUL_ONE_AT_A_TIME', quantity: 6_200 },
        ],
        waits: [{ code: 'CUL_NOT_ACCEPTED', unclaimed: ['acceptance'] }],
      },
    ],
  },
});
