import type { Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { equal } from './equal.js';
import { moneySteps } from './money.js';
import { emptyOrdered, keep, type Ordered } from './ordered.js';
import { endOf } from './project.js';
import { addSteps, emptySeries, isEmpty, type Series, type Step } from './series.js';

/**
 * The projects that are linked to the same items: with sums a group, every cut adds the groups that touch it, and a
 * project that is linked to several items of a cut is in it once. Flagged projects (规划外) are in none. Another object
 * after every change, though what it holds is the same.
 */
export interface ProjectGroup {
  readonly items: readonly string[];
  readonly streams: Ordered;
  /** By day: how many go on, and how many of these have claimed 开工. */
  readonly ongoing: Series;
  readonly started: Series;
  readonly left: Left;
  /** Sums of money in 元, by the names of money.ts. */
  readonly money: Map<string, Series<bigint>>;
}

/** Cancelled, moved out, split or merged. Another object after every change of it or of one of these projects. */
export interface Left {
  readonly streams: Ordered;
  /** By day: how many have ended. */
  readonly ended: Series;
}

/** What one project adds to its group. */
interface Effect {
  readonly items: readonly string[];
  readonly ongoing: readonly Step[];
  readonly started: readonly Step[];
  readonly ended: readonly Step[];
  readonly money: readonly (readonly [name: string, steps: readonly Step<bigint>[]])[];
}

const keyOf = (items: readonly string[]): string => items.join('|');

function effectOf(standing: Standing | undefined): Effect | undefined {
  if (!standing || standing.offPlan || standing.items.length === 0) return undefined;
  const end = endOf(standing);
  const { startedOn } = standing;
  return {
    items: [...new Set(standing.items)].sort(),
    ongoing: until(end, ''),
    started: startedOn === '' ? [] : until(end, startedOn),
    ended: end === undefined ? [] : [[end, 1]],
    money: moneySteps(standing),
  };
}

/** One more from a day on, until the end. */
const until = (end: IsoDate | undefined, day: IsoDate): Step[] =>
  end === undefined ? [[day, 1]] : end > day ? [[day, 1], [end, -1]] : []; // prettier-ignore

/** All that effectOf reads. */
function readOf({ offPlan, items, status, statusSince, startedOn, ...rest }: Standing): unknown {
  const { estimateB0, estimate, money, elements } = rest;
  return [offPlan, items, status, statusSince, startedOn, estimateB0, estimate, money, elements];
}

export function applyGroups(
  groups: Map<string, ProjectGroup>,
  stream: string,
  before: Standing | undefined,
  after: Standing,
): void {
  if (before && endOf(before) === undefined && equal(readOf(before), readOf(after))) return;
  const [gone, come] = [effectOf(before), effectOf(after)];
  // A list of those that left shows names and what they did not finish: each of their standings may change it.
  if (equal(gone, come) && (gone?.ended.length ?? 0) === 0) return;
  const stays = gone && come && keyOf(gone.items) === keyOf(come.items);
  if (gone) change(groups, stream, gone, -1, stays ?? false);
  if (come) change(groups, stream, come, 1, true);
}

function change(
  groups: Map<string, ProjectGroup>,
  stream: string,
  effect: Effect,
  sign: 1 | -1,
  isMember: boolean,
): void {
  const key = keyOf(effect.items);
  const group = groups.get(key) ?? {
    ...{ items: effect.items, streams: emptyOrdered(), money: new Map<string, Series<bigint>>() },
    ...{ ongoing: emptySeries(), started: emptySeries(), left: { streams: emptyOrdered(), ended: emptySeries() } },
  };
  addSteps(group.ongoing, effect.ongoing, sign);
  addSteps(group.started, effect.started, sign);
  const { streams, ended } = group.left;
  addSteps(ended, effect.ended, sign);
  if (effect.ended.length > 0) keep(streams, stream, sign === 1);
  for (const [name, steps] of effect.money) {
    const series = group.money.get(name) ?? emptySeries<bigint>();
    addSteps(series, steps, sign);
    if (isEmpty(series)) group.money.delete(name);
    else group.money.set(name, series);
  }
  keep(group.streams, stream, isMember);
  if (group.streams.size === 0) groups.delete(key);
  else groups.set(key, { ...group, left: effect.ended.length > 0 ? { streams, ended } : group.left });
}
