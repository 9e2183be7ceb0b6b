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

const DEEDS = [
  ...(['claim', 'report', 'deliver', 'state', 'revoke', 'accept', 'refuse', 'correct', 'retract'] as const),
  ...(['code', 'replace', 'flag', 'admit', 'reserve', 'leave', 'date', 'suspend', 'resume', 'end'] as const),
];

/** A step of a history that intake might have let in: `n` chooses among what stands. */
interface Step {
  readonly what: (typeof DEEDS)[number];
  readonly n: number;
}

const steps = fc.array(fc.record<Step>({ what: fc.constantFrom(...DEEDS), n: fc.nat(1_000) }), { maxLength: 30 });

/** What can be answered, corrected or retracted: everything but registration, B0 and the answers themselves. */
const SETTLED: readonly (Event['case'] | undefined)[] = [
  ...(['projectRegistered', 'projectLinkedToPlanItem', 'baselineSet', 'entryCorrected', 'entryRetracted'] as const),
  ...(['milestoneVerified', 'milestoneRejected', 'progressVerified', 'progressRejected'] as const),
  ...(['outputVerified', 'outputRejected'] as const),
];

const retracts = ({ event }: Entry, position: number): boolean =>
  event.case === 'entryRetracted' && event.value.entry === position;
const corrects = ({ event }: Entry, position: number): boolean =>
  event.case === 'entryCorrected' && event.value.entry === position;

/** Entries that can still be answered, corrected or retracted: intake refuses all three of one that was retracted. */
const open = ({ entries }: WrittenStream): Entry[] =>
  entries.filter(
    ({ position, event }) => !SETTLED.includes(event.case) && !entries.some((later) => retracts(later, position)),
  );

function answer({ entries }: WrittenStream, { position, event }: Entry, accepted: boolean): EventInit | undefined {
  if (event.case === 'milestoneClaimed') {
    const value = { milestone: event.value.milestone, unit: event.value.unit, claim: position };
    return accepted ? { case: 'milestoneVerified', value } : { case: 'milestoneRejected', value };
  }
  if (event.case === 'progressReported') {
    const value = { report: position };
    return accepted ? { case: 'progressVerified', value } : { case: 'progressRejected', value };
  }
  if (event.case !== 'outputDelivered' && event.case !== 'outputFactsStated') return undefined;
  const { unit, measure } = event.value;
  const delivery = entries.findLast(({ event: one }) => one.case === 'outputDelivered' && one.value.unit === unit);
  const statement = event.case === 'outputFactsStated' ? position : 0;
  const value = { unit, measure, delivery: statement ? (delivery?.position ?? 0) : position, statement };
  return accepted ? { case: 'outputVerified', value } : { case: 'outputRejected', value };
}

const ANSWERS: readonly Step['what'][] = ['accept', 'refuse'];

function write(given: readonly Step[]): WrittenStream {
  const written = beginProject(SECTOR, 'building');
  for (const { what, n } of given) {
    const unit = `u-${n % 3}`;
    const day = `2023-0${(n % 9) + 1}-01`;
    const standing = open(written);
    const chosen = standing[n % Math.max(1, standing.length)];
    const event =
      eventOf(what, n, unit, day) ??
      (chosen && ANSWERS.includes(what) ? answer(written, chosen, what === 'accept') : undefined);
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
    case 'code':
    case 'replace': {
      const replaces = what === 'replace' ? `c-${(n + 1) % 4}` : '';
      const value = { code: { kind: 'approval', value: `c-${n % 4}` }, validFrom: day, replaces };
      return { case: 'projectCodeBound', value };
    }
    case 'flag':
      return { case: 'offPlanFlagged', value: {} };
    case 'admit':
      return { case: 'offPlanAdmitted', value: { document: `文${n}` } };
    case 'reserve':
      return { case: 'reserveEntered', value: {} };
    case 'leave':
      return { case: 'reserveLeft', value: {} };
    case 'date':
      return { case: 'milestonePlanned', value: { milestone: 'start', unit, due: day } };
    case 'suspend':
      return { case: 'projectSuspended', value: {} };
    case 'resume':
      return { case: 'projectResumed', value: {} };
    case 'end':
      return n % 2
        ? { case: 'projectSplit', value: { into: ['p2', `p${n}`], document: `文${n}` } }
        : { case: 'projectMerged', value: { into: `p${n}`, document: `文${n}` } };
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
