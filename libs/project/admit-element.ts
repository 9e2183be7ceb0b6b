import type { ElementAllocated, ElementReleased, ElementRequested, ElementUsed, Event } from '@planledger/contracts';
import { isDate, type Rejection } from '@planledger/kernel';
import { type ElementState, elementUnit, heldOf, type ProjectState, unusedOf } from '@planledger/sectors/kit';
import { reject } from './command.js';

/**
 * The rules of elements (DOMAIN §3, DESIGN §1: 要素跟着项目走), for new entries and for later ones after a correction. A
 * project that `ended` asks for and gets nothing more; what it holds it still pays with and gives back.
 */
export function admitElement(state: ProjectState, event: Event, ended: Rejection | undefined): Rejection | undefined {
  switch (event.case) {
    case 'elementRequested':
      return ended ?? request(state, event.value);
    case 'elementAllocated':
      return ended ?? allocation(state, event.value);
    case 'elementUsed':
      return spending(state, event.value, 'ELEMENT_OVERUSED');
    case 'elementReleased':
      return spending(state, event.value, 'ELEMENT_OVER_RELEASED');
    default:
      return undefined;
  }
}

/** 规划外: it follows no item of the plan, so nothing of the plan follows it. */
const isOffPlan = ({ items }: ProjectState): boolean => items.size === 0;

function request(state: ProjectState, { element, needBy }: ElementRequested): Rejection | undefined {
  if (!isDate(needBy)) return reject('NO_SUCH_DAY', { date: needBy });
  const before = state.elements.get(element);
  return before && reject('ELEMENT_EXISTS', { element, on: before.asked.on });
}

function allocation(state: ProjectState, { element, quantity }: ElementAllocated): Rejection | undefined {
  const asked = state.elements.get(element);
  if (!asked) return reject('ELEMENT_UNKNOWN', { element });
  if (isOffPlan(state)) return reject('ELEMENT_OFF_PLAN');
  const held = heldOf(asked);
  if (held + quantity <= asked.requested) return undefined;
  const amounts = { requested: asked.requested.toString(), held: held.toString() };
  return reject('ELEMENT_OVER_ALLOCATED', { element, ...amounts, ...amountOf(asked, quantity) });
}

function spending(
  state: ProjectState,
  { element, quantity }: ElementUsed | ElementReleased,
  tooMuch: 'ELEMENT_OVERUSED' | 'ELEMENT_OVER_RELEASED',
): Rejection | undefined {
  const given = state.elements.get(element);
  if (!given) return reject('ELEMENT_UNKNOWN', { element });
  if (given.allocations.length === 0) return reject('ELEMENT_NOT_ALLOCATED', { element });
  const unused = unusedOf(given);
  if (quantity <= unused) return undefined;
  return reject(tooMuch, { element, unused: unused.toString(), ...amountOf(given, quantity) });
}

const amountOf = ({ kind }: ElementState, quantity: bigint) => ({
  ...{ quantity: quantity.toString(), unit: elementUnit(kind) },
});
