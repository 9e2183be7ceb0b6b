import { describe, expect, test } from '@jest/globals';
import { toText } from '@planledger/kernel';
import fc from 'fast-check';
import { evaluation } from './evaluation.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { inputOf, planOf, standingOf, units } from './fixtures.js';
import { smallPlan } from './fixtures-small-plan.js';
import { BASELINES, type BaselineName, type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
import { recompute } from './recompute.js';
import { recomputeVerdict } from './verdicts.js';

type Side = readonly [Confidence, BaselineName];
const SIDES = CONFIDENCES.flatMap((confidence) => BASELINES.map((baseline): Side => [confidence, baseline]));

function asked(input: CompletionInput, node: string, [confidence, baseline]: Side): Explanation {
  const explanation = explain(input, node, confidence, { baseline });
  if (!explanation) throw new Error(`nothing at ${node}`);
  return explanation;
}

/** What an explanation gives again; its children MUST say the same of themselves. */
function again(input: CompletionInput, node: string, side: Side): string | null {
  const explanation = asked(input, node, side);
  for (const child of explanation.children) {
    const { exact } = asked(input, child.node, side).value;
    if (child.value !== null) expect([node, child.node, exact]).toEqual([node, child.node, child.value]);
  }
  const value = recompute(explanation);
  expect([node, explanation.value.exact]).toEqual([node, value && toText(value)]);
  return value && toText(value);
}

const measuresOf = (answer: ReturnType<typeof evaluation>) =>
  [...answer.annexes.programmes, ...answer.annexes.body].flatMap(({ measures }) => measures);

describe('the evaluation', () => {
  const plan = planOf({ measures: [{ measure: 'B1-1.schools', low: '10' }] });
  const project = standingOf('project/1', {
    contributions: [
      ...units('B1-1.schools', 3, { unit: 'in', from: '2025-12-31' }),
      ...units('B1-1.schools', 4, { unit: 'after', from: '2026-01-01' }),
    ],
  });

  test('splits a target into what was done in the period, after it, and not at all, and says how', () => {
    const input = inputOf(plan, [project], '2026-06-30');
    const [row] = measuresOf(evaluation(input, 'final'));
    expect(row).toMatchObject({ target: '10', within: '3', after: '4', unfinished: '3', beyond: '0' });
    const { addresses } = row!;
    const explained = Object.values(addresses).map((node) => again(input, node, ['verified', 'b0']));
    expect(explained).toEqual(['10', '7', '3', '4', '3', '0']);
    expect(asked(input, addresses.after, ['verified', 'b0']).inputs).toMatchObject([
      { symbol: 'a', value: '7' },
      { symbol: 'b', value: '3' },
      { symbol: 'end', value: '2025-12-31' },
    ]);
  });

  test('counts an item as 在建结转 because something of it counts, and names it', () => {
    const input = inputOf(plan, [project], '2026-06-30');
    const { addresses, body, programmes } = evaluation(input, 'final');
    const part = programmes.total === 1 ? 'programmes' : 'body';
    expect(programmes.continued + body.continued).toBe(1);
    const count = asked(input, addresses[part]['continued']!, ['verified', 'b0']);
    expect(count.children).toMatchObject([{ node: 'evaluation/item/B1-1', verdict: 'continued' }]);
    const verdict = asked(input, 'evaluation/item/B1-1', ['verified', 'b0']);
    expect([verdict.verdict, recomputeVerdict(verdict)]).toEqual(['continued', 'continued']);
    const none = asked(input, addresses[part]['done']!, ['verified', 'b0']);
    expect([none.value.exact, none.leftOut]).toMatchObject(['0', [{ why: 'other-verdict', node: verdict.node }]]);
  });

  test('of any plan comes out of its explanations again', () => {
    fc.assert(
      fc.property(smallPlan, fc.constantFrom(...SIDES), ({ input }, side) => {
        const answer = evaluation(input, 'final', { confidence: side[0], baseline: side[1] });
        for (const part of ['binding', 'expected', 'programmes', 'body'] as const) {
          const counts: Readonly<Record<string, number>> = answer[part];
          for (const [verdict, node] of Object.entries(answer.addresses[part])) {
            expect([node, again(input, node, side)]).toEqual([node, String(counts[verdict])]);
          }
        }
        for (const { address, verdict } of Object.values(answer.annexes).flat()) {
          expect([address, recomputeVerdict(asked(input, address, side))]).toEqual([address, verdict]);
        }
        for (const { addresses, target, within, after, unfinished, beyond } of measuresOf(answer)) {
          for (const [split, value] of Object.entries({ target, within, after, unfinished, beyond })) {
            const node = addresses[split as keyof typeof addresses];
            expect([node, again(input, node, side)]).toEqual([node, value]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
