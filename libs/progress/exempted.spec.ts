import { expect, test } from '@jest/globals';
import { toText } from '@planledger/kernel';
import { explain } from './explain.js';
import { inputOf, type MilestoneFixture, planOf, standingOf } from './fixtures.js';
import { projectProgress } from './project.js';
import { recompute } from './recompute.js';

const ON = '2024-06-30';
const START: MilestoneFixture = { milestone: 'start', weight: 10, claimed: [1, 1], claimedOn: '2024-01-05' };
const WORKS: MilestoneFixture = { milestone: 'works', weight: 30, claimed: [1, 2] };
const LAND: MilestoneFixture = { milestone: 'land', weight: 60, exempt: true };
const plan = planOf({ measures: [{ measure: 'B1-1.schools' }] });

const explained = (milestones: readonly MilestoneFixture[]) => {
  const standing = standingOf('project/1', { name: '一小', milestones });
  const explanation = explain(inputOf(plan, [standing], ON), 'project/1', 'claimed');
  if (!explanation) throw new Error('no project');
  return { standing, explanation };
};

test('an exempted milestone is in neither sum of P, and the explanation says that it was left out', () => {
  const { standing, explanation } = explained([START, WORKS, LAND]);
  // (10 · 1 + 30 · 1/2) of the 40 that apply; with the land it would be 1/4.
  expect(explanation.value.exact).toBe('5/8');
  expect(projectProgress(standing, 'claimed', ON)).toEqual(recompute(explanation));
  expect(explanation.children.map(({ node }) => node)).toEqual(['milestone/1/start', 'milestone/1/works']);
  expect(explanation.leftOut).toMatchObject([{ what: 'land', why: 'exempted', node: 'milestone/1/land' }]);
});

test('a project exempted from everything has no progress: null, not one', () => {
  const { standing, explanation } = explained([LAND]);
  expect(projectProgress(standing, 'claimed', ON)).toBeNull();
  expect(explanation.value).toMatchObject({ exact: null, whyNull: 'no-milestones' });
  expect(recompute(explanation)).toBeNull();
});

test('of one that applies its share is what counts', () => {
  expect(toText(projectProgress(explained([WORKS, LAND]).standing, 'claimed', ON)!)).toBe('1/2');
});
