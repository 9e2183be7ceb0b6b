import { type Fraction, divide, fraction } from '@planledger/kernel';
import { assess, type ItemAssessment } from './assessment.js';
import {
  completionShare,
  type Cut,
  cutShare,
  cutWeights,
  itemsOf,
  type Share,
  underWayShare,
  whyWithout,
} from './both.js';
import type { Explanation, LeftOut } from './explanation.js';
import { doubtNotes, explanation, input, quantityChild, type Question, shareChild } from './explaining.js';
import { HALVES, INDICATORS_NAME, INDICATORS_NODE, indicatorFigures } from './headline.js';
import { WHY_NULL_TEXT } from './figure.js';
import type { Aspect } from './node.js';
import { countedIn } from './rows.js';

/** Σ w·C / Σ w of a half, a programme or a sector. */
export function explainCut(
  question: Question,
  node: string,
  name: string,
  cut: Cut,
  aspect: Aspect,
): Explanation | undefined {
  if (aspect !== 'completion' && aspect !== 'under-way') return undefined;
  const { reading, confidence, weights } = question;
  const [share, symbol, prefix]: [Share, string, string] =
    aspect === 'completion' ? [completionShare, 'C', ''] : [underWayShare, 'c*', 'under-way/'];
  const items = itemsOf(assess(reading), cut, confidence);
  const { total, quantified } = cutWeights(items, share, weights);
  const weightOf = ({ figure: { item } }: ItemAssessment): Fraction => divide(weights.weightOf(item.item), total);
  return explanation(question, `${prefix}${node}`, name, {
    value: cutShare(items, share, weights),
    whyNull: whyWithout(items),
    rule: 'weighted-mean',
    text: `${symbol} = Σ w·${symbol} ÷ Σ w：对 ${quantified.length} 项可量化任务求和，权重集“${weights.name}”在其中归一`,
    inputs: [input('m', '任务数', fraction(items.length)), input('q', '可量化任务数', fraction(quantified.length))],
    children: quantified.map((each) => {
      const { item } = each.figure;
      return shareChild(`${prefix}item/${item.item}`, item.name, weightOf(each), share(each.figure));
    }),
    leftOut: items.filter(({ figure }) => share(figure) === null).map(leftOutItem),
  });
}

const leftOutItem = ({ figure: { item, whyNull } }: ItemAssessment): LeftOut => ({
  what: `${item.item} ${item.name}`,
  why: whyNull === 'open-roster' ? 'open-roster' : 'unquantified',
  text: `${WHY_NULL_TEXT[whyNull ?? 'unquantified']}：不参与平均，仍在任务数之内`,
  node: `item/${item.item}`,
});

/** The share of the 31 that are satisfied; those without data stay among them. */
export function explainIndicators(question: Question): Explanation {
  const { reading } = question;
  const figures = indicatorFigures(reading);
  const [satisfied, total] = [figures.filter((each) => each.satisfied === true).length, figures.length];
  return explanation(question, INDICATORS_NODE, INDICATORS_NAME, {
    value: total > 0 ? fraction(satisfied, total) : null,
    rule: 'quotient',
    text: '达标比例 = n ÷ N：已达标指标数 ÷ 全部指标数；数据未出的指标仍计入全部指标数',
    inputs: [input('n', '已达标', fraction(satisfied), '项'), input('N', '全部指标', fraction(total), '项')],
    children: figures.map(({ indicator, x, satisfied: met }) => {
      const node = `indicator/${indicator.indicator}`;
      const child = x
        ? quantityChild(node, indicator.name, x)
        : shareChild(node, indicator.name, null, null, 'no-data');
      return { ...child, satisfied: met };
    }),
    doubts: figures.flatMap(({ indicator }) => doubtNotes(reading, indicator.indicator)),
  });
}

/** The three stand side by side (DOMAIN §4.4). */
export function explainPlan(question: Question): Explanation {
  const { reading, confidence, weights } = question;
  const assessment = assess(reading);
  const halves = [HALVES.programmes, HALVES.body].map(({ node, name, cut }) =>
    shareChild(node, name, null, cutShare(itemsOf(assessment, cut, confidence), completionShare, weights)),
  );
  const { exact } = explainIndicators(question).value;
  return explanation(question, 'plan', reading.plan.plan?.title ?? '', {
    value: null,
    whyNull: 'triple',
    rule: 'none',
    text: '专栏工程、正文任务、主要指标三项并列，不合成一个数',
    children: [...halves, { node: INDICATORS_NODE, name: INDICATORS_NAME, weight: null, value: exact }],
    doubts: doubtNotes(reading, 'plan'),
  });
}

/** A county has no share of its own until targets are decomposed; what was counted there stands beside. */
export function explainCounty(question: Question, county: string): Explanation | undefined {
  const { reading, confidence } = question;
  const name = reading.plan.counties.get(county)?.name;
  if (name === undefined) return undefined;
  return explanation(question, `county/${county}`, name, {
    value: null,
    whyNull: 'undecomposed',
    rule: 'none',
    text: '目标未分解到县（区），不计算完成率；下列为在该地计入的产出',
    children: countedIn(reading, county)
      .filter((row) => row[confidence] > 0)
      .map((row) => quantityChild(row.node, `${row.name}（${row.unit}）`, fraction(row[confidence]))),
  });
}
