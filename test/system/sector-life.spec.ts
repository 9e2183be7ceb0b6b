import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { projectIdFor } from '@planledger/project';
import { employment } from '@planledger/sectors/employment/definition';
import { childcare } from '@planledger/sectors/childcare/definition';
import type { Sector } from '@planledger/sectors';
import { SERVICES } from '@planledger/standalone-service/services';
import { loadInto, shipped, startTestApp, type Answer, type TestApp } from '@planledger/testing';

const PLAN = 'kaifeng-145-demo';
const API = `/api/plans/${PLAN}`;
const TODAY = Date.parse('2025-10-31T09:00:00+08:00');
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({
    services: SERVICES,
    clock: () => TODAY,
    prepare: async (platform) => {
      const problems = await loadInto(platform, PLAN, shipped('kaifeng-145'), true);
      if (problems.length > 0) throw new Error(problems.join('\n'));
      platform.plans.push(PLAN);
    },
  });
});
afterAll(() => app.close());

/** A project that is registered, linked and planned by the county's clerk of the sector. */
async function begin(sector: Sector, template: string, item: string, measure: string, quantity: number) {
  const clerk = `clerk-${sector.slug}-410212`;
  const key = `life-${sector.slug}-${template}`;
  const path = `${API}/projects/${projectIdFor(PLAN, key)}`;
  const made = async (answer: Promise<Answer>): Promise<void> => {
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([201, undefined]);
  };
  const registered = { name: `祥符区${sector.name}项目`, sector: sector.slug, county: '410212', template, codes: [] };
  const on = { occurredOn: '2024-03-01' };
  await made(app.post(clerk, `${API}/projects`, { ...on, ...registered, nature: 'new', publicity: 'public' }, key));
  await made(app.post(clerk, `${path}/plan-items`, { ...on, item }));
  const due = '2025-06-30';
  const milestones = (sector.templates[template]?.milestones ?? []).map(({ code, type }) => ({
    ...{ milestone: code, due },
    ...(type === 'quantity' ? { designed: quantity } : {}),
  }));
  await made(app.post(clerk, `${path}/milestone-plan`, { ...on, milestones, outputs: [{ measure, quantity, due }] }));
  return {
    made,
    claim: (code: string, occurredOn: string) =>
      made(app.post(clerk, `${path}/milestones/${code}/claim`, { occurredOn })),
    deliver: (body: object, headers?: Record<string, string>) =>
      app.post(clerk, `${path}/outputs`, { occurredOn: '2025-06-01', measure, quantity, ...body }, undefined, headers),
    verify: (unit: string) =>
      made(
        app.post(`verifier-${sector.slug}`, `${path}/outputs/${unit}/verify`, { occurredOn: '2025-07-01', measure }),
      ),
  };
}

async function view(sector: string, name: string): Promise<Answer['body']> {
  await app.caughtUp(PLAN);
  const answer = await app.get('commission', `${API}/sectors/${sector}/${name}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('childcare takes projects', () => {
  const CLASS = {
    ...{ unit: 'sunflower', unitName: '向日葵幼儿园托班', kind: 'nursery' },
    facts: {
      ...{ form: 'kindergarten', places: 40, newPlaces: 40, infantClasses: 0, toddlerClasses: 0, seniorClasses: 2 },
      ...{ mixedClasses: 0, inclusive: false, schoolPlaces: 260, approvedSize: 300, filingNumber: '410212TY0009' },
    },
  };

  test('no seat is a nursery place and a school place, and people are a denominator once they were observed', async () => {
    const { claim, deliver, verify, made } = await begin(childcare, 'nursery-classes', 'B1-4', 'B1-4.places', 40);
    await claim('start', '2025-02-01');
    await claim('fire-acceptance', '2025-03-01');
    await claim('filing', '2025-04-01');
    await claim('opening', '2025-05-01');
    const twice = { ...CLASS, facts: { ...CLASS.facts, schoolPlaces: 280 } };
    const refused = await deliver(twice);
    expect([refused.status, refused.body.code]).toEqual([422, 'CHC_COUNTED_AS_SCHOOL_PLACES']);
    expect(refused.body.detail).toBe(
      '托位40个加幼儿园学位280个，超过核定办园规模300人：同一座位不得既算托位又算学位，请核减。',
    );
    const english = await deliver(twice, { 'accept-language': 'en' });
    expect(english.body.detail).toContain('no seat is counted as both');

    await made(deliver(CLASS));
    await verify('sunflower');
    const before = await view('childcare', 'nursery-places');
    expect(before.city.level).toMatchObject({ base: 3796, added: 40, target: 20_428 });
    expect(before.perThousand).toMatchObject({ implied: null, reason: '常住人口尚无核定观测，不推算' });

    const seen = { period: '2024', numerator: '3836', denominator: '4795', maturity: 'final', source: '市统计局' };
    await made(app.post('verifier-childcare', `${API}/indicators/I02/observations`, seen));
    const { perThousand } = await view('childcare', 'nursery-places');
    expect(perThousand).toMatchObject({ period: '2024', implied: { exact: '4/5', value: '0.80' } });
  });

  test('a share of the plan is observed with those who were born, and read with them', async () => {
    const code = 'B1-3.hearing-screening';
    const seen = {
      period: '2024',
      numerator: '27000',
      denominator: '30000',
      maturity: 'final',
      source: '市妇幼保健院',
    };
    const observed = await app.post('verifier-childcare', `${API}/indicators/${code}/observations`, seen);
    expect(observed.status).toBe(201);
    const { rates } = await view('childcare', `screening?code=${code}`);
    expect(rates).toMatchObject([{ code, observed: [{ eligible: '30000', percent: '90.00', met: true }] }]);
  });
});

describe('employment takes projects', () => {
  test('a class counts those who passed on the day on which they did, and no roll gets in', async () => {
    const { deliver, verify, made } = await begin(employment, 'service', 'B3-2', 'B3-2.training', 48);
    const facts = {
      ...{ institution: 'KF-JX-001', classNumber: '2024-017', subsidised: true, enrolled: 52, passed: 48 },
      ...{ firstThisYear: 31, rollDigest: 'a'.repeat(64), assessedOn: '2024-11-26' },
    };
    const given = { unit: 'class-17', unitName: '电工班', kind: 'training', facts };
    const rolls = await deliver({ ...given, facts: { ...facts, rollDigest: '张三、李四' } });
    expect([rolls.status, rolls.body.code]).toEqual([422, 'EMP_ROLL_DIGEST_WRONG']);
    const unreal = await deliver({ ...given, facts: { ...facts, assessedOn: '2024-11-31' } });
    expect([unreal.status, unreal.body.code]).toEqual([422, 'FACTS_REFUSED']);
    expect(unreal.body.detail).toContain('结业考核日期应为日期');

    await made(deliver(given));
    await verify('class-17');
    const { years } = await view('employment', 'training?basis=verified');
    expect(years).toMatchObject([
      { year: '2024', personTimes: { first: 0, second: 48, total: 48 }, persons: { total: 31 } },
    ]);
  });
});
