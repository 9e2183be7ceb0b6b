import { describe, expect, test } from '@jest/globals';
import { Quantifier } from '@planledger/contracts';
import { kaifengPlan } from './conformance-plan.js';
import { SECTORS } from './index.js';

const plan = kaifengPlan();
const measuresOf = (slug: string) =>
  [...plan.measures.values()].filter(({ item }) => plan.items.get(item)?.sector === slug);

describe.each([...SECTORS.values()].map((sector) => [sector.slug, sector] as const))(
  'the plan asks of %s',
  (slug, sector) => {
    test('only kinds of unit that it has', () => {
      const unknown = measuresOf(slug).filter(
        ({ unitKind }) => unitKind !== '' && !Object.hasOwn(sector.unitKinds, unitKind),
      );
      expect(unknown.map(({ measure, unitKind }) => `${measure}: ${unitKind}`)).toEqual([]);
    });

    test('under its name, by the rules that it has', () => {
      expect(plan.sectors.get(slug)?.name).toBe(sector.name);
      expect(plan.rules.get(`sector/${slug}`)?.map(({ version }) => version)).toEqual([sector.rules]);
    });
  },
);

describe.each(['childcare', 'employment'])('of %s', (slug) => {
  const counted = measuresOf(slug).filter(({ quantifier }) => quantifier !== Quantifier.RATIO);

  test('every measure that counts units says of which kind', () => {
    expect(counted.length).toBeGreaterThan(5);
    expect(counted.filter(({ unitKind }) => unitKind === '').map(({ measure }) => measure)).toEqual([]);
  });

  test('every kind is asked for by some measure', () => {
    const asked = new Set(counted.map(({ unitKind }) => unitKind));
    const kinds = Object.keys(SECTORS.get(slug)?.unitKinds ?? {}).filter((kind) => kind !== 'other');
    expect(kinds.filter((kind) => !asked.has(kind))).toEqual([]);
  });
});
