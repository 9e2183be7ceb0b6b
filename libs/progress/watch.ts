import { type MilestoneStanding, ProjectStatus, type Standing } from '@planledger/contracts';
import { compare, type Fraction, fraction, type IsoDate, toPercent, toText } from '@planledger/kernel';
import { assess } from './assessment.js';
import { assessIndicators } from './indicators.js';
import { isBinding } from './indicator.js';
import { type Colour, COLOUR_NAMES, type Lamp, type LampQuestion, type ProjectLamps } from './lamp.js';
import { gradeColour, itemColour, projectLamps } from './lamps.js';
import {
  FILTERS,
  type FilterTexts,
  HEADER_NODE,
  LAMP_COUNTS,
  type LampCount,
  lampsNode,
  projectsNode,
} from './listed-node.js';
import { applicable, inReserveOn, isOf, milestoneIn, milestoneShare, projectProgress, statusOn } from './project.js';
import { type BaselineName, type CompletionInput, type Confidence, readingOf } from './reading.js';
import { GRADE_NAMES } from './grade.js';
import { lampText } from './schedule.js';

/** Which projects a list holds; all given fields must match. */
export interface ProjectFilter {
  readonly sector?: string;
  readonly county?: string;
  readonly unit?: string;
  readonly item?: string;
  readonly stage?: Stage;
  readonly colour?: Colour;
  /** Part of the name. */
  readonly name?: string;
}

/** 谋划 … 移交; 暂停, 取消, 调出, 拆分, 合并 stand beside (DOMAIN §3): derived, never recorded. */
export const STAGES = [
  ...(['idea', 'reserve', 'preparation', 'started', 'building', 'completed', 'in-use', 'handed-over'] as const),
  ...(['suspended', 'cancelled', 'moved-out', 'split', 'merged'] as const),
] as const;
export type Stage = (typeof STAGES)[number];
export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  ...{ idea: '谋划', reserve: '储备', preparation: '前期', started: '开工', building: '在建', completed: '竣工' },
  ...{ 'in-use': '投用', 'handed-over': '移交', suspended: '暂停', cancelled: '取消', 'moved-out': '调出' },
  ...{ split: '拆分', merged: '合并' },
};

const BESIDE: Partial<Record<ProjectStatus, Stage>> = {
  [ProjectStatus.SUSPENDED]: 'suspended',
  [ProjectStatus.CANCELLED]: 'cancelled',
  [ProjectStatus.MOVED_OUT]: 'moved-out',
  [ProjectStatus.SPLIT]: 'split',
  [ProjectStatus.MERGED]: 'merged',
};

/** Where a project is by its status and its claimed milestones at the end of `on`. */
export function stageOf(standing: Standing, on: IsoDate): Stage {
  const beside = BESIDE[statusOn(standing, on)];
  if (beside) return beside;
  const reached = (types: readonly string[]): boolean =>
    standing.milestones.some((each) => types.includes(each.type) && isClaimed(each, on));
  if (reached(['handover'])) return 'handed-over';
  if (reached(['service'])) return 'in-use';
  if (reached(['acceptance'])) return 'completed';
  if (standing.startedOn !== '' && standing.startedOn <= on)
    return reached(['works', 'quantity']) ? 'building' : 'started';
  if (inReserveOn(standing, on)) return 'reserve';
  return standing.milestones.length > 0 ? 'preparation' : 'idea';
}

const isClaimed = (milestone: MilestoneStanding, on: IsoDate): boolean =>
  compare(milestoneShare(milestone, 'claimed', on), fraction(0)) > 0;

/** A project as lists show it. */
export interface ProjectRow {
  readonly stream: string;
  readonly name: string;
  readonly sector: string;
  readonly county: string;
  readonly unit: string;
  readonly items: readonly string[];
  readonly stage: Stage;
  readonly stageName: string;
  readonly offPlan: boolean;
  readonly progress: Readonly<Record<Confidence, { node: string; exact: string | null; percent: string | null }>>;
  /** The last milestone's due day: B0 and current. */
  readonly due: Readonly<Record<BaselineName, string>>;
  readonly reportedOn: string;
  /** Null where no lamp applies. */
  readonly lamp: { readonly node: string; readonly colour: Colour; readonly grey: boolean } | null;
}

export const PROJECT_SORTS = ['stream', 'name', 'progress', 'due', 'reported'] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

export interface ListOptions extends ProjectFilter {
  readonly confidence: Confidence;
  readonly baseline: BaselineName;
  readonly limit: number;
  /** Rows to pass over: what `next` of the page before said. */
  readonly skip: number;
}

/** A filter from the texts of an address; undefined where it names a stage or colour that there is not. */
export function filterOf({ stage, colour, ...texts }: FilterTexts): ProjectFilter | undefined {
  const [knownStage, knownColour] = [STAGES.find((each) => each === stage), COLOURS.find((each) => each === colour)];
  if ((stage !== undefined && !knownStage) || (colour !== undefined && !knownColour)) return undefined;
  return {
    ...texts,
    ...(knownStage ? { stage: knownStage } : {}),
    ...(knownColour ? { colour: knownColour } : {}),
  };
}
const COLOURS = Object.keys(COLOUR_NAMES) as Colour[];

/** Projects of all sectors that the reader may see, filtered and sorted; `next` is null on the last page. */
export function projectList(
  input: CompletionInput,
  { sort, ...options }: ListOptions & { readonly sort: ProjectSort },
  visible: (standing: Standing) => boolean,
) {
  const question: LampQuestion = { plan: input.plan, on: input.on, ...options };
  const found = select(input, question, options, visible);
  const { limit, skip } = options;
  found.sort((a, b) => order(sort, a, b, question) || (a.stream < b.stream ? -1 : 1));
  const projects = found.slice(skip, skip + limit).map((standing) => projectRow(question, standing));
  const next = skip + limit < found.length ? skip + limit : null;
  return { total: found.length, node: projectsNode(filterTexts(options)), projects, next };
}

/** The filter alone, of all that a list is asked. */
const filterTexts = (options: ListOptions): FilterTexts =>
  Object.fromEntries(FILTERS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));

export function select(
  { standings, on }: Pick<CompletionInput, 'standings' | 'on'>,
  question: LampQuestion,
  { item, stage, colour, name, ...whose }: ProjectFilter,
  visible: (standing: Standing) => boolean,
): Standing[] {
  const found: Standing[] = [];
  for (const standing of standings.values()) {
    if (!standing.stream.startsWith('project/') || !visible(standing)) continue;
    if (!isOf(standing, whose)) continue;
    if (item !== undefined && !standing.items.includes(item)) continue;
    if (name !== undefined && !standing.name.includes(name)) continue;
    if (stage !== undefined && stageOf(standing, on) !== stage) continue;
    if (colour !== undefined && projectLamps(question, standing)?.overall.colour !== colour) continue;
    found.push(standing);
  }
  return found;
}

function order(sort: ProjectSort, a: Standing, b: Standing, { confidence, on, baseline }: LampQuestion): number {
  const by = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
  switch (sort) {
    case 'stream':
      return 0;
    case 'name':
      return by(a.name, b.name);
    case 'due':
      return by(lastDue(a, baseline), lastDue(b, baseline));
    case 'reported':
      return by(a.reportedOn, b.reportedOn);
    case 'progress':
      return compare(
        projectProgress(a, confidence, on, baseline) ?? fraction(-1),
        projectProgress(b, confidence, on, baseline) ?? fraction(-1),
      );
  }
}

const lastDue = (standing: Standing, baseline: BaselineName): IsoDate =>
  applicable(standing)
    .map((milestone) => milestoneIn(milestone, baseline).due)
    .reduce((last, due) => (due > last ? due : last), '');

function projectRow(question: LampQuestion, standing: Standing): ProjectRow {
  const { stream, name, sector, county, unit, items, offPlan, reportedOn } = standing;
  const stage = stageOf(standing, question.on);
  const share = (confidence: Confidence) => {
    const value: Fraction | null = projectProgress(standing, confidence, question.on, question.baseline);
    return { node: stream, exact: value && toText(value), percent: value && toPercent(value) };
  };
  const lamps = projectLamps(question, standing);
  return {
    ...{ stream, name, sector, county, unit, items, stage, stageName: STAGE_NAMES[stage], offPlan, reportedOn },
    progress: { claimed: share('claimed'), verified: share('verified') },
    due: { b0: lastDue(standing, 'b0'), current: lastDue(standing, 'current') },
    lamp: lamps ? { node: `lamp/overall/${stream}`, colour: lamps.overall.colour, grey: lamps.overall.grey } : null,
  };
}

/** 亮灯 (DOMAIN §6): items, indicators, and one page of projects with every lamp that applies. */
export interface LampsAnswer {
  readonly on: IsoDate;
  readonly confidence: Confidence;
  readonly baseline: BaselineName;
  /** A red binding indicator marks the plan's header. */
  readonly header: { readonly node: string; readonly red: boolean; readonly indicators: readonly string[] };
  readonly items: readonly MarkedRow[];
  readonly indicators: readonly MarkedRow[];
  /** Of all projects that the reader may see and the filter holds. */
  readonly counts: LampPlace['counts'];
  /** Of the counts, for explain by the same confidence and baseline. */
  readonly addresses: LampPlace['addresses'];
  /** The same counts by sector and county, of those pairs that have projects: a matrix in one answer. */
  readonly places: readonly LampPlace[];
  readonly projects: readonly LampRow[];
  readonly next: number | null;
}

export interface LampPlace {
  readonly sector: string;
  readonly county: string;
  readonly counts: Readonly<Record<LampCount, number>>;
  readonly addresses: Readonly<Record<LampCount, string>>;
}

export interface MarkedRow {
  readonly node: string;
  readonly code: string;
  readonly name: string;
  /** Null where nothing is due or nothing can be said. */
  readonly colour: Colour | null;
  readonly text: string;
}

export interface LampRow {
  readonly stream: string;
  readonly name: string;
  readonly sector: string;
  readonly county: string;
  readonly unit: string;
  readonly overall: Lamp & { readonly node: string };
  readonly lamps: readonly (Lamp & { readonly node: string })[];
}

export function lamps(
  input: CompletionInput,
  options: ListOptions,
  visible: (standing: Standing) => boolean,
): LampsAnswer {
  const { plan, on } = input;
  const { confidence, baseline, limit, skip } = options;
  const question: LampQuestion = { plan, on, confidence, baseline };
  const { colour, ...others } = options;
  const counts = noCounts();
  const places = new Map<string, { sector: string; county: string; counts: Record<LampCount, number> }>();
  const marked: { standing: Standing; lit: ProjectLamps }[] = [];
  for (const standing of select(input, question, others, visible)) {
    const lit = projectLamps(question, standing);
    const { sector, county } = standing;
    const place = places.get(`${sector}/${county}`) ?? { sector, county, counts: noCounts() };
    places.set(`${sector}/${county}`, place);
    for (const count of LAMP_COUNTS.filter((each) => isCounted(lit, each)))
      for (const each of [counts, place.counts]) each[count] += 1;
    if (lit && (colour === undefined || lit.overall.colour === colour)) marked.push({ standing, lit });
  }
  marked.sort((a, b) => (a.standing.stream < b.standing.stream ? -1 : 1));
  const reading = readingOf(input, baseline);
  const indicatorRows = assessIndicators(reading).map(({ figure: { indicator }, grade }) => ({
    ...{ node: `lamp/indicator/${indicator.indicator}`, code: indicator.indicator, name: indicator.name },
    ...{ colour: gradeColour(grade), text: GRADE_NAMES[grade], binding: isBinding(indicator) },
  }));
  const red = indicatorRows.filter((row) => row.binding && row.colour === 'red').map(({ code }) => code);
  return {
    ...{ on, confidence, baseline, header: { node: HEADER_NODE, red: red.length > 0, indicators: red } },
    items: [...assess(reading).items.values()].map((pair): MarkedRow => {
      const { figure, timing } = pair[confidence];
      const { item, name } = figure.item;
      const text = lampText(timing);
      return { node: `lamp/item/${item}`, code: item, name, colour: itemColour(plan, on, timing), text };
    }),
    indicators: indicatorRows.map(({ binding: _binding, ...row }) => row),
    counts,
    addresses: addressesOf(filterTexts(options)),
    places: [...places].sort().map(([, { counts: here, ...at }]) => ({
      ...{ ...at, counts: here, addresses: addressesOf({ ...filterTexts(options), ...at }) },
    })),
    projects: marked.slice(skip, skip + limit).map(({ standing, lit }) => lampRow(standing, lit)),
    next: skip + limit < marked.length ? skip + limit : null,
  };
}

const noCounts = (): Record<LampCount, number> => ({ blue: 0, green: 0, yellow: 0, red: 0, grey: 0, none: 0 });

const addressesOf = (filter: FilterTexts): LampsAnswer['addresses'] =>
  Object.fromEntries(LAMP_COUNTS.map((count) => [count, lampsNode(count, filter)])) as LampsAnswer['addresses'];

/** Whether a project is in a count: in that of its overall colour, of no lamp, and in that of the grey mark beside. */
export function isCounted(lit: ProjectLamps | undefined, count: LampCount): boolean {
  if (count === 'grey') return lit?.overall.grey ?? false;
  return (lit?.overall.colour ?? 'none') === count;
}

function lampRow({ stream, name, sector, county, unit }: Standing, { overall, lamps: each }: ProjectLamps): LampRow {
  const addressed = (lamp: Lamp) => ({ node: `lamp/${lamp.lamp}/${stream}`, ...lamp });
  return { stream, name, sector, county, unit, overall: addressed(overall), lamps: each.map(addressed) };
}
