import { decodeEntry, type Entry } from '@planledger/contracts';
import type { FeedRecord } from '@planledger/feed';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { type ParkedKey, readRecord, reasonOf, streamOf } from '@planledger/views';

/** A record of the plan's topic: the entry in it, or why there is none to be read. */
interface Arrived {
  /** <plan>/<stream> */
  readonly key: string;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly read: { readonly entry: Entry } | { readonly unreadable: unknown };
}

/**
 * One plan as its topic brings it. An entry that cannot be read or folded parks its stream (docs/adr/0018): what comes after
 * it in that stream waits, all others are folded. Once the same version comes again and can be read, the plan is folded
 * anew from before the first parked entry, in the order of positions.
 */
export interface PlanFold {
  state(): PlanState;
  /** Of a plan-side stream; 0 before the first. */
  version(stream: string): number;
  /**
   * False where the record changes nothing: it came before. One of which neither value nor headers say its place is taken
   * for the next of its stream.
   */
  take(record: FeedRecord): boolean;
  parked(): ParkedKey[];
}

export function createPlanFold(): PlanFold {
  /** The plan before the first entry that is parked, and all that came since; nothing where none is. */
  let base = emptyPlan;
  let since: Arrived[] = [];
  let state = emptyPlan;
  /** By stream, the last version folded. */
  const versions = new Map<string, number>();
  const parked = new Map<string, ParkedKey>();

  function fold({ key, stream, version, read }: Arrived): void {
    if (parked.has(stream)) return;
    try {
      if ('unreadable' in read) throw read.unreadable;
      state = foldPlan(state, read.entry);
      versions.set(stream, version);
    } catch (error) {
      parked.set(stream, { key, version, reason: reasonOf(error) });
    }
  }

  function foldAnew(): void {
    parked.clear();
    state = base;
    since.sort((one, other) => one.position - other.position);
    for (const arrived of since) fold(arrived);
  }

  /** Where the record does not say its place: after the last version folded, and all that came. */
  function placed(arrived: Arrived): Arrived {
    if (arrived.version > 0) return arrived;
    const position = Math.max(state.position, ...since.map((each) => each.position));
    return { ...arrived, version: (versions.get(arrived.stream) ?? 0) + 1, position };
  }

  return {
    state: () => state,
    version: (stream) => versions.get(stream) ?? 0,
    parked: () => [...parked.values()],
    take(record) {
      const arrived = placed(arrivedIn(record));
      const { stream, version } = arrived;
      if (version <= (versions.get(stream) ?? 0)) return false;
      const known = since.find((each) => each.stream === stream && each.version === version);
      if (known && ('entry' in known.read || 'unreadable' in arrived.read)) return false;
      if (known) {
        since[since.indexOf(known)] = arrived;
        foldAnew();
      } else {
        if (parked.size === 0) base = state;
        since.push(arrived);
        fold(arrived);
      }
      if (parked.size === 0) since = [];
      return true;
    },
  };
}

const READING = { decode: decodeEntry, locate: (entry: Entry) => entry };

function arrivedIn(record: FeedRecord): Arrived {
  const { read, version, position } = readRecord(READING, record);
  const { key } = record;
  return {
    ...{ key, stream: streamOf(key), version, position },
    read: 'message' in read ? { entry: read.message } : read,
  };
}
