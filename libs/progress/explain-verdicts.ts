import { fraction } from '@planledger/kernel';
import type { Verdict } from './answer.js';
import { assess, type ItemAssessment, verdictGrounds } from './assessment.js';
import { type Cut, itemsOf } from './cut.js';
import type { Child, Explanation } from './explanation.js';
import { definedAt, explanation, input, type Question, shareChild } from './explaining.js';
import { itemVerdictNode, verdictsNode } from './judged-node.js';
import { headlineVerdict, VERDICT_NAMES, yesNo } from './verdicts.js';

/** How many items of a cut have a verdict (DOMAIN §4.4), one by one; the rest are left out, each with its own. */
export function explainVerdicts(question: Question, cut: Cut, wanted: Verdict): Explanation {
  const items = itemsOf(assess(question.reading), cut).map((pair) => pair[question.confidence]);
  const counted = items.filter(({ verdict }) => verdict === wanted);
  const nodeOf = ({ figure }: ItemAssessment): string => itemVerdictNode(figure.item.item);
  return explanation(question, verdictsNode(cut.node, wanted), `${cut.name} ${VERDICT_NAMES[wanted]}`, {
    ...{ value: fraction(counted.length), share: false, rule: 'count' },
    text: `结论为“${VERDICT_NAMES[wanted]}”的任务数`,
    children: counted.map((each): Child => ({
      ...{ node: nodeOf(each), name: each.figure.item.name, weight: null, value: null, verdict: wanted },
    })),
    leftOut: items
      .filter(({ verdict }) => verdict !== wanted)
      .map((each) => ({
        ...{ what: each.figure.item.name, why: 'other-verdict', node: nodeOf(each) },
        text: `结论为“${VERDICT_NAMES[each.verdict]}”`,
      })),
  });
}

/** A verdict is no number: recomputeVerdict() of this page gives it again. */
export function explainItemVerdict(question: Question, code: string): Explanation | undefined {
  const { reading, confidence } = question;
  const assessment = assess(reading);
  const assessed = assessment.items.get(code)?.[confidence];
  if (!assessed) return undefined;
  const { item, c, whyNull } = assessed.figure;
  const grounds = verdictGrounds(assessment, assessed);
  const answer = explanation(question, itemVerdictNode(code), item.name, {
    ...{ value: null, whyNull: 'verdict', rule: 'none' },
    text: '没有可计的数为无量化目标；硬性目标全部达标为完成；应有进展而未开工、未计入为未启动；SPI_t 低于滞后线或逾期为滞后；其余在轨',
    inputs: [
      input('quantified', '可量化', yesNo(grounds.quantified)),
      input('satisfied', '全部达标', yesNo(grounds.satisfied)),
      input('begun', '已开工或已有计入', yesNo(grounds.begun)),
      input('due', '时间基线已有应完成的', yesNo(grounds.due)),
      input('spi', 'SPI_t', grounds.spi ?? ''),
      input('lagging', '滞后线', grounds.laggingBelow),
      input('overdue', '逾期', fraction(grounds.overdueDays), '天'),
    ],
    children: [
      shareChild(`item/${code}`, item.name, null, c, whyNull),
      { node: `schedule/item/${code}`, name: `${item.name} 时间基线`, weight: null, value: null },
    ],
    entries: definedAt(reading, code),
  });
  return { ...answer, verdict: headlineVerdict(grounds) };
}
