import { Quantifier, type Standing } from '@planledger/contracts';
import { compare, divide, type Fraction, fraction, multiply, subtract, toText, ZERO } from '@planledger/kernel';
import type { Explanation, Input } from './explanation.js';
import { type Answer, explanation, input, type Question } from './explaining.js';
import { measureUnderWay, millionthsUnderWay } from './item.js';
import type { MeasureFigure } from './measure.js';
import { unitNode } from './node.js';
import { type Line, pageOf, streamsFrom } from './page.js';
import { designedIn, MILLION, ownProgress } from './project.js';
import { totalOn } from './series.js';
import { baselineLevel, unitsEach } from './target.js';
import { waysOn } from './work.js';

/** c* = min(1, (d + Σ q·P) ÷ T): what counts, and designed units at their own progress or their project's. */
export function underWayAnswer(question: Question, figure: MeasureFigure): Answer {
  const { reading, confidence } = question;
  const { measure, c, target, whyNull } = figure;
  const sums = millionthsUnderWay(reading, measure.measure, confidence);
  const value = measureUnderWay(figure, sums);
  const inputs = c && target ? underWayInputs(figure, c, target, sums) : [];
  const works = reading.cells.works.get(measure.measure);
  const total = totalOn(works?.[reading.baseline][confidence].lines, reading.on);
  const { shown, page } = pageOf(question, streamsFrom(question, works?.designing), total, (standing) =>
    linesOf(question, measure.measure, standing),
  );
  return {
    ...{ value, ...(whyNull ? { whyNull } : {}), rule: 'under-way', inputs, children: shown, page },
    text: 'c* = min(1, (d + s) ÷ T)：s = Σ q·P，q 为已设计未计入的产出，P 为该产出自身的进度，没有的为项目进度（取六位小数，四舍六入五成双）',
  };
}

const linesOf = ({ reading, confidence }: Question, measure: string, standing: Standing): Line[] =>
  waysOn(standing, measure, [confidence, reading.baseline], reading.on).map(({ unit, units, progress }) => ({
    unit,
    child: {
      node: unit === '' ? standing.stream : unitNode(measure, standing.stream, unit),
      name: `${standing.name} ${unit}`.trim(),
      ...{ weight: String(units), value: toText(fraction(progress, MILLION)) },
    },
  }));

/** P_unit of a unit under way that was named beforehand and has milestones of its own. */
export function explainUnit(
  question: Question,
  measure: string,
  standing: Standing,
  unit: string,
): Explanation | undefined {
  const { reading, confidence } = question;
  const rows = designedIn(standing, reading.baseline).filter((each) => each.measure === measure && each.unit === unit);
  const row = rows.find((each) => ownProgress(each, confidence) !== undefined);
  const progress = row && ownProgress(row, confidence);
  if (!row || progress === undefined) return undefined;
  const value = fraction(progress, MILLION);
  return explanation(question, unitNode(measure, standing.stream, unit), `${standing.name} ${unit}`.trim(), {
    ...{ value, rule: 'recorded', entries: [standing.position] },
    text: 'P = x：该产出自身里程碑的进度，取六位小数；逐项见项目台账',
    inputs: [
      input('x', '进度', value),
      input(
        'q',
        '设计数量',
        fraction(rows.reduce((total, { quantity }) => total + quantity, 0)),
        reading.base.measures.get(measure)?.unit,
      ),
      input('due', '计划计入日期', row.due),
    ],
  });
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
