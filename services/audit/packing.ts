import { decodeStanding, encodeStanding, type Standing } from '@planledger/contracts';
import type { Cells, Ordered, Series } from '@planledger/progress';
import { isMap } from 'node:util/types';

/**
 * Cells as bytes want them: the days and amounts of all series laid end to end, and the keys of all lists, with dates and
 * streams, which stand in them hundreds of thousands of times, as numbers. Where one of them stood in the cells there is
 * a mark, and the marks are in the order of `series` and `lists`. Everything else is carried over as it is, so that a
 * field more in the cells needs nothing here.
 */
export interface PackedCells {
  readonly value: unknown;
  /** Every date of a series or key, by number. */
  readonly dates: readonly string[];
  readonly series: {
    /** How many days each series has, and the kind of its amounts: SMALL, LARGE or BIG. */
    readonly sizes: Uint32Array;
    readonly kinds: Uint8Array;
    readonly days: Uint16Array;
    readonly amounts: readonly [Int32Array, Float64Array, BigInt64Array];
  };
  readonly lists: {
    readonly sizes: Uint32Array;
    /** 1 where its keys are `<date> <stream>`, else 0. */
    readonly dated: Uint8Array;
    readonly streams: Uint32Array;
    readonly days: Uint16Array;
  };
}

const SERIES = '\u0000series';
const LIST = '\u0000list';
const [SMALL, LARGE, BIG] = [0, 1, 2];
const CHUNK_KEYS = 256;

/** Its amounts are of either kind, never of both. */
type AnySeries = Series<number | bigint>;

/** `numberOf`: the number of a stream, given for ever. */
export function pack(cells: Cells, numberOf: (stream: string) => number): PackedCells {
  const numbers = new Map<string, number>();
  const dateNumber = (date: string): number => {
    const known = numbers.get(date) ?? numbers.size;
    numbers.set(date, known);
    return known;
  };
  const series = { sizes: [] as number[], kinds: [] as number[], days: [] as number[] };
  const [small, large, big]: [number[], number[], bigint[]] = [[], [], []];
  const lists = { sizes: [] as number[], dated: [] as number[], streams: [] as number[], days: [] as number[] };

  function packSeries({ days, amounts }: AnySeries): string {
    series.sizes.push(days.length);
    for (const day of days) series.days.push(dateNumber(day));
    if (typeof amounts[0] === 'bigint') {
      series.kinds.push(BIG);
      for (const amount of amounts) big.push(BigInt(amount));
    } else {
      const isSmall = amounts.every((amount) => Number(amount) === (Number(amount) | 0));
      series.kinds.push(isSmall ? SMALL : LARGE);
      for (const amount of amounts) (isSmall ? small : large).push(Number(amount));
    }
    return SERIES;
  }

  function packList({ chunks, size }: Ordered): string {
    const isDated = chunks[0]?.[0]?.includes(' ') ?? false;
    lists.sizes.push(size);
    lists.dated.push(isDated ? 1 : 0);
    for (const chunk of chunks) {
      for (const key of chunk) {
        const space = key.indexOf(' ');
        if (isDated) lists.days.push(dateNumber(key.slice(0, space)));
        lists.streams.push(numberOf(key.slice(space + 1)));
      }
    }
    return LIST;
  }

  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (isMap(value)) return new Map([...value].map(([key, each]) => [key, walk(each)]));
    if (isSeries(value)) return packSeries(value);
    if (isOrdered(value)) return packList(value);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
  };
  const value = walk(cells);
  return {
    value,
    dates: [...numbers.keys()],
    series: {
      ...{ sizes: Uint32Array.from(series.sizes), kinds: Uint8Array.from(series.kinds) },
      ...{
        days: Uint16Array.from(series.days),
        amounts: [Int32Array.from(small), Float64Array.from(large), exact(big)],
      },
    },
    lists: {
      ...{ sizes: Uint32Array.from(lists.sizes), dated: Uint8Array.from(lists.dated) },
      ...{ streams: Uint32Array.from(lists.streams), days: Uint16Array.from(lists.days) },
    },
  };
}

function exact(amounts: readonly bigint[]): BigInt64Array {
  const packed = BigInt64Array.from(amounts);
  if (packed.some((each, index) => each !== amounts[index])) throw new RangeError('an amount beyond 64 bits');
  return packed;
}

/**
 * What `pack` packed, which is used up; `names`: streams by number. Series and lists become days and texts when they are
 * first looked at: an answer reads few of a hundred thousand.
 */
export function unpack({ value: packed, dates, series, lists }: PackedCells, names: readonly string[]): Cells {
  let [seriesAt, daysAt, listAt, keysAt, keyDaysAt] = [0, 0, 0, 0, 0];
  const amountsAt = [0, 0, 0];
  const seriesTexts = { dates, days: series.days };
  const listTexts = { names, dates, ...lists };

  function nextSeries(): AnySeries {
    const [size, kind] = [series.sizes[seriesAt]!, series.kinds[seriesAt]!];
    const stored = new StoredSeries(seriesTexts, daysAt, series.amounts[kind]!, amountsAt[kind]!, size);
    seriesAt += 1;
    daysAt += size;
    amountsAt[kind]! += size;
    return stored;
  }

  function nextList(): Ordered {
    const [size, isDated] = [lists.sizes[listAt]!, lists.dated[listAt] === 1];
    const stored = new StoredList(listTexts, keysAt, isDated ? keyDaysAt : undefined, size);
    listAt += 1;
    keysAt += size;
    if (isDated) keyDaysAt += size;
    return stored;
  }

  const walk = (value: unknown): unknown => {
    if (value === SERIES) return nextSeries();
    if (value === LIST) return nextList();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if (isMap(value)) {
      for (const [key, each] of value) value.set(key, walk(each));
      return value;
    }
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record)) record[key] = walk(record[key]);
    return record;
  };
  return walk(packed) as Cells;
}

/** A series whose days and amounts are made when they are asked for. */
class StoredSeries implements AnySeries {
  private made: { readonly days: string[]; readonly amounts: (number | bigint)[]; sum: number | bigint } | undefined;

  constructor(
    private readonly texts: { readonly dates: readonly string[]; readonly days: Uint16Array },
    private readonly from: number,
    private readonly stored: Int32Array | Float64Array | BigInt64Array,
    private readonly amountsFrom: number,
    private readonly size: number,
  ) {}

  private make() {
    const { texts, from, stored, amountsFrom, size } = this;
    const [days, amounts] = [new Array<string>(size), new Array<number | bigint>(size)];
    for (let at = 0; at < size; at += 1) {
      days[at] = texts.dates[texts.days[from + at]!]!;
      amounts[at] = stored[amountsFrom + at]!;
    }
    // Not by class: what is read back is of another realm in a test.
    const sum = typeof amounts[0] === 'bigint' ? total(amounts as bigint[], 0n) || 0 : total(amounts as number[], 0);
    return (this.made = { days, amounts, sum });
  }

  get days(): string[] {
    return (this.made ?? this.make()).days;
  }

  get amounts(): (number | bigint)[] {
    return (this.made ?? this.make()).amounts;
  }

  get sum(): number | bigint {
    return (this.made ?? this.make()).sum;
  }

  set sum(sum: number | bigint) {
    (this.made ?? this.make()).sum = sum;
  }
}

const total = <N extends number | bigint>(amounts: readonly N[], zero: N): N =>
  amounts.reduce((sum, each) => ((sum as number) + (each as number)) as N, zero);

/** A list whose keys are made when they are asked for. */
class StoredList implements Ordered {
  private made: string[][] | undefined;

  constructor(
    private readonly texts: Pick<PackedCells['lists'], 'streams' | 'days'> & {
      readonly names: readonly string[];
      readonly dates: readonly string[];
    },
    private readonly from: number,
    private readonly daysFrom: number | undefined,
    public size: number,
  ) {}

  get chunks(): string[][] {
    return (this.made ??= this.make());
  }

  private make(): string[][] {
    const { texts, from, daysFrom, size } = this;
    const keys = Array.from({ length: size }, (_, at) => {
      const name = texts.names[texts.streams[from + at]!]!;
      return daysFrom === undefined ? name : `${texts.dates[texts.days[daysFrom + at]!]!} ${name}`;
    });
    const chunks: string[][] = [];
    for (let at = 0; at < size; at += CHUNK_KEYS) chunks.push(keys.slice(at, at + CHUNK_KEYS));
    return chunks;
  }
}

const isSeries = (value: object): value is AnySeries => 'days' in value && 'amounts' in value;
const isOrdered = (value: object): value is Ordered => 'chunks' in value && 'size' in value;

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
