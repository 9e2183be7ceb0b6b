import {
  type Fraction,
  fraction,
  multiply,
  parseFraction,
  subtract,
  toDecimal,
  toPercent,
  toText,
} from '@planledger/kernel';
import type { BaselineName, Confidence } from './reading.js';

/** Why a figure has no number. Never shown as 0 and never as 100 %. */
export type WhyNull =
  | 'unquantified'
  | 'open-roster'
  | 'no-target'
  | 'scheme'
  | 'no-data'
  | 'no-milestones'
  | 'not-due'
  | 'undecomposed'
  | 'no-weight'
  | 'no-money'
  | 'absent'
  | 'not-implied'
  | 'triple'
  | 'colour'
  | 'verdict';

export const WHY_NULL_TEXT: Readonly<Record<WhyNull, string>> = {
  unquantified: '无量化目标',
  'open-roster': '名册未定',
  'no-target': '无量化目标',
  scheme: '谋划事项，只报状态',
  'no-data': '数据未出',
  'no-milestones': '没有适用的里程碑（未编制计划，或全部豁免）',
  'not-due': '未到期',
  undecomposed: '未分解',
  'no-weight': '所用权重集未给权重',
  'no-money': '未填报投资或资金',
  absent: '本口径无此项',
  'not-implied': '台账推不出',
  triple: '三项并列，不合成一个数',
  colour: '灯色，不是数',
  verdict: '判断，不是数',
};

/** One share as it is answered: the exact fraction, the percentage for people, and where to ask why. */
export interface Figure {
  /** Address for explain. */
  readonly node: string;
  /** "3/8"; only these are compared and summed. */
  readonly exact: string | null;
  /** "37.5": rounded for display, an unmet share never as 100. */
  readonly percent: string | null;
  readonly whyNull?: WhyNull;
  readonly whyText?: string;
}

/** Claimed beside verified. */
export type Pair<T> = Readonly<Record<Confidence, T>>;
/** B0 beside current. */
export type Quad<T> = Readonly<Record<BaselineName, Pair<T>>>;

/** 填报 and 核验 of one share, and what lies between them. */
export interface Figures extends Pair<Figure> {
  /** 水分: claimed − verified in percentage points; null where either has no number. */
  readonly gapPoints: string | null;
}
export type FigureQuad = Readonly<Record<BaselineName, Figures>>;

export function figure(node: string, share: Fraction | null, whyNull: WhyNull = 'unquantified'): Figure {
  return share
    ? { node, ...written(share) }
    : { node, exact: null, percent: null, whyNull, whyText: WHY_NULL_TEXT[whyNull] };
}

function written(share: Fraction): { exact: string; percent: string } {
  const known = writings.get(share);
  if (known) return known;
  const writing = { exact: toText(share), percent: toPercent(share) };
  writings.set(share, writing);
  return writing;
}
/** Shares written once: rounding costs more than anything else in an answer. */
const writings = new WeakMap<Fraction, { exact: string; percent: string }>();

export function figures(claimed: Figure, verified: Figure): Figures {
  const [a, b] = [fromText(claimed.exact), fromText(verified.exact)];
  const gapPoints = a && b ? toDecimal(multiply(subtract(a, b), fraction(100)), 1) : null;
  return { claimed, verified, gapPoints };
}

/** Reads an exact figure back; null stays null. Throws RangeError on other text. */
export const fromText = (text: string | null): Fraction | null => (text === null ? null : parseFraction(text));
