import {
  type EffectiveEntry,
  effectiveEntries,
  type Entry,
  makeStanding,
  Maturity,
  rewritesHistory,
  type Standing,
} from '@planledger/contracts';
import { type IsoDate, lastDayOf } from '@planledger/kernel';
import { type CorrectionRequest, foldCorrections, requestStandings } from './baseline.js';
import { happened } from './project.js';

/** An indicator's stream (or that of a measure which is a share) folded: the newest value of each period and county. */
export interface IndicatorState {
  /** indicator/<code> */
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  /** By `period|county`. */
  readonly observations: ReadonlyMap<string, Observation>;
  /** Late corrections that wait for a second person, by their position. */
  readonly requests: ReadonlyMap<number, CorrectionRequest>;
}

export interface Observation {
  readonly period: string;
  /** Empty: the whole city. */
  readonly county: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly value: string;
  readonly maturity: Maturity;
  readonly source: string;
  /** Last day of the period. */
  readonly on: IsoDate;
  /** Its own position, then those of its revisions and corrections. */
  readonly positions: readonly number[];
}

export const observationKey = (period: string, county: string): string => `${period}|${county}`;

export const emptyIndicator = (stream: string): IndicatorState => ({
  stream,
  version: 0,
  position: 0,
  observations: new Map(),
  requests: new Map(),
});

export function foldIndicator(stream: string, entries: readonly Entry[]): IndicatorState {
  const folded = effectiveEntries(entries).reduce(foldEffectiveObservation, emptyIndicator(stream));
  const last = entries.at(-1);
  return last ? { ...folded, version: last.version, position: last.position } : folded;
}

export function evolveIndicator(state: IndicatorState, entry: Entry): IndicatorState | 'refold' {
  if (rewritesHistory(entry)) return 'refold';
  if (entry.event.case === undefined) return { ...state, version: entry.version, position: entry.position };
  const { event, occurredOn, position, backfilled } = entry;
  return foldEffectiveObservation(state, { entry, event, occurredOn, positions: [position], backfilled });
}

export function foldEffectiveObservation(state: IndicatorState, effective: EffectiveEntry): IndicatorState {
  const { entry, event, positions } = effective;
  const asked = happened(entry, entry.occurredOn, positions);
  const requests = foldCorrections<CorrectionRequest>(state.requests, event, asked, entry);
  const seen = { ...state, version: entry.version, position: entry.position, requests };
  if (event.case === 'indicatorObserved') {
    const { period, county, numerator, denominator, value, maturity, source } = event.value;
    const on = lastDayOf(period) ?? effective.occurredOn;
    const observation = { period, county, numerator, denominator, value, maturity, source, on, positions };
    return { ...seen, observations: new Map(state.observations).set(observationKey(period, county), observation) };
  }
  if (event.case === 'indicatorRevised') {
    const { observation: revised, numerator, denominator, value, maturity, source } = event.value;
    const found = [...state.observations].find(([, { positions: made }]) => made[0] === revised);
    if (!found) return seen;
    const [key, before] = found;
    const after = { ...before, numerator, denominator, value, maturity, source };
    const observations = new Map(state.observations);
    return {
      ...seen,
      observations: observations.set(key, { ...after, positions: [...before.positions, ...positions] }),
    };
  }
  return seen;
}

export const MATURITY_NAMES: Readonly<Record<Maturity, string>> = {
  [Maturity.UNSPECIFIED]: '',
  [Maturity.FLASH]: 'flash',
  [Maturity.PRELIMINARY]: 'preliminary',
  [Maturity.FINAL]: 'final',
};

export const indicatorStanding = (
  sector: string,
  rules: string,
  state: IndicatorState,
  plan: string,
  generation = 1,
): Standing =>
  makeStanding({
    plan,
    stream: state.stream,
    generation,
    version: state.version,
    position: state.position,
    sector,
    rules,
    requests: requestStandings(state.requests),
    observations: [...state.observations.values()].map((observation) => ({
      period: observation.period,
      county: observation.county,
      numerator: observation.numerator,
      denominator: observation.denominator,
      value: observation.value,
      maturity: MATURITY_NAMES[observation.maturity],
      on: observation.on,
      entries: [...observation.positions],
    })),
  });
