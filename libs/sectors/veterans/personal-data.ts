/**
 * What must never stand in a text of this sector (reference: veterans, "no personal or unit-level military data"): the
 * ledger keeps what it is given for ever, so the door is the only place where it can be kept out.
 */

/** Seventeen digits with a birth date in the middle, and a check digit: 统一社会信用代码 has no date there. */
const RESIDENT_ID = /(?<!\d)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\dX])/i;
/** 部队代号, e.g. five digits and 部队, the digits also written in Chinese. */
const MILITARY_UNIT = /[\d〇零○一二三四五六七八九]{5}部队/;

/** True where the text looks like it names a person's id or a military unit; full-width and spaced digits included. */
export function personalDataIn(text: string): boolean {
  // Blanks and hyphens are how a number that was refused comes back.
  const dense = text.normalize('NFKC').replace(/[\s-]/g, '');
  return RESIDENT_ID.test(dense) || MILITARY_UNIT.test(dense);
}
