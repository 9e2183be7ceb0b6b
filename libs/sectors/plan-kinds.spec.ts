import { describe, expect, test } from '@jest/globals';
import { loadPlan, shippedPlan } from '@planledger/plan';
import * as culture from './culture-sport/asked.js';
import { SECTORS } from './index.js';

const loaded = loadPlan(shippedPlan('kaifeng-145'));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { plan } = loaded;
const measures = plan.items.flatMap(({ item, sector, measures: rows = [] }) =>
  rows.map(({ id, quantifier, unitKind }) => ({ measure: `${item}.${id}`, sector, quantifier, unitKind })),
);
const known = new Set(measures.map(({ measure }) => measure));

describe('the measures of the plan and the unit kinds of its sectors', () => {
  test('a kind that a measure names is one of its sector, or nothing could ever be delivered for it', () => {
    const unknown = measures.filter(({ sector, unitKind }) => {
      const served = SECTORS.get(sector);
      return served && unitKind !== undefined && !Object.hasOwn(served.unitKinds, unitKind);
    });
    expect(unknown).toEqual([]);
    expect(measures.filter(({ unitKind }) => unitKind !== undefined).length).toBeGreaterThan(50);
  });

  test.each(['social-protection', 'culture-sport'])('every counted measure of %s has a kind of its own', (slug) => {
    const own = measures.filter(({ sector, quantifier }) => sector === slug && quantifier !== 'ratio');
    expect(own.filter(({ unitKind }) => unitKind === undefined)).toEqual([]);
    const kinds = Object.keys(SECTORS.get(slug)?.unitKinds ?? {}).filter((kind) => kind !== 'other');
    expect(new Set(own.map(({ unitKind }) => unitKind))).toEqual(new Set(kinds));
  });

  test('what implies an indicator are units that state it: numbers that their standings carry', () => {
    const carried = plan.indicators.flatMap(({ indicator, implied }) =>
      [implied?.numerator, implied?.denominator].flatMap((sum) =>
        (sum?.units ?? []).map(({ measure, fact }) => ({ indicator, measure, fact })),
      ),
    );
    expect(new Set(carried.map(({ indicator }) => indicator))).toEqual(new Set(['I02', 'I18', 'I20', 'I24']));
    const missing = carried.filter(({ measure, fact }) => {
      if (fact === undefined) return !known.has(measure);
      const { sector = '', unitKind = '' } = measures.find((each) => each.measure === measure) ?? {};
      const kind = SECTORS.get(sector)?.unitKinds[unitKind];
      return !kind?.amounts?.includes(fact) || kind.facts[fact]?.type !== 'number';
    });
    expect(missing).toEqual([]);
  });

  test('what culture and sport ask by measure, they ask of measures that there are', () => {
    const asked = [
      ...[culture.CATEGORIES_ASKED, culture.STANDARDS_ASKED, culture.STANDARDS_BY_TIER].flatMap(Object.keys),
      ...[culture.RECOGNITION_ASKED, culture.ACCEPTANCE_ALONE, culture.CONNECTION_ASKED].flatMap((set) => [...set]),
      ...[...culture.PERFORMANCE_ASKED, culture.NEW_PITCHES, culture.PUBLIC_FACILITIES],
    ];
    expect(asked.filter((measure) => !known.has(measure))).toEqual([]);
  });
});
