import { dense, residentIdIn } from '../personal-data.js';

/** 部队代号, e.g. five digits and 部队, the digits also written in Chinese. */
const MILITARY_UNIT = /[\d〇零○一二三四五六七八九]{5}部队/;

/** True where the text looks like it names a person's id or a military unit (reference: veterans, "no personal or unit-level military data"). */
export const personalDataIn = (text: string): boolean => residentIdIn(text) || MILITARY_UNIT.test(dense(text));
