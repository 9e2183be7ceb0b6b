/**
 * What must never stand in a text of a sector that serves persons: the ledger keeps what it is given for ever, so the
 * door is the only place where it can be kept out.
 */

/** Seventeen digits with a birth date in the middle, and a check digit: 统一社会信用代码 has no date there. */
const RESIDENT_ID = /(?<!\d)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\dX])/i;

/** The text without what a number that was refused comes back with: blanks, hyphens, full-width digits. */
export const dense = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '');

/** True where the text looks like it names a person by his id number. */
export const residentIdIn = (text: string): boolean => RESIDENT_ID.test(dense(text));
