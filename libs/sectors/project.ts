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
import { foldBaselines, foldCorrections, NO_BASELINES, type ProjectBaselines } from './baseline.js';
import { foldElements, NO_ELEMENTS, type ProjectElements } from './elements.js';
import { answerMoney } from './money.js';
import { emptyRenewal, foldRenewal, registered, type Renewal } from './renewal.js';
import { answerReport, foldReport } from './reports.js';
import type { Fact, Facts } from './sector.js';

/**
 * A project's stream folded: what intake decides on and what sectors count from. An immutable value; the fold is total
 * (it takes any history that intake let in) and knows no sector's rules.
 */
export interface ProjectState extends Renewal, ProjectElements, ProjectBaselines {
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
  /** Own dates of units, by milestoneKey. */
  readonly unitDates: ReadonlyMap<string, Happening & { readonly due: IsoDate }>;
  /** The latest day of which its clerk claimed, reported or delivered something; undefined before the first. */
  readonly reported: Reported | undefined;
}

export interface Reported {
  readonly on: IsoDate;
  /** 补录: so are all before it. */
  readonly backfilled: boolean;
  readonly positions: readonly number[];
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
  /** The earliest day of this report and of those before it that stand: when work without a 开工 began. */
  readonly begun: IsoDate;
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
  /** Facts stated after delivery, in the order of their entries. */
  readonly statements: readonly Statement[];
}

/** Later facts of a unit; `on` is the day since when they hold. Verified on their own, and dropped where refused. */
export interface Statement extends Happening {
  readonly facts: Facts;
  readonly verified: Happening | undefined;
}

/** Every state is a copy of this one, so that all have one shape and the engine copies them at a stroke. */
const EMPTY: ProjectState = {
  ...emptyRenewal,
  stream: '',
  version: 0,
  position: 0,
  registration: undefined,
  items: new Map(),
  baseline: undefined,
  milestones: new Map(),
  progress: { claimed: undefined, verified: undefined, pending: [] },
  units: new Map(),
  lostUnits: [],
  unitDates: new Map(),
  reported: undefined,
  ...NO_ELEMENTS,
  ...NO_BASELINES,
};

export const emptyProject = (stream: string): ProjectState => ({ ...EMPTY, stream });

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
  const { event, occurredOn, position, backfilled } = entry;
  return foldEffective(state, { entry, event, occurredOn, positions: [position], backfilled });
}

export const factsOf = (facts: Readonly<Record<string, FactValue>>): Facts => {
  const plain: Record<string, Fact> = {};
  for (const [name, { value }] of Object.entries(facts)) if (value.case) plain[name] = value.value;
  return plain;
};

const NO_CLAIM: MilestoneState = { claimed: undefined, verified: undefined, rejected: undefined };

export const happened = ({ actor }: Entry, on: IsoDate, positions: readonly number[]): Happening => ({
  on,
  by: { subject: actor?.subject ?? '', unit: actor?.unit ?? '' },
  positions,
});

/** One effective entry folded in. */
export function foldEffective(state: ProjectState, effective: EffectiveEntry): ProjectState {
  const { entry, event, occurredOn, positions, vouched: by } = effective;
  const happening = happened(entry, occurredOn, positions);
  // Who approved a late correction vouches for its value: it counts as verified by him.
  const vouched = by && happened(by, by.occurredOn, [by.position]);
  const reported = REPORTS.has(event.case) ? reportedBy(state, effective) : state.reported;
  // Most of all entries are reports: spreading the state twice is what their folding would cost.
  if (event.case === 'progressReported') return foldReport(state, entry, event.value, happening, reported, vouched);
  // The one copy: a second would double what folding an entry costs.
  const seen: Writable<ProjectState> = { ...state, version: entry.version, position: entry.position, reported };
  switch (event.case) {
    case 'projectRegistered':
      return Object.assign(seen, registered(event.value, happening));
    case 'projectLinkedToPlanItem':
      seen.items = new Map(state.items).set(event.value.item, happening);
      return seen;
    case 'baselineSet':
      seen.baseline = { ...event.value, ...happening };
      return seen;
    case 'milestoneClaimed':
    case 'milestoneVerified':
    case 'milestoneRejected': {
      const key = milestoneKey(event.value.milestone, event.value.unit);
      const before = state.milestones.get(key) ?? NO_CLAIM;
      const after: MilestoneState =
        event.case === 'milestoneClaimed'
          ? { claimed: happening, verified: vouched, rejected: undefined }
          : event.case === 'milestoneVerified'
            ? { ...before, verified: happening }
            : { ...NO_CLAIM, rejected: { ...happening, reason: entry.reason } };
      seen.milestones = new Map(state.milestones).set(key, after);
      return seen;
    }
    case 'progressVerified':
    case 'progressRejected': {
      const [{ report }, verified] = [event.value, event.case === 'progressVerified'];
      seen.money = answerMoney(state.money, report, verified);
      seen.progress = answerReport(state.progress, report, verified);
      return seen;
    }
    case 'outputDelivered': {
      const { unit, measure } = event.value;
      const key = unitKey(measure, unit);
      const earlier = state.units.get(key);
      const delivered: UnitState = {
        ...{ unit, measure, name: event.value.unitName },
        kind: event.value.kind,
        quantity: event.value.quantity,
        member: event.value.member,
        facts: factsOf(event.value.facts),
        delivered: happening,
        verified: vouched,
        lost: undefined,
        statements: [],
      };
      seen.units = new Map(state.units).set(key, delivered);
      if (earlier?.lost) seen.lostUnits = [...state.lostUnits, earlier];
      return seen;
    }
    case 'outputFactsStated':
    case 'outputVerified':
    case 'outputRevoked':
    case 'outputRejected': {
      const key = unitKey(event.value.measure, event.value.unit);
      const unit = state.units.get(key);
      if (!unit) return seen;
      const units = new Map(state.units);
      if (event.case === 'outputRevoked') units.set(key, { ...unit, lost: { ...happening, on: event.value.lostOn } });
      else if (event.case === 'outputFactsStated') {
        const facts = factsOf(event.value.facts);
        const statement: Statement = { ...happening, on: event.value.since, facts, verified: vouched };
        units.set(key, { ...unit, statements: [...unit.statements, statement] });
      } else {
        const verified = event.case === 'outputVerified' ? happening : undefined;
        const { statement } = event.value;
        if (statement) units.set(key, answerStatement(unit, statement, verified));
        else if (verified) units.set(key, { ...unit, verified });
        else units.delete(key);
      }
      seen.units = units;
      return seen;
    }
    case 'milestonePlanned': {
      const { milestone, unit, due } = event.value;
      seen.unitDates = new Map(state.unitDates).set(milestoneKey(milestone, unit), { ...happening, due });
      return seen;
    }
    case 'correctionRequested':
    case 'correctionRefused':
      seen.requests = foldCorrections(state.requests, event, happening, entry);
      return seen;
    default:
      return foldBaselines(
        foldElements(Object.assign(seen, foldRenewal(state, event, happening)), event, happening),
        event,
        happening,
        entry.reason,
      );
  }
}

type Writable<State> = { -readonly [Field in keyof State]: State[Field] };

const REPORTS: ReadonlySet<string> = new Set(['milestoneClaimed', 'progressReported', 'outputDelivered']);

/** Days are compared, not positions: an old day that is entered late is no fresh report. */
const reportedBy = ({ reported }: ProjectState, { occurredOn, backfilled, positions }: EffectiveEntry): Reported =>
  reported && reported.on > occurredOn ? reported : { on: occurredOn, backfilled, positions };

/** Later facts are answered on their own: the delivery stands as it stood. */
function answerStatement(unit: UnitState, position: number, verified: Happening | undefined): UnitState {
  const statements = unit.statements.flatMap((statement) => {
    if (statement.positions[0] !== position) return [statement];
    return verified ? [{ ...statement, verified }] : [];
  });
  return { ...unit, statements };
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
