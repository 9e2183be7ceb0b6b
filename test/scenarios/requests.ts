import { expect } from '@jest/globals';
import { begins, type Built, claims, registers, SCHOOLS } from './deeds.js';
import { counted, does, explained, isRefused, type Scenario } from './town.js';

const WHY = { why: 'land', reason: '用地手续较计划延后办结，后续工期顺延。' };
const DOCUMENT = '汴发改〔2025〕96号';

/** The milestone plan of a project as intake has it, B0 beside the one in force. */
async function baselinesOf({ town, at }: Built) {
  const { status, body } = await town.read('auditor', at);
  expect(status).toBe(200);
  return body.baselines as Record<'b0' | 'current', WholePlan>;
}
interface WholePlan {
  readonly milestones: readonly { milestone: string; due: string; designed: number }[];
  readonly outputs: readonly object[];
}
const duesOf = ({ milestones }: WholePlan): Set<string> => new Set(milestones.map(({ due }) => due));

async function asksForLater(built: Built, due: string): Promise<number> {
  const { b0 } = await baselinesOf(built);
  return does(built.town, built.clerk, `${built.at}/rebaseline`, {
    ...{ occurredOn: '2025-10-20', ...WHY },
    milestones: b0.milestones.map(({ milestone, designed }) => ({ milestone, due, ...(designed ? { designed } : {}) })),
    outputs: [{ measure: SCHOOLS.measure, quantity: 1, due }],
  });
}

const lateRebaseline: Scenario = {
  sentence: 'a re-baselining asked late and approved moves the current dates, never those of B0, and stays marked late',
  async run(town) {
    const before = await counted(town, SCHOOLS.measure);
    const built = await begins(town, SCHOOLS);
    const { b0 } = await baselinesOf(built);
    const request = await asksForLater(built, '2026-06-30');
    expect((await baselinesOf(built)).current).toEqual({ ...b0, estimateYuan: '0', document: '' });

    // Not by the bureau, not without a document, not twice.
    const answer = { occurredOn: '2025-10-25', document: DOCUMENT };
    await isRefused(town, built.verifier, `requests/${request}/approve`, answer, 'ROLE_MAY_NOT');
    const bare = { occurredOn: '2025-10-25' };
    await isRefused(town, 'commission', `requests/${request}/approve`, bare, 'REBASELINE_NEEDS_DOCUMENT');
    await does(town, 'commission', `requests/${request}/approve`, answer);
    await isRefused(town, 'commission', `requests/${request}/approve`, answer, 'REQUEST_NOT_PENDING');
    await isRefused(town, 'commission', 'requests/999999/approve', answer, 'ENTRY_UNKNOWN');

    const after = await baselinesOf(built);
    expect(after.b0).toEqual(b0);
    expect([duesOf(after.b0), duesOf(after.current)]).toEqual([new Set(['2025-08-31']), new Set(['2026-06-30'])]);
    const { body } = await town.read('auditor', built.at);
    expect(body.answered).toMatchObject([{ late: true, answer: { approved: true, document: DOCUMENT } }]);
    // What was planned is not what was done.
    expect(await counted(town, SCHOOLS.measure)).toEqual(before);
    const again = { occurredOn: '2025-10-26', ...WHY, ...plain(b0) };
    await isRefused(town, built.clerk, `${built.at}/rebaseline`, again, 'REBASELINE_TOO_OFTEN');
  },
};

const plain = ({ milestones }: WholePlan) => ({
  milestones: milestones.map(({ milestone, due, designed }) => ({ milestone, due, ...(designed ? { designed } : {}) })),
  outputs: [{ measure: SCHOOLS.measure, quantity: 1, due: '2025-09-01' }],
});

const exemption: Scenario = {
  sentence: 'a milestone drops out of a project’s progress once the bureau exempts it, and can no longer be claimed',
  async run(town) {
    const built = await begins(town, SCHOOLS);
    await claims(built, { siting: '2024-03-20' });
    const progress = () => explained(town, `project/${built.id}`, 'claimed');
    const [{ value: before, children }, land] = [await progress(), `${built.at}/milestones/land`];
    const reason = '建设用地为原校区划拨用地，无需另行办理用地手续。';
    const request = await does(town, built.clerk, `${land}/exempt`, { occurredOn: '2024-04-01', reason });
    expect((await progress()).value).toEqual(before);

    const answer = { occurredOn: '2024-04-10' };
    await isRefused(town, built.clerk, `requests/${request}/approve`, answer, 'ROLE_MAY_NOT');
    await isRefused(town, 'verifier-health', `requests/${request}/approve`, answer, 'OTHER_SECTOR');
    const approval = await does(town, built.verifier, `requests/${request}/approve`, answer);
    const after = await progress();
    // The siting weighs 4 of 100; without the land, which weighs 5, of 95.
    expect([before.exact, after.value.exact]).toEqual(['1/25', '4/95']);
    expect(after.children).toHaveLength(children.length - 1);
    expect(after.leftOut).toMatchObject([{ why: 'exempted', entries: [request, approval] }]);
    await isRefused(town, built.clerk, `${land}/claim`, { occurredOn: '2024-05-10' }, 'MILESTONE_EXEMPT');
    const acceptance = `${built.at}/milestones/acceptance/exempt`;
    await isRefused(town, built.clerk, acceptance, { occurredOn: '2024-04-01', reason }, 'MILESTONE_NEVER_EXEMPT');
  },
};

const FUNDS = { element: 'central-funds', kind: 'funds', quantity: 20_000_000, needBy: '2024-06-30' };
const fundsOf = async ({ town, at }: Built) => (await town.read('auditor', at)).body.elements as object[];

const funds: Scenario = {
  sentence: 'funds are asked for, allocated by document and paid, and never more is paid than was allocated',
  async run(town) {
    const built = await begins(town, SCHOOLS);
    const { clerk, at } = built;
    const [request, use] = [`${at}/elements`, `${at}/elements/central-funds/use`];
    const paid = { occurredOn: '2024-08-15', quantity: 5_000_000 };
    await isRefused(town, clerk, use, paid, 'ELEMENT_UNKNOWN');
    await does(town, clerk, request, { occurredOn: '2024-03-08', ...FUNDS });
    await isRefused(town, clerk, use, paid, 'ELEMENT_NOT_ALLOCATED');
    const given = { occurredOn: '2024-05-20', quantity: 12_000_000, document: '汴财建〔2024〕31号' };
    await isRefused(town, clerk, `${at}/elements/central-funds/allocate`, given, 'ROLE_MAY_NOT');
    await does(town, 'commission', `${at}/elements/central-funds/allocate`, given);
    const payment = await does(town, clerk, use, paid);
    await isRefused(town, clerk, use, { ...paid, quantity: 7_000_001 }, 'ELEMENT_OVERUSED');
    await does(town, clerk, `${at}/elements/central-funds/release`, { occurredOn: '2024-09-20', quantity: 1_000_000 });
    expect(await fundsOf(built)).toMatchObject([
      { requested: '20000000', allocated: '11000000', used: '5000000', released: '1000000', usedOn: '2024-08-15' },
    ]);

    // The voucher said two million: what was paid is what the corrected entry says.
    const why = { why: 'typing-error', reason: '支付凭证金额录入错误，以国库支付单为准。' };
    const payload = { quantity: 2_000_000 };
    await does(town, clerk, `entries/${payment}/correct`, { occurredOn: '2024-08-15', ...why, payload });
    expect(await fundsOf(built)).toMatchObject([{ used: '2000000' }]);
  },
};

const offPlan: Scenario = {
  sentence: 'a project that follows no item of the plan may ask for land and gets none until it follows one',
  async run(town) {
    const built = await registers(town, SCHOOLS);
    const { clerk, at } = built;
    const land = { element: 'site', kind: 'land', quantity: 30_000, needBy: '2024-05-31' };
    await does(town, clerk, `${at}/elements`, { occurredOn: '2024-03-08', ...land });
    const given = { occurredOn: '2024-05-20', quantity: 30_000, document: '汴政土〔2024〕12号' };
    await isRefused(town, 'commission', `${at}/elements/site/allocate`, given, 'ELEMENT_OFF_PLAN');
    await does(town, clerk, `${at}/plan-items`, { occurredOn: '2024-05-21', item: SCHOOLS.item });
    await does(town, 'commission', `${at}/elements/site/allocate`, { ...given, occurredOn: '2024-05-22' });
  },
};

export const REQUESTS: readonly Scenario[] = [lateRebaseline, exemption, funds, offPlan];
