/**
 * Where views are kept: one document per stream and view, with the stream version it has seen.
 *
 * A document is a value: whoever saved or loaded it MUST NOT change it afterwards, for a store may hand out the very
 * object it keeps.
 */
export interface ViewStore<Doc> {
  /** The documents of these keys; unknown keys are left out. */
  load(keys: readonly string[]): Promise<Map<string, Versioned<Doc>>>;

  /** Saves each document if it is newer (greater version) than the stored one; an older or equal one changes nothing. */
  save(docs: readonly Versioned<Doc>[]): Promise<void>;

  /**
   * One page of a plan's documents by key, in plain text order, from after the key `after` on; fewer than
   * `limit` (1 to LIST_DOCS_MAX, else a RangeError) only at the end.
   */
  list(plan: string, query: { after?: string; limit: number }): Promise<Versioned<Doc>[]>;

  /**
   * By key, in the order of list(), a number for each of the plan's documents that changes whenever the document does:
   * the cheapest way to learn which of those that one knows are still the stored ones.
   */
  stamps(plan: string): Promise<Map<string, number>>;

  /** Parks a key at its first failed version, or replaces why; no-op for `version` above the one already parked. */
  park(pointer: ParkedKey): Promise<void>;
  unpark(key: string): Promise<void>;
  /** By key. */
  parked(plan?: string): Promise<ParkedKey[]>;
}

/** The store cannot be reached, or cannot say whether it has saved: nothing is wrong with what was asked. */
export class ViewsUnavailable extends Error {
  override readonly name = 'ViewsUnavailable';
}

/** Largest page of list(). */
export const LIST_DOCS_MAX = 1_000;

export interface Versioned<Doc> {
  /** <plan>/<stream> */
  readonly key: string;
  readonly version: number;
  readonly doc: Doc;
}

/** Empty where the key is none of a plan's stream. */
export const planOf = (key: string): string => key.slice(0, Math.max(0, key.indexOf('/')));
export const streamOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** A poison record parks its key, not the partition: later entries of that key wait, all others flow. */
export interface ParkedKey {
  readonly key: string;
  /** First version that could not be folded; 0 where the record that could not be read does not say which it is. */
  readonly version: number;
  readonly reason: string;
}

/**
 * Reads the entries of one stream from the ledger (audit's replay), by version from `fromVersion` on to the last: heals
 * gaps, refolds after corrections. Every entry on the feed is in the ledger already; where the answer ends before one, it
 * counts as failed.
 */
export type History = (plan: string, stream: string, fromVersion: number) => Promise<Uint8Array[]>;

/**
 * What a follower does with a stream. Pure; MUST NOT change the document it is given, nor keep the messages' arrays.
 * However a stream is cut, the document MUST be the same: refold(messages) is initial() and evolve() over each of them,
 * with a refold of all so far in place of each `refold`.
 */
export interface Fold<Doc, Message> {
  initial(key: string): Doc;
  /** The next document, or `refold` where the message rewrites history: the follower then folds all of the stream. */
  evolve(doc: Doc, message: Message): Doc | 'refold';
  refold(key: string, messages: readonly Message[]): Doc;
}
