import { describe, expect, test } from '@jest/globals';
import type { EventInit } from '@planledger/contracts';
import { dues } from './due.js';
import { explain } from './explain.js';
import { inputOf, type Later, planOf } from './fixtures.js';

describe('what a unit owes the plan', () => {
  const told = (stream: string, ...steps: readonly (readonly [string, EventInit])[]): Later[] =>
    steps.map(([on, event]) => ({ stream, on, ...event }));
  const LATER: readonly Later[] = [
    ...told(
      'period/2023-01/u/education',
      ['2023-01-31', { case: 'periodOpened', value: { county: '410212', due: '2023-02-05' } }],
      ['2023-02-04', { case: 'reportSubmitted', value: { nil: false } }],
      ['2023-02-10', { case: 'reportReturned', value: {} }],
      ['2023-02-12', { case: 'reportSubmitted', value: { nil: false } }],
    ),
    ...told(
      'case/c1',
      ['2023-03-01', { case: 'findingRaised', value: { title: '漏报', toUnit: 'u', due: '2023-03-20', entries: [3] } }],
      ['2023-03-10', { case: 'findingRectified', value: { entries: [9] } }],
      ['2023-03-12', { case: 'caseEscalated', value: { level: 'commission', due: '2023-04-01' } }],
      ['2023-03-30', { case: 'caseClosed', value: {} }],
    ),
  ];
  const plan = planOf({ later: LATER });
  const first = plan.position - LATER.length + 1;
  const owed = (on: string) => {
    const input = inputOf(plan, [], on);
    return dues(input, { baseline: 'b0', within: 3650 }, () => true).map(({ kind, text, days, address }) => {
      const { value, entries = [] } = explain(input, address, 'claimed') ?? {};
      return [kind, text, days, value?.exact, entries.map((position) => position - first)];
    });
  };

  test.each([
    ['a month before it was reported', '2023-02-03', ['report', '月度填报应报送', 2, '2', [0]]],
    ['a month returned until it is reported anew', '2023-02-11', ['report', '月度填报应报送', -6, '-6', [0]]],
    ['a finding that was raised', '2023-03-09', ['case', '审计发现应整改', 11, '11', [4]]],
    ['a finding put right', '2023-03-11', ['case', '审计发现已整改，待销号', 9, '9', [4, 5]]],
    ['a finding taken up, by its new day', '2023-03-29', ['case', '审计发现应整改', 3, '3', [4, 5, 6]]],
  ])('is %s', (_what, on, row) => {
    expect(owed(on)).toEqual([row]);
  });

  test.each([
    ['a month that stands reported', '2023-02-04'],
    ['a finding before its day', '2023-02-28'],
    ['a finding that is closed', '2023-03-30'],
  ])('is not %s', (_what, on) => {
    expect(owed(on)).toEqual([]);
  });
});
