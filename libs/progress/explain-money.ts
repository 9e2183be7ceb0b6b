import type { PlanItemDefined, Standing } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import type { ProjectGroup } from './cells-groups.js';
import type { Cut } from './cut.js';
import { departures, departuresTotal } from './denominator.js';
import { type Child, type Explanation, LEFT_OUT_MAX, type LeftOut } from './explanation.js';
import { type Answer, explanation, input, type Question, shareChild } from './explaining.js';
import { endedText } from './explain-units.js';
import { elementsOn } from './element.js';
import { groupsIn, type Rate, rateOfProject, type Rates, ratesOfGroups, shareOfRate } from './money-figures.js';
import { addressOf, type MoneyKind } from './node.js';
import { mergedFrom, pageOf } from './page.js';
import { endingOf } from './project.js';

/** Rates of money (DOMAIN §4.7), each with what it divides by what. */
const KINDS: Readonly<Record<MoneyKind, { readonly name: string; readonly done: string; readonly of: string }>> = {
  investment: { name: '完成投资率', done: '累计完成投资（截至该日历年最后一次填报）', of: '批准概算' },
  year: { name: '年度投资完成率', done: '本年完成投资', of: '本年投资计划' },
  funded: { name: '资金到位率', done: '到位资金', of: '申请资金' },
  paid: { name: '资金支付率', done: '已支付资金', of: '到位资金' },
};

export const itemCut = ({ item, name }: PlanItemDefined): Cut => ({
  ...{ node: `item/${item}`, name },
  has: (each) => each.item === item,
});

/** Of a plan, a half, a sector or a programme: its parts stand beside, since a project may be in several of them. */
export function explainCutMoney(question: Question, kind: MoneyKind, cut: Cut, parts: readonly Cut[]): Explanation {
  const { reading } = question;
  const groups = groupsIn(reading.cells, reading.base, cut);
  const children = parts.map((part): Child => {
    const within = groupsIn(reading.cells, reading.base, part);
    const rate = rateIn(question, kind, ratesOfGroups(within, reading.on));
    return shareChild(addressOf(`money/${kind}`, part.node), part.name, null, shareOfRate(rate));
  });
  return explanation(question, addressOf(`money/${kind}`, cut.node), `${cut.name} ${KINDS[kind].name}`, {
    ...answerOf(question, kind, cut, groups),
    children,
  });
}

/** Of an item: its projects, a page of them. */
export function explainItemMoney(question: Question, kind: MoneyKind, item: PlanItemDefined): Explanation {
  const { reading } = question;
  const cut = itemCut(item);
  const groups = groupsIn(reading.cells, reading.base, cut);
  const total = groups.reduce((sum, { streams }) => sum + streams.size, 0);
  const indexes = groups.map(({ streams }) => streams);
  const { shown, page } = pageOf(question, mergedFrom(question, indexes), total, (standing) => {
    const rate = rateOfProject(standing, kind, reading, question.confidence);
    const node = addressOf(`money/${kind}`, standing.stream);
    return [{ unit: '', child: shareChild(node, standing.name, null, shareOfRate(rate)) }];
  });
  return explanation(question, addressOf(`money/${kind}`, cut.node), `${item.name} ${KINDS[kind].name}`, {
    ...answerOf(question, kind, cut, groups),
    ...{ children: shown, page },
  });
}

const rateIn = ({ reading, confidence }: Question, kind: MoneyKind, rates: Rates): Rate =>
  rates[kind][reading.baseline][confidence];

function answerOf(question: Question, kind: MoneyKind, cut: Cut, groups: readonly ProjectGroup[]): Answer {
  const { reading } = question;
  const rate = rateIn(question, kind, ratesOfGroups(groups, reading.on));
  const population =
    reading.baseline === 'b0'
      ? 'B0：全部关联项目，已终止的也在内'
      : '现行：仍在实施的关联项目，已终止的从分子、分母一并退出';
  return {
    ...rateAnswer(kind, rate),
    text: `${rateAnswer(kind, rate).text}；同一项目关联多项任务的只计一次；${population}`,
    ...(reading.baseline === 'current' ? gone(question, cut) : {}),
  };
}

/** Projects that ended are no part of current money. */
function gone({ reading }: Question, cut: Cut): Pick<Answer, 'leftOut' | 'leftOutTotal'> {
  const leftOut = departures(reading, cut, LEFT_OUT_MAX).map((standing): LeftOut => ({
    ...{ what: standing.name, why: endingOf(standing) ?? 'cancelled', node: standing.stream },
    ...{ text: endedText(standing), entries: [standing.position] },
  }));
  return { leftOut, leftOutTotal: departuresTotal(reading, cut) };
}

function rateAnswer(kind: MoneyKind, rate: Rate): Answer {
  const { name, done, of } = KINDS[kind];
  return {
    ...{ value: shareOfRate(rate), whyNull: 'no-money', rule: 'quotient', text: `${name} = n ÷ N：${done} ÷ ${of}` },
    inputs: [input('n', done, fraction(rate.done), '元'), input('N', of, fraction(rate.of), '元')],
  };
}

/** Of one project: the end of the chain. Funds give the entries of their elements, investment the project's last. */
export function explainProjectMoney(question: Question, kind: MoneyKind, standing: Standing): Explanation {
  const { reading } = question;
  const rate = rateOfProject(standing, kind, reading, question.confidence);
  const funds = elementsOn(standing, reading.on)
    .filter((element) => element.kind === 'funds')
    .flatMap(({ entries }) => entries);
  const entries = kind === 'funded' || kind === 'paid' ? funds : [standing.position];
  return explanation(question, addressOf(`money/${kind}`, standing.stream), `${standing.name} ${KINDS[kind].name}`, {
    ...rateAnswer(kind, rate),
    entries,
  });
}
