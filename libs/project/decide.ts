import { may, type Permission, type Reachable } from '@planledger/auth';
import {
  type Decision,
  type DecisionContext,
  type Entry,
  type EnvelopeInit,
  type Event,
  makeEvent,
} from '@planledger/contracts';
import { isDate, isRejection, type Rejection, reject as refuse, shanghaiDate } from '@planledger/kernel';
import { isPlanSide, periodAt, postingMonth } from '@planledger/plan';
import { emptyProject, type Sector } from '@planledger/sectors/kit';
import { admit } from './admit.js';
import { across, observable, registrable, sectorOfCode } from './admit-wide.js';
import { type CommandRow, reject, streamOfRow } from './command.js';
import type { Asker, RowCommand, StreamState, Wide } from './model.js';
import { stillStands } from './still-stands.js';
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
  /** Of a finding: the unit named in it, which may act whatever its sector and county. */
  readonly named?: string;
  /** The month of an entry that is no unit's report: that of the period itself, else that of recording. */
  readonly month?: string;
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
  const denied = permitted(by, row.permission, wide, subject, claimedBy);
  if (denied) return refused(denied);
  const body = command.body as DatedBody;
  const occurredOn = row.makes === 'indicatorObserved' ? observedOn(body.period ?? '') : (body.occurredOn ?? '');
  const early = row.makes === 'indicatorObserved' ? notOver(body.period ?? '', context.nowMs) : undefined;
  if (early) return refused(early);
  const envelope = envelopeOf(context, by, subject, occurredOn, body);
  if (isRejection(envelope)) return refused(envelope);
  const [stream, today] = [streamOfRow(command), shanghaiDate(context.nowMs)];
  const { unit: actorUnit } = by.principal;
  const head = context.nextPosition - 1;
  const event = row.event(command.body, {
    ...{ params, state, actorUnit, actor: by.principal, wide, stream, on: occurredOn, today, head },
  });
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
    return stillStands([...history, approval], wide.plan, sector);
  }
  const project = state.project ?? emptyProject(stream);
  return (
    admit(project, { event, on }, sector, wide.plan) ??
    (event.case === 'projectRegistered'
      ? (registrable(event.value, sector, wide.plan) ?? across(wide, stream, event.value))
      : undefined)
  );
}

function subjectOf(command: RowCommand, context: Context): Subject | Rejection {
  const { row, params, body, by } = command;
  const { wide, state, history } = context;
  const { registration } = state.project ?? {};
  switch (row.on) {
    case 'plan':
      return { sector: '', county: '', unit: '' };
    case 'period':
      return subjectOfPeriod(command, wide);
    case 'case':
      return subjectOfCase(command, context);
    case 'request': {
      const asked = history.find(({ position }) => position === Number(params['position']));
      if (registration || !asked) {
        return registration ?? reject('REQUEST_UNKNOWN', { request: Number(params['position']) || 0 });
      }
      return { sector: asked.sector, county: asked.county, unit: '' };
    }
    case 'indicator': {
      const code = params['code'] ?? '';
      const { county = '' } = body as { county?: string };
      const sector = sectorOfCode(wide.plan, code);
      return sector === undefined ? reject('INDICATOR_UNKNOWN', { indicator: code }) : { sector, county, unit: '' };
    }
    case 'project': {
      if (row.makes !== 'projectRegistered') {
        return registration ?? reject('PROJECT_UNKNOWN', { project: params['id'] ?? '' });
      }
      const { sector, county, unit = by.principal.unit } = body as { sector: string; county: string; unit?: string };
      return { sector, county, unit };
    }
  }
}

/** A period to be opened is whose its body says; any other is whose it was opened for. */
function subjectOfPeriod(command: RowCommand, { plan }: Wide): Subject | Rejection {
  const { row, params, body } = command;
  const { period: month = '' } = params;
  if (row.makes === 'periodOpened') return { ...(body as Pick<Subject, 'sector' | 'county' | 'unit'>), month };
  const stream = streamOfRow(command);
  const period = periodAt(plan.periods, stream);
  if (period) return { sector: period.sector, county: period.county, unit: period.unit, month };
  const [, , unit, sector] = stream.split('/');
  return reject('PERIOD_UNKNOWN', { month: month.slice(0, 20), unit: unit || '—', sector: sector || '—' });
}

/** A case is in the sector and county of the project it is about; one about none is for those who reach the whole plan. */
function subjectOfCase({ row, params, body }: RowCommand, { wide, nowMs }: Context): Subject | Rejection {
  const { id = '' } = params;
  const found = row.path.includes('{id}') ? wide.plan.cases.get(id) : (body as { about?: string; toUnit?: string });
  if (!found) return reject('CASE_UNKNOWN', { case: id });
  const { about = '', toUnit = '' } = found;
  const sector = about.startsWith('indicator/') ? sectorOfCode(wide.plan, about.slice('indicator/'.length)) : undefined;
  const place = wide.projects.get(about) ?? { sector: sector ?? '', county: '', unit: '' };
  const named = row.makes === 'findingRectified' ? { unit: toUnit, named: toUnit } : {};
  return { ...place, ...named, month: shanghaiDate(nowMs).slice(0, 7) };
}

export function permitted(
  { principal }: Asker,
  permission: CommandRow['permission'],
  wide: Wide,
  subject: Subject,
  claimedBy: readonly { subject: string; unit: string }[],
): Rejection | undefined {
  const { sector, county, unit, corrects, named } = subject;
  const own = ([first = '']: Reachable): string => first;
  const place =
    named === principal.unit ? { sector: own(principal.sectors), county: own(principal.counties) } : { sector, county };
  const target = { plan: wide.planId, ...place, unit, ...(corrects ? { corrects } : {}) };
  for (const claimant of claimedBy.length > 0 ? claimedBy : [undefined]) {
    const denial = may(principal, permission, claimant ? { ...target, claimedBy: claimant } : target);
    if (denial) return refuse(denial.code, denial.details);
  }
  return undefined;
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
