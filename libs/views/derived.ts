import type { Versioned, ViewStore } from './port.js';

/** What a question over a whole plan reads of each document, made once and kept until the document changes. */
export interface Derived<Value> {
  /** Of every document of the plan, in key order, as stored at some moment after the call. MUST NOT be changed. */
  all(plan: string): Promise<Value[]>;
}

/** Documents read at once for those that have changed. */
const LOAD_DOCS = 500;

/**
 * Keeps `make(document)`, a pure function of it, for every document of the plans asked about. A question costs the
 * stamps of the plan and what has changed since the last one, instead of all documents; the first one reads them all.
 * Questions asked at the same time share one look, which begins after the last of them.
 */
export function deriveAll<Doc, Value>(
  store: Pick<ViewStore<Doc>, 'load' | 'stamps'>,
  make: (doc: Versioned<Doc>) => Value,
): Derived<Value> {
  const plans = new Map<string, Looks<Value>>();

  async function look(plan: string, kept: Map<string, Kept<Value>>): Promise<Value[]> {
    const stamps = await store.stamps(plan);
    const changed: [string, number][] = [];
    for (const each of stamps) if (kept.get(each[0])?.stamp !== each[1]) changed.push(each);
    for (let from = 0; from < changed.length; from += LOAD_DOCS) {
      const page = changed.slice(from, from + LOAD_DOCS);
      const docs = await store.load(page.map(([key]) => key));
      // One that was replaced since it was stamped is read again next time: that it is newer does no harm.
      for (const [key, stamp] of page) {
        const doc = docs.get(key);
        if (doc) kept.set(key, { stamp, value: make(doc) });
      }
    }
    const values: Value[] = [];
    for (const key of stamps.keys()) {
      const known = kept.get(key);
      if (known) values.push(known.value);
    }
    return values;
  }

  return {
    all(plan) {
      const looks = plans.get(plan) ?? { kept: new Map(), last: Promise.resolve(), next: undefined };
      plans.set(plan, looks);
      looks.next ??= looks.last.then(() => {
        // From here on a question comes too late for this look.
        looks.next = undefined;
        const looking = look(plan, looks.kept);
        looks.last = looking.catch(() => {});
        return looking;
      });
      return looks.next;
    },
  };
}

interface Kept<Value> {
  readonly stamp: number;
  readonly value: Value;
}

interface Looks<Value> {
  /** By key. */
  readonly kept: Map<string, Kept<Value>>;
  /** Settled when nobody looks. */
  last: Promise<unknown>;
  /** The look that begins when the last one is over. */
  next: Promise<Value[]> | undefined;
}
