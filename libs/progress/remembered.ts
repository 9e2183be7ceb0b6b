import { identical } from './equal.js';

/**
 * A memory of a pure function: what was made last for each name of an owner, for as long as what it was made from are the
 * same objects. A live answer follows every few entries, and most of it has not moved since the one before. The owner is
 * what the memory may not outlive.
 */
export function remember<Owner extends object, Made>() {
  const kept = new WeakMap<Owner, Map<string, { readonly stamp: readonly unknown[]; readonly made: Made }>>();
  return (owner: Owner, name: string, stamp: readonly unknown[], make: () => Made): Made => {
    const slots = kept.get(owner) ?? new Map<string, { stamp: readonly unknown[]; made: Made }>();
    const known = slots.get(name);
    if (known && identical(known.stamp, stamp)) return known.made;
    const made = make();
    kept.set(owner, slots.set(name, { stamp, made }));
    return made;
  };
}
