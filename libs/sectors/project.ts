import {
  type BaselineSet,
  type EffectiveEntry,
  effectiveEntries,
  type Entry,
  type FactValue,
  type ProjectRegistered,
  rewritesHistory,
} from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Fact, Facts } from './sector.js';

/**
 * A project's stream folded: what intake decides on and what sectors count from. An immutable value; the fold is total
 * (it takes any history that intake let in) and knows no sector's rules.
 */
export interface ProjectState {
  /** project/<id> */
  readonly stream: string;
  /** Stream version and plan position of the last entry folded in. */
  readonly version: number;
  readonly position: number;
  readonly registration: (Readonly<ProjectRegistered> & Happening) | undefined;
  /** Plan items it is linked to. */
  readonly items: ReadonlyMap<string, Happening>;
  /** B0: the first complete milestone plan. */
  readonly baseline: (Readonly<BaselineSet> & Happening) | undefined;
  /** By `code`, or `code@unit` where a unit reached it. */
  readonly milestones: ReadonlyMap<string, MilestoneState>;
  readonly progress: ProgressState;
  /** By `measure/unit`: the delivery that stands or was lost last. */
  readonly units: ReadonlyMap<string, UnitState>;
  /** Lost deliveries of units that were delivered again. */
  readonly lostUnits: readonly UnitState[];
  readonly lifecycle: Lifecycle;
  /** Requests that wait for a second person, by their position. */
  readonly requests: ReadonlyMap<number, PendingRequest>;
}

/** A late correction or retraction, asked for and not yet decided. */
export interface PendingRequest extends Happening {
  readonly kind: 'correction';
  /** Role of who asked: who decides stands above him. */
  readonly role: string;
  /** Position of the entry that it would rewrite. */
  readonly entry: number;
}

/** When it happened, who said so, and the positions of the entries that say it. */
export interface Happening {
  readonly on: IsoDate;
  readonly by: { readonly subject: string; readonly unit: string };
  readonly positions: readonly number[];
}

export interface MilestoneState {
  readonly claimed: Happening | undefined;
  readonly verified: Happening | undefined;
  readonly rejected: (Happening & { readonly reason: string }) | undefined;
}

export interface Report extends Happening {
  /** Done since the start, by milestone. */
  readonly done: ReadonlyMap<string, number>;
  readonly completedYuan: bigint;
}

export interface ProgressState {
  readonly claimed: Report | undefined;
  readonly verified: Report | undefined;
  /** Reports not yet answered, oldest first, at most PENDING_REPORTS_MAX: quantities are cumulative, so a verifier of
   * an older one loses nothing by verifying a newer one. */
  readonly pending: readonly Report[];
}

export interface UnitState {
  readonly unit: string;
  readonly name: string;
  readonly measure: string;
  readonly kind: string;
  readonly quantity: number;
  readonly member: string;
  readonly facts: Facts;
  readonly delivered: Happening;
  readonly verified: Happening | undefined;
  readonly lost: Happening | undefined;
  /** Facts stated after delivery, each with the day since when they hold. */
  readonly statements: readonly (Happening & { readonly facts: Facts; readonly verified: Happening | undefined })[];
}

export interface Lifecycle {
  readonly status: 'active' | 'suspended' | 'cancelled' | 'moved-out';
  readonly since: Happening | undefined;
  readonly document: string;
}

export const PENDING_REPORTS_MAX = 24;

export const emptyProject = (stream: string): ProjectState => ({
  stream,
  version: 0,
  position: 0,
  registration: undefined,
  items: new Map(),
  baseline: undefined,
  milestones: new Map(),
  progress: { claimed: undefined, verified: undefined, pending: [] },
  units: new Map(),
  lostUnits: [],
  lifecycle: { status: 'active', since: undefined, document: '' },
  requests: new Map(),
});

export const milestoneKey = (milestone: string, unit: string): string => (unit ? `${milestone}@${unit}` : milestone);
export const unitKey = (measure: string, unit: string): string => `${measure}/${unit}`;

/** The state from all entries of the stream, by version. */
export function foldProject(stream: string, entries: readonly Entry[]): ProjectState {
  const folded = effectiveEntries(entries).reduce(foldEffective, emptyProject(stream));
  const last = entries.at(-1);
  return last ? { ...folded, version: last.version, position: last.position } : folded;
}

/** The next state, or `refold` after a correction: then only foldProject over the whole stream is right. */
export function evolveProject(state: ProjectState, entry: Entry): ProjectState | 'refold' {
  if (rewritesHistory(entry)) return 'refold';
  if (entry.event.case === undefined) return { ...state, version: entry.version, position: entry.position };
  const { event, occurredOn, position } = entry;
  return foldEffective(state, { entry, event, occurredOn, positions: [position] });
}

export const factsOf = (facts: Readonly<Record<string, FactValue>>): Facts => {
  const plain: Record<string, Fact> = {};
  for (const [name, { value }] of Object.entries(facts)) if (value.case) plain[name] = value.value;
  return plain;
};

const NO_CLAIM: MilestoneState = { claimed: undefined, verified: undefined, rejected: undefined };

const happened = ({ actor }: Entry, on: IsoDate, positions: readonly number[]): Happening => ({
  on,
  by: { subject: actor?.subject ?? '', unit: actor?.unit ?? '' },
  positions,
});

/** Requests as they stand after an effective entry; an approved one is no longer among the effective entries. */
export function foldRequests(
  requests: ReadonlyMap<number, PendingRequest>,
  { entry, event, positions }: EffectiveEntry,
): ReadonlyMap<number, PendingRequest> {
  if (event.case === 'correctionRequested') {
    const about = event.value.asked.value?.entry ?? 0;
    const request = { ...happened(entry, entry.occurredOn, positions), role: entry.actor?.role ?? '', entry: about };
    return new Map(requests).set(entry.position, { kind: 'correction', ...request });
  }
  if (event.case !== 'correctionRefused') return requests;
  const waiting = new Map(requests);
  waiting.delete(event.value.request);
  return waiting;
}

/** One effective entry folded in. */
export function foldEffective(state: ProjectState, effective: EffectiveEntry): ProjectState {
  const { entry, event, occurredOn, positions, vouched } = effective;
  const happening = happened(entry, occurredOn, positions);
  // Who approved a late correction vouches for its value.
  const verified = vouched && happened(vouched, vouched.occurredOn, [vouched.position]);
  const seen = { ...state, version: entry.version, position: entry.position };
  switch (event.case) {
    case 'projectRegistered':
      return { ...seen, registration: { ...event.value, ...happening } };
    case 'projectLinkedToPlanItem':
      return { ...seen, items: new Map(state.items).set(event.value.item, happening) };
    case 'baselineSet':
      return { ...seen, baseline: { ...event.value, ...happening } };
    case 'milestoneClaimed':
    case 'milestoneVerified':
    case 'milestoneRejected': {
      const key = milestoneKey(event.value.milestone, event.value.unit);
      const before = state.milestones.get(key) ?? NO_CLAIM;
      const after: MilestoneState =
        event.case === 'milestoneClaimed'
          ? { claimed: happening, verified, rejected: undefined }
          : event.case === 'milestoneVerified'
            ? { ...before, verified: happening }
            : { ...NO_CLAIM, rejected: { ...happening, reason: entry.reason } };
      return { ...seen, milestones: new Map(state.milestones).set(key, after) };
    }
    case 'progressReported': {
      const report: Report = {
        ...happening,
        done: new Map(event.value.quantities.map(({ milestone, done }) => [milestone, done])),
        completedYuan: event.value.completedYuan,
      };
      if (verified) return { ...seen, progress: { ...state.progress, claimed: report, verified: report } };
      const pending = [...state.progress.pending, report].slice(-PENDING_REPORTS_MAX);
      return { ...seen, progress: { ...state.progress, claimed: report, pending } };
    }
    case 'progressVerified':
    case 'progressRejected':
      return { ...seen, progress: answerReport(state.progress, event.value.report, event.case === 'progressVerified') };
    case 'outputDelivered': {
      const { unit, measure } = event.value;
      const key = unitKey(measure, unit);
      const earlier = state.units.get(key);
      const delivered: UnitState = {
        unit,
        name: event.value.unitName,
        measure,
        kind: event.value.kind,
        quantity: event.value.quantity,
        member: event.value.member,
        facts: factsOf(event.value.facts),
        delivered: happening,
        verified,
        lost: undefined,
        statements: [],
      };
      return {
        ...seen,
        units: new Map(state.units).set(key, delivered),
        lostUnits: earlier?.lost ? [...state.lostUnits, earlier] : state.lostUnits,
      };
    }
    case 'outputFactsStated':
    case 'outputVerified':
    case 'outputRevoked':
    case 'outputRejected': {
      const key = unitKey(event.value.measure, event.value.unit);
      const unit = state.units.get(key);
      if (!unit) return seen;
      const units = new Map(state.units);
      if (event.case === 'outputRejected') units.delete(key);
      else if (event.case === 'outputVerified') units.set(key, { ...unit, verified: happening });
      else if (event.case === 'outputRevoked')
        units.set(key, { ...unit, lost: { ...happening, on: event.value.lostOn } });
      else {
        const statement = { ...happening, on: event.value.since, facts: factsOf(event.value.facts), verified };
        units.set(key, { ...unit, statements: [...unit.statements, statement] });
      }
      return { ...seen, units };
    }
    case 'projectSuspended':
      return { ...seen, lifecycle: { status: 'suspended', since: happening, document: '' } };
    case 'projectResumed':
      return { ...seen, lifecycle: { status: 'active', since: happening, document: '' } };
    case 'projectCancelled':
      return { ...seen, lifecycle: { status: 'cancelled', since: happening, document: event.value.document } };
    case 'projectMovedOut':
      return { ...seen, lifecycle: { status: 'moved-out', since: happening, document: event.value.document } };
    case 'correctionRequested':
    case 'correctionRefused':
      return { ...seen, requests: foldRequests(state.requests, effective) };
    default:
      return seen;
  }
}

function answerReport(progress: ProgressState, position: number, verified: boolean): ProgressState {
  const at = ({ positions }: Report): number => positions[0] ?? 0;
  const report = progress.pending.find((pending) => at(pending) === position);
  if (!report) return progress;
  const newer = progress.pending.filter((pending) => at(pending) > position);
  // A newer report that a late correction vouched for stands before older ones are answered.
  const ahead = progress.verified && at(progress.verified) > position ? progress.verified : undefined;
  if (verified) return { ...progress, verified: ahead ?? report, pending: newer };
  const older = progress.pending.filter((pending) => at(pending) < position);
  // The claim falls back to the newest report that was not refused.
  const claimed = newer.at(-1) ?? ahead ?? older.at(-1) ?? progress.verified;
  return { ...progress, pending: [...older, ...newer], claimed };
}

/** Facts as they hold on a day: those of the delivery, overlaid by later statements in the order of their days. */
export const factsOn = (unit: UnitState, on: IsoDate): Facts =>
  unit.statements
    .filter((statement) => statement.on <= on)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .reduce<Facts>((facts, statement) => ({ ...facts, ...statement.facts }), unit.facts);

/** The claim of a milestone that is the unit's own if it has one, else its project's. */
export const claimFor = (project: ProjectState, unit: UnitState, milestone: string): Happening | undefined =>
  project.milestones.get(milestoneKey(milestone, unit.unit))?.claimed ?? project.milestones.get(milestone)?.claimed;
