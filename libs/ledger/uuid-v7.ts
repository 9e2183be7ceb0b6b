import { randomFillSync } from 'node:crypto';

/**
 * Makes UUIDs of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, a 12-bit counter, 62 random bits.
 *
 * Ids of one maker are strictly ascending as text, also within a millisecond and when the clock steps back (§6.2,
 * method 1): the counter starts at a random value below 2,048 each millisecond and, when it is used up, the
 * timestamp runs ahead of the clock by one.
 *
 * `clock`: milliseconds since 1970. `fill`: a source of random bytes.
 */
export function createUuidV7(clock: () => number, fill: (bytes: Uint8Array) => unknown = randomFillSync): () => string {
  // Random bytes are taken in bulk: a call into the system for each id costs more than the id.
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  let ms = -1;
  let counter = 0;
  let prefix = '';

  const take = (bytes: number): number => {
    if (used + bytes > POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    used += bytes;
    return used - bytes;
  };
  const enter = (next: number): void => {
    ms = next;
    const at = take(2);
    counter = ((pool[at]! << 8) | pool[at + 1]!) & 0x7ff;
    const hex = ms.toString(16).padStart(12, '0');
    prefix = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  };

  return () => {
    const now = clock();
    if (now > ms) enter(now);
    else if (counter === COUNTER_MAX) enter(ms + 1);
    else counter++;
    const at = take(8);
    const hex = (offset: number): string => HEX[pool[at + offset]!]!;
    const variant = HEX[(pool[at]! & 0x3f) | 0x80]!;
    const tail = hex(2) + hex(3) + hex(4) + hex(5) + hex(6) + hex(7);
    return `${prefix}${HEX[counter >> 4]!}${(counter & 0xf).toString(16)}-${variant}${hex(1)}-${tail}`;
  };
}

const POOL_BYTES = 4_096;
const COUNTER_MAX = 0xfff;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
