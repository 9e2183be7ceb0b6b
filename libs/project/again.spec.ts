import { describe, expect, test } from '@jest/globals';
import { isRejection } from '@planledger/kernel';
import { loadPlan, shippedPlan } from '@planledger/plan';
import { given, type Step } from './fixtures.js';
import { decides } from './fixtures-refused-decisions.js';
import { CLOSED } from './fixtures-refused-settings.js';
import {
  about,
  APPROVALS,
  APPROVED,
  APPROVER,
  BEGUN,
  claim,
  CLOSE,
  CLOSE_CASE,
  DELIVER,
  DELIVERED,
  FINDING,
  inMonth,
  LINK,
  NATIONAL,
  observe,
  ON_UNIT,
  OPEN,
  PLAN_MILESTONES,
  RECTIFY,
  REGISTER,
  REPORT,
  second,
  sent,
  STARTED,
  SUBMIT,
  SUPERVISE,
  VERIFIER,
  verifyOutput,
} from './fixtures-steps.js';
import { ADMIT, bind, CARRY_IN, FLAG, merge, RESERVE, split, THIRD, unitDate } from './fixtures-refused-renewal.js';
import { allocate, approve, ELEMENT, exempt, REBASELINE, refuse, release, use } from './fixtures-requests.js';
import { RegisterProjectBody } from './bodies.js';
import { COMMANDS } from './table.js';
import { validateBody } from './validate.js';

const SETTLE = decides('settleDoubt', {}, { doubt: 'district-cdc' });
const EVALUATION = decides('approveEvaluation', { at: 487 });
const verifyStart = sent('verifyMilestone', {}, { code: 'start' }, VERIFIER);
const observed = observe('I04', { numerator: '942', denominator: '1000' });

describe('the same command twice', () => {
  const nothing: [string, readonly Step[], Step][] = [
    ['linking what is linked', [REGISTER, LINK], LINK],
    ['claiming what is claimed for that day', STARTED, claim('start', '2024-07-01')],
    ['verifying what is verified', [...STARTED, verifyStart], verifyStart],
    ['delivering what stands just so', DELIVERED, DELIVER],
    ['verifying a verified school', [...DELIVERED, verifyOutput], verifyOutput],
    ['observing the same value', [observed], observed],
    ['binding a code from the same day', [REGISTER, bind('审1')], bind('审1')],
    ['giving a unit the date that it has', [...BEGUN, unitDate()], unitDate()],
    ['asking for the same funds', [...BEGUN, ELEMENT], ELEMENT],
    ['allocating by the same document', [...BEGUN, ELEMENT, allocate(5)], allocate(5)],
    ...['decomposeTarget', 'approveThresholds', 'adoptRoster', 'adoptChecklist'].map(
      (command): [string, readonly Step[], Step] => [
        `${command} by the same document`,
        [decides(command)],
        decides(command),
      ],
    ),
    ['approving the same evaluation', [EVALUATION], EVALUATION],
  ];
  test.each(nothing)('%s is nothing to do', (_what, before, step) => {
    expect(given(...before).when(step)).toEqual([]);
  });

  /** Not idempotent by their content: the same again says something new, or is refused. */
  const saidAgain: Record<string, { before: readonly Step[]; step: Step; again: string }> = {
    registerProject: { before: [], step: REGISTER, again: 'PROJECT_EXISTS' },
    setMilestonePlan: { before: [REGISTER, LINK], step: PLAN_MILESTONES, again: 'BASELINE_ALREADY_SET' },
    rejectMilestone: {
      before: STARTED,
      step: sent('rejectMilestone', {}, { code: 'start' }, VERIFIER),
      again: 'NOTHING_CLAIMED',
    },
    reportProgress: { before: STARTED, step: REPORT, again: 'progressReported' },
    rejectOutput: { before: DELIVERED, step: sent('rejectOutput', {}, ON_UNIT, VERIFIER), again: 'UNIT_UNKNOWN' },
    revokeOutput: { before: DELIVERED, step: sent('revokeOutput', {}, ON_UNIT, VERIFIER), again: 'UNIT_LOST' },
    stateOutputFacts: { before: DELIVERED, step: sent('stateOutputFacts', {}, ON_UNIT), again: 'outputFactsStated' },
    suspendProject: { before: BEGUN, step: sent('suspendProject'), again: 'PROJECT_SUSPENDED' },
    resumeProject: {
      before: [...BEGUN, sent('suspendProject')],
      step: sent('resumeProject'),
      again: 'PROJECT_NOT_SUSPENDED',
    },
    requestRebaseline: { before: BEGUN, step: REBASELINE, again: 'REBASELINE_PENDING' },
    exemptMilestone: { before: BEGUN, step: exempt('land'), again: 'EXEMPTION_PENDING' },
    approveRequest: { before: [...BEGUN, REBASELINE], step: approve(4), again: 'REQUEST_NOT_PENDING' },
    rejectRequest: { before: [...BEGUN, REBASELINE], step: refuse(4), again: 'REQUEST_NOT_PENDING' },
    useElement: { before: [...BEGUN, ELEMENT, allocate(5)], step: use(2), again: 'elementUsed' },
    releaseElement: { before: [...BEGUN, ELEMENT, allocate(5)], step: release(2), again: 'elementReleased' },
    cancelProject: { before: BEGUN, step: sent('cancelProject', {}, {}, 'commission'), again: 'PROJECT_ENDED' },
    flagOffPlan: { before: [REGISTER], step: FLAG, again: 'OFF_PLAN_ALREADY' },
    admitOffPlan: { before: [REGISTER, FLAG], step: ADMIT, again: 'NOT_OFF_PLAN' },
    enterReserve: { before: [REGISTER], step: RESERVE, again: 'IN_RESERVE_ALREADY' },
    leaveReserve: { before: [REGISTER, RESERVE], step: sent('leaveReserve'), again: 'NOT_IN_RESERVE' },
    splitProject: { before: [REGISTER, second({}), THIRD], step: split('p2', 'p3'), again: 'PROJECT_ENDED' },
    mergeProject: { before: [REGISTER, second({})], step: merge('p2'), again: 'PROJECT_ENDED' },
    carryInProject: { before: [], step: CARRY_IN, again: 'CARRIED_IN_ALREADY' },
    issuePlan: { before: [], step: decides('issuePlan'), again: 'PLAN_ALREADY_ISSUED' },
    settleDoubt: { before: [], step: SETTLE, again: 'DOUBT_ALREADY_SETTLED' },
    adjustPlan: { before: [], step: decides('adjustPlan'), again: 'PLAN_CODE_TAKEN' },
    approveWeights: { before: [], step: decides('approveWeights'), again: 'WEIGHT_SET_TAKEN' },
    adoptRules: { before: [], step: decides('adoptRules'), again: 'RULES_ALREADY_ADOPTED' },
    publishReport: { before: [], step: decides('publishReport', { at: 487 }), again: 'REPORT_TAKEN' },
    closePlan: { before: [], step: CLOSED, again: 'PLAN_CLOSED' },
    openPeriod: { before: [], step: OPEN, again: 'PERIOD_ALREADY_OPEN' },
    submitReport: { before: [OPEN], step: SUBMIT, again: 'REPORT_STANDS' },
    returnReport: { before: [OPEN, SUBMIT], step: inMonth('returnReport', APPROVER), again: 'NOTHING_TO_JUDGE' },
    approveReport: { before: [OPEN, SUBMIT], step: APPROVALS[0]!, again: 'LEVEL_NOT_AWAITED' },
    closePeriod: { before: APPROVED, step: CLOSE, again: 'PERIOD_CLOSED' },
    issueSupervision: { before: BEGUN, step: SUPERVISE, again: 'CASE_EXISTS' },
    escalateCase: {
      before: [...BEGUN, SUPERVISE],
      step: sent('escalateCase', {}, {}, 'commission'),
      again: 'CASE_LEVEL_NOT_UP',
    },
    closeCase: { before: [...BEGUN, SUPERVISE], step: CLOSE_CASE, again: 'CASE_CLOSED' },
    raiseFinding: { before: BEGUN, step: FINDING, again: 'CASE_EXISTS' },
    rectifyFinding: { before: [...BEGUN, FINDING], step: RECTIFY, again: 'FINDING_RECTIFIED' },
    moveProjectOut: { before: BEGUN, step: sent('moveProjectOut', {}, {}, 'commission'), again: 'PROJECT_ENDED' },
  };
  test.each(Object.entries(saidAgain))('%s', (_command, { before, step, again }) => {
    const answer = given(...before, step).when(step);
    expect(isRejection(answer) ? answer.rejected : answer[0]?.event.case).toBe(again);
  });

  test('a report is answered once', () => {
    const reports = given(...STARTED).when(REPORT);
    const report = isRejection(reports) ? undefined : reports[0];
    const answer = (name: string): Step => sent(name, {}, { position: String(report?.position) }, VERIFIER);
    const reported = [...STARTED, REPORT];
    for (const first of ['verifyProgress', 'rejectProgress'])
      for (const next of ['verifyProgress', 'rejectProgress'])
        expect(given(...reported, answer(first)).when(answer(next))).toMatchObject({ rejected: 'REPORT_NOT_PENDING' });
  });

  test('every command of the table is spoken of', () => {
    const spoken = [...nothing.map(([, , { command }]) => command), ...Object.keys(saidAgain)];
    const unspoken = COMMANDS.map(({ name }) => name).filter((name) => !spoken.includes(name));
    expect(unspoken).toEqual(['verifyProgress', 'rejectProgress']);
  });
});

describe('a correction', () => {
  test('of a day moves the claim and not what stands on it', () => {
    const before = [...STARTED, claim('acceptance', '2025-07-15')];
    const answer = given(...before).when(about('correct', 4, { occurredOn: '2024-08-01', payload: {} }));
    expect(answer).toMatchObject([
      { version: 6, event: { case: 'entryCorrected', value: { occurredOn: '2024-08-01', entry: expect.any(Number) } } },
    ]);
  });

  test('can be corrected again, and what it replaced cannot come back by itself', () => {
    const before = [...STARTED, about('correct', 4, { occurredOn: '2024-08-01', payload: {} })];
    expect(given(...before).when(about('correct', 4, { occurredOn: '2024-09-01', payload: {} }))).toHaveLength(1);
    // The claim stands for 1 August now, so claiming that day says nothing new and the old day is refused.
    expect(given(...before).when(claim('start', '2024-08-01'))).toEqual([]);
    expect(given(...before).when(claim('start', '2024-07-01'))).toMatchObject({
      rejected: 'MILESTONE_ALREADY_CLAIMED',
    });
  });

  test('takes the answer off: what it touches is to be verified anew', () => {
    const before = [...STARTED, verifyStart, about('correct', 4, { occurredOn: '2024-08-01', payload: {} })];
    expect(given(...before).when(verifyStart)).toMatchObject([{ event: { case: 'milestoneVerified' } }]);
  });

  test('is for those who may write such an entry', () => {
    const retract = about('retract', 5);
    const before = [...STARTED, verifyStart];
    expect(given(...before).when(retract)).toMatchObject({ rejected: 'ROLE_MAY_NOT' });
    expect(given(...before).when({ ...retract, person: VERIFIER })).toHaveLength(1);
    expect(given(...before).when({ ...about('retract', 4), person: VERIFIER })).toMatchObject({
      rejected: 'ROLE_MAY_NOT',
    });
  });

  test('after a retraction the milestone is free again', () => {
    const before = [...STARTED, about('retract', 4)];
    expect(given(...before).when(claim('start', '2024-07-05'))).toMatchObject([
      { event: { case: 'milestoneClaimed' } },
    ]);
  });
});

describe('what is let in', () => {
  test('one approval and one site carry a project of each of two sectors', () => {
    const here = { site: 'campus-1', codes: NATIONAL };
    const home = { ...second({ ...here, sector: 'elderly-care' }), person: 'clerk-elderly-care-410212' };
    expect(given(sent('registerProject', here)).when(home)).toHaveLength(1);
    const elsewhere = { ...second({ ...here, site: 'campus-2', sector: 'elderly-care' }), person: home.person };
    expect(given(sent('registerProject', here)).when(elsewhere)).toMatchObject({ rejected: 'CODE_TAKEN' });
  });

  test.each(['kaifeng-145', 'sample-city'])('%s: a project of any of its counties can be written down', (name) => {
    const result = loadPlan(shippedPlan(name));
    const codes = 'plan' in result ? result.plan.counties.map(({ code }) => code) : [];
    expect(codes.length).toBeGreaterThan(3);
    const { example } = COMMANDS[0]!;
    const refused = codes.filter((county) => Array.isArray(validateBody(RegisterProjectBody, { ...example, county })));
    expect(refused).toEqual([]);
  });
});
