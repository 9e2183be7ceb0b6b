import { Quantifier } from '@planledger/contracts';
import { type Fraction, fraction, type IsoDate, subtract, ZERO } from '@planledger/kernel';
import { cellOf } from './cells.js';
import { type Answer, input, type Question, quantityChild } from './explaining.js';
import { contributionsPage } from './explain-units.js';
import { doneBy, type MeasureFigure } from './measure.js';
import { addressOf, type MeasureCountAspect, observationNode } from './node.js';
import { finalObservations } from './observation.js';
import { partsOf } from './parts.js';
import { reachedOn, totalOn } from './series.js';
import { ownTarget, targetsOf } from './target.js';

/** The numbers beside a measure's share: what is done, its target, and what of it came late. */
export function countAnswer(question: Question, figure: MeasureFigure, aspect: MeasureCountAspect): Answer | undefined {
  const { reading } = question;
  const { measure, target, high } = figure;
  switch (aspect) {
    case 'done':
      return doneAnswer(question, figure);
    case 'target': {
      const text = isOfParts(figure) ? 'T = x：名册成员、清单工程或期内年数' : 'T = x：规划所定，有疑义的取第一种读法';
      return recorded(figure, target, text);
    }
    case 'high':
      return recorded(figure, high, '上限 = x：规划所定区间的上端，仅展示');
    case 'late':
      return laterAnswer(question, figure, measure.due, '到期日');
    case 'after-period':
      return laterAnswer(question, figure, reading.plan.plan?.periodEnd ?? measure.due, '规划期末');
  }
}

const isOfParts = ({ measure: { quantifier } }: MeasureFigure): boolean =>
  [Quantifier.EACH, Quantifier.ALL, Quantifier.CHECKLIST, Quantifier.EVERY_YEAR].includes(quantifier);

/** Members, works and years are counted, not measured. */
const unitOf = (figure: MeasureFigure): string => (isOfParts(figure) ? '个' : figure.measure.unit);

function recorded(figure: MeasureFigure, value: Fraction | null, text: string): Answer {
  const { whyNull = 'no-target' } = figure;
  if (!value) return { value, whyNull, rule: 'none', text: '没有这个数' };
  return { value, share: false, rule: 'recorded', text, inputs: [input('x', '数值', value, unitOf(figure))] };
}

function doneAnswer(question: Question, figure: MeasureFigure): Answer {
  const { reading, confidence } = question;
  const { measure, done, c } = figure;
  const { cells, on, plan, baseline } = reading;
  const counted = cellOf(cells, measure.measure, confidence);
  const shared = { value: done, share: false } as const;
  if (c !== null && measure.quantifier === Quantifier.RATIO) {
    const latest = finalObservations(cells, measure.measure, measure.unit, on).at(-1);
    return {
      ...{ ...shared, rule: 'sum', text: latest ? 'x = 最近一期核定值' : '数据未出：按 0 计' },
      children: latest
        ? [quantityChild(observationNode(measure.measure, latest.period), `${latest.period} 核定值`, latest.x)]
        : [],
    };
  }
  const { shown: children, page } = contributionsPage(question, measure.measure);
  const [target = null] = targetsOf(plan, measure.measure, ownTarget(measure), baseline);
  const parts = c !== null && isOfParts(figure) ? partsOf(reading, measure, counted, target) : 'no-target';
  if (typeof parts !== 'string') {
    return {
      ...{ ...shared, rule: 'met', children, page },
      text: '达标的成员、工程或年数：逐一判断，计入量达到应有量为 1，否则为 0',
      inputs: parts.map(({ key, name, series, need }) => {
        const said = `${name}（${totalOn(series, on)} / ${need}）`;
        return input(`met:${key}`, said, fraction(reachedOn(series, on, need) === undefined ? 0 : 1));
      }),
    };
  }
  // Of a stock the level it began with; what was counted comes on top.
  const units = fraction(totalOn(counted?.all, on));
  return {
    ...{ ...shared, rule: 'opening', text: 'b + s：起算水平加已计入的各产出之和', children, page },
    inputs: [input('b', '起算', subtract(done, units), measure.unit), input('s', '各产出之和', units, measure.unit)],
  };
}

/** What is done now and was not yet at the end of a day: asked with that day as `on`, `done` gives the other number again. */
function laterAnswer({ reading, confidence }: Question, figure: MeasureFigure, day: IsoDate, name: string): Answer {
  const { done, measure, c } = figure;
  const then = c === null ? undefined : doneBy(reading, figure, confidence, day);
  const unit = unitOf(figure);
  const value = then && subtract(done, then).n > 0n ? subtract(done, then) : ZERO;
  return {
    ...{ value, share: false, rule: 'shortfall' },
    text: then ? `a − b，不小于 0：${name}之后才完成的部分` : `${name}未过，或没有可比的数：为 0`,
    inputs: [
      input('a', '已完成', done, unit),
      input('b', `至${name}已完成`, then ?? done, unit),
      input('day', name, day),
    ],
    children: [quantityChild(addressOf('done', `measure/${measure.measure}`), '已完成', done)],
  };
}
