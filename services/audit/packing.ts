import { decodeStanding, encodeStanding, type Standing } from '@planledger/contracts';
import type { Cells, Ordered, Series as SeriesOf } from '@planledger/progress';
import { isMap } from 'node:util/types';

/**
 * Cells as bytes want them: dates and streams, which stand in them hundreds of thousands of times, become numbers. Series
 * and ordered lists are known by their shape, everything else is carried over as it is, so that a field more in the
 * cells needs nothing here.
 */
export interface PackedCells {
  /** Every date of a series or key, by number. */
  readonly dates: readonly string[];
  readonly value: unknown;
}

const CHUNK_KEYS = 256;

/** An Ordered of stream names, or of `<date> <stream>`. */
interface PackedList {
  readonly list: Uint32Array;
  readonly days: Uint16Array | undefined;
}
interface PackedSeries {
  readonly days: Uint16Array;
  readonly amounts: Float64Array | BigInt64Array;
  readonly sum: number | bigint;
}

/** `numberOf`: the number of a stream, given for ever. */
export function pack(cells: Cells, numberOf: (stream: string) => number): PackedCells {
  const dates: string[] = [];
  const numbers = new Map<string, number>();
  const dateNumber = (date: string): number => {
    let known = numbers.get(date);
    if (known === undefined) {
      numbers.set(date, (known = dates.length));
      dates.push(date);
    }
    return known;
  };
  const series = ({ days, amounts, sum }: Series): PackedSeries => ({
    days: Uint16Array.from(days, dateNumber),
    amounts: amountsOf(amounts),
    sum,
  });
  const list = ({ chunks }: Ordered): PackedList => {
    const keys = chunks.flat();
    const dated = keys.some((key) => key.includes(' '));
    return {
      list: Uint32Array.from(keys, (key) => numberOf(key.slice(key.indexOf(' ') + 1))),
      days: dated ? Uint16Array.from(keys, (key) => dateNumber(key.slice(0, key.indexOf(' ')))) : undefined,
    };
  };
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isMap(value)) return new Map([...value].map(([key, each]) => [key, walk(each)]));
    if (Array.isArray(value)) return value;
    if (isSeries(value)) return series(value);
    if (isOrdered(value)) return list(value);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
  };
  return { value: walk(cells), dates };
}

/** What `pack` packed; `names`: streams by number. */
export function unpack({ value: packed, dates }: PackedCells, names: readonly string[]): Cells {
  const series = ({ days: numbers, amounts, sum }: PackedSeries): Series => {
    const days = new Array<string>(numbers.length);
    for (let at = 0; at < numbers.length; at += 1) days[at] = dates[numbers[at]!]!;
    return { days, amounts: [...amounts], sum };
  };
  const list = ({ list: numbers, days }: PackedList): Ordered => {
    const chunks: string[][] = [];
    for (let from = 0; from < numbers.length; from += CHUNK_KEYS) {
      const chunk: string[] = [];
      const to = Math.min(from + CHUNK_KEYS, numbers.length);
      for (let at = from; at < to; at += 1) {
        const name = names[numbers[at]!]!;
        chunk.push(days ? `${dates[days[at]!]!} ${name}` : name);
      }
      chunks.push(chunk);
    }
    return { chunks, size: numbers.length };
  };
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (isMap(value)) return new Map([...value].map(([key, each]) => [key, walk(each)]));
    if ('amounts' in value) return series(value as PackedSeries);
    if ('list' in value) return list(value as PackedList);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
  };
  return walk(packed) as Cells;
}

/** Its amounts are of either kind, never of both. */
type Series = SeriesOf<number | bigint>;

const isSeries = (value: object): value is Series => 'days' in value && 'amounts' in value;
const isOrdered = (value: object): value is Ordered => 'chunks' in value && 'size' in value;

function amountsOf(amounts: readonly (number | bigint)[]): Float64Array | BigInt64Array {
  if (typeof amounts[0] !== 'bigint') return Float64Array.from(amounts, Number);
  const packed = BigInt64Array.from(amounts, BigInt);
  if (packed.some((each, index) => each !== amounts[index])) throw new RangeError('an amount beyond 64 bits');
  return packed;
}

/** Standings of a replay as bytes, a tenth of what the messages take; each look makes the message anew. */
export class PackedStandings implements ReadonlyMap<string, Standing> {
  private readonly bytes = new Map<string, Uint8Array>();

  set(stream: string, standing: Standing): void {
    this.bytes.set(stream, encodeStanding(standing));
  }

  get(stream: string): Standing | undefined {
    const bytes = this.bytes.get(stream);
    return bytes && decodeStanding(bytes);
  }

  get size(): number {
    return this.bytes.size;
  }

  has = (stream: string): boolean => this.bytes.has(stream);
  keys = (): MapIterator<string> => this.bytes.keys();

  *values(): MapIterator<Standing> {
    for (const bytes of this.bytes.values()) yield decodeStanding(bytes);
  }

  *entries(): MapIterator<[string, Standing]> {
    for (const [stream, bytes] of this.bytes) yield [stream, decodeStanding(bytes)];
  }

  [Symbol.iterator] = (): MapIterator<[string, Standing]> => this.entries();

  forEach(visit: (standing: Standing, stream: string, map: ReadonlyMap<string, Standing>) => void): void {
    for (const [stream, standing] of this) visit(standing, stream, this);
  }
}
