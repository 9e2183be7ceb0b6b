import type { Standing } from '@planledger/contracts';
import { equals, ONE } from '@planledger/kernel';
import type { Inherited } from './cells-lineage.js';
import { equal } from './equal.js';
import type { Pair } from './figure.js';
import { emptyOrdered, keep, type Ordered } from './ordered.js';
import { designedIn, endOf, isLinked, isRedesigned, milestoneShare, progressByDay } from './project.js';
import { type BaselineName, CONFIDENCES } from './reading.js';
import { SCHEME_STEPS } from './scheme.js';
import { addSteps, emptySeries, isEmpty, replaceSteps, type Series, type Step } from './series.js';
import { wayOf, type WaySteps } from './work.js';

/**
 * What linked projects are designed to deliver of one measure. Another object after every change, though what it holds
 * is the same.
 */
export interface MeasureWorks {
  readonly b0: Track;
  readonly current: Track;
  /** Projects designed to deliver units of it, and those of them that ended. */
  readonly designing: Ordered;
  readonly departed: Ordered;
  /** Of these, how many have another design now than in B0, inherit B0's dates, or ended: the current track is not B0's. */
  readonly moved: number;
  /** Of a 谋划: projects by the step reached, `<confidence>/<milestone>`. */
  readonly schemes: Map<string, Series>;
}

/** By B0, or by the current baseline. */
export interface Track extends Pair<UnderWay> {
  readonly planned: Planned;
}

/** Designed units by the day by which they are planned to count; another object after every change. */
export interface Planned {
  readonly series: Series;
}

/** Designed units that do not count yet (work.ts), as sums by date. */
export interface UnderWay {
  readonly millionths: Series<bigint>;
  readonly units: Series;
  readonly lines: Series;
  /** Projects that ended before they had delivered what they were designed for. */
  readonly unfinished: Series;
}

const emptyUnderWay = (): UnderWay => ({
  ...{ millionths: emptySeries(), units: emptySeries(), lines: emptySeries(), unfinished: emptySeries() },
});
const emptyTrack = (): Track => ({
  ...{ planned: { series: emptySeries() }, claimed: emptyUnderWay(), verified: emptyUnderWay() },
});
const emptyWorks = (): MeasureWorks => ({
  ...{ b0: emptyTrack(), current: emptyTrack(), designing: emptyOrdered(), departed: emptyOrdered(), moved: 0 },
  schemes: new Map(),
});

/** What one project adds to a measure. */
interface Effect {
  readonly b0: TrackEffect;
  readonly current: TrackEffect;
  readonly departed: boolean;
  readonly moved: boolean;
  readonly schemes: readonly (readonly [key: string, steps: readonly Step[]])[];
}
interface TrackEffect extends Pair<WaySteps> {
  readonly planned: readonly Step[];
}

/** A project, and the measures whose B0 dates are those of a project before it (cells-lineage.ts). */
export interface Heritage {
  readonly standing: Standing;
  readonly inherited: Inherited;
}

function effectsOf(heritage: Heritage | undefined): Map<string, Effect> {
  const effects = new Map<string, Effect>();
  if (!heritage || heritage.standing.offPlan) return effects;
  const { standing, inherited } = heritage;
  const measures = new Set([...standing.designed, ...standing.designedNow].map(({ measure }) => measure));
  const linked = [...measures].filter((measure) => isLinked(standing, measure));
  if (linked.length === 0) return effects;
  const byDay = (baseline: BaselineName) => ({
    claimed: progressByDay(standing, 'claimed', baseline),
    verified: progressByDay(standing, 'verified', baseline),
  });
  const redesigned = isRedesigned(standing);
  const b0Progress = byDay('b0');
  const progress = { b0: b0Progress, current: redesigned ? byDay('current') : b0Progress };
  const track = (measure: string, baseline: BaselineName, planned: readonly Step[]): TrackEffect => ({
    planned,
    claimed: wayOf(standing, measure, ['claimed', baseline], progress[baseline].claimed),
    verified: wayOf(standing, measure, ['verified', baseline], progress[baseline].verified),
  });
  const departed = endOf(standing) !== undefined;
  const replanned = standing.designedNow.length > 0;
  for (const measure of linked) {
    const own = plannedIn(standing, measure, 'b0');
    const inherits = inherited.includes(measure);
    const b0 = track(measure, 'b0', inherits ? [] : own);
    // Who ended has nothing planned any more; in B0 it stands for ever.
    const planned = departed ? [] : replanned ? plannedIn(standing, measure, 'current') : own;
    const current = replanned || redesigned ? track(measure, 'current', planned) : { ...b0, planned };
    const moved = departed || replanned || redesigned || inherits;
    effects.set(measure, { b0, current, departed, moved, schemes: schemesOf(standing) });
  }
  return effects;
}

const plannedIn = (standing: Standing, measure: string, baseline: BaselineName): Step[] =>
  designedIn(standing, baseline).flatMap((row): Step[] =>
    row.measure === measure && row.due !== '' ? [[row.due, row.quantity]] : [],
  );

/** The steps of a 谋划 that a project has reached, while it goes on. */
function schemesOf(standing: Standing): Effect['schemes'] {
  const end = endOf(standing);
  return standing.milestones
    .filter(({ type, milestone, exempt }) => type === 'document' && !exempt && SCHEME_STEPS.has(milestone))
    .flatMap((each) =>
      CONFIDENCES.flatMap((confidence) => {
        const reached = equals(milestoneShare(each, confidence, each.claimedOn), ONE);
        if (!reached || (end !== undefined && end <= each.claimedOn)) return [];
        const steps: Step[] = [[each.claimedOn, 1], ...(end === undefined ? [] : [[end, -1] as const])];
        return [[`${confidence}/${each.milestone}`, steps] as const];
      }),
    );
}

/** All that effectsOf reads. */
function readOf({ standing, inherited }: Heritage): unknown {
  const { offPlan, items, status, statusSince, designed, designedNow, milestones, contributions } = standing;
  return [inherited, offPlan, items, status, statusSince, designed, designedNow, milestones, contributions];
}

/** Replaces what a project is designed for and how far it is; a measure for which nothing changed is not touched. */
export function applyWorks(
  works: Map<string, MeasureWorks>,
  stream: string,
  before: Heritage | undefined,
  after: Heritage,
): void {
  if (before && equal(readOf(before), readOf(after))) return;
  const [old, now] = [effectsOf(before), effectsOf(after)];
  for (const measure of new Set([...old.keys(), ...now.keys()])) {
    const [gone, come] = [old.get(measure), now.get(measure)];
    if (equal(gone, come)) continue;
    const known = works.get(measure) ?? emptyWorks();
    const tracks = (['b0', 'current'] as const).map((name) => changed(known[name], gone?.[name], come?.[name]));
    const [b0 = known.b0, current = known.current] = tracks;
    keep(known.designing, stream, come !== undefined);
    keep(known.departed, stream, come?.departed ?? false);
    for (const [key, steps] of gone?.schemes ?? []) inSchemes(known.schemes, key, steps, -1);
    for (const [key, steps] of come?.schemes ?? []) inSchemes(known.schemes, key, steps, 1);
    const moved = known.moved - Number(gone?.moved ?? false) + Number(come?.moved ?? false);
    if (known.designing.size === 0) works.delete(measure);
    else works.set(measure, { ...known, b0, current, moved });
  }
}

function changed(track: Track, before: TrackEffect | undefined, after: TrackEffect | undefined): Track {
  for (const confidence of CONFIDENCES) {
    replaceWay(track[confidence], before?.[confidence] ?? NO_WAY, after?.[confidence] ?? NO_WAY);
  }
  if (equal(before?.planned ?? [], after?.planned ?? [])) return track;
  const { series } = track.planned;
  replaceSteps(series, before?.planned ?? [], after?.planned ?? []);
  return { ...track, planned: { series } };
}

const NO_WAY: WaySteps = { millionths: [], units: [], lines: [], unfinished: [] };

function replaceWay({ millionths, units, lines, unfinished }: UnderWay, before: WaySteps, after: WaySteps): void {
  replaceSteps(millionths, before.millionths, after.millionths);
  replaceSteps(units, before.units, after.units);
  replaceSteps(lines, before.lines, after.lines);
  replaceSteps(unfinished, before.unfinished, after.unfinished);
}

function inSchemes(schemes: Map<string, Series>, key: string, steps: readonly Step[], sign: 1 | -1): void {
  const series = schemes.get(key) ?? emptySeries();
  addSteps(series, steps, sign);
  if (isEmpty(series)) schemes.delete(key);
  else schemes.set(key, series);
}
