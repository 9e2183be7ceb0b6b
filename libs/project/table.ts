import type { Permission } from '@planledger/auth';
import { BuildNature, type EventInit, type EventType, Maturity } from '@planledger/contracts';
import { lastDayOf, type Rejection, reject as refuse } from '@planledger/kernel';
import { milestoneKey, observationKey, unitKey } from '@planledger/sectors/kit';
import * as bodies from './bodies.js';
import type { StreamState } from './model.js';
import type { ProjectRefusal } from './refusals.js';

/**
 * The one table of commands: each row is a write route, its body, who may use it, and the event it asks for. The HTTP
 * surface, the NDJSON route, OpenAPI, corrections and the test of who may do what are all made from it.
 */
export interface CommandRow<Body extends object = object> {
  /** Also the operation id of the route. */
  readonly name: string;
  /** Under /api/plans/{plan}/. */
  readonly path: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly body: new () => Body;
  /** The type of event it makes; a correction of such an event takes this row's body as payload. */
  readonly makes: EventType;
  /** Whose claim is being answered, so that nobody answers his own. */
  answers?(state: StreamState, body: Body, params: Params): readonly { subject: string; unit: string }[];
  /** The event, a refusal, or undefined where there is nothing to do. */
  event(body: Body, context: RowContext): EventInit | Rejection | undefined;
  /** A body that the demo plan accepts at its route, for the documentation; sent in a test. */
  readonly example: Readonly<Record<string, unknown>>;
}

export type Params = Readonly<Record<string, string>>;

export interface RowContext {
  readonly params: Params;
  readonly state: StreamState;
  /** Unit of the actor. */
  readonly actorUnit: string;
}

const reject = (code: ProjectRefusal, details?: Rejection['details']): Rejection => refuse(code, details);

const row = <Body extends object>(given: CommandRow<Body>): CommandRow => given;

const NATURES: Readonly<Record<(typeof bodies.BUILD_NATURES)[number], BuildNature>> = {
  new: BuildNature.NEW,
  rebuild: BuildNature.REBUILD,
  extend: BuildNature.EXTEND,
  relocate: BuildNature.RELOCATE,
  renovate: BuildNature.RENOVATE,
  purchase: BuildNature.PURCHASE,
  digital: BuildNature.DIGITAL,
  service: BuildNature.SERVICE,
};

const MATURITY: Readonly<Record<(typeof bodies.MATURITIES)[number], Maturity>> = {
  flash: Maturity.FLASH,
  preliminary: Maturity.PRELIMINARY,
  final: Maturity.FINAL,
};

const claimants = (happening: { by: { subject: string; unit: string } } | undefined) =>
  happening ? [happening.by] : [];

const milestoneOf = (state: StreamState, { code = '' }: Params, unit = '') =>
  state.project?.milestones.get(milestoneKey(code, unit))?.claimed;

const deliveryOf = (state: StreamState, measure: string, { unit = '' }: Params) =>
  state.project?.units.get(unitKey(measure, unit));

const reportOf = (state: StreamState, { position }: Params) =>
  state.project?.progress.pending.find(({ positions }) => positions[0] === Number(position));

/** Facts as the wire has them. Numbers that are no 32-bit counts become text, and the facts' specs refuse them. */
const wireFacts = (facts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      if (typeof fact === 'boolean') return [name, { value: { case: 'truth' as const, value: fact } }];
      if (typeof fact === 'number' && Number.isInteger(fact) && fact >= 0 && fact <= 0xffff_ffff) {
        return [name, { value: { case: 'number' as const, value: fact } }];
      }
      return [name, { value: { case: 'text' as const, value: String(fact).slice(0, 1_000) } }];
    }),
  );

export const COMMANDS: readonly CommandRow[] = [
  row({
    name: 'registerProject',
    path: 'projects',
    summary: 'Register a project 项目登记',
    permission: 'project.register',
    body: bodies.RegisterProjectBody,
    makes: 'projectRegistered',
    event: (body, { actorUnit }) => {
      if (body.publicity === 'classified') return reject('CLASSIFIED_PROJECT');
      const { name, sector, county, template, codes = [], site = '', namedProject = '' } = body;
      return {
        case: 'projectRegistered',
        value: {
          ...{ name, sector, county, template, codes, site, namedProject },
          unit: body.unit ?? actorUnit,
          nature: NATURES[body.nature],
          estimateYuan: BigInt(body.estimateYuan ?? 0),
        },
      };
    },
    example: {
      occurredOn: '2024-03-01',
      name: '祥符区第九小学新建项目',
      sector: 'education',
      county: '410212',
      nature: 'new',
      template: 'building',
      codes: [{ kind: 'national', value: '2402-410212-04-01-000901' }],
      estimateYuan: 58000000,
      publicity: 'public',
    },
  }),
  row({
    name: 'linkProject',
    path: 'projects/{id}/plan-items',
    summary: 'Link a project to an item of the plan 挂接规划任务',
    permission: 'project.link',
    body: bodies.LinkBody,
    makes: 'projectLinkedToPlanItem',
    event: ({ item }, { state }) =>
      state.project?.items.has(item) ? undefined : { case: 'projectLinkedToPlanItem', value: { item } },
    example: { occurredOn: '2024-03-02', item: 'B2-1' },
  }),
  row({
    name: 'setMilestonePlan',
    path: 'projects/{id}/milestone-plan',
    summary: 'Set the first complete milestone plan and designed outputs (B0) 编制里程碑计划',
    permission: 'project.plan',
    body: bodies.MilestonePlanBody,
    makes: 'baselineSet',
    event: ({ milestones, outputs }) => ({
      case: 'baselineSet',
      value: {
        milestones: milestones.map(({ milestone, due, designed = 0 }) => ({ milestone, due, designed })),
        outputs: outputs.map(({ measure, quantity, due }) => ({ measure, quantity, due })),
      },
    }),
    example: {
      occurredOn: '2024-03-05',
      milestones: [
        { milestone: 'siting', due: '2024-03-20' },
        { milestone: 'feasibility', due: '2024-04-20' },
        { milestone: 'land', due: '2024-05-10' },
        { milestone: 'design', due: '2024-05-30' },
        { milestone: 'permit', due: '2024-06-15' },
        { milestone: 'start', due: '2024-07-01' },
        { milestone: 'foundation', due: '2024-09-30', designed: 4000 },
        { milestone: 'topping-out', due: '2025-01-31', designed: 12000 },
        { milestone: 'fitting-out', due: '2025-05-31' },
        { milestone: 'acceptance', due: '2025-07-15' },
        { milestone: 'licence', due: '2025-08-01' },
        { milestone: 'staffing', due: '2025-08-20' },
        { milestone: 'opening', due: '2025-09-01' },
      ],
      outputs: [{ measure: 'B2-1.schools', quantity: 1, due: '2025-09-01' }],
    },
  }),
  row({
    name: 'claimMilestone',
    path: 'projects/{id}/milestones/{code}/claim',
    summary: 'Claim a milestone 里程碑填报',
    permission: 'milestone.claim',
    body: bodies.MilestoneBody,
    makes: 'milestoneClaimed',
    event: ({ unit = '', occurredOn }, { params, state }) =>
      milestoneOf(state, params, unit)?.on === occurredOn
        ? undefined
        : { case: 'milestoneClaimed', value: { milestone: params['code'] ?? '', unit } },
    example: { occurredOn: '2024-07-01' },
  }),
  row({
    name: 'verifyMilestone',
    path: 'projects/{id}/milestones/{code}/verify',
    summary: 'Verify a claimed milestone 里程碑核验',
    permission: 'milestone.verify',
    body: bodies.MilestoneBody,
    makes: 'milestoneVerified',
    answers: (state, { unit }, params) => claimants(milestoneOf(state, params, unit)),
    event: ({ unit = '' }, { params, state }) => {
      const milestone = params['code'] ?? '';
      if (state.project?.milestones.get(milestoneKey(milestone, unit))?.verified) return undefined;
      const claim = milestoneOf(state, params, unit)?.positions[0];
      return claim === undefined
        ? reject('NOTHING_CLAIMED', { milestone })
        : { case: 'milestoneVerified', value: { milestone, unit, claim } };
    },
    example: { occurredOn: '2024-07-10' },
  }),
  row({
    name: 'rejectMilestone',
    path: 'projects/{id}/milestones/{code}/reject',
    summary: 'Refuse a claimed milestone, with the reason 里程碑核验不通过',
    permission: 'milestone.verify',
    body: bodies.MilestoneRejectBody,
    makes: 'milestoneRejected',
    answers: (state, { unit }, params) => claimants(milestoneOf(state, params, unit)),
    event: ({ unit = '' }, { params, state }) => {
      const milestone = params['code'] ?? '';
      const claim = milestoneOf(state, params, unit)?.positions[0];
      return claim === undefined
        ? reject('NOTHING_CLAIMED', { milestone })
        : { case: 'milestoneRejected', value: { milestone, unit, claim } };
    },
    example: { occurredOn: '2024-07-10', reason: '现场核查未见打桩施工，仅完成场地平整。' },
  }),
  row({
    name: 'reportProgress',
    path: 'projects/{id}/progress',
    summary: 'Report cumulative quantities and money 进度填报',
    permission: 'progress.report',
    body: bodies.ProgressBody,
    makes: 'progressReported',
    event: ({ quantities, completedYuan }, { state }) => ({
      case: 'progressReported',
      value: {
        quantities: quantities.map(({ milestone, done }) => ({ milestone, done })),
        // Money left out of a report stands where it stood: it is cumulative.
        completedYuan:
          completedYuan === undefined ? (state.project?.progress.claimed?.completedYuan ?? 0n) : BigInt(completedYuan),
      },
    }),
    example: {
      occurredOn: '2024-09-30',
      quantities: [{ milestone: 'foundation', done: 4000 }],
      completedYuan: 9000000,
    },
  }),
  row({
    name: 'verifyProgress',
    path: 'projects/{id}/progress/{position}/verify',
    summary: 'Verify a progress report 进度核验',
    permission: 'progress.verify',
    body: bodies.CommandBody,
    makes: 'progressVerified',
    answers: (state, _body, params) => claimants(reportOf(state, params)),
    event: (_body, { params }) => ({ case: 'progressVerified', value: { report: Number(params['position']) } }),
    example: { occurredOn: '2024-10-08' },
  }),
  row({
    name: 'rejectProgress',
    path: 'projects/{id}/progress/{position}/reject',
    summary: 'Refuse a progress report, with the reason 进度核验不通过',
    permission: 'progress.verify',
    body: bodies.ReasonedBody,
    makes: 'progressRejected',
    answers: (state, _body, params) => claimants(reportOf(state, params)),
    event: (_body, { params }) => ({ case: 'progressRejected', value: { report: Number(params['position']) } }),
    example: { occurredOn: '2024-10-08', reason: '监理签证工程量与填报数不符。' },
  }),
  row({
    name: 'deliverOutput',
    path: 'projects/{id}/outputs',
    summary: 'Deliver a unit of output with its facts 产出交付',
    permission: 'output.deliver',
    body: bodies.DeliverOutputBody,
    makes: 'outputDelivered',
    event: (body, { state }) => {
      const { unit, unitName, measure, kind, quantity, member = '' } = body;
      const standing = state.project?.units.get(unitKey(measure, unit));
      const same =
        standing && !standing.lost && standing.quantity === quantity && standing.delivered.on === body.occurredOn;
      if (same && JSON.stringify(standing.facts) === JSON.stringify(body.facts)) return undefined;
      const facts = wireFacts(body.facts);
      return { case: 'outputDelivered', value: { unit, unitName, measure, kind, quantity, member, facts } };
    },
    example: {
      occurredOn: '2025-08-25',
      unit: 'school-9',
      unitName: '祥符区第九小学',
      measure: 'B2-1.schools',
      kind: 'school',
      quantity: 1,
      facts: { stage: 'primary', works: 'new', classes: 36, places: 1620, netNewPlaces: 1620 },
    },
  }),
  row({
    name: 'stateOutputFacts',
    path: 'projects/{id}/outputs/{unit}/facts',
    summary: 'State later facts of a delivered unit (certified, handed over) 补报单元信息',
    permission: 'output.state-facts',
    body: bodies.StateFactsBody,
    makes: 'outputFactsStated',
    event: ({ measure, facts, since }, { params }) => ({
      case: 'outputFactsStated',
      value: { unit: params['unit'] ?? '', measure, facts: wireFacts(facts), since },
    }),
    example: { occurredOn: '2025-08-28', measure: 'B2-1.schools', facts: { certified: true }, since: '2025-08-27' },
  }),
  row({
    name: 'verifyOutput',
    path: 'projects/{id}/outputs/{unit}/verify',
    summary: 'Verify a delivered unit 产出核验',
    permission: 'output.verify',
    body: bodies.OutputAnswerBody,
    makes: 'outputVerified',
    answers: (state, { measure }, params) => claimants(deliveryOf(state, measure, params)?.delivered),
    event: ({ measure }, { params, state }) => {
      const unit = params['unit'] ?? '';
      const delivery = deliveryOf(state, measure, params);
      if (delivery?.verified && !delivery.lost) return undefined;
      const position = delivery?.delivered.positions[0];
      return position === undefined
        ? reject('UNIT_UNKNOWN', { unit, measure })
        : { case: 'outputVerified', value: { unit, measure, delivery: position } };
    },
    example: { occurredOn: '2025-09-10', measure: 'B2-1.schools' },
  }),
  row({
    name: 'rejectOutput',
    path: 'projects/{id}/outputs/{unit}/reject',
    summary: 'Refuse a delivered unit, with the reason 产出核验不通过',
    permission: 'output.verify',
    body: bodies.OutputRejectBody,
    makes: 'outputRejected',
    answers: (state, { measure }, params) => claimants(deliveryOf(state, measure, params)?.delivered),
    event: ({ measure }, { params, state }) => {
      const unit = params['unit'] ?? '';
      const delivery = deliveryOf(state, measure, params)?.delivered.positions[0];
      return delivery === undefined
        ? reject('UNIT_UNKNOWN', { unit, measure })
        : { case: 'outputRejected', value: { unit, measure, delivery } };
    },
    example: { occurredOn: '2025-09-10', measure: 'B2-1.schools', reason: '学位数与办学许可不一致，请核实后重报。' },
  }),
  row({
    name: 'revokeOutput',
    path: 'projects/{id}/outputs/{unit}/revoke',
    summary: 'Revoke a unit that was lost 产出核减',
    permission: 'output.revoke',
    body: bodies.RevokeOutputBody,
    makes: 'outputRevoked',
    event: ({ measure, lostOn }, { params }) => ({
      case: 'outputRevoked',
      value: { unit: params['unit'] ?? '', measure, lostOn },
    }),
    example: {
      occurredOn: '2025-12-20',
      measure: 'B2-1.schools',
      lostOn: '2025-12-15',
      reason: '办学许可被注销，自注销之日起不再计入。',
    },
  }),
  row({
    name: 'suspendProject',
    path: 'projects/{id}/suspend',
    summary: 'Suspend a project, with the reason 项目暂停',
    permission: 'project.suspend',
    body: bodies.SuspendBody,
    makes: 'projectSuspended',
    event: () => ({ case: 'projectSuspended', value: {} }),
    example: { occurredOn: '2025-02-10', reason: '资金未到位，施工单位停工。' },
  }),
  row({
    name: 'resumeProject',
    path: 'projects/{id}/resume',
    summary: 'Resume a suspended project 项目恢复',
    permission: 'project.suspend',
    body: bodies.ResumeBody,
    makes: 'projectResumed',
    event: () => ({ case: 'projectResumed', value: {} }),
    example: { occurredOn: '2025-03-10' },
  }),
  row({
    name: 'cancelProject',
    path: 'projects/{id}/cancel',
    summary: 'Cancel a project, by document 项目取消',
    permission: 'project.cancel',
    body: bodies.DocumentedBody,
    makes: 'projectCancelled',
    event: ({ document }) => ({ case: 'projectCancelled', value: { document } }),
    example: { occurredOn: '2025-04-01', document: '汴发改〔2025〕18号', reason: '选址调整，项目不再实施。' },
  }),
  row({
    name: 'moveProjectOut',
    path: 'projects/{id}/move-out',
    summary: 'Move a project out of the plan, by document 项目调出',
    permission: 'project.move-out',
    body: bodies.DocumentedBody,
    makes: 'projectMovedOut',
    event: ({ document }) => ({ case: 'projectMovedOut', value: { document } }),
    example: { occurredOn: '2025-04-01', document: '汴发改〔2025〕19号', reason: '改由省级专项规划安排。' },
  }),
  row({
    name: 'observeIndicator',
    path: 'indicators/{code}/observations',
    summary: 'Observe an indicator, or a measure that is a share; again: revise it 指标报送',
    permission: 'indicator.observe',
    body: bodies.ObservationBody,
    makes: 'indicatorObserved',
    event: (body, { state }) => observation(body, state),
    example: { period: '2023', value: '96.8', maturity: 'final', source: '市统计局' },
  }),
];

/** The first value of a period and county is observed, a later one revises it. */
function observation(body: bodies.ObservationBody, state: StreamState): EventInit | Rejection | undefined {
  const { period, county = '', numerator = '', denominator = '', value = '', source } = body;
  const maturity = MATURITY[body.maturity];
  const before = state.indicator?.observations.get(observationKey(period, county));
  const fields = { numerator, denominator, value, maturity, source };
  if (!before) return { case: 'indicatorObserved', value: { period, county, ...fields } };
  const same = (Object.keys(fields) as (keyof typeof fields)[]).every((field) => before[field] === fields[field]);
  if (same) return undefined;
  if (maturity < before.maturity) {
    const [was, is] = [bodies.MATURITIES[before.maturity - 1] ?? '', body.maturity];
    return reject('MATURITY_WENT_BACK', { period, before: was, after: is });
  }
  return { case: 'indicatorRevised', value: { observation: before.positions[0] ?? 0, ...fields } };
}

/** Business date of an observation: the last day of its period. */
export const observedOn = (period: string): string => lastDayOf(period) ?? '';

export const commandNamed = (name: string): CommandRow | undefined => COMMANDS.find((row) => row.name === name);
export const commandMaking = (type: EventType): CommandRow | undefined => COMMANDS.find((row) => row.makes === type);
