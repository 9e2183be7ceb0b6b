import type { MeasureDefined } from '@planledger/contracts';
import { type Fraction, toText } from '@planledger/kernel';
import type { CountedRow, CountyItemRow, CountyRow } from './answer-rows.js';
import { type Both, figureQuad } from './both.js';
import { countedOn } from './cells.js';
import type { MeasureCells } from './cells-units.js';
import { countyItems, countyItemShare, countyMeasure, countyShare, countyTarget } from './county.js';
import { figure } from './figure.js';
import { addressOf, countyItemNode, countyMeasureNode } from './node.js';
import { remember } from './remembered.js';

/** A county has figures where targets were decomposed to it; what was counted there stands beside. */
export function countyRows(both: Both): CountyRow[] {
  const { plan } = both.b0.reading;
  const measures = [...new Map([...plan.measures, ...plan.b0.measures]).values()];
  return [...plan.counties.values()].map(({ code, name }) => ({
    ...{ kind: 'county', node: `county/${code}`, code, name },
    figures: figureQuad(both, ({ reading }, confidence) => {
      const { value, whyNull } = countyShare(reading, code, confidence);
      return figure(`county/${code}`, value, whyNull);
    }),
    decomposed: itemsIn(both, code),
    counted: measures.flatMap((measure) => countedRow(both, code, measure) ?? []),
  }));
}

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

/** The row of a measure in a county; one of which nothing was decomposed follows from its cells and the plan alone. */
function countedRow(both: Both, county: string, measure: MeasureDefined): CountedRow | undefined {
  const { plan, cells, on } = both.b0.reading;
  const counted = cells.counted.get(measure.measure);
  const target = countyTarget(both.b0.reading, measure.measure, county);
  if (target || !counted) return target ? makeRow(both, county, measure, target) : undefined;
  const stamp = [on, measure, plan.measures, plan.b0.measures];
  return made(counted, county, stamp, () => makeRow(both, county, measure, null));
}
const made = remember<MeasureCells, CountedRow | undefined>();

function makeRow(
  both: Both,
  county: string,
  { measure, name, unit }: MeasureDefined,
  target: Fraction | null,
): CountedRow | undefined {
  const { cells, on } = both.b0.reading;
  const claimed = countedOn(cells, measure, 'claimed', on, county);
  const verified = countedOn(cells, measure, 'verified', on, county);
  if (claimed === 0 && verified === 0 && !target) return undefined;
  const node = countyMeasureNode(county, measure);
  const figures = figureQuad(both, ({ reading }, confidence) => {
    const held = reading.base.measures.get(measure);
    const c = held ? countyMeasure(reading, held, county, confidence).c : null;
    return figure(node, c, held ? 'undecomposed' : 'absent');
  });
  return {
    ...{ node, measure, name, unit, claimed, verified, countNode: addressOf('counted', node) },
    ...{ target: target && toText(target), targetNode: target && addressOf('target', node), figures },
  };
}
