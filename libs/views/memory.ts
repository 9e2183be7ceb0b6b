import { createMemoryParking } from './parking.js';
import { LIST_DOCS_MAX, planOf, type Versioned, type ViewStore } from './port.js';

/** Views in memory: the embedded profile rebuilds them from the ledger at every start. */
export function createMemoryViews<Doc>(): ViewStore<Doc> {
  const docs = new Map<string, Versioned<Doc>>();
  const keysOf = new Map<string, SortedKeys>();

  function keep(doc: Versioned<Doc>): void {
    const known = docs.get(doc.key);
    if (known && known.version >= doc.version) return;
    docs.set(doc.key, doc);
    if (known) return;
    const plan = planOf(doc.key);
    const keys = keysOf.get(plan) ?? createSortedKeys();
    keysOf.set(plan, keys);
    keys.add(doc.key);
  }

  return {
    async load(keys) {
      const found = new Map<string, Versioned<Doc>>();
      for (const key of keys) {
        const doc = docs.get(key);
        if (doc) found.set(key, doc);
      }
      return found;
    },
    async save(saved) {
      saved.forEach(keep);
    },
    async list(plan, { after = '', limit }) {
      if (!(limit >= 1 && limit <= LIST_DOCS_MAX)) throw new RangeError(`a page holds 1 to ${LIST_DOCS_MAX} documents`);
      const page = keysOf.get(plan)?.after(after, limit) ?? [];
      return page.flatMap((key) => docs.get(key) ?? []);
    },
    async stamps(plan) {
      const keys = keysOf.get(plan)?.after('', Infinity) ?? [];
      return new Map(keys.map((key) => [key, docs.get(key)?.version ?? 0]));
    },
    ...createMemoryParking(),
  };
}

interface SortedKeys {
  /** MUST be a key not yet added. */
  add(key: string): void;
  /** The first `limit` keys greater than `after`. */
  after(after: string, limit: number): string[];
}

/** Sorted when asked for and not before: writing is frequent, and a sorted list with a few keys behind it sorts fast. */
function createSortedKeys(): SortedKeys {
  const keys: string[] = [];
  let sorted = true;
  return {
    add(key) {
      keys.push(key);
      sorted = false;
    },
    after(after, limit) {
      if (!sorted) keys.sort();
      sorted = true;
      let [low, high] = [0, keys.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((keys[middle] ?? '') > after) high = middle;
        else low = middle + 1;
      }
      return keys.slice(low, low + limit);
    },
  };
}
