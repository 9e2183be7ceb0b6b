import type { Facts, TemplateMilestone } from '@planledger/sectors';

/** The day the demo plan was loaded, its goLive. */
export const DEMO_FIRST_DAY = '2022-04-06';

/** Places whose clerks are demo people: of the city's own bureaus, and of two counties. */
export const CITY = '410200';
export const XIANGFU = '410212';
export const QIXIAN = '410221';
export const COUNTY_NAMES: Readonly<Record<string, string>> = {
  [XIANGFU]: '祥符区',
  [QIXIAN]: '杞县',
  [CITY]: '开封市',
};

/** One command of the history, in the words of the table of commands. */
export interface DemoStep {
  /** Simulated day on which it is sent. */
  readonly day: string;
  readonly person: string;
  readonly command: string;
  readonly commandId: string;
  /** `id`, and a body's `into`, are the command ids of registrations: ids follow from the plan too. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of corrections, and of answers to reports, requests and later facts: the command id whose entry is meant. */
  readonly about?: string;
}

/** What goes wrong, or is put right, in the life of a simulated project; what befalls fewest kinds of projects first. */
export const TROUBLES = [
  // A bundle whose units have dates of their own; 建成未投用: delivered, and its last step never taken.
  ...(['unit-dates', 'not-in-use'] as const),
  // Starved: built and not paid; asked for and never given; paid and not built; land without a start.
  ...(['unpaid', 'starved', 'funds-idle', 'land-idle'] as const),
  // Before the work: begun under the plan before, beside the plan, in the reserve.
  ...(['carried-in', 'off-plan', 'off-plan-admitted', 'reserve'] as const),
  // Another plan than the first one.
  ...(['rebaselined', 'rebaselined-late', 'rebaseline-refused', 'exempted', 'exemption-refused'] as const),
  // Disputed, and put right.
  ...(['rejected', 'output-rejected', 'progress-rejected', 'corrected', 'retracted', 'revoked'] as const),
  ...(['unverified', 'facts-later'] as const),
  // Held up, or ended.
  ...(['suspended', 'resumed', 'cancelled', 'moved-out', 'split', 'merged'] as const),
] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface DemoUnit {
  readonly unit: string;
  readonly name: string;
  readonly member?: string;
  readonly quantity?: number;
  readonly facts: Facts;
  /** Facts that take the day of delivery, or its year. */
  readonly dated?: Readonly<Record<string, 'day' | 'year'>>;
  /** What is stated some weeks after the delivery. */
  readonly later?: Facts;
}

export interface DemoProject {
  readonly name: string;
  readonly sector: string;
  readonly county: string;
  readonly item: string;
  /** Of the units; left out where the item is followed by work alone. */
  readonly measure?: string;
  readonly template: string;
  readonly nature: string;
  readonly kind: string;
  /** Named project of the plan's text. */
  readonly named?: string;
  /** First milestone's due day, and days from it to the last one's. */
  readonly begins: string;
  readonly days: number;
  /** Days by which the last milestone comes later than planned. */
  readonly late: number;
  /** Share of the milestones that is reached by the last day of the demo. */
  readonly share: number;
  readonly estimateYuan?: number;
  /** Of every quantity milestone, in its own unit; left out: 6,000. */
  readonly designed?: number;
  /** National project code (赋码). */
  readonly code?: string;
  /** Funds are asked for, allocated and paid as work goes. */
  readonly funded?: boolean;
  /** Nothing of it is sent before this day: its paper history was entered on it. */
  readonly enteredOn?: string;
  readonly trouble?: Trouble;
  readonly units: readonly DemoUnit[];
}

/** Days between what happened and its report, and between report and verification. */
export const [REPORT_LAG, VERIFY_LAG] = [3, 12];
/** A project while its steps are written down. */
export interface Life {
  readonly project: DemoProject;
  readonly clerk: string;
  readonly verifier: string;
  readonly milestones: readonly TemplateMilestone[];
  readonly designed: number;
  /** The plan's named projects, by id. */
  readonly named: ReadonlySet<string>;
  /** Command id of a step of this project. */
  key(what: string): string;
  /** The day on which a milestone is due by the first plan. */
  due(at: number): string;
  /** Something sent on `day`, about what happened on `on` (that day, unless it is given). */
  send(day: string, person: string, command: string, what: string, body?: object, more?: More): void;
}

interface More {
  readonly on?: string;
  readonly params?: Readonly<Record<string, string>>;
  /** What the answered, corrected or retracted step was called. */
  readonly about?: string;
}

export const digestOf = (seed: string): string => Buffer.from(seed.padEnd(32, '.')).toString('hex').slice(0, 64);

/** Entries of days before the system began carry the digest and date of their source (补录). */
export const evidenceFor = (day: string, what: string): object =>
  day < DEMO_FIRST_DAY
    ? { evidence: [{ digest: digestOf(what), name: '历史台账扫描件', kept: '市档案馆', dated: day }] }
    : {};

/** Integers from 0 below `below`, the same on every machine for the same seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
