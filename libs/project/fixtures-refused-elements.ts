import { allocate, ELEMENT, release, use } from './fixtures-requests.js';
import { about, BEGUN, CANCEL, LINK, REGISTER, sent, refused, type Refused } from './fixtures-steps.js';

const [MILLION, LAND] = [1_000_000, { element: 'site-land' }];
const allocated = [REGISTER, LINK, ELEMENT, allocate(12 * MILLION)];

export const AT_ELEMENTS: readonly Refused[] = [
  refused('NO_SUCH_DAY', 'funds needed by no day', sent('requestElement', { needBy: '2024-06-31' }), ...BEGUN),
  refused('ELEMENT_EXISTS', 'the same funds asked for again', sent('requestElement', { quantity: 9 }), ...allocated),
  refused('PROJECT_ENDED', 'funds for a cancelled project', ELEMENT, ...BEGUN, CANCEL),
  refused('PROJECT_ENDED', 'funds given to a cancelled project', allocate(MILLION), ...BEGUN, ELEMENT, CANCEL),
  refused('ELEMENT_UNKNOWN', 'land that nobody asked for', allocate(1, LAND), ...allocated),
  refused('ELEMENT_UNKNOWN', 'using land that nobody asked for', use(1, LAND), ...allocated),
  refused('ELEMENT_OFF_PLAN', 'plan funds for a project that follows no item', allocate(MILLION), REGISTER, ELEMENT),
  refused('ELEMENT_OVER_ALLOCATED', 'more than was asked for', allocate(8 * MILLION + 1), ...allocated),
  refused('ELEMENT_NOT_ALLOCATED', 'paying from funds that were never given', use(1), REGISTER, LINK, ELEMENT),
  refused('ELEMENT_OVERUSED', 'paying more than was given', use(12 * MILLION + 1), ...allocated),
  refused('ELEMENT_OVERUSED', 'paying what was given back', use(2 * MILLION), ...allocated, release(11 * MILLION)),
  refused('ELEMENT_OVER_RELEASED', 'giving back what is paid', release(8 * MILLION), ...allocated, use(5 * MILLION)),
  refused(
    'LATER_ENTRY_ILLEGAL',
    'correcting a request to less than was given',
    about('correct', 3, {
      payload: { element: 'central-funds', kind: 'funds', quantity: 11 * MILLION, needBy: '2024-06-30' },
    }),
    ...allocated,
  ),
  refused(
    'LATER_ENTRY_ILLEGAL',
    'taking back an allocation that was spent',
    { ...about('retract', 4), person: 'commission' },
    ...allocated,
    use(1),
  ),
];
