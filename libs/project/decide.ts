import { may, type Permission } from '@planledger/auth';
import type { CorrectionReason } from '@planledger/contracts';
import {
  type Decision,
  type DecisionContext,
  effectiveEntries,
  type Entry,
  type EnvelopeInit,
  type Event,
  type EventInit,
  makeEvent,
} from '@planledger/contracts';
import { isDate, isRejection, type Rejection, reject as refuse, shanghaiDate } from '@planledger/kernel';
import {
  emptyProject,
  foldEffective,
  foldEffectiveObservation,
  emptyIndicator,
  type Sector,
} from '@planledger/sectors/kit';
import { admit } from './admit.js';
import { across, observable, registrable } from './admit-wide.js';
import { CORRECTION_REASONS } from './bodies.js';
import { type CommandRow, reject } from './command.js';
import type { Asker, CorrectionCommand, RowCommand, StreamState, Wide } from './model.js';
import { commandMaking, observedOn } from './table.js';
import { validateBody } from './validate.js';

type Context = DecisionContext<Wide, StreamState>;
type Sectors = ReadonlyMap<string, Sector>;

const refused = (rejection: Rejection): Decision => ({ rejection, entries: [] });

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
  const denied = permitted(by, row.permission, wide, subject, claimedBy);
  if (denied) return refused(denied);
  const body = command.body as DatedBody;
  const occurredOn = row.makes === 'indicatorObserved' ? observedOn(body.period ?? '') : (body.occurredOn ?? '');
  const envelope = envelopeOf(context, by, subject, occurredOn, body);
  if (isRejection(envelope)) return refused(envelope);
  const event = row.event(command.body, { params, state, actorUnit: by.principal.unit });
  if (event === undefined) return { entries: [] };
  if (isRejection(event)) return refused(event);
  const sector = sectors.get(subject.sector);
  if (!sector) return refused(reject('SECTOR_NOT_SERVED', { sector: subject.sector }));
  const full = makeEvent(event);
  const rejection = judge(context, full, occurredOn, sector, params);
  return rejection ? refused(rejection) : { entries: [{ event: full, envelope }] };
}

function judge(
  { wide, state }: Context,
  event: Event,
  on: string,
  sector: Sector,
  params: RowCommand['params'],
): Rejection | undefined {
  if (event.case === 'indicatorObserved' || event.case === 'indicatorRevised') {
    return observable(wide.plan, params['code'] ?? '', event.value);
  }
  const stream = `project/${params['id']}`;
  const project = state.project ?? emptyProject(stream);
  return (
    admit(project, { event, on }, sector, wide.plan) ??
    (event.case === 'projectRegistered'
      ? (registrable(event.value, sector, wide.plan) ?? across(wide, stream, event.value))
      : undefined)
  );
}

function subjectOf({ row, params, body, by }: RowCommand, { wide, state }: Context): Subject | Rejection {
  if (row.makes === 'projectRegistered') {
    const { sector, county, unit = by.principal.unit } = body as { sector: string; county: string; unit?: string };
    return { sector, county, unit };
  }
  if (row.makes === 'indicatorObserved') {
    const code = params['code'] ?? '';
    const { county = '' } = body as { county?: string };
    const item = wide.plan.measures.get(code)?.item ?? '';
    const sector = wide.plan.indicators.get(code)?.sector ?? wide.plan.items.get(item)?.sector;
    return sector === undefined ? reject('INDICATOR_UNKNOWN', { indicator: code }) : { sector, county, unit: '' };
  }
  const { registration } = state.project ?? {};
  return registration ?? reject('PROJECT_UNKNOWN', { project: params['id'] ?? '' });
}

function permitted(
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

/** Dates, backfill and everything else that stands around an event; see Entry. */
function envelopeOf(
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

/** Answers and B0 are not corrected; a registration is not retracted (the project is cancelled instead). */
const NOT_CORRECTABLE: ReadonlySet<string> = new Set([
  'baselineSet',
  'milestoneVerified',
  'milestoneRejected',
  'progressVerified',
  'progressRejected',
  'outputVerified',
  'outputRejected',
  'projectLinkedToPlanItem',
  'indicatorRevised',
]);
const NOT_RETRACTABLE: ReadonlySet<string> = new Set(['baselineSet', 'projectRegistered']);

/**
 * Decides a correction or retraction: the stream is folded anew as it would then count, and every entry judged again by
 * the rules that let it in; one that no longer stands refuses the correction.
 */
export function decideCorrection(command: CorrectionCommand, context: Context, sectors: Sectors): Decision {
  const { wide, history, nextPosition } = context;
  const target = history.find(({ position }) => position === command.entry);
  if (!target?.event.case) return refused(reject('ENTRY_UNKNOWN', { entry: command.entry }));
  const { sector: slug, county } = target;
  const registration = context.state.project?.registration;
  const subject = { sector: slug, county, unit: registration?.unit ?? '' };
  const original = commandMaking(target.event.case === 'indicatorRevised' ? 'indicatorObserved' : target.event.case);
  const details = { entry: command.entry, type: target.event.case };
  const rewrites = command.kind === 'correct' ? NOT_CORRECTABLE : NOT_RETRACTABLE;
  if (!original) return refused(reject('ENTRY_NOT_CORRECTABLE', details));
  const denied = permitted(command.by, 'entry.correct', wide, { ...subject, corrects: original.permission }, []);
  if (denied) return refused(denied);
  if (rewrites.has(target.event.case)) {
    return refused(reject(command.kind === 'correct' ? 'ENTRY_NOT_CORRECTABLE' : 'ENTRY_NOT_RETRACTABLE', details));
  }
  if (history.some(({ event }) => event.case === 'entryRetracted' && event.value.entry === command.entry)) {
    return refused(reject('ENTRY_RETRACTED', { entry: command.entry }));
  }
  const sector = sectors.get(slug);
  if (!sector) return refused(reject('SECTOR_NOT_SERVED', { sector: slug }));
  const envelope = envelopeOf(context, command.by, subject, command.body.occurredOn, command.body);
  if (isRejection(envelope)) return refused(envelope);
  const event = correctionEvent(command, target, original, context);
  if (isRejection(event)) return refused(event);
  const last = history.at(-1);
  const full = makeEvent(event);
  const supposed: Entry = {
    ...target,
    position: nextPosition,
    version: (last?.version ?? 0) + 1,
    event: full,
  };
  const rejection = stillStands([...history, supposed], context, sector);
  return rejection ? refused(rejection) : { entries: [{ event: full, envelope }] };
}

function correctionEvent(
  { kind, entry, body }: CorrectionCommand,
  target: Entry,
  original: CommandRow,
  { state, history }: Context,
): EventInit | Rejection {
  const why: CorrectionReason = CORRECTION_REASONS.indexOf(body.why as (typeof CORRECTION_REASONS)[number]) + 1;
  if (kind === 'retract') return { case: 'entryRetracted', value: { entry, why } };
  const checked = validateBody(original.body, { ...body.payload, ...dateFor(original, body.occurredOn) });
  if (Array.isArray(checked)) {
    const problems = checked.map(({ field, problem }) => `${field} ${problem}`).join('；');
    return reject('PAYLOAD_REFUSED', { problems });
  }
  // Decided as if the original were not there yet, so that "already claimed" does not refuse its own correction.
  const before = history.filter(({ position }) => position < entry);
  const stateBefore = state.project
    ? { project: foldUpTo(target.stream, before) }
    : { indicator: effectiveEntries(before).reduce(foldEffectiveObservation, emptyIndicator(target.stream)) };
  const replaced = original.event(checked, {
    params: paramsOf(target),
    state: stateBefore,
    actorUnit: target.actor?.unit ?? '',
  });
  if (isRejection(replaced)) return replaced;
  if (replaced === undefined || replaced.case !== target.event.case) {
    return reject('ENTRY_NOT_CORRECTABLE', { entry, type: target.event.case ?? '' });
  }
  const problem = identityKept(target.event, makeEvent(replaced));
  if (problem) return reject('PAYLOAD_REFUSED', { problems: problem });
  const occurredOn = replaced.case === 'indicatorObserved' ? observedOn(replaced.value.period ?? '') : body.occurredOn;
  return { case: 'entryCorrected', value: { entry, why, occurredOn, replacement: { event: replaced } } };
}

const foldUpTo = (stream: string, entries: readonly Entry[]) =>
  effectiveEntries(entries).reduce(foldEffective, emptyProject(stream));

const dateFor = ({ makes }: CommandRow, occurredOn: string): object =>
  makes === 'indicatorObserved' ? {} : { occurredOn };

/** The route parameters that the original command had: they are in its event. */
function paramsOf({ stream, event }: Entry): Record<string, string> {
  const params: Record<string, string> = stream.startsWith('project/') ? { id: stream.slice(8) } : {};
  if (stream.startsWith('indicator/')) params['code'] = stream.slice(10);
  if (event.case === 'milestoneClaimed') params['code'] = event.value.milestone;
  if (event.case === 'outputFactsStated' || event.case === 'outputRevoked') params['unit'] = event.value.unit;
  return params;
}

/** What later entries and other projects rely on cannot be corrected away. */
function identityKept(before: Event, after: Event): string | undefined {
  if (before.case === 'projectRegistered' && after.case === 'projectRegistered') {
    const identity = ({ sector, county, unit, template, site, codes }: typeof before.value): string =>
      JSON.stringify([sector, county, unit, template, site, codes.map(({ kind, value }) => [kind, value])]);
    if (identity(before.value) !== identity(after.value)) {
      return '领域、县（区）、责任单位、模板、地点和代码不能更正，请取消后重新登记';
    }
  }
  return undefined;
}

/** Folds the effective entries one by one, judging each; the first that may not stand refuses. */
function stillStands(entries: readonly Entry[], { wide, state }: Context, sector: Sector): Rejection | undefined {
  const effective = effectiveEntries(entries);
  if (!state.project) {
    for (const { event, entry } of effective) {
      if (event.case !== 'indicatorObserved' && event.case !== 'indicatorRevised') continue;
      const because = observable(wide.plan, entry.stream.slice(10), event.value);
      if (because) return because;
    }
    return undefined;
  }
  let project = emptyProject(entries[0]?.stream ?? '');
  const newest = entries.at(-1)?.position;
  for (const one of effective) {
    const because = admit(project, { event: one.event, on: one.occurredOn }, sector, wide.plan);
    if (because) {
      // The corrected entry itself: its own refusal says best what is wrong.
      if (one.positions.at(-1) === newest) return because;
      return reject('LATER_ENTRY_ILLEGAL', { entry: one.entry.position, because: because.rejected });
    }
    project = foldEffective(project, one);
  }
  return undefined;
}
