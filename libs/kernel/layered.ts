/**
 * A map that grows with the ledger, written in layers: `set` returns a new value that shares everything with the old
 * one, at the cost of one small layer; `settle` moves the layers into the base once they are in the ledger. Dropping an
 * unsettled value forgets its writes. Only the newest settled value may be read afterwards: the base is shared.
 */
export class Layered<K, V> {
  private constructor(
    private readonly base: Map<K, V>,
    private readonly layer: ReadonlyMap<K, V>,
  ) {}

  static empty<K, V>(): Layered<K, V> {
    return new Layered(new Map<K, V>(), new Map<K, V>());
  }

  get(key: K): V | undefined {
    return this.layer.get(key) ?? this.base.get(key);
  }

  has(key: K): boolean {
    return this.layer.has(key) || this.base.has(key);
  }

  set(key: K, value: V): Layered<K, V> {
    return new Layered(this.base, new Map(this.layer).set(key, value));
  }

  settle(): Layered<K, V> {
    if (this.layer.size === 0) return this;
    for (const [key, value] of this.layer) this.base.set(key, value);
    return new Layered(this.base, new Map<K, V>());
  }
}
