import { describe, expect, test } from '@jest/globals';
import { makeEntry } from '@planledger/contracts';
import { type Fraction, fraction, subtract, toText } from '@planledger/kernel';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import fc from 'fast-check';
import { beginProject, claimed, delivered, factValues } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Facts } from '../sector.js';
import { elderlyCare } from './definition.js';
import { baseBeds, nursingShare } from './views.js';

const FILED = { handover: '2023-02-01', filing: '2023-04-01' };
const UNIT = { unit: 'u-1', measure: 'B5-1.homes' };
const PUBLIC = { category: 'town-home', fireAccepted: true, filingNumber: '1', model: 'public' };

function home(id: string, facts: Facts, claims: Readonly<Record<string, string>> = FILED) {
  const { stream, entries, add } = beginProject(elderlyCare, 'building', id);
  for (const [code, on] of Object.entries(claims)) add(on, claimed(code));
  const delivery = add('2023-06-30', delivered({ ...UNIT, kind: 'home', quantity: 1, facts }));
  return { add, delivery, fold: (): ProjectState => foldProject(stream, entries) };
}

interface Answer {
  readonly implied: { readonly share: string };
  readonly projects: readonly { readonly effect: string }[];
}

/** Reads what toText wrote. */
const exact = (text: string): Fraction => {
  const [n = '', d = '1'] = text.split('/');
  return fraction(BigInt(n), BigInt(d));
};

describe('the nursing-bed share', () => {
  const plan: PlanState = [
    { indicator: 'I18', baseline: '43.9', target: '55' },
    { indicator: 'I20', baseline: '16582', target: '35300' },
  ].reduce(
    (state, value, index) =>
      foldPlan(state, makeEntry({ stream: 'plan', position: index + 1, event: { case: 'indicatorDefined', value } })),
    emptyPlan,
  );
  const answer = (projects: readonly ProjectState[], question: Readonly<Record<string, string>> = {}) =>
    nursingShare.answer(projects.flatMap(nursingShare.rows), plan, question) as Answer;

  test('starts from 7,280 of 16,582 beds, of which 12,135 nursing beds are missing to the plan’s total', () => {
    expect(baseBeds(plan)).toEqual({ beds: 16582, nursing: 7280 });
    expect(answer([])).toMatchObject({
      implied: { nursing: 7280, beds: 16582, share: '3640/8291', percent: '43.90' },
      target: { percent: '55.0', distancePoints: '-11.097', nursingBedsNeededAtPlannedTotal: 12135 },
      projects: [],
    });
    const delivered100 = home('a', { ...PUBLIC, beds: 150, nursingBeds: 100 }).fold();
    expect(answer([delivered100])).toMatchObject({ target: { nursingBedsNeededAtPlannedTotal: 12035 } });
  });

  test('falls by a project of ordinary beds and rises by one of nursing beds, in exact fractions', () => {
    const ordinary = home('ordinary', { ...PUBLIC, beds: 418, nursingBeds: 0 }).fold();
    expect(answer([ordinary])).toMatchObject({
      implied: { nursing: 7280, beds: 17000, share: '182/425', percent: '42.82' },
      projects: [{ stream: 'project/ordinary', effect: '-38038/3523675', effectPoints: '-1.079' }],
    });
    const nursing = home('nursing', { ...PUBLIC, beds: 418, nursingBeds: 418 }).fold();
    expect(answer([nursing])).toMatchObject({ implied: { beds: 17000, share: '3849/8500' } });
    expect(answer([nursing, ordinary])).toMatchObject({
      implied: { nursing: 7698, beds: 17418 },
      projects: [{ effectPoints: '1.372' }, { effectPoints: '-1.087' }],
    });
  });

  test('a project’s effect is what would be missing without it', () => {
    const counts = fc.record({ beds: fc.integer({ min: 1, max: 900 }), nursing: fc.nat(900) });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 5 }), (given) => {
        const projects = given.map(({ beds, nursing }, index) =>
          home(`h${index}`, { ...PUBLIC, beds, nursingBeds: Math.min(beds, nursing) }).fold(),
        );
        const all = answer(projects);
        for (const [index, project] of projects.entries()) {
          const without = answer(projects.filter((other) => other !== project));
          expect(all.projects[index]?.effect).toBe(
            toText(subtract(exact(all.implied.share), exact(without.implied.share))),
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a home that waits is shown with what it will do, and does nothing yet', () => {
    const waiting = home('w', { ...PUBLIC, beds: 418, nursingBeds: 0 }, { handover: '2023-02-01' }).fold();
    expect(answer([waiting])).toMatchObject({
      implied: { beds: 16582 },
      projects: [
        {
          ...{ effectPoints: '0.000', expectedPoints: '-1.079', waiting: { beds: 418, nursing: 0 } },
          ...{ project: '项目w', county: '410221', homes: [{ waitingFor: 'ELD_NOT_FILED' }] },
        },
      ],
    });
    const better = home('w', { ...PUBLIC, beds: 418, nursingBeds: 418 }, { handover: '2023-02-01' }).fold();
    expect(answer([better])).toMatchObject({ projects: [{ expectedPoints: '1.379' }] });
  });

  test('has the beds of a home once, however many measures it is delivered for', () => {
    const facts = { ...PUBLIC, beds: 100, nursingBeds: 60 };
    const { add, fold } = home('a', facts);
    add('2023-06-30', delivered({ unit: 'u-1', measure: 'T7-2.homes', kind: 'home', quantity: 1, facts }));
    expect(answer([fold()])).toMatchObject({ counted: { beds: 100, nursing: 60 } });
  });

  test('of verified homes leaves the others out', () => {
    const { add, delivery, fold } = home('v', { ...PUBLIC, beds: 100, nursingBeds: 100 });
    const unverified = home('u', { ...PUBLIC, beds: 500, nursingBeds: 0 }).fold();
    add('2023-08-01', { case: 'outputVerified', value: { ...UNIT, delivery } });
    expect(answer([fold(), unverified], { basis: 'verified' })).toMatchObject({
      counted: { beds: 100, nursing: 100 },
      projects: [{ stream: 'project/v' }],
    });
    expect(answer([fold(), unverified])).toMatchObject({ counted: { beds: 600 } });
  });

  test('counts beds turned into nursing beds later, and is never cut by county', () => {
    const { add, fold } = home('a', { ...PUBLIC, beds: 100, nursingBeds: 10 });
    const facts = factValues({ nursingBeds: 90 });
    add('2024-01-02', { case: 'outputFactsStated', value: { ...UNIT, since: '2024-01-01', facts } });
    expect(answer([fold()], { county: '410222' })).toMatchObject({ counted: { beds: 100, nursing: 90 }, projects: [] });
  });

  test('below its target is never shown as the target', () => {
    // 11,384 of 20,700 are 54.995 %: rounded to two places they would read 55.00.
    const near = home('n', { ...PUBLIC, beds: 4_118, nursingBeds: 4_104 }).fold();
    expect(answer([near])).toMatchObject({
      implied: { nursing: 11384, beds: 20700, percent: '54.99' },
      target: { nursingBedsNeeded: 3 },
    });
    const met = home('n', { ...PUBLIC, beds: 4_118, nursingBeds: 4_105 }).fold();
    expect(answer([met])).toMatchObject({ implied: { percent: '55.00' }, target: { nursingBedsNeeded: 0 } });
  });

  test('has no figure where the plan gives no base', () => {
    expect(nursingShare.answer([], emptyPlan, {})).toMatchObject({ base: null });
    const half = { ...plan, indicators: new Map([...plan.indicators].slice(0, 1)) };
    expect(nursingShare.answer([], half, {})).toMatchObject({ base: null });
  });
});
