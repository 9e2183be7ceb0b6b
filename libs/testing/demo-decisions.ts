import type { LoadedPlan } from '@planledger/plan';
import { CITY, type DemoStep, QIXIAN, XIANGFU } from './demo-step.js';

/** The roster that the commission adopts; the projects of its measures are those of its members. */
export const ADOPTED_ROSTER = {
  roster: 'public-libraries',
  members: [
    { member: 'city-library', name: '开封市图书馆', county: CITY },
    { member: 'city-culture-centre', name: '开封市文化馆', county: CITY },
    { member: 'xiangfu-library', name: '祥符区图书馆', county: XIANGFU },
    { member: 'xiangfu-culture-centre', name: '祥符区文化馆', county: XIANGFU },
    { member: 'qixian-library', name: '杞县图书馆', county: QIXIAN },
    { member: 'qixian-culture-centre', name: '杞县文化馆', county: QIXIAN },
  ],
} as const;

const WHOLE = 10_000;

/**
 * What the commission decided of the plan itself: a target decomposed, a roster adopted, a doubt settled, weights and a
 * threshold in force from a later day. The demo plan stays the draft: it is not issued, adjusted or closed. What a plan
 * does not have is not decided.
 */
export function decisions(plan: LoadedPlan): DemoStep[] {
  const measures = new Set(plan.items.flatMap(({ item, measures: own = [] }) => own.map(({ id }) => `${item}.${id}`)));
  const items = plan.items.map(({ item }) => item);
  const inProgrammes = items.filter((item) => item.startsWith('B'));
  const decided: (readonly [boolean, DemoStep])[] = [
    [
      plan.rosters.some(({ roster }) => roster === ADOPTED_ROSTER.roster),
      decision('2023-02-24', 'adoptRoster', { document: '汴文旅〔2023〕8号', ...ADOPTED_ROSTER }),
    ],
    [
      measures.has('B2-1.kindergartens'),
      decision('2023-03-20', 'decomposeTarget', {
        document: '汴发改〔2023〕22号',
        measure: 'B2-1.kindergartens',
        counties: [
          { county: XIANGFU, target: '16' },
          { county: QIXIAN, target: '18' },
          { county: '410222', target: '14' },
          { county: '410223', target: '18' },
          { county: '410225', target: '16' },
        ],
      }),
    ],
    [
      plan.doubts.some(({ doubt }) => doubt === 'renovated-households'),
      decision(
        '2023-06-15',
        'settleDoubt',
        { document: '汴发改函〔2023〕37号', reading: 'level' },
        { doubt: 'renovated-households' },
      ),
    ],
    [
      inProgrammes.length > 0,
      decision('2023-11-20', 'approveWeights', {
        ...{ document: '汴发改〔2023〕88号', set: 'programmes', name: '专栏工程加倍', inForceFrom: '2024-01-01' },
        items: evenly(items, new Set(inProgrammes)),
      }),
    ],
    [
      plan.indicators.some(({ indicator }) => indicator === 'I08'),
      decision('2024-06-12', 'approveThresholds', {
        ...{ document: '汴发改〔2024〕41号', inForceFrom: '2024-07-01' },
        values: [{ name: 'tolerance/I08', value: '0.05' }],
      }),
    ],
  ];
  return decided.filter(([has]) => has).map(([, step]) => step);
}

/** Weights that sum to the whole, of some items twice as much; the first one carries what does not divide. */
function evenly(items: readonly string[], doubled: ReadonlySet<string>): { item: string; weight: number }[] {
  const shares = items.length + doubled.size;
  const [each, rest] = [Math.floor(WHOLE / shares), WHOLE % shares];
  return items.map((item, index) => ({ item, weight: each * (doubled.has(item) ? 2 : 1) + (index === 0 ? rest : 0) }));
}

const decision = (day: string, command: string, body: object, params: Record<string, string> = {}): DemoStep => ({
  ...{ day, person: 'commission', command, commandId: `demo-plan-${command}`, params },
  body: { occurredOn: day, ...body },
});
