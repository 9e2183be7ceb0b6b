import type { Standing } from '@planledger/contracts';
import { type IsoDate, lastDayOf, monthLater } from '@planledger/kernel';
import { assessIndicator, GRADE_NAMES } from './grade.js';
import { itemTiming } from './assessment.js';
import { itemFigure } from './item.js';
import type { Colour } from './lamp.js';
import { gradeColour, itemColour, projectLamps } from './lamps.js';
import { type LampNode, parseAddress } from './node.js';
import { type BaselineName, type CompletionInput, type Confidence, readingOf } from './reading.js';
import { lampText } from './schedule.js';

/** Twice a plan's period: what is asked about a day long after the plan is answered for the last ten years. */
const MONTHS_MAX = 120;
const NO_LAMP = '不亮灯';

/** What a lamp showed from one month's end to another, both included. */
export interface LampRun {
  /** The first and the last day that were looked at: month ends, and `on`. The colour changed at some day between two runs. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Null where the lamp did not apply, or nothing was due, or nothing can be said. */
  readonly colour: Colour | null;
  readonly grey: boolean;
  /** Why, on the run's last day. */
  readonly text: string;
}

export interface LampHistory {
  readonly node: string;
  readonly on: IsoDate;
  readonly confidence: Confidence;
  readonly baseline: BaselineName;
  /** The earliest first, without gaps in the months; the last one ends on `on` and is what `lamps` shows then. */
  readonly runs: readonly LampRun[];
}

type Shown = Pick<LampRun, 'colour' | 'grey' | 'text'>;

/**
 * The history of a lamp (DOMAIN §6): its colour at the end of each month from the plan's start, and on `on`, by the
 * functions that `lamps` asks. It is a view of what is known now (at the position asked, in a replay) read on each of
 * those days, not a record of what was shown then: an entry that came late, or was corrected, is in the month it is
 * about. A project that ended had its lamps to the day before; a person's word on a lamp holds from the day its case was
 * raised to the day before it was closed. What is not dated counts for every month: the term
 * that a case had before it was escalated.
 * The work is bounded by the plan's period: at most 120 months of one lamp.
 *
 * `node` is an address that `lamps` shows; undefined for any other, for what the plan has not, for a project that the
 * reader may not see, and for a project's lamp that never applied.
 */
export function lampHistory(
  input: CompletionInput,
  node: string,
  { confidence, baseline }: { readonly confidence: Confidence; readonly baseline: BaselineName },
  visible: (standing: Standing) => boolean,
): LampHistory | undefined {
  const address = parseAddress(node);
  if (address?.aspect !== 'completion' || address.node.kind !== 'lamp') return undefined;
  const shownOn = lampOf(input, address.node.lamp, confidence, baseline, visible);
  if (!shownOn) return undefined;
  const { plan, on } = input;
  const days = monthEnds(plan.plan?.periodStart ?? on, on);
  const runs: LampRun[] = [];
  for (const day of days) {
    const shown = shownOn(day);
    const last = runs.at(-1);
    const same = last?.colour === shown.colour && last.grey === shown.grey;
    runs.splice(same ? -1 : runs.length, same ? 1 : 0, { from: same ? last.from : day, to: day, ...shown });
  }
  const ofProject = address.node.lamp.of === 'project';
  if (ofProject && runs.every(({ colour }) => colour === null)) return undefined;
  return { node, on, confidence, baseline, runs };
}

/** What one lamp shows on a day; undefined where there is no such lamp. */
function lampOf(
  input: CompletionInput,
  node: LampNode,
  confidence: Confidence,
  baseline: BaselineName,
  visible: (standing: Standing) => boolean,
): ((on: IsoDate) => Shown) | undefined {
  const { plan, standings } = input;
  const { base } = readingOf(input, baseline);
  switch (node.of) {
    case 'item': {
      const item = base.items.get(node.item);
      // Not by `assess`: it would make every item of the plan anew for each month, and forget those of today.
      return (
        item &&
        ((on) => {
          const reading = readingOf({ ...input, on }, baseline);
          const timing = itemTiming(reading, itemFigure(reading, item, confidence));
          const text = lampText(timing);
          return { colour: itemColour(plan, on, timing), grey: false, text };
        })
      );
    }
    case 'indicator': {
      const indicator = base.indicators.get(node.indicator);
      return (
        indicator &&
        ((on) => {
          const { grade } = assessIndicator(readingOf({ ...input, on }, baseline), indicator);
          return { colour: gradeColour(grade), grey: false, text: GRADE_NAMES[grade] };
        })
      );
    }
    case 'project': {
      const standing = standings.get(node.stream);
      if (!standing || !visible(standing)) return undefined;
      return (on) => {
        const lit = projectLamps({ plan, on, confidence, baseline }, standing);
        const lamp = node.lamp === 'overall' ? lit?.overall : lit?.lamps.find(({ lamp: each }) => each === node.lamp);
        return { colour: lamp?.colour ?? null, grey: lamp?.grey ?? false, text: lamp?.text ?? NO_LAMP };
      };
    }
  }
}

/** The last day of each month from that of `start`, as long as it is before `on`, then `on`; at most the last 120. */
function monthEnds(start: IsoDate, on: IsoDate): IsoDate[] {
  const [first, last] = [start.slice(0, 7), on.slice(0, 7)];
  const earliest = monthLater(last, 1 - MONTHS_MAX);
  const days: IsoDate[] = [];
  for (let month = first > earliest ? first : earliest; month < last; month = monthLater(month, 1)) {
    days.push(lastDayOf(month) ?? on);
  }
  return [...days, on];
}
