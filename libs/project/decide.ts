import { may, type Permission } from '@planledger/auth';
import { type Decision, type DecisionContext, type EnvelopeInit, type Event, makeEvent } from '@planledger/contracts';
import { isDate, isRejection, type Rejection, reject as refuse, shanghaiDate } from '@planledger/kernel';
import { isPlanSide, itemEver, measureEver } from '@planledger/plan';
import { emptyProject, type Sector } from '@planledger/sectors/kit';
import { admit } from './admit.js';
import { across, observable, registrable, registrationIn } from './admit-wide.js';
import { type CommandRow, reject, streamOfRow } from './command.js';
import type { Asker, RowCommand, StreamState, Wide } from './model.js';
import { observedOn } from './table.js';

export type Context = DecisionContext<Wide, StreamState>;
export type Sectors = ReadonlyMap<string, Sector>;

export const refused = (rejection: Rejection): Decision => ({ rejection, entries: [] });

/** What a command acts on, for the policy and the envelope. */
interface Subject {
  readonly sector: string;
  readonly county: string;
  readonly unit: string;
  /** Of a correction: the permission under which the entry was written. */
  readonly corrects?: Permission;
}

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
  const event = row.event(command.body, { params, state, actorUnit, wide, head, stream, on: occurredOn, today });
  if (event === undefined) return { entries: [] };
  if (isRejection(event)) return refused(event);
  const full = makeEvent(event);
  const rejection = judge(context, full, occurredOn, sectors, subject, stream);
  return rejection ? refused(rejection) : { entries: [{ event: full, envelope }] };
}

/** The rules of the stream. Those of plan, periods and cases stand in their rows: their entries are not corrected. */
function judge(
  { wide, state }: Context,
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
  const project = state.project ?? emptyProject(stream);
  const refused = admit(project, { event, on }, sector, wide.plan);
  const registration = registrationIn(event);
  if (refused || !registration) return refused;
  return registrable(registration, sector, wide.plan) ?? across(wide, stream, registration);
}

function subjectOf({ row, params, body, by }: RowCommand, { wide, state }: Context): Subject | Rejection {
  if (row.on === 'plan') return { sector: '', county: '', unit: '' };
  // What opens a stream says itself what it is.
  if (row.makes === 'projectRegistered' || row.makes === 'projectCarriedIn') {
    const { sector, county, unit = by.principal.unit } = body as { sector: string; county: string; unit?: string };
    return { sector, county, unit };
  }
  if (row.makes === 'indicatorObserved') {
    const code = params['code'] ?? '';
    const { county = '' } = body as { county?: string };
    const item = measureEver(wide.plan, code)?.item ?? '';
    const sector = wide.plan.indicators.get(code)?.sector ?? itemEver(wide.plan, item)?.sector;
    return sector === undefined ? reject('INDICATOR_UNKNOWN', { indicator: code }) : { sector, county, unit: '' };
  }
  const { registration } = state.project ?? {};
  if (row.on === 'request' && !registration) {
    return reject('REQUEST_NOT_PENDING', { request: Number(params['position']) });
  }
  return registration ?? reject('PROJECT_UNKNOWN', { project: params['id'] ?? '' });
}

export function permitted(
  { principal }: Asker,
  permission: CommandRow['permission'],
  wide: Wide,
  subject: Subject,
  claimedBy: readonly { subject: string; unit: string }[],
): Rejection | undefined {
  const { sector, county, unit, corrects } = subject;
  const target = { plan: wide.planId, sector, county, unit, ...(corrects ? { corrects } : {}) };
  for (const claimant of claimedBy.length > 0 ? claimedBy : [undefined]) {
    const denial = may(principal, permission, claimant ? { ...target, claimedBy: claimant } : target);
    if (denial) return refuse(denial.code, denial.details);
  }
  return undefined;
}

/** The business date of an observation is the last day of its period: the clerk chose the period, not the day. */
export const notOver = (period: string, nowMs: number): Rejection | undefined =>
  observedOn(period) > shanghaiDate(nowMs) ? reject('PERIOD_NOT_OVER', { period }) : undefined;

/** Dates, backfill and everything else that stands around an event; see Entry. */
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
  return {
    occurredOn,
    reportedAt,
    backfilled,
    simulated: demo,
    actor: { subject: person, unit, role },
    sector: subject.sector,
    county: subject.county,
    period: today.slice(0, 7),
    channel,
    reason,
    evidence: evidence.map(({ digest, name, kept, dated = '' }) => ({ digest, name, kept, dated })),
  };
}
