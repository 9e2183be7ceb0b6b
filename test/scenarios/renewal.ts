import { expect } from '@jest/globals';
import { SECTORS } from '@planledger/sectors';
import {
  begins,
  bodyOf,
  type Built,
  claims,
  delivers,
  DORMITORIES,
  flats,
  registers,
  school,
  SCHOOLS,
  type Unit,
  verifies,
} from './deeds.js';
import { completionOf, counted, does, isRefused, type Scenario } from './town.js';

const projectOf = async ({ town, at }: Pick<Built, 'town' | 'at'>) => (await town.read('auditor', at)).body;

/** B0 of a registered project, with these designed outputs. */
const plans = ({ town, clerk, at, sector, template }: Built, outputs: readonly object[]): Promise<number> =>
  does(town, clerk, `${at}/milestone-plan`, {
    occurredOn: '2024-03-05',
    milestones: (SECTORS.get(sector)?.templates[template]?.milestones ?? []).map(({ code, type }) => ({
      ...{ milestone: code, due: '2025-08-31' },
      ...(type === 'quantity' ? { designed: 1_000 } : {}),
    })),
    outputs,
  });

const offPlan: Scenario = {
  sentence: 'a project flagged off-plan delivers beside the plan; admitted by document and linked, it counts',
  async run(town) {
    const { measure, item } = DORMITORIES;
    const before = await counted(town, measure);
    const beside = async (): Promise<number> =>
      (await completionOf(town)).offPlan.find((row) => row.measure === measure)?.claimed ?? 0;
    const built = await registers(town, DORMITORIES);
    const reason = '规划文本和专栏均未列入该项目。';
    await does(town, 'county-commission-410212', `${built.at}/off-plan/flag`, { occurredOn: '2024-03-03', reason });
    const link = { occurredOn: '2024-03-04', item };
    await isRefused(town, built.clerk, `${built.at}/plan-items`, link, 'OFF_PLAN_NOT_ADMITTED');

    await plans(built, [{ measure, quantity: 25, due: '2025-08-31' }]);
    await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    await delivers(built, flats('block-off', '2025-07-01', 25));
    expect([await counted(town, measure), await beside()]).toEqual([before, 25]);

    const document = '汴发改〔2025〕9号';
    const admitted = { occurredOn: '2025-08-01', document, reason: '经评估符合规划方向，同意纳入。' };
    await isRefused(town, built.clerk, `${built.at}/off-plan/admit`, admitted, 'ROLE_MAY_NOT');
    await does(town, 'commission', `${built.at}/off-plan/admit`, admitted);
    expect(await counted(town, measure)).toEqual(before);
    await does(town, built.clerk, `${built.at}/plan-items`, { ...link, occurredOn: '2025-08-02' });
    expect([await counted(town, measure), await beside()]).toEqual([{ ...before, claimed: before.claimed + 25 }, 0]);
  },
};

const reserve: Scenario = {
  sentence: 'a project in the reserve gathers its approvals and begins no works before it leaves',
  async run(town) {
    const built = await begins(town, SCHOOLS);
    await does(town, built.clerk, `${built.at}/reserve/enter`, { occurredOn: '2024-03-06' });
    await claims(built, { siting: '2024-04-01' });
    const start = `${built.at}/milestones/start/claim`;
    await isRefused(town, built.clerk, start, { occurredOn: '2024-05-01' }, 'IN_RESERVE');
    const quantities = [{ milestone: 'foundation', done: 1 }];
    const report = { occurredOn: '2024-05-01', quantities };
    await isRefused(town, built.clerk, `${built.at}/progress`, report, 'IN_RESERVE');
    expect(await projectOf(built)).toMatchObject({ reserve: { on: '2024-03-06' } });
    await does(town, built.clerk, `${built.at}/reserve/leave`, { occurredOn: '2024-04-20' });
    await does(town, built.clerk, start, { occurredOn: '2024-05-01' });
    await isRefused(
      town,
      built.clerk,
      `${built.at}/reserve/enter`,
      { occurredOn: '2024-06-01' },
      'RESERVE_AFTER_START',
    );
  },
};

const splitInTwo: Scenario = {
  sentence: 'a project that was split keeps what it delivered and takes nothing new; its work goes on in two others',
  async run(town) {
    const { measure } = DORMITORIES;
    const before = await counted(town, measure);
    const [built, north, south] = [
      await begins(town, DORMITORIES),
      await registers(town, DORMITORIES),
      await registers(town, DORMITORIES),
    ];
    await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    await delivers(built, flats('block-split', '2025-07-01', 30));
    const split = {
      ...{ occurredOn: '2025-08-01', document: '汴发改〔2025〕20号', reason: '按校区分别立项实施。' },
      into: [north.id, south.id],
    };
    await isRefused(
      town,
      'commission',
      `${built.at}/split`,
      { ...split, into: [north.id, 'pnone'] },
      'SUCCESSOR_UNKNOWN',
    );
    await does(town, 'commission', `${built.at}/split`, split);
    await isRefused(
      town,
      built.clerk,
      `${built.at}/milestones/siting/claim`,
      { occurredOn: '2025-08-02' },
      'PROJECT_ENDED',
    );
    await verifies(built, flats('block-split', '2025-08-10', 30));
    expect(await counted(town, measure)).toEqual({ claimed: before.claimed + 30, verified: before.verified + 30 });
    expect(await projectOf(built)).toMatchObject({
      lifecycle: { status: 'split', since: '2025-08-01', document: split.document, into: [north.id, south.id] },
    });
    const merge = { ...split, into: built.id };
    await isRefused(town, 'commission', `${north.at}/merge`, merge, 'SUCCESSOR_ENDED');
  },
};

const carriedIn: Scenario = {
  sentence: 'a project carried in goes on under its own id; what the earlier plan counted does not count again',
  async run(town) {
    const { measure } = DORMITORIES;
    const before = await counted(town, measure);
    const clerk = 'clerk-education-410212';
    const built: Built = {
      ...{ town, sector: 'education', template: 'renovation', clerk, verifier: 'verifier-education' },
      ...{ id: 'p135dormitory', at: 'projects/p135dormitory' },
    };
    const body = {
      ...{ occurredOn: '2024-03-01', fromPlan: 'kaifeng-135', position: 4_312, leafHash: '9f'.repeat(32) },
      ...{
        name: '结转周转宿舍项目',
        sector: 'education',
        county: '410212',
        nature: 'renovate',
        template: 'renovation',
      },
      ...{ publicity: 'public', opening: [{ measure: 'B3-2.dormitories', quantity: 60 }] },
    };
    const own = { ...body, fromPlan: town.plan };
    await isRefused(town, clerk, `${built.at}/carry-in`, own, 'CARRIED_FROM_THIS_PLAN');
    await does(town, clerk, `${built.at}/carry-in`, body);
    await isRefused(town, clerk, `${built.at}/carry-in`, body, 'CARRIED_IN_ALREADY');
    const { registration, carriedIn: origin } = await projectOf(built);
    expect([registration.name, origin]).toMatchObject([
      '结转周转宿舍项目',
      { fromPlan: 'kaifeng-135', position: 4_312, opening: body.opening },
    ]);
    await does(town, clerk, `${built.at}/plan-items`, { occurredOn: '2024-03-02', item: DORMITORIES.item });
    await plans(built, [{ measure, quantity: 20, due: '2025-08-31' }]);
    expect(await counted(town, measure)).toEqual(before);
    await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    await delivers(built, flats('block-carried', '2025-07-01', 20));
    expect(await counted(town, measure)).toEqual({ ...before, claimed: before.claimed + 20 });
  },
};

const OLD_CITY = 'T9-1.communities';
const community = (unit: string): Unit => ({
  ...{ unit, measure: OLD_CITY, kind: 'community', on: '2025-07-01' },
  facts: {
    ...{ yearBuilt: 1994, households: 320, buildings: 8, area: 26_000, owners: 300, consenting: 200 },
    ...{ category: 'basic', oldCity: true, facilityArea: 120 },
  },
});

const bundle: Scenario = {
  sentence: 'units of a bundle have dates of their own, and each counts by its own acceptance',
  async run(town) {
    const before = await counted(town, OLD_CITY);
    const built = await registers(town, {
      ...{ sector: 'housing', item: 'T9-1', measure: OLD_CITY, template: 'old-community', nature: 'renovate' },
    });
    await does(town, built.clerk, `${built.at}/plan-items`, { occurredOn: '2024-03-02', item: 'T9-1' });
    const outputs = ['c-1', 'c-2'].map((unit) => ({ measure: OLD_CITY, quantity: 1, due: '2025-09-30', unit }));
    await plans(built, outputs);
    const date = (unit: string, due: string) => ({ occurredOn: '2024-03-06', unit, due });
    const acceptance = `${built.at}/milestones/acceptance`;
    await isRefused(town, built.clerk, `${acceptance}/plan`, date('c-9', '2025-06-30'), 'UNIT_NOT_DESIGNED');
    await does(town, built.clerk, `${acceptance}/plan`, date('c-1', '2025-06-30'));
    await does(town, built.clerk, `${acceptance}/plan`, date('c-2', '2025-09-30'));
    expect((await projectOf(built)).unitDates).toMatchObject([
      { milestone: 'acceptance@c-1', due: '2025-06-30' },
      { milestone: 'acceptance@c-2', due: '2025-09-30' },
    ]);

    await claims(built, { start: '2024-06-01' });
    for (const unit of ['c-1', 'c-2']) await delivers(built, community(unit));
    expect(await counted(town, OLD_CITY)).toEqual(before);
    await does(town, built.clerk, `${acceptance}/claim`, { occurredOn: '2025-06-20', unit: 'c-1' });
    expect(await counted(town, OLD_CITY, { on: '2025-06-19' })).toEqual(before);
    expect(await counted(town, OLD_CITY)).toEqual({ ...before, claimed: before.claimed + 1 });
    await does(town, built.clerk, `${acceptance}/claim`, { occurredOn: '2025-10-08', unit: 'c-2' });
    expect(await counted(town, OLD_CITY)).toEqual({ ...before, claimed: before.claimed + 2 });
  },
};

const laterFacts: Scenario = {
  sentence:
    'facts stated later count as claimed at once, and as verified when a verifier has verified them on their own',
  async run(town) {
    const { measure } = SCHOOLS;
    const [before, summer] = [await counted(town, measure), await counted(town, measure, { on: '2025-08-31' })];
    const built = await begins(town, { ...SCHOOLS, nature: 'extend' });
    await claims(built, { start: '2024-04-01', acceptance: '2024-06-30', opening: '2024-09-01' });
    // Nothing added: it counts once it is certified, from the first autumn term after.
    const extension = school('school-later', '2024-08-20');
    const delivery = {
      ...bodyOf({ ...extension, facts: { ...extension.facts, works: 'extension', netNewPlaces: 0 } }),
    };
    await does(town, built.clerk, `${built.at}/outputs`, { occurredOn: '2024-08-20', ...delivery });
    await verifies(built, extension);
    const facts = { occurredOn: '2025-08-28', measure, facts: { certified: true }, since: '2025-08-27' };
    const unit = `${built.at}/outputs/school-later`;
    const first = await does(town, built.clerk, `${unit}/facts`, facts);
    expect(await counted(town, measure)).toEqual({ ...before, claimed: before.claimed + 1 });

    const answer = { occurredOn: '2025-09-10', measure, statement: first };
    await isRefused(town, built.clerk, `${unit}/verify`, answer, 'ROLE_MAY_NOT');
    await does(town, built.verifier, `${unit}/reject`, { ...answer, reason: '认定文件未附，退回补齐。' });
    expect(await counted(town, measure)).toEqual(before);
    const second = await does(town, built.clerk, `${unit}/facts`, facts);
    await does(town, built.verifier, `${unit}/verify`, { ...answer, statement: second });
    expect(await counted(town, measure)).toEqual({ claimed: before.claimed + 1, verified: before.verified + 1 });
    expect(await counted(town, measure, { on: '2025-08-31' })).toEqual(summer);
  },
};

const codes: Scenario = {
  sentence: 'codes follow re-approvals: all that a project ever had stay its own, and nobody else’s',
  async run(town) {
    const built = await registers(town, SCHOOLS);
    const bind = (value: string, more: object = {}) => ({
      ...{ occurredOn: '2024-06-01', code: { kind: 'approval', value }, validFrom: '2024-05-28' },
      ...more,
    });
    await does(town, built.clerk, `${built.at}/codes`, bind('汴发改审〔2024〕31号'));
    const replaces = '汴发改审〔2024〕31号';
    const next = bind('汴发改审〔2025〕4号', { occurredOn: '2025-02-01', validFrom: '2025-01-20', replaces });
    await does(town, built.clerk, `${built.at}/codes`, next);
    expect((await projectOf(built)).codes).toMatchObject([
      { value: '汴发改审〔2024〕31号', from: '2024-05-28', until: '2025-01-20' },
      { value: '汴发改审〔2025〕4号', from: '2025-01-20', until: null },
    ]);
    const other = await registers(town, SCHOOLS);
    for (const value of ['汴发改审〔2024〕31号', '汴发改审〔2025〕4号']) {
      await isRefused(town, other.clerk, `${other.at}/codes`, bind(value), 'CODE_TAKEN');
    }
  },
};

export const RENEWAL: readonly Scenario[] = [offPlan, reserve, splitInTwo, carriedIn, bundle, laterFacts, codes];
