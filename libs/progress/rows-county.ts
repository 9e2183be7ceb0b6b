import { toText } from '@planledger/kernel';
import type { CountedRow, CountyItemRow, CountyRow } from './answer-rows.js';
import { type Both, figureQuad } from './both.js';
import { countedOn } from './cells.js';
import { countyItems, countyItemShare, countyMeasure, countyShare, countyTarget } from './county.js';
import { figure, type FigureQuad } from './figure.js';
import { countyItemNode, countyMeasureNode } from './node.js';

/** A county has figures where targets were decomposed to it; what was counted there stands beside. */
export const countyRows = (both: Both): CountyRow[] =>
  [...both.b0.reading.plan.counties.values()].map(({ code, name }) => ({
    ...{ kind: 'county', node: `county/${code}`, code, name },
    figures: figureQuad(both, ({ reading }, confidence) => {
      const { value, whyNull } = countyShare(reading, code, confidence);
      return figure(`county/${code}`, value, whyNull);
    }),
    decomposed: itemsIn(both, code),
    counted: countedIn(both, code),
  }));

function itemsIn(both: Both, county: string): CountyItemRow[] {
  const [b0, current] = [both.b0, both.current].map(({ reading }) => countyItems(reading, county, 'verified'));
  const items = new Map([...(current ?? []), ...(b0 ?? [])].map(({ item }) => [item.item, item]));
  return [...items.values()].map(({ item, name }) => {
    const node = countyItemNode(county, item);
    const quad = figureQuad(both, ({ reading }, confidence) => {
      const held = reading.base.items.get(item);
      return figure(
        node,
        held ? countyItemShare(reading, held, county, confidence) : null,
        held ? 'undecomposed' : 'absent',
      );
    });
    return { node, item, name, figures: quad };
  });
}

function countedIn(both: Both, county: string): CountedRow[] {
  const { plan, cells, on } = both.b0.reading;
  const measures = new Map([...plan.measures, ...plan.b0.measures]);
  return [...measures.values()].flatMap(({ measure, name, unit }) => {
    const claimed = countedOn(cells, measure, 'claimed', on, county);
    const verified = countedOn(cells, measure, 'verified', on, county);
    const target = countyTarget(both.b0.reading, measure, county);
    if (claimed === 0 && verified === 0 && !target) return [];
    const node = countyMeasureNode(county, measure);
    const quad = shares(both, node, county, measure);
    return [{ node, measure, name, unit, claimed, verified, target: target && toText(target), figures: quad }];
  });
}

const shares = (both: Both, node: string, county: string, measure: string): FigureQuad =>
  figureQuad(both, ({ reading }, confidence) => {
    const held = reading.base.measures.get(measure);
    const c = held ? countyMeasure(reading, held, county, confidence).c : null;
    return figure(node, c, held ? 'undecomposed' : 'absent');
  });
