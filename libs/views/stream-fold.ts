import type { Fold, Versioned } from './port.js';

/** One entry of a stream as it came, from the feed or from history. */
export interface Arrival<Message> {
  /** 0 where the record does not say. */
  readonly version: number;
  readonly read: Read<Message>;
}
/** The decoded entry, or why it could not be decoded. */
export type Read<Message> = { readonly message: Message } | { readonly unreadable: unknown };

/** Why folding stopped before the last arrival. */
export type Halt =
  /** The next arrival is not the next version: the ones between are wanted from history. */
  | { readonly kind: 'gap' }
  /** An entry rewrites history: the whole stream is wanted. */
  | { readonly kind: 'refold' }
  | Poison;
export interface Poison {
  readonly kind: 'poison';
  /** First version that could not be folded; 0 where the record that could not be read does not say. */
  readonly version: number;
  readonly error: unknown;
}

/** How often a version is tried before it counts as poison. */
export const FOLD_ATTEMPTS_MAX = 3;

/**
 * Folds arrivals, by version, onto a document, leaving out those it has seen; `undefined` is the document of a stream not
 * yet begun. Goes version by version even where a refold could take them together, so that what is folded before a
 * poisoned entry does not depend on how the stream was cut into batches.
 *
 * `whole`: the stream from version 1 to at least the last arrival; without it an entry that rewrites history halts.
 */
export function foldStream<Doc, Message>(
  fold: Fold<Doc, Message>,
  key: string,
  start: Versioned<Doc> | undefined,
  arrivals: readonly Arrival<Message>[],
  whole?: readonly Arrival<Message>[],
): { readonly reached: Versioned<Doc> | undefined; readonly halt: Halt | undefined } {
  let reached = start;
  for (const { version, read } of arrivals) {
    const seen = reached?.version ?? 0;
    if (version === 0) return { reached, halt: { kind: 'poison', version, error: errorIn(read) } };
    if (version <= seen) continue;
    if (version > seen + 1) return { reached, halt: { kind: 'gap' } };
    for (let attempts = 1; reached?.version !== version; attempts++) {
      try {
        const next = fold.evolve(reached ? reached.doc : fold.initial(key), messageOf(read));
        if (next !== 'refold') reached = { key, version, doc: next };
        else if (whole) reached = { key, version, doc: refold(fold, key, whole, version) };
        else return { reached, halt: { kind: 'refold' } };
      } catch (error) {
        if (attempts >= FOLD_ATTEMPTS_MAX) return { reached, halt: { kind: 'poison', version, error } };
      }
    }
  }
  return { reached, halt: undefined };
}

/** The document of a stream's first `version` entries, folded at once. Throws where it cannot be. */
export function refold<Doc, Message>(
  fold: Fold<Doc, Message>,
  key: string,
  whole: readonly Arrival<Message>[],
  version: number,
): Doc {
  return fold.refold(
    key,
    whole.slice(0, version).map(({ read }) => messageOf(read)),
  );
}

const errorIn = (read: Read<unknown>): unknown => ('unreadable' in read ? read.unreadable : undefined);

function messageOf<Message>(read: Read<Message>): Message {
  if ('message' in read) return read.message;
  throw read.unreadable;
}
