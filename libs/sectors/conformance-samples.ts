import type { Entry } from '@planledger/contracts';
import type { IsoDate, Rejection } from '@planledger/kernel';
import fc from 'fast-check';
import { beginProject, claimed, delivered, progress, type WrittenStream } from './conformance-history.js';
import { foldProject, unitKey } from './project.js';
import { type Counting, type Fact, type Facts, type FactSpec, OTHER_KIND, type Sector } from './sector.js';

/** A delivered unit as the sector wants it, and what goes wrong when something of it is changed. */
export interface SampleUnit {
  /** Template of the project that delivers it. */
  readonly template: string;
  /** Of the plan, where the rules know it; any other name otherwise. */
  readonly measure?: string;
  readonly quantity?: number;
  readonly facts: Facts;
  /** Milestones that MUST be claimed before it counts, each with its day; without any one of them it waits. */
  readonly claims?: Readonly<Record<string, IsoDate>>;
  readonly countsFrom: IsoDate;
  /** Changes after which intake refuses it. */
  readonly refused?: readonly Changed[];
  /** Changes after which it is delivered, and waits. */
  readonly waits?: readonly Changed[];
}

export interface Changed {
  /** The code of the refusal or of the reason for waiting. */
  readonly code: string;
  /** Facts to replace; undefined leaves one out. */
  readonly facts?: Readonly<Record<string, Fact | undefined>>;
  readonly quantity?: number;
  readonly measure?: string;
  readonly template?: string;
  /** Milestones that are not claimed. */
  readonly unclaimed?: readonly string[];
  /** A unit that was delivered before it, of the same number and of quantity 1 unless it says another. */
  readonly beside?: {
    readonly kind: string;
    readonly facts: Facts;
    readonly unit?: string;
    readonly quantity?: number;
  };
}

/** The day on which every sample is delivered. */
export const DELIVERED_ON = '2023-06-30';
const UNIT = 'u-1';

const OTHER_SAMPLE: SampleUnit = { template: 'service', facts: {}, countsFrom: DELIVERED_ON };

export interface Sample extends SampleUnit {
  readonly kind: string;
  readonly measure: string;
  readonly quantity: number;
}

const asUnit = ({ measure, quantity, facts }: Sample) => ({ unit: UNIT, name: '样例单元', measure, quantity, facts });

export function change(sample: Sample, { facts = {}, ...rest }: Changed): Sample {
  const changed: Record<string, Fact> = {};
  for (const [name, fact] of Object.entries({ ...sample.facts, ...facts }))
    if (fact !== undefined) changed[name] = fact;
  const claims = Object.entries(sample.claims ?? {}).filter(([code]) => !rest.unclaimed?.includes(code));
  return {
    ...sample,
    template: rest.template ?? sample.template,
    measure: rest.measure ?? sample.measure,
    quantity: rest.quantity ?? sample.quantity,
    facts: changed,
    claims: Object.fromEntries(claims),
  };
}

/** A project that built, claimed and delivered the sample; `id` tells streams apart. */
export function deliver(sector: Sector, sample: Sample, id = 'p-1'): WrittenStream {
  const written = beginProject(sector, sample.template, id);
  for (const [code, on] of Object.entries(sample.claims ?? {})) written.add(on, claimed(code));
  written.add(DELIVERED_ON, delivered({ ...asUnit(sample), kind: sample.kind, member: 'm-1' }));
  return written;
}

export function countingOf(sector: Sector, sample: Sample): { counting: Counting; entries: Entry[] } {
  const { stream, entries } = deliver(sector, sample);
  const project = foldProject(stream, entries);
  const unit = project.units.get(unitKey(sample.measure, UNIT));
  const counting = unit && sector.unitKinds[sample.kind]?.countsFrom(unit, project);
  if (!counting) throw new Error(`${sample.kind} was not delivered`);
  return { counting, entries };
}

/** Intake's question of a sample, beside whatever its project delivered before. */
export function refusalOf(sector: Sector, sample: Sample, beside?: Changed['beside']): Rejection | undefined {
  const written = beginProject(sector, sample.template);
  if (beside) written.add(DELIVERED_ON, delivered({ unit: UNIT, measure: 'X-2.beside', quantity: 1, ...beside }));
  return sector.unitKinds[sample.kind]?.refuse(asUnit(sample), foldProject(written.stream, written.entries));
}

const optionalFact = (fact: fc.Arbitrary<Fact>, required: boolean): fc.Arbitrary<Fact | undefined> =>
  required ? fact : fc.option(fact, { nil: undefined });

function anyFact({ type, required, min = 0, max = 0, choices = {} }: FactSpec): fc.Arbitrary<Fact | undefined> {
  switch (type) {
    case 'number':
      // Small numbers beside all: rules compare facts with one another and with small limits.
      return optionalFact(
        fc.oneof(fc.integer({ min, max }), fc.integer({ min, max: Math.min(max, min + 60) })),
        required,
      );
    case 'text':
      return optionalFact(fc.constantFrom('甲', '91512081MA62K0260E', '2023年1号', '2005-06-30'), required);
    case 'date':
      return optionalFact(fc.constantFrom('2019-12-31', '2023-06-29', '2024-02-29'), required);
    case 'truth':
      return optionalFact(fc.boolean(), required);
    case 'choice':
      return optionalFact(fc.constantFrom(...Object.keys(choices)), required);
  }
}

export const anyFacts = (specs: Readonly<Record<string, FactSpec>>): fc.Arbitrary<Facts> =>
  fc
    .record(Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, anyFact(spec)])))
    .map((facts) =>
      Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]]))),
    );

/** A sample's whole life: works, a refused report, delivery, facts, answers, a corrected claim, a loss. */
export function lifeOf(sector: Sector, sample: Sample): WrittenStream {
  const written = deliver(sector, sample);
  const { entries, add } = written;
  const quantities = sector.templates[sample.template]?.milestones.filter(({ type }) => type === 'quantity') ?? [];
  const done = (amount: number) => progress(Object.fromEntries(quantities.map(({ code }) => [code, amount])), 10_000n);
  const first = add('2023-07-01', done(250));
  const second = add('2023-08-01', done(500));
  add('2023-08-02', { case: 'progressRejected', value: { report: second } }, '工程量单不符');
  add('2023-08-03', { case: 'progressVerified', value: { report: first } });
  const { measure } = sample;
  const delivery = entries.find(({ event }) => event.case === 'outputDelivered')?.position ?? 0;
  add('2023-08-04', { case: 'outputVerified', value: { unit: UNIT, measure, delivery } });
  const claim = entries.find(({ event }) => event.case === 'milestoneClaimed');
  if (claim?.event.case === 'milestoneClaimed') {
    const { milestone } = claim.event.value;
    add('2023-08-05', { case: 'milestoneVerified', value: { milestone, claim: claim.position } });
    written.correct(claim.position, '2023-01-15', claimed(milestone));
  }
  written.retract(second);
  add('2024-03-01', { case: 'outputRevoked', value: { unit: UNIT, measure, lostOn: '2024-02-28' } });
  add('2024-05-01', delivered({ ...asUnit(sample), kind: sample.kind, member: 'm-1' }));
  return written;
}

export const samplesOf = (sector: Sector, given: Readonly<Record<string, readonly SampleUnit[]>>): Sample[] =>
  Object.entries(sector.unitKinds).flatMap(([kind, rules]) =>
    (given[kind] ?? (rules === OTHER_KIND ? [OTHER_SAMPLE] : [])).map((sample) => ({
      measure: 'X-1.units',
      quantity: 1,
      ...sample,
      kind,
    })),
  );
