import type { Permission } from '@planledger/auth';
import type { EventInit, EventType } from '@planledger/contracts';
import { compare, fraction, type Rejection, toText } from '@planledger/kernel';
import { thresholdOn } from '@planledger/plan';
import { approvedRebaselines, currentBaseline, type PendingRequest, REBASELINE_REASONS } from '@planledger/sectors/kit';
import { ReasonedBody } from './bodies.js';
import * as bodies from './bodies-element.js';
import { claimants, type CommandRow, type Params, reject, row, type RowContext } from './command.js';
import type { StreamState } from './model.js';
import { baselineOf } from './project-commands.js';

/** How a request of each kind is answered: who may, and by which event. */
interface RequestKind {
  readonly permission: Permission;
  readonly approved: EventType;
  readonly refused: EventType;
  approve(request: number, document: string | undefined): EventInit | Rejection;
  refuse(request: number): EventInit;
}

/**
 * Every kind of request that is answered at requests/{position}. A new kind is one in PendingRequest, folded into
 * `requests` of the state of its stream, and a line here.
 */
const REQUEST_KINDS: Readonly<Record<PendingRequest['kind'], RequestKind>> = {
  rebaseline: {
    permission: 'rebaseline.decide',
    approved: 'rebaselineApproved',
    refused: 'rebaselineRefused',
    approve: (request, document) =>
      document === undefined
        ? reject('REBASELINE_NEEDS_DOCUMENT')
        : { case: 'rebaselineApproved', value: { request, document } },
    refuse: (request) => ({ case: 'rebaselineRefused', value: { request } }),
  },
  exemption: {
    permission: 'exemption.decide',
    approved: 'exemptionApproved',
    refused: 'exemptionRefused',
    approve: (request, document) =>
      document === undefined
        ? { case: 'exemptionApproved', value: { request } }
        : reject('DOCUMENT_NOT_ASKED', { request }),
    refuse: (request) => ({ case: 'exemptionRefused', value: { request } }),
  },
};

const kinds = Object.values(REQUEST_KINDS);
/** Held by whoever may answer a request of any kind: all that the guard of the routes can ask before it knows which. */
const WEAKEST: Permission = 'exemption.decide';

/** The request that waits at the route's position, in whatever stream holds it. */
const pendingAt = ({ project }: StreamState, { position }: Params): PendingRequest | undefined =>
  project?.requests.get(Number(position));

const kindAt = (state: StreamState, params: Params): RequestKind | undefined => {
  const pending = pendingAt(state, params);
  return pending && REQUEST_KINDS[pending.kind];
};

/** What a row does that answers whatever stands at {position}. */
const answering = {
  on: 'request',
  permission: WEAKEST,
  permissionFor: (state: StreamState, params: Params) => kindAt(state, params)?.permission,
  answers: (state: StreamState, _body: object, params: Params) => claimants(pendingAt(state, params)),
} as const;

const notPending = ({ position }: Params): Rejection => reject('REQUEST_NOT_PENDING', { request: Number(position) });

/** Re-baselinings and exemptions asked for, and every request answered by a second person. */
export const BASELINE_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'requestRebaseline',
    path: 'projects/{id}/rebaseline',
    summary: 'Ask for a whole new milestone plan; B0 stays, the current baseline changes once approved 申请基线调整',
    permission: 'rebaseline.request',
    body: bodies.RebaselineBody,
    makes: 'rebaselineRequested',
    event: (body, context) => {
      const tooOften = approvedThisYear(context);
      if (tooOften) return tooOften;
      const baseline = baselineOf(body);
      return {
        case: 'rebaselineRequested',
        value: {
          baseline,
          why: REBASELINE_REASONS.indexOf(body.why) + 1,
          estimateYuan: BigInt(body.estimateYuan ?? 0),
          late: isLate(baseline, context),
        },
      };
    },
    example: {
      occurredOn: '2024-08-20',
      why: 'land',
      reason: '用地手续较计划延后两个月办结，后续工期顺延。',
      milestones: [
        { milestone: 'siting', due: '2024-03-20' },
        { milestone: 'feasibility', due: '2024-04-20' },
        { milestone: 'land', due: '2024-05-10' },
        { milestone: 'design', due: '2024-05-30' },
        { milestone: 'permit', due: '2024-06-15' },
        { milestone: 'start', due: '2024-07-01' },
        { milestone: 'foundation', due: '2024-11-30', designed: 4000 },
        { milestone: 'topping-out', due: '2025-03-31', designed: 12000 },
        { milestone: 'fitting-out', due: '2025-07-31' },
        { milestone: 'acceptance', due: '2025-08-10' },
        { milestone: 'licence', due: '2025-08-20' },
        { milestone: 'staffing', due: '2025-08-25' },
        { milestone: 'opening', due: '2025-09-01' },
      ],
      outputs: [{ measure: 'B2-1.schools', quantity: 1, due: '2025-09-01', unit: 'school-9' }],
      years: [
        { year: 2024, yuan: 18000000 },
        { year: 2025, yuan: 43000000 },
      ],
      estimateYuan: 61000000,
    },
  }),
  row({
    name: 'exemptMilestone',
    path: 'projects/{id}/milestones/{code}/exempt',
    summary: 'Ask that a milestone be taken as not applying, with the reason 申请里程碑豁免',
    permission: 'milestone.exempt',
    body: ReasonedBody,
    makes: 'milestoneExempted',
    event: (_body, { params }) => ({ case: 'milestoneExempted', value: { milestone: params['code'] ?? '' } }),
    example: { occurredOn: '2024-03-10', reason: '建设用地为原校区划拨用地，无需另行办理用地手续。' },
  }),
  row<bodies.ApproveRequestBody>({
    ...answering,
    name: 'approveRequest',
    path: 'requests/{position}/approve',
    summary: 'Approve the re-baselining or exemption asked for at that position 批准申请',
    body: bodies.ApproveRequestBody,
    makes: 'rebaselineApproved',
    makesOneOf: Object.fromEntries(kinds.map(({ approved, permission }) => [approved, permission])),
    event: ({ document }, { state, params }) =>
      kindAt(state, params)?.approve(Number(params['position']), document) ?? notPending(params),
    example: { occurredOn: '2024-09-02', document: '汴发改〔2024〕96号' },
  }),
  row<ReasonedBody>({
    ...answering,
    name: 'rejectRequest',
    path: 'requests/{position}/reject',
    summary: 'Refuse the re-baselining or exemption asked for at that position, with the reason 不予批准',
    body: ReasonedBody,
    makes: 'rebaselineRefused',
    makesOneOf: Object.fromEntries(kinds.map(({ refused, permission }) => [refused, permission])),
    event: (_body, { state, params }) =>
      kindAt(state, params)?.refuse(Number(params['position'])) ?? notPending(params),
    example: { occurredOn: '2024-03-20', reason: '申请理由与附件不符，请按原计划实施。' },
  }),
];

/** By today's calendar year, whatever the business date says: a year is not to be had twice by dating back. */
function approvedThisYear({ state, wide, today }: RowContext): Rejection | undefined {
  const year = today.slice(0, 4);
  const approved = state.project
    ? approvedRebaselines(state.project).filter(({ answer }) => answer.on.startsWith(year))
    : [];
  const max = thresholdOn(wide.plan, 'rebaseline/per-year', today);
  return compare(fraction(approved.length), max) < 0
    ? undefined
    : reject('REBASELINE_TOO_OFTEN', { year, approved: approved.length, max: toText(max) });
}

type Asked = ReturnType<typeof baselineOf>;

/**
 * 逾期申请: a date of the baseline in force that it moves, or leaves out, was over when it was asked. It is asked on the
 * day on which it is recorded, or nobody would ever be late; 补录 is never late (DOMAIN §2).
 */
function isLate({ milestones, outputs }: Asked, { state, wide, on, today }: RowContext): boolean {
  const current = state.project && currentBaseline(state.project);
  if (!current || on < (wide.plan.plan?.goLive ?? '')) return false;
  const kept = new Set([...milestones, ...outputs].map(dated));
  return [...current.milestones, ...current.outputs].some((each) => each.due < today && !kept.has(dated(each)));
}

type Due = { readonly due: string } & (
  { readonly milestone: string } | { readonly measure: string; readonly unit?: string }
);

const dated = (each: Due): string =>
  `${'milestone' in each ? each.milestone : `${each.measure}/${each.unit ?? ''}`} ${each.due}`;
