/**
 * Where views are kept: one document per stream and view, with the stream version it has seen.
 */
export interface ViewStore<Doc> {
  /** The documents of these keys; unknown keys are left out. */
  load(keys: readonly string[]): Promise<Map<string, Versioned<Doc>>>;

  /** Saves each document if it is newer (greater version) than the stored one; an older or equal one changes nothing. */
  save(docs: readonly Versioned<Doc>[]): Promise<void>;

  /** One page of a plan's documents by key, from after `after` on. */
  list(plan: string, query: { after?: string; limit: number }): Promise<Versioned<Doc>[]>;

  /** Parks a key at its first failed version, or replaces why; no-op for `version` above the one already parked. */
  park(pointer: ParkedKey): Promise<void>;
  unpark(key: string): Promise<void>;
  parked(plan?: string): Promise<ParkedKey[]>;
}

export interface Versioned<Doc> {
  /** <plan>/<stream> */
  readonly key: string;
  readonly version: number;
  readonly doc: Doc;
}

/** A poison record parks its key, not the partition: later entries of that key wait, all others flow. */
export interface ParkedKey {
  readonly key: string;
  /** First version that could not be folded. */
  readonly version: number;
  readonly reason: string;
}

/** Reads the entries of one stream from the ledger (audit's replay): heals gaps, refolds after corrections. */
export type History = (plan: string, stream: string, fromVersion: number) => Promise<Uint8Array[]>;

/** What a follower does with a stream: pure. */
export interface Fold<Doc, Message> {
  initial(key: string): Doc;
  /** The next document, or `refold` where the message rewrites history: the follower then folds all of the stream. */
  evolve(doc: Doc, message: Message): Doc | 'refold';
  refold(key: string, messages: readonly Message[]): Doc;
}
