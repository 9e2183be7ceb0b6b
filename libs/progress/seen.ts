import type { Standing } from '@planledger/contracts';
import type { Departure, Half, Headline } from './answer.js';
import type { Child, Explanation, LeftOut } from './explanation.js';
import { projectsIn } from './node.js';
import { isRow, OWN_NAMES, type Row } from './view-figures.js';

/** What stands in the place of a project that the reader may not see. */
const HIDDEN_NAME = '其他单位的项目';

/** Whether the reader may see a project, by its stream. */
export type Shows = (stream: string) => boolean;

/** Of a reader from whom nothing is hidden: answers are his as they are, and no one walks over them. */
export const SHOWS_ALL: Shows = () => true;

/** By the standings in which projects are known: what is not among them hides nothing. */
export const showsIn =
  (standings: ReadonlyMap<string, Standing>, visible: (standing: Standing) => boolean): Shows =>
  (stream) => {
    const standing = standings.get(stream);
    return !standing || visible(standing);
  };

/** Whether an address may be asked about: a project that the reader may not see does not show, nor anything in it. */
export const isSeen = (shows: Shows, node: string): boolean => projectsIn(node).every(shows);

/**
 * An explanation as the reader may read it: lines of projects that he may not see keep their numbers, so that sums are the
 * same for everybody, and lose their names and addresses.
 */
export const asSeen = <Made extends Pick<Explanation, 'children' | 'leftOut'>>(shows: Shows, made: Made): Made => ({
  ...made,
  children: made.children.map((each): Child =>
    isSeen(shows, each.node) ? each : { ...each, node: '', name: HIDDEN_NAME },
  ),
  leftOut: made.leftOut.map(({ node, ...rest }): LeftOut =>
    node === undefined ? rest : isSeen(shows, node) ? { node, ...rest } : { ...rest, what: HIDDEN_NAME },
  ),
});

/** The headline as the reader may read it: of a departed project that he may not see the numbers, the day and the document. */
export function headlineAsSeen(shows: Shows, headline: Headline): Headline {
  const departure = (each: Departure): Departure =>
    shows(each.project) ? each : { ...each, node: '', project: '', name: HIDDEN_NAME };
  const half = (each: Half): Half => ({
    ...each,
    denominator: { ...each.denominator, left: each.denominator.left.map(departure) },
  });
  return { ...headline, programmes: half(headline.programmes), body: half(headline.body) };
}

/** What names a project, or what it builds, in a row of a view. */
const NAMING: ReadonlySet<string> = new Set([...OWN_NAMES, 'project', 'site']);

/**
 * An answer of a view as the reader may read it: a row of a project that he may not see keeps its numbers, kinds and days,
 * and loses every name and address in it. Sums are of all projects, for everybody.
 */
export function answerAsSeen(shows: Shows, answer: unknown): unknown {
  if (shows === SHOWS_ALL) return answer;
  if (typeof answer === 'string') return isSeen(shows, answer) ? answer : '';
  if (Array.isArray(answer)) return answer.map((each) => answerAsSeen(shows, each));
  if (!isRow(answer)) return answer;
  const { stream } = answer;
  if (typeof stream === 'string' && !shows(stream)) return nameless(answer);
  return mapped(answer, (_, each) => answerAsSeen(shows, each));
}

const nameless = (row: Row): Row =>
  mapped(row, (field, each) => {
    if (field === 'node' || field === 'stream') return '';
    if (typeof each === 'string') return NAMING.has(field) && each !== '' ? HIDDEN_NAME : each;
    if (Array.isArray(each)) return each.map((one: unknown) => (isRow(one) ? nameless(one) : one));
    return isRow(each) ? nameless(each) : each;
  });

const mapped = (row: Row, make: (field: string, value: unknown) => unknown): Row =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [field, make(field, value)]));
