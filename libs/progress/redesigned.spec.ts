import { expect, test } from '@jest/globals';
import type { ItemRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type MilestoneFixture, planOf, standingOf } from './fixtures.js';
import { projectProgress } from './project.js';
import { BASELINES } from './reading.js';
import { recompute } from './recompute.js';

/** B0 designed 1,000 square metres and all of them are done; a re-baselining of the scope designs 4,000. */
const FOUNDATION: MilestoneFixture = {
  ...{ milestone: 'foundation', weight: 20, type: 'quantity', designed: 1_000, designedNow: 4_000 },
  ...{ claimed: [1, 1], verified: [1, 2], claimedOn: '2023-02-01', due: '2023-06-30' },
  ...{ claimedNow: '1/4', verifiedNow: '1/8', claimedOnNow: '' },
};
const START: MilestoneFixture = { milestone: 'start', weight: 20, claimed: [1, 1], claimedOn: '2023-01-10' };
const ID = 'B1-1.schools';
const ON = '2024-06-30';
const designed = [{ measure: ID, quantity: 2, due: '2024-09-01' }];
const project = standingOf('project/1', { name: '一小', designed, milestones: [START, FOUNDATION] });
const input = inputOf(planOf({ measures: [{ measure: ID, low: '4' }] }), [project], ON);

test('P is measured by B0’s design in B0, and by the current one on the current baseline', () => {
  const shares = BASELINES.map((baseline) => {
    const explanation = explain(input, 'project/1', 'claimed', { baseline });
    if (!explanation) throw new Error('no project');
    const value = projectProgress(project, 'claimed', ON, baseline);
    expect(recompute(explanation)).toEqual(value);
    return [explanation.value.exact, explanation.formula.text.includes(baseline === 'b0' ? 'B0' : '现行基准')];
  });
  // (20 + 20) / 40, and (20 + 20 · 1/4) / 40.
  expect(shares).toEqual([
    ['1', true],
    ['5/8', true],
  ]);
});

test('a milestone’s share says by which design it was divided, and when that was reached', () => {
  const inputs = BASELINES.map((baseline) =>
    explain(input, 'milestone/1/foundation', 'claimed', { baseline })?.inputs.map(({ name, value }) => [name, value]),
  );
  expect(inputs).toEqual([
    [
      ['已达到', '1'],
      ['设计量（B0）', '1000'],
      ['计划日期', '2023-06-30'],
      ['填报达到日期', '2023-02-01'],
    ],
    [
      ['已达到', '1/4'],
      ['设计量（现行基准）', '4000'],
      ['计划日期', '2023-06-30'],
      ['填报达到日期', ''],
    ],
  ]);
});

test('work under way moves with it: 形象折算 is another on the current baseline', () => {
  const row = completion(input, 'item').rows.find((each): each is ItemRow => each.kind === 'item')?.measures[0];
  // Two units at P = 1 of four; two at 5/8.
  expect(row?.underWay.b0.claimed.exact).toBe('1/2');
  expect(row?.underWay.current.claimed.exact).toBe('5/16');
});
