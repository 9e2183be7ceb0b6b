import { type ElementName, ELEMENTS } from '@planledger/contracts';
import { GRADE_NAMES, type Grade } from './grade.js';

/** What `lamps` counts projects by: a colour, the grey mark beside it, or no lamp at all. */
export const LAMP_COUNTS = ['blue', 'green', 'yellow', 'red', 'grey', 'none'] as const;
export type LampCount = (typeof LAMP_COUNTS)[number];

/** By what a list of projects is narrowed, in the order in which an address says it. */
export const FILTERS = ['sector', 'county', 'unit', 'item', 'stage', 'colour', 'name'] as const;
export type FilterName = (typeof FILTERS)[number];
export type FilterTexts = Readonly<Partial<Record<FilterName, string>>>;

/**
 * Addresses of what lists count. A filter changes the count, so it stands in the address; who asks changes it too, and
 * does not: everybody counts what he may see, in the list and in its explanation alike.
 */
export type ListedNode =
  /** lamps/red, lamps/red/sector/education/county/410212: the list's own colour filter narrows no count. */
  | { readonly listed: 'lamps'; readonly count: LampCount; readonly filter: FilterTexts }
  /** lamps/header: red binding indicators, which mark the plan's header. */
  | { readonly listed: 'header' }
  /** projects/total, projects/total/stage/in-use */
  | { readonly listed: 'projects'; readonly filter: FilterTexts }
  /** grades/behind, grades/binding/behind */
  | { readonly listed: 'grades'; readonly grade: Grade; readonly binding: boolean }
  /** elements/funds/allocated */
  | ({ readonly listed: 'elements' } & ElementsNode)
  /** indicators/satisfied, indicators/binding/no-data: counts of the headline. */
  | { readonly listed: 'indicators'; readonly count: IndicatorCount; readonly binding: boolean };

/** elements/funds/allocated, elements/land/requested/sector/housing; of one project elements/funds/used/project/<id>. */
export interface ElementsNode {
  readonly kind: ElementName;
  readonly side: ElementSide;
  readonly filter: FilterTexts;
  readonly stream?: string;
}
export const ELEMENT_SIDES = ['requested', 'allocated', 'used'] as const;
export type ElementSide = (typeof ELEMENT_SIDES)[number];

/** What the headline counts indicators by. */
export const INDICATOR_COUNTS = ['total', 'satisfied', 'unmet', 'noData'] as const;
export type IndicatorCount = (typeof INDICATOR_COUNTS)[number];

export const HEADER_NODE = 'lamps/header';
export const lampsNode = (count: LampCount, { colour: _colour, ...filter }: FilterTexts): string =>
  `lamps/${count}${filterText(filter)}`;
export const projectsNode = (filter: FilterTexts): string => `projects/total${filterText(filter)}`;
export const gradesNode = (grade: Grade, binding: boolean): string => `grades/${binding ? 'binding/' : ''}${grade}`;
export const elementsNode = ({ kind, side, filter, stream }: ElementsNode): string =>
  `elements/${kind}/${side}${stream === undefined ? filterText(filter) : `/${stream}`}`;

export const indicatorsNode = (count: IndicatorCount, binding: boolean): string =>
  `indicators/${binding ? 'binding/' : ''}${count === 'noData' ? 'no-data' : count}`;

/** Values hold anything; a slash and the sign of escape are escaped. */
const filterText = (filter: FilterTexts): string =>
  FILTERS.map((name) => {
    const value = filter[name];
    return value === undefined ? '' : `/${name}/${value.replaceAll('%', '%25').replaceAll('/', '%2F')}`;
  }).join('');

function filterIn(parts: readonly string[]): FilterTexts {
  const filter: Partial<Record<FilterName, string>> = {};
  for (let at = 0; at < parts.length; at += 2) {
    const name = FILTERS.find((each) => each === parts[at]);
    if (name) filter[name] = (parts[at + 1] ?? '').replaceAll('%2F', '/').replaceAll('%25', '%');
  }
  return filter;
}

/** Undefined for text that is no such address, or not the one way to write it. */
export function parseListed(text: string): ListedNode | undefined {
  const [list, first = '', ...rest] = text.split('/');
  const filter = filterIn(rest);
  if (list === 'elements') return parseElements(text);
  const count = LAMP_COUNTS.find((each) => each === first);
  const binding = first === 'binding';
  const last = binding ? rest[0] : first;
  const grade = (Object.keys(GRADE_NAMES) as Grade[]).find((each) => each === last);
  const indicators = INDICATOR_COUNTS.find((each) => each === (last === 'no-data' ? 'noData' : last));
  const found: Readonly<Record<string, ListedNode | undefined>> = {
    [lampsNode(count ?? 'none', filter)]: count && { listed: 'lamps', count, filter },
    [HEADER_NODE]: { listed: 'header' },
    [projectsNode(filter)]: list === 'projects' ? { listed: 'projects', filter } : undefined,
    [gradesNode(grade ?? 'ungraded', binding)]: grade && { listed: 'grades', grade, binding },
    [indicatorsNode(indicators ?? 'total', binding)]: indicators && {
      listed: 'indicators',
      count: indicators,
      binding,
    },
  };
  return Object.hasOwn(found, text) ? found[text] : undefined;
}

function parseElements(text: string): ListedNode | undefined {
  const [, kind = '', wanted, first, ...rest] = text.split('/');
  const side = ELEMENT_SIDES.find((each) => each === wanted);
  if (!side || !Object.hasOwn(ELEMENTS, kind)) return undefined;
  const of = { kind: kind as ElementName, side };
  if (first === 'project') return { listed: 'elements', ...of, filter: {}, stream: `project/${rest.join('/')}` };
  const filter = filterIn(first === undefined ? [] : [first, ...rest]);
  return elementsNode({ ...of, filter }) === text ? { listed: 'elements', ...of, filter } : undefined;
}
