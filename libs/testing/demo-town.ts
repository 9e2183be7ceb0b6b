import { addDays, daysBetween } from '@planledger/kernel';
import type { LoadedPlan, MeasureRow } from '@planledger/plan';
import { SECTORS, type Template } from '@planledger/sectors';
import { ADOPTED_ROSTER } from './demo-decisions.js';
import type { Made } from './demo-making.js';
import { DEMO_PROJECTS } from './demo-projects.js';
import { exemptible } from './demo-renewal.js';
import {
  CITY,
  COUNTY_NAMES,
  DEMO_FIRST_DAY,
  type DemoProject,
  type DemoUnit,
  QIXIAN,
  randomFrom,
  type Trouble,
  TROUBLES,
  XIANGFU,
} from './demo-step.js';
import { BUILT } from './demo-units-built.js';
import { SERVED } from './demo-units-served.js';

/** Begins of the generated projects: from the first spring of the plan to the spring before the demo's today. */
const [FIRST_BEGIN, LAST_BEGIN] = ['2021-03-15', '2025-03-10'];
/** The figures of this one are in the README's walk. */
const WALKED = 'B2-1.schools';
const ENTRY_DAYS = 45;

type ItemRow = LoadedPlan['items'][number];

/** What a generated project is for: an item, and one of its measures that counts units, if it has any. */
interface Subject {
  readonly item: ItemRow;
  readonly measure?: MeasureRow;
}

export interface Town {
  /** The day on which the n-th of `of` projects is registered; never falls with n. */
  registeredOn(n: number, of: number): string;
  /** MUST be asked in turn: who has had no trouble lately has the next. */
  project(n: number, of: number): DemoProject;
}

/** Projects without end, drawn from the plan: first one of each item that has none, then of every measure in turn. */
export function townOf(plan: LoadedPlan): Town {
  const { first, others } = subjectsOf(plan);
  const troubles = [...TROUBLES];
  const begins = (n: number, of: number): string =>
    addDays(FIRST_BEGIN, Math.floor((daysBetween(FIRST_BEGIN, LAST_BEGIN) * n) / of));
  const subjectAt = (n: number): { subject: Subject; nth: number } => {
    const subject = first[n];
    if (subject) return { subject, nth: 0 };
    const at = n - first.length;
    // The first round gave each item's first measure to a project, or the hand-written ones did.
    return { subject: others[at % others.length]!, nth: 1 + Math.floor(at / others.length) };
  };
  return {
    registeredOn: (n, of) => addDays(begins(n, of), -60),
    project: (n, of) => projectOf(plan, n, begins(n, of), subjectAt(n), troubles),
  };
}

function subjectsOf({ items }: LoadedPlan): { first: Subject[]; others: Subject[] } {
  const written = new Set(DEMO_PROJECTS.map(({ item }) => item));
  const countable = ({ item, measures = [] }: ItemRow): MeasureRow[] =>
    measures.filter(({ id, quantifier }) => quantifier !== 'ratio' && `${item}.${id}` !== WALKED);
  const served = items.filter(({ sector }) => SECTORS.has(sector));
  const asSubject = (item: ItemRow, measure: MeasureRow | undefined): Subject =>
    measure === undefined ? { item } : { item, measure };
  const first = served.filter(({ item }) => !written.has(item)).map((item) => asSubject(item, countable(item)[0]));
  const others = served.flatMap((item) => countable(item).map((measure) => asSubject(item, measure)));
  return { first: shuffled(first, 145), others: shuffled(others.length > 0 ? others : first, 2025) };
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = randomFrom(seed);
  const left = [...list];
  return list.map(() => left.splice(random(left.length), 1)[0]!);
}

function projectOf(
  plan: LoadedPlan,
  n: number,
  begins: string,
  { subject, nth }: { subject: Subject; nth: number },
  troubles: Trouble[],
): DemoProject {
  const random = randomFrom(n * 7_919 + 1);
  const { item, measure } = subject;
  const code = measure && `${item.item}.${measure.id}`;
  const member = memberOf(plan, measure, nth, n);
  const named = plan.namedProjects.find((one) => one.measure === code && one.work === member && member !== '');
  const county = countyOf(measure, member, n);
  const name = nameOf(subject, county, member, n);
  const kind = measure?.unitKind ?? 'other';
  const build = (BUILT[item.sector] ?? SERVED[item.sector])?.[kind];
  const made =
    measure?.scheme || !code || !build ? plain(subject) : build({ measure: code, nth: n, county, member, random });
  const template = SECTORS.get(item.sector)?.templates[made.template];
  const units = measure && !measure.scheme ? unitsOf(made, measure, member, n, name) : [];
  const trouble = troubleOf(troubles, n, begins, template, units, made.nature);
  const [days, late] = courseOf(template, random);
  const isQuantity = template?.milestones.some(({ quantityUnit }) => quantityUnit === '平方米') ?? false;
  const quantity = units.reduce((sum, unit) => sum + (unit.quantity ?? 1), 0);
  return {
    ...{ name, sector: item.sector, county, item: item.item, template: made.template, nature: made.nature, kind },
    ...(code === undefined ? {} : { measure: code }),
    ...(named === undefined ? {} : { named: named.id }),
    ...{ begins, days, late, share: shareOf(trouble), units },
    estimateYuan: (2 + random(60)) * 1_000_000,
    ...(isQuantity || quantity === 0 ? {} : { designed: Math.max(2, quantity) }),
    ...(made.nature === 'service' ? {} : { code: nationalCode(begins, county, n), funded: n % 4 === 0 }),
    ...(addDays(begins, -60) < DEMO_FIRST_DAY ? { enteredOn: addDays(DEMO_FIRST_DAY, n % ENTRY_DAYS) } : {}),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** An item without a unit kind of its own: by what the plan says it is. */
function plain({ item, measure }: Subject): Made {
  const { sector, nature } = item;
  const templates = SECTORS.get(sector)?.templates ?? {};
  const wanted: Readonly<Record<string, string>> = {
    build: sector === 'elderly-care' ? 'community' : 'building',
    create: sector === 'veterans' ? 'model-station' : 'accreditation',
    digital: 'system',
  };
  const template = measure?.scheme ? 'scheme' : (wanted[nature] ?? 'service');
  const known = Object.hasOwn(templates, template) ? template : 'service';
  const natures: Readonly<Record<string, string>> = { build: 'new', digital: 'digital' };
  return { template: known, nature: natures[nature] ?? 'service', unit: () => ({ facts: {} }) };
}

/** Members of a roster, works of a checklist, in turn; of an open roster one more of which nobody knows. */
function memberOf({ rosters }: LoadedPlan, measure: MeasureRow | undefined, nth: number, n: number): string {
  if (measure?.works) return measure.works[nth % measure.works.length]?.id ?? '';
  const roster = rosters.find((one) => one.roster === measure?.roster);
  if (!roster) return '';
  const adopted = roster.roster === ADOPTED_ROSTER.roster ? ADOPTED_ROSTER.members : undefined;
  const members = roster.counties ?? (roster.members ?? adopted)?.map(({ member }) => member) ?? [];
  return members[nth % members.length] ?? `member-${n}`;
}

function countyOf(measure: MeasureRow | undefined, member: string, n: number): string {
  if (member === XIANGFU || member.startsWith('xiangfu')) return XIANGFU;
  if (member === QIXIAN || member.startsWith('qixian')) return QIXIAN;
  if (measure?.works || (member !== '' && !member.startsWith('member-'))) return CITY;
  return [XIANGFU, QIXIAN, CITY][n % 3] ?? CITY;
}

function nameOf({ item, measure }: Subject, county: string, member: string, n: number): string {
  const work = measure?.works?.find(({ id }) => id === member);
  if (work) return n < 200 ? work.name : `${work.name}（第${n}批）`;
  return `${COUNTY_NAMES[county] ?? ''}${measure?.name ?? item.name}项目（${n + 1}）`;
}

function unitsOf(
  { times = 1, unit }: Made,
  { name }: MeasureRow,
  member: string,
  n: number,
  project: string,
): DemoUnit[] {
  return Array.from({ length: times }, (_, at) => ({
    ...{ unit: `u${n}-${at + 1}`, name: times === 1 ? project : `${name}${n + 1}-${at + 1}` },
    ...(member === '' ? {} : { member: at === 0 ? member : `${member}-${at + 1}` }),
    ...unit(at),
  }));
}

/** Days of the work by the length of its template, and days by which it ends late: a third of it does. */
function courseOf(template: Template | undefined, random: (below: number) => number): [days: number, late: number] {
  const steps = template?.milestones.length ?? 1;
  return [steps * 30 + random(120), random(3) === 0 ? 20 + random(120) : 0];
}

function shareOf(trouble: Trouble | undefined): number {
  const stopped = ['suspended', 'resumed', 'cancelled', 'moved-out', 'split', 'merged', 'unpaid'];
  return trouble !== undefined && stopped.includes(trouble) ? 0.5 : 1;
}

/** Every second project has a trouble: of those that can befall it the one that has waited longest. */
function troubleOf(
  troubles: Trouble[],
  n: number,
  begins: string,
  template: Template | undefined,
  units: readonly DemoUnit[],
  nature: string,
): Trouble | undefined {
  if (n % 2 === 0) return undefined;
  const at = troubles.findIndex((one) => befalls(one, begins, template?.milestones ?? [], units, nature));
  const [trouble] = at < 0 ? [] : troubles.splice(at, 1);
  if (trouble !== undefined) troubles.push(trouble);
  return trouble;
}

function befalls(
  trouble: Trouble,
  begins: string,
  milestones: Template['milestones'],
  units: readonly DemoUnit[],
  nature: string,
): boolean {
  const start = milestones.findIndex(({ type }) => type === 'start');
  const last = milestones.at(-1)?.type;
  const built = nature !== 'service' && milestones.length >= 6;
  switch (trouble) {
    case 'rejected':
    case 'corrected':
      return start >= 0;
    case 'retracted':
      return milestones[0]?.type !== 'quantity' && start !== 0;
    case 'progress-rejected':
      return milestones.length > 1 && milestones.some(({ type }) => type === 'quantity');
    case 'output-rejected':
    case 'unverified':
    case 'revoked':
      return units.length > 0 && begins < '2024-03-01';
    case 'unit-dates':
      return units.length > 1 && milestones.length > 1 && last !== 'quantity' && begins < '2024-09-01';
    case 'not-in-use':
      return units.length > 0 && built && last === 'service' && begins < '2024-03-01';
    case 'facts-later':
      // Of a school that was extended: demo-projects.ts. Units with facts to come state them anyway.
      return false;
    case 'reserve':
      return start > 0 && addDays(begins, -60) >= DEMO_FIRST_DAY;
    case 'carried-in':
      return begins < '2022-12-01' && built;
    case 'starved':
    case 'land-idle':
    case 'funds-idle':
      return built && start > 0 && begins < '2024-06-01';
    case 'unpaid': {
      const quantity = milestones.findIndex(({ type }) => type === 'quantity');
      return built && quantity >= 0 && quantity < milestones.length / 2 && begins < '2024-06-01';
    }
    case 'rebaselined':
    case 'rebaselined-late':
    case 'rebaseline-refused':
      return milestones.length >= 6 && begins >= '2022-07-01' && begins < '2024-06-01';
    case 'exempted':
    case 'exemption-refused':
      return exemptible(milestones) !== undefined;
    default:
      return milestones.length >= 4 && begins < '2024-09-01';
  }
}

const nationalCode = (begins: string, county: string, n: number): string =>
  `${begins.slice(2, 4)}${begins.slice(5, 7)}-${county}-04-01-${String(n + 1).padStart(6, '0')}`;
