import { CLERK, type Step } from './fixtures.js';
import type { ProjectRefusal } from './refusals.js';

/** A refusal of the catalogue: after these commands, that one is answered with this code. */
export interface Refused {
  readonly code: ProjectRefusal;
  readonly sentence: string;
  readonly when: Step;
  readonly given: readonly Step[];
}
export const refused = (code: ProjectRefusal, sentence: string, when: Step, ...given: Step[]): Refused => ({
  ...{ code, sentence, when, given },
});

export const VERIFIER = 'verifier-education';
export const sent = (command: string, body: object = {}, params: Step['params'] = {}, person = CLERK): Step => ({
  ...{ command, body, params, person },
});
export const REGISTER = sent('registerProject', { codes: [] });
export const LINK = sent('linkProject');
export const PLAN_MILESTONES = sent('setMilestonePlan');
export const BEGUN = [REGISTER, LINK, PLAN_MILESTONES];
export const claim = (code: string, occurredOn: string): Step => sent('claimMilestone', { occurredOn }, { code });
export const STARTED = [...BEGUN, claim('start', '2024-07-01')];
export const REPORT = sent('reportProgress');
export const DELIVER = sent('deliverOutput');
export const DELIVERED = [...STARTED, DELIVER];
export const ON_UNIT = { unit: 'school-9' };
export const verifyOutput = sent('verifyOutput', {}, ON_UNIT, VERIFIER);
export const revoke = (lostOn: string): Step => sent('revokeOutput', { lostOn }, ON_UNIT, VERIFIER);
export const observe = (code: string, body: object): Step =>
  sent('observeIndicator', { period: '2023', value: undefined, maturity: 'final', ...body }, { code }, VERIFIER);
export const SUSPEND = sent('suspendProject');
export const CANCEL = sent('cancelProject', {}, {}, 'commission');
export const about = (command: 'correct' | 'retract', entry: number, body: object = {}): Step => ({
  ...{ command, about: entry, body },
});
export const other = (change: object): Step => sent('deliverOutput', change);
/** The registration of another project, under the command of the same clerk. */
export const second = (change: object): Step => sent('registerProject', { codes: [], ...change }, { id: 'p2' });
export const NATIONAL = [{ kind: 'national', value: '2402-410212-04-01-000901' }];
const ALL: readonly Planned[] = [
  ...['siting', 'feasibility', 'land', 'design', 'permit', 'start'].map((milestone) => ({
    milestone,
    due: '2024-07-01',
  })),
  { milestone: 'foundation', due: '2024-09-30', designed: 4_000 },
  { milestone: 'topping-out', due: '2025-01-31', designed: 12_000 },
  ...['fitting-out', 'acceptance', 'licence', 'staffing', 'opening'].map((milestone) => ({
    ...{ milestone, due: '2025-09-01' },
  })),
];

type Planned = { milestone: string; due: string; designed?: number };
/** A B0 of some of the template's milestones. */
export const milestones = (choose: (all: readonly Planned[]) => object[]): Step =>
  sent('setMilestonePlan', { milestones: choose(ALL) });

export const [APPROVER, COUNTY_COMMISSION] = ['approver-education-410212', 'county-commission-410212'];
/** Of September 2025, of the clerk's unit. */
export const inMonth = (command: string, person: string, body: object = {}, period = '2025-09'): Step =>
  sent(command, body, { period }, person);
export const OPEN = inMonth('openPeriod', 'commission');
export const SUBMIT = inMonth('submitReport', CLERK);
export const APPROVALS = [APPROVER, COUNTY_COMMISSION, VERIFIER].map((person) => inMonth('approveReport', person));
export const CLOSE = inMonth('closePeriod', 'commission');
/** September opened, reported, approved at three levels. */
export const APPROVED = [OPEN, SUBMIT, ...APPROVALS];
export const CLOSED = [...APPROVED, CLOSE];
/** A start of works posted in September, the 5th entry; September then closed, with the 10th. */
export const LATE = [OPEN, ...STARTED, SUBMIT, ...APPROVALS, CLOSE];
/** Its day corrected after that: the 11th entry. */
export const ASK = about('correct', 5, { occurredOn: '2024-08-01', payload: {} });
export const decide = (command: 'approveRequest' | 'rejectRequest', entry: number, person = VERIFIER): Step => ({
  // A document is asked of a re-baselining alone, which the route's example approves.
  ...sent(command, command === 'approveRequest' ? { document: undefined } : {}, {}, person),
  about: entry,
});
export const ABOUT_PROJECT = { about: 'project/p1' };
export const SUPERVISE = sent('issueSupervision', ABOUT_PROJECT, {}, 'commission');
export const FINDING = sent('raiseFinding', ABOUT_PROJECT, {}, 'auditor');
export const RECTIFY = sent('rectifyFinding');
export const CLOSE_CASE = sent('closeCase', {}, {}, 'commission');
