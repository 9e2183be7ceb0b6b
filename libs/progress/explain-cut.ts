import { fraction, isZero, subtract } from '@planledger/kernel';
import { assess, type ItemAssessment } from './assessment.js';
import {
  COMPLETION,
  type Cut,
  cutShare,
  isQuantified,
  itemsOf,
  PLANNED,
  type Share,
  UNDER_WAY,
  weighted,
  whyWithout,
} from './cut.js';
import { changes, departure, departures, departuresTotal } from './denominator.js';
import { type Explanation, LEFT_OUT_MAX, type LeftOut } from './explanation.js';
import { doubtNotes, explanation, input, quantityChild, type Question, shareChild } from './explaining.js';
import { explainCutMoney, itemCut } from './explain-money.js';
import { endedText } from './explain-units.js';
import { WHY_NULL_TEXT } from './figure.js';
import { HALVES, INDICATORS_NAME, INDICATORS_NODE, indicatorFigures } from './headline.js';
import { addressOf, type Aspect, MONEY_KINDS } from './node.js';
import { endingOf } from './project.js';

/** A half, a programme or a sector: C, c*, PV, 序时差, what it is divided by, or a rate of its money. */
export function explainCut(question: Question, cut: Cut, aspect: Aspect): Explanation | undefined {
  switch (aspect) {
    case 'completion':
      return explainShare(question, cut, COMPLETION);
    case 'under-way':
      return explainShare(question, cut, UNDER_WAY);
    case 'planned':
      return explainShare(question, cut, PLANNED);
    case 'ahead':
      return explainAhead(question, cut);
    case 'denominator':
      return explainDenominator(question, cut);
    case 'quantified':
      return explainQuantified(question, cut);
    default: {
      const kind = MONEY_KINDS.find((each) => aspect === `money/${each}`);
      const parts = [...question.reading.base.items.values()].filter((item) => cut.has(item)).map(itemCut);
      return kind && explainCutMoney(question, kind, cut, parts);
    }
  }
}

/** Σ w·C / Σ w. */
function explainShare(question: Question, cut: Cut, share: Share): Explanation {
  const { reading, confidence } = question;
  const { weights } = reading;
  const items = itemsOf(assess(reading), cut).map((pair) => pair[confidence]);
  const averaged = weighted(items, share, weights);
  const { symbol, prefix } = share;
  return explanation(question, `${prefix}${cut.node}`, cut.name, {
    value: cutShare(reading, cut, items, share, confidence),
    whyNull: whyWithout(items),
    rule: 'weighted-mean',
    text: `${symbol} = Σ w·${symbol} ÷ Σ w：对 ${averaged.length} 项可量化任务求和，权重集“${weights.name}”在其中归一`,
    inputs: [input('m', '任务数', fraction(items.length)), input('q', '参与平均的任务数', fraction(averaged.length))],
    children: averaged.map(({ figure, weight, value }) =>
      shareChild(`${prefix}item/${figure.item.item}`, figure.item.name, weight, value),
    ),
    leftOut: items.flatMap((item) => leftOutItem(question, item, share)),
  });
}

/** 序时差: how far C lies above what was planned by `on`; negative: behind. */
function explainAhead(question: Question, cut: Cut): Explanation {
  const { reading, confidence } = question;
  const items = itemsOf(assess(reading), cut).map((pair) => pair[confidence]);
  const [c, planned] = [COMPLETION, PLANNED].map((share) => cutShare(reading, cut, items, share, confidence));
  return explanation(question, addressOf('ahead', cut.node), `${cut.name} 序时差`, {
    value: c && planned ? subtract(c, planned) : null,
    whyNull: whyWithout(items),
    rule: 'difference',
    text: '序时差 = C − PV：完成率减按时间基线此时应完成的比例，以百分点计；为负即落后于计划',
    inputs: c && planned ? [input('a', 'C：完成率', c), input('b', 'PV：计划应完成', planned)] : [],
    children: [
      shareChild(cut.node, `${cut.name} 完成率`, null, c ?? null),
      shareChild(addressOf('planned', cut.node), `${cut.name} 计划应完成`, null, planned ?? null),
    ],
  });
}

function leftOutItem({ reading: { weights } }: Question, assessed: ItemAssessment, share: Share): LeftOut[] {
  const { item, whyNull } = assessed.figure;
  const base = { what: `${item.item} ${item.name}`, node: `item/${item.item}` };
  if (share.of(assessed) === null) {
    const why = whyNull === 'open-roster' ? 'open-roster' : 'unquantified';
    return [{ ...base, why, text: `${WHY_NULL_TEXT[whyNull ?? 'unquantified']}：不参与平均，仍在任务数之内` }];
  }
  if (!isZero(weights.weightOf(item.item))) return [];
  return [{ ...base, why: 'no-weight', text: `权重集“${weights.name}”未列此项，权重为 0，仍在任务数之内` }];
}

/** What a cut is divided by: its items by this baseline; and what left or came since B0, when, and by which document. */
function explainDenominator(question: Question, cut: Cut): Explanation {
  const { reading } = question;
  const items = [...reading.base.items.values()].filter((item) => cut.has(item));
  const moved = [
    ...changes(reading, cut, 'b0').map((change) => ({ ...change, why: 'withdrawn' as const, said: '调出现行规划' })),
    ...changes(reading, cut, 'current').map((change) => ({ ...change, why: 'added' as const, said: 'B0 之后新增' })),
  ];
  const planned = moved.map(({ node, code, name, document, on, entry, why, said }): LeftOut => ({
    ...{ what: `${code} ${name}`, why, node, entries: entry === null ? [] : [entry] },
    text: `${said}：${document ?? '未注明文号'}${on === null ? '' : `（${on}）`}`,
  }));
  const projects = departures(reading, cut, LEFT_OUT_MAX).map((standing): LeftOut => {
    const { unfinished } = departure(reading, standing, cut);
    const rest = unfinished.map(({ name, unit, unfinished: units }) => `${name} ${units} ${unit}`).join('、');
    return {
      ...{ what: standing.name, why: endingOf(standing) ?? 'cancelled', node: standing.stream },
      text: `${endedText(standing)}${rest === '' ? '' : `，未完成 ${rest}`}；目标不变`,
      entries: [standing.position],
    };
  });
  return explanation(question, addressOf('denominator', cut.node), `${cut.name} 分母`, {
    ...{ value: fraction(items.length), share: false, rule: 'count' },
    text: reading.baseline === 'b0' ? 'N = B0 的任务数，此后不变' : 'N = 现行规划的任务数，仅因文件增减',
    inputs: reading.plan.documents.map(({ kind, document, on, position }) =>
      input(`entry ${position}`, `${DOCUMENTS[kind]}（${on}）`, document),
    ),
    children: items.map(({ item, name }) => ({ node: `item/${item}`, name, weight: null, value: null })),
    leftOut: [...planned, ...projects],
    leftOutTotal: planned.length + departuresTotal(reading, cut),
    entries: reading.plan.documents.map(({ position }) => position),
  });
}

/** How many items of a cut have a number: a target makes one, whoever vouches for what was done. */
function explainQuantified(question: Question, cut: Cut): Explanation {
  const { reading, confidence } = question;
  const pairs = itemsOf(assess(reading), cut);
  const quantified = pairs.filter(isQuantified).map((pair) => pair[confidence].figure);
  const others = pairs.filter((pair) => !isQuantified(pair)).map((pair) => pair[confidence]);
  return explanation(question, addressOf('quantified', cut.node), `${cut.name} 可量化任务`, {
    ...{ value: fraction(quantified.length), share: false, rule: 'count' },
    text: '有完成率的任务数：至少一个约束性、可计量、非“其中”的产出有目标',
    children: quantified.map(({ item, c }) => shareChild(`item/${item.item}`, item.name, null, c)),
    leftOut: others.flatMap((item) => leftOutItem(question, item, COMPLETION)),
  });
}

const DOCUMENTS = {
  issued: '正式印发',
  adjusted: '规划调整',
  roster: '名册认定',
  checklist: '清单认定',
  closed: '规划收官',
} as const;

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
  const { reading, confidence } = question;
  const assessment = assess(reading);
  const halves = [HALVES.programmes, HALVES.body].map((cut) => {
    const items = itemsOf(assessment, cut).map((pair) => pair[confidence]);
    return shareChild(cut.node, cut.name, null, cutShare(reading, cut, items, COMPLETION, confidence));
  });
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
