import { describe, expect, test } from '@jest/globals';
import type { ElementChange, ElementStanding } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import { elementSums } from './element-sums.js';
import { explain } from './explain.js';
import { inputOf, planOf, standingOf, type StandingFixture } from './fixtures.js';
import { recompute } from './recompute.js';

/** Asked for on 1 March 2023, allocated in May, used in July. */
function element(name: string, kind: string, [requested, allocated, used]: readonly [bigint, bigint, bigint]) {
  const change = (on: string, fields: Partial<ElementChange>): ElementChange => ({
    ...{ $typeName: 'planledger.v1.ElementChange', requested: 0n, allocated: 0n, used: 0n, entries: [], on },
    ...fields,
  });
  return {
    ...{ element: name, kind, needBy: '2023-06-01', requested, allocated, used, entries: [5, 7, 9] },
    changes: [
      change('2023-03-01', { requested, entries: [5] }),
      change('2023-05-01', { allocated, entries: [7] }),
      change('2023-07-01', { used, entries: [9] }),
    ],
  } satisfies Partial<ElementStanding>;
}
const town = (stream: string, fields: StandingFixture) =>
  standingOf(stream, { name: stream, sector: 'education', county: '410221', ...fields });

const bonds = element('bonds', 'funds', [300n, 200n, 50n]);
const standings = [
  town('project/1', { elements: [bonds, element('own', 'funds', [100n, 100n, 100n])] }),
  town('project/2', { county: '410222', elements: [element('land', 'land', [9n, 4n, 0n]), bonds] }),
  town('project/3', { offPlan: true, elements: [bonds] }),
];
const everybody = () => true;
const on = (day: string) => inputOf(planOf({}), standings, day);
const numbers = (day: string, filter = {}, visible: Parameters<typeof elementSums>[2] = everybody) =>
  elementSums(on(day), filter, visible).map(({ kind, unit, requested, allocated, used }) => [
    ...[kind, unit],
    ...[requested, allocated, used].map(({ exact }) => exact),
  ]);

describe('demand beside what was allocated and used', () => {
  test('is summed by kind, in its unit, of projects that are not off-plan', () => {
    expect(numbers('2023-12-31')).toEqual([
      ['funds', '元', '700', '500', '200'],
      ['land', '平方米', '9', '4', '0'],
    ]);
  });

  test('is what it was at the end of a day', () => {
    expect(numbers('2023-04-30')[0]).toEqual(['funds', '元', '700', '0', '0']);
    expect(numbers('2023-02-28')).toEqual([]);
  });

  test('is of the projects asked for, and of those that the reader may see', () => {
    expect(numbers('2023-12-31', { county: '410222' })[0]).toEqual(['funds', '元', '300', '200', '50']);
    expect(numbers('2023-12-31', {}, ({ stream }) => stream === 'project/1')).toEqual([
      ['funds', '元', '400', '300', '150'],
    ]);
  });

  test('is explained by projects, and each by its entries', () => {
    const input = on('2023-12-31');
    for (const filter of [{}, { county: '410222' }, { sector: 'education', unit: '' }]) {
      for (const { requested, allocated, used } of elementSums(input, filter, everybody)) {
        for (const { node, exact } of [requested, allocated, used]) {
          const made = explain(input, node, 'verified');
          expect([node, made?.value.exact, made && recompute(made)]).toEqual([node, exact, fraction(BigInt(exact))]);
          for (const child of made?.children ?? []) {
            const own = explain(input, child.node, 'verified');
            expect([child.node, own?.value.exact]).toEqual([child.node, child.value]);
            expect(own && recompute(own)).toEqual(fraction(BigInt(child.value ?? '')));
          }
        }
      }
    }
    const own = explain(input, 'elements/funds/allocated/project/1', 'verified');
    expect([own?.value.exact, own?.entries]).toEqual(['300', [5, 7, 9]]);
    const [first, second] = ['', 'elements/funds/allocated/project/1'].map((after) =>
      explain(input, 'elements/funds/allocated', 'verified', { limit: 1, after }),
    );
    expect([first, second].map((page) => page?.children.map(({ name }) => name))).toEqual([
      ['project/1'],
      ['project/2'],
    ]);
    expect([first?.page?.next, second?.page?.next]).toEqual(['elements/funds/allocated/project/1', null]);
  });

  test('is no address of a kind or side that there is not, or that is written another way', () => {
    for (const node of ['elements/gold/used', 'elements/land/sold', 'elements/land', 'elements/land/used/stage/idea/x'])
      expect([node, explain(on('2023-12-31'), node, 'verified')]).toEqual([node, undefined]);
  });
});
