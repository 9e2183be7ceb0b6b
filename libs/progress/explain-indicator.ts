import { type IndicatorDefined, IndicatorKind } from '@planledger/contracts';
import { type Fraction, fraction, parseDecimal, subtract, ZERO } from '@planledger/kernel';
import { thresholdOn } from '@planledger/plan';
import type { Explanation, Input } from './explanation.js';
import { type Answer, definedAt, doubtNotes, explanation, input, quantityChild, type Question } from './explaining.js';
import { assessIndicator, GRADE_NAMES, type IndicatorAssessment } from './grade.js';
import { comparedThen } from './gaps-implied.js';
import { indicatorFigure } from './indicator.js';
import { addressOf, impliedNode, type IndicatorAspect } from './node.js';

/** Beside the value of an indicator: what its plan and its path say, and the grade that follows (DOMAIN §5). */
export function explainIndicatorAspect(
  question: Question,
  indicator: IndicatorDefined,
  aspect: IndicatorAspect,
): Explanation | undefined {
  if (aspect === 'apart') return explainApart(question, indicator);
  const { reading } = question;
  const assessed = assessIndicator(reading, indicator);
  if (aspect === 'target') return explainTarget(question, assessed);
  const node = `indicator/${indicator.indicator}`;
  const answer = ANSWERS[aspect](assessed);
  const grade = input('grade', '评级', GRADE_NAMES[assessed.grade]);
  const notes = assessed.notes.map((note, at) => input(`note${at + 1}`, '说明', note));
  const { x } = assessed.figure;
  return explanation(question, addressOf(aspect, node), indicator.name, {
    ...answer,
    ...{ whyNull: 'no-data', inputs: [...(answer.inputs ?? []), grade, ...notes] },
    children: x ? [quantityChild(node, indicator.name, x)] : [],
    entries: definedAt(reading, indicator.indicator),
    doubts: doubtNotes(reading, indicator.indicator),
  });
}

/** T: the plan's own number, by the first reading of an open doubt, or the reading that a document settled. */
function explainTarget(question: Question, { figure: { indicator }, target }: IndicatorAssessment): Explanation {
  const { indicator: code, name, unit, targetText, targetOperator } = indicator;
  const doubts = doubtNotes(question.reading, code);
  return explanation(question, addressOf('target', `indicator/${code}`), `${name} 目标`, {
    ...recorded(target, 'T = x：规划表所列目标；有疑点的按第一种读法，已定的按所定读法', [
      ...[input('text', '规划原文', targetText), input('op', '关系', targetOperator), input('unit', '单位', unit)],
    ]),
    ...{ whyNull: 'no-target', doubts },
    entries: [...definedAt(question.reading, code), ...doubts.flatMap(({ settled }) => settled?.entry ?? [])],
  });
}

/** What 账实不符 is judged by: the value against what verified units implied at the end of its period, whoever asks. */
function explainApart(asked: Question, indicator: IndicatorDefined): Explanation | undefined {
  const question: Question = { ...asked, confidence: 'verified' };
  const { reading } = question;
  const figure = indicatorFigure(reading, indicator);
  const compared = comparedThen(reading, figure);
  if (!compared) return undefined;
  const { indicator: code, name, unit } = indicator;
  const { observed, implied, apart } = compared;
  const [node, d] = [`indicator/${code}`, implied.value];
  const difference = subtract(observed, d ?? ZERO);
  return explanation(question, addressOf('apart', node), `${name} 与台账推算相差`, {
    ...{ value: apart, whyNull: 'not-implied', share: false, rule: 'observed-share' },
    text: '相差 = n ÷ d × k，以百分数计：n 为核定值与台账推算之差（不计正负），d 为台账推算；推算为零而核定不为零的没有百分数',
    inputs: [
      input('n', '相差的数', difference.n < 0n ? subtract(ZERO, difference) : difference, unit),
      ...(d ? [input('d', '台账推算', d, unit)] : []),
      ...[input('k', '百分数', fraction(100)), input('x', '核定值', observed, unit)],
      input('most', '账实不符的界限（%）', thresholdOn(reading.plan, 'gap/mismatch-percent', reading.on)),
      input('mismatch', '账实不符', compared.mismatch ? '是' : '否'),
    ],
    children: [
      quantityChild(node, name, observed),
      ...(d ? [quantityChild(impliedNode(code, implied.day), `${name} 台账推算`, d)] : []),
    ],
    entries: figure.latest?.row.entries ?? [],
  });
}

const ANSWERS: Readonly<
  Record<Exclude<IndicatorAspect, 'target' | 'apart'>, (assessed: IndicatorAssessment) => Answer>
> = {
  expected: expectedAnswer,
  attainment: attainmentAnswer,
  pace: paceAnswer,
  distance: distanceAnswer,
};

const recorded = (value: Fraction | null, text: string, more: readonly Input[] = []): Answer => ({
  ...{ value, share: false, rule: 'recorded', text },
  inputs: [input('x', '数值', value ?? ZERO), ...more],
});
const quotient = (
  value: Fraction | null,
  text: string,
  n: Fraction,
  N: Fraction,
  more: readonly Input[] = [],
): Answer => ({
  ...{ value, rule: 'quotient', text },
  inputs: [input('n', '分子', n), input('N', '分母', N), ...more],
});

function expectedAnswer({ expected, path }: IndicatorAssessment): Answer {
  if (!path) return recorded(expected, '此类指标没有路径：目标即为应达到的数');
  return {
    ...{ value: expected, share: false, rule: 'straight-line' },
    text: 'e = a + (z − a)·t：从基期（或上一个批准年份）到目标（或下一个批准年份）按时间直线',
    inputs: [input('a', '起点', path.from), input('z', '终点', path.to), input('t', '时间份额', path.way)],
  };
}

/** What A divides, by kind. */
function attainmentAnswer({ figure, attainment, aim, baseline }: IndicatorAssessment): Answer {
  const { indicator, latest, years } = figure;
  const [x, target] = [figure.x ?? ZERO, aim ?? ZERO];
  switch (indicator.kind) {
    case IndicatorKind.KEEP: {
      const kept = years.filter((year) => year.kept === true).length;
      const text = 'A = n ÷ N：保持年数 ÷ 应保持年数；未出数据的年份不算保持';
      return quotient(attainment, text, fraction(kept), fraction(years.length));
    }
    case IndicatorKind.FLOOR:
    case IndicatorKind.CEILING:
      return recorded(attainment, 'A 为 1（守住）或 0（未守住），严格比较', [
        ...[input('value', '现值', x), input('T', '限值', target)],
      ]);
    case IndicatorKind.ZERO: {
      const [overdue, found] = [parseDecimal(latest?.row.numerator ?? ''), parseDecimal(latest?.row.denominator ?? '')];
      return overdue && found && found.n !== 0n
        ? quotient(attainment, 'A = 1 − 超期未清零 ÷ 发现数', subtract(found, overdue), found)
        : recorded(attainment, '未发现即为清零');
    }
    case IndicatorKind.COVERAGE:
      return quotient(attainment, 'A = 已保障 ÷ 应保障', x, fraction(100));
    case IndicatorKind.RISE:
    case IndicatorKind.APPROX:
      if (baseline && subtract(target, baseline).n !== 0n) {
        const inputs = [input('x', '现值', x), input('b', '基期', baseline), input('T', '目标（减容差）', target)];
        return quotient(attainment, 'A = (x − b) ÷ (T − b)', subtract(x, baseline), subtract(target, baseline), inputs);
      }
      return ofTarget(attainment, x, target, baseline !== null);
    default:
      return ofTarget(attainment, x, target, false);
  }
}

/** x/T; where the target is 0, or is the baseline already, met or not. */
const ofTarget = (value: Fraction | null, x: Fraction, target: Fraction, reached: boolean): Answer =>
  reached || target.n === 0n
    ? recorded(value, '目标为 0 或与基期相同：达到为 1，否则为 0')
    : quotient(value, 'A = x ÷ T，不封顶；汇总时封顶为 1', x, target);

/** Kinds whose R is A over the time that has passed; those with a path divide what was gained by what was planned. */
const BY_TIME: ReadonlySet<IndicatorKind> = new Set([
  ...[IndicatorKind.CUMULATIVE, IndicatorKind.COUNT_SINCE_START, IndicatorKind.LEVEL],
  ...[IndicatorKind.RISE, IndicatorKind.APPROX],
]);

function paceAnswer({ figure, attainment, pace, baseline, expected, tau }: IndicatorAssessment): Answer {
  const { indicator, x } = figure;
  const onPath = indicator.kind === IndicatorKind.RISE || indicator.kind === IndicatorKind.APPROX;
  if (onPath && baseline && expected && x) {
    const [gained, planned] = [subtract(x, baseline), subtract(expected, baseline)];
    return { ...quotient(pace, 'R = (x − b) ÷ (e − b)', gained, planned), share: false };
  }
  if (tau && BY_TIME.has(indicator.kind)) {
    return { ...quotient(pace, 'R = A ÷ τ：τ 为规划期已过月数 ÷ 全部月数', attainment ?? ZERO, tau), share: false };
  }
  return recorded(pace, 'R = A');
}

function distanceAnswer({ figure, distance, aim }: IndicatorAssessment): Answer {
  const [x, limit] = [input('x', '现值', figure.x ?? ZERO), input('T', '限值', aim ?? ZERO)];
  const [a, b] = figure.indicator.kind === IndicatorKind.CEILING ? [limit, x] : [x, limit];
  return {
    ...{ value: distance, share: false, rule: 'difference', text: '距限值：为正即在限内，单位与指标相同' },
    inputs: [
      { ...a, symbol: 'a' },
      { ...b, symbol: 'b' },
    ],
  };
}
