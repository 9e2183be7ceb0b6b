/**
 * A map that grows with the ledger, written in layers: `set` returns a new value at constant cost and leaves the old
 * one as it was; `settle` moves the writes into the base once they are in the ledger. Dropping an unsettled value
 * forgets its writes. Only the newest settled value may be read afterwards: the base is shared.
 *
 * All values between two settles share one map, held by the one written last; an older value knows only what to undo
 * (Baker's trick), so going back costs the writes that are forgotten, and going on costs nothing. `empty()` MUST be
 * called anew for every plan.
 */
export class Layered<K, V> {
  /** The shared map of unsettled writes, in the value that holds it; undefined in all others. */
  private writes: Map<K, V> | undefined;
  /** How this value differs from the one written after it. */
  private undo: { readonly key: K; readonly before: V | undefined; readonly next: Layered<K, V> } | undefined;

  private constructor(
    private readonly base: Map<K, V>,
    writes: Map<K, V>,
  ) {
    this.writes = writes;
  }

  static empty<K, V>(): Layered<K, V> {
    return new Layered(new Map<K, V>(), new Map<K, V>());
  }

  get(key: K): V | undefined {
    return this.held().get(key) ?? this.base.get(key);
  }

  has(key: K): boolean {
    return this.held().has(key) || this.base.has(key);
  }

  set(key: K, value: V): Layered<K, V> {
    const writes = this.held();
    const next = new Layered(this.base, writes);
    this.undo = { key, before: writes.get(key), next };
    this.writes = undefined;
    writes.set(key, value);
    return next;
  }

  settle(): Layered<K, V> {
    const writes = this.held();
    if (writes.size === 0) return this;
    for (const [key, value] of writes) this.base.set(key, value);
    return new Layered(this.base, new Map<K, V>());
  }

  /** Takes the shared map back from the value that holds it, undoing the writes made since. */
  private held(): Map<K, V> {
    if (this.writes !== undefined) return this.writes;
    const path: Layered<K, V>[] = [];
    let holder: Layered<K, V> = this;
    while (holder.undo !== undefined) {
      path.push(holder);
      holder = holder.undo.next;
    }
    const writes = holder.writes as Map<K, V>;
    for (const older of path.reverse()) {
      const { key, before } = older.undo!;
      const after = writes.get(key);
      if (before === undefined) writes.delete(key);
      else writes.set(key, before);
      holder.writes = undefined;
      holder.undo = { key, before: after, next: older };
      older.undo = undefined;
      older.writes = writes;
      holder = older;
    }
    return writes;
  }
}
