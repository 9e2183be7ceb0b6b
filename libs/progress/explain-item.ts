import type { PlanItemDefined } from '@planledger/contracts';
import { type Fraction, fraction, isZero } from '@planledger/kernel';
import { itemTiming, measureTiming } from './assessment.js';
import type { Explanation, Input, LeftOut } from './explanation.js';
import { type Answer, definedAt, doubtNotes, explanation, input, type Question, shareChild } from './explaining.js';
import { explainItemMoney } from './explain-money.js';
import { WHY_NULL_TEXT } from './figure.js';
import { type ItemFigure, itemFigure, type ItemMeasure, weighs } from './item.js';
import { addressOf, type Aspect, MONEY_KINDS } from './node.js';
import { stateText } from './schedule.js';
import { isFirm } from './target.js';
import type { Timing } from './timeline.js';

export function explainItem(question: Question, item: PlanItemDefined, aspect: Aspect): Explanation | undefined {
  const { reading, confidence } = question;
  const kind = MONEY_KINDS.find((each) => aspect === `money/${each}`);
  if (kind) return explainItemMoney(question, kind, item);
  const answer = answerOf(question, itemFigure(reading, item, confidence), aspect);
  return (
    answer &&
    explanation(question, addressOf(aspect, `item/${item.item}`), item.name, {
      ...answer,
      entries: definedAt(reading, item.item),
      doubts: doubtNotes(reading, item.item),
    })
  );
}

function answerOf(question: Question, item: ItemFigure, aspect: Aspect): Answer | undefined {
  switch (aspect) {
    case 'completion':
      return {
        ...{ value: item.c, ...(item.whyNull ? { whyNull: item.whyNull } : {}), rule: 'weighted-mean' },
        text: `C = Σ w·c ÷ Σ w：对约束性、可计量、非“其中”的产出求平均，权重集“${question.reading.weights.name}”`,
        children: children(item, '', ({ figure }) => figure.c),
        leftOut: leftOut(question, item),
      };
    case 'under-way':
      return {
        ...{ value: item.underWay, ...(item.whyNull ? { whyNull: item.whyNull } : {}), rule: 'weighted-mean' },
        text: 'c* = Σ w·c* ÷ Σ w：形象折算，按在建进度折算未计入的产出，与完成率并列，不混入',
        children: children(item, 'under-way/', ({ underWay }) => underWay),
        leftOut: leftOut(question, item),
      };
    case 'planned':
      return plannedAnswer(question, item);
    case 'strive':
      return {
        ...{ value: item.strive, whyNull: 'unquantified', rule: 'weighted-mean' },
        text: '力争、争创类产出等权平均，单列，不计入完成率',
        children: striving(item),
      };
    case 'schedule':
      return itemSchedule(question, item);
    default:
      return undefined;
  }
}

const isStriving = ({ measure, c }: ItemMeasure['figure']): boolean =>
  c !== null && !isFirm(measure) && measure.partOf === '';

function striving({ measures }: ItemFigure): Explanation['children'] {
  const shown = measures.filter(({ figure }) => isStriving(figure));
  return shown.map(({ figure: { measure, c } }) =>
    shareChild(`measure/${measure.measure}`, measure.name, fraction(1, shown.length), c),
  );
}

const children = (
  { measures }: ItemFigure,
  prefix: string,
  value: (each: ItemMeasure) => Fraction | null,
): Explanation['children'] =>
  measures
    .filter(({ weight }) => !isZero(weight))
    .map((each) => {
      const { measure, name } = each.figure.measure;
      return shareChild(`${prefix}measure/${measure}`, name, each.weight, value(each));
    });

/** What does not weigh, and why. */
function leftOut({ reading: { weights } }: Question, { measures }: ItemFigure): LeftOut[] {
  return measures.flatMap(({ figure, weight }): LeftOut[] => {
    const { measure, whyNull, c } = figure;
    const base = { what: measure.name, node: `measure/${measure.measure}` };
    if (measure.scheme) return [{ ...base, why: 'scheme', text: '谋划事项：只报状态，不计百分比' }];
    if (!isFirm(measure)) return [{ ...base, why: 'strive', text: '力争、争创：单列，不计入完成率' }];
    if (measure.partOf !== '') return [{ ...base, why: 'part-of', text: `其中项：由 ${measure.partOf} 计权` }];
    if (weighs(figure) && isZero(weight))
      return [{ ...base, why: 'no-weight', text: `权重集“${weights.name}”未列此产出，权重为 0` }];
    if (c !== null) return [];
    const why = whyNull === 'open-roster' ? 'open-roster' : 'no-target';
    return [{ ...base, why, text: WHY_NULL_TEXT[whyNull ?? 'no-target'] }];
  });
}

/** PV of an item: the weighted sum of its measures' time baselines (DOMAIN §4.6). */
const plannedAnswer = ({ reading }: Question, item: ItemFigure): Answer => ({
  ...{ value: itemTiming(reading, item)?.planned ?? null, ...(item.whyNull ? { whyNull: item.whyNull } : {}) },
  ...{ rule: 'weighted-mean', text: 'PV = Σ w·PV ÷ Σ w：按各产出的时间基线，此时应完成的比例' },
  children: children(item, 'planned/', (each) => measureTiming(reading, each)?.planned ?? null),
});

function itemSchedule({ reading }: Question, item: ItemFigure): Answer {
  const weighing = item.measures.filter(({ weight }) => !isZero(weight));
  return {
    ...scheduleAnswer(itemTiming(reading, item), item.worst),
    children: weighing.map((each) => {
      const { measure, name } = each.figure.measure;
      const timing = measureTiming(reading, each);
      return shareChild(
        `schedule/measure/${measure}`,
        name,
        each.weight,
        timing?.spi ?? null,
        timing?.spi ? undefined : 'not-due',
      );
    }),
  };
}

/** SPI_t = ES / AT of an item or a measure; the worst open reading is what it is judged by. */
export function scheduleAnswer(timing: Timing | undefined, worst: Fraction | null): Answer {
  if (!timing || !worst) {
    return { value: null, whyNull: 'unquantified', rule: 'quotient', text: '无可计量的产出，不编时间基线' };
  }
  const inputs: Input[] = [
    input('c', '完成率（有疑义的取最不利读法）', worst),
    input('PV', '计划应完成', timing.planned),
    input('state', '状态', stateText(timing)),
  ];
  if (timing.earnedDays && timing.actualDays !== undefined) {
    inputs.push(input('n', 'ES：按计划应在第几天达到 c', timing.earnedDays, '天'));
    inputs.push(input('N', 'AT：已用天数，完成后不再计', fraction(timing.actualDays), '天'));
  }
  return {
    ...{ value: timing.spi ?? null, whyNull: 'not-due', rule: 'quotient', inputs, share: false },
    text: 'SPI_t = ES ÷ AT：ES 为计划曲线上达到 c 的日子，AT 为自起算日至今（或完成日）的天数',
  };
}
