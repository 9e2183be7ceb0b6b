import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import { type Fraction, fraction, subtract, ZERO } from '@planledger/kernel';
import { assess } from './assessment.js';
import { evaluatedRows, indicatorGrounds, itemGrounds } from './evaluation.js';
import type { Child, Explanation, Input } from './explanation.js';
import {
  type Answer,
  definedAt,
  doubtNotes,
  explanation,
  input,
  quantityChild,
  type Question,
  shareChild,
} from './explaining.js';
import { leftOutOf } from './explain-units.js';
import { assessIndicator } from './grade.js';
import { type CountedPart, countNode, type Split, splitNode, verdictNode } from './judged-node.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import {
  BINDING_VERDICTS,
  EXPECTED_VERDICTS,
  indicatorVerdict,
  ITEM_VERDICTS,
  itemVerdict,
  yesNo,
} from './verdicts.js';

const PARTS: Readonly<
  Record<CountedPart, { readonly name: string; readonly verdicts: Readonly<Record<string, string>> }>
> = {
  binding: { name: '约束性指标', verdicts: BINDING_VERDICTS },
  expected: { name: '预期性指标', verdicts: EXPECTED_VERDICTS },
  programmes: { name: '专栏工程', verdicts: ITEM_VERDICTS },
  body: { name: '正文任务', verdicts: ITEM_VERDICTS },
};

/** How many of a part have a verdict (DOMAIN §7), one by one; the rest are left out, each with its own verdict. */
export function explainCount(question: Question, part: CountedPart, verdict: string): Explanation | undefined {
  const { name, verdicts } = PARTS[part];
  const wanted = verdict === 'total' ? '合计' : Object.hasOwn(verdicts, verdict) ? verdicts[verdict] : undefined;
  if (wanted === undefined) return undefined;
  const rows = rowsOf(question, part);
  const counted = rows.filter((row) => verdict === 'total' || row.verdict === verdict);
  const others = rows.filter((row) => !counted.includes(row));
  return explanation(question, countNode(part, verdict), `${name} ${wanted}`, {
    ...{ value: fraction(counted.length), share: false, rule: 'count' },
    text: verdict === 'total' ? '规划中的全部项数' : `评估结论为“${wanted}”的项数`,
    children: counted.map((row): Child => ({
      ...{ node: row.address, name: row.name, weight: null, value: null, verdict: row.verdict },
    })),
    leftOut: others.map((row) => ({
      ...{ what: row.name, why: 'other-verdict', text: `结论为“${row.verdictName}”`, node: row.address },
    })),
  });
}

function rowsOf({ reading, confidence }: Question, part: CountedPart) {
  const rows = evaluatedRows(reading, confidence);
  return part === 'binding' || part === 'expected'
    ? rows.indicators.filter(({ binding }) => binding === (part === 'binding'))
    : rows[part];
}

/** A verdict is no number: recomputeVerdict() of this page gives it again. */
export const explainVerdict = (question: Question, of: 'item' | 'indicator', code: string): Explanation | undefined =>
  of === 'item' ? explainItemVerdict(question, code) : explainIndicatorVerdict(question, code);

function explainItemVerdict(question: Question, code: string): Explanation | undefined {
  const { reading, confidence } = question;
  const assessment = assess(reading);
  const assessed = assessment.items.get(code)?.[confidence];
  if (!assessed) return undefined;
  const grounds = itemGrounds(assessment, assessed);
  const { measures, item } = assessed.figure;
  const answer = explanation(question, verdictNode('item', code), item.name, {
    ...{ value: null, whyNull: 'verdict', rule: 'none' },
    text: '硬性目标全部达标为完成；否则被文件调出或未达标的全部核销为终止；已开工、已有计入或（无时间基线时）有在库项目为在建结转；其余未启动',
    inputs: [
      input('satisfied', '全部达标', yesNo(grounds.satisfied)),
      input('withdrawn', '已被文件调出', yesNo(grounds.withdrawn)),
      input('open', '未达标的硬性产出量', fraction(grounds.open), '个'),
      input('writtenOff', '其中收官时核销', fraction(grounds.writtenOff), '个'),
      input('started', '已开工的关联项目', fraction(grounds.started), '个'),
      input('delivered', '已有计入的产出量', fraction(grounds.delivered), '个'),
      input('planned', '有时间基线', yesNo(grounds.planned)),
      input('projects', '在库的关联项目', fraction(grounds.projects), '个'),
    ],
    children: measures.map(({ figure: { measure, c, whyNull } }) =>
      shareChild(`measure/${measure.measure}`, measure.name, null, c, whyNull),
    ),
    entries: [
      ...definedAt(reading, code, ...measures.map(({ figure }) => figure.measure.measure)),
      ...reading.plan.documents.flatMap(({ kind, position, changed }) =>
        kind === 'closed' || changed.includes(code) ? [position] : [],
      ),
    ],
  });
  return { ...answer, verdict: itemVerdict(grounds) };
}

function explainIndicatorVerdict(question: Question, code: string): Explanation | undefined {
  const { reading } = question;
  const indicator = reading.base.indicators.get(code);
  if (!indicator) return undefined;
  const assessed = assessIndicator(reading, indicator);
  const grounds = indicatorGrounds(reading, assessed);
  const { x, satisfied, used } = assessed.figure;
  const node = `indicator/${code}`;
  const answer = explanation(question, verdictNode('indicator', code), indicator.name, {
    ...{ value: null, whyNull: 'verdict', rule: 'none' },
    text: grounds.binding
      ? '约束性：达标为完成，否则未完成，二者之间没有“基本完成”；无核定值为数据未出'
      : '预期性：达标为实现；文件定有下限且 A 不低于下限为基本实现；其余未实现；无核定值为数据未出',
    inputs: [
      input('binding', '约束性', yesNo(grounds.binding)),
      input('satisfied', '达标', satisfied === null ? BINDING_VERDICTS['no-data'] : yesNo(satisfied)),
      input('A', '达成率', grounds.attainment ?? ''),
      input('from', '“基本实现”的下限', grounds.from ?? ''),
    ],
    children: [
      ...(x ? [quantityChild(node, indicator.name, x)] : []),
      shareChild(`attainment/${node}`, `${indicator.name} 达成率`, null, grounds.attainment),
    ],
    entries: [...definedAt(reading, code), ...used.flatMap(({ row }) => row.entries)],
    doubts: doubtNotes(reading, code),
  });
  return { ...answer, verdict: indicatorVerdict(grounds) };
}

const SPLIT_NAMES: Readonly<Record<Split, string>> = {
  ...{ target: '目标', done: '已计入', within: '期内', after: '期后', unfinished: '未完成', beyond: '超出' },
};

/** A number of a measure in the annexes: 期内 + 期后 + 未完成 = T where nothing goes beyond it. */
export function explainSplit(question: Question, split: Split, code: string): Explanation | undefined {
  const { reading, confidence } = question;
  const measure = reading.base.measures.get(code);
  if (!measure) return undefined;
  const figure = measureFigure(reading, measure, confidence);
  return explanation(question, splitNode(split, code), `${measure.name} ${SPLIT_NAMES[split]}`, {
    ...splitAnswer(question, figure, split),
    share: false,
    entries: definedAt(reading, code, measure.roster),
    doubts: doubtNotes(reading, code),
  });
}

function splitAnswer(question: Question, figure: MeasureFigure, split: Split): Answer {
  const { measure, done, target, afterPeriod } = figure;
  const child = (of: Split, value: Fraction): Child =>
    quantityChild(splitNode(of, measure.measure), SPLIT_NAMES[of], value);
  const two = (a: readonly [Split, Fraction], b: readonly [Split, Fraction]) => ({
    inputs: [named('a', a[0], a[1], measure), named('b', b[0], b[1], measure)],
    children: [child(...a), child(...b)],
  });
  const whyNull = figure.whyNull ?? 'no-target';
  switch (split) {
    case 'target':
      return {
        ...recorded(figure, 'T = x：有疑点时按第一种读法；名册、清单、年度任务为成员数、工程数、年数', target),
        whyNull,
      };
    case 'done': {
      const left = leftOutOf(question, measure);
      const text = 'd = x：该产出量的计入合计，逐个产出见下一级；存量为水平，比率为最近核定值';
      return { ...recorded(figure, text, done), leftOut: left.shown, leftOutTotal: left.total };
    }
    case 'within':
      return {
        ...{ value: subtract(done, afterPeriod), rule: 'difference', text: '期内 = 已计入 − 期后' },
        ...two(['done', done], ['after', afterPeriod]),
      };
    case 'after':
      return afterAnswer(question, figure, child('done', done));
    case 'unfinished':
      return {
        ...{ value: target && positive(subtract(target, done)), whyNull, rule: 'shortfall' },
        text: '未完成 = max(0, T − d)',
        ...two(['target', target ?? ZERO], ['done', done]),
        ...(target ? {} : { children: [] }),
      };
    case 'beyond':
      return target
        ? {
            ...{ value: positive(subtract(done, target)), rule: 'shortfall', text: '超出 = max(0, d − T)' },
            ...two(['done', done], ['target', target]),
          }
        : recorded(figure, '没有目标，无所谓超出', ZERO);
  }
}

const positive = (value: Fraction): Fraction => (value.n > 0n ? value : ZERO);

const named = (symbol: string, split: Split, value: Fraction, { unit }: MeasureDefined): Input =>
  input(symbol, SPLIT_NAMES[split], value, unit);

/** As the plan or the measure itself says it: one level down is the measure. */
const recorded = ({ measure, c, whyNull }: MeasureFigure, text: string, value: Fraction | null): Answer => ({
  ...{ value, rule: 'recorded', text, inputs: value ? [input('x', '数值', value, measure.unit)] : [] },
  children: [shareChild(`measure/${measure.measure}`, measure.name, null, c, whyNull)],
});

/** 期后: of what is done now, what was not yet done at the end of the period. */
function afterAnswer({ reading, confidence }: Question, figure: MeasureFigure, all: Child): Answer {
  const { measure, done, afterPeriod, c } = figure;
  const end = reading.plan.plan?.periodEnd ?? measure.due;
  const until = input('end', '规划期末', end);
  if (reading.on <= end || measure.quantifier === Quantifier.RATIO || c === null) {
    const why = reading.on <= end ? '规划期未过' : c === null ? '没有可计的数' : '比率按最近核定值，不分期';
    return {
      value: afterPeriod,
      rule: 'recorded',
      text: `期后为 0：${why}`,
      inputs: [input('x', '期后', ZERO), until],
    };
  }
  const then = measureFigure({ ...reading, on: end }, measure, confidence).done;
  return {
    ...{ value: afterPeriod, rule: 'shortfall', text: '期后 = max(0, d − 期末的 d)', children: [all] },
    inputs: [input('a', '已计入', done, measure.unit), input('b', '期末已计入', then, measure.unit), until],
  };
}
