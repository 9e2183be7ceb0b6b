import { condensed, holdsResidentId } from '../personal-data.js';

/** What a text of this sector must not hold (reference: veterans, "no personal or unit-level military data"). */

/** 部队代号, e.g. five digits and 部队, the digits also written in Chinese. */
const MILITARY_UNIT = /[\d〇零○一二三四五六七八九]{5}部队/;

/** True where the text looks like it names a person's id or a military unit; full-width and spaced digits included. */
export const personalDataIn = (text: string): boolean => holdsResidentId(text) || MILITARY_UNIT.test(condensed(text));
