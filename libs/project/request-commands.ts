import type { EventInit } from '@planledger/contracts';
import type { Rejection } from '@planledger/kernel';
import type { PendingRequest } from '@planledger/sectors/kit';
import { CommandBody, ReasonedBody } from './bodies.js';
import { type CommandRow, type Params, reject, row, type RowContext } from './command.js';
import type { StreamState } from './model.js';

const pending = ({ project, indicator }: StreamState, { position }: Params): PendingRequest | undefined =>
  (project ?? indicator)?.requests.get(Number(position));

/**
 * Who asked, so that nobody decides for himself or his own unit. There is no unit above the commission: what it asked
 * itself another person of the commission decides.
 */
function askers(state: StreamState, params: Params): readonly { subject: string; unit: string }[] {
  const request = pending(state, params);
  if (!request) return [];
  const { by, role } = request;
  return [role === 'commission' ? { ...by, unit: '' } : by];
}

/** The decision on the request {position}: what it says depends on what was asked. */
function decision(approves: boolean, { params, state, actor }: RowContext): EventInit | Rejection {
  const request = pending(state, params);
  if (!request) return reject('REQUEST_UNKNOWN', { request: Number(params['position']) || 0 });
  switch (request.kind) {
    case 'correction':
      return decideLateCorrection(approves, request, actor.role);
  }
}

/** Clerk, bureau, commission: whoever decides a late correction stands above who asked for it (DOMAIN §3). */
const RANKS: readonly string[] = ['clerk', 'verifier', 'commission'];

function decideLateCorrection(approves: boolean, asked: PendingRequest, role: string): EventInit | Rejection {
  const [by, of] = [RANKS.indexOf(role), RANKS.indexOf(asked.role)];
  if (by < of || (by === of && role !== 'commission')) return reject('NOT_ONE_LEVEL_UP', { asked: asked.role });
  const request = asked.positions[0] ?? 0;
  return approves
    ? { case: 'correctionApproved', value: { request } }
    : { case: 'correctionRefused', value: { request } };
}

/** What waits for a second, entitled person: approved or rejected by the position of the request. */
export const REQUEST_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'approveRequest',
    path: 'requests/{position}/approve',
    on: 'request',
    summary: 'Approve what waits for a second person, such as a correction after closing 批准申请',
    permission: 'correction.decide',
    body: CommandBody,
    makes: 'correctionApproved',
    answers: (state, _body, params) => askers(state, params),
    event: (_body, context) => decision(true, context),
    example: { occurredOn: '2025-10-20' },
  }),
  row({
    name: 'rejectRequest',
    path: 'requests/{position}/reject',
    on: 'request',
    summary: 'Refuse what waits for a second person, with the reason 驳回申请',
    permission: 'correction.decide',
    body: ReasonedBody,
    makes: 'correctionRefused',
    answers: (state, _body, params) => askers(state, params),
    event: (_body, context) => decision(false, context),
    example: { occurredOn: '2025-10-20', reason: '更正依据不足，请补充监理签证后再申请。' },
  }),
];
