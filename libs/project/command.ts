import type { Permission } from '@planledger/auth';
import type { EventInit, EventType } from '@planledger/contracts';
import { type Rejection, reject as refuse } from '@planledger/kernel';
import type { StreamState } from './model.js';
import type { ProjectRefusal } from './refusals.js';

/**
 * A row of the table of commands (table.ts): a write route, its body, who may use it, and the event it asks for.
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

/** A refusal of the catalogue: an unknown code does not compile. */
export const reject = (code: ProjectRefusal, details?: Rejection['details']): Rejection => refuse(code, details);

/** Checks a row's body against its event function, and forgets the body's type. */
export const row = <Body extends object>(given: CommandRow<Body>): CommandRow => given;

/** Who made a claim that is answered. */
export const claimants = (happening: { by: { subject: string; unit: string } } | undefined) =>
  happening ? [happening.by] : [];
