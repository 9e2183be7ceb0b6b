import { CLERK } from './fixtures.js';
import {
  ABOUT_PROJECT,
  APPROVALS,
  APPROVED,
  APPROVER,
  ASK,
  BEGUN,
  CLOSE,
  CLOSE_CASE,
  CLOSED,
  COUNTY_COMMISSION,
  decide,
  FINDING,
  inMonth,
  LATE,
  OPEN,
  RECTIFY,
  refused,
  type Refused,
  sent,
  SUBMIT,
  SUPERVISE,
  VERIFIER,
} from './fixtures-steps.js';

const open = (period: string, body: object = {}) => inMonth('openPeriod', 'commission', body, period);

export const AT_MONTH: readonly Refused[] = [
  refused('MONTH_NOT_OPENABLE', 'opening a month to come', open('2025-11', { due: '2025-12-05' })),
  refused('MONTH_NOT_OPENABLE', 'opening a month before the system began', open('2022-03')),
  refused('MONTH_NOT_OPENABLE', 'opening what is no month', open('2025-13')),
  refused('PERIOD_ALREADY_OPEN', 'opening a month twice', OPEN, OPEN),
  refused('PERIOD_ALREADY_OPEN', 'opening a month that was closed', OPEN, ...CLOSED),
  refused(
    'SECTOR_NOT_SERVED',
    'opening a month of a sector that the plan has not',
    open('2025-09', { sector: 'forestry' }),
  ),
  refused('COUNTY_UNKNOWN', 'opening a month in a county that the plan has not', open('2025-09', { county: '410999' })),
  refused('NO_SUCH_DAY', 'a due day that is no day', open('2025-09', { due: '2025-09-31' })),
  refused('DUE_TOO_EARLY', 'a due day before the month', open('2025-09', { due: '2025-08-31' })),
  refused('PERIOD_UNKNOWN', 'reporting a month that was never opened', SUBMIT),
  refused(
    'PERIOD_UNKNOWN',
    'reporting the same month of another unit',
    inMonth('submitReport', CLERK, { unit: 'x' }),
    OPEN,
  ),
  refused('NIL_NEEDS_REASON', 'a nil report without its reason', inMonth('submitReport', CLERK, { reason: ' ' }), OPEN),
  refused('REPORT_STANDS', 'reporting again what nobody returned', SUBMIT, OPEN, SUBMIT),
  refused('PERIOD_CLOSED', 'reporting a month that is closed', SUBMIT, ...CLOSED),
  refused('PERIOD_CLOSED', 'closing a month twice', CLOSE, ...CLOSED),
  refused('NOTHING_TO_JUDGE', 'approving before anything was reported', inMonth('approveReport', APPROVER), OPEN),
  refused('NOTHING_TO_JUDGE', 'returning what the bureau approved', inMonth('returnReport', VERIFIER), ...APPROVED),
  refused('LEVEL_NOT_AWAITED', 'the bureau approving before unit and county', APPROVALS[2]!, OPEN, SUBMIT),
  refused(
    'LEVEL_NOT_AWAITED',
    'the unit returning what it approved',
    inMonth('returnReport', APPROVER),
    OPEN,
    SUBMIT,
    APPROVALS[0]!,
  ),
  refused(
    'REPORT_OWN_ACT',
    'who submitted it approving it under another role',
    { ...APPROVALS[0]!, token: { subject: CLERK } },
    ...[OPEN, SUBMIT],
  ),
  refused(
    'REPORT_OWN_ACT',
    'who wrote in that month approving what another submitted',
    { ...APPROVALS[0]!, token: { subject: CLERK } },
    ...[OPEN, ...BEGUN, { ...SUBMIT, token: { subject: 'another-clerk' } }],
  ),
  refused(
    'REPORT_OWN_ACT',
    'who approved for the unit approving for the county',
    { ...APPROVALS[1]!, token: { subject: APPROVER } },
    ...[OPEN, SUBMIT, APPROVALS[0]!],
  ),
  refused('NOT_APPROVED', 'closing what nobody reported', CLOSE, OPEN),
  refused(
    'NOT_APPROVED',
    'closing what the bureau has not approved',
    CLOSE,
    ...[OPEN, SUBMIT, APPROVALS[0]!, APPROVALS[1]!],
  ),
  refused('PERIOD_OWN_ACT', 'closing by who approved', inMonth('closePeriod', VERIFIER), ...APPROVED),
  refused(
    'PERIOD_OWN_ACT',
    'closing by the commission, who cancelled a project in that month',
    CLOSE,
    ...[OPEN, ...BEGUN, sent('cancelProject', {}, {}, 'commission'), SUBMIT, ...APPROVALS],
  ),
];

const [COMMISSION, OTHER_VERIFIER] = ['commission', { subject: 'another-verifier', unit: 'city-inspectorate' }];

export const AT_REQUEST: readonly Refused[] = [
  refused('REQUEST_NOT_PENDING', 'approving what is no request', decide('approveRequest', 5), ...LATE),
  refused('REQUEST_NOT_PENDING', 'approving an entry that is not there', { ...decide('approveRequest', 99) }, ...LATE),
  refused(
    'REQUEST_NOT_PENDING',
    'refusing what was approved',
    decide('rejectRequest', 11),
    ...[...LATE, ASK, decide('approveRequest', 11)],
  ),
  refused('CORRECTION_PENDING', 'asking again before it is decided', ASK, ...LATE, ASK),
  refused(
    'NOT_ONE_LEVEL_UP',
    'a verifier’s request decided by another verifier',
    { ...decide('approveRequest', 12), token: OTHER_VERIFIER },
    ...[
      OPEN,
      ...BEGUN,
      sent('claimMilestone', {}, { code: 'start' }),
      sent('verifyMilestone', {}, { code: 'start' }, VERIFIER),
    ],
    ...[SUBMIT, ...APPROVALS, { ...CLOSE }],
    { command: 'retract', about: 6, person: VERIFIER },
  ),
  refused(
    'ENTRY_NOT_RETRACTABLE',
    'taking back an approval',
    { command: 'retract', about: 12, person: VERIFIER },
    ...[...LATE, ASK, decide('approveRequest', 11)],
  ),
  refused('ENTRY_NOT_CORRECTABLE', 'correcting a request', { command: 'correct', about: 11 }, ...LATE, ASK),
  refused(
    'ENTRY_NOT_CORRECTABLE',
    'retracting the opening of a month',
    { command: 'retract', about: 1, person: COMMISSION },
    OPEN,
  ),
  refused(
    'ENTRY_RETRACTED',
    'correcting what a late retraction took away',
    ASK,
    ...[...LATE, { command: 'retract', about: 5 }, decide('approveRequest', 11)],
  ),
];

const lamp = (set: object, more: object = {}) =>
  sent(
    'issueSupervision',
    { ...ABOUT_PROJECT, reason: undefined, lamp: { lamp: 'progress', ...set }, ...more },
    {},
    COMMISSION,
  );

export const AT_CASE: readonly Refused[] = [
  refused('CASE_EXISTS', 'a second case of the same id', SUPERVISE, ...BEGUN, SUPERVISE),
  refused('CASE_UNKNOWN', 'closing a case that is none', CLOSE_CASE),
  refused(
    'CASE_CLOSED',
    'taking up what was closed',
    sent('escalateCase', {}, {}, COMMISSION),
    ...BEGUN,
    SUPERVISE,
    CLOSE_CASE,
  ),
  refused('ABOUT_UNKNOWN', 'supervising a project that nobody registered', SUPERVISE),
  refused(
    'ABOUT_UNKNOWN',
    'a finding about an indicator that the plan has not',
    sent('raiseFinding', { about: 'indicator/I99' }, {}, 'auditor'),
  ),
  refused(
    'DUE_TOO_EARLY',
    'supervising until yesterday',
    sent('issueSupervision', { due: '2025-10-19' }, {}, COMMISSION),
  ),
  refused(
    'NO_SUCH_DAY',
    'a finding due on a day that is none',
    sent('raiseFinding', { due: '2026-02-30' }, {}, 'auditor'),
  ),
  refused('LAMP_NEEDS_PROJECT', 'a lamp of no project', lamp({ colour: 'red' }, { about: undefined })),
  refused(
    'LAMP_NEEDS_EXPIRY',
    'green without an expiry',
    lamp({ colour: 'green' }, { reason: '已现场核实' }),
    ...BEGUN,
  ),
  refused(
    'LAMP_NEEDS_EXPIRY',
    'yellow until a day, without a reason',
    lamp({ colour: 'yellow', until: '2025-11-30' }),
    ...BEGUN,
  ),
  refused(
    'DUE_TOO_EARLY',
    'a lamp that is out before it is lit',
    lamp({ colour: 'red', until: '2025-10-01' }),
    ...BEGUN,
  ),
  refused(
    'CASE_LEVEL_NOT_UP',
    'taking a case from the commission to the bureau',
    sent('escalateCase', { level: 'bureau' }, {}, COMMISSION),
    ...[...BEGUN, SUPERVISE, sent('escalateCase', {}, {}, COMMISSION)],
  ),
  refused(
    'CLOSING_NEEDS_EVIDENCE',
    'closing on nobody’s evidence',
    sent('closeCase', { evidence: [] }, {}, COMMISSION),
    ...BEGUN,
    SUPERVISE,
  ),
  refused(
    'ENTRY_UNKNOWN',
    'a finding on entries that are not there',
    sent('raiseFinding', { entries: [1, 9_999] }, {}, 'auditor'),
  ),
  refused(
    'ENTRY_UNKNOWN',
    'rectified by entries that are not there',
    sent('rectifyFinding', { entries: [9_999] }),
    ...BEGUN,
    FINDING,
  ),
  refused('NOT_A_FINDING', 'rectifying a supervision', sent('rectifyFinding', {}, {}, VERIFIER), ...BEGUN, SUPERVISE),
  refused('FINDING_NOT_RECTIFIED', 'closing a finding that nobody put right', CLOSE_CASE, ...BEGUN, FINDING),
  refused('FINDING_RECTIFIED', 'rectifying once more', RECTIFY, ...BEGUN, FINDING, RECTIFY),
  refused(
    'FINDING_FOR_COMMISSION',
    'a county closing the auditor’s finding',
    { ...CLOSE_CASE, person: COUNTY_COMMISSION },
    ...[...BEGUN, FINDING, RECTIFY],
  ),
];
