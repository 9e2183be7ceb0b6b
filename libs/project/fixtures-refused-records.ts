import {
  about,
  BEGUN,
  claim,
  DELIVERED,
  observe,
  REGISTER,
  STARTED,
  VERIFIER,
  refused,
  type Refused,
} from './fixtures-steps.js';

export const AT_OBSERVATION: readonly Refused[] = [
  refused('INDICATOR_UNKNOWN', 'an indicator that the plan does not have', observe('I99', { value: '1' })),
  refused(
    'INDICATOR_UNKNOWN',
    'an observation of what is delivered by the unit',
    observe('B2-1.schools', { value: '1' }),
  ),
  refused('OBSERVATION_NEEDS_SHARE', 'a share as one number', observe('I04', { value: '94.2' })),
  refused('OBSERVATION_NEEDS_SHARE', 'one family overdue of none found', {
    ...observe('I12', { numerator: '1', denominator: '0' }),
    person: 'verifier-employment',
  }),
  refused('OBSERVATION_NEEDS_SHARE', 'a share of nothing', observe('I04', { numerator: '0', denominator: '0' })),
  refused('OBSERVATION_NEEDS_VALUE', 'a value as a share', {
    ...observe('I13', { numerator: '1', denominator: '2' }),
    person: 'verifier-health',
  }),
  refused(
    'PERIOD_NOT_OVER',
    'a year that is not over',
    observe('I04', { period: '2025', numerator: '9', denominator: '10' }),
  ),
  refused(
    'MATURITY_WENT_BACK',
    'a flash value after the final one',
    observe('I04', { numerator: '8', denominator: '10', maturity: 'flash' }),
    observe('I04', { numerator: '9', denominator: '10' }),
  ),
];

export const AT_CORRECTION: readonly Refused[] = [
  refused('ENTRY_UNKNOWN', 'correcting what does not stand', { command: 'retract' }, ...BEGUN),
  refused('ENTRY_NOT_CORRECTABLE', 'correcting B0', about('correct', 3, { payload: {} }), ...BEGUN),
  refused('ENTRY_NOT_RETRACTABLE', 'retracting a registration', about('retract', 1), ...BEGUN),
  refused(
    'ENTRY_RETRACTED',
    'correcting what was retracted',
    about('correct', 4, { payload: {} }),
    ...STARTED,
    about('retract', 4),
  ),
  refused('ENTRY_NOT_CORRECTABLE', 'correcting a retraction', about('retract', 5), ...STARTED, about('retract', 4)),
  refused(
    'PAYLOAD_REFUSED',
    'a replacement of another shape',
    about('correct', 5, { payload: { unit: 'school-9' } }),
    ...DELIVERED,
  ),
  refused(
    'PAYLOAD_REFUSED',
    'another county of a registered project',
    about('correct', 1, {
      payload: {
        ...REGISTER.body,
        name: '改名',
        sector: 'education',
        county: '410221',
        nature: 'new',
        template: 'building',
        publicity: 'public',
      },
    }),
    REGISTER,
  ),
  refused(
    'LATER_ENTRY_ILLEGAL',
    'taking away the start that an acceptance stands on',
    about('retract', 4),
    ...STARTED,
    claim('acceptance', '2025-07-15'),
  ),
  refused(
    'FUTURE_DATE',
    'a correction into the future',
    about('correct', 4, { occurredOn: '2025-11-01', payload: {} }),
    ...STARTED,
  ),
  refused(
    'PERIOD_NOT_OVER',
    'an observation corrected into a year that is not over',
    {
      ...about('correct', 1, {
        payload: { period: '2025', numerator: '9', denominator: '10', maturity: 'final', source: '市统计局' },
      }),
      person: VERIFIER,
    },
    observe('I04', { numerator: '9', denominator: '10' }),
  ),
];
