import { describe, expect, test } from '@jest/globals';
import { decodeEntry, encodeEntry, makeEntry, type EventInit } from '@planledger/contracts';
import { differences, planDigest, planEvents } from './import.js';
import { after, sample, shipped } from './fixtures.js';
import type { LoadedPlan } from './loaded.js';
import { emptyPlan, inForceOn, type PlanState } from './state.js';

/** The state after the events went through the bytes of a ledger. */
const stateAfter = (events: readonly EventInit[]): PlanState =>
  events.reduce((state, event) => after(state, { event }), emptyPlan);

const digestOf = (events: readonly EventInit[]): unknown => events.at(-1)?.value;

describe('importing a plan', () => {
  test('writes its entries in one order, and closes them with PlanLoaded', () => {
    const cases = planEvents(sample, '2026-03-01').map((event) => event.case);
    expect(cases.filter((each, index) => each !== cases[index - 1])).toEqual([
      ...['planDefined', 'sectorDefined', 'countyDefined', 'rosterDefined', 'planItemDefined', 'measureDefined'],
      ...['indicatorDefined', 'doubtRaised', 'namedProjectDefined', 'rulesAdopted', 'planLoaded'],
    ]);
    expect(planEvents(sample, '2026-03-01').at(-1)?.value).toMatchObject({ entries: cases.length - 1 });
  });

  test('is the same on another day and for the demo, the day itself aside', () => {
    const [one, two] = [planEvents(sample, '2026-03-01'), planEvents(sample, '2026-04-01', { demo: true })];
    expect(two.slice(1)).toEqual(one.slice(1));
    expect(one[0]?.value).toMatchObject({ goLive: '2026-03-01', demo: false });
    expect(two[0]?.value).toMatchObject({ goLive: '2026-04-01', demo: true });
  });

  test('does not depend on how the plan is cut into files', () => {
    const shuffled = {
      ...sample,
      items: sample.items.toReversed(),
      indicators: sample.indicators.toReversed(),
      rosters: sample.rosters.toReversed(),
    };
    expect(planEvents(shuffled, '2026-03-01')).toEqual(planEvents(sample, '2026-03-01'));
  });

  test('gives another digest when a target changes', () => {
    const changed = { ...sample, indicators: sample.indicators.map((each) => ({ ...each, target: '99' })) };
    expect(digestOf(planEvents(changed, '2026-03-01'))).not.toEqual(digestOf(planEvents(sample, '2026-03-01')));
  });

  test('has a digest that the stored entries give again', () => {
    const events = planEvents(sample, '2026-03-01');
    const stored = events.map((event) => decodeEntry(encodeEntry(makeEntry({ event }))).event as EventInit);
    expect(planDigest(stored)).toBe(planDigest(events));
  });

  test('makes a roster of counties one of named members', () => {
    expect(stateAfter(planEvents(sample, '2026-03-01')).rosters.get('each-county')?.members).toMatchObject([
      { member: 'YL-DQ', name: '东丘县', county: 'YL-DQ' },
      { member: 'YL-XZ', name: '西泽县', county: 'YL-XZ' },
      { member: 'YL-BY', name: '北原县', county: 'YL-BY' },
    ]);
  });

  test('adopts the rules it is told to in place of the files’', () => {
    const rules = [{ part: 'progress', version: 'v1', inForceFrom: '2024-01-01' }];
    const adopted = planEvents(sample, '2026-03-01', { rules }).filter((event) => event.case === 'rulesAdopted');
    expect(adopted.map(({ value }) => value)).toMatchObject(rules);
  });
});

describe('files against the ledger', () => {
  test('have no differences right after the import, for either plan', () => {
    for (const loaded of [sample, shipped('kaifeng-145')]) {
      const state = stateAfter(planEvents(loaded, '2026-03-01', { demo: true }));
      expect(differences(state, loaded)).toEqual([]);
      expect(state.loaded?.entries).toBe(state.position - 1);
    }
  });

  test('name a changed target, a new measure and a lost indicator', () => {
    const state = stateAfter(planEvents(sample, '2026-03-01'));
    const [first, ...others] = sample.items;
    const [schools, ...rest] = first?.measures ?? [];
    if (!first || !schools) throw new Error('the sample plan begins with a school measure');
    const changed: LoadedPlan = {
      ...sample,
      items: [{ ...first, measures: [{ ...schools, low: 25 }, ...rest, { ...schools, id: 'more' }] }, ...others],
      indicators: sample.indicators.slice(1),
    };
    expect(differences(state, changed)).toEqual([
      'measure B1-1.schools: low is "20" in the ledger, "25" in the files',
      'measure B1-1.more is in the files, not in the ledger',
      'indicator I01 is in the ledger, not in the files',
    ]);
  });

  test('stay as they were when documents change the plan', () => {
    const issued: EventInit = {
      case: 'planIssued',
      value: {
        document: '样政办〔2021〕3号',
        basis: '样政办〔2021〕3号',
        measures: [{ measure: 'B1-1.schools', low: '24' }],
      },
    };
    const adjusted: EventInit = {
      case: 'planAdjusted',
      value: { document: '样政〔2023〕9号', withdrawn: ['B2-1'], items: [{ item: 'T5-9' }] },
    };
    const later: EventInit = { case: 'weightSetApproved', value: { set: 'later', inForceFrom: '2026-01-01' } };
    const rules: EventInit = { case: 'rulesAdopted', value: { part: 'progress', version: 'v1' } };
    const before = stateAfter(planEvents(sample, '2026-03-01'));
    const changed = [issued, adjusted, later, rules].reduce((state, event) => after(state, { event }), before);
    expect(changed.measures.get('B1-1.schools')?.low).toBe('24');
    expect(differences(changed, sample)).toEqual([]);
    const edited = { ...sample, indicators: sample.indicators.slice(1) };
    expect(differences(changed, edited)).toEqual(['indicator I01 is in the ledger, not in the files']);
  });

  test('name a changed text', () => {
    const state = stateAfter(planEvents(sample, '2026-03-01'));
    const changed = { ...sample, source: { ...sample.source, digest: 'other' } };
    expect(differences(state, changed)).toEqual([expect.stringContaining('plan: textDigest is')]);
  });
});

describe('weight sets that ship with a plan', () => {
  const set = (id: string, weights: Record<string, number>) => ({ id, name: id, weights });
  const weighed: LoadedPlan = {
    ...sample,
    weightSets: [set('first', { 'B1-1': 10_000 }), set('second', { 'T5-1': 4_000, 'B2-1': 6_000 })],
  };
  const state = stateAfter(planEvents(weighed, '2026-03-01'));

  test('are recorded, in force from the period’s start; the last one of the file holds', () => {
    expect(state.weightSets).toMatchObject([
      { set: 'first', items: [{ code: 'B1-1', weight: 10_000 }], inForceFrom: '2021-01-01', document: '' },
      {
        ...{ set: 'second', measures: [], inForceFrom: '2021-01-01' },
        items: [
          { code: 'B2-1', weight: 6_000 },
          { code: 'T5-1', weight: 4_000 },
        ],
      },
    ]);
    expect(inForceOn(state.weightSets, '2021-01-01')?.set).toBe('second');
    expect(state.loaded?.entries).toBe(state.position - 1);
  });

  test('are part of what the files are held against', () => {
    expect(differences(state, weighed)).toEqual([]);
    expect(differences(state, sample)).toEqual([
      'weight set first is in the ledger, not in the files',
      'weight set second is in the ledger, not in the files',
    ]);
    const other = {
      ...weighed,
      weightSets: [set('first', { 'B1-1': 9_000, 'B1-2': 1_000 }), ...weighed.weightSets.slice(1)],
    };
    expect(differences(state, other)).toEqual([
      expect.stringMatching(/^weight set first: items is .* in the ledger, .*B1-2/),
    ]);
    // A set that was approved later is the ledger's alone.
    expect(
      differences(after(state, { event: { case: 'weightSetApproved', value: { set: 'later' } } }), weighed),
    ).toEqual([]);
  });

  test('change the digest of a plan that has them, and of no other', () => {
    expect(digestOf(planEvents(weighed, '2026-03-01'))).not.toEqual(digestOf(planEvents(sample, '2026-03-01')));
    expect(planEvents(sample, '2026-03-01').map((event) => event.case)).not.toContain('weightSetApproved');
  });
});
