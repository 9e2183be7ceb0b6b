import { ELEMENT_KINDS, ELEMENTS, type Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { elementsOn } from './element.js';
import { type ElementSide, ELEMENT_SIDES, elementsNode } from './listed-node.js';
import { isOf, type Whose } from './project.js';
import type { Reading } from './reading.js';

/** What projects asked for of one kind, hold, and have used of it: whole numbers of its unit. */
export interface ElementSums extends Readonly<Record<ElementSide, { readonly node: string; readonly exact: string }>> {
  readonly kind: string;
  readonly name: string;
  readonly unit: string;
}

/**
 * 要素保障: demand beside what was allocated and what was used, by kind, of the projects that the reader may see. Those
 * flagged off-plan have no part in it. By the end of `on`, what was given back taken out.
 */
export function elementSums(
  { standings, on }: Pick<Reading, 'standings' | 'on'>,
  filter: Whose,
  visible: (standing: Standing) => boolean,
): ElementSums[] {
  const totals = new Map<string, Record<ElementSide, bigint>>();
  for (const standing of standings.values()) {
    if (standing.elements.length === 0 || standing.offPlan || !isOf(standing, filter) || !visible(standing)) continue;
    for (const element of elementsOn(standing, on)) {
      const total = totals.get(element.kind) ?? { requested: 0n, allocated: 0n, used: 0n };
      for (const side of ELEMENT_SIDES) total[side] += element[side];
      totals.set(element.kind, total);
    }
  }
  return ELEMENT_KINDS.flatMap((kind): ElementSums[] => {
    const total = totals.get(kind);
    if (!total) return [];
    const sum = (side: ElementSide) => ({ node: elementsNode({ kind, side, filter }), exact: total[side].toString() });
    const sums = { requested: sum('requested'), allocated: sum('allocated'), used: sum('used') };
    return [{ kind, ...ELEMENTS[kind], ...sums }];
  });
}

/** One project's part of such a sum. */
export const amountOf = (standing: Standing, kind: string, side: ElementSide, on: IsoDate): bigint =>
  elementsOn(standing, on).reduce((sum, each) => (each.kind === kind ? sum + each[side] : sum), 0n);
