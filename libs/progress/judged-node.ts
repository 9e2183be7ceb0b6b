import type { Verdict } from './answer.js';
import { VERDICTS } from './verdicts.js';

/** What the evaluation counts apart: binding and expected indicators, programme items, items of the running text. */
export const COUNTED_PARTS = ['binding', 'expected', 'programmes', 'body'] as const;
export type CountedPart = (typeof COUNTED_PARTS)[number];

/** Numbers of a measure in the annexes: T, all that counts, 期内, 期后, 未完成, and what goes beyond T. */
export const SPLITS = ['target', 'done', 'within', 'after', 'unfinished', 'beyond'] as const;
export type Split = (typeof SPLITS)[number];

/** Addresses of judgements: of the evaluation, of what falls due, and of gaps. */
export type JudgedNode =
  /** evaluation/programmes/done: how many have this verdict; `total`: all. */
  | { readonly judged: 'count'; readonly part: CountedPart; readonly verdict: string }
  /** evaluation/item/B2-1, evaluation/indicator/I09: the verdict itself. */
  | { readonly judged: 'verdict'; readonly of: 'item' | 'indicator'; readonly code: string }
  /** evaluation/within/measure/B2-1.schools */
  | { readonly judged: 'split'; readonly split: Split; readonly measure: string }
  /** verdicts/half/programmes/lagging: how many items of a cut have this verdict of the headline. */
  | { readonly judged: 'verdicts'; readonly cut: string; readonly verdict: Verdict }
  /** verdicts/item/B2-1: the verdict of one. */
  | { readonly judged: 'item-verdict'; readonly item: string }
  /** due/<kind>/…, gap/<kind>/…: what follows is found among the rows themselves. */
  | { readonly judged: 'due' | 'gap'; readonly address: string };

/** `rest` is what follows `evaluation/`. */
export function parseEvaluated(rest: string): JudgedNode | undefined {
  const slash = rest.indexOf('/');
  const [first, more] = [rest.slice(0, slash), rest.slice(slash + 1)];
  if (slash < 0 || more === '') return undefined;
  const part = COUNTED_PARTS.find((each) => each === first);
  if (part) return { judged: 'count', part, verdict: more };
  if (first === 'item' || first === 'indicator') return { judged: 'verdict', of: first, code: more };
  const split = SPLITS.find((each) => each === first);
  const measure = /^measure\/(.+)$/.exec(more)?.[1];
  return split && measure !== undefined ? { judged: 'split', split, measure } : undefined;
}

/** `rest` is what follows `verdicts/`. */
export function parseVerdicts(rest: string): JudgedNode | undefined {
  const [, kind = '', name = '', more = ''] = /^(half|programme|sector|item)\/([^/]+)(?:\/([^/]+))?$/.exec(rest) ?? [];
  if (kind === 'item') return more === '' ? { judged: 'item-verdict', item: name } : undefined;
  const verdict = VERDICTS.find((each) => each === more);
  return verdict && { judged: 'verdicts', cut: `${kind}/${name}`, verdict };
}

export const verdictsNode = (cut: string, verdict: Verdict): string => `verdicts/${cut}/${verdict}`;
export const itemVerdictNode = (item: string): string => `verdicts/item/${item}`;
export const countNode = (part: CountedPart, verdict: string): string => `evaluation/${part}/${verdict}`;
export const verdictNode = (of: 'item' | 'indicator', code: string): string => `evaluation/${of}/${code}`;
export const splitNode = (split: Split, measure: string): string => `evaluation/${split}/measure/${measure}`;
