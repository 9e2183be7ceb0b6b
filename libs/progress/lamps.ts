import type { MilestoneStanding, Standing } from '@planledger/contracts';
import {
  add,
  addDays,
  compare,
  divide,
  type Fraction,
  fraction,
  type IsoDate,
  isZero,
  monthLater,
  multiply,
  subtract,
  toDecimal,
  toText,
  ZERO,
} from '@planledger/kernel';
import { caseOn, type CaseState, type PeriodState, type PlanState, thresholdOn } from '@planledger/plan';
import { elementName, elementsOn } from './element.js';
import type { Grade } from './grade.js';
import { isOngoing, milestoneIn, milestoneShare } from './project.js';
import { paymentColour, paymentLamp, stockEntryColour, stockEntryLamp } from './lamps-money.js';
import { type Colour, type Lamp, type LampQuestion, type ProjectLamps, textFraction } from './lamp.js';
import { remember } from './remembered.js';
import type { Timing } from './timeline.js';

/**
 * The lamps of a project (DOMAIN §6), derived from its standing, the periods of its unit and the thresholds in force;
 * undefined from the day on which it was cancelled, moved out, split or merged, and for one without a milestone plan.
 */
export function projectLamps(question: LampQuestion, standing: Standing): ProjectLamps | undefined {
  const { milestones } = standing;
  if (!isOngoing(standing, question.on) || milestones.length === 0) return undefined;
  const [start, progress, ...others] = ownLamps(question, standing);
  const lamps = [start, progress, reportingLamp(question, standing), ...others].flatMap((lamp) =>
    lamp ? [overridden(question, standing, lamp)] : [],
  );
  const worst = lamps.map(({ colour }) => colour).reduce<Colour>(darker, 'green');
  const overall: Lamp = {
    ...{ lamp: 'overall', colour: worst, grey: lamps.some(({ grey }) => grey), text: '取各灯中最暗者' },
    ...{ inputs: Object.fromEntries(lamps.map(({ lamp, colour }) => [lamp, colour])), entries: [] },
  };
  return { overall: overridden(question, standing, overall), lamps };
}

/**
 * Those that follow from the standing alone: start, progress, elements, payment and 入库. A list of lamps is asked by page
 * and by colour and counts every project each time, so that a standing keeps what it made of the last question.
 */
function ownLamps(question: LampQuestion, standing: Standing): readonly (Lamp | undefined)[] {
  const { plan, on, confidence, baseline } = question;
  return kept(standing, 'lamps', [on, confidence, baseline, plan.plan, plan.thresholds], () => [
    startLamp(question, standing.milestones),
    progressLamp(question, standing.milestones),
    elementsLamp(question, standing),
    paymentLamp(question, standing),
    stockEntryLamp(question, standing),
  ]);
}
const kept = remember<Standing, readonly (Lamp | undefined)[]>();

const ORDER: readonly Colour[] = ['blue', 'green', 'yellow', 'red'];
export const darker = (a: Colour, b: Colour): Colour => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a);

/** The first day of the month `months` after the one of `date`. */
const monthsLater = (date: IsoDate, months: number): IsoDate => `${monthLater(date.slice(0, 7), months)}-01`;

/** 开工灯: yellow from the first day after the planned month, red from the first day of the third month after it. */
function startLamp({ plan, on, confidence, baseline }: LampQuestion, milestones: readonly MilestoneStanding[]) {
  const start = milestones.find(({ type, exempt }) => type === 'start' && !exempt);
  const due = start && milestoneIn(start, baseline).due;
  if (!start || !due) return undefined;
  const started = compare(milestoneShare(start, confidence, on), fraction(1)) >= 0;
  const redAfter = Number(thresholdOn(plan, 'lamp/start-red-months', on).n);
  const [yellowFrom, redFrom] = [monthsLater(due, 1), monthsLater(due, redAfter)];
  const inputs = { on, due, started: started ? start.claimedOn : '', yellowFrom, redFrom };
  const colour = startColour(inputs);
  const text = started
    ? `已于 ${start.claimedOn} 开工`
    : colour === 'green'
      ? `计划 ${due} 开工`
      : `计划 ${due} 开工，应开未开`;
  return { lamp: 'start', colour, grey: false, text, inputs, entries: start.entries } satisfies Lamp;
}

const startColour = ({ on, started, yellowFrom, redFrom }: Record<string, string>): Colour =>
  started ? 'green' : (on ?? '') >= (redFrom ?? '') ? 'red' : (on ?? '') >= (yellowFrom ?? '') ? 'yellow' : 'green';

/** 进度灯: how many percentage points the project is behind its milestone plan; it counts on while suspended. */
function progressLamp({ plan, on, confidence, baseline }: LampQuestion, milestones: readonly MilestoneStanding[]) {
  let [weights, planned, done] = [ZERO, ZERO, ZERO];
  for (const milestone of milestones) {
    if (milestone.exempt) continue;
    const weight = fraction(milestone.weight);
    weights = add(weights, weight);
    const { due } = milestoneIn(milestone, baseline);
    if (due !== '' && due <= on) planned = add(planned, weight);
    done = add(done, multiply(weight, milestoneShare(milestone, confidence, on, baseline)));
  }
  if (isZero(weights)) return undefined;
  const points = (value: Fraction): Fraction => divide(multiply(value, fraction(100)), weights);
  const behind = subtract(points(planned), points(done));
  const inputs = {
    ...{ planned: toText(points(planned)), done: toText(points(done)), behind: toText(behind) },
    yellow: toText(thresholdOn(plan, 'lamp/progress-yellow', on)),
    red: toText(thresholdOn(plan, 'lamp/progress-red', on)),
  };
  const shown = (value: Fraction): string => toDecimal(value, 1);
  const text = `应完成 ${shown(points(planned))}%，已完成 ${shown(points(done))}%，${
    compare(behind, ZERO) > 0 ? `落后 ${shown(behind)} 个百分点` : '不落后'
  }`;
  const entries = milestones.flatMap((milestone) => milestone.entries);
  return { lamp: 'progress', colour: progressColour(inputs), grey: false, text, inputs, entries } satisfies Lamp;
}

function progressColour({ behind, yellow, red }: Record<string, string>): Colour {
  const [by, from, over] = [textFraction(behind), textFraction(yellow), textFraction(red)];
  if (compare(by, over) > 0) return 'red';
  return compare(by, from) >= 0 ? 'yellow' : 'green';
}

/** 报送灯, of the unit's month in its sector: a nil report is a report; one missed is grey, two in a row are red. */
function reportingLamp({ plan, on }: LampQuestion, { unit, sector, backfilled }: Standing): Lamp | undefined {
  if (backfilled) return undefined;
  const due: PeriodState[] = [];
  for (const [, periods] of plan.periods) {
    const period = periods.get(`${unit}/${sector}`);
    if (period && period.due < on) due.push(period);
  }
  if (due.length === 0) return undefined;
  due.sort((a, b) => (a.month < b.month ? -1 : 1));
  const missing = due.map((period) => !period.reports.some((report) => report.on <= on));
  let run = 0;
  while (run < missing.length && missing[missing.length - 1 - run]) run += 1;
  const last = due[due.length - 1];
  const inputs = { missed: String(run), months: String(due.length), month: last?.month ?? '' };
  const late = last?.reports[0] && last.reports[0].on > last.due ? `，${last.month} 迟报` : '';
  return {
    ...{ lamp: 'reporting', colour: reportingColour(inputs), grey: run === 1, inputs },
    text: run === 0 ? `${last?.month ?? ''} 已报送${late}` : `连续 ${run} 期未报送`,
    entries: due.slice(-2).flatMap(({ entries }) => entries),
  };
}

const reportingColour = ({ missed }: Record<string, string>): Colour => (Number(missed) >= 2 ? 'red' : 'green');

/** 要素灯: an element needed soon and not there is yellow, one that is overdue red. */
function elementsLamp({ plan, on }: LampQuestion, standing: Standing): Lamp | undefined {
  const elements = elementsOn(standing, on);
  if (elements.length === 0) return undefined;
  const soon = addDays(on, Number(thresholdOn(plan, 'lamp/element-days', on).n));
  const missing = elements.filter(({ requested, allocated, needBy }) => allocated < requested && needBy <= soon);
  const earliest = missing.map(({ needBy }) => needBy).sort()[0] ?? '';
  const inputs = { on, soon, earliest };
  const names = missing.map((each) => `${elementName(each)}（${each.needBy}）`).join('、');
  return {
    ...{ lamp: 'elements', colour: elementsColour(inputs), grey: false, inputs },
    text: missing.length === 0 ? '近期所需要素均已落实' : `未落实：${names}`,
    entries: missing.flatMap(({ entries }) => entries),
  };
}

const elementsColour = ({ on, earliest }: Record<string, string>): Colour =>
  !earliest ? 'green' : earliest < (on ?? '') ? 'red' : 'yellow';

/** The colour once more, from a lamp's inputs alone. */
export function recomputeLamp({ lamp, inputs }: Pick<Lamp, 'lamp' | 'inputs'>): Colour {
  if (inputs['override']) return inputs['override'] as Colour;
  switch (lamp) {
    case 'start':
      return startColour(inputs);
    case 'progress':
      return progressColour(inputs);
    case 'reporting':
      return reportingColour(inputs);
    case 'elements':
      return elementsColour(inputs);
    case 'payment':
      return paymentColour(inputs);
    case 'stock-entry':
      return stockEntryColour(inputs);
    case 'overall':
      return Object.values(inputs).reduce<Colour>((worst, colour) => darker(worst, colour as Colour), 'green');
  }
}

/** A person's word: darker while its case is open, brighter until its last day (DOMAIN §6). */
function overridden({ plan, on }: LampQuestion, { stream }: Standing, lamp: Lamp): Lamp {
  const said = lampCases(plan)
    .get(`${stream}|${lamp.lamp}`)
    ?.findLast((each) => {
      const { lamp: word } = each;
      if (!word || (caseOn(each, on)?.status ?? 'closed') === 'closed') return false;
      const brighter = ORDER.indexOf(word.colour as Colour) < ORDER.indexOf(lamp.colour);
      return brighter ? word.until >= on : word.until === '' || word.until >= on;
    });
  if (!said?.lamp) return lamp;
  const colour = said.lamp.colour as Colour;
  return {
    ...lamp,
    colour,
    text: `${lamp.text}；人工${ORDER.indexOf(colour) > ORDER.indexOf(lamp.colour) ? '调暗' : '调亮'}：${said.reason}`,
    inputs: { ...lamp.inputs, rule: lamp.colour, override: colour, until: said.lamp.until },
    entries: [...lamp.entries, ...said.entries],
  };
}

/** Cases with a word on a lamp, by stream and lamp: a memory of a pure function of an immutable map. */
function lampCases({ cases }: PlanState): ReadonlyMap<string, readonly CaseState[]> {
  const known = grouped.get(cases);
  if (known) return known;
  const groups = new Map<string, CaseState[]>();
  for (const each of cases.values()) {
    if (!each.lamp) continue;
    const key = `${each.about}|${each.lamp.lamp}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  grouped.set(cases, groups);
  return groups;
}
const grouped = new WeakMap<PlanState['cases'], ReadonlyMap<string, readonly CaseState[]>>();

/** Items by SPI_t; finished: blue early, green on time, yellow late; past due red (DOMAIN §4.6, §6). Null: nothing due. */
export function itemColour(plan: PlanState, on: IsoDate, timing: Timing | undefined): Colour | null {
  if (!timing) return null;
  switch (timing.state) {
    case 'early':
      return 'blue';
    case 'on-time':
      return 'green';
    case 'late':
      return 'yellow';
    case 'overdue':
      return 'red';
    case 'not-due':
      return null;
    case 'running': {
      const { spi } = timing;
      if (!spi) return null;
      if (compare(spi, thresholdOn(plan, 'lamp/item-green', on)) >= 0) return 'green';
      return compare(spi, thresholdOn(plan, 'lamp/item-yellow', on)) >= 0 ? 'yellow' : 'red';
    }
  }
}

/** Indicators by grade; null where there is none. */
export function gradeColour(grade: Grade): Colour | null {
  switch (grade) {
    case 'early':
      return 'blue';
    case 'faster':
    case 'on-pace':
      return 'green';
    case 'behind':
      return 'yellow';
    case 'far-behind':
    case 'backwards':
      return 'red';
    case 'ungraded':
      return null;
  }
}
