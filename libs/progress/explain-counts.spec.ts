import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CountyRow, CutRow, ItemRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import type { Child, Explanation } from './explanation.js';
import { fromText } from './figure.js';
import { inputOf, planOf, standingOf, units } from './fixtures.js';
import { smallPlan } from './fixtures-small-plan.js';
import { BASELINES, type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
import { isOngoing } from './project.js';
import { recompute } from './recompute.js';

/** An explanation with the children of all its pages, read `limit` at a time. */
function wholly(input: CompletionInput, node: string, confidence: Confidence, baseline: 'b0' | 'current', limit = 2) {
  const children: Child[] = [];
  let after: string | undefined;
  while (true) {
    const page = explain(input, node, confidence, { baseline, limit, ...(after === undefined ? {} : { after }) });
    if (!page) throw new Error(`nothing at ${node}`);
    expect([node, fromText(page.value.exact)]).toEqual([node, recompute(page)]);
    children.push(...page.children);
    if (!page.page?.next) return { ...page, children } satisfies Explanation;
    after = page.page.next;
  }
}
/**
 * Where a test ends by asking whether its random plans held enough of what it is about, the plans are the same in every
 * run: with others each time that would fail now and then, and say nothing about the code.
 */
const SAME_PLANS = { seed: 2021, numRuns: 60 };

const sumOf = (children: readonly Child[]): number => children.reduce((total, { value }) => total + Number(value), 0);

test('what is 规划外 of a measure is the sum of its units, each a project that is flagged or not linked', () => {
  let met = 0;
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      for (const row of completion(input, 'item').offPlan) {
        for (const confidence of CONFIDENCES) {
          for (const baseline of BASELINES) {
            const { value, children } = wholly(input, row.node, confidence, baseline);
            expect([row.node, value.exact, sumOf(children)]).toEqual([
              ...[row.node, String(row[confidence]), row[confidence]],
            ]);
            for (const child of children) {
              const unit = explain(input, child.node, confidence, { baseline });
              expect([child.node, unit?.value.exact]).toEqual([child.node, child.value]);
              expect(unit?.inputs.map(({ symbol }) => symbol)).toContain('offPlan');
              met += 1;
            }
          }
        }
      }
    }),
    SAME_PLANS,
  );
  expect(met).toBeGreaterThan(20);
});

test('what a county counts is the sum of the units delivered there, and its target is what was decomposed to it', () => {
  const met = { units: 0, targets: 0 };
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      const rows = completion(input, 'county').rows.filter((row): row is CountyRow => row.kind === 'county');
      for (const row of rows.flatMap(({ counted }) => counted)) {
        for (const confidence of CONFIDENCES) {
          for (const baseline of BASELINES) {
            const { value, children } = wholly(input, row.countNode, confidence, baseline);
            expect([row.countNode, value.exact, sumOf(children)]).toEqual([
              ...[row.countNode, String(row[confidence]), row[confidence]],
            ]);
            met.units += children.length;
            if (row.targetNode === null) continue;
            const target = wholly(input, row.targetNode, confidence, baseline);
            expect([row.targetNode, target.value.exact]).toEqual([row.targetNode, row.target]);
            expect(target.entries).toHaveLength(1);
            met.targets += 1;
          }
        }
      }
    }),
    SAME_PLANS,
  );
  expect([met.units > 20, met.targets > 20]).toEqual([true, true]);
});

test('how many items a cut has, and how many of them have a number, comes out item by item, by either baseline', () => {
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      const { headline } = completion(input, 'sector');
      const rows = (['sector', 'programme'] as const)
        .flatMap((by) => completion(input, by).rows)
        .filter((row): row is CutRow => row.kind !== 'item' && row.kind !== 'county');
      for (const { items, quantified, itemsNode, quantifiedNode, node } of [
        ...[headline.programmes, headline.body],
        ...rows,
      ]) {
        for (const confidence of CONFIDENCES) {
          const [all, some] = [itemsNode, quantifiedNode].map((each) => wholly(input, each, confidence, 'b0'));
          expect([node, all?.value.exact, some?.value.exact]).toEqual([node, String(items), String(quantified)]);
          const others = some?.leftOut.filter(({ why }) => why !== 'no-weight') ?? [];
          expect([...(some?.children ?? []), ...others].map((each) => each.node).sort()).toEqual(
            all?.children.map((each) => each.node).sort(),
          );
          for (const child of some?.children ?? []) {
            const { value } = wholly(input, child.node, confidence, 'b0');
            expect([child.node, value.exact, value.exact !== null]).toEqual([child.node, child.value, true]);
          }
        }
      }
      for (const { quantifiedNode, denominator } of [headline.programmes, headline.body]) {
        for (const baseline of BASELINES) {
          const counts = [denominator.node, quantifiedNode].map((each) =>
            Number(wholly(input, each, 'verified', baseline).value.exact),
          );
          expect(counts).toEqual([denominator[baseline], denominator.quantified[baseline]]);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('the numbers beside a measure’s share come out one by one, by either confidence and baseline', () => {
  const met = { done: 0, target: 0 };
  fc.assert(
    fc.property(smallPlan, fc.boolean(), ({ input: made }, isLater) => {
      // After the period every measure may have something late.
      const input = isLater ? { ...made, on: '2026-12-31' } : made;
      const rows = completion(input, 'item').rows.filter((row): row is ItemRow => row.kind === 'item');
      for (const { measure, count, countNodes } of rows.flatMap(({ measures }) => measures)) {
        for (const confidence of CONFIDENCES) {
          for (const baseline of BASELINES) {
            const counts = count[baseline][confidence];
            for (const name of ['done', 'target', 'high', 'late', 'afterPeriod'] as const) {
              const node = countNodes[name];
              const { value, children } = wholly(input, node, confidence, baseline);
              if (value.whyNull === 'absent') continue;
              expect([measure, node, value.exact]).toEqual([measure, node, counts[name]]);
              for (const child of children) {
                const below = explain(input, child.node, confidence, { baseline });
                expect([child.node, below?.value.exact]).toEqual([child.node, child.value ?? below?.value.exact]);
              }
              if ((name === 'done' || name === 'target') && value.exact !== '0') met[name] += 1;
            }
          }
        }
      }
    }),
    SAME_PLANS,
  );
  expect(Object.entries(met).filter(([, times]) => times < 20)).toEqual([]);
});

test('what of a measure came after its due day, and after the period, is what is done less what was done by then', () => {
  const ID = 'B1-1.m';
  const delivered = [
    ...units(ID, 3, { from: '2022-09-01' }),
    ...units(ID, 2, { from: '2024-03-01', unit: 'late' }),
    ...units(ID, 1, { from: '2026-02-01', unit: 'after' }),
  ];
  const plan = planOf({ measures: [{ measure: ID, low: '10', due: '2023-12-31' }] });
  const input = inputOf(plan, [standingOf('project/1', { contributions: delivered })], '2026-06-30');
  const asked = (name: string) => explain(input, `${name}/measure/${ID}`, 'verified');
  expect(['done', 'target', 'late', 'after-period', 'high'].map((name) => asked(name)?.value.exact)).toEqual([
    ...['6', '10', '3', '1', null],
  ]);
  expect(asked('late')?.inputs.map(({ symbol, value }) => [symbol, value])).toEqual([
    ['a', '6'],
    ['b', '3'],
    ['day', '2023-12-31'],
  ]);
  for (const name of ['done', 'late', 'after-period']) {
    expect(recompute(asked(name)!)).toEqual(fromText(asked(name)!.value.exact));
  }
});

test('how many projects an item has is each linked project that goes on; those that ended are left out', () => {
  const met = { ongoing: 0, ended: 0 };
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      const linked = (code: string) =>
        [...input.standings.values()].filter(({ offPlan, items }) => !offPlan && items.includes(code));
      const rows = completion(input, 'item').rows.filter((row): row is ItemRow => row.kind === 'item');
      for (const { code, projects, projectsNode } of rows) {
        const { value, children, leftOut, leftOutTotal } = wholly(input, projectsNode, 'claimed', 'current', 1);
        const named = (ongoing: boolean): string[] =>
          linked(code)
            .filter((each) => isOngoing(each, input.on) === ongoing)
            .map(({ stream }) => stream)
            .sort();
        expect([code, value.exact, children.map(({ node }) => node)]).toEqual([code, String(projects), named(true)]);
        expect([code, leftOutTotal, leftOut.map(({ node }) => node)]).toEqual([
          ...[code, named(false).length, named(false)],
        ]);
        met.ongoing += children.length;
        met.ended += leftOutTotal;
      }
    }),
    SAME_PLANS,
  );
  expect([met.ongoing > 20, met.ended > 5]).toEqual([true, true]);
});
