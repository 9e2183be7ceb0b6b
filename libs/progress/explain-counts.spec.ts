import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CountyRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import type { Child, Explanation } from './explanation.js';
import { fromText } from './figure.js';
import { smallPlan } from './fixtures-small-plan.js';
import { BASELINES, type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
import { recompute } from './recompute.js';

/** An explanation with the children of all its pages, read `limit` at a time. */
function wholly(input: CompletionInput, node: string, confidence: Confidence, baseline: 'b0' | 'current', limit = 2) {
  const children: Child[] = [];
  let after: string | undefined;
  for (;;) {
    const page = explain(input, node, confidence, { baseline, limit, ...(after === undefined ? {} : { after }) });
    if (!page) throw new Error(`nothing at ${node}`);
    expect([node, fromText(page.value.exact)]).toEqual([node, recompute(page)]);
    children.push(...page.children);
    if (!page.page?.next) return { ...page, children } satisfies Explanation;
    after = page.page.next;
  }
}
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
    { numRuns: 40 },
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
    { numRuns: 40 },
  );
  expect([met.units > 20, met.targets > 20]).toEqual([true, true]);
});
