import type { IsoDate } from '@planledger/kernel';
import type { Side } from './implied.js';
import { type JudgedNode, parseEvaluated, parseVerdicts } from './judged-node.js';
import { type ListedNode, parseListed } from './listed-node.js';
import { type Lamp, LAMPS } from './lamp.js';

/** What a lamp is of, as its address says after `lamp/`. */
export type LampNode =
  | { readonly of: 'item'; readonly item: string }
  | { readonly of: 'indicator'; readonly indicator: string }
  | { readonly of: 'project'; readonly lamp: Lamp['lamp']; readonly stream: string };

/** Addresses of figures (DESIGN §8). Text outside, this inside. */
export type Node =
  | { readonly kind: 'plan' }
  | { readonly kind: 'half'; readonly half: 'programmes' | 'body' | 'indicators' }
  | { readonly kind: 'programme'; readonly programme: number }
  | { readonly kind: 'sector'; readonly sector: string }
  | { readonly kind: 'county'; readonly county: string }
  | { readonly kind: 'countyItem'; readonly county: string; readonly item: string }
  | { readonly kind: 'countyMeasure'; readonly county: string; readonly measure: string }
  | { readonly kind: 'item'; readonly item: string }
  | { readonly kind: 'measure'; readonly measure: string }
  | { readonly kind: 'indicator'; readonly indicator: string }
  | { readonly kind: 'observation'; readonly code: string; readonly period: string }
  | { readonly kind: 'lamp'; readonly lamp: LampNode }
  | { readonly kind: 'judged'; readonly of: JudgedNode }
  | { readonly kind: 'listed'; readonly of: ListedNode }
  | { readonly kind: 'project'; readonly stream: string }
  | { readonly kind: 'milestone'; readonly stream: string; readonly milestone: string }
  | ContributionNode
  /** A unit under way that was named beforehand and has milestones of its own. */
  | { readonly kind: 'unit'; readonly measure: string; readonly stream: string; readonly unit: string }
  | ImpliedNode;

/** A counted unit, or the part of it that stands in one county where it stands in several. */
export interface ContributionNode {
  readonly kind: 'contribution';
  readonly measure: string;
  readonly stream: string;
  readonly unit: string;
  readonly county?: string;
}

/** What the ledger's units imply of an indicator on a day, one of its two sums, or a unit within that. */
export interface ImpliedNode {
  readonly kind: 'implied';
  readonly indicator: string;
  readonly day: IsoDate;
  readonly side?: Side;
  readonly of?: { readonly stream: string; readonly unit: string };
}

/** Rates of money: 完成投资率, 年度, 到位率, 支付率. */
export const MONEY_KINDS = ['investment', 'year', 'funded', 'paid'] as const;
export type MoneyKind = (typeof MONEY_KINDS)[number];

/**
 * Of an indicator, beside its value: where its path is, A, R, the distance to a floor or ceiling, its target, and how far
 * the value lies from what the ledger implies.
 */
export const INDICATOR_ASPECTS = ['expected', 'attainment', 'pace', 'distance', 'target', 'apart'] as const;
export type IndicatorAspect = (typeof INDICATOR_ASPECTS)[number];

/** Numbers beside a measure's share: what is done, its target, the upper end of a range, what came late, and after the period. */
export const MEASURE_COUNTS = ['done', 'target', 'high', 'late', 'after-period'] as const;
export type MeasureCountAspect = (typeof MEASURE_COUNTS)[number];

const PLAIN_ASPECTS = [
  'under-way',
  'strive',
  'schedule',
  'planned',
  'ahead',
  'elapsed',
  'year',
  'denominator',
] as const;
/**
 * Counts beside the figures: units of a measure that are 规划外, and those of one county; items of a cut that have a number;
 * projects that are linked to an item.
 */
const COUNT_ASPECTS = ['off-plan', 'counted', 'quantified', 'linked'] as const;

/**
 * Which figure of the node: C and what it is made of, 形象折算, 力争 measures, the time baseline, PV of it, 序时差 of a
 * cut, the time that has passed of the plan, 年度序时进度 of a yearly task, what a cut is divided by, a rate of money, a count, or of a county's measure its target.
 */
export type Aspect =
  | 'completion'
  | (typeof PLAIN_ASPECTS)[number]
  | (typeof COUNT_ASPECTS)[number]
  | `money/${MoneyKind}`
  | IndicatorAspect
  | MeasureCountAspect;

export interface Address {
  readonly aspect: Aspect;
  readonly node: Node;
}

const PREFIXES: readonly Exclude<Aspect, 'completion'>[] = [
  ...PLAIN_ASPECTS,
  ...COUNT_ASPECTS,
  ...MONEY_KINDS.map((kind) => `money/${kind}` as const),
  ...INDICATOR_ASPECTS,
  ...MEASURE_COUNTS,
];

/** Undefined for text that is no address; whether the node exists is another question. */
export function parseAddress(text: string): Address | undefined {
  const aspect = PREFIXES.find((prefix) => text.startsWith(`${prefix}/`));
  const node = parseNode(aspect ? text.slice(aspect.length + 1) : text);
  return node && { aspect: aspect ?? 'completion', node };
}

/** The address of an aspect of a node. */
export const addressOf = (aspect: Aspect, node: string): string =>
  aspect === 'completion' ? node : `${aspect}/${node}`;

function parseNode(text: string): Node | undefined {
  if (text === 'plan') return { kind: 'plan' };
  const slash = text.indexOf('/');
  const [kind, rest] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash < 0 || rest === '') return undefined;
  switch (kind) {
    case 'half':
      return rest === 'programmes' || rest === 'body' || rest === 'indicators' ? { kind, half: rest } : undefined;
    case 'programme':
      return /^\d{1,3}$/.test(rest) ? { kind, programme: Number(rest) } : undefined;
    case 'sector':
      return { kind, sector: rest };
    case 'county':
      return (
        parse(/^([^/]+)$/, rest, ([county = '']) => ({ kind, county })) ??
        parse(/^([^/]+)\/item\/(.+)$/, rest, ([county = '', item = '']) => ({ kind: 'countyItem', county, item })) ??
        parse(/^([^/]+)\/measure\/(.+)$/, rest, ([county = '', measure = '']) => ({
          ...{ kind: 'countyMeasure', county, measure },
        })) ??
        parse(CONTRIBUTION_OF_COUNTY, rest, ([county = '', measure = '', stream = '', unit = '']) => ({
          ...{ kind: 'contribution', measure, stream, unit, county },
        }))
      );
    case 'item':
      return { kind, item: rest };
    case 'measure':
      return { kind, measure: rest };
    case 'indicator':
      return { kind, indicator: rest };
    case 'implied':
      return parseImplied(rest);
    case 'lamp':
      return parseLamp(rest);
    case 'evaluation': {
      const of = parseEvaluated(rest);
      return of && { kind: 'judged', of };
    }
    case 'verdicts': {
      const of = parseVerdicts(rest);
      return of && { kind: 'judged', of };
    }
    case 'elements':
    case 'lamps':
    case 'projects':
    case 'grades':
    case 'indicators': {
      const of = parseListed(text);
      return of && { kind: 'listed', of };
    }
    case 'due':
    case 'gap':
      return { kind: 'judged', of: { judged: kind, address: text } };
    case 'project':
      return { kind, stream: text };
    case 'observation':
      return parse(/^([^/]+)\/([^/]+)$/, rest, ([code = '', period = '']) => ({ kind, code, period }));
    case 'milestone':
      return parse(/^([^/]+)\/(.+)$/, rest, ([id = '', milestone = '']) => ({
        ...{ kind, stream: `project/${id}`, milestone },
      }));
    case 'contribution':
    case 'unit':
      // A unit's identity is the department's own and may hold a slash.
      return parse(/^([^/]+)\/([^/]+\/[^/]+)\/(.+)$/s, rest, ([measure = '', stream = '', unit = '']) => ({
        ...{ kind, measure, stream, unit },
      }));
    default:
      return undefined;
  }
}

const CONTRIBUTION_OF_COUNTY = /^([^/]+)\/contribution\/([^/]+)\/([^/]+\/[^/]+)\/(.+)$/s;

/** I18/2024-06-30, with /numerator or /denominator, with /project/<id>/<unit> after that. */
function parseImplied(text: string): Node | undefined {
  const pattern = /^([^/]+)\/(\d{4}-\d\d-\d\d)(?:\/(numerator|denominator)(?:\/(project\/[^/]+)\/(.+))?)?$/s;
  return parse(pattern, text, ([indicator = '', day = '', side, stream, unit = '']) => ({
    ...{ kind: 'implied', indicator, day },
    ...(side === undefined ? {} : { side: side as Side }),
    ...(stream === undefined ? {} : { of: { stream, unit } }),
  }));
}

/** item/B2-1, indicator/I09, or <lamp>/project/<id>. */
function parseLamp(text: string): Node | undefined {
  const [of = '', ...more] = text.split('/');
  const rest = more.join('/');
  if (rest === '') return undefined;
  if (of === 'item') return { kind: 'lamp', lamp: { of, item: rest } };
  if (of === 'indicator') return { kind: 'lamp', lamp: { of, indicator: rest } };
  const lamp = LAMPS.find((each) => each === of);
  return lamp && rest.startsWith('project/')
    ? { kind: 'lamp', lamp: { of: 'project', lamp, stream: rest } }
    : undefined;
}

/** Streams of the projects that an address names, wherever in it they stand. */
export function projectsIn(node: string): string[] {
  const named = [...node.matchAll(/(?<=^|\/)project\/[^/]+/g)].map(([stream]) => stream);
  const id = /^(?:milestone|due\/milestone|due\/element)\/([^/]+)/.exec(node)?.[1];
  return id === undefined ? named : [...named, `project/${id}`];
}

function parse(pattern: RegExp, text: string, make: (groups: string[]) => Node): Node | undefined {
  const match = pattern.exec(text);
  return match ? make(match.slice(1)) : undefined;
}

/** `county`: of the part there alone. */
export const contributionNode = (measure: string, stream: string, unit: string, county?: string): string =>
  `${county === undefined ? '' : `county/${county}/`}contribution/${measure}/${stream}/${unit}`;
export const unitNode = (measure: string, stream: string, unit: string): string => `unit/${measure}/${stream}/${unit}`;
export const milestoneNode = (stream: string, milestone: string): string =>
  `milestone/${stream.replace(/^project\//, '')}/${milestone}`;
export const observationNode = (code: string, period: string): string => `observation/${code}/${period}`;
export const impliedNode = (indicator: string, day: IsoDate, side?: Side): string =>
  `implied/${indicator}/${day}${side ? `/${side}` : ''}`;
export const countyMeasureNode = (county: string, measure: string): string => `county/${county}/measure/${measure}`;
export const countyItemNode = (county: string, item: string): string => `county/${county}/item/${item}`;
