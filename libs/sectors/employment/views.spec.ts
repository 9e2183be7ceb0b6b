import { describe, expect, test } from '@jest/globals';
import { Maturity } from '@planledger/contracts';
import { emptyPlan } from '@planledger/plan';
import { beginProject, claimed, delivered, type WrittenStream } from '../conformance-history.js';
import { answered, kaifengPlan, type Observations } from '../conformance-plan.js';
import type { Facts } from '../sector.js';
import { employment } from './definition.js';
import { bases } from './register.js';
import { trainingByYear } from './training.js';
import { funds, professionalLevel } from './views.js';

const plan = kaifengPlan();
const begin = (id: string, template = 'service'): WrittenStream => beginProject(employment, template, id);
const REPORTED = '2025-06-30';

describe('training', () => {
  interface Years {
    readonly years: readonly { readonly year: string; readonly yearly: unknown }[];
    readonly targets: readonly { readonly measure: string; readonly counted: number }[] | null;
  }
  const ask = (projects: readonly WrittenStream[], question: Readonly<Record<string, string>> = {}): Years =>
    answered(trainingByYear, projects, plan, question) as Years;

  function teach(written: WrittenStream, unit: string, on: string, passed: number, persons: number, subsidised = true) {
    const facts = {
      ...{ institution: 'i', classNumber: unit, subsidised, enrolled: passed, passed, firstThisYear: persons },
      ...{ rollDigest: 'a'.repeat(64), assessedOn: on },
    };
    const deliver = (measure: string): number =>
      written.add(REPORTED, delivered({ unit, measure, kind: 'training', quantity: passed, facts }));
    return [deliver('B3-2.training'), deliver('T5-2.training')] as const;
  }

  function certify(
    written: WrittenStream,
    unit: string,
    issuedOn: string,
    level: string,
    holders: number,
    counted = 0,
  ) {
    const facts: Facts = {
      ...{ issuer: 's', batch: unit, level, certificates: holders + 1, holders, counted, rollDigest: 'b'.repeat(64) },
      ...{ assessedOn: '2022-01-01', ...(issuedOn ? { issuedOn } : {}) },
    };
    const quantity = holders - counted;
    const measure = 'B3-2.certificates';
    written.add(REPORTED, delivered({ unit, measure, kind: 'certificates', quantity, facts }));
    if (level !== 'senior') return;
    const kind = 'high-skill-certificates';
    written.add(REPORTED, delivered({ unit, measure: 'B3-2.high-skill', kind, quantity, facts }));
  }

  test('is person-times, persons and certificates, three counts by half year and in all', () => {
    const written = begin('a');
    teach(written, 'c-1', '2023-06-30', 40, 40);
    teach(written, 'c-2', '2023-07-01', 30, 10, false);
    teach(written, 'c-3', '2024-02-01', 20, 20);
    certify(written, 'b-1', '2023-03-31', 'intermediate', 25, 5);
    certify(written, 'b-2', '2023-12-31', 'senior', 10);
    expect(ask([written]).years).toEqual([
      {
        year: '2023',
        // Delivered for the five years and for the year, a class is one class.
        personTimes: { first: 40, second: 30, total: 70 },
        persons: { first: 40, second: 10, total: 50 },
        subsidisedPersons: { first: 40, second: 0, total: 40 },
        certificates: { first: 26, second: 11, total: 37 },
        holders: { first: 20, second: 10, total: 30 },
        levels: [
          { level: 'intermediate', name: '中级工（四级）', holders: { first: 20, second: 0, total: 20 } },
          { level: 'senior', name: '高级工（三级）', holders: { first: 0, second: 10, total: 10 } },
        ],
        highSkill: { first: 0, second: 10, total: 10 },
        enrolled: 0,
        yearly: { measure: 'T5-2.training', target: 70_000, counted: 70, met: false },
      },
      expect.objectContaining({ year: '2024', personTimes: { first: 20, second: 0, total: 20 } }),
    ]);
    expect(ask([written], { year: '2024' }).years.map(({ year }) => year)).toEqual(['2024']);
  });

  test('meets its year at 70,000 person-times, of one year and no other', () => {
    const written = begin('a');
    teach(written, 'c-1', '2023-06-30', 69_999, 0);
    teach(written, 'c-2', '2024-01-01', 1, 0);
    expect(ask([written]).years.map(({ yearly }) => yearly)).toMatchObject([{ met: false }, { met: false }]);
    teach(written, 'c-3', '2023-12-31', 1, 0);
    expect(ask([written]).years.map(({ yearly }) => yearly)).toMatchObject([{ met: true }, { met: false }]);
  });

  test('stands against each target in its own unit, and says when a part exceeds its whole', () => {
    const written = begin('a');
    teach(written, 'c-1', '2023-06-30', 40, 40);
    certify(written, 'b-2', '2023-12-31', 'senior', 50);
    expect(ask([written]).targets).toEqual([
      expect.objectContaining({ measure: 'B3-1.enrolment', unit: '人', target: 50_000, counted: 0 }),
      {
        ...{ measure: 'B3-2.training', name: '职业技能培训', unit: '人次', target: 640_000, counted: 40 },
        ...{ missing: 639_960, partOf: '', exceedsWhole: false },
      },
      expect.objectContaining({ measure: 'B3-2.certificates', counted: 50, exceedsWhole: true }),
      expect.objectContaining({ measure: 'B3-2.high-skill', counted: 50, exceedsWhole: false }),
    ]);
  });

  test('implies who took part with subsidies in 万人, each once a year', () => {
    const written = begin('a');
    teach(written, 'c-1', '2023-06-30', 30_000, 12_345);
    teach(written, 'c-2', '2024-06-30', 30_000, 5, false);
    expect(ask([written])).toMatchObject({ subsidised: { indicator: 'I10', target: '30', implied: '1.2345' } });
  });

  test('of a county has no target, for none was decomposed', () => {
    const written = begin('a');
    teach(written, 'c-1', '2023-06-30', 70_000, 0);
    expect(ask([written], { county: '410221' })).toMatchObject({ targets: null, years: [{ yearly: null }] });
    expect(ask([written], { county: '410222' }).years).toEqual([]);
  });

  test('is verified apart, and what waits is listed', () => {
    const written = begin('a');
    const [delivery] = teach(written, 'c-1', '2023-06-30', 40, 40);
    certify(written, 'b-1', '', 'junior', 9);
    expect(ask([written], { basis: 'verified' }).years).toEqual([]);
    written.add('2025-07-01', { case: 'outputVerified', value: { unit: 'c-1', measure: 'B3-2.training', delivery } });
    expect(ask([written], { basis: 'verified' }).years).toMatchObject([{ personTimes: { total: 40 } }]);
    expect(ask([written])).toMatchObject({
      waiting: [{ kind: 'certificates', unit: 'b-1', quantity: 9, waitingFor: 'EMP_CERTIFICATE_NOT_ISSUED' }],
    });
  });

  test('counts pupils in the half year in which they were registered', () => {
    const written = begin('a', 'people');
    const facts = { school: '1', year: 2022, admitted: 9, registered: 8, registeredOn: '2023-01-05' };
    written.add(REPORTED, delivered({ unit: 'e', measure: 'B3-1.enrolment', kind: 'enrolment', quantity: 8, facts }));
    expect(ask([written]).years).toMatchObject([{ year: '2023', enrolled: 8 }]);
  });
});

describe('the register of bases', () => {
  const PARK = { title: 'returnee-park', rank: 'city', issuer: 'city', document: '汴人社〔2023〕18号' };
  function named(id: string, measure: string, facts: Facts, claims = { recognition: '2023-04-12' }): WrittenStream {
    const written = begin(id, 'designation');
    for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
    written.add(REPORTED, delivered({ unit: `p-${id}`, measure, kind: 'designation', quantity: 1, facts }));
    return written;
  }
  const site = (id: string, member: string, claims: Readonly<Record<string, string>>): WrittenStream => {
    const written = begin(id, 'building');
    for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
    const facts = { category: 'training-base', host: '开封技师学院', workstations: 9 };
    written.add(REPORTED, delivered({ unit: id, measure: 'T5-4.bases', kind: 'base', quantity: 1, member, facts }));
    return written;
  };
  const ask = (projects: readonly WrittenStream[], question: Readonly<Record<string, string>> = {}) =>
    answered(bases, projects, plan, question);

  test('says of each title who holds it, by which document, and how many are asked', () => {
    const other = named('c', 'T5-8.city-parks', { ...PARK, tenants: 2, returnees: 1 });
    const delivery = other.entries.at(-1)?.position ?? 0;
    const verified = { unit: 'p-c', measure: 'T5-8.city-parks', delivery };
    other.add('2025-07-01', { case: 'outputVerified', value: verified });
    const national = { ...PARK, title: 'returnee-project', rank: 'national', issuer: 'national' };
    const projects = [
      named('b', 'T5-8.national-projects', national),
      other,
      named('a', 'T5-8.city-parks', { ...PARK, tenants: 40, returnees: 33 }),
    ];
    const answer = ask(projects) as { titles: readonly { measure: string }[] };
    expect(answer.titles).toHaveLength(8);
    expect(answer.titles.find(({ measure }) => measure === 'T5-8.city-parks')).toEqual({
      ...{ measure: 'T5-8.city-parks', name: '开封市返乡创业示范园', title: 'returnee-park', rank: 'city' },
      ...{ target: 3, held: 2, verified: 1 },
    });
    expect(answer).toMatchObject({
      startUps: { tenants: 42, returnees: 34 },
      register: [
        { name: 'p-a号', what: '返乡创业示范园', rank: '市级', document: '汴人社〔2023〕18号', since: '2023-04-12' },
        { name: 'p-b号', what: '返乡创业示范项目', rank: '国家级', verified: false },
        { name: 'p-c号', what: '返乡创业示范园', verified: true },
      ],
    });
  });

  test('has a title that waits, with what it waits for, and holds it not', () => {
    const waiting = named('a', 'T5-8.city-parks', { ...PARK, tenants: 4, returnees: 3 }, {} as never);
    expect(ask([waiting])).toMatchObject({
      startUps: { tenants: 0 },
      register: [{ since: '', waitingFor: 'EMP_NOT_RECOGNISED' }],
    });
  });

  test('keeps what was lost with its day, and no longer holds it', () => {
    const written = named('a', 'T5-8.city-parks', { ...PARK, tenants: 4, returnees: 3 });
    written.add('2025-09-02', {
      case: 'outputRevoked',
      value: { unit: 'p-a', measure: 'T5-8.city-parks', lostOn: '2025-09-01' },
    });
    expect(ask([written])).toMatchObject({ register: [], lost: [{ lost: '2025-09-01' }], startUps: { returnees: 0 } });
  });

  test('knows each work that the plan names: there, waiting or missing', () => {
    const projects = [
      site('m', 'modern-services', { acceptance: '2023-01-01', opening: '2023-02-01' }),
      site('c', 'catering-and-hotels', { acceptance: '2023-01-01' }),
    ];
    const { works } = ask(projects) as { works: readonly { work: string; state: string }[] };
    expect(works.map(({ work, state }) => [work, state])).toEqual([
      ['industry-education-park', 'missing'],
      ['human-resources-park', 'missing'],
      ['modern-services', 'counted'],
      ['catering-and-hotels', 'waiting'],
      ['innovation-contest', 'missing'],
      ['student-incubator', 'missing'],
    ]);
    expect(ask(projects, { county: '410222' })).toMatchObject({ register: [] });
  });
});

describe('the funds', () => {
  const pay = (written: WrittenStream, unit: string, purpose: string, quantity: number, paidOn?: string): number => {
    const measure = purpose === 'subsidy' ? 'T5-6.subsidies' : 'T5-6.platform-investment';
    const facts = { purpose, allocation: '汴财社〔2023〕22号', ...(paidOn ? { voucher: unit, paidOn } : {}) };
    return written.add(REPORTED, delivered({ unit, measure, kind: 'payment', quantity, facts }));
  };

  test('are allocated and paid in yuan, by purpose and year: what is not paid is listed', () => {
    const written = begin('a', 'funding');
    pay(written, 'v-1', 'subsidy', 300_000_000, '2022-05-01');
    const delivery = pay(written, 'v-2', 'subsidy', 100_000_001, '2023-05-01');
    pay(written, 'v-3', 'subsidy', 50_000_000);
    pay(written, 'v-4', 'platform', 2_000_000, '2023-01-01');
    const ask = (basis = '') => answered(funds, [written], plan, { basis });
    expect(ask()).toMatchObject({
      purposes: [
        { purpose: 'platform', allocated: 2_000_000, paid: 2_000_000, targets: [{ target: 10_000_000 }], unpaid: [] },
        {
          ...{ purpose: 'subsidy', allocated: 450_000_001, paid: 400_000_001 },
          targets: [{ measure: 'T5-6.subsidies', target: 700_000_000 }],
          years: [
            { year: '2022', paid: 300_000_000 },
            { year: '2023', paid: 100_000_001 },
          ],
          unpaid: [{ yuan: 50_000_000 }],
        },
      ],
    });
    written.add('2025-07-01', { case: 'outputVerified', value: { unit: 'v-2', measure: 'T5-6.subsidies', delivery } });
    expect(ask('verified')).toMatchObject({ purposes: [{ paid: 0, targets: [{}] }, { paid: 100_000_001 }] });
  });
});

describe('the professionals', () => {
  const employer = (written: WrittenStream, unit: string, year: number, heads: number, senior: number): number => {
    const facts = { reporter: unit, year, senior };
    const measure = 'T5-5.professionals';
    return written.add(REPORTED, delivered({ unit, measure, kind: 'professionals', quantity: heads, facts }));
  };
  const SHARE = 'T5-5.senior-share';
  const share = (numerator: string, denominator: string, code = SHARE): Observations => [
    code,
    { period: '2023', numerator, denominator, maturity: Maturity.FINAL },
  ];

  test('are a level with the share that it implies, beside the observed one; older statements are named', () => {
    const written = begin('a', 'people');
    employer(written, 'r-1', 2023, 200, 25);
    employer(written, 'r-2', 2022, 100, 5);
    expect(answered(professionalLevel, [written], plan, {}, [share('23000', '230000')])).toEqual({
      ...{ heads: 300, senior: 30, target: 230_000, latest: 2023 },
      seniorShare: {
        ...{ implied: { exact: '1/10', percent: '10.00' }, target: '10' },
        observed: [{ period: '2023', senior: '23000', heads: '230000', maturity: 'final', exact: '1/10' }],
      },
      stale: [{ row: 'employer', stream: 'project/a', reporter: 'r-2', year: 2022, heads: 100, senior: 5 }],
    });
  });

  test('of whom fewer than 10 % are senior are never shown to be 10 %', () => {
    const written = begin('a', 'people');
    employer(written, 'r-1', 2023, 100_001, 10_000);
    expect(answered(professionalLevel, [written], plan)).toMatchObject({
      seniorShare: { implied: { exact: '10000/100001', percent: '9.99' } },
    });
  });

  test('that nobody stated imply no share, and an observation of nobody is none', () => {
    expect(answered(professionalLevel, [], emptyPlan, {}, [share('0', '0'), share('1', '2', 'I10')])).toMatchObject({
      ...{ heads: 0, target: null, latest: 0 },
      seniorShare: { implied: null, observed: [] },
    });
  });
});
