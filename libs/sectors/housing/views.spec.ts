import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, Quantifier } from '@planledger/contracts';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { claimed, delivered, progress, type WrittenStream, writeStream } from '../conformance-history.js';
import { foldProject } from '../project.js';
import { housing } from './definition.js';
import { renovationPipeline } from './views.js';

const OLD_CITY = 'T9-1.communities';

/** What the view reads of a community. */
const community = (unit: string): EventInit =>
  delivered({ unit, measure: OLD_CITY, kind: 'community', quantity: 1, facts: { households: 320 } });
const lot = (unit: string, code: string, households: number): EventInit =>
  delivered({
    unit,
    measure: 'X-1.households',
    kind: 'household',
    quantity: households,
    facts: { community: code, households },
  });

describe('the renovation pipeline', () => {
  const events: EventInit[] = [
    { case: 'countyDefined', value: { code: '410221', name: '杞县' } },
    { case: 'measureDefined', value: { measure: OLD_CITY, quantifier: Quantifier.EXACT, unitKind: 'community' } },
  ];
  const plan: PlanState = events
    .map((event, index) => makeEntry({ stream: 'plan', position: index + 1, event }))
    .reduce(foldPlan, emptyPlan);

  /** A project of four communities and 1,000 户, or whatever the template's quantity is designed for. */
  function begin(id: string, template = 'old-community', county = '410221'): WrittenStream {
    const written = writeStream(`project/${id}`);
    written.add('2021-03-01', {
      case: 'projectRegistered',
      value: { name: `项目${id}`, sector: 'housing', county, unit: 'bureau-1', template },
    });
    const milestones = (housing.templates[template]?.milestones ?? []).map(({ code, type }) => {
      return { milestone: code, due: '2024-06-30', designed: type === 'quantity' ? 1_000 : 0 };
    });
    const outputs = template === 'shantytown' ? [] : [{ measure: OLD_CITY, quantity: 4, due: '2024-06-30' }];
    written.add('2021-03-02', { case: 'baselineSet', value: { milestones, outputs } });
    return written;
  }
  const answer = (projects: readonly WrittenStream[], question: Record<string, string> = {}) => {
    const rows = projects.flatMap(({ stream, entries }) => renovationPipeline.rows(foldProject(stream, entries)));
    return renovationPipeline.answer(rows, plan, question) as {
      renovation: unknown[];
      resettlement: unknown[];
      stuck: Record<string, unknown>[];
    };
  };
  const both = (claimedTimes: number, verifiedTimes = 0) => ({ claimed: claimedTimes, verified: verifiedTimes });

  test('counts communities and households at each stage apart, and what is verified of them', () => {
    const written = begin('a');
    const survey = written.add('2021-04-01', claimed('survey'));
    written.add('2021-04-20', { case: 'milestoneVerified', value: { milestone: 'survey', claim: survey } });
    written.add('2021-06-01', claimed('start', 'c-1'));
    written.add('2021-07-01', claimed('start', 'c-2'));
    const report = written.add('2022-01-01', progress({ basic: 450 }));
    written.add('2022-01-09', { case: 'progressVerified', value: { report } });
    written.add('2022-02-01', progress({ basic: 600 }));
    written.add('2022-06-01', claimed('acceptance', 'c-1'));
    written.add('2022-06-02', community('c-1'));
    expect(answer([written]).renovation).toEqual([
      {
        ...{ county: '410221', countyName: '杞县', communities: 4, households: 1_000, unstated: 1 },
        stages: {
          survey: { name: '摸底', communities: both(4, 4), households: both(1_000, 1_000) },
          start: { name: '开工', communities: both(2), households: both(320) },
          acceptance: { name: '竣工联合验收', communities: both(1), households: both(320) },
          handover: { name: '移交管护', communities: both(0), households: both(0) },
        },
        works: { designed: 1_000, claimed: 600, verified: 450 },
      },
    ]);
  });

  test('lists where each community waits, the longest wait first, and for how many days when asked', () => {
    const written = begin('a');
    written.add('2021-04-01', claimed('survey'));
    written.add('2021-06-01', claimed('start', 'c-1'));
    written.add('2022-06-01', claimed('acceptance', 'c-1'));
    written.add('2022-06-02', community('c-1'));
    expect(answer([written], { on: '2022-06-11' }).stuck).toMatchObject([
      {
        community: '',
        communities: 3,
        households: 680,
        stage: 'survey',
        next: 'start',
        since: '2021-04-01',
        days: 436,
      },
      {
        community: 'c-1',
        households: 320,
        stageName: '竣工联合验收',
        nextName: '移交管护',
        since: '2022-06-01',
        days: 10,
      },
    ]);
    expect(answer([written]).stuck[0]).not.toHaveProperty('days');
    written.add('2022-07-01', claimed('handover', 'c-1'));
    expect(answer([written]).stuck).toHaveLength(1);
  });

  test('keeps 开工, 基本建成 and 交付 of resettlement as three numbers, and asks one county when told to', () => {
    const [one, two] = [begin('a', 'shantytown'), begin('b', 'shantytown', '410222')];
    for (const [on, code] of [
      ['2021-06-01', 'start'],
      ['2022-06-01', 'basic-completion'],
    ] as const)
      one.add(on, claimed(code));
    one.add('2021-05-01', progress({ signing: 990 }));
    two.add('2021-06-01', claimed('start'));
    const stages = (start: number, built: number) => ({
      start: { name: '开工', communities: both(start), households: both(start * 1_000) },
      'basic-completion': { name: '基本建成', communities: both(built), households: both(built * 1_000) },
      'move-in': { name: '交付', communities: both(0) },
    });
    expect(answer([one, two]).resettlement).toMatchObject([
      { county: '410221', stages: stages(1, 1), works: { claimed: 990 } },
      { county: '410222', stages: stages(1, 0) },
    ]);
    expect(answer([one, two], { county: '410222' }).resettlement).toHaveLength(1);
    expect(answer([one, two]).renovation).toEqual([]);
  });

  test('takes households from their lots while the community has not stated them', () => {
    const written = begin('a');
    written.add('2021-06-01', claimed('start', 'c-1'));
    written.add('2021-07-01', lot('lot-1', 'c-1', 60));
    written.add('2021-07-01', lot('lot-2', 'c-1', 40));
    expect(answer([written]).renovation).toMatchObject([
      { communities: 4, stages: { start: { households: both(100) } } },
    ]);
    written.add('2021-08-01', community('c-1'));
    expect(answer([written]).renovation).toMatchObject([
      { communities: 4, stages: { start: { households: both(320) } } },
    ]);
  });

  test('of a project that was called off keeps only what was accepted, and of a community that was lost nothing', () => {
    const written = begin('a');
    written.add('2021-06-01', claimed('start'));
    written.add('2022-06-01', claimed('acceptance', 'c-1'));
    written.add('2022-06-02', community('c-1'));
    written.add('2022-09-01', { case: 'projectCancelled', value: { document: '汴住建〔2022〕9号' } });
    expect(answer([written])).toMatchObject({ renovation: [{ communities: 1, households: 320 }], stuck: [] });
    written.add('2022-10-01', {
      case: 'outputRevoked',
      value: { unit: 'c-1', measure: OLD_CITY, lostOn: '2022-09-30' },
    });
    expect(answer([written])).toMatchObject({ renovation: [], stuck: [] });
  });
});
