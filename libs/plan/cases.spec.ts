import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, makeEvent } from '@planledger/contracts';
import { type CaseState, caseOn } from './cases.js';
import { emptyPlan, foldPlan } from './state.js';

/** The case c1 after these events, one a day from 1 July 2025. */
function caseAfter(...events: EventInit[]) {
  const entries = events.map((event, at) =>
    makeEntry({
      ...{ stream: 'case/c1', version: at + 1, position: 40 + at, occurredOn: `2025-07-0${at + 1}`, reason: `r${at}` },
      ...{ actor: { subject: 'commission', unit: 'city-commission', role: 'commission' }, event: makeEvent(event) },
    }),
  );
  return entries.reduce(foldPlan, emptyPlan).cases.get('c1');
}

const about = { title: '建设滞后', about: 'project/p1', toUnit: '410212-education', due: '2025-07-20' };
const lamp = { lamp: 'progress', colour: 'red', until: '' };
const issued: EventInit = { case: 'supervisionIssued', value: { ...about, lamp } };
const raised: EventInit = { case: 'findingRaised', value: { ...about, entries: [3, 5] } };
const rectified: EventInit = { case: 'findingRectified', value: { entries: [9] } };
const closed: EventInit = { case: 'caseClosed', value: {} };
const escalated = (level: string, due = ''): EventInit => ({ case: 'caseEscalated', value: { level, due } });

describe('a supervision', () => {
  test('says who must act by when, and sets its lamp', () => {
    expect(caseAfter(issued)).toMatchObject({
      ...{ id: 'c1', kind: 'supervision', ...about, lamp, status: 'open', level: '', reason: 'r0', entries: [40] },
      raisedBy: { subject: 'commission', unit: 'city-commission' },
    });
  });

  test('taken up keeps its day unless it is given another, and its reason is the first one', () => {
    const up = caseAfter(issued, escalated('bureau'), escalated('government', '2025-08-01'));
    expect(up).toMatchObject({ status: 'escalated', level: 'government', due: '2025-08-01', reason: 'r0', version: 3 });
    expect(caseAfter(issued, escalated('bureau'))?.due).toBe('2025-07-20');
    expect(caseAfter(issued, closed)).toMatchObject({ status: 'closed', since: '2025-07-02' });
  });
});

describe('a finding', () => {
  test('stands on entries, and is put right by others', () => {
    expect(caseAfter(raised)).toMatchObject({ kind: 'finding', status: 'open', lamp: undefined, evidence: [3, 5] });
    expect(caseAfter(raised, rectified)).toMatchObject({ status: 'rectified', evidence: [3, 5, 9] });
    expect(caseAfter(raised, rectified, closed)?.status).toBe('closed');
  });

  test('taken up after it was rectified is to be rectified anew', () => {
    expect(caseAfter(raised, rectified, escalated('commission'))?.status).toBe('escalated');
  });
});

test('a case is read as it was at the end of a day', () => {
  const found = caseAfter(raised, rectified, escalated('commission', '2025-08-01'), closed) as CaseState;
  const then = ['2025-06-30', '2025-07-01', '2025-07-02', '2025-07-03', '2025-07-04'].map((on) => {
    const step = caseOn(found, on);
    return step && [step.status, step.due, step.position];
  });
  expect(then).toEqual([
    undefined,
    ['open', '2025-07-20', 40],
    ['rectified', '2025-07-20', 41],
    ['escalated', '2025-08-01', 42],
    ['closed', '2025-08-01', 43],
  ]);
});

test('what happens to a case that was never opened changes nothing', () => {
  expect(caseAfter(escalated('bureau'), closed)).toBeUndefined();
});
