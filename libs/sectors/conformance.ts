import { describe, expect, test } from '@jest/globals';
import { encodeStanding, type Entry } from '@planledger/contracts';
import { fill, isDate, type Rejection } from '@planledger/kernel';
import { emptyPlan } from '@planledger/plan';
import fc from 'fast-check';
import {
  anyFacts,
  change,
  countingOf,
  deliver,
  lifeOf,
  refusalOf,
  samplesOf,
  type SampleUnit,
} from './conformance-samples.js';
import { emptyProject, evolveProject, foldProject, type ProjectState } from './project.js';
import { factViolations, type Sector } from './sector.js';
import { standingOf } from './standing.js';

const RUNS = 200;

const placeholders = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

/** Fails unless the refusal is of the catalogue and fills both of its sentences. */
function expectSentences(sector: Sector, { rejected, details }: Rejection): void {
  const sentences = sector.refusals[rejected];
  expect([rejected, sentences !== undefined]).toEqual([rejected, true]);
  for (const sentence of [sentences?.zh ?? '', sentences?.en ?? '']) {
    expect(fill(sentence, details)).not.toMatch(/[{}]|undefined|NaN/);
  }
}

/**
 * What every sector must be. `sampleUnits`: for each unit kind units that are accepted as they stand; together their
 * changes MUST reach every code of the sector's catalogue. Each is one that the sector's rules alone can judge: that the
 * same entry may come twice, or never, is the follower's concern and is tested there.
 */
export function sectorConformance(
  sector: Sector,
  { sampleUnits }: { readonly sampleUnits: Readonly<Record<string, readonly SampleUnit[]>> },
): void {
  const samples = samplesOf(sector, sampleUnits);

  describe(`${sector.slug} as a sector`, () => {
    test('names everything that people read', () => {
      const names = [
        sector.name,
        ...Object.values(sector.templates).flatMap(({ name, milestones }) => [
          name,
          ...milestones.map((one) => one.name),
        ]),
        ...Object.values(sector.unitKinds).flatMap(({ name, facts }) => [
          name,
          ...Object.values(facts).flatMap(({ label, choices = {} }) => [label, ...Object.values(choices)]),
        ]),
        ...Object.values(sector.views).flatMap(({ title, parameters }) => [title, ...Object.values(parameters)]),
      ];
      for (const name of names) expect(name).toMatch(/\p{Script=Han}/u);
      expect([sector.slug, sector.rules, ...Object.keys(sector.views)].join(' ')).toMatch(/^[a-z0-9 -]+$/);
    });

    test.each(Object.entries(sector.templates))(
      'template %s weighs 100 and starts once at most',
      (_name, { milestones }) => {
        const codes = milestones.map(({ code }) => code);
        expect(milestones.reduce((total, { weight }) => total + weight, 0)).toBe(100);
        expect(milestones.filter(({ weight }) => !Number.isInteger(weight) || weight <= 0)).toEqual([]);
        expect(new Set(codes).size).toBe(codes.length);
        for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(milestones.filter(({ type }) => type === 'start').length).toBeLessThanOrEqual(1);
        for (const { type, quantityUnit = '' } of milestones) expect(type === 'quantity').toBe(quantityUnit !== '');
      },
    );

    test.each(Object.entries(sector.refusals))('%s says the same in both languages', (code, { zh, en }) => {
      expect(code).toMatch(/^[A-Z]{3}(_[A-Z0-9]+)+$/);
      expect(zh).toMatch(/\p{Script=Han}.*。$/u);
      expect(en).toMatch(/^[{A-Z0-9].*\.$/);
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expect(new Set(placeholders(en))).toEqual(new Set(placeholders(zh)));
    });

    test('has a sample of every unit kind', () => {
      expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(Object.keys(sector.unitKinds)));
    });

    test('refuses at least five things, and no sentence of its catalogue is without a sample', () => {
      const refused = new Set(samples.flatMap((sample) => (sample.refused ?? []).map(({ code }) => code)));
      const waited = samples.flatMap((sample) => (sample.waits ?? []).map(({ code }) => code));
      expect(refused.size).toBeGreaterThanOrEqual(5);
      expect([...new Set([...refused, ...waited])].sort()).toEqual(Object.keys(sector.refusals).sort());
    });

    describe.each(samples.map((sample, index) => [`${sample.kind} ${index}`, sample] as const))(
      '%s',
      (_name, sample) => {
        const specs = sector.unitKinds[sample.kind]?.facts ?? {};

        test('fits its specs, and nothing else does', () => {
          expect(factViolations(specs, sample.facts)).toEqual([]);
          expect(factViolations(specs, { ...sample.facts, unheardOf: 1 })).toHaveLength(1);
          for (const [field, { required }] of Object.entries(specs)) {
            const { [field]: _left, ...without } = sample.facts;
            expect(factViolations(specs, without).map((problem) => problem.field)).toEqual(required ? [field] : []);
          }
        });

        test('is accepted, and counts from its day on, by entries of its project', () => {
          expect(refusalOf(sector, sample)).toBeUndefined();
          const { counting, entries } = countingOf(sector, sample);
          expect(counting).toMatchObject({ from: sample.countsFrom });
          const positions = new Set(entries.map(({ position }) => position));
          expect(counting.entries.filter((position) => !positions.has(position))).toEqual([]);
        });

        test('waits while any of its milestones is not claimed', () => {
          for (const code of Object.keys(sample.claims ?? {})) {
            const { counting } = countingOf(sector, change(sample, { code, unclaimed: [code] }));
            const reason = 'waitingFor' in counting ? counting.waitingFor : '';
            expect([code, Object.keys(sector.refusals).includes(reason)]).toEqual([code, true]);
          }
        });

        for (const changed of sample.refused ?? []) {
          test(`refused: ${changed.code}`, () => {
            const { code } = changed;
            const altered = change(sample, changed);
            // A refusal of the sector is one on facts that fit: what does not fit never reaches it.
            expect(factViolations(specs, altered.facts)).toEqual([]);
            const refusal = refusalOf(sector, altered, changed.beside);
            expect(refusal?.rejected).toBe(code);
            if (refusal) expectSentences(sector, refusal);
          });
        }

        for (const changed of sample.waits ?? []) {
          test(`waits: ${changed.code}`, () => {
            const { code } = changed;
            const altered = change(sample, changed);
            expect(factViolations(specs, altered.facts)).toEqual([]);
            expect(refusalOf(sector, altered)).toBeUndefined();
            expect(countingOf(sector, altered).counting).toMatchObject({ waitingFor: code });
          });
        }

        test('whatever fits its specs is accepted or refused with a sentence, and counts from a day or waits with one', () => {
          const milestones =
            sector.templates[sample.template]?.milestones.filter(({ type }) => type !== 'quantity') ?? [];
          const claims = fc.subarray(milestones.map(({ code }) => [code, '2023-05-05'] as const));
          fc.assert(
            fc.property(anyFacts(specs), fc.integer({ min: 1, max: 60 }), claims, (facts, quantity, reached) => {
              const altered = { ...sample, facts, quantity, claims: Object.fromEntries(reached) };
              expect(factViolations(specs, facts)).toEqual([]);
              const refusal = refusalOf(sector, altered);
              if (refusal) expectSentences(sector, refusal);
              const { counting } = countingOf(sector, altered);
              if ('from' in counting) expect(isDate(counting.from)).toBe(true);
              else expectSentences(sector, { rejected: counting.waitingFor, details: {} });
            }),
            { numRuns: RUNS },
          );
        });

        test('stands the same however its history is cut, and when it is rebuilt', () => {
          const { stream, entries } = lifeOf(sector, sample);
          const whole = foldProject(stream, entries);
          const standing = (state: ProjectState): string =>
            Buffer.from(encodeStanding(standingOf(sector, state, 'p'))).toString('hex');
          const step = (state: ProjectState, entry: Entry): ProjectState => {
            const next = evolveProject(state, entry);
            return next === 'refold' ? foldProject(stream, entries.slice(0, entry.version)) : next;
          };
          for (let cut = 0; cut <= entries.length; cut++) {
            const before = cut === 0 ? emptyProject(stream) : foldProject(stream, entries.slice(0, cut));
            const state = entries.slice(cut).reduce(step, before);
            expect(state).toEqual(whole);
            expect(standing(state)).toBe(standing(whole));
          }
          expect(standing(whole)).not.toBe(standing(emptyProject(stream)));
        });
      },
    );

    test.each(Object.entries(sector.views))(
      'view %s answers the same twice and changes nothing it is given',
      (_name, view) => {
        const histories = samples.map((sample, index) => deliver(sector, sample, `p-${index}`));
        const states = histories.map(({ stream, entries }) => foldProject(stream, entries));
        const before = structuredClone(states);
        const rows = states.flatMap((state) => view.rows(state));
        expect(rows.length).toBeGreaterThan(0);
        expect(states.flatMap((state) => view.rows(state))).toEqual(rows);
        expect(states).toEqual(before);
        // A document a stream is stored: what JSON cannot hold would be lost.
        const stored: unknown = JSON.parse(JSON.stringify(rows));
        expect(stored).toEqual(rows);
        const answer: unknown = view.answer(rows, emptyPlan, {});
        expect(rows).toEqual(stored);
        expect(view.answer(rows, emptyPlan, {})).toEqual(answer);
        expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      },
    );
  });
}
