import {
  type Decision,
  type DecisionContext,
  type Entry,
  type EnvelopeInit,
  type Event,
  makeEvent,
  rewritesOf,
} from '@planledger/contracts';
import { isDate, isRejection, type Rejection, shanghaiDate } from '@planledger/kernel';
import { isPlanSide, postingMonth } from '@planledger/plan';
import { emptyProject, type Sector } from '@planledger/sectors/kit';
import { admit } from './admit.js';
import { across, codeTaken, observable, registrable, registrationIn } from './admit-wide.js';
import { reject, streamOfRow } from './command.js';
import type { Asker, RowCommand, StreamState, Wide } from './model.js';
import { stillStands } from './still-stands.js';
import { permitted, type Subject, subjectOf } from './subject.js';
import { observedOn } from './table.js';
import { unitTaken } from './wide-units.js';

export type Context = DecisionContext<Wide, StreamState>;
export type Sectors = ReadonlyMap<string, Sector>;

export const refused = (rejection: Rejection): Decision => ({ rejection, entries: [] });

interface DatedBody {
  readonly occurredOn?: string;
  readonly period?: string;
  readonly reason?: string;
  readonly evidence?: readonly { digest: string; name: string; kept: string; dated?: string }[];
}

/** Decides a command of the table: existence, permission, dates, then the rules of stream and plan. */
export function decideRow(command: RowCommand, context: Context, sectors: Sectors): Decision {
  const { row, params, by } = command;
  const { wide, state } = context;
  if (!wide.plan.loaded) return refused(reject('PLAN_NOT_LOADED'));
  const subject = subjectOf(command, context);
  if (isRejection(subject)) return refused(subject);
  const claimedBy = row.answers?.(state, command.body, params) ?? [];
  const permission = row.permissionFor?.(state, params) ?? row.permission;
  const denied = permitted(by, permission, wide, subject, claimedBy);
  if (denied) return refused(denied);
  const { closed } = wide.plan;
  if (closed && row.afterClosing !== 'allowed') return refused(reject('PLAN_CLOSED', { document: closed.document }));
  const body = command.body as DatedBody;
  const occurredOn = row.makes === 'indicatorObserved' ? observedOn(body.period ?? '') : (body.occurredOn ?? '');
  const early = row.makes === 'indicatorObserved' ? notOver(body.period ?? '', context.nowMs) : undefined;
  if (early) return refused(early);
  const envelope = envelopeOf(context, by, subject, occurredOn, body);
  if (isRejection(envelope)) return refused(envelope);
  const [stream, today] = [streamOfRow(command), shanghaiDate(context.nowMs)];
  const { unit: actorUnit } = by.principal;
  const head = context.nextPosition - 1;
  const actor = by.principal;
  const event = row.event(command.body, { params, state, actorUnit, actor, wide, stream, on: occurredOn, today, head });
  if (event === undefined) return { entries: [] };
  if (isRejection(event)) return refused(event);
  const full = makeEvent(event);
  const rejection = judge(context, full, occurredOn, sectors, subject, stream);
  return rejection ? refused(rejection) : { entries: [{ event: full, envelope }] };
}

/** The rules of the stream. Those of plan, periods and cases stand in their rows: their entries are not corrected. */
function judge(
  { wide, state, history, nextPosition }: Context,
  event: Event,
  on: string,
  sectors: Sectors,
  subject: Subject,
  stream: string,
): Rejection | undefined {
  if (isPlanSide(stream)) return undefined;
  const sector = sectors.get(subject.sector);
  if (!sector) return reject('SECTOR_NOT_SERVED', { sector: subject.sector });
  if (event.case === 'indicatorObserved' || event.case === 'indicatorRevised') {
    return observable(wide.plan, stream.slice('indicator/'.length), event.value);
  }
  if (event.case === 'correctionApproved') {
    const last = history.at(-1);
    if (!last) throw new Error('a request is decided on the history of its stream');
    const approval: Entry = { ...last, position: nextPosition, version: last.version + 1, event };
    const entries = [...history, approval];
    return (
      codeStillFree(wide, state, entries) ??
      stillStands(entries, wide.plan, sector) ??
      unitTaken(wide, approval, rewritesOf(entries).at(-1))
    );
  }
  const project = state.project ?? emptyProject(stream);
  const refused = admit(project, { event, on }, sector, wide.plan);
  const registration = registrationIn(event);
  if (refused) return refused;
  if (!registration) return unitTaken(wide, { stream, position: nextPosition, event });
  return registrable(registration, sector, wide.plan) ?? across(wide, stream, registration);
}

/** A corrected code may have gone to another project while its correction waited. `entries` end with the approval. */
function codeStillFree(wide: Wide, { project }: StreamState, entries: readonly Entry[]): Rejection | undefined {
  const replacement = rewritesOf(entries).at(-1)?.correction?.replacement?.event;
  if (!project || replacement?.case !== 'projectCodeBound' || !replacement.value.code) return undefined;
  return codeTaken(wide, project.stream, project.registration?.site ?? '', replacement.value.code);
}

/** The business date of an observation is the last day of its period: the clerk chose the period, not the day. */
export const notOver = (period: string, nowMs: number): Rejection | undefined =>
  observedOn(period) > shanghaiDate(nowMs) ? reject('PERIOD_NOT_OVER', { period }) : undefined;

/**
 * Dates, backfill and everything else that stands around an event; see Entry. It is posted in the open month of its unit
 * and sector (postingMonth): a project's responsible unit, and of an observation the unit that makes it.
 */
export function envelopeOf(
  { wide, nowMs }: Context,
  { principal, channel, reportedAt }: Asker,
  subject: Subject,
  occurredOn: string,
  { reason = '', evidence = [] }: DatedBody,
): EnvelopeInit | Rejection {
  const today = shanghaiDate(nowMs);
  if (!isDate(occurredOn)) return reject('NO_SUCH_DAY', { date: occurredOn });
  if (occurredOn > today) return reject('FUTURE_DATE', { date: occurredOn, today });
  const { goLive = '', demo = false } = wide.plan.plan ?? {};
  const backfilled = occurredOn < goLive;
  const documented = evidence.some(({ dated }) => dated !== undefined && isDate(dated));
  if (backfilled && !documented) return reject('BACKFILL_NEEDS_EVIDENCE', { date: occurredOn, goLive });
  const { subject: person, unit, role } = principal;
  const period =
    subject.month ?? postingMonth(wide.plan.periods, today.slice(0, 7), subject.unit || unit, subject.sector);
  return {
    occurredOn,
    reportedAt,
    backfilled,
    simulated: demo,
    actor: { subject: person, unit, role },
    sector: subject.sector,
    county: subject.county,
    period,
    channel,
    reason,
    evidence: evidence.map(({ digest, name, kept, dated = '' }) => ({ digest, name, kept, dated })),
  };
}
