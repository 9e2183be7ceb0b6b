import type { Permission } from '@planledger/auth';
import type { EventInit, EventType } from '@planledger/contracts';
import type { Rejection } from '@planledger/kernel';
import type { PendingRequest } from '@planledger/sectors/kit';
import { ReasonedBody } from './bodies.js';
import { ApproveRequestBody } from './bodies-element.js';
import { type CommandRow, type Params, reject, row, type RowContext } from './command.js';
import type { StreamState } from './model.js';

/** How a request of each kind is answered: who may, and by which event. */
interface RequestKind {
  readonly permission: Permission;
  readonly approved: EventType;
  readonly refused: EventType;
  /** Who of those that hold the permission may still not answer this one. */
  barred?(request: PendingRequest, role: string): Rejection | undefined;
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
  correction: {
    permission: 'correction.decide',
    approved: 'correctionApproved',
    refused: 'correctionRefused',
    barred: notOneLevelUp,
    approve: (request, document) =>
      document === undefined
        ? { case: 'correctionApproved', value: { request } }
        : reject('DOCUMENT_NOT_ASKED', { request }),
    refuse: (request) => ({ case: 'correctionRefused', value: { request } }),
  },
};

/** Clerk, bureau, commission: whoever decides a late correction stands above who asked for it (DOMAIN §3). */
const RANKS: readonly string[] = ['clerk', 'verifier', 'commission'];

function notOneLevelUp(request: PendingRequest, role: string): Rejection | undefined {
  if (request.kind !== 'correction') return undefined;
  const [by, of] = [RANKS.indexOf(role), RANKS.indexOf(request.role)];
  return by < of || (by === of && role !== 'commission')
    ? reject('NOT_ONE_LEVEL_UP', { asked: request.role })
    : undefined;
}

const kinds = Object.values(REQUEST_KINDS);
/** Held by whoever may answer a request of any kind: all that the guard of the routes can ask before it knows which. */
const WEAKEST: Permission = 'exemption.decide';

/** The request that waits at the route's position, in whatever stream holds it. */
const pendingAt = ({ project, indicator }: StreamState, { position }: Params): PendingRequest | undefined =>
  (project ?? indicator)?.requests.get(Number(position));

/**
 * Who asked, so that nobody decides for himself or his own unit. There is no unit above the commission: a late correction
 * that it asked for itself another person of the commission decides.
 */
function askers(state: StreamState, params: Params): readonly { subject: string; unit: string }[] {
  const request = pendingAt(state, params);
  if (!request) return [];
  return [request.kind === 'correction' && request.role === 'commission' ? { ...request.by, unit: '' } : request.by];
}

/** What a row does that answers whatever stands at {position}. */
const answering = {
  on: 'request',
  permission: WEAKEST,
  afterClosing: 'allowed',
  permissionFor: (state: StreamState, params: Params) => {
    const pending = pendingAt(state, params);
    return pending && REQUEST_KINDS[pending.kind].permission;
  },
  answers: (state: StreamState, _body: object, params: Params) => askers(state, params),
} as const;

/** The answer to the request at {position}, as its kind gives it. */
function answered(
  { params, state, actor }: RowContext,
  answer: (kind: RequestKind, request: number) => EventInit | Rejection,
): EventInit | Rejection {
  const [pending, request] = [pendingAt(state, params), Number(params['position'])];
  if (!pending) return reject('REQUEST_NOT_PENDING', { request });
  const kind = REQUEST_KINDS[pending.kind];
  return kind.barred?.(pending, actor.role) ?? answer(kind, request);
}

/** Whatever waits for a second, entitled person, answered: approved or rejected by the position of the request. */
export const REQUEST_COMMANDS: readonly CommandRow[] = [
  row<ApproveRequestBody>({
    ...answering,
    name: 'approveRequest',
    path: 'requests/{position}/approve',
    summary: 'Approve the re-baselining, exemption or correction after closing asked for at that position 批准申请',
    body: ApproveRequestBody,
    makes: 'rebaselineApproved',
    makesOneOf: Object.fromEntries(kinds.map(({ approved, permission }) => [approved, permission])),
    event: ({ document }, context) => answered(context, (kind, request) => kind.approve(request, document)),
    example: { occurredOn: '2024-09-02', document: '汴发改〔2024〕96号' },
  }),
  row<ReasonedBody>({
    ...answering,
    name: 'rejectRequest',
    path: 'requests/{position}/reject',
    summary: 'Refuse the re-baselining, exemption or correction asked for at that position, with the reason 不予批准',
    body: ReasonedBody,
    makes: 'rebaselineRefused',
    makesOneOf: Object.fromEntries(kinds.map(({ refused, permission }) => [refused, permission])),
    event: (_body, context) => answered(context, (kind, request) => kind.refuse(request)),
    example: { occurredOn: '2024-03-20', reason: '申请理由与附件不符，请按原计划实施。' },
  }),
];
