import { planOf, type ParkedKey, type ViewStore } from './port.js';

/** Parked keys in memory. */
export function createMemoryParking(): Pick<ViewStore<unknown>, 'park' | 'unpark' | 'parked'> {
  const pointers = new Map<string, ParkedKey>();
  return {
    async park(pointer) {
      const known = pointers.get(pointer.key);
      if (!known || pointer.version <= known.version) pointers.set(pointer.key, pointer);
    },
    async unpark(key) {
      pointers.delete(key);
    },
    async parked(plan) {
      const found = [...pointers.values()].filter(({ key }) => plan === undefined || planOf(key) === plan);
      return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}
