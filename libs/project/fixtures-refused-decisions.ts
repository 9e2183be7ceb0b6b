import type { Step } from './fixtures.js';
import { LINK, refused, type Refused, REGISTER, sent } from './fixtures-steps.js';

export const decides = (command: string, body: object = {}, params: Step['params'] = {}): Step =>
  sent(command, body, params, 'commission');
const change = (measure: string, body: object): Step =>
  decides('adjustPlan', { measures: [{ measure, ...body }], indicators: [], items: [], added: [] });
const indicator = (code: string, body: object): Step =>
  decides('adjustPlan', { measures: [], indicators: [{ indicator: code, ...body }], items: [], added: [] });
const item = (body: object): Step =>
  decides('adjustPlan', {
    ...{ measures: [], indicators: [], added: [] },
    items: [
      { item: 'T9-20', name: '完整社区', sector: 'housing', chapter: 9, nature: 'build', quote: '完整社区', ...body },
    ],
  });
export const added = (body: object): Step =>
  decides('adjustPlan', {
    ...{ measures: [], indicators: [], items: [] },
    added: [
      {
        ...{ item: 'T9-1', id: 'more', name: '更多', unit: '个', quantifier: 'exact', commitment: 'firm' },
        ...{ due: '2025-12-31', countsAt: '验收', identity: '名称', quote: '更多', low: '10', ...body },
      },
    ],
  });
export const withdraw = (...withdrawn: readonly string[]): Step =>
  decides('adjustPlan', { measures: [], indicators: [], items: [], added: [], withdrawn });
const PATH = [2021, 2022, 2023, 2024, 2025].map((year) => ({ year, value: '98' }));

/** Of an issued or adjusted plan as a whole, and of each change. */
export const AT_ADJUSTMENT: readonly Refused[] = [
  refused('PLAN_ALREADY_ISSUED', 'a plan issued twice', decides('issuePlan', { measures: [] }), decides('issuePlan')),
  refused('NOTHING_CHANGES', 'an adjustment of nothing', withdraw()),
  refused('NOTHING_CHANGES', 'a change to what stands already', change('B2-1.schools', { low: '200' })),
  refused(
    'NOTHING_CHANGES',
    'an indicator’s target that stands',
    indicator('I05', { target: '98', targetText: '98%' }),
  ),
  refused(
    'NOTHING_CHANGES',
    'a change of the draft that changes nothing',
    decides('issuePlan', { measures: [{ measure: 'B2-1.schools' }] }),
  ),
  refused(
    'LISTED_TWICE',
    'a measure changed twice',
    decides('issuePlan', {
      measures: ['180', '190'].map((low) => ({ measure: 'B2-1.schools', low })),
    }),
  ),
  refused('MEASURE_UNKNOWN', 'a change of a measure that is not there', change('B2-1.towers', { low: '1' })),
  refused('INDICATOR_UNKNOWN', 'a change of an indicator that is not there', indicator('I99', { targetText: '1' })),
  refused('NO_SUCH_DAY', 'a due date that no calendar has', change('B2-1.schools', { due: '2025-02-30' })),
  refused('DUE_OUTSIDE', 'a due date before the period', change('B2-1.schools', { due: '2020-12-31' })),
  refused('DUE_OUTSIDE', 'a due date beyond the outlook', change('B2-1.schools', { due: '2036-01-01' })),
  refused('DUE_OUTSIDE', 'a start before the period', change('B2-1.schools', { start: '2020-12-31' })),
  refused('TARGET_NOT_ASKED', 'a target of a full coverage', change('B1-1.county-level2', { low: '2' })),
  refused('TARGET_NOT_POSITIVE', 'a target of nothing', change('B2-1.schools', { low: '0' })),
  refused('TARGET_ABOVE_WHOLE', 'a share above the whole', change('B1-3.hearing-screening', { low: '100.1' })),
  refused('RANGE_MISFORMED', 'an upper end of what is no range', change('B2-1.schools', { high: '250' })),
  refused('RANGE_MISFORMED', 'a range that ends where it begins', change('B2-1.balanced-counties', { high: '2' })),
  refused('ROSTER_MISPLACED', 'a roster of what is counted', change('B2-1.schools', { roster: 'each-county' })),
  refused(
    'ROSTER_UNKNOWN',
    'a roster that the plan does not have',
    change('B1-1.county-level2', { roster: 'no-such' }),
  ),
  refused(
    'BASELINE_LEVEL_MISFORMED',
    'a level to reach below the one it starts from',
    change('B1-4.places', { low: '3796' }),
  ),
  refused('PART_LARGER', 'a part larger than its whole', change('B3-2.high-skill', { low: '520001' })),
  refused('PART_LARGER', 'a whole smaller than its part', change('B3-2.training', { low: '519999' })),
  refused('TARGET_TEXT_MISSING', 'a target without its words', indicator('I05', { target: '99' })),
  refused(
    'INDICATOR_NOT_RISING',
    'a rise to where it began',
    indicator('I05', { target: '96.5', targetText: '96.5%' }),
  ),
  refused('PATH_MISFORMED', 'a path that leaves a year out', indicator('I05', { path: PATH.slice(1) })),
  refused(
    'PATH_MISFORMED',
    'a path to another place',
    indicator('I05', { path: [...PATH.slice(1), { year: 2026, value: '98' }] }),
  ),
  refused(
    'PATH_MISFORMED',
    'a new target that the approved path does not reach',
    indicator('I05', { target: '99', targetText: '99%' }),
    indicator('I05', { path: PATH }),
  ),
];

/** What comes in, and what goes out. */
export const AT_SCOPE: readonly Refused[] = [
  refused('PLAN_CODE_TAKEN', 'a new item under an old code', item({ item: 'T9-1' })),
  refused(
    'PLAN_CODE_TAKEN',
    'a new item under the code of one that was withdrawn',
    item({ item: 'T9-3' }),
    withdraw('T9-3'),
  ),
  refused('PLAN_CODE_TAKEN', 'a new measure under an old code', added({ id: 'communities' })),
  refused('PLAN_CODE_TAKEN', 'a measure by the name kept for adopted checklists', added({ id: 'checklist' })),
  refused('ITEM_CODE_MISPLACED', 'an item under another chapter’s number', item({ chapter: 8 })),
  refused('ITEM_CODE_MISPLACED', 'an item of a programme that the plan does not have', item({ item: 'B9-1' })),
  refused('SECTOR_NOT_SERVED', 'an item of no sector', item({ sector: 'tourism' })),
  refused('ITEM_UNKNOWN', 'a measure of an item that is not there', added({ item: 'T9-30' })),
  refused('UNIT_NOT_REGISTERED', 'a measure in a unit that nobody registered', added({ unit: '艘' })),
  refused('UNIT_KIND_UNKNOWN', 'a measure of a kind that the sector does not count', added({ unitKind: 'school' })),
  refused('TARGET_MISSING', 'a number without a target', added({ low: undefined })),
  refused('TARGET_NOT_ASKED', 'a full coverage with a number', added({ quantifier: 'all', roster: 'each-county' })),
  refused('SHARE_MISFORMED', 'a share in pieces', added({ quantifier: 'ratio' })),
  refused('ROSTER_MISPLACED', '每县 without saying which', added({ quantifier: 'each' })),
  refused('WORKS_MISPLACED', 'a checklist of nothing', added({ quantifier: 'checklist', low: undefined })),
  refused(
    'LISTED_TWICE',
    'a checklist that names a work twice',
    added({
      quantifier: 'checklist',
      low: undefined,
      works: [
        { id: 'a', name: 'A' },
        { id: 'a', name: 'B' },
      ],
    }),
  ),
  refused('SCHEME_IS_FIRM', '谋划 as a firm promise', added({ scheme: true })),
  refused('BASELINE_LEVEL_MISFORMED', 'new units that start from a level', added({ baseline: '3' })),
  refused('BASELINE_LEVEL_MISFORMED', 'a stock that starts from no level', added({ basis: 'stock' })),
  refused('WHOLE_UNKNOWN', 'a part of another item’s measure', added({ partOf: 'B2-1.schools' })),
  refused('WHOLE_UNKNOWN', 'a part of itself', added({ partOf: 'T9-1.more' })),
  refused('WHOLE_UNKNOWN', 'a whole withdrawn while its part stays', withdraw('B3-2.training')),
  refused('NOT_IN_PLAN', 'what is not there withdrawn', withdraw('T9-30')),
  refused('LISTED_TWICE', 'one item withdrawn twice', withdraw('T9-3', 'T9-3')),
  refused(
    'WITHDRAWN_AND_CHANGED',
    'a measure both changed and withdrawn',
    decides('adjustPlan', { withdrawn: ['B2-1'], items: [], added: [], indicators: [] }),
  ),
  refused('ITEM_WITHDRAWN', 'a link to an item that was withdrawn', LINK, REGISTER, withdraw('B2-1')),
];
