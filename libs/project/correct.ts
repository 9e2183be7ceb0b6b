import {
  type CorrectionReason,
  type Decision,
  effectiveEntries,
  type Entry,
  type Event,
  type EventInit,
  makeEvent,
  rewritesOf,
} from '@planledger/contracts';
import { isRejection, type Rejection, shanghaiDate } from '@planledger/kernel';
import { isClosed, isPlanSide } from '@planledger/plan';
import { emptyIndicator, emptyProject, foldEffective, foldEffectiveObservation } from '@planledger/sectors/kit';
import { registrationIn } from './admit-wide.js';
import { CORRECTION_REASONS } from './bodies.js';
import { type CommandRow, reject } from './command.js';
import { type Context, envelopeOf, notOver, refused, type Sectors } from './decide.js';
import type { CorrectionCommand } from './model.js';
import { stillStands } from './still-stands.js';
import { permitted } from './subject.js';
import { commandMaking, observedOn, permissionTo } from './table.js';
import { validateBody } from './validate.js';
import { unitTaken } from './wide-units.js';

/** How a late correction was decided stays: it is part of what then counts. */
const DECISIONS = ['correctionApproved', 'correctionRefused'] as const;
/**
 * Answers and B0 are not corrected, nor are requests: they are retracted and asked anew. A registration is not retracted
 * (the project is cancelled instead).
 */
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
  'rebaselineRequested',
  'rebaselineApproved',
  'rebaselineRefused',
  'milestoneExempted',
  'exemptionApproved',
  'exemptionRefused',
  ...DECISIONS,
]);
const NOT_RETRACTABLE: ReadonlySet<string> = new Set([
  ...['baselineSet', 'projectRegistered', 'projectCarriedIn'],
  ...DECISIONS,
]);

/**
 * Decides a correction or retraction: the stream is folded anew as it would then count, and every entry judged again by
 * the rules that let it in; one that no longer stands refuses the correction.
 *
 * While the period of the entry is open it takes effect at once. Once that is closed it is only asked for, and judged
 * again when a second person, one level up, approves it (request-commands.ts); the new value then counts as verified.
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
  // Plan, period and case entries stand: what they said is changed by a later decision, not rewritten.
  if (!original || isPlanSide(target.stream)) return refused(reject('ENTRY_NOT_CORRECTABLE', details));
  const corrects = permissionTo(original, target.event.case);
  const denied = permitted(command.by, 'entry.correct', wide, { ...subject, corrects }, []);
  if (denied) return refused(denied);
  if (rewrites.has(target.event.case)) {
    return refused(reject(command.kind === 'correct' ? 'ENTRY_NOT_CORRECTABLE' : 'ENTRY_NOT_RETRACTABLE', details));
  }
  if (rewritesOf(history).some(({ entry, correction }) => entry === command.entry && !correction)) {
    return refused(reject('ENTRY_RETRACTED', { entry: command.entry }));
  }
  // Or who asked could undo what a second person decided.
  const answered = context.state.project?.answered.find(({ request }) => request.positions[0] === command.entry);
  if (answered) {
    const [answer = 0] = answered.answer.positions;
    return refused(reject('REQUEST_ANSWERED', { entry: command.entry, answer }));
  }
  const requests = [...((context.state.project ?? context.state.indicator)?.requests ?? [])];
  const waiting = requests.find(([, asked]) => asked.kind === 'correction' && asked.entry === command.entry);
  if (waiting) return refused(reject('CORRECTION_PENDING', { entry: command.entry, request: waiting[0] }));
  const sector = sectors.get(slug);
  if (!sector) return refused(reject('SECTOR_NOT_SERVED', { sector: slug }));
  const envelope = envelopeOf(context, command.by, subject, command.body.occurredOn, command.body);
  if (isRejection(envelope)) return refused(envelope);
  const event = correctionEvent(command, target, original, context);
  if (isRejection(event)) return refused(event);
  const late = isClosed(wide.plan.periods, target.period, subject.unit || (target.actor?.unit ?? ''), slug);
  const said = makeEvent(late ? requestFor(event) : event);
  // What was asked for is judged as if it were approved already.
  const events = late ? [said, makeEvent({ case: 'correctionApproved', value: { request: nextPosition } })] : [said];
  const supposed = events.map((supposedly, at): Entry => ({
    ...target,
    ...{ position: nextPosition + at, version: history.length + at + 1, event: supposedly },
  }));
  const entries = [...history, ...supposed];
  const [rewrite, last] = [rewritesOf(entries).at(-1), supposed.at(-1)];
  const rejection = stillStands(entries, wide.plan, sector) ?? (last && unitTaken(wide, last, rewrite));
  return rejection ? refused(rejection) : { entries: [{ event: said, envelope }] };
}

type Correction = Extract<EventInit, { case: 'entryCorrected' | 'entryRetracted' }>;

const requestFor = (event: Correction): EventInit => ({
  case: 'correctionRequested',
  value:
    event.case === 'entryCorrected'
      ? { asked: { case: 'correct', value: event.value } }
      : { asked: { case: 'retract', value: event.value } },
});

function correctionEvent(
  { kind, entry, body }: CorrectionCommand,
  target: Entry,
  original: CommandRow,
  { wide, state, history, nextPosition, nowMs }: Context,
): Correction | Rejection {
  const why: CorrectionReason = CORRECTION_REASONS.indexOf(body.why as (typeof CORRECTION_REASONS)[number]) + 1;
  if (kind === 'retract') return { case: 'entryRetracted', value: { entry, why } };
  const dated = original.makes === 'indicatorObserved' ? {} : { occurredOn: body.occurredOn };
  const checked = validateBody(original.body, { ...body.payload, reason: body.reason, ...dated });
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
    actor: target.actor ?? { subject: '', unit: '', role: '' },
    wide,
    head: nextPosition - 1,
    stream: target.stream,
    on: body.occurredOn,
    today: shanghaiDate(nowMs),
  });
  if (isRejection(replaced)) return replaced;
  if (replaced === undefined || replaced.case !== target.event.case) {
    return reject('ENTRY_NOT_CORRECTABLE', { entry, type: target.event.case ?? '' });
  }
  const problem = identityKept(target.event, makeEvent(replaced));
  if (problem) return reject('PAYLOAD_REFUSED', { problems: problem });
  if (replaced.case !== 'indicatorObserved') {
    return {
      case: 'entryCorrected',
      value: { entry, why, occurredOn: body.occurredOn, replacement: { event: replaced } },
    };
  }
  const { period = '' } = replaced.value;
  const occurredOn = observedOn(period);
  const early = notOver(period, nowMs);
  if (early) return early;
  return { case: 'entryCorrected', value: { entry, why, occurredOn, replacement: { event: replaced } } };
}

const foldUpTo = (stream: string, entries: readonly Entry[]) =>
  effectiveEntries(entries).reduce(foldEffective, emptyProject(stream));

/** The route parameters that the original command had: they are in its event. */
function paramsOf({ stream, event }: Entry): Record<string, string> {
  const params: Record<string, string> = stream.startsWith('project/') ? { id: stream.slice(8) } : {};
  if (stream.startsWith('indicator/')) params['code'] = stream.slice(10);
  if (event.case === 'milestoneClaimed' || event.case === 'milestonePlanned') params['code'] = event.value.milestone;
  if (event.case === 'elementAllocated' || event.case === 'elementUsed' || event.case === 'elementReleased') {
    params['element'] = event.value.element;
  }
  if (event.case === 'outputFactsStated' || event.case === 'outputRevoked') params['unit'] = event.value.unit;
  return params;
}

/** What later entries and other projects rely on cannot be corrected away. */
function identityKept(before: Event, after: Event): string | undefined {
  const [was, is] = [registrationIn(before), registrationIn(after)];
  if (was && is) {
    const identity = ({ sector, county, unit, template, site, codes }: typeof was): string =>
      JSON.stringify([sector, county, unit, template, site, codes.map(({ kind, value }) => [kind, value])]);
    if (identity(was) !== identity(is)) {
      return '领域、县（区）、责任单位、模板、地点和代码不能更正，请取消后重新登记';
    }
  }
  return undefined;
}
