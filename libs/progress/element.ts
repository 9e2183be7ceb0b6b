import {
  type ElementChange,
  type ElementName,
  ELEMENTS,
  type ElementStanding,
  type Standing,
} from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';

/** Of a kind that this program does not know: none. */
export const elementUnit = (kind: string): string =>
  Object.hasOwn(ELEMENTS, kind) ? ELEMENTS[kind as ElementName].unit : '';

/**
 * An element as clerks read of it: what kind it is, and its own name within the project where that says more. A kind that
 * this program does not know keeps its code.
 */
export function elementName({ kind, element }: Pick<ElementStanding, 'kind' | 'element'>): string {
  const name = Object.hasOwn(ELEMENTS, kind) ? ELEMENTS[kind as ElementName].name : kind;
  return element === kind || element === name ? name : `${name} ${element}`;
}

/**
 * The elements that were asked for by the end of `on`, each with the sums, the last days and the entries of what had
 * happened to it by then: what was given later was missing still.
 */
export function elementsOn({ elements }: Pick<Standing, 'elements'>, on: IsoDate): ElementStanding[] {
  return elements.flatMap((element) => {
    const changes = changesOf(element);
    const known = changes.filter((change) => change.on <= on);
    if (known.length === changes.length) return [element];
    const sums = { requested: 0n, allocated: 0n, used: 0n, allocatedOn: '', usedOn: '' };
    for (const change of known) {
      sums.requested += change.requested;
      sums.allocated += change.allocated;
      sums.used += change.used;
      if (change.allocated > 0n) sums.allocatedOn = change.on;
      if (change.used > 0n) sums.usedOn = change.on;
    }
    return known.length === 0 ? [] : [{ ...element, ...sums, entries: known.flatMap(({ entries }) => entries) }];
  });
}

/** One published before changes were: all of it counts from its last day, as far as that is known. */
export function changesOf(element: ElementStanding): Pick<ElementChange, Exclude<keyof ElementChange, '$typeName'>>[] {
  const { changes, requested, allocated, used, allocatedOn, usedOn, entries } = element;
  if (changes.length > 0) return changes;
  const nothing = { requested: 0n, allocated: 0n, used: 0n, entries: [] };
  return [
    { ...nothing, on: '', requested, entries },
    { ...nothing, on: allocatedOn, allocated },
    { ...nothing, on: usedOn, used },
  ];
}
