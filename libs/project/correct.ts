import {
  type CorrectionReason,
  type Decision,
  effectiveEntries,
  type Entry,
  type Event,
  type EventInit,
  makeEvent,
} from '@planledger/contracts';
import { isRejection, type Rejection, shanghaiDate } from '@planledger/kernel';
import { isPlanSide } from '@planledger/plan';
import {
  emptyIndicator,
  emptyProject,
  foldEffective,
  foldEffectiveObservation,
  type Sector,
} from '@planledger/sectors/kit';
import { admit } from './admit.js';
import { observable, registrationIn } from './admit-wide.js';
import { CORRECTION_REASONS } from './bodies.js';
import { type CommandRow, reject } from './command.js';
import { type Context, envelopeOf, notOver, permitted, refused, type Sectors } from './decide.js';
import type { CorrectionCommand } from './model.js';
import { commandMaking, observedOn, permissionTo } from './table.js';
import { validateBody } from './validate.js';

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
]);
const NOT_RETRACTABLE: ReadonlySet<string> = new Set(['baselineSet', 'projectRegistered', 'projectCarriedIn']);

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
  // Plan, period and case entries stand: what they said is changed by a later decision, not rewritten.
  if (!original || isPlanSide(target.stream)) return refused(reject('ENTRY_NOT_CORRECTABLE', details));
  const denied = permitted(
    command.by,
    'entry.correct',
    wide,
    { ...subject, corrects: permissionTo(original, target.event.case) },
    [],
  );
  if (denied) return refused(denied);
  if (rewrites.has(target.event.case)) {
    return refused(reject(command.kind === 'correct' ? 'ENTRY_NOT_CORRECTABLE' : 'ENTRY_NOT_RETRACTABLE', details));
  }
  if (history.some(({ event }) => event.case === 'entryRetracted' && event.value.entry === command.entry)) {
    return refused(reject('ENTRY_RETRACTED', { entry: command.entry }));
  }
  // Or who asked could undo what a second person decided.
  const answered = context.state.project?.answered.find(({ request }) => request.positions[0] === command.entry);
  if (answered) {
    const [answer = 0] = answered.answer.positions;
    return refused(reject('REQUEST_ANSWERED', { entry: command.entry, answer }));
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
  { wide, state, history, nextPosition, nowMs }: Context,
): EventInit | Rejection {
  const why: CorrectionReason = CORRECTION_REASONS.indexOf(body.why as (typeof CORRECTION_REASONS)[number]) + 1;
  if (kind === 'retract') return { case: 'entryRetracted', value: { entry, why } };
  const checked = validateBody(original.body, {
    ...{ ...body.payload, reason: body.reason },
    ...dateFor(original, body.occurredOn),
  });
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

const dateFor = ({ makes }: CommandRow, occurredOn: string): object =>
  makes === 'indicatorObserved' ? {} : { occurredOn };

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
