/**
 * Business dates: plain YYYY-MM-DD text, in the calendar of Asia/Shanghai (UTC+8 all year since 1992). Text order is
 * date order. The core never asks what day it is; dates come in with commands and questions.
 */
export type IsoDate = string;

const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for an existing day written YYYY-MM-DD. By arithmetic, not Date: every command asks several times. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (DAYS_OF_MONTH[month - 1] ?? 0) + leap;
}

const dayNumber = (date: IsoDate): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
const dateOfDay = (day: number): IsoDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Days from `a` to `b`; negative when b is earlier. */
export const daysBetween = (a: IsoDate, b: IsoDate): number => dayNumber(b) - dayNumber(a);
export const addDays = (date: IsoDate, days: number): IsoDate => dateOfDay(dayNumber(date) + days);

/** The day asked for last: every command asks several times for the same one, and writing it out is dear. */
let asked = { day: Number.NaN, date: '' };

/** The Shanghai date of an instant, given in milliseconds since 1970 UTC. */
export function shanghaiDate(epochMs: number): IsoDate {
  const day = Math.floor((epochMs + SHANGHAI_OFFSET_MS) / DAY_MS);
  if (day !== asked.day) asked = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return asked.date;
}

/** The first 1 September not before `date`: the day from which a school counts (DOMAIN §9). */
export function nextFirstOfSeptember(date: IsoDate): IsoDate {
  const sameYear = `${date.slice(0, 4)}-09-01`;
  return date <= sameYear ? sameYear : `${Number(date.slice(0, 4)) + 1}-09-01`;
}

/** Last day of 2023, 2023-Q2 or 2023-06; undefined for any other text. */
export function lastDayOf(period: string): IsoDate | undefined {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (!match) return undefined;
  const [, year = '', quarter, month] = match;
  const lastMonth = quarter ? Number(quarter) * 3 : month ? Number(month) : 12;
  return new Date(Date.UTC(Number(year), lastMonth, 0)).toISOString().slice(0, 10);
}

/** The month so many months after one, both as 2023-06; before it where `by` is negative. */
export function monthLater(month: string, by: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}
