import {
  BEGUN,
  claim,
  LINK,
  milestones,
  NATIONAL,
  PLAN_MILESTONES,
  REGISTER,
  second,
  sent,
  refused,
  type Refused,
} from './fixtures-steps.js';

export const AT_REGISTRATION: readonly Refused[] = [
  refused('FUTURE_DATE', 'what has not happened yet', sent('registerProject', { occurredOn: '2025-11-01', codes: [] })),
  refused(
    'NO_SUCH_DAY',
    'a day that no calendar has',
    sent('registerProject', { occurredOn: '2023-02-29', codes: [] }),
  ),
  refused(
    'BACKFILL_NEEDS_EVIDENCE',
    'a day before the system began, undocumented',
    sent('registerProject', { occurredOn: '2022-04-05', codes: [] }),
  ),
  refused('PROJECT_EXISTS', 'the same project a second time', REGISTER, REGISTER),
  refused(
    'CLASSIFIED_PROJECT',
    'a classified project',
    sent('registerProject', { publicity: 'classified', codes: [] }),
  ),
  refused('COUNTY_UNKNOWN', 'a county of another plan', {
    ...sent('registerProject', { county: '110101', codes: [] }),
    token: { counties: ['110101'] },
  }),
  refused(
    'TEMPLATE_UNKNOWN',
    'a template of another sector',
    sent('registerProject', { template: 'old-community', codes: [] }),
  ),
  refused(
    'TEMPLATE_UNKNOWN',
    'a template by the name of an inherited property',
    sent('registerProject', { template: 'constructor', codes: [] }),
  ),
  refused(
    'NAMED_PROJECT_UNKNOWN',
    'a named project that the text does not name',
    sent('registerProject', { namedProject: 'no-such', codes: [] }),
  ),
  refused(
    'NATIONAL_CODE_MALFORMED',
    'a national code of another form',
    sent('registerProject', { codes: [{ kind: 'national', value: '2402-410212-04-01-00090' }] }),
  ),
  refused(
    'NATIONAL_CODE_NOT_ASKED',
    'a national code of work that builds nothing',
    sent('registerProject', { nature: 'service', codes: NATIONAL }),
  ),
  refused(
    'CODE_TAKEN',
    'a code of another project',
    second({ codes: NATIONAL }),
    sent('registerProject', { codes: NATIONAL }),
  ),
  refused(
    'CODE_TAKEN',
    'an internal code twice, even on one site',
    second({ site: 's', codes: [{ kind: 'internal', value: 'A-1' }] }),
    sent('registerProject', { site: 's', codes: [{ kind: 'internal', value: 'A-1' }] }),
  ),
  refused(
    'SITE_SECTOR_TAKEN',
    'two projects of one sector on one site',
    second({ site: 's' }),
    sent('registerProject', { site: 's', codes: [] }),
  ),
  refused('PROJECT_UNKNOWN', 'a project that is not there', LINK),
];

export const AT_PLANNING: readonly Refused[] = [
  refused('ITEM_UNKNOWN', 'an item that the plan does not have', sent('linkProject', { item: 'B9-9' }), REGISTER),
  refused('ITEM_OF_OTHER_SECTOR', 'an item of another sector', sent('linkProject', { item: 'T9-1' }), REGISTER),
  refused('BASELINE_ALREADY_SET', 'a second B0', PLAN_MILESTONES, ...BEGUN),
  refused('BASELINE_MISSING', 'a claim before B0', claim('start', '2024-07-01'), REGISTER, LINK),
  refused(
    'BASELINE_INCOMPLETE',
    'a B0 without all milestones',
    milestones((all) => all.slice(1)),
    REGISTER,
    LINK,
  ),
  refused(
    'MILESTONE_TWICE',
    'a milestone planned twice',
    milestones((all) => [...all, ...all.slice(0, 1)]),
    REGISTER,
    LINK,
  ),
  refused(
    'MILESTONE_UNKNOWN',
    'a milestone of another template',
    milestones((all) => [{ ...all[0], milestone: 'signing' }]),
    REGISTER,
    LINK,
  ),
  refused(
    'NO_SUCH_DAY',
    'a milestone due on no day',
    milestones((all) => [{ ...all[0], due: '2025-02-30' }]),
    REGISTER,
    LINK,
  ),
  refused(
    'DESIGNED_QUANTITY_MISSING',
    'foundations of no size',
    milestones(() => [{ milestone: 'foundation', due: '2025-01-01' }]),
    REGISTER,
    LINK,
  ),
  refused(
    'DESIGNED_QUANTITY_NOT_ASKED',
    'an approval of a size',
    milestones(() => [{ milestone: 'siting', due: '2025-01-01', designed: 3 }]),
    REGISTER,
    LINK,
  ),
  refused(
    'MEASURE_UNKNOWN',
    'an output that the plan does not count',
    sent('setMilestonePlan', { outputs: [{ measure: 'B2-1.towers', quantity: 1, due: '2025-09-01' }] }),
    REGISTER,
    LINK,
  ),
  refused('MEASURE_NOT_LINKED', 'an output of an item it does not follow', PLAN_MILESTONES, REGISTER),
];
