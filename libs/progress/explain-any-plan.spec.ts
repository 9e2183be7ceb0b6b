import { expect, test } from '@jest/globals';
import { Basis, Quantifier } from '@planledger/contracts';
import { add, toText, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import type { CutBy } from './answer.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { type Figure, fromText } from './figure.js';
import { inputOf } from './fixtures.js';
import { smallPlan } from './fixtures-small-plan.js';
import { type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
import { recompute } from './recompute.js';

const asked = (input: CompletionInput, node: string, confidence: Confidence): Explanation => {
  const explanation = explain(input, node, confidence);
  if (!explanation) throw new Error(`nothing at ${node}`);
  return explanation;
};

interface Spi {
  readonly node: string;
  readonly spi: unknown;
}
/** Every figure of an answer, every SPI, and every other node in it. */
function nodesIn(value: unknown, figures: Figure[], nodes: Set<string>, spis: Spi[] = []): void {
  if (typeof value !== 'object' || value === null) return;
  if ('node' in value && typeof value.node === 'string') nodes.add(value.node);
  if ('node' in value && 'exact' in value && 'percent' in value) figures.push(value as Figure);
  if ('node' in value && 'spi' in value) spis.push({ node: String(value.node), spi: value.spi });
  for (const each of Object.values(value)) nodesIn(each, figures, nodes, spis);
}
const CUTS: readonly CutBy[] = ['sector', 'programme', 'item', 'county'];

/** The answer without the other confidence, so that a figure's node and what vouches for it go together. */
function onlySide(value: unknown, confidence: Confidence): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => onlySide(each, confidence));
  const other = confidence === 'claimed' ? 'verified' : 'claimed';
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === other ? [] : [[key, onlySide(each, confidence)]])),
  );
}

test('every figure of every answer is explained, and comes out again when recomputed', () => {
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      for (const by of CUTS) {
        const answer = completion(input, by);
        for (const confidence of CONFIDENCES) {
          const [figures, nodes, spis] = [[] as Figure[], new Set<string>(['plan']), [] as Spi[]];
          nodesIn(onlySide(answer, confidence), figures, nodes, spis);
          for (const { node, spi } of spis)
            expect([node, asked(input, node, confidence).value.exact]).toEqual([node, spi]);
          for (const { node, exact, whyNull } of figures) {
            const { value } = asked(input, node, confidence);
            expect({ node, exact: value.exact, whyNull: value.whyNull }).toEqual({ node, exact, whyNull });
          }
          for (const node of nodes) {
            const explanation = asked(input, node, confidence);
            expect(fromText(explanation.value.exact)).toEqual(recompute(explanation));
            expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('children are figures in their turn, down to entries', () => {
  fc.assert(
    fc.property(smallPlan, fc.constantFrom(...CONFIDENCES), ({ input }, confidence) => {
      const walk = (node: string, depth: number): void => {
        expect(depth).toBeLessThan(8);
        const explanation = asked(input, node, confidence);
        expect(fromText(explanation.value.exact)).toEqual(recompute(explanation));
        for (const child of explanation.children) {
          const { value } = asked(input, child.node, confidence);
          // P is rounded where c* takes it in, and nowhere else; a county lists quantities of measures.
          if (explanation.formula.rule !== 'under-way' && !node.startsWith('county/')) {
            expect([child.node, value.exact]).toEqual([child.node, child.value]);
          }
          walk(child.node, depth + 1);
        }
      };
      for (const node of ['plan', 'sector/education', 'under-way/half/body', 'county/410221']) walk(node, 0);
    }),
    { numRuns: 60 },
  );
});

/** More than any of these measures has units. */
const PAGES_MAX = 100;
test('the counted units of a measure, page by page, sum to what was counted', () => {
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      for (const { measure: id, quantifier, basis } of input.plan.measures.values()) {
        if (basis === Basis.STOCK || ![Quantifier.AT_LEAST, Quantifier.APPROX, Quantifier.RANGE].includes(quantifier))
          continue;
        let [total, after] = [ZERO, undefined as string | undefined];
        let [explanation, pages] = [undefined as Explanation | undefined, 0];
        do {
          explanation = explain(input, `measure/${id}`, 'claimed', { limit: 1, ...(after ? { after } : {}) });
          for (const { value } of explanation?.children ?? []) total = add(total, fromText(value) ?? ZERO);
          after = explanation?.page?.next ?? undefined;
          pages += 1;
        } while (after !== undefined && pages < PAGES_MAX);
        const counted = explanation?.inputs.find(({ symbol }) => symbol === 'd')?.value;
        if (counted !== undefined) expect(toText(total)).toBe(counted);
      }
    }),
    { numRuns: 60 },
  );
});

test('neither the order of standings nor a gap in redelivery shows in an answer', () => {
  fc.assert(
    fc.property(smallPlan, ({ input, standings }) => {
      const again = inputOf(input.plan, [...standings].reverse(), input.on);
      for (const by of CUTS) expect(completion(again, by)).toEqual(completion(input, by));
    }),
    { numRuns: 30 },
  );
});

test('shares of cuts lie in [0, 1]', () => {
  fc.assert(
    fc.property(smallPlan, ({ input }) => {
      const figures: Figure[] = [];
      for (const by of CUTS) nodesIn(completion(input, by), figures, new Set());
      for (const { exact } of figures) {
        const share = fromText(exact);
        if (share) expect(share.n >= 0n && share.n <= share.d).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
