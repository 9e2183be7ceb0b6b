import { expect, test } from '@jest/globals';
import { Basis, Quantifier } from '@planledger/contracts';
import { add, type Fraction, multiply, ONE, toText, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import type { CutBy } from './answer.js';
import { completion } from './completion.js';
import { confidenceOf } from './contribution.js';
import { explain } from './explain.js';
import type { Child, Explanation } from './explanation.js';
import { type Figure, fromText } from './figure.js';
import { inputOf } from './fixtures.js';
import { smallPlan } from './fixtures-small-plan.js';
import { MONEY_KINDS } from './node.js';
import { isLinked } from './project.js';
import { BASELINES, type BaselineName, type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
import { recompute } from './recompute.js';
import { weightSetsOn } from './weights.js';

type Side = readonly [confidence: Confidence, baseline: BaselineName];
const SIDES: readonly Side[] = CONFIDENCES.flatMap((confidence) => BASELINES.map((name): Side => [confidence, name]));

const asked = (input: CompletionInput, node: string, [confidence, baseline]: Side): Explanation => {
  const explanation = explain(input, node, confidence, { baseline });
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

/** The answer without the other confidence and baseline, so that a figure's node and what it is of go together. */
function onlySide(value: unknown, side: Side): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => onlySide(each, side));
  const [confidence, baseline] = side;
  const others = [confidence === 'claimed' ? 'verified' : 'claimed', baseline === 'b0' ? 'current' : 'b0'];
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (others.includes(key) ? [] : [[key, onlySide(each, side)]])),
  );
}

/** By the weights in force, and by every other set one click away. */
const byEverySet = (input: CompletionInput): CompletionInput[] =>
  weightSetsOn(input.plan, input.on).map(({ id }) => ({ ...input, weights: id }));

test('every figure of every answer is explained, and comes out again when recomputed', () => {
  fc.assert(
    fc.property(smallPlan, ({ input: made }) => {
      for (const input of byEverySet(made)) {
        const answers = CUTS.map((by) => completion(input, by));
        for (const side of SIDES) {
          const [figures, nodes, spis] = [[] as Figure[], new Set<string>(['plan']), [] as Spi[]];
          nodesIn(onlySide(answers, side), figures, nodes, spis);
          const explained = new Map([...nodes].map((node) => [node, asked(input, node, side)]));
          for (const explanation of explained.values()) {
            expect(fromText(explanation.value.exact)).toEqual(recompute(explanation));
            expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
          }
          for (const { node, spi } of spis) expect([node, explained.get(node)?.value.exact]).toEqual([node, spi]);
          for (const { node, exact, whyNull } of figures) {
            const value = explained.get(node)?.value;
            expect({ node, exact: value?.exact, whyNull: value?.whyNull }).toEqual({ node, exact, whyNull });
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('children are figures in their turn, down to entries', () => {
  const roots = ['plan', 'sector/education', 'under-way/half/body', 'denominator/half/programmes', 'county/410221'];
  const money = MONEY_KINDS.map((kind) => `money/${kind}/plan`);
  fc.assert(
    fc.property(smallPlan, fc.constantFrom(...SIDES), ({ input }, side) => {
      const walk = (node: string, depth: number): void => {
        expect(depth).toBeLessThan(8);
        const explanation = asked(input, node, side);
        expect(fromText(explanation.value.exact)).toEqual(recompute(explanation));
        for (const child of explanation.children) {
          const { value } = asked(input, child.node, side);
          // P is rounded where c* takes it in, and nowhere else.
          if (explanation.formula.rule !== 'under-way' && child.value !== null) {
            expect({ node, child: child.node, value: value.exact }).toEqual({
              node,
              child: child.node,
              value: child.value,
            });
          }
          walk(child.node, depth + 1);
        }
        for (const left of explanation.leftOut) if (left.node !== undefined) asked(input, left.node, side);
      };
      for (const node of [...roots, ...money]) walk(node, 0);
    }),
    { numRuns: 40 },
  );
});

/** More than any of these measures has units. */
const PAGES_MAX = 100;
/** Every child, a page at a time. */
function allPages(input: CompletionInput, node: string, side: Side): { last: Explanation; children: Child[] } {
  const children: Child[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const [confidence, baseline] = side;
    const last = explain(input, node, confidence, { baseline, limit: 1, ...(after ? { after } : {}) });
    if (!last) throw new Error(`nothing at ${node}`);
    children.push(...last.children);
    after = last.page?.next ?? undefined;
    if (after === undefined) return { last, children };
  }
  throw new Error(`no end to ${node}`);
}

test('the lines of a measure, page by page, are each there once, and sum to what was counted and is under way', () => {
  fc.assert(
    fc.property(smallPlan, fc.constantFrom(...SIDES), ({ input }, side) => {
      for (const { measure: id, quantifier, basis, scheme } of input.plan.measures.values()) {
        if (scheme || basis === Basis.STOCK) continue;
        if (![Quantifier.AT_LEAST, Quantifier.APPROX, Quantifier.RANGE].includes(quantifier)) continue;
        for (const [node, symbol] of [
          [`measure/${id}`, 'd'],
          [`under-way/measure/${id}`, 's'],
        ] as const) {
          if (explain(input, node, side[0], { baseline: side[1] })?.value.whyNull === 'absent') continue;
          const { last, children } = allPages(input, node, side);
          const weightOf = ({ weight }: Child): Fraction => fromText(weight) ?? ONE;
          const total = children.reduce(
            (sum, child) => add(sum, multiply(weightOf(child), fromText(child.value) ?? ZERO)),
            ZERO,
          );
          const counted = last.inputs.find((each) => each.symbol === symbol)?.value;
          if (counted !== undefined) expect({ node, total: toText(total) }).toEqual({ node, total: counted });
          expect(new Set(children.map((child) => child.node)).size).toBe(children.length);
          expect(last.page?.total).toBe(children.length);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('what a project was made of is not seen in what is left out of a measure: as many as a walk would find', () => {
  fc.assert(
    fc.property(smallPlan, fc.constantFrom(...CONFIDENCES), ({ input }, confidence) => {
      for (const { measure, scheme, quantifier } of input.plan.b0.measures.values()) {
        if (scheme || quantifier === Quantifier.RATIO) continue;
        const { leftOut, leftOutTotal } = asked(input, `measure/${measure}`, [confidence, 'b0']);
        expect(leftOutTotal).toBe(leftOut.length);
        const rows = [...input.standings.values()].flatMap((standing) =>
          standing.contributions
            .filter((row) => row.measure === measure && confidenceOf(row.confidence) === confidence)
            .map((row) => ({ row, linked: isLinked(standing, measure) })),
        );
        const found = (why: string): number => leftOut.filter((each) => each.why === why).length;
        const walked = (holds: (each: (typeof rows)[number]) => boolean): number => rows.filter(holds).length;
        expect({ later: found('later'), lost: found('lost'), offPlan: found('off-plan') }).toEqual({
          later: walked(({ row, linked }) => linked && row.from > input.on),
          lost: walked(
            ({ row, linked }) => linked && row.from <= input.on && row.until !== '' && row.until <= input.on,
          ),
          offPlan: walked(({ linked }) => !linked),
        });
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
      for (const { node, exact } of figures) {
        const share = fromText(exact);
        // Money is not capped: more than was planned is shown as such; and 序时差 lies on both sides of 0.
        if (share && !/^(money|ahead)\//.test(node)) expect(share.n >= 0n && share.n <= share.d).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
