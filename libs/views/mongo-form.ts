import { deserialize, serialize } from 'node:v8';

/**
 * A document as bytes and back, exactly: Maps in their order, bigints of any size, undefined, holes, -0, cycles and
 * shared parts (ADR 15). What has no value of its own (functions, symbols) throws; objects of a class would come back as
 * plain ones, and folds hold none. Newer releases of Node read what older ones wrote, not the other way round.
 */
export const toBytes = (doc: unknown): Buffer => serialize(doc);

/** Throws where the bytes are not a document, or one of a newer Node. */
export function fromBytes(bytes: Uint8Array): unknown {
  return deserialize(bytes);
}
