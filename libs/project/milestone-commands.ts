import { milestoneKey } from '@planledger/sectors/kit';
import * as bodies from './bodies.js';
import { UnitDateBody } from './bodies-renewal.js';
import { claimants, type CommandRow, type Params, reject, row } from './command.js';
import type { StreamState } from './model.js';

const milestoneOf = (state: StreamState, { code = '' }: Params, unit = '') =>
  state.project?.milestones.get(milestoneKey(code, unit))?.claimed;

const reportOf = (state: StreamState, { position }: Params) =>
  state.project?.progress.pending.find(({ positions }) => positions[0] === Number(position));

/** Units' own dates, milestones claimed and answered, progress reported and answered. */
export const MILESTONE_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'planUnitMilestone',
    path: 'projects/{id}/milestones/{code}/plan',
    summary: 'Give a unit of a bundle a date of its own for a milestone 单元里程碑计划',
    permission: 'milestone.plan',
    body: UnitDateBody,
    makes: 'milestonePlanned',
    event: ({ unit, due }, { params: { code: milestone = '' }, state }) =>
      state.project?.unitDates.get(milestoneKey(milestone, unit))?.due === due
        ? undefined
        : { case: 'milestonePlanned', value: { milestone, unit, due } },
    example: { occurredOn: '2024-03-06', unit: 'school-9', due: '2024-06-20' },
  }),
  row({
    name: 'claimMilestone',
    path: 'projects/{id}/milestones/{code}/claim',
    summary: 'Claim a milestone 里程碑填报',
    permission: 'milestone.claim',
    body: bodies.MilestoneBody,
    makes: 'milestoneClaimed',
    // 期后: a school counts by its acceptance and opening, so what is finished late needs its claims as well as its delivery.
    afterClosing: 'allowed',
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
    afterClosing: 'allowed',
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
    afterClosing: 'allowed',
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
    afterClosing: 'allowed',
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
    afterClosing: 'allowed',
    answers: (state, _body, params) => claimants(reportOf(state, params)),
    event: (_body, { params }) => ({ case: 'progressRejected', value: { report: Number(params['position']) } }),
    example: { occurredOn: '2024-10-08', reason: '监理签证工程量与填报数不符。' },
  }),
];
