import { isRejection, type Rejection } from '@planledger/kernel';
import { codeTaken } from './admit-wide.js';
import * as bodies from './bodies.js';
import { BindCodeBody, CarryInBody, MergeBody, SplitBody } from './bodies-renewal.js';
import { type CommandRow, reject, row, type RowContext } from './command.js';
import { registration } from './project-commands.js';
import { projectIdFor } from './project-id.js';

/** Ids are city-wide and stand in routes and stream names. */
const PROJECT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** Projects of the demo plan, by the command ids of their registrations, for the examples. */
const DEMO_SCHOOLS = ['demo-000-register', 'demo-001-register'].map((id) => projectIdFor('kaifeng-145-demo', id));

/** Codes over time, off-plan, reserve, split and merge, carry-in. */
export const RENEWAL_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'bindCode',
    path: 'projects/{id}/codes',
    summary: 'Bind a further code to a project, beside or instead of an earlier one 绑定项目代码',
    permission: 'project.bind-code',
    body: BindCodeBody,
    makes: 'projectCodeBound',
    event: ({ code, validFrom, replaces = '' }, { state, wide, stream }) => {
      const same = state.project?.codes.find(({ kind, value }) => kind === code.kind && value === code.value);
      if (same?.from === validFrom) return undefined;
      const { kind, value } = code;
      const taken = codeTaken(wide, stream, state.project?.registration?.site ?? '', code);
      return taken ?? { case: 'projectCodeBound', value: { code: { kind, value }, validFrom, replaces } };
    },
    example: {
      occurredOn: '2024-05-30',
      code: { kind: 'approval', value: '汴发改审〔2024〕31号' },
      validFrom: '2024-05-28',
    },
  }),
  row({
    name: 'flagOffPlan',
    path: 'projects/{id}/off-plan/flag',
    summary: 'Flag a project as off-plan, with the reason 列为规划外项目',
    permission: 'off-plan.flag',
    body: bodies.ReasonedBody,
    makes: 'offPlanFlagged',
    event: () => ({ case: 'offPlanFlagged', value: {} }),
    example: { occurredOn: '2024-03-10', reason: '规划文本和专栏均未列入该项目。' },
  }),
  row({
    name: 'admitOffPlan',
    path: 'projects/{id}/off-plan/admit',
    summary: 'Admit an off-plan project, by document 规划外项目批准纳入',
    permission: 'off-plan.admit',
    body: bodies.DocumentedBody,
    makes: 'offPlanAdmitted',
    event: ({ document }) => ({ case: 'offPlanAdmitted', value: { document } }),
    example: { occurredOn: '2024-03-20', document: '汴发改〔2024〕9号', reason: '经评估符合规划方向，同意纳入。' },
  }),
  row({
    name: 'enterReserve',
    path: 'projects/{id}/reserve/enter',
    summary: 'Enter a project into the reserve 入储备库',
    permission: 'reserve.keep',
    body: bodies.CommandBody,
    makes: 'reserveEntered',
    event: () => ({ case: 'reserveEntered', value: {} }),
    example: { occurredOn: '2024-03-01' },
  }),
  row({
    name: 'leaveReserve',
    path: 'projects/{id}/reserve/leave',
    summary: 'Take a project out of the reserve to its preparation 出库转入前期',
    permission: 'reserve.keep',
    body: bodies.CommandBody,
    makes: 'reserveLeft',
    event: () => ({ case: 'reserveLeft', value: {} }),
    example: { occurredOn: '2024-03-02' },
  }),
  row({
    name: 'splitProject',
    path: 'projects/{id}/split',
    summary: 'End a project whose work goes on in several others, by document 项目拆分',
    permission: 'project.split',
    body: SplitBody,
    makes: 'projectSplit',
    event: ({ into, document }, context) =>
      successors(into, context) ?? { case: 'projectSplit', value: { into: [...into], document } },
    example: {
      occurredOn: '2025-04-01',
      into: DEMO_SCHOOLS,
      document: '汴发改〔2025〕20号',
      reason: '按校区分别立项实施。',
    },
  }),
  row({
    name: 'mergeProject',
    path: 'projects/{id}/merge',
    summary: 'End a project whose work goes on in another, by document 项目合并',
    permission: 'project.split',
    body: MergeBody,
    makes: 'projectMerged',
    event: ({ into, document }, context) =>
      successors([into], context) ?? { case: 'projectMerged', value: { into, document } },
    example: {
      occurredOn: '2025-04-01',
      into: DEMO_SCHOOLS[0],
      document: '汴发改〔2025〕21号',
      reason: '与邻近校区合并建设。',
    },
  }),
  row({
    name: 'carryInProject',
    path: 'projects/{id}/carry-in',
    summary: 'Carry a project in from an earlier plan, under the id it has there 结转项目',
    permission: 'project.carry-in',
    body: CarryInBody,
    makes: 'projectCarriedIn',
    event: (body, { params: { id = '' }, wide, actorUnit }) => {
      if (!PROJECT_ID.test(id)) return reject('PROJECT_ID_MALFORMED', { project: id.slice(0, 60) });
      const { fromPlan, position, leafHash } = body;
      if (fromPlan === wide.planId) return reject('CARRIED_FROM_THIS_PLAN', { plan: fromPlan });
      const registered = registration(body, actorUnit);
      if (isRejection(registered)) return registered;
      const opening = body.opening.map(({ measure, quantity }) => ({ measure, quantity }));
      return { case: 'projectCarriedIn', value: { fromPlan, position, leafHash, registration: registered, opening } };
    },
    example: {
      occurredOn: '2022-05-10',
      fromPlan: 'kaifeng-135',
      position: 4312,
      leafHash: '9f2c1a7be04d5566a8e3c07d41b29f6ec3d85a1702be94f8d6417c30ab5e92d1',
      name: '祥符区第三初级中学扩建项目',
      sector: 'education',
      county: '410212',
      nature: 'extend',
      template: 'building',
      codes: [{ kind: 'national', value: '1906-410212-04-01-000311' }],
      estimateYuan: 31000000,
      publicity: 'public',
      opening: [{ measure: 'B2-1.schools', quantity: 0 }],
    },
  }),
];

/** Work goes on in other projects of the same sector, each named once and none of them ended (DOMAIN §3). */
function successors(ids: readonly string[], { wide, stream }: RowContext): Rejection | undefined {
  const sector = wide.projects.get(stream)?.sector ?? '';
  const seen = new Set<string>();
  for (const project of ids) {
    const successor = `project/${project}`;
    const known = wide.projects.get(successor);
    if (successor === stream) return reject('SUCCESSOR_IS_ITSELF', { project });
    if (seen.has(project)) return reject('SUCCESSOR_TWICE', { project });
    seen.add(project);
    if (!known) return reject('SUCCESSOR_UNKNOWN', { project });
    if (known.sector !== sector) {
      return reject('SUCCESSOR_OF_OTHER_SECTOR', { project, other: known.sector, sector });
    }
    if (wide.ended.get(successor)) return reject('SUCCESSOR_ENDED', { project });
  }
  return undefined;
}
