import {
  add as plus,
  daysBetween,
  type Fraction,
  fraction,
  type IsoDate,
  subtract as minus,
  toText,
} from '@planledger/kernel';
import type { Gap, GapRow } from './answer-rows.js';
import type { FormulaRule, Input } from './explanation.js';
import { input } from './explaining.js';
import type { Confidence } from './reading.js';

/** What a gap was seen by, beside the row itself: its explanation is made of this alone. */
export interface FoundGap extends Gap {
  /** Where the same kind may stand twice at one node: what tells them apart. */
  readonly subject?: string;
  readonly grounds?: GapGrounds;
}

export interface GapGrounds {
  /** By which the gap is looked for, whatever is asked. */
  readonly confidence: Confidence;
  /** Days, limits and texts that it was held against. */
  readonly inputs: readonly Input[];
  readonly numbers: readonly GapNumber[];
}

/** A number of a gap, and how it was made. */
export interface GapNumber {
  /** Of its address: gap/<kind>/<key>/<subject>. */
  readonly key: string;
  readonly name: string;
  readonly value: Fraction;
  readonly unit: string;
  readonly rule: FormulaRule;
  readonly text: string;
  readonly inputs: readonly Input[];
  /** Keys of the numbers of the same gap that it is made of. */
  readonly of: readonly string[];
  readonly entries?: readonly number[];
}

export const gapAddress = ({ kind, node, subject = node }: FoundGap, key?: string): string =>
  `gap/${kind}/${key === undefined ? '' : `${key}/`}${subject}`;

/** The row as it is answered: with its address, and that of every number in it. */
export function rowOf(found: FoundGap): GapRow {
  const { subject: _subject, grounds, ...gap } = found;
  const values = grounds?.numbers.map(({ key, name, value, unit }) => {
    const exact = toText(value);
    return { name, node: gapAddress(found, key), exact, shown: `${exact} ${unit}`.trim() };
  });
  return { ...gap, address: gapAddress(found), ...(values && values.length > 0 ? { values } : {}) };
}

type Said = Pick<GapNumber, 'key' | 'name' | 'value' | 'unit'>;

/** As it was recorded, by these entries. */
export const recordedNumber = (said: Said, text: string, entries: readonly number[] = []): GapNumber => ({
  ...{ ...said, rule: 'recorded', text, inputs: [input('x', said.name, said.value, said.unit)], of: [], entries },
});

/** `a` less `b`, two numbers of the same gap. */
export const differenceNumber = (said: Omit<Said, 'value'>, text: string, a: GapNumber, b: GapNumber): GapNumber => ({
  ...{ ...said, value: minus(a.value, b.value), rule: 'difference', text, of: [a.key, b.key] },
  inputs: [input('a', a.name, a.value, a.unit), input('b', b.name, b.value, b.unit)],
});

/** The sum of numbers of the same gap. */
export const sumNumber = (said: Omit<Said, 'value'>, text: string, parts: readonly GapNumber[]): GapNumber => ({
  ...{ ...said, value: parts.reduce((sum, { value }) => plus(sum, value), fraction(0)), rule: 'sum', text },
  ...{ inputs: [], of: parts.map(({ key }) => key) },
});

/** Days from one day to another. */
export const daysNumber = (
  { key, name }: Pick<Said, 'key' | 'name'>,
  text: string,
  [from, to]: readonly [IsoDate, IsoDate],
  entries: readonly number[] = [],
): GapNumber => ({
  ...{ key, name, value: fraction(daysBetween(from, to)), unit: '天', rule: 'days', text, of: [], entries },
  inputs: [input('from', '起', from), input('to', '止', to)],
});
