import { type Contribution, type Implied as Definition, ImpliedBase, type ImpliedUnits } from '@planledger/contracts';
import type { ImpliedSum, IndicatorDefined, Standing } from '@planledger/contracts';
import {
  add,
  divide,
  type Fraction,
  fraction,
  type IsoDate,
  isZero,
  multiply,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '@planledger/kernel';
import { countedOn } from './cells.js';
import { confidenceOf, countsOn } from './contribution.js';
import { finalObservations, type Observed, scaleOf } from './observation.js';
import { keysFrom, mergedKeys } from './ordered.js';
import { isLinked } from './project.js';
import type { Confidence, Reading } from './reading.js';
import { baselineLevel } from './target.js';

/**
 * What the ledger's own units imply of an indicator at the end of a day (DOMAIN §5, §9): n ÷ d × k, or in words why nothing
 * does. It stands beside the 核定 value and never takes its place.
 */
export interface Implied {
  readonly day: IsoDate;
  /** In the indicator's unit; null where `silent` says why. */
  readonly value: Fraction | null;
  readonly silent: string | null;
  readonly numerator: ImpliedPart | null;
  /** Null of what is no share. */
  readonly denominator: ImpliedPart | null;
  /** k: 100 of a %, 1/10000 of 户 in 万户. */
  readonly factor: Fraction;
}

/** What stood at first, and the net of what counted since. */
export interface ImpliedPart {
  readonly units: readonly ImpliedUnits[];
  readonly base: Fraction;
  /** The 核定 value that the base is of; undefined where it is the plan's own figure, or nothing. */
  readonly observed: Observed | undefined;
  /** What counted by the end of this day is in the base; empty: nothing is. */
  readonly since: IsoDate;
  readonly net: Fraction;
  readonly total: Fraction;
}

/** Undefined where the plan does not ask. `day` MUST NOT lie after the reading's own. */
export function impliedOn(
  reading: Reading,
  indicator: IndicatorDefined,
  confidence: Confidence,
  day: IsoDate,
): Implied | undefined {
  const definition = indicator.implied;
  if (!definition) return undefined;
  const factor = divide(scaleOf(indicator.unit), fraction(definition.per || 1));
  const silence = (silent: string): Implied => ({
    ...{ day, value: null, silent, numerator: null, denominator: null, factor },
  });
  const doubted = silentBy(reading, definition);
  if (doubted !== undefined) return silence(doubted);
  const part = (from: ImpliedSum | undefined, side: Side): ImpliedPart | string | null =>
    from ? partOn(reading, indicator, from, side, confidence, day) : null;
  const [numerator, denominator] = [
    part(definition.numerator, 'numerator'),
    part(definition.denominator, 'denominator'),
  ];
  if (typeof numerator === 'string') return silence(numerator);
  if (typeof denominator === 'string') return silence(denominator);
  if (!numerator) return silence('规划未说明由哪些产出推算');
  if (denominator && isZero(denominator.total)) return silence('推算的分母为零');
  const share = denominator ? divide(numerator.total, denominator.total) : numerator.total;
  return { day, value: multiply(share, factor), silent: null, numerator, denominator, factor };
}

export type Side = 'numerator' | 'denominator';

/** Why the plan's data let nothing follow; undefined where something may. */
function silentBy({ plan }: Reading, { silent, doubt, reading }: Definition): string | undefined {
  if (silent !== '') return silent;
  if (doubt === '') return undefined;
  const raised = plan.doubts.get(doubt);
  const settled = plan.settled.get(doubt)?.reading;
  const holds = settled ?? raised?.readings[0]?.reading;
  if (holds === reading) return undefined;
  const read = raised?.readings.find((each) => each.reading === holds)?.text ?? '';
  return `${settled === undefined ? '疑点未决，按首选读法' : '疑点已决'}“${read}”，台账单元推不出本项（${raised?.title ?? doubt}）`;
}

/** Text where the base has no number. */
function partOn(
  reading: Reading,
  indicator: IndicatorDefined,
  { base: kind, units }: ImpliedSum,
  side: Side,
  confidence: Confidence,
  day: IsoDate,
): ImpliedPart | string {
  const made = (base: Fraction, observed?: Observed): ImpliedPart => {
    const since = observed?.on ?? '';
    const net = netOf(reading, units, confidence, day, since);
    return { units, base, observed, since, net, total: add(base, net) };
  };
  switch (kind) {
    case ImpliedBase.UNSPECIFIED:
      return made(ZERO);
    case ImpliedBase.INDICATOR: {
      const baseline = parseDecimal(indicator.baseline);
      return baseline ? made(multiply(baseline, fraction(indicator.implied?.per || 1))) : '规划没有本项的基期数';
    }
    case ImpliedBase.MEASURES: {
      const measures = units.map(({ measure }) => reading.base.measures.get(measure));
      const levels = measures.flatMap((measure) => (measure ? [baselineLevel(measure)] : []));
      return levels.length < units.length ? '推算所据的产出量不在本口径规划中' : made(sum(levels));
    }
    case ImpliedBase.OBSERVED: {
      // What units are added to is older than the day: a value is never implied by itself.
      const observed = finalObservations(reading.cells, indicator.indicator, indicator.unit, day).findLast(
        ({ on, row }) => (units.length === 0 || on < day) && row.denominator !== '' && row.numerator !== '',
      );
      const base = observed && parseDecimal(observed.row[side]);
      const name = indicator[side] || (side === 'numerator' ? '分子' : '分母');
      return base ? made(base, observed) : `“${name}”尚无可起算的核定观测，不推算`;
    }
  }
}

function netOf(
  reading: Reading,
  units: readonly ImpliedUnits[],
  confidence: Confidence,
  day: IsoDate,
  since: IsoDate,
): Fraction {
  const [first, ...more] = units;
  if (!first) return ZERO;
  // The quantity of one measure is summed in the cells already.
  if (more.length === 0 && first.fact === '') {
    const before = since === '' ? 0 : countedOn(reading.cells, first.measure, confidence, since);
    return fraction(countedOn(reading.cells, first.measure, confidence, day) - before);
  }
  let net = 0n;
  for (const stream of impliedStreams(reading, units)) {
    const standing = reading.standings.get(stream);
    if (!standing) continue;
    for (const { now, before } of impliedUnitsOf(standing, units, confidence, day, since)) net += BigInt(now - before);
  }
  return fraction(net);
}

/** The projects that delivered units of these measures, in order, from a stream on; each once. */
export function* impliedStreams({ cells }: Reading, units: readonly ImpliedUnits[], from = ''): Generator<string> {
  const lists = [...new Set(units.map(({ measure }) => measure))].flatMap(
    (measure) => cells.counted.get(measure)?.streams ?? [],
  );
  let last: string | undefined;
  const [only] = lists;
  for (const stream of only && lists.length === 1 ? keysFrom(only, from) : mergedKeys(lists, from)) {
    if (stream !== last) yield stream;
    last = stream;
  }
}

/** A unit, and what it states: at the end of the day, and of that what the base holds. */
export interface ImpliedUnit {
  readonly unit: string;
  readonly now: number;
  readonly before: number;
  /** Of its contributions and of the later statements that hold. */
  readonly entries: readonly number[];
}

/** A unit delivered for several measures is there once: its beds do not double. Units that change nothing are left out. */
export function impliedUnitsOf(
  standing: Standing,
  units: readonly ImpliedUnits[],
  confidence: Confidence,
  day: IsoDate,
  since: IsoDate,
): ImpliedUnit[] {
  const facts = new Map(units.map(({ measure, fact }) => [measure, fact] as const));
  const rows = new Map<string, Contribution[]>();
  for (const row of standing.contributions) {
    if (!facts.has(row.measure) || confidenceOf(row.confidence) !== confidence) continue;
    if (!isLinked(standing, row.measure)) continue;
    rows.set(row.unit, [...(rows.get(row.unit) ?? []), row]);
  }
  return [...rows].flatMap(([unit, all]) => {
    const [now, before] = [statedOn(all, facts, day), since === '' ? NOTHING : statedOn(all, facts, since)];
    if (now.stated === 0 && before.stated === 0) return [];
    return [{ unit, now: now.stated, before: before.stated, entries: [...before.entries, ...now.entries] }];
  });
}

const NOTHING = { stated: 0, entries: [] as readonly number[] };

function statedOn(rows: readonly Contribution[], facts: ReadonlyMap<string, string>, day: IsoDate): typeof NOTHING {
  const counting = rows.filter((each) => countsOn(each, day));
  const [row] = counting;
  if (!row) return NOTHING;
  const fact = facts.get(row.measure) ?? '';
  if (fact === '') {
    const same = counting.filter(({ measure }) => measure === row.measure);
    const stated = same.reduce((total, { quantity }) => total + quantity, 0);
    return { stated, entries: same.flatMap(({ entries }) => entries) };
  }
  const amount = row.amounts.findLast((each) => each.fact === fact && each.from <= day);
  return { stated: amount?.quantity ?? 0, entries: [...row.entries, ...(amount?.entries ?? [])] };
}

/** How far what was observed lies from what is implied, in percent of the latter; null where it is 0 and the other is not. */
export function percentApart(observed: Fraction, implied: Fraction): Fraction | null {
  const apart = subtract(observed, implied);
  if (isZero(apart)) return ZERO;
  if (isZero(implied)) return null;
  const share = divide(multiply(apart, fraction(100)), implied);
  return share.n < 0n ? subtract(ZERO, share) : share;
}
