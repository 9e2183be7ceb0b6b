import type { MeasureDefined, PlanItemDefined } from '@planledger/contracts';
import { ONE } from '@planledger/kernel';
import { countedOn } from './cells.js';
import { type CountyMeasure, countyItem, countyItems, countyMeasure, countyShare, countyTarget } from './county.js';
import type { Explanation, LeftOut } from './explanation.js';
import { type Answer, definedAt, explanation, input, type Question, shareChild } from './explaining.js';
import { contributionsPage } from './explain-units.js';
import { measuresByItem } from './item.js';
import { meanOf, partsOfOne } from './mean.js';
import { countyItemNode, countyMeasureNode } from './node.js';

/** A county: Σ w·C ÷ Σ w over the items decomposed to it; what else was counted there is 未分解. */
export function explainCounty(question: Question, county: string): Explanation | undefined {
  const { reading, confidence } = question;
  const name = reading.plan.counties.get(county)?.name;
  if (name === undefined) return undefined;
  const items = countyItems(reading, county, confidence).filter(({ weight }) => weight.n > 0n);
  const weights = partsOfOne(items.map(({ weight }) => weight));
  const { value, whyNull } = countyShare(reading, county, confidence);
  return explanation(question, `county/${county}`, name, {
    ...{ value, whyNull, rule: 'weighted-mean' },
    text: value
      ? `C = Σ w·C ÷ Σ w：对目标已分解到该县（区）的任务求和，权重集“${reading.weights.name}”在其中归一`
      : '目标未分解到该县（区），不计算完成率；在该地计入的产出列于未计入项',
    children: items.map(({ item, value: share }, index) =>
      shareChild(countyItemNode(county, item.item), item.name, weights[index] ?? ONE, share),
    ),
    leftOut: undecomposed(question, county),
  });
}

/** Measures with units in the county of which no part of the target is the county's. */
function undecomposed({ reading, confidence }: Question, county: string): LeftOut[] {
  return [...reading.base.measures.values()].flatMap((measure): LeftOut[] => {
    const { measure: id, name, unit } = measure;
    const counted = countedOn(reading.cells, id, confidence, reading.on, county);
    if (counted === 0 || countyTarget(reading, id, county)) return [];
    const text = `未分解：在该地计入 ${counted} ${unit}`;
    return [{ what: name, why: 'undecomposed', text, node: countyMeasureNode(county, id), quantity: String(counted) }];
  });
}

export function explainCountyItem(question: Question, county: string, item: PlanItemDefined): Explanation | undefined {
  const { reading, confidence } = question;
  if (!reading.plan.counties.has(county)) return undefined;
  const decomposed = countyItem(reading, item, county, confidence);
  const shown = new Set(decomposed.map(({ figure }) => figure.measure.measure));
  const rest = (measuresByItem(reading.base).get(item.item) ?? []).filter(({ measure }) => !shown.has(measure));
  return explanation(question, countyItemNode(county, item.item), item.name, {
    value: meanOf(decomposed.map(({ weight, c }) => ({ weight, value: c }))),
    ...{ whyNull: 'undecomposed', rule: 'weighted-mean' },
    text: 'C = Σ w·c ÷ Σ w：对目标已分解到该县（区）的约束性产出求平均',
    children: decomposed.map(({ figure: { measure }, weight, c }) =>
      shareChild(countyMeasureNode(county, measure.measure), measure.name, weight, c),
    ),
    leftOut: rest.map(({ measure, name }): LeftOut => ({
      ...{ what: name, why: 'undecomposed', text: '未分解，或不计权', node: countyMeasureNode(county, measure) },
    })),
    entries: definedAt(reading, item.item),
  });
}

export function explainCountyMeasure(
  question: Question,
  county: string,
  measure: MeasureDefined,
): Explanation | undefined {
  const { reading, confidence } = question;
  if (!reading.plan.counties.has(county)) return undefined;
  const figure = countyMeasure(reading, measure, county, confidence);
  const { shown, page } = contributionsPage(question, measure.measure, { county });
  const decomposed = reading.plan.decomposed.get(measure.measure);
  return explanation(question, countyMeasureNode(county, measure.measure), measure.name, {
    ...answerOf(figure),
    ...{ children: shown, page },
    entries: [...definedAt(reading, measure.measure), ...(decomposed && figure.target ? [decomposed.position] : [])],
  });
}

function answerOf({ measure, done, target, c }: CountyMeasure): Answer {
  const counted = input('d', '在该地计入（按责任单位）', done, measure.unit);
  if (!target) {
    const text = '目标未分解到该县（区），不计算完成率';
    return { value: null, whyNull: 'undecomposed', rule: 'none', text, inputs: [counted] };
  }
  return {
    ...{ value: c, whyNull: 'undecomposed', rule: 'capped-quotient' },
    text: 'c = min(1, d ÷ T)：T 为分解到该县（区）的目标',
    inputs: [counted, input('T', '分解目标', target, measure.unit)],
  };
}
