import type { Standing } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import { ELEMENTS, type ElementKind, elementName, elementsOn } from './element.js';
import type { Explanation } from './explanation.js';
import { asked, explanation, input, type Question, quantityChild } from './explaining.js';
import { type ElementSide, elementsNode, type FilterTexts, type ListedNode } from './listed-node.js';
import { pageOf, placeOf } from './page.js';
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
  reading: Pick<Reading, 'standings' | 'on'>,
  filter: Pick<FilterTexts, 'sector' | 'county' | 'unit'>,
  visible: (standing: Standing) => boolean,
): ElementSums[] {
  const found = ofPlan(reading, filter, visible);
  return (Object.keys(ELEMENTS) as ElementKind[]).flatMap((kind): ElementSums[] => {
    const asking = found.filter((standing) => elementsOn(standing, reading.on).some((each) => each.kind === kind));
    if (asking.length === 0) return [];
    const sum = (side: ElementSide) => {
      const total = asking.reduce((before, standing) => before + amountOf(standing, kind, side, reading.on), 0n);
      return { node: elementsNode({ kind, side, filter }), exact: total.toString() };
    };
    return [
      {
        ...{ kind, ...ELEMENTS[kind] },
        ...{ requested: sum('requested'), allocated: sum('allocated'), used: sum('used') },
      },
    ];
  });
}

const ofPlan = (
  reading: Pick<Reading, 'standings' | 'on'>,
  filter: FilterTexts,
  visible: (standing: Standing) => boolean,
): Standing[] => {
  const holds = (wanted: string | undefined, own: string): boolean => wanted === undefined || wanted === own;
  return [...reading.standings.values()].filter(
    (each) =>
      each.elements.length > 0 &&
      !each.offPlan &&
      holds(filter.sector, each.sector) &&
      holds(filter.county, each.county) &&
      holds(filter.unit, each.unit) &&
      visible(each),
  );
};

const amountOf = (standing: Standing, kind: string, side: ElementSide, on: string): bigint =>
  elementsOn(standing, on).reduce((sum, each) => (each.kind === kind ? sum + each[side] : sum), 0n);

const SIDE_NAMES: Readonly<Record<ElementSide, string>> = { requested: '需求', allocated: '已落实', used: '已使用' };

/** Of all projects, one by one; or of one project, its elements by their entries. */
export function explainElements(
  question: Question,
  node: Extract<ListedNode, { listed: 'elements' }>,
): Explanation | undefined {
  const { kind, side, filter, stream } = node;
  const { reading, visible } = question;
  const { unit } = ELEMENTS[kind];
  const name = `${ELEMENTS[kind].name} ${SIDE_NAMES[side]}`;
  if (stream !== undefined) {
    const standing = reading.standings.get(stream);
    if (!standing) return undefined;
    const own = elementsOn(standing, reading.on).filter((each) => each.kind === kind);
    const inputs = own.map((each) => input(each.element, elementName(each), fraction(each[side]), unit));
    return explanation(question, elementsNode(node), `${standing.name} ${name}`, {
      ...{ value: fraction(amountOf(standing, kind, side, reading.on)), share: false, rule: 'total', inputs },
      text: '该项目此类要素之和；退回的已扣除',
      entries: own.flatMap(({ entries }) => entries),
    });
  }
  const found = ofPlan(reading, filter, visible).filter((each) => amountOf(each, kind, side, reading.on) !== 0n);
  found.sort((a, b) => (a.stream < b.stream ? -1 : 1));
  const total = found.reduce((sum, each) => sum + amountOf(each, kind, side, reading.on), 0n);
  const from = placeOf(question.after)?.stream ?? '';
  const streams = found.map((each) => each.stream).filter((each) => each >= from);
  const { shown, page } = pageOf(question, streams, found.length, (each) => {
    const amount = fraction(amountOf(each, kind, side, reading.on));
    const child = quantityChild(elementsNode({ kind, side, filter: {}, stream: each.stream }), each.name, amount);
    return [{ unit: '', child }];
  });
  return explanation(question, elementsNode(node), name, {
    ...{ value: fraction(total), share: false, rule: 'sum', children: shown, page },
    text: `读者可见、未标规划外的各项目之和，以${unit}计；退回的已扣除`,
    inputs: asked(filter),
  });
}
