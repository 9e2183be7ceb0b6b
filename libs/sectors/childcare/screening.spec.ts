import { describe, expect, test } from '@jest/globals';
import { Maturity } from '@planledger/contracts';
import { claimed, delivered, progress, writeStream, type WrittenStream } from '../conformance-history.js';
import { answered, kaifengPlan, type Observations } from '../conformance-plan.js';
import type { Facts } from '../sector.js';
import { maternityNetwork } from './network.js';
import { screening } from './screening.js';

const plan = kaifengPlan();

function begin(id: string, template: string, county: string, item: string): WrittenStream {
  const written = writeStream(`project/${id}`);
  const registered = { name: `项目${id}`, sector: 'childcare', county, unit: 'bureau-1', template };
  written.add('2021-03-01', { case: 'projectRegistered', value: registered });
  written.add('2021-03-01', { case: 'projectLinkedToPlanItem', value: { item } });
  return written;
}

interface Delivered {
  readonly unit?: string;
  readonly measure: string;
  readonly kind: string;
  readonly member: string;
  readonly facts: Facts;
}

const deliver = (written: WrittenStream, { unit = 'u-1', ...rest }: Delivered): number =>
  written.add('2023-06-30', delivered({ unit, quantity: 1, ...rest }));

describe('the maternity network', () => {
  const institution = (county: string, claims: Readonly<Record<string, string>>) => {
    const written = begin(`i-${county}`, 'institution', county, 'B1-1');
    for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
    const facts = { tier: 'county', governmentRun: true, works: 'new', licence: '1', standardDocument: '1' };
    const measure = 'B1-1.county-institutions';
    deliver(written, { measure, kind: 'maternity-institution', member: county, facts });
    return written;
  };
  const OPEN = { licence: '2023-02-01', opening: '2023-03-01' };
  interface Network {
    readonly members: readonly { measure: string; member: string; name: string; state: string }[];
    readonly institutions: readonly unknown[];
  }

  test('names every member of the plan’s rosters: there, waiting or missing', () => {
    const level = begin('l', 'accreditation', '410200', 'B1-1');
    level.add('2023-05-05', claimed('document'));
    const facts = { tier: 'city', level: '3', document: '1' };
    deliver(level, { measure: 'B1-1.city-level3', kind: 'maternity-level', member: 'city-maternity', facts });
    const network = answered(
      maternityNetwork,
      [institution('410221', OPEN), institution('410222', { licence: '2023-02-01' }), level],
      plan,
    ) as Network;
    const states = network.members.map(({ measure, name, state }) => `${measure} ${name} ${state}`);
    expect(states).toEqual([
      'B1-1.county-institutions 杞县 counted',
      'B1-1.county-institutions 通许县 waiting',
      'B1-1.county-institutions 尉氏县 missing',
      'B1-1.county-institutions 兰考县 missing',
      'B1-1.city-level3 市级妇幼保健机构达到三级标准 counted',
      ...['杞县', '通许县', '尉氏县', '兰考县'].map((name) => `B1-1.county-level2 ${name} missing`),
    ]);
    expect(network).toMatchObject({
      levelsAsked: [
        { tier: 'city', levelName: '三级' },
        { tier: 'county', levelName: '二级' },
      ],
    });
  });

  test('takes the institution that counts before one that waits, and says whether it is verified', () => {
    const counted = institution('410221', OPEN);
    const delivery = counted.entries.at(-1)?.position ?? 0;
    const value = { unit: 'u-1', measure: 'B1-1.county-institutions', delivery };
    counted.add('2023-08-01', { case: 'outputVerified', value });
    const projects = [institution('410221', {}), counted];
    const by = { waitingFor: '', from: '2023-03-01', verified: true };
    const { members } = answered(maternityNetwork, projects, plan) as Network;
    expect(members[0]).toMatchObject({ state: 'counted', by });
  });

  test('is asked about by county, and has nothing that was lost', () => {
    const written = institution('410221', OPEN);
    const here = answered(maternityNetwork, [written, institution('410222', OPEN)], plan, {
      county: '410221',
    }) as Network;
    expect(here.members.map(({ member, state }) => [member, state])).toEqual([
      ['410221', 'counted'],
      ['410221', 'missing'],
    ]);
    expect(here.institutions).toHaveLength(1);
    const value = { unit: 'u-1', measure: 'B1-1.county-institutions', lostOn: '2024-01-01' };
    written.add('2024-01-01', { case: 'outputRevoked', value });
    expect(answered(maternityNetwork, [written], plan)).toMatchObject({ institutions: [] });
  });
});

describe('screening', () => {
  const METABOLIC = 'B1-3.metabolic-screening';
  const births = (period: string, numerator: string, denominator: string, county = '') =>
    ({ period, numerator, denominator, county, maturity: Maturity.FINAL }) as const;
  const ask = (
    projects: readonly WrittenStream[],
    question: Readonly<Record<string, string>> = {},
    observations: readonly Observations[] = [],
  ): unknown => answered(screening, projects, plan, question, observations);
  interface Rates {
    readonly rates: readonly { code: string; observed: readonly unknown[]; reason: string }[];
  }

  test('is asked of five shares of the plan and of two indicators in per cent', () => {
    const { rates } = ask([]) as Rates;
    expect(rates.map(({ code }) => code)).toEqual([
      ...['B1-2.screened', METABOLIC, 'B1-3.hearing-screening', 'T3-5.vaccination-cards', 'T3-5.information-system'],
      ...['I01', 'I03'],
    ]);
  });

  test('has a rate only of those who were born: without them there is none, whatever was done', () => {
    const work = begin('w', 'service', '410221', 'B1-3');
    work.add('2021-03-02', {
      case: 'baselineSet',
      value: { milestones: [{ milestone: 'quantity', due: '2025-12-31', designed: 50_000 }], outputs: [] },
    });
    const report = work.add('2023-12-31', progress({ quantity: 30_000 }));
    work.add('2024-01-10', { case: 'progressVerified', value: { report } });
    work.add('2024-03-31', progress({ quantity: 34_000 }));
    const { rates } = ask([work], { code: METABOLIC }) as Rates;
    expect(rates).toMatchObject([
      {
        ...{ code: METABOLIC, target: '98', observed: [] },
        reason: '应筛（应种、应保）人数尚未报送，不计算比率',
        work: { designed: 50_000, claimed: 34_000, verified: 30_000 },
      },
    ]);
    expect(ask([work], { code: METABOLIC }, [[METABOLIC, births('2023', '29500', '0')]])).toMatchObject({
      rates: [{ observed: [{ percent: null, met: null }] }],
    });
    expect(ask([work], { code: 'T3-5.vaccination-cards' })).toMatchObject({
      rates: [{ work: { claimed: 0 } }],
    });
  });

  test('below its target is never shown as the target; above the whole it is called inconsistent', () => {
    const observations = [
      births('2021', '3', '2'),
      births('2022', '29399', '30000'),
      births('2023', '29400', '30000'),
      births('2024', '5', '5'),
    ];
    expect(ask([], { code: METABOLIC }, [[METABOLIC, ...observations.reverse()]])).toMatchObject({
      rates: [
        {
          observed: [
            { period: '2021', percent: '150.00', inconsistent: true },
            { period: '2022', exact: '29399/300', percent: '97.99', met: false, maturity: 'final' },
            { period: '2023', exact: '98', percent: '98.00', met: true, inconsistent: false },
            { period: '2024', percent: '100.00', inconsistent: false },
          ],
        },
      ],
    });
  });

  test('of a county is what that county observed', () => {
    const given = [METABOLIC, births('2023', '98', '100'), births('2023', '9', '10', '410221')] as const;
    expect(ask([], { code: METABOLIC, county: '410221' }, [given])).toMatchObject({
      rates: [{ observed: [{ county: '410221', percent: '90.00' }] }],
    });
  });

  test('of couples is covered town by town; where the roster is open nobody says how many are missing', () => {
    const written = begin('t', 'service', '410221', 'T3-1');
    const town = (unit: string, eligible: number, checked: number) =>
      deliver(written, {
        ...{ unit, measure: 'T3-1.coverage', kind: 'check-ups', member: unit },
        facts: { year: 2023, free: true, eligible, checked },
      });
    const delivery = town('t-1', 300, 240);
    town('t-2', 100, 0);
    town('t-3', 50, 30);
    written.add('2023-08-01', { case: 'outputVerified', value: { unit: 't-1', measure: 'T3-1.coverage', delivery } });
    expect(ask([written])).toMatchObject({
      checkUps: {
        roster: { open: true, members: 0 },
        years: [{ year: 2023, towns: 3, covered: 2, verified: 1, eligible: 450, checked: 270, percent: '60.0' }],
        waiting: [{ town: 't-2号', waitingFor: 'CHC_NO_CHECK_UPS_YET' }],
      },
    });
    expect(ask([written], { county: '410222' })).toMatchObject({ checkUps: { years: [], waiting: [] } });
  });
});
