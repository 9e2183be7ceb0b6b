import { describe, expect, test } from '@jest/globals';
import { answeredPosition, type Entry, type Event, type EventInit } from '@planledger/contracts';
import { compare, ONE, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import { beginProject, claimed, delivered, factValues, progress, type WrittenStream } from './conformance-history.js';
import { emptyProject, evolveProject, foldProject, type ProjectState } from './project.js';
import { OTHER_KIND, type Sector, STRUCTURE } from './sector.js';
import { projectProgress, standingOf } from './standing.js';

const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {} },
  templates: { building: { name: '样例', milestones: STRUCTURE } },
  unitKinds: { other: OTHER_KIND },
};
const RUNS = 500;

/** A step of a history that intake might have let in: `n` chooses among what stands. */
interface Step {
  readonly what: 'claim' | 'report' | 'deliver' | 'state' | 'accept' | 'refuse' | 'revoke' | 'correct' | 'retract';
  readonly n: number;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('claim', 'report', 'deliver', 'state', 'accept', 'refuse', 'revoke', 'correct', 'retract'),
    n: fc.nat(1_000),
  }),
  { maxLength: 30 },
);

const CORRECTABLE: readonly (Event['case'] | undefined)[] = [
  'milestoneClaimed',
  'progressReported',
  'outputDelivered',
  'outputRevoked',
];

const retracts = ({ event }: Entry, position: number): boolean =>
  event.case === 'entryRetracted' && event.value.entry === position;
const corrects = ({ event }: Entry, position: number): boolean =>
  event.case === 'entryCorrected' && event.value.entry === position;

/** Entries that can still be answered, corrected or retracted: intake refuses all three of one that was retracted. */
const open = ({ entries }: WrittenStream): Entry[] =>
  entries.filter(
    ({ position, event }) => CORRECTABLE.includes(event.case) && !entries.some((later) => retracts(later, position)),
  );

function answer({ position, event }: Entry, accepted: boolean): EventInit | undefined {
  if (event.case === 'milestoneClaimed') {
    const value = { milestone: event.value.milestone, unit: event.value.unit, claim: position };
    return accepted ? { case: 'milestoneVerified', value } : { case: 'milestoneRejected', value };
  }
  if (event.case === 'progressReported') {
    const value = { report: position };
    return accepted ? { case: 'progressVerified', value } : { case: 'progressRejected', value };
  }
  if (event.case !== 'outputDelivered') return undefined;
  const value = { unit: event.value.unit, measure: event.value.measure, delivery: position };
  return accepted ? { case: 'outputVerified', value } : { case: 'outputRejected', value };
}

function write(given: readonly Step[]): WrittenStream {
  const written = beginProject(SECTOR, 'building');
  for (const { what, n } of given) {
    const unit = `u-${n % 3}`;
    const day = `2023-0${(n % 9) + 1}-01`;
    const standing = open(written);
    const chosen = standing[n % Math.max(1, standing.length)];
    const event = eventOf(what, n, unit, day) ?? (chosen && answer(chosen, what === 'accept'));
    if (chosen && what === 'retract') written.retract(chosen.position);
    else if (chosen?.event.case && what === 'correct') written.correct(chosen.position, day, chosen.event);
    else if (event && what !== 'retract' && what !== 'correct') written.add(day, event);
  }
  return written;
}

function eventOf(what: Step['what'], n: number, unit: string, day: string): EventInit | undefined {
  switch (what) {
    case 'claim':
      return claimed('start', n % 2 ? '' : unit);
    case 'report':
      return progress({ foundation: n });
    case 'deliver':
      return delivered({ unit, measure: 'm', kind: 'other', quantity: n, facts: {} });
    case 'revoke':
      return { case: 'outputRevoked', value: { unit, measure: 'm', lostOn: day } };
    case 'state':
      return { case: 'outputFactsStated', value: { unit, measure: 'm', since: day, facts: factValues({ n }) } };
    case 'accept':
    case 'refuse':
    case 'correct':
    case 'retract':
      return undefined;
  }
}

describe('whatever its history', () => {
  test('a project folded entry by entry is the project folded from all of them', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { stream, entries } = write(given);
        const step = (state: ProjectState, entry: Entry): ProjectState => {
          const next = evolveProject(state, entry);
          return next === 'refold' ? foldProject(stream, entries.slice(0, entry.version)) : next;
        };
        expect(entries.reduce(step, emptyProject(stream))).toEqual(foldProject(stream, entries));
      }),
      { numRuns: RUNS },
    );
  });

  test('what is retracted leaves no trace, nor do the answers to it', () => {
    fc.assert(
      fc.property(steps, fc.nat(1_000), (given, n) => {
        const written = write(given);
        const standing = open(written);
        const chosen = standing[n % Math.max(1, standing.length)];
        fc.pre(chosen !== undefined);
        const { position } = chosen;
        const never = written.entries.filter((entry) => {
          const answers = entry.event.case !== undefined && answeredPosition(entry.event) === position;
          return entry !== chosen && !answers && !corrects(entry, position);
        });
        const unseen = { version: 0, position: 0 };
        const before = { ...foldProject(written.stream, never), ...unseen };
        written.retract(position);
        expect({ ...foldProject(written.stream, written.entries), ...unseen }).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  test('its progress lies in [0, 1], and every entry that its standing names is one of its own', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { stream, entries } = write(given);
        const project = foldProject(stream, entries);
        for (const confidence of ['claimed', 'verified'] as const) {
          const share = projectProgress(SECTOR, project, confidence) ?? ZERO;
          expect([compare(share, ZERO) >= 0, compare(share, ONE) <= 0]).toEqual([true, true]);
        }
        const { contributions, uncounted, milestones } = standingOf(SECTOR, project, 'p');
        const named = [...contributions, ...uncounted, ...milestones].flatMap((one) => one.entries);
        const own = new Set(entries.map(({ position }) => position));
        expect(named.filter((position) => !own.has(position))).toEqual([]);
        for (const { from, until } of contributions) expect(until === '' || from < until).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
