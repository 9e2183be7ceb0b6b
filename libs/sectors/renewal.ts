import type { Event, ProjectCarriedIn, ProjectCode, ProjectCodeBound, ProjectRegistered } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Happening, ProjectState } from './project.js';

/**
 * What happens to a project as a whole (DOMAIN §3): how it stands still or ends, the codes it had over time, its place
 * beside the plan (规划外) or in the reserve (储备库), and the plan that it came from.
 */
export interface Renewal {
  readonly lifecycle: Lifecycle;
  /** All codes that it ever had, those of its registration first. */
  readonly codes: readonly HeldCode[];
  /** The flag that makes it off-plan; undefined where it has none, and once it is admitted. */
  readonly offPlan: Happening | undefined;
  /** Of a project that was flagged: what let it in. */
  readonly admitted: (Happening & { readonly document: string }) | undefined;
  /** Since when it is in the reserve. */
  readonly reserve: Happening | undefined;
  /** Its times in the reserve that are over, in the order of the ledger. */
  readonly stays: readonly Pause[];
  /** The stream it continues; its opening quantities are shown and never counted (DOMAIN §7). */
  readonly carriedIn: (Readonly<ProjectCarriedIn> & Happening) | undefined;
}

export interface Lifecycle {
  readonly status: 'active' | 'suspended' | 'cancelled' | 'moved-out' | 'split' | 'merged';
  readonly since: Happening | undefined;
  readonly document: string;
  /** Of one that was split or merged: the ids of the projects in which its work goes on. */
  readonly into: readonly string[];
  /** Suspensions that are over, by resumption or by an end, in the order of the ledger. */
  readonly pauses: readonly Pause[];
}

/** Every day from the first to the one before the second. */
export interface Pause {
  readonly from: IsoDate;
  readonly until: IsoDate;
}

/** A code under which the project is, or was, known elsewhere. */
export interface HeldCode extends Happening {
  readonly kind: string;
  readonly value: string;
  readonly from: IsoDate;
  /** The day from which another code replaces it; undefined where it holds. */
  readonly until: IsoDate | undefined;
}

const ACTIVE: Lifecycle = { status: 'active', since: undefined, document: '', into: [], pauses: [] };

export const emptyRenewal: Renewal = {
  lifecycle: ACTIVE,
  codes: [],
  offPlan: undefined,
  admitted: undefined,
  reserve: undefined,
  stays: [],
  carriedIn: undefined,
};

/** What a registration says, of the project's own plan or of one that it is carried in from. */
export const registered = (
  value: ProjectRegistered,
  happening: Happening,
): Pick<ProjectState, 'registration' | 'codes'> => ({
  registration: { ...value, ...happening },
  codes: value.codes.map((code) => held(code, happening.on, happening)),
});

/** What such an event changes of the state; undefined for every other event. */
export function foldRenewal(
  state: ProjectState,
  event: Event,
  happening: Happening,
): Partial<ProjectState> | undefined {
  switch (event.case) {
    case 'projectSuspended':
      return becomes(state, 'suspended', happening);
    case 'projectResumed':
      return becomes(state, 'active', happening);
    case 'projectCancelled':
      return becomes(state, 'cancelled', happening, event.value.document);
    case 'projectMovedOut':
      return becomes(state, 'moved-out', happening, event.value.document);
    case 'projectSplit':
      return becomes(state, 'split', happening, event.value.document, event.value.into);
    case 'projectMerged':
      return becomes(state, 'merged', happening, event.value.document, [event.value.into]);
    case 'projectCodeBound':
      return { codes: bound(state.codes, event.value, happening) };
    case 'offPlanFlagged':
      return { offPlan: happening, admitted: undefined };
    case 'offPlanAdmitted':
      return { offPlan: undefined, admitted: { ...happening, document: event.value.document } };
    case 'reserveEntered':
      return { reserve: happening };
    case 'reserveLeft':
      return { reserve: undefined, stays: ended(state.stays, state.reserve?.on, happening.on) };
    case 'projectCarriedIn': {
      const { registration } = event.value;
      const carriedIn = { ...event.value, ...happening };
      return registration ? { carriedIn, ...registered(registration, happening) } : { carriedIn };
    }
    default:
      return undefined;
  }
}

/** Whatever follows a suspension ends it, on its own day: a resumption may be retracted between two of them. */
function becomes(
  { lifecycle: before }: Renewal,
  status: Lifecycle['status'],
  since: Happening,
  document = '',
  into: readonly string[] = [],
): Pick<Renewal, 'lifecycle'> {
  const from = before.status === 'suspended' ? before.since?.on : undefined;
  return { lifecycle: { status, since, document, into, pauses: ended(before.pauses, from, since.on) } };
}

/** One pause more, where there was one and it lasted a day. */
const ended = (pauses: readonly Pause[], from: IsoDate | undefined, until: IsoDate): readonly Pause[] =>
  from !== undefined && from < until ? [...pauses, { from, until }] : pauses;

const held = ({ kind, value }: ProjectCode, from: IsoDate, happening: Happening): HeldCode => ({
  ...happening,
  ...{ kind, value, from, until: undefined },
});

function bound(
  codes: readonly HeldCode[],
  { code, validFrom, replaces }: ProjectCodeBound,
  happening: Happening,
): readonly HeldCode[] {
  if (!code) return codes;
  const kept = codes.map((one) =>
    one.kind === code.kind && one.value === replaces && one.until === undefined ? { ...one, until: validFrom } : one,
  );
  return [...kept, held(code, validFrom, happening)];
}
