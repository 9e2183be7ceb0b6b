import type { FeedRecord } from './port.js';

/**
 * The records of one topic in memory, numbered from 0 in order of arrival, and where each group stands. A record is kept
 * until every group has handled it. A group that went away may come back, so what it missed is kept too, but only as
 * long as that is not too much: it MUST NOT hold up those who are there.
 */
export interface Topic {
  append(records: readonly FeedRecord[]): void;
  /** Number of the next record to arrive. */
  end(): number;
  /** Number of the next record for the group. */
  next(group: string): number;
  /** The next records for the group, at most `max`; empty where it has handled them all. */
  batch(group: string, max: number): FeedRecord[];
  handled(group: string, count: number): void;
  /** Places a group at its bookmark, or a new one at the first record. Throws where that one is no longer kept. */
  join(group: string): void;
  leave(group: string): void;
  /** False while the slowest group that is there has `recordsMax` or more still to handle. */
  hasRoom(): boolean;
}

export interface TopicLimits {
  /** Most records kept for a group to handle. */
  readonly recordsMax: number;
  /** Handled records are dropped in chunks of at least this many: moving the rest up costs as much as they are. */
  readonly dropRecordsMin: number;
}

export function createTopic(name: string, { recordsMax, dropRecordsMin }: TopicLimits): Topic {
  const bookmarks = new Map<string, number>();
  const present = new Set<string>();
  let records: FeedRecord[] = [];
  /** Number of records[0]. */
  let first = 0;

  const end = (): number => first + records.length;
  const next = (group: string): number => bookmarks.get(group) ?? first;
  const slowest = (groups: Iterable<string>): number => {
    let least = end();
    for (const group of groups) least = Math.min(least, next(group));
    return least;
  };

  function drop(): void {
    const handledByAll = bookmarks.size === 0 ? first : slowest(bookmarks.keys());
    const before = Math.max(handledByAll, Math.min(slowest(present), end() - recordsMax));
    if (before - first < dropRecordsMin) return;
    records = records.slice(before - first);
    first = before;
  }

  return {
    end,
    next,
    append(added) {
      for (const record of added) records.push(record);
      drop();
    },
    batch(group, max) {
      const from = next(group) - first;
      return records.slice(from, from + max);
    },
    handled(group, count) {
      bookmarks.set(group, next(group) + count);
      drop();
    },
    join(group) {
      const bookmark = bookmarks.get(group) ?? 0;
      if (bookmark < first)
        throw new Error(`${group} follows ${name} too late: records ${bookmark} to ${first} are gone`);
      bookmarks.set(group, bookmark);
      present.add(group);
    },
    leave: (group) => {
      present.delete(group);
    },
    hasRoom: () => end() - slowest(present) < recordsMax,
  };
}
