import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import {
  compare,
  divide,
  type Fraction,
  fraction,
  multiply,
  parseDecimal,
  subtract,
  toText,
  ZERO,
} from '@planledger/kernel';
import { measureTiming } from './assessment.js';
import type { Child, Explanation, Input } from './explanation.js';
import {
  type Answer,
  definedAt,
  doubtNotes,
  explanation,
  input,
  pageOf,
  type Question,
  quantityChild,
} from './explaining.js';
import { scheduleAnswer } from './explain-item.js';
import { measureUnderWay, weighs } from './item.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import { contributionsOf, leftOutOf } from './measure-units.js';
import type { Aspect } from './node.js';
import { observationNode } from './node.js';
import { finalObservations, observationStream } from './observation.js';
import { isLinked, MILLION, projectUnits, underWay } from './project.js';
import type { Reading } from './reading.js';
import { survey } from './survey.js';
import { tally } from './tally.js';
import { baselineLevel, isStock, startOf, unitsEach, yearsOf } from './target.js';
import { countedOfYear } from './cells.js';

export function explainMeasure(question: Question, measure: MeasureDefined, aspect: Aspect): Explanation | undefined {
  const { reading, confidence } = question;
  const figure = measureFigure(reading, measure, confidence);
  const own = {
    entries: definedAt(reading, measure.measure, measure.roster),
    doubts: doubtNotes(reading, measure.measure, (target) => shareBy(question, measure, target)),
  };
  const answer = answerOf(question, figure, aspect);
  const node = aspect === 'completion' ? `measure/${measure.measure}` : `${aspect}/measure/${measure.measure}`;
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
      const weight = weighs(figure) ? fraction(1) : ZERO;
      const { measure } = figure;
      const answer = scheduleAnswer(measureTiming(reading, { figure, weight, underWay: null }), figure.worst);
      const dates = [input('start', '起算日', startOf(reading.plan, measure)), input('due', '到期日', measure.due)];
      return { ...answer, inputs: [...(answer.inputs ?? []), ...dates] };
    }
    case 'strive':
      // Only items have such a line; of a measure it is the measure itself.
      return undefined;
  }
}

/** The share that a reading of a doubt would give. */
function shareBy({ reading, confidence }: Question, measure: MeasureDefined, target: string): Fraction | null {
  const number = parseDecimal(target);
  const made = number && tally(reading, measure, confidence, reading.on, number);
  return made && typeof made !== 'string' ? made.c : null;
}

function completionAnswer(question: Question, figure: MeasureFigure): Answer {
  const { measure, c, whyNull, target, done } = figure;
  const value = { value: c, ...(whyNull ? { whyNull } : {}) };
  if (measure.quantifier === Quantifier.RATIO) return { ...value, ...ratio(question.reading, figure) };
  const { shown, page } = pageOf(question, contributionsOf(question, measure));
  const common = { ...value, children: shown, page, leftOut: leftOutOf(question, measure) };
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
      const weights = fraction(measure.works.reduce((total, { weight }) => total + (weight || 1), 0));
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
          ]);
  }
}

const UNITS_TEXT: Partial<Record<Quantifier, string>> = {
  [Quantifier.AT_LEAST]: 'c = min(1, d ÷ T)',
  [Quantifier.EXACT]: 'c = min(1, d ÷ T)',
  [Quantifier.APPROX]: 'c = min(1, d ÷ T)；“左右”的容差未定前为 0',
  [Quantifier.RANGE]: 'c = min(1, d ÷ 下限)',
};

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

/** c* = min(1, (d + Σ q·P) ÷ T): what counts, and designed units at their project's progress. */
function underWayAnswer(question: Question, figure: MeasureFigure): Answer {
  const { reading, confidence } = question;
  const { measure, c, target, whyNull } = figure;
  const sums = survey(reading).underWay.get(measure.measure)?.[confidence] ?? 0n;
  const value = measureUnderWay(figure, sums);
  const inputs = c && target ? underWayInputs(figure, c, target, sums) : [];
  const leaves = [...reading.standings.values()].flatMap((standing): Child[] => {
    const units = projectUnits(standing, confidence, reading.on).get(measure.measure);
    const way =
      units && isLinked(standing, measure.measure) ? underWay(standing, units, confidence, reading.on) : undefined;
    if (!way || way.units === 0) return [];
    const progress = toText(fraction(way.progress, MILLION));
    return [{ node: standing.stream, name: standing.name, weight: String(way.units), value: progress }];
  });
  const { shown, page } = pageOf(question, leaves);
  return {
    ...{ value, ...(whyNull ? { whyNull } : {}), rule: 'under-way', inputs, children: shown, page },
    text: 'c* = min(1, (d + s) ÷ T)：s = Σ q·P，q 为已设计未计入的产出，P 为项目进度（取六位小数，四舍六入五成双）',
  };
}

/** d, s and T of the formula, in the terms of the quantifier: units, members, works; all else is c of 1. */
function underWayInputs(
  { measure, done, target }: MeasureFigure,
  c: Fraction,
  T: Fraction,
  millionths: bigint,
): Input[] {
  const rest = fraction(millionths, MILLION);
  const make = (d: Fraction, s: Fraction, of: Fraction): Input[] => [
    input('d', '已计入', d),
    input('s', '在建折算', s),
    input('T', '目标', of),
  ];
  switch (measure.quantifier) {
    case Quantifier.AT_LEAST:
    case Quantifier.EXACT:
    case Quantifier.APPROX:
    case Quantifier.RANGE: {
      const baseline = baselineLevel(measure);
      const distance = subtract(T, baseline);
      return compare(distance, ZERO) > 0 ? make(subtract(done, baseline), rest, distance) : make(c, ZERO, fraction(1));
    }
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
      return make(multiply(c, T), divide(rest, unitsEach(measure)), target ?? T);
    default:
      return make(c, ZERO, fraction(1));
  }
}
