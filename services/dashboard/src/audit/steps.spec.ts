import { expect, test } from '@jest/globals';
import { type Step, stepsShown } from './steps.js';

const STEP: Step = {
  ...{ position: 1, stream: 'project/a', type: 'milestoneClaimed', text: '里程碑填报：start cover', reason: '' },
  ...{ occurredOn: '2025-01-01', recordedAt: '2025-01-02T02:00:00.000Z', actor: 'clerk' },
};

test('a step names what stands behind its words', () => {
  expect(stepsShown([STEP, { ...STEP, text: '报送期关闭' }]).map(({ names }) => names)).toEqual([
    ['start', 'cover'],
    [],
  ]);
});

test('corrections, returns and refusals take something back, verifications do not', () => {
  const types = ['entryCorrected', 'correctionRequested', 'milestoneRejected', 'reportReturned', 'outputRevoked'];
  expect(stepsShown(types.map((type) => ({ ...STEP, type }))).every(({ rewrites }) => rewrites)).toBe(true);
  expect(stepsShown([STEP, { ...STEP, type: 'outputVerified' }]).some(({ rewrites }) => rewrites)).toBe(false);
});
