import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import { type Fraction, fraction, multiply, parseDecimal, ZERO } from '@planledger/kernel';
import { toleranceOn } from '@planledger/plan';
import { measureTiming } from './assessment.js';
import { cellOf, countedOfYear } from './cells.js';
import type { Child, Explanation, Input } from './explanation.js';
import { type Answer, definedAt, doubtNotes, explanation, input, type Question, quantityChild } from './explaining.js';
import { countAnswer } from './explain-done.js';
import { scheduleAnswer } from './explain-item.js';
import { schemeAnswer } from './explain-scheme.js';
import { underWayAnswer } from './explain-under-way.js';
import { contributionsPage, leftOutOf } from './explain-units.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import { addressOf, type Aspect, observationNode } from './node.js';
import { finalObservations, observationStream } from './observation.js';
import { shapeOf } from './planned.js';
import type { Reading } from './reading.js';
import { tally } from './tally.js';
import { dayOf, plannedOf, type Shape } from './timeline.js';
import { allWorks, baselineLevel, isStock, startOf, unitsEach, yearsOf } from './target.js';
import { yearOfTask } from './year-pace.js';

export function explainMeasure(question: Question, measure: MeasureDefined, aspect: Aspect): Explanation | undefined {
  const { reading, confidence } = question;
  const figure = measureFigure(reading, measure, confidence);
  const own = {
    entries: definedAt(reading, measure.measure, measure.roster),
    doubts: doubtNotes(reading, measure.measure, (target) => shareBy(question, measure, target)),
  };
  const answer = answerOf(question, figure, aspect);
  const node = addressOf(aspect, `measure/${measure.measure}`);
  return (
    answer &&
    explanation(question, node, measure.name, {
      ...answer,
      ...own,
      entries: [...own.entries, ...(answer.entries ?? [])],
    })
  );
}

function answerOf(question: Question, figure: MeasureFigure, aspect: Aspect): Answer | undefined {
  switch (aspect) {
    case 'completion':
      return completionAnswer(question, figure);
    case 'under-way':
      return underWayAnswer(question, figure);
    case 'schedule': {
      const { reading } = question;
      const { measure } = figure;
      const answer = scheduleAnswer(measureTiming(reading, { figure }), figure.worst);
      const { kind } = shapeOf(reading, figure, startOf(reading.plan, measure));
      return { ...answer, inputs: [...(answer.inputs ?? []), ...baselineInputs(reading, measure, kind)] };
    }
    case 'planned':
      return plannedAnswer(question, figure);
    case 'year':
      return yearAnswer(question, figure.measure);
    case 'done':
    case 'target':
    case 'high':
    case 'late':
    case 'after-period':
      return countAnswer(question, figure, aspect);
    default:
      // Of a measure 力争 is the measure itself, and what is divided by and money are kept of items and cuts.
      return undefined;
  }
}

const baselineInputs = ({ plan }: Reading, measure: MeasureDefined, kind: Shape['kind']): Input[] => [
  input('curve', '时间基线', kind === 'steps' ? '关联项目的计划计入日期' : '自起算日至到期日线性'),
  input('start', '起算日', startOf(plan, measure)),
  input('due', '到期日', measure.due),
];

/** PV: units planned to count by `on` of those needed, or days of its time that have passed (DOMAIN §4.6). */
function plannedAnswer({ reading }: Question, figure: MeasureFigure): Answer {
  const { measure, whyNull } = figure;
  const first = startOf(reading.plan, measure);
  const shape = shapeOf(reading, figure, first);
  const { done, of } = plannedOf(shape, dayOf(first, reading.on));
  const unit = shape.kind === 'steps' ? measure.unit : '天';
  return {
    ...{ value: measureTiming(reading, { figure })?.planned ?? null, ...(whyNull ? { whyNull } : {}) },
    ...{ rule: 'capped-quotient', text: 'PV = min(1, d ÷ T)：按时间基线此时应完成的比例；有疑义的取最不利读法' },
    inputs: [
      input('d', shape.kind === 'steps' ? '计划此时计入' : '已过天数', done, unit),
      input('T', shape.kind === 'steps' ? '应计入' : '全部天数', of, unit),
      ...baselineInputs(reading, measure, shape.kind),
    ],
  };
}

/** 年度序时进度: the year of `on` of a yearly task. */
function yearAnswer({ reading, confidence }: Question, measure: MeasureDefined): Answer | undefined {
  const year = yearOfTask(reading, measure, confidence);
  return (
    year && {
      ...{ value: year.share, rule: 'capped-quotient' },
      text: `${year.year} 年：min(1, d ÷ T)，与年度序时进度（当月 ÷ 12）并列`,
      inputs: [
        input('d', `${year.year} 年计入`, year.done, measure.unit),
        input('T', '每年目标', year.target, measure.unit),
        input('planned', '年度序时进度', year.planned),
      ],
    }
  );
}

/** The share that a reading of a doubt would give. */
function shareBy({ reading, confidence }: Question, measure: MeasureDefined, target: string): Fraction | null {
  const number = parseDecimal(target);
  const counted = cellOf(reading.cells, measure.measure, confidence);
  const made = number && tally(reading, measure, counted, reading.on, number);
  return made && typeof made !== 'string' ? made.c : null;
}

function completionAnswer(question: Question, figure: MeasureFigure): Answer {
  const { measure, c, whyNull, target, done } = figure;
  const value = { value: c, ...(whyNull ? { whyNull } : {}) };
  if (measure.scheme) return schemeAnswer(question, measure);
  if (measure.quantifier === Quantifier.RATIO) return { ...value, ...ratio(question.reading, figure) };
  const { shown, page } = contributionsPage(question, measure.measure);
  const left = leftOutOf(question, measure);
  const common = { ...value, children: shown, page, leftOut: left.shown, leftOutTotal: left.total };
  const numbers = (text: string, rule: Answer['rule'], inputs: readonly Input[]): Answer => ({
    ...common,
    text,
    rule,
    inputs,
  });
  const T = target ?? ZERO;
  switch (measure.quantifier) {
    case Quantifier.EACH:
    case Quantifier.ALL:
      return numbers('c = n ÷ N：达标成员数 ÷ 名册成员数；同一成员的第二个产出不再增加', 'quotient', [
        input('n', '达标成员', done, '个'),
        input('N', '名册成员', T, '个'),
        input('q', '每个成员应有', unitsEach(measure), measure.unit),
      ]);
    case Quantifier.EVERY_YEAR:
      return numbers('c = n ÷ N：达标年数 ÷ 期内年数；当年超额不结转', 'quotient', [
        input('n', '达标年数', done, '年'),
        input('N', '期内年数', T, '年'),
        ...yearInputs(question, measure),
      ]);
    case Quantifier.CHECKLIST: {
      const weights = allWorks(measure);
      return numbers('c = n ÷ N：已完成工程的权重 ÷ 清单全部工程的权重', 'quotient', [
        input('n', '已完成工程权重', c ? multiply(c, weights) : ZERO),
        input('N', '全部工程权重', weights),
      ]);
    }
    default:
      return isStock(measure)
        ? numbers(
            'c = (x − b) ÷ (T − b)，限于 0 与 1 之间；x 为基期水平加净计入量',
            'level',
            levelInputs(measure, done, T),
          )
        : numbers(UNITS_TEXT[measure.quantifier] ?? '', 'capped-quotient', [
            input('d', '已计入', done, measure.unit),
            input('T', '目标', T, measure.unit),
            ...(figure.high ? [input('high', '上限，仅展示', figure.high, measure.unit)] : []),
            ...tolerance(question.reading, measure),
          ]);
  }
}

const UNITS_TEXT: Partial<Record<Quantifier, string>> = {
  [Quantifier.AT_LEAST]: 'c = min(1, d ÷ T)',
  [Quantifier.EXACT]: 'c = min(1, d ÷ T)',
  [Quantifier.APPROX]: 'c = min(1, d ÷ T)；“左右”的容差只决定是否达标，未定前为 0',
  [Quantifier.RANGE]: 'c = min(1, d ÷ 下限)',
};

const tolerance = ({ plan, on }: Reading, { measure, quantifier, unit }: MeasureDefined): Input[] =>
  quantifier === Quantifier.APPROX ? [input('δ', '容差，只决定是否达标', toleranceOn(plan, measure, on), unit)] : [];

const levelInputs = (measure: MeasureDefined, x: Fraction, target: Fraction): Input[] => [
  input('x', '现有水平', x, measure.unit),
  input('b', '基期水平', baselineLevel(measure), measure.unit),
  input('T', '目标', target, measure.unit),
];

const yearInputs = ({ reading, confidence }: Question, measure: MeasureDefined): Input[] =>
  yearsOf(reading.plan, measure).map((year) => {
    const counted = countedOfYear(reading.cells, measure.measure, confidence, reading.on, year);
    return input(`d${year}`, `${year} 年计入`, fraction(counted), measure.unit);
  });

/** A measure that is a share: the latest 核定 value, or 0 and 数据未出. */
function ratio(reading: Reading, { measure, done, target, noData }: MeasureFigure): Omit<Answer, 'value'> {
  const latest = finalObservations(reading.cells, measure.measure, measure.unit, reading.on).at(-1);
  const children: Child[] = latest
    ? [quantityChild(observationNode(measure.measure, latest.period), `${latest.period} 核定值`, latest.x)]
    : [];
  const rows = reading.cells.observations.get(observationStream(measure.measure)) ?? [];
  return {
    rule: 'level',
    text: noData
      ? '数据未出：尚无核定值，按 0 计，仍在分母之内'
      : 'c = (x − b) ÷ (T − b)，限于 0 与 1 之间；x 为最近一期核定值，无基期时 b = 0',
    inputs: levelInputs(measure, done, target ?? ZERO),
    children,
    entries: latest?.row.entries ?? [],
    leftOut: rows
      .filter(({ maturity, on }) => maturity !== 'final' && on <= reading.on)
      .map(({ period, entries }) => ({ what: period, why: 'not-final', text: '快报或初步值，未核定', entries })),
  };
}
