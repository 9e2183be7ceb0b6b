/**
 * Keys in order, so that a page of a list is read without sorting the list: an insertion or a removal costs a search and
 * one short chunk, whatever the number of keys. A mutable structure owned by the cells that hold it; how it is cut into
 * chunks depends on its history and is nobody's business.
 */
export interface Ordered {
  readonly chunks: string[][];
  size: number;
}

const CHUNK_KEYS_MAX = 512;

export const emptyOrdered = (): Ordered => ({ chunks: [], size: 0 });

/** Index of the last chunk that begins at or before `key`, else 0. */
function chunkOf(chunks: readonly string[][], key: string): number {
  let [low, high] = [0, chunks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.[0] ?? '') <= key) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Index of the first key not before `key`. */
function placeOf(chunk: readonly string[], key: string): number {
  let [low, high] = [0, chunk.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunk[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A key that is there already stays there once. */
export function insert(ordered: Ordered, key: string): void {
  const { chunks } = ordered;
  const at = chunkOf(chunks, key);
  const chunk = chunks[at];
  if (!chunk) chunks.push([key]);
  else {
    const place = placeOf(chunk, key);
    if (chunk[place] === key) return;
    chunk.splice(place, 0, key);
    if (chunk.length > CHUNK_KEYS_MAX) chunks.splice(at + 1, 0, chunk.splice(CHUNK_KEYS_MAX / 2));
  }
  ordered.size += 1;
}

export function remove(ordered: Ordered, key: string): void {
  const { chunks } = ordered;
  const at = chunkOf(chunks, key);
  const chunk = chunks[at];
  const place = chunk ? placeOf(chunk, key) : 0;
  if (!chunk || chunk[place] !== key) return;
  chunk.splice(place, 1);
  if (chunk.length === 0) chunks.splice(at, 1);
  ordered.size -= 1;
}

/** Puts a key in or takes it out. */
export const keep = (ordered: Ordered, key: string, wanted: boolean): void =>
  wanted ? insert(ordered, key) : remove(ordered, key);

/** The keys from `from` on, itself included. The structure MUST NOT change while they are read. */
export function* keysFrom({ chunks }: Ordered, from = ''): Generator<string> {
  for (let at = chunkOf(chunks, from); at < chunks.length; at += 1) {
    for (const key of chunks[at] ?? []) if (key >= from) yield key;
  }
}

/** The keys of several lists that have none in common, in order, from `from` on. */
export function* mergedKeys(lists: readonly Ordered[], from = ''): Generator<string> {
  // The list with the lowest next key stands last.
  const heads: { key: string; readonly rest: Generator<string> }[] = [];
  const enter = (rest: Generator<string>): void => {
    const next = rest.next();
    if (next.done) return;
    let [low, high] = [0, heads.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((heads[middle]?.key ?? '') > next.value) low = middle + 1;
      else high = middle;
    }
    heads.splice(low, 0, { key: next.value, rest });
  };
  for (const list of lists) enter(keysFrom(list, from));
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.key;
    enter(head.rest);
  }
}
