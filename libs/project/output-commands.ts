import { isRejection } from '@planledger/kernel';
import { unitKey, type UnitState } from '@planledger/sectors/kit';
import * as bodies from './bodies.js';
import { claimants, type CommandRow, type Params, reject, row } from './command.js';
import type { StreamState } from './model.js';

const deliveryOf = (state: StreamState, measure: string, { unit = '' }: Params) =>
  state.project?.units.get(unitKey(measure, unit));

const statementOf = (unit: UnitState | undefined, position: number) =>
  unit?.statements.find(({ positions }) => positions[0] === position);

/** Who delivered the unit, or stated the later facts, that are answered. */
function answered(state: StreamState, { measure, statement }: bodies.OutputAnswerBody, params: Params) {
  const unit = deliveryOf(state, measure, params);
  return claimants(statement === undefined ? unit?.delivered : statementOf(unit, statement));
}

/** What an answer says of which delivery and, where they are answered, which later facts of it. */
function answer({ measure, statement = 0 }: bodies.OutputAnswerBody, params: Params, state: StreamState) {
  const unit = params['unit'] ?? '';
  const delivery = deliveryOf(state, measure, params)?.delivered.positions[0];
  return delivery === undefined ? reject('UNIT_UNKNOWN', { unit, measure }) : { unit, measure, delivery, statement };
}

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

/** Units delivered, their later facts, answered and revoked. */
export const OUTPUT_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'deliverOutput',
    path: 'projects/{id}/outputs',
    summary: 'Deliver a unit of output with its facts 产出交付',
    permission: 'output.deliver',
    body: bodies.DeliverOutputBody,
    makes: 'outputDelivered',
    afterClosing: 'allowed',
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
    afterClosing: 'allowed',
    event: ({ measure, facts, since }, { params }) => ({
      case: 'outputFactsStated',
      value: { unit: params['unit'] ?? '', measure, facts: wireFacts(facts), since },
    }),
    example: { occurredOn: '2025-08-28', measure: 'B2-1.schools', facts: { certified: true }, since: '2025-08-27' },
  }),
  row({
    name: 'verifyOutput',
    path: 'projects/{id}/outputs/{unit}/verify',
    summary: 'Verify a delivered unit, or later facts of it 产出核验',
    permission: 'output.verify',
    body: bodies.OutputAnswerBody,
    makes: 'outputVerified',
    afterClosing: 'allowed',
    answers: answered,
    event: (body, { params, state }) => {
      const delivery = deliveryOf(state, body.measure, params);
      const standing = body.statement === undefined ? delivery : statementOf(delivery, body.statement);
      if (standing?.verified && !delivery?.lost) return undefined;
      const value = answer(body, params, state);
      return isRejection(value) ? value : { case: 'outputVerified', value };
    },
    example: { occurredOn: '2025-09-10', measure: 'B2-1.schools' },
  }),
  row({
    name: 'rejectOutput',
    path: 'projects/{id}/outputs/{unit}/reject',
    summary: 'Refuse a delivered unit, or later facts of it, with the reason 产出核验不通过',
    permission: 'output.verify',
    body: bodies.OutputRejectBody,
    makes: 'outputRejected',
    afterClosing: 'allowed',
    answers: answered,
    event: (body, { params, state }) => {
      const value = answer(body, params, state);
      return isRejection(value) ? value : { case: 'outputRejected', value };
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
    afterClosing: 'allowed',
    event: ({ measure, lostOn }, { params }) => ({
      case: 'outputRevoked',
      value: { unit: params['unit'] ?? '', measure, lostOn },
    }),
    example: {
      occurredOn: '2025-10-20',
      measure: 'B2-1.schools',
      lostOn: '2025-10-15',
      reason: '办学许可被注销，自注销之日起不再计入。',
    },
  }),
];
