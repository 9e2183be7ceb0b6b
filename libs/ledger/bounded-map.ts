/** A map of at most `max` keys that keeps at least the `max / 2` last read or written. */
export interface BoundedMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

/**
 * Two generations: a touched key moves to the young one, and when that is full the old one is dropped whole. Dropping
 * keys one by one would need the oldest each time, and asking a Map for its first key walks over every hole that
 * earlier deletions left.
 */
export function boundedMap<K, V>(max: number): BoundedMap<K, V> {
  const generation = Math.max(1, Math.floor(max / 2));
  let young = new Map<K, V>();
  let old = new Map<K, V>();

  function set(key: K, value: V): void {
    if (young.size >= generation && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const before = old.get(key);
      if (before !== undefined) set(key, before);
      return before;
    },
    set,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
