import { describe, expect, test } from '@jest/globals';
import { Maturity } from '@planledger/contracts';
import { emptyPlan } from '@planledger/plan';
import { claimed, delivered, factValues, writeStream, type WrittenStream } from '../conformance-history.js';
import { answered, kaifengPlan, type Observations, observed, type Observed } from '../conformance-plan.js';
import type { Facts } from '../sector.js';
import { nurseryPlaces } from './views.js';

const plan = kaifengPlan();
const USABLE = { 'fire-acceptance': '2023-03-01', filing: '2023-04-01', opening: '2023-05-01' };
const PLAIN = {
  ...{ form: 'community', places: 60, newPlaces: 60, infantClasses: 0, toddlerClasses: 4, seniorClasses: 0 },
  ...{ mixedClasses: 0, inclusive: false, filingNumber: '1' },
};
const INCLUSIVE = { ...PLAIN, inclusive: true, inclusiveDocument: '汴卫托〔2023〕3号' };

function nursery(id: string, facts: Facts, county = '410221', claims: Readonly<Record<string, string>> = USABLE) {
  const written = writeStream(`project/${id}`);
  const registered = { name: `项目${id}`, sector: 'childcare', county, unit: 'bureau-1', template: 'nursery' };
  written.add('2021-03-01', { case: 'projectRegistered', value: registered });
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  const places = typeof facts['newPlaces'] === 'number' ? facts['newPlaces'] : 0;
  const unit = { unit: 'u-1', measure: 'B1-4.places' };
  const delivery = written.add('2023-06-30', delivered({ ...unit, kind: 'nursery', quantity: places, facts }));
  return { ...written, delivery };
}

const ask = (
  projects: readonly WrittenStream[],
  question: Readonly<Record<string, string>> = {},
  observations: readonly Observations[] = [],
): unknown => answered(nurseryPlaces, projects, plan, question, observations);

describe('nursery places', () => {
  const population = (period: string, numerator: string, denominator: string, maturity = Maturity.FINAL) =>
    ({ period, numerator, denominator, maturity }) as const;

  test('stand by county with those that are inclusive, and beside them what cannot be used yet', () => {
    const built = nursery('c', PLAIN, '410222', { 'fire-acceptance': '2023-03-01' });
    expect(ask([nursery('a', INCLUSIVE), nursery('b', PLAIN), built])).toMatchObject({
      counties: [
        {
          ...{ county: '410221', countyName: '杞县', waiting: [] },
          usable: { places: 120, inclusive: 60, inclusivePercent: '50.0', demonstration: 0, kindergarten: 0 },
        },
        {
          ...{ county: '410222', countyName: '通许县' },
          usable: { places: 0, inclusivePercent: null },
          waiting: [{ name: 'u-1号', places: 60, waitingFor: 'CHC_BUILT_NOT_FILED' }],
        },
      ],
    });
    expect(ask([nursery('a', INCLUSIVE), built], { county: '410222' })).toMatchObject({
      counties: [{ county: '410222' }],
      // The city is the city, whatever county is asked for.
      city: { places: 60 },
    });
  });

  test('of a kindergarten are said apart: they are in no figure of school places', () => {
    const within = { ...PLAIN, form: 'kindergarten', schoolPlaces: 200, approvedSize: 260 };
    expect(ask([nursery('a', within)])).toMatchObject({ city: { places: 60, kindergarten: 60 } });
  });

  test('raise the level from the 3,796 that there were; 16,572 are missing to 20,428 after the first 60', () => {
    expect(ask([nursery('a', INCLUSIVE)])).toMatchObject({
      city: { level: { measure: 'B1-4.places', base: 3796, added: 60, level: 3856, target: 20428, missing: 16572 } },
    });
  });

  test('are verified apart, and gone when their filing is', () => {
    const one = nursery('a', INCLUSIVE);
    expect(ask([one, nursery('b', PLAIN)], { basis: 'verified' })).toMatchObject({
      city: { places: 0, level: { level: 3796 } },
    });
    const { delivery } = one;
    one.add('2023-08-01', { case: 'outputVerified', value: { unit: 'u-1', measure: 'B1-4.places', delivery } });
    expect(ask([one, nursery('b', PLAIN)], { basis: 'verified' })).toMatchObject({
      city: { places: 60 },
    });
    one.add('2024-01-02', {
      case: 'outputRevoked',
      value: { unit: 'u-1', measure: 'B1-4.places', lostOn: '2024-01-01' },
    });
    expect(ask([one])).toMatchObject({ city: { places: 0 } });
  });

  test('become inclusive when that is recognised', () => {
    const one = nursery('a', PLAIN);
    const facts = factValues({ inclusive: true, inclusiveDocument: '汴卫托〔2024〕1号' });
    const value = { unit: 'u-1', measure: 'B1-4.places', since: '2024-01-01', facts };
    one.add('2024-01-02', { case: 'outputFactsStated', value });
    expect(ask([one])).toMatchObject({ city: { places: 60, inclusive: 60 } });
  });

  describe('a thousand people', () => {
    const perThousand = (...rows: Observed[]) =>
      (ask([nursery('a', INCLUSIVE)], {}, [['I02', ...rows]]) as { perThousand: unknown }).perThousand;

    test('are none where nobody observed them: no population is invented', () => {
      expect(perThousand()).toEqual({
        ...{ indicator: 'I02', target: '4.5', observed: null, implied: null },
        reason: '常住人口尚无核定观测，不推算',
      });
      expect(perThousand(population('2023', '3856', '4820', Maturity.PRELIMINARY))).toMatchObject({ implied: null });
      expect(perThousand({ ...population('2023', '386', '482'), county: '410221' })).toMatchObject({ implied: null });
    });

    test('have the observed places, and beside them what the ledger’s own places come to', () => {
      expect(perThousand(population('2023', '4820', '4820'), population('2022', '1', '2'))).toMatchObject({
        ...{ period: '2023', thousands: '4820', target: '4.5' },
        observed: { exact: '1', value: '1.00' },
        implied: { exact: '4/5', value: '0.80' },
      });
    });

    test('with fewer than 4.5 places are never shown to have 4.5', () => {
      // 20,427 places for 4,540 thousand are 4.4993: rounded they would read 4.50.
      expect(perThousand(population('2025', '20427', '4540'))).toMatchObject({ observed: { value: '4.49' } });
      expect(perThousand(population('2025', '20430', '4540'))).toMatchObject({
        observed: { exact: '9/2', value: '4.50' },
      });
    });

    test('are asked about the plan that is loaded', () => {
      const observations: Observations[] = [['I02', population('2023', '1', '2')]];
      const answer = answered(nurseryPlaces, [nursery('a', INCLUSIVE)], emptyPlan, {}, observations);
      expect(answer).toMatchObject({ city: { level: null }, perThousand: { implied: null, reason: '规划未载入' } });
    });

    test('come from their own indicator alone', () => {
      expect(nurseryPlaces.rowsOfIndicator?.(observed('I01', population('2023', '1', '2')))).toEqual([]);
    });
  });
});
