import type { Permission, Reachable } from '@planledger/auth';
import type { EventInit, EventType } from '@planledger/contracts';
import { type Rejection, reject as refuse } from '@planledger/kernel';
import type { RowCommand, StreamState, Wide } from './model.js';
import { periodStream, PLAN_STREAM } from '@planledger/plan';
import type { ProjectRefusal } from './refusals.js';

/**
 * A row of the table of commands (table.ts): a write route, its body, who may use it, and the event it asks for.
 */
export interface CommandRow<Body extends object = object> {
  /** Also the operation id of the route. */
  readonly name: string;
  /** Under /api/plans/{plan}/. */
  readonly path: string;
  /** What kind of stream it writes to; `request` is the stream that holds the entry {position}. */
  readonly on: 'project' | 'indicator' | 'plan' | 'period' | 'case' | 'request';
  readonly summary: string;
  readonly permission: Permission;
  readonly body: new () => Body;
  /** The type of event it makes; a correction of such an event takes this row's body as payload. */
  readonly makes: EventType;
  /** Of a row that makes one of several types, by what it answers: all of them, each with the permission it takes. */
  readonly makesOneOf?: Readonly<Partial<Record<EventType, Permission>>>;
  /**
   * The permission that this command takes, where it depends on the state: then `permission` is the weakest of them, which
   * the guard of the route checks before anything is known. Undefined: `permission` it is.
   */
  permissionFor?(state: StreamState, params: Params): Permission | undefined;
  /**
   * Goes on after PlanClosed: verifying, correcting, 期后 claims and deliveries, what is said of the plan (DOMAIN §7), and
   * months and cases that were opened before, so that they can end.
   */
  readonly afterClosing?: 'allowed';
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
  /** Who asks; of a correction, who wrote the original. */
  readonly actor: { readonly subject: string; readonly unit: string; readonly role: string };
  readonly wide: Wide;
  /** The stream it writes to. */
  readonly stream: string;
  /** Business date of the command, YYYY-MM-DD. */
  readonly on: string;
  /** Today in the plan's clock, YYYY-MM-DD. */
  readonly today: string;
  /** Position of the plan's last entry. */
  readonly head: number;
}

/** A refusal of the catalogue: an unknown code does not compile. */
export const reject = (code: ProjectRefusal, details?: Rejection['details']): Rejection => refuse(code, details);

/** Checks a row's body against its event function, and forgets the body's type. Most rows write to a project. */
export const row = <Body extends object>({
  on = 'project',
  ...given
}: Omit<CommandRow<Body>, 'on'> & Partial<Pick<CommandRow, 'on'>>): CommandRow => ({ ...given, on });

/** Who made a claim that is answered. */
export const claimants = (happening: { by: { subject: string; unit: string } } | undefined) =>
  happening ? [happening.by] : [];

/** The stream a row writes to. A period is named by its month, and by the unit and sector of the body, else of who asks. */
export function streamOfRow({ row, params, body, by, stream }: RowCommand): string {
  switch (row.on) {
    case 'project':
      return `project/${params['id']}`;
    case 'indicator':
      return `indicator/${params['code']}`;
    case 'plan':
      return PLAN_STREAM;
    case 'period': {
      const { unit = by.principal.unit, sector = onlyOne(by.principal.sectors) } = body as PeriodNames;
      return periodStream(params['period'] ?? '', unit, sector);
    }
    case 'case':
      return `case/${params['id']}`;
    case 'request':
      return stream ?? '';
  }
}

interface PeriodNames {
  readonly unit?: string;
  readonly sector?: string;
}

const onlyOne = (sectors: Reachable): string => (sectors !== '*' && sectors.length === 1 ? (sectors[0] ?? '') : '');
