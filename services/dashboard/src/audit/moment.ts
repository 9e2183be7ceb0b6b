import { shallowReactive } from 'vue';
import { answerOf, surface } from '../api/surface';
import { type EntryAnswer, shanghai } from '../explain/entry';

/** The days on which positions were recorded: an entry is read once. */
export interface Days {
  /** Undefined until it was asked for by `dayOf`. */
  known(position: number): string | undefined;
  dayOf(position: number): Promise<string>;
  /** The last position recorded on that day or before; 0 where there is none. */
  lastBy(day: string, head: number): Promise<number>;
}

/** Recording days never fall along the ledger: the last position of a day is found by halving. */
export async function lastBy(day: string, head: number, dayOf: (position: number) => Promise<string>): Promise<number> {
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await dayOf(middle)) <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same day of an earlier year. */
export const yearsBefore = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) - years}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;

export function useDays(plan: string): Days {
  const days = shallowReactive(new Map<number, string>());
  const asked = new Map<number, Promise<string>>();
  async function ask(position: number): Promise<string> {
    const { entries } = await answerOf<{ entries: readonly EntryAnswer[] }>(
      surface.GET('/api/plans/{plan}/entries', { params: { path: { plan }, query: { from: position, limit: 1 } } }),
    );
    const day = shanghai(entries[0]?.entry.recordedAt ?? new Date(0).toISOString()).day;
    days.set(position, day);
    return day;
  }
  function dayOf(position: number): Promise<string> {
    const found = asked.get(position) ?? ask(position);
    asked.set(position, found);
    return found;
  }
  return { known: (position) => days.get(position), dayOf, lastBy: (day, head) => lastBy(day, head, dayOf) };
}
