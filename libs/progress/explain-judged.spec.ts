import { describe, expect, test } from '@jest/globals';
import { toText } from '@planledger/kernel';
import fc from 'fast-check';
import { ProjectStatus } from '@planledger/contracts';
import { dues } from './due.js';
import { evaluation } from './evaluation.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { inputOf, planOf, standingOf, units } from './fixtures.js';
import { smallPlan } from './fixtures-small-plan.js';
import { BASELINES, type BaselineName, type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
import { gaps } from './gaps.js';
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

describe('what falls due', () => {
  const plan = planOf({ measures: [{ measure: 'B1-1.schools', low: '10', due: '2023-12-31' }] });
  const START = { milestone: 'start', weight: 100, type: 'start', due: '2023-03-01' };
  const project = standingOf('project/1', { milestones: [START], plannedEntries: [4], replannedEntries: [6, 7] });
  const moved = { ...project, milestones: project.milestones.map((each) => ({ ...each, dueNow: '2023-05-01' })) };
  const input = inputOf(plan, [moved], '2023-04-01');
  const days = (baseline: BaselineName) => dues(input, { baseline, within: 365 }, () => true);

  test('says the day, and the entries that set it by either baseline', () => {
    const node = 'due/milestone/1/start';
    const of = (baseline: BaselineName) => days(baseline).find(({ address }) => address === node)?.days;
    expect([of('b0'), of('current')]).toEqual([-31, 30]);
    expect(BASELINES.map((baseline) => again(input, node, ['claimed', baseline]))).toEqual(['-31', '30']);
    expect(asked(input, node, ['claimed', 'b0']).entries).toEqual([4]);
    expect(asked(input, node, ['claimed', 'current']).entries).toEqual([6, 7]);
  });

  test('is not explained once it is done', () => {
    const done = standingOf('project/1', { milestones: [{ ...START, claimed: [1, 1] }] });
    const ended = standingOf('project/1', { milestones: [START], status: ProjectStatus.CANCELLED });
    for (const standing of [done, ended]) {
      const now = inputOf(plan, [standing], '2023-04-01');
      expect(explain(now, 'due/milestone/1/start', 'claimed')).toBeUndefined();
    }
  });
});

describe('a gap', () => {
  const element = (kind: string, name: string, allocated: bigint) => ({
    ...{
      element: name,
      kind,
      requested: 100n,
      allocated,
      needBy: '2024-06-01',
      allocatedOn: '2023-05-01',
      entries: [7],
    },
  });
  const plan = planOf({
    measures: [{ measure: 'B1-1.schools', low: '10', due: '2023-12-31' }],
  });
  const project = standingOf('project/1', {
    name: '小学',
    contributions: units('B1-1.schools', 2),
    designed: [{ measure: 'B1-1.schools', quantity: 5 }],
    milestones: [{ milestone: 'start', weight: 100, type: 'start', due: '2023-03-01' }],
    elements: [element('funds', 'a', 60n), element('funds', 'b', 20n), element('land', 'project/1/x', 50n)],
    uncounted: [{ measure: 'B1-1.schools', unit: 'u/9', reason: 'EDU_BUILT_NOT_OPENED', confidence: 1 }],
    reportedOn: '2024-01-01',
  });
  const input = inputOf(plan, [project], '2024-06-30');
  const row = (kind: string) => gaps(input).find((each) => each.kind === kind);
  const numbers = (kind: string) => row(kind)?.values?.map(({ name, exact }) => `${name} ${exact}`);

  test('names every number in it', () => {
    expect(numbers('out-of-reach')).toEqual(['缺 5', '需要 10', '全部完成可达 5', '已交付 2', '在建设计 3']);
    expect(numbers('overdue')).toEqual(['逾期 182', '核验 2', '目标 10']);
    expect(numbers('built-not-in-use')).toEqual(['未计入 1']);
    expect(numbers('funds-without-progress')).toEqual(['到位 80', '资金 a 60', '资金 b 20']);
    expect(numbers('land-idle')).toEqual(['已落实 50', '闲置 426']);
    expect(numbers('element-missing')).toEqual(['尚缺 40', '申请 100', '已落实 60', '剩余 -29']);
    expect(numbers('stale-report')).toEqual(['没有填报 181']);
  });

  test('is explained whatever side is asked, its numbers one by one', () => {
    for (const side of SIDES) {
      for (const { address, kind, values = [] } of gaps(input)) {
        expect([address, asked(input, address, side).verdict]).toEqual([address, kind]);
        for (const { node, exact } of values) expect([node, again(input, node, side)]).toEqual([node, exact]);
      }
    }
    expect(asked(input, row('out-of-reach')!.address, ['verified', 'current'])).toMatchObject({
      ...{ baseline: 'b0', confidence: 'claimed' },
    });
  });

  test('that was closed is not explained', () => {
    const { address } = row('out-of-reach')!;
    const enough = standingOf('project/2', { designed: [{ measure: 'B1-1.schools', quantity: 5 }] });
    expect(explain(inputOf(plan, [project, enough], '2024-06-30'), address, 'claimed')).toBeUndefined();
  });
});
