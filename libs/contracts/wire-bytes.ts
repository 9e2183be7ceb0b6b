/** Reading and writing of single values of the protobuf wire format, for the code that wire.ts compiles. */

/** Thrown inside, never out: the library takes over. */
export const LEAVE = new Error('not for compiled code');

/** Where reading has got to. */
export interface Cursor {
  at: number;
}

/** A varint of at most 32 bits; longer ones are the library's. */
function readUint32(bytes: Buffer, cursor: Cursor, end: number): number {
  let result = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (cursor.at >= end) throw LEAVE;
    const byte = bytes[cursor.at++] as number;
    if (shift === 28 && byte > 15) throw LEAVE;
    result |= (byte & 127) << shift;
    if (byte < 128) return result >>> 0;
  }
  throw LEAVE;
}

/** Seven bytes hold 49 bits, exact as a number; longer and negative ones are read by the library. */
function readInt64(bytes: Buffer, cursor: Cursor, end: number): bigint {
  let result = 0;
  let factor = 1;
  for (let count = 0; count < 7; count += 1) {
    if (cursor.at >= end) throw LEAVE;
    const byte = bytes[cursor.at++] as number;
    result += (byte & 127) * factor;
    if (byte < 128) return BigInt(result);
    factor *= 128;
  }
  throw LEAVE;
}

/** Where the length-delimited value that starts here ends. */
function readEnd(bytes: Buffer, cursor: Cursor, end: number): number {
  const last = readUint32(bytes, cursor, end) + cursor.at;
  if (last > end) throw LEAVE;
  return last;
}

/** Most bytes for which a text is looked for among those read before. */
const SHORT_TEXT_BYTES = 24;

function readString(bytes: Buffer, cursor: Cursor, end: number): string {
  const last = readEnd(bytes, cursor, end);
  const from = cursor.at;
  cursor.at = last;
  if (last - from > SHORT_TEXT_BYTES) return readUtf8(bytes, from, last);
  let hash = last - from;
  for (let at = from; at < last; at += 1) {
    const byte = bytes[at] as number;
    if (byte > 127) return readUtf8(bytes, from, last);
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  const slot = (hash ^ (hash >>> 13)) & (TEXTS - 1);
  const known = texts[slot] as string;
  if (known.length === last - from && isSame(known, bytes, from)) return known;
  return (texts[slot] = bytes.toString('latin1', from, last));
}

/** Texts read last: most of an entry's are those of the entries before it. */
const TEXTS = 16_384;
const texts: string[] = new Array<string>(TEXTS).fill('');

function isSame(text: string, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== bytes[from + at]) return false;
  return true;
}

/** Bytes that are no UTF-8 come out as U+FFFD: the library refuses them, and knows those that were written so. */
function readUtf8(bytes: Buffer, from: number, last: number): string {
  const text = bytes.toString('utf8', from, last);
  if (text.includes('\ufffd')) throw LEAVE;
  return text;
}

/** An own property whatever its name: "__proto__" is a name like any other. */
const own = (map: object, key: string, value: unknown): void => {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
};

/** Written into and copied out of; nothing is awaited in between. */
const out = { buffer: Buffer.allocUnsafe(16_384), at: 0 };

/** The bytes that `write` writes. One that throws leaves nothing behind for the next. */
export function written(write: () => void): Uint8Array {
  out.at = 0;
  write();
  return new Uint8Array(out.buffer.buffer, out.buffer.byteOffset, out.at).slice();
}

function room(bytes: number): void {
  if (out.at + bytes <= out.buffer.length) return;
  const larger = Buffer.allocUnsafe(2 * (out.at + bytes));
  out.buffer.copy(larger, 0, 0, out.at);
  out.buffer = larger;
}

function writeUint32(value: number): void {
  if (value >>> 0 !== value) throw new RangeError(`${value} is no uint32`);
  room(5);
  let rest = value;
  while (rest > 127) {
    out.buffer[out.at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  out.buffer[out.at++] = rest;
}

function writeInt64(value: bigint): void {
  if (value >= 0n && value < 0x8000_0000n) return writeUint32(Number(value));
  room(10);
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    out.buffer[out.at++] = Number(rest & 127n) | 128;
    rest >>= 7n;
  }
  out.buffer[out.at++] = Number(rest);
}

function writeString(value: string): void {
  if (value.length <= SHORT_TEXT_WRITTEN && writeAscii(value)) return;
  const start = begin();
  room(3 * value.length);
  out.at += out.buffer.write(value, out.at, 'utf8');
  finish(start);
}

/** Longest text that is written here byte by byte, which beats asking Buffer; below 128, so its length is one byte. */
const SHORT_TEXT_WRITTEN = 64;

/** False, and nothing written, where the text is not ASCII alone. */
function writeAscii(value: string): boolean {
  const { length } = value;
  room(length + 1);
  const { buffer } = out;
  let at = out.at + 1;
  for (let index = 0; index < length; index += 1) {
    const code = value.charCodeAt(index);
    if (code > 127) return false;
    buffer[at++] = code;
  }
  buffer[out.at] = length;
  out.at = at;
  return true;
}

/** Keeps one byte for the length of what is written next; `finish` makes more room where it needs them. */
function begin(): number {
  room(1);
  return (out.at += 1);
}

function finish(start: number): void {
  const length = out.at - start;
  if (length < 128) {
    out.buffer[start - 1] = length;
    return;
  }
  const extra = length < 16_384 ? 1 : length < 2_097_152 ? 2 : length < 268_435_456 ? 3 : 4;
  room(extra);
  out.buffer.copyWithin(start + extra, start, out.at);
  out.at = start - 1;
  writeUint32(length);
  out.at += length;
}

/** What compiled code calls, by the names it calls it. */
export const RUNTIME = {
  ...{ LEAVE, readUint32, readInt64, readEnd, readString, own, writeUint32, writeInt64, writeString, begin, finish },
  readEnum: (bytes: Buffer, cursor: Cursor, end: number): number => readUint32(bytes, cursor, end) | 0,
  readBool: (bytes: Buffer, cursor: Cursor, end: number): boolean => readUint32(bytes, cursor, end) !== 0,
  writeEnum: (value: number): void => (value < 0 ? writeInt64(BigInt(value)) : writeUint32(value)),
  writeBool: (value: boolean): void => writeUint32(value ? 1 : 0),
};
