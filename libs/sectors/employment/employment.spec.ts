import { sectorConformance } from '../conformance.js';
import { employment } from './definition.js';

const digest = (letter: string): string => letter.repeat(64);
const RESIDENT = '410221199001011234';

const CLASS = {
  ...{ institution: 'KF-JX-001', classNumber: '2023-017', subsidised: true, enrolled: 52, passed: 48 },
  ...{ firstThisYear: 31, rollDigest: digest('a'), assessedOn: '2023-05-26' },
};
const BATCH = {
  ...{ issuer: 'S000041020001', batch: '2023-05', level: 'intermediate', certificates: 50, holders: 44, counted: 4 },
  ...{ rollDigest: digest('b'), assessedOn: '2023-05-20', issuedOn: '2023-06-10' },
};
const SENIORS = { ...BATCH, level: 'senior' };
const PUPILS = {
  ...{ school: '4102000123', year: 2022, admitted: 900, registered: 860 },
  registeredOn: '2022-10-20',
};
const EMPLOYER = { reporter: 'KF-RS-0031', year: 2022, senior: 24 };
const PARK = {
  ...{ title: 'returnee-park', rank: 'city', issuer: 'city', document: '汴人社〔2023〕18号' },
  ...{ tenants: 40, returnees: 33 },
};
const STUDIO = { title: 'master-studio', rank: 'national', issuer: 'national', document: '人社部函〔2023〕9号' };
const BASE = { category: 'training-base', host: '开封技师学院', workstations: 320 };
const USED = { acceptance: '2023-03-10', opening: '2023-05-04' };
const SYSTEM = { acceptanceDocument: '汴数验〔2023〕8号', protectionFiling: '41020043001-23001' };
const PAID = { purpose: 'subsidy', allocation: '汴财社〔2023〕22号', voucher: 'V-2023-0098', paidOn: '2023-06-20' };

sectorConformance(employment, {
  sampleUnits: {
    training: [
      {
        ...{ template: 'service', measure: 'B3-2.training', quantity: 48, facts: CLASS, countsFrom: '2023-05-26' },
        refused: [
          { code: 'EMP_PERSON_TIMES_NOT_PASSED', quantity: 52 },
          { code: 'EMP_PASSED_EXCEED_ENROLLED', facts: { passed: 53 } },
          { code: 'EMP_PERSONS_EXCEED_TIMES', facts: { firstThisYear: 49 } },
          { code: 'EMP_ROLL_DIGEST_WRONG', facts: { rollDigest: digest('a').slice(1) } },
          { code: 'EMP_ROLL_DIGEST_WRONG', facts: { rollDigest: digest('A') } },
          { code: 'EMP_BEFORE_PERIOD', facts: { assessedOn: '2020-12-31' } },
          { code: 'EMP_PERSONAL_DATA', facts: { classNumber: RESIDENT } },
          { code: 'EMP_PERSONAL_DATA', facts: { institution: `某校 ${RESIDENT.slice(0, 6)} ${RESIDENT.slice(6)}` } },
          { code: 'EMP_REPORTED_TWICE', beside: { kind: 'training', unit: 'u-2', facts: CLASS } },
          {
            code: 'EMP_PERSONS_COUNTED_TWICE',
            beside: { kind: 'training', unit: 'u-2', facts: { ...CLASS, classNumber: '2023-003' } },
          },
        ],
        waits: [{ code: 'EMP_DAY_NOT_COME', facts: { assessedOn: '2023-07-01' } }],
      },
      // Everybody passed, and nobody had been trained that year; the first day of the plan is in it.
      {
        ...{ template: 'service', measure: 'T5-2.training', quantity: 52, countsFrom: '2021-01-01' },
        facts: { ...CLASS, passed: 52, firstThisYear: 52, subsidised: false, assessedOn: '2021-01-01' },
      },
    ],
    certificates: [
      {
        ...{ template: 'people', measure: 'B3-2.certificates', quantity: 40, facts: BATCH, countsFrom: '2023-06-10' },
        refused: [
          // 50 certificates are no 50 persons; and who was counted this year does not count again.
          { code: 'EMP_HOLDERS_NOT_NET', quantity: 50 },
          { code: 'EMP_HOLDERS_NOT_NET', quantity: 44 },
          { code: 'EMP_HOLDERS_EXCEED_CERTIFICATES', facts: { certificates: 43 } },
          { code: 'EMP_ISSUED_BEFORE_ASSESSED', facts: { issuedOn: '2023-05-19' } },
          { code: 'EMP_BEFORE_PERIOD', facts: { assessedOn: '2020-12-01', issuedOn: '2020-12-31' } },
          { code: 'EMP_ROLL_DIGEST_WRONG', facts: { rollDigest: '名单' } },
          { code: 'EMP_PERSONAL_DATA', facts: { batch: RESIDENT } },
          { code: 'EMP_REPORTED_TWICE', beside: { kind: 'certificates', unit: 'u-2', facts: BATCH } },
          {
            code: 'EMP_PERSONS_COUNTED_TWICE',
            beside: { kind: 'certificates', unit: 'u-2', facts: { ...BATCH, batch: '2023-06' } },
          },
        ],
        waits: [
          { code: 'EMP_CERTIFICATE_NOT_ISSUED', facts: { issuedOn: undefined } },
          { code: 'EMP_DAY_NOT_COME', facts: { issuedOn: '2023-07-01' } },
        ],
      },
      // One certificate each, on the day of the assessment.
      {
        ...{ template: 'people', measure: 'B3-2.certificates', quantity: 44, countsFrom: '2023-05-20' },
        facts: { ...BATCH, certificates: 44, counted: 0, level: 'special', issuedOn: '2023-05-20' },
      },
    ],
    'high-skill-certificates': [
      {
        ...{ template: 'people', measure: 'B3-2.high-skill', quantity: 40, facts: SENIORS, countsFrom: '2023-06-10' },
        refused: [
          { code: 'EMP_NOT_HIGH_SKILL', facts: { level: 'intermediate' } },
          { code: 'EMP_NOT_HIGH_SKILL', facts: { level: 'special' } },
          { code: 'EMP_HOLDERS_NOT_NET', facts: { counted: 5 } },
        ],
        waits: [{ code: 'EMP_CERTIFICATE_NOT_ISSUED', facts: { issuedOn: undefined } }],
      },
    ],
    enrolment: [
      {
        ...{ template: 'people', measure: 'B3-1.enrolment', quantity: 860, facts: PUPILS, countsFrom: '2022-10-20' },
        refused: [
          { code: 'EMP_ENROLMENT_NOT_REGISTERED', quantity: 900 },
          { code: 'EMP_REGISTERED_EXCEED_ADMITTED', quantity: 901, facts: { registered: 901 } },
          { code: 'EMP_REPORTED_TWICE', beside: { kind: 'enrolment', unit: 'u-2', facts: PUPILS } },
          { code: 'EMP_BEFORE_PERIOD', facts: { registeredOn: '2020-10-20' } },
        ],
        waits: [
          { code: 'EMP_NOT_REGISTERED', facts: { registeredOn: undefined } },
          { code: 'EMP_DAY_NOT_COME', facts: { registeredOn: '2023-10-20' } },
        ],
      },
      {
        ...{ template: 'people', measure: 'B3-1.enrolment', quantity: 860, countsFrom: '2022-10-20' },
        facts: { ...PUPILS, admitted: 860 },
      },
    ],
    professionals: [
      {
        ...{ template: 'people', measure: 'T5-5.professionals', quantity: 210, facts: EMPLOYER },
        countsFrom: '2023-06-30',
        refused: [
          { code: 'EMP_SENIOR_EXCEED_ALL', quantity: 23 },
          { code: 'EMP_PERSONAL_DATA', facts: { reporter: RESIDENT } },
          // The year after is another level of the same employer, not more heads.
          {
            code: 'EMP_LEVEL_ADDED_TWICE',
            beside: { kind: 'professionals', unit: 'u-2', facts: { ...EMPLOYER, year: 2021 } },
          },
        ],
      },
      { template: 'people', measure: 'T5-5.professionals', quantity: 24, facts: EMPLOYER, countsFrom: '2023-06-30' },
    ],
    designation: [
      {
        ...{ template: 'designation', measure: 'T5-8.city-parks', facts: PARK },
        ...{ claims: { recognition: '2023-04-12' }, countsFrom: '2023-04-12' },
        refused: [
          { code: 'EMP_TITLE_BY_COMPLETION', template: 'building' },
          { code: 'EMP_TITLE_NOT_ASKED', measure: 'T5-8.provincial-parks' },
          { code: 'EMP_TITLE_NOT_ASKED', facts: { rank: 'national', issuer: 'national' } },
          { code: 'EMP_TITLE_NOT_ASKED', facts: { title: 'returnee-project' } },
          { code: 'EMP_RECOGNISED_BELOW_RANK', measure: 'T5-8.provincial-parks', facts: { rank: 'provincial' } },
          { code: 'EMP_RETURNEES_EXCEED_TENANTS', facts: { returnees: 41 } },
          { code: 'EMP_PARK_WITHOUT_RETURNEES', facts: { returnees: 0 } },
          { code: 'EMP_PARK_WITHOUT_RETURNEES', facts: { returnees: undefined, tenants: undefined } },
          { code: 'EMP_ONE_AT_A_TIME', quantity: 3 },
        ],
        waits: [
          { code: 'EMP_NOT_RECOGNISED', unclaimed: ['recognition'] },
          { code: 'EMP_DOCUMENT_UNSTATED', facts: { document: undefined } },
        ],
      },
      {
        ...{ template: 'designation', measure: 'B3-1.master-studio', facts: STUDIO },
        ...{ claims: { recognition: '2023-04-12' }, countsFrom: '2023-04-12' },
        refused: [
          { code: 'EMP_TITLE_NOT_ASKED', measure: 'B3-1.national-base' },
          { code: 'EMP_RECOGNISED_BELOW_RANK', facts: { issuer: 'provincial' } },
        ],
      },
    ],
    base: [
      {
        ...{ template: 'building', measure: 'T5-4.bases', facts: BASE, claims: USED, countsFrom: '2023-05-04' },
        refused: [
          { code: 'EMP_BASE_WITHOUT_STATIONS', facts: { workstations: undefined } },
          { code: 'EMP_BASE_WITHOUT_STATIONS', facts: { workstations: 0 } },
          { code: 'EMP_CATEGORY_NOT_ASKED', facts: { category: 'incubator' } },
          { code: 'EMP_ONE_AT_A_TIME', quantity: 2 },
        ],
        waits: [
          { code: 'EMP_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'EMP_BUILT_NOT_OPENED', unclaimed: ['opening'] },
        ],
      },
      {
        ...{ template: 'building', measure: 'T5-1.parks', claims: USED, countsFrom: '2023-05-04' },
        facts: { category: 'park', host: '开封市人力资源开发公司', tenants: 12 },
        waits: [
          { code: 'EMP_PARK_NOT_IN_USE', facts: { tenants: 0 } },
          { code: 'EMP_PARK_NOT_IN_USE', facts: { tenants: undefined } },
        ],
      },
      {
        ...{ template: 'building', measure: 'B3-1.provincial-projects', claims: USED, countsFrom: '2023-05-04' },
        facts: { category: 'skills-project', host: '尉氏县职教中心', provincialAcceptance: '豫人社技〔2023〕5号' },
        waits: [{ code: 'EMP_PROVINCE_NOT_ACCEPTED', facts: { provincialAcceptance: undefined } }],
      },
      // A contest has neither workstations nor tenants.
      {
        ...{ template: 'building', measure: 'T5-7.contest-site', claims: USED, countsFrom: '2023-05-04' },
        facts: { category: 'contest', host: '市科技局' },
      },
    ],
    'data-system': [
      {
        ...{ template: 'system', measure: 'T5-9.systems', facts: SYSTEM, claims: USED, countsFrom: '2023-05-04' },
        refused: [{ code: 'EMP_ONE_AT_A_TIME', quantity: 4 }],
        waits: [
          { code: 'EMP_SYSTEM_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'EMP_SYSTEM_NOT_IN_USE', unclaimed: ['opening'] },
          { code: 'EMP_DOCUMENT_UNSTATED', facts: { acceptanceDocument: undefined } },
          { code: 'EMP_SYSTEM_NOT_PROTECTED', facts: { protectionFiling: undefined } },
        ],
      },
    ],
    payment: [
      {
        ...{ template: 'funding', measure: 'T5-6.subsidies', quantity: 35_000_000, facts: PAID },
        countsFrom: '2023-06-20',
        refused: [
          { code: 'EMP_PURPOSE_NOT_ASKED', facts: { purpose: 'platform' } },
          { code: 'EMP_PAID_WITHOUT_VOUCHER', facts: { voucher: undefined } },
          { code: 'EMP_BEFORE_PERIOD', facts: { paidOn: '2020-12-31' } },
          { code: 'EMP_VOUCHER_TWICE', beside: { kind: 'payment', unit: 'u-2', facts: PAID } },
        ],
        waits: [
          { code: 'EMP_ALLOCATED_NOT_PAID', facts: { voucher: undefined, paidOn: undefined } },
          { code: 'EMP_DAY_NOT_COME', facts: { paidOn: '2023-07-20' } },
        ],
      },
    ],
    fund: [
      {
        ...{ template: 'establishment', measure: 'T5-8.investment-fund', facts: { filingNumber: 'SXY001' } },
        ...{ claims: { filing: '2023-02-02' }, countsFrom: '2023-02-02' },
        refused: [{ code: 'EMP_ONE_AT_A_TIME', quantity: 2 }],
        waits: [
          { code: 'EMP_FUND_NOT_FILED', unclaimed: ['filing'] },
          { code: 'EMP_DOCUMENT_UNSTATED', facts: { filingNumber: undefined } },
        ],
      },
    ],
  },
});
