import {
  BEGUN,
  CANCEL,
  claim,
  DELIVER,
  DELIVERED,
  LINK,
  NATIONAL,
  ON_UNIT,
  PLAN_MILESTONES,
  REGISTER,
  REPORT,
  refused,
  type Refused,
  second,
  sent,
  STARTED,
  SUSPEND,
  VERIFIER,
} from './fixtures-steps.js';

const COUNTY = 'county-commission-410212';
export const FLAG = sent('flagOffPlan', {}, {}, COUNTY);
export const ADMIT = sent('admitOffPlan', {}, {}, 'commission');
export const RESERVE = sent('enterReserve');
export const bind = (value: string, change: object = {}) =>
  sent('bindCode', { code: { kind: 'approval', value }, ...change });
export const split = (...into: readonly string[]) => sent('splitProject', { into }, {}, 'commission');
export const merge = (into: string) => sent('mergeProject', { into }, {}, 'commission');
export const THIRD = sent('registerProject', { codes: [] }, { id: 'p3' });
export const CARRY_IN = sent('carryInProject', { codes: [] });
export const unitDate = (change: object = {}, code = 'start') => sent('planUnitMilestone', change, { code });
const planned = (change: object) => sent('setMilestonePlan', change);
const SCHOOL = { measure: 'B2-1.schools', quantity: 1, due: '2025-09-01', unit: 'school-9' };

export const AT_RENEWAL: readonly Refused[] = [
  refused(
    'CODE_HELD',
    'a code that it has, from another day',
    bind('审1', { validFrom: '2024-06-01' }),
    REGISTER,
    bind('审1'),
  ),
  refused(
    'CODE_HELD',
    'the code of its own registration',
    sent('bindCode', { code: NATIONAL[0] }),
    sent('registerProject', { codes: NATIONAL }),
  ),
  refused(
    'CODE_TAKEN',
    'a code of another project',
    bind('审1'),
    REGISTER,
    second({ codes: [{ kind: 'approval', value: '审1' }] }),
  ),
  refused(
    'CODE_TAKEN',
    'registering under a code that another bound later',
    second({ codes: [{ kind: 'approval', value: '审1' }] }),
    REGISTER,
    bind('审1'),
  ),
  refused('CODE_NOT_HELD', 'replacing a code that it does not have', bind('审2', { replaces: '审1' }), REGISTER),
  refused(
    'CODE_NOT_HELD',
    'replacing what is replaced already',
    bind('审3', { replaces: '审1' }),
    REGISTER,
    bind('审1'),
    bind('审2', { replaces: '审1' }),
  ),
  refused(
    'CODE_BEFORE_REPLACED',
    'a code older than the one that it replaces',
    bind('审2', { replaces: '审1', validFrom: '2024-05-27' }),
    REGISTER,
    bind('审1'),
  ),
  refused('NO_SUCH_DAY', 'a code valid from no day', bind('审1', { validFrom: '2024-02-30' }), REGISTER),
  refused(
    'NATIONAL_CODE_MALFORMED',
    'a national code of no form, bound later',
    sent('bindCode', { code: { kind: 'national', value: '2402' } }),
    REGISTER,
  ),
  refused('PROJECT_ENDED', 'a code of a cancelled project', bind('审1'), REGISTER, CANCEL),
  refused('OFF_PLAN_NOT_ADMITTED', 'linking what is flagged off-plan', LINK, REGISTER, FLAG),
  refused('OFF_PLAN_ALREADY', 'flagging it twice', FLAG, REGISTER, FLAG),
  refused('NOT_OFF_PLAN', 'admitting what nobody flagged', ADMIT, REGISTER),
  refused('NOT_OFF_PLAN', 'admitting it twice', ADMIT, REGISTER, FLAG, ADMIT),
  refused('MEASURE_NOT_LINKED', 'an output once admitted and not yet linked', PLAN_MILESTONES, REGISTER, FLAG, ADMIT),
  refused(
    'MEASURE_NOT_LINKED',
    'an off-plan output of another sector',
    planned({ outputs: [{ measure: 'T9-1.communities', quantity: 1, due: '2025-09-01' }] }),
    REGISTER,
    FLAG,
  ),
  refused('IN_RESERVE', 'a start of works in the reserve', claim('start', '2024-07-01'), ...BEGUN, RESERVE),
  refused('IN_RESERVE', 'works in the reserve', claim('fitting-out', '2024-07-01'), ...BEGUN, RESERVE),
  refused('IN_RESERVE', 'progress in the reserve', REPORT, ...BEGUN, RESERVE),
  refused('IN_RESERVE', 'a delivery in the reserve', DELIVER, ...BEGUN, RESERVE),
  refused('IN_RESERVE_ALREADY', 'entering the reserve twice', RESERVE, REGISTER, RESERVE),
  refused('NOT_IN_RESERVE', 'leaving a reserve it is not in', sent('leaveReserve'), REGISTER),
  refused('RESERVE_AFTER_START', 'entering the reserve once works began', RESERVE, ...STARTED),
  refused('RESERVE_AFTER_START', 'entering the reserve once a quantity was reported', RESERVE, ...BEGUN, REPORT),
  refused('RESERVE_AFTER_START', 'entering the reserve once something was delivered', RESERVE, ...BEGUN, DELIVER),
  refused('PROJECT_SUSPENDED', 'entering the reserve while suspended', RESERVE, ...BEGUN, SUSPEND),
  refused('SUCCESSOR_UNKNOWN', 'splitting into what is not registered', split('p2', 'p3'), REGISTER, second({})),
  refused('SUCCESSOR_IS_ITSELF', 'merging into itself', merge('p1'), REGISTER),
  refused('SUCCESSOR_TWICE', 'splitting into one project twice', split('p2', 'p2'), REGISTER, second({})),
  refused('SUCCESSOR_OF_OTHER_SECTOR', 'merging into another sector', merge('p2'), REGISTER, {
    ...second({ sector: 'elderly-care' }),
    person: 'clerk-elderly-care-410212',
  }),
  refused(
    'SUCCESSOR_ENDED',
    'merging into what was cancelled',
    merge('p2'),
    REGISTER,
    second({}),
    sent('cancelProject', {}, { id: 'p2' }, 'commission'),
  ),
  refused(
    'PROJECT_ENDED',
    'a claim of what was merged',
    claim('start', '2025-04-02'),
    ...BEGUN,
    second({}),
    merge('p2'),
  ),
  refused('PROJECT_ENDED', 'splitting what was merged', split('p2', 'p3'), REGISTER, second({}), THIRD, merge('p2')),
  refused(
    'PROJECT_ENDED',
    'resuming what was split',
    sent('resumeProject'),
    REGISTER,
    second({}),
    THIRD,
    split('p2', 'p3'),
  ),
  refused('PROJECT_ID_MALFORMED', 'carrying in under an id of no form', sent('carryInProject', {}, { id: '-p/1' })),
  refused('CARRIED_IN_ALREADY', 'carrying in what is registered here', CARRY_IN, REGISTER),
  refused('CARRIED_IN_ALREADY', 'carrying in twice', CARRY_IN, CARRY_IN),
  refused('PROJECT_EXISTS', 'registering what was carried in', REGISTER, CARRY_IN),
  refused(
    'CARRIED_FROM_THIS_PLAN',
    'carrying in from the plan itself',
    sent('carryInProject', { fromPlan: 'kaifeng-145-demo' }),
  ),
  refused(
    'OPENING_TWICE',
    'two opening quantities of one measure',
    sent('carryInProject', { opening: [1, 2].map((quantity) => ({ measure: 'B1-1.schools', quantity })) }),
  ),
  refused(
    'CLASSIFIED_PROJECT',
    'carrying in a classified project',
    sent('carryInProject', { publicity: 'classified' }),
  ),
  refused('TEMPLATE_UNKNOWN', 'carrying in under no template', sent('carryInProject', { template: 'old-community' })),
  refused(
    'CODE_TAKEN',
    'carrying in under the code of another',
    sent('carryInProject', { codes: NATIONAL }),
    second({ codes: NATIONAL }),
  ),
];

export const AT_UNITS: readonly Refused[] = [
  refused('BASELINE_MISSING', 'a unit’s date before B0', unitDate(), REGISTER, LINK),
  refused('UNIT_NOT_DESIGNED', 'a date of a unit that B0 does not name', unitDate({ unit: 'school-10' }), ...BEGUN),
  refused(
    'UNIT_DATE_GIVEN',
    'another date for the same milestone of a unit',
    unitDate({ due: '2024-06-21' }),
    ...BEGUN,
    unitDate(),
  ),
  refused('UNIT_HAS_NO_QUANTITY', 'a unit’s date of a quantity', unitDate({}, 'foundation'), ...BEGUN),
  refused('MILESTONE_UNKNOWN', 'a unit’s date of a milestone of another template', unitDate({}, 'signing'), ...BEGUN),
  refused('NO_SUCH_DAY', 'a unit’s date that no calendar has', unitDate({ due: '2024-06-31' }), ...BEGUN),
  refused('DESIGNED_UNIT_TWICE', 'one unit designed twice', planned({ outputs: [SCHOOL, SCHOOL] }), REGISTER, LINK),
  refused(
    'YEAR_OUTSIDE_PERIOD',
    'money of a year after the period',
    planned({ years: [{ year: 2026, yuan: 1 }] }),
    REGISTER,
    LINK,
  ),
  refused(
    'YEAR_TWICE',
    'money of one year twice',
    planned({ years: [1, 2].map((yuan) => ({ year: 2024, yuan })) }),
    REGISTER,
    LINK,
  ),
  refused(
    'STATEMENT_NOT_PENDING',
    'verifying facts that nobody stated',
    sent('verifyOutput', { statement: 7 }, ON_UNIT, VERIFIER),
    ...DELIVERED,
  ),
  refused(
    'STATEMENT_NOT_PENDING',
    'refusing a delivery as if it were later facts',
    sent('rejectOutput', { statement: 1 }, ON_UNIT, VERIFIER),
    ...DELIVERED,
  ),
  refused(
    'UNIT_UNKNOWN',
    'verifying later facts of what nobody delivered',
    sent('verifyOutput', { statement: 7 }, ON_UNIT, VERIFIER),
    ...STARTED,
  ),
];
