import { type Entry, type EventInit, makeEntry } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Fact, Facts, Sector } from './sector.js';

/** A stream being written, entry by entry, as intake would have let it in. */
export interface WrittenStream {
  readonly stream: string;
  readonly entries: Entry[];
  /** Appends an entry and answers its position. */
  add(on: IsoDate, event: EventInit, reason?: string): number;
  /** What the entry at that position says, replaced. */
  correct(position: number, on: IsoDate, event: EventInit): number;
  retract(position: number): number;
}

/** Positions are far from versions, so that whoever mistakes the one for the other fails. */
const FIRST_POSITION = 101;
/** Other streams take the positions between. */
const POSITION_STEP = 3;

const TYPING_ERROR = 1;

export function writeStream(stream: string): WrittenStream {
  const entries: Entry[] = [];
  const add = (on: IsoDate, event: EventInit, reason = ''): number => {
    const position = FIRST_POSITION + entries.length * POSITION_STEP;
    const actor = { subject: 'clerk-1', unit: 'bureau-1', role: 'clerk' };
    entries.push(
      makeEntry({ plan: 'p', stream, version: entries.length + 1, position, occurredOn: on, actor, event, reason }),
    );
    return position;
  };
  return {
    stream,
    entries,
    add,
    correct: (entry, occurredOn, event) =>
      add(occurredOn, {
        case: 'entryCorrected',
        value: { entry, why: TYPING_ERROR, occurredOn, replacement: { event } },
      }),
    retract: (entry) => add('2024-12-31', { case: 'entryRetracted', value: { entry, why: TYPING_ERROR } }),
  };
}

export const DESIGNED = 1_000;

/** A registered project with its milestone plan. */
export function beginProject(sector: Sector, template: string, id = 'p-1'): WrittenStream {
  const written = writeStream(`project/${id}`);
  written.add('2021-03-01', {
    case: 'projectRegistered',
    value: { name: `项目${id}`, sector: sector.slug, county: '410221', unit: 'bureau-1', template },
  });
  written.add('2021-03-01', { case: 'projectLinkedToPlanItem', value: { item: 'X-1' } });
  const milestones = sector.templates[template]?.milestones ?? [];
  written.add('2021-03-02', {
    case: 'baselineSet',
    value: {
      milestones: milestones.map(({ code, type }) => ({
        milestone: code,
        due: '2024-06-30',
        designed: type === 'quantity' ? DESIGNED : 0,
      })),
      outputs: [{ measure: 'X-1.units', quantity: 2, due: '2024-06-30' }],
    },
  });
  return written;
}

export const factValues = (facts: Facts) =>
  Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, { value: factValue(fact) }]));

function factValue(fact: Fact) {
  if (typeof fact === 'number') return { case: 'number' as const, value: fact };
  if (typeof fact === 'string') return { case: 'text' as const, value: fact };
  return { case: 'truth' as const, value: fact };
}

export interface Delivery {
  readonly unit: string;
  readonly measure: string;
  readonly kind: string;
  readonly quantity: number;
  readonly facts: Facts;
  readonly member?: string;
}

export const delivered = ({ unit, measure, kind, quantity, facts, member = '' }: Delivery): EventInit => ({
  case: 'outputDelivered',
  value: { unit, unitName: `${unit}号`, measure, kind, quantity, member, facts: factValues(facts) },
});

export const claimed = (milestone: string, unit = ''): EventInit => ({
  case: 'milestoneClaimed',
  value: { milestone, unit },
});

export const progress = (done: Readonly<Record<string, number>>, completedYuan = 0n): EventInit => ({
  case: 'progressReported',
  value: {
    quantities: Object.entries(done).map(([milestone, amount]) => ({ milestone, done: amount })),
    completedYuan,
  },
});
