import { describe, expect, test } from '@jest/globals';
import { Quantifier } from '@planledger/contracts';
import { kaifengPlan } from './conformance-plan.js';
import { SECTORS } from './index.js';

const plan = kaifengPlan();
const measures = [...plan.measures.values()].map((measure) => ({
  ...measure,
  sector: plan.items.get(measure.item)?.sector ?? '',
}));

describe.each([...SECTORS.values()].map((sector) => [sector.slug, sector] as const))(
  'the plan asks of %s',
  (slug, sector) => {
    const own = measures.filter((measure) => measure.sector === slug);

    test('only kinds of unit that it has', () => {
      const unknown = own.filter(({ unitKind }) => unitKind !== '' && !Object.hasOwn(sector.unitKinds, unitKind));
      expect(unknown.map(({ measure, unitKind }) => `${measure}: ${unitKind}`)).toEqual([]);
    });

    test('for every kind that it has, and has its name and its rules', () => {
      const asked = new Set(own.map(({ unitKind }) => unitKind || 'other'));
      expect(Object.keys(sector.unitKinds).filter((kind) => kind !== 'other' && !asked.has(kind))).toEqual([]);
      expect(plan.sectors.get(slug)?.name).toBe(sector.name);
      expect(plan.rules.get(`sector/${slug}`)?.map(({ version }) => version)).toEqual([sector.rules]);
    });
  },
);

test.each(['childcare', 'employment'])('in %s nothing that counts units counts units without a kind', (slug) => {
  const kindless = measures.filter(
    ({ sector, quantifier, unitKind }) => sector === slug && quantifier !== Quantifier.RATIO && unitKind === '',
  );
  expect(kindless.map(({ measure }) => measure)).toEqual([]);
});
