import { describe, expect, test } from '@jest/globals';
import { isRejection } from '@planledger/kernel';
import { emptyPlan } from '@planledger/plan';
import { emptyProject, type Happening } from '@planledger/sectors/kit';
import type { RowContext } from './command.js';
import { type Answer, given, PROGRESS, type Step } from './fixtures.js';
import {
  allocate,
  approve,
  approveExemption,
  dated,
  ELEMENT,
  exempt,
  REBASELINE,
  refuse,
  release,
  use,
} from './fixtures-requests.js';
import { about, BEGUN, CANCEL, claim, LINK, REGISTER, sent, STARTED, SUSPEND, VERIFIER } from './fixtures-steps.js';
import { projectModel } from './model.js';
import { commandNamed } from './table.js';

/** What the first entry of an answer says, or the code of the refusal. */
const said = (answer: Answer): unknown => (isRejection(answer) ? answer.rejected : answer[0]?.event.value);
const TODAY = '2025-10-31';
const [SOON, LATER] = ['2025-12-31', '2026-03-31'];

describe('a re-baselining', () => {
  const late = (step: Step, ...before: Step[]): unknown => {
    const value = said(given(...before).when(step));
    return typeof value === 'object' && value !== null && 'late' in value ? value.late : value;
  };
  const stillAhead = [REGISTER, LINK, dated('setMilestonePlan', { staffing: TODAY, opening: SOON })];

  test('carries the whole new plan, the reason and the adjusted estimate', () => {
    expect(said(given(...BEGUN).when(REBASELINE))).toMatchObject({
      baseline: { milestones: { length: 13 }, outputs: [{ measure: 'B2-1.schools', quantity: 1 }] },
      ...{ why: 2, estimateYuan: 61_000_000n },
    });
  });

  test('asked before every date that it moves is in time, though others are over', () => {
    expect(late(dated('requestRebaseline', { staffing: TODAY, opening: LATER }), ...stillAhead)).toBe(false);
    // The day itself is not over yet.
    expect(late(dated('requestRebaseline', { staffing: SOON, opening: LATER }), ...stillAhead)).toBe(false);
  });

  test('asked after one of the dates that it moves is late', () => {
    expect(late(dated('requestRebaseline', { licence: SOON, staffing: TODAY, opening: LATER }), ...stillAhead)).toBe(
      true,
    );
  });

  test('is asked on the day on which it is recorded: dating it back helps nobody', () => {
    expect(late({ ...REBASELINE, body: { occurredOn: '2024-03-06' } }, ...BEGUN)).toBe(true);
  });

  test('of the days before the system began is never late', () => {
    const evidence = [{ digest: 'a'.repeat(64), name: '请示', kept: '档案室', dated: '2022-03-01' }];
    expect(late({ ...REBASELINE, body: { occurredOn: '2022-03-01', evidence } }, ...BEGUN)).toBe(false);
  });

  test('may be asked while the project is suspended', () => {
    expect(late(REBASELINE, ...BEGUN, SUSPEND)).toBe(true);
  });

  test('may be asked again once it was refused, or taken back', () => {
    expect(late(REBASELINE, ...BEGUN, REBASELINE, refuse(4))).toBe(true);
    expect(late(REBASELINE, ...BEGUN, REBASELINE, about('retract', 4))).toBe(true);
  });

  test('moves the dates against which the next one is late', () => {
    const moved = dated('requestRebaseline', { licence: SOON, staffing: TODAY, opening: SOON });
    const approved = [...stillAhead, moved, approve(4)];
    const next = dated('requestRebaseline', { licence: LATER, staffing: TODAY, opening: SOON });
    expect(late(next, ...approved)).toBe(false);
  });

  test('is had as often in a year as the thresholds in force say', () => {
    const happening: Happening = { on: '2025-02-01', by: { subject: 's', unit: 'u' }, positions: [1] };
    const request = { ...happening, kind: 'rebaseline', asked: {}, reason: '' };
    const answer = { ...happening, approved: true, document: '文', reason: '' };
    const row = commandNamed('requestRebaseline');
    const asked = (approvals: number, max: string, today: string): unknown => {
      const answered = Array.from({ length: approvals }, () => ({ request, answer }));
      const value = { values: { 'rebaseline/per-year': max }, inForceFrom: '2025-01-01' };
      return row?.event(row.example, {
        ...{ params: {}, actorUnit: '', stream: '', on: today, today },
        state: { project: { ...emptyProject('project/p'), answered } },
        wide: { plan: { ...emptyPlan, thresholds: [value] } },
      } as unknown as RowContext);
    };
    expect(asked(1, '1', TODAY)).toMatchObject({ rejected: 'REBASELINE_TOO_OFTEN', details: { year: '2025' } });
    expect(asked(1, '2', TODAY)).toMatchObject({ case: 'rebaselineRequested' });
    expect(asked(2, '2', TODAY)).toMatchObject({
      rejected: 'REBASELINE_TOO_OFTEN',
      details: { approved: 2, max: '2' },
    });
    expect(asked(1, '1', '2026-01-01')).toMatchObject({ case: 'rebaselineRequested' });
  });
});

describe('a request is answered', () => {
  const asked = [...BEGUN, REBASELINE];

  test('by the commission where a baseline is to move, by the bureau’s verifier where a milestone is to drop out', () => {
    const wrong: [Step, string][] = [
      [approve(4, {}, VERIFIER), 'ROLE_MAY_NOT'],
      [refuse(4, VERIFIER), 'ROLE_MAY_NOT'],
      [approve(4, {}, 'clerk-education-410212'), 'ROLE_MAY_NOT'],
      [approve(4, {}, 'auditor'), 'ROLE_MAY_NOT'],
    ];
    for (const [step, code] of wrong) expect(said(given(...asked).when(step))).toBe(code);
    expect(said(given(...asked).when(approve(4)))).toMatchObject({ document: '汴发改〔2024〕96号' });
    const exemption = [...BEGUN, exempt('land')];
    expect(said(given(...exemption).when(approveExemption(4, 'verifier-health')))).toBe('OTHER_SECTOR');
    expect(given(...exemption).when(approveExemption(4))).toMatchObject([{ event: { case: 'exemptionApproved' } }]);
    expect(given(...exemption).when(refuse(4, VERIFIER))).toMatchObject([{ event: { case: 'exemptionRefused' } }]);
  });

  test('by another unit than asked: what a city bureau asks for its own project, the commission decides', () => {
    const clerk = 'clerk-education-city';
    const steps = [sent('registerProject', { codes: [], county: '410200' }), ...BEGUN.slice(1), exempt('land')];
    const own = given(...steps.map((step) => ({ ...step, person: clerk })));
    expect(said(own.when(approveExemption(4)))).toBe('OWN_CLAIM_UNIT');
    expect(own.when(approveExemption(4, 'commission'))).toMatchObject([{ event: { case: 'exemptionApproved' } }]);
  });

  test('and waits again once its answer is taken back by who may give one', () => {
    const takeBack = about('retract', 5);
    expect(said(given(...asked, approve(4)).when(takeBack))).toBe('ROLE_MAY_NOT');
    expect(said(given(...asked, approve(4)).when({ ...takeBack, person: VERIFIER }))).toBe('ROLE_MAY_NOT');
    const again = given(...asked, approve(4), { ...takeBack, person: 'commission' }).when(refuse(4));
    expect(again).toMatchObject([{ event: { case: 'rebaselineRefused' } }]);
  });

  test('refused, of a project that ended meanwhile', () => {
    expect(given(...asked, CANCEL).when(refuse(4))).toMatchObject([{ event: { case: 'rebaselineRefused' } }]);
  });

  test('in the stream of a project, or not at all', () => {
    const row = commandNamed('approveRequest');
    if (!row) throw new Error('no such command');
    const by = { principal: { subject: 's', unit: 'u', role: 'commission', plans: '*', sectors: '*', counties: '*' } };
    const command = { kind: 'row', row, params: { position: '1' }, body: row.example, by, stream: 'plan' } as never;
    const model = projectModel('p', new Map(), PROGRESS);
    const wide = { ...model.emptyWide(), plan: { ...emptyPlan, loaded: {} } } as never;
    const decision = model.decide(command, { wide, state: {}, version: 9, nextPosition: 9, nowMs: 0, history: [] });
    expect(decision.rejection?.rejected).toBe('REQUEST_NOT_PENDING');
  });
});

describe('what is exempted', () => {
  test('holds nothing up: a project exempted from 开工 is accepted without one', () => {
    const steps = [...BEGUN, exempt('start'), approveExemption(4)];
    expect(given(...steps).when(claim('acceptance', '2025-07-15'))).toHaveLength(1);
  });

  test('may be asked again once it was refused', () => {
    expect(given(...BEGUN, exempt('land'), refuse(4)).when(exempt('land'))).toHaveLength(1);
  });

  test('is claimed after all once the approval is taken back', () => {
    const steps = [...BEGUN, exempt('land'), approveExemption(4), { ...about('retract', 5), person: VERIFIER }];
    expect(given(...steps).when(claim('land', '2024-05-10'))).toHaveLength(1);
  });
});

describe('an element', () => {
  const granted = [REGISTER, LINK, ELEMENT, allocate(12_000_000)];

  test('is given up to what was asked for, what was given back included', () => {
    expect(given(...granted).when(allocate(8_000_000))).toHaveLength(1);
    expect(given(...granted, release(12_000_000)).when(allocate(20_000_000))).toHaveLength(1);
  });

  test('is asked for by a project of no item, and given once that follows one', () => {
    expect(given(REGISTER, ELEMENT, LINK).when(allocate(1))).toHaveLength(1);
  });

  test('is still paid from and given back by a project that was cancelled', () => {
    expect(given(...granted, CANCEL).when(use(1))).toHaveLength(1);
    expect(given(...granted, CANCEL).when(release(12_000_000))).toHaveLength(1);
  });

  test('is allocated by the commission, and used by the clerk', () => {
    expect(said(given(REGISTER, LINK, ELEMENT).when({ ...allocate(1), person: VERIFIER }))).toBe('ROLE_MAY_NOT');
    expect(said(given(...granted).when({ ...use(1), person: 'commission' }))).toBe('ROLE_MAY_NOT');
  });

  test('is corrected by who wrote it down, under the element of its entry', () => {
    const payload = { quantity: 10_000_000, document: '汴财建〔2024〕31号' };
    const correct = { ...about('correct', 4, { occurredOn: '2024-05-20', payload }), person: 'commission' };
    expect(said(given(...granted, use(9_000_000)).when(correct))).toMatchObject({
      replacement: { event: { value: { element: 'central-funds', quantity: 10_000_000n } } },
    });
    expect(said(given(...granted, use(11_000_000)).when(correct))).toBe('LATER_ENTRY_ILLEGAL');
  });
});

test('claims made before an exemption was asked for stand against it, verified or not', () => {
  const verify = sent('verifyMilestone', {}, { code: 'start' }, VERIFIER);
  expect(said(given(...STARTED, verify).when(exempt('start')))).toBe('MILESTONE_HAS_CLAIMS');
});
