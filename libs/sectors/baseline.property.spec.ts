import { describe, expect, test } from '@jest/globals';
import type { ElementKind, Entry, EventInit } from '@planledger/contracts';
import { addDays } from '@planledger/kernel';
import fc from 'fast-check';
import { beginProject, claimed, progress, type WrittenStream } from './conformance-history.js';
import { evolveProject, foldProject, type ProjectState } from './project.js';
import { PENDING_REPORTS_MAX } from './reports.js';
import { OTHER_KIND, type Sector, STRUCTURE } from './sector.js';
import { standingOf } from './standing.js';

const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {} },
  templates: { building: { name: '样例', milestones: STRUCTURE } },
  unitKinds: { other: OTHER_KIND },
};
const RUNS = 500;
const CODES = STRUCTURE.map(({ code }) => code);

const KINDS = [
  ...['ask', 'allocate', 'use', 'release', 'report', 'claim', 'rebaseline', 'exempt'],
  ...['approve', 'refuse', 'approve', 'correct', 'retract'],
] as const;
interface Step {
  readonly what: (typeof KINDS)[number];
  readonly n: number;
}
const steps = fc.array(fc.record<Step>({ what: fc.constantFrom(...KINDS), n: fc.nat(1_000) }), { maxLength: 40 });

const CORRECTABLE = ['elementRequested', 'elementAllocated', 'elementUsed', 'elementReleased', 'progressReported'];
const ANSWERABLE = ['rebaselineRequested', 'milestoneExempted', 'progressReported'];

function eventOf({ what, n }: Step): EventInit | undefined {
  const [element, quantity] = [`e-${n % 3}`, BigInt(n)];
  switch (what) {
    case 'ask': {
      const kind = ((n % 7) + 1) as ElementKind;
      return { case: 'elementRequested', value: { element, kind, quantity, needBy: dayOf(n) } };
    }
    case 'allocate':
      return { case: 'elementAllocated', value: { element, quantity, document: `汴财〔2023〕${n}号` } };
    case 'use':
      return { case: 'elementUsed', value: { element, quantity } };
    case 'release':
      return { case: 'elementReleased', value: { element, quantity } };
    case 'report':
      return progress({ foundation: n }, BigInt(n));
    case 'claim':
      return claimed('start');
    case 'exempt':
      return { case: 'milestoneExempted', value: { milestone: CODES[n % CODES.length] ?? '' } };
    case 'rebaseline': {
      const milestones = CODES.map((milestone) => ({ milestone, due: dayOf(n), designed: n }));
      const baseline = { milestones, years: [{ year: 2023 + (n % 3), yuan: quantity }] };
      return { case: 'rebaselineRequested', value: { baseline, why: 1, estimateYuan: quantity, late: n % 2 === 0 } };
    }
    default:
      return undefined;
  }
}

const dayOf = (n: number): string => `202${3 + (n % 3)}-0${(n % 9) + 1}-01`;

function answerTo({ event, position }: Entry, approved: boolean): EventInit | undefined {
  const [request, report] = [{ request: position }, { report: position }];
  switch (event.case) {
    case 'rebaselineRequested':
      return approved
        ? { case: 'rebaselineApproved', value: { ...request, document: '文' } }
        : { case: 'rebaselineRefused', value: request };
    case 'milestoneExempted':
      return approved ? { case: 'exemptionApproved', value: request } : { case: 'exemptionRefused', value: request };
    case 'progressReported':
      return approved ? { case: 'progressVerified', value: report } : { case: 'progressRejected', value: report };
    default:
      return undefined;
  }
}

function write(given: readonly Step[]): WrittenStream {
  const written = beginProject(SECTOR, 'building');
  const one = (cases: readonly string[], n: number): Entry | undefined => {
    const found = written.entries.filter(({ event }) => cases.includes(event.case ?? ''));
    return found[n % Math.max(1, found.length)];
  };
  for (const step of given) {
    const { what, n } = step;
    const [answered, chosen] = [one(ANSWERABLE, n), one([...CORRECTABLE, ...ANSWERABLE], n)];
    const event = eventOf(step) ?? (answered && answerTo(answered, what === 'approve'));
    if (what === 'retract') {
      if (chosen) written.retract(chosen.position);
    } else if (what === 'correct') {
      if (chosen?.event.case && CORRECTABLE.includes(chosen.event.case)) {
        written.correct(chosen.position, dayOf(n + 1), chosen.event);
      }
    } else if (event) written.add(dayOf(n), event);
  }
  return written;
}

describe('whatever is asked, answered, given and used', () => {
  test('a project folded up to anywhere, and from there entry by entry, is the project folded from all of them', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (given, n) => {
        const { stream, entries } = write(given);
        const cut = n % (entries.length + 1);
        const step = (state: ProjectState, entry: Entry): ProjectState => {
          const next = evolveProject(state, entry);
          return next === 'refold' ? foldProject(stream, entries.slice(0, entry.version)) : next;
        };
        const state = entries.slice(cut).reduce(step, foldProject(stream, entries.slice(0, cut)));
        expect(state).toEqual(foldProject(stream, entries));
      }),
      { numRuns: RUNS },
    );
  });

  test('B0 never changes: its dates, its quantities, its yearly plan and its estimate', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const b0 = ({ stream, entries }: WrittenStream) => {
          const { milestones, designed, estimateB0, money } = standingOf(SECTOR, foldProject(stream, entries), 'p');
          return {
            due: milestones.map(({ due }) => due),
            designed,
            estimateB0,
            planned: money.map((m) => m.plannedB0),
          };
        };
        const [first, last] = [b0(write([])), b0(write(given))];
        expect({ ...last, planned: [] }).toEqual({ ...first, planned: [] });
        expect(last.planned.filter((yuan) => yuan !== 0n)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('every entry that its standing names is one of its own', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const { stream, entries } = write(given);
        const { elements, milestones } = standingOf(SECTOR, foldProject(stream, entries), 'p');
        const own = new Set(entries.map(({ position }) => position));
        const named = [...elements, ...milestones].flatMap((each) => each.entries);
        expect(named.filter((position) => !own.has(position))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

test('money by year ends where progress stands, year after year no less, and no more verified than claimed', () => {
  const reports = fc.array(
    fc.record({
      days: fc.nat(90),
      yuan: fc.nat(100),
      answer: fc.constantFrom('none', 'verify', 'refuse'),
      n: fc.nat(),
    }),
    { maxLength: PENDING_REPORTS_MAX },
  );
  fc.assert(
    fc.property(reports, (given) => {
      const written = beginProject(SECTOR, 'building');
      let [on, yuan] = ['2022-01-01', 0n];
      for (const { days, yuan: more, answer, n } of given) {
        [on, yuan] = [addDays(on, days), yuan + BigInt(more)];
        written.add(on, progress({}, yuan));
        const { pending } = foldProject(written.stream, written.entries).progress;
        const report = pending[n % pending.length]?.positions[0] ?? 0;
        if (answer === 'verify') written.add(on, { case: 'progressVerified', value: { report } });
        if (answer === 'refuse') written.add(on, { case: 'progressRejected', value: { report } });
      }
      const project = foldProject(written.stream, written.entries);
      const rows = standingOf(SECTOR, project, 'p').money;
      const { claimed: claim, verified: vouched } = project.progress;
      const last = rows.at(-1) ?? { claimed: 0n, verified: 0n };
      expect([last.claimed, last.verified]).toEqual([claim?.completedYuan ?? 0n, vouched?.completedYuan ?? 0n]);
      for (const [at, row] of rows.entries()) {
        const before = rows[at - 1] ?? { year: 0, claimed: 0n, verified: 0n };
        expect(row.year > before.year && row.claimed >= before.claimed && row.verified >= before.verified).toBe(true);
        expect(row.claimed >= row.verified).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
});
