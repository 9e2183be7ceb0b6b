import {
  ELEMENT_KINDS,
  type ElementChange,
  type ElementKind,
  type ElementName,
  type ElementRequested,
  ELEMENTS,
  type ElementStanding,
  type Event,
} from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Happening } from './project.js';

/** What a project needs from others before it can be built and run (要素), by element. */
export interface ProjectElements {
  readonly elements: ReadonlyMap<string, ElementState>;
}

/**
 * One element of a project: asked for once, given and used in parts. Of funds requested is planned, allocated is 到位 and
 * used is 支付. Quantities are whole numbers in the unit of the kind (elementUnit), each summed over its life.
 */
export interface ElementState {
  readonly element: string;
  readonly kind: ElementKind;
  /** 资金: 中央预算内, 专项债 …; else what it is for. */
  readonly source: string;
  readonly needBy: IsoDate;
  readonly requested: bigint;
  /** Given, what was given back included. */
  readonly allocated: bigint;
  readonly used: bigint;
  readonly released: bigint;
  readonly asked: Happening;
  /** In the order of the ledger. */
  readonly allocations: readonly Allocation[];
  /** The latest day on which some of it was used; empty where none was. */
  readonly usedOn: IsoDate;
  /** Of every entry about it. */
  readonly positions: readonly number[];
  /** Given, used or given back, in the order of the ledger. */
  readonly supplies: readonly Supply[];
}

/** What one entry changed of what the project holds (less, where it gave back) or has used. */
export interface Supply extends Happening {
  readonly held: bigint;
  readonly used: bigint;
}

export interface Allocation extends Happening {
  readonly quantity: bigint;
  /** 文号 */
  readonly document: string;
}

export const NO_ELEMENTS: ProjectElements = { elements: new Map() };

const nameOf = (kind: ElementKind): ElementName | undefined => ELEMENT_KINDS[kind - 1];
export const elementKind = (kind: ElementKind): string => nameOf(kind) ?? '';
export function elementUnit(kind: ElementKind): string {
  const name = nameOf(kind);
  return name ? ELEMENTS[name].unit : '';
}

/** What the project holds of it: given and not given back, used or not. */
export const heldOf = ({ allocated, released }: ElementState): bigint => allocated - released;

/** What it holds and has not used: all that may still be used or given back. */
export const unusedOf = (element: ElementState): bigint => heldOf(element) - element.used;

/** The next state after an event about an element; any other, or one about what nobody asked for, changes nothing. */
export function foldElements<State extends ProjectElements>(state: State, event: Event, happening: Happening): State {
  switch (event.case) {
    case 'elementRequested':
      return put(state, requested(event.value, happening));
    case 'elementAllocated':
    case 'elementUsed':
    case 'elementReleased': {
      const before = state.elements.get(event.value.element);
      return before ? put(state, supplied(before, event, happening)) : state;
    }
    default:
      return state;
  }
}

const put = <State extends ProjectElements>(state: State, element: ElementState): State => ({
  ...state,
  elements: new Map(state.elements).set(element.element, element),
});

const requested = ({ element, kind, quantity, needBy, source }: ElementRequested, asked: Happening): ElementState => ({
  ...{ element, kind, source, needBy, requested: quantity, allocated: 0n, used: 0n, released: 0n },
  ...{ asked, allocations: [], usedOn: '', positions: asked.positions, supplies: [] },
});

type Supplied = Extract<Event, { case: 'elementAllocated' | 'elementUsed' | 'elementReleased' }>;

function supplied(before: ElementState, event: Supplied, happening: Happening): ElementState {
  const positions = [...before.positions, ...happening.positions];
  const { quantity } = event.value;
  const supplies = (held: bigint, used = 0n): Supply[] => [...before.supplies, { ...happening, held, used }];
  switch (event.case) {
    case 'elementAllocated': {
      const allocations = [...before.allocations, { ...happening, quantity, document: event.value.document }];
      const allocated = before.allocated + quantity;
      return { ...before, allocated, allocations, positions, supplies: supplies(quantity) };
    }
    case 'elementUsed': {
      const usedOn = happening.on > before.usedOn ? happening.on : before.usedOn;
      return { ...before, used: before.used + quantity, usedOn, positions, supplies: supplies(0n, quantity) };
    }
    case 'elementReleased':
      return { ...before, released: before.released + quantity, positions, supplies: supplies(-quantity) };
  }
}

/** The elements as the project's standing publishes them: `allocated` is what it holds, what was given back is out. */
export const elementStandings = ({ elements }: ProjectElements): ElementStanding[] =>
  [...elements.values()].map((each): ElementStanding => {
    let allocatedOn = '';
    for (const { on } of each.allocations) if (on > allocatedOn) allocatedOn = on;
    return {
      $typeName: 'planledger.v1.ElementStanding',
      element: each.element,
      kind: elementKind(each.kind),
      requested: each.requested,
      allocated: heldOf(each),
      used: each.used,
      needBy: each.needBy,
      allocatedOn,
      usedOn: each.usedOn,
      entries: [...each.positions],
      changes: changesOf(each),
    };
  });

/** By day; the sort leaves those of one day in the order of the ledger. */
const changesOf = ({ asked, requested: quantity, supplies }: ElementState): ElementChange[] =>
  [changeOf(asked, quantity), ...supplies.map((each) => changeOf(each, 0n, each.held, each.used))].sort((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  );

const changeOf = ({ on, positions }: Happening, requested: bigint, allocated = 0n, used = 0n): ElementChange => ({
  ...{ $typeName: 'planledger.v1.ElementChange', on, requested, allocated, used, entries: [...positions] },
});
