import type { GapKind } from './answer-rows.js';
import type { Explanation } from './explanation.js';
import { definedAt, explanation, input, quantityChild, type Question } from './explaining.js';
import { type FoundGap, gapAddress, type GapNumber } from './gap-grounds.js';
import { gapsAt } from './gaps.js';
import { gapsOfIndicators } from './gaps-implied.js';
import { gapsOfProject } from './gaps-works.js';

/** When there is a gap of the kind, for people. */
const WHEN: Readonly<Record<string, string>> = {
  'item-without-project': '没有任何在库项目与此项关联',
  'out-of-reach': '关联项目已交付的与在建设计的合计小于需要的',
  'built-not-in-use': '已交付，所属行业的规则因未投用不予计入',
  uncounted: '已交付，所属行业的规则暂不计入',
  'scheme-without-status': '谋划事项没有一个关联项目报过状态',
  'open-roster': '产出量所依名册未定',
  overdue: '硬性产出量已过到期日而未达标',
  'funds-without-progress': '资金已到位，计划开工日已过，尚未开工',
  'progress-without-funds': '已开工并有进度，申请的资金一分未到位',
  'land-idle': '用地落实后满规定月数未开工',
  'element-missing': '要素在规定天数内即将需用而未足额落实',
  'stale-report': '工程未完而连续超过规定天数没有填报',
  'ledger-mismatch': '核定值与台账推算相差超过规定的百分比',
} satisfies Partial<Record<GapKind, string>>;

/**
 * Why there is a gap, or one number of it. Gaps are looked for by B0 and by one confidence each, whatever is asked;
 * undefined where there is no such gap: it may have been closed.
 */
export function explainGap(asked: Question, address: string): Explanation | undefined {
  const { plan } = asked.reading;
  const question: Question = { ...asked, reading: { ...asked.reading, base: plan.b0, baseline: 'b0' } };
  for (const found of gapsNamed(question, address)) {
    const seen = { ...question, confidence: found.grounds?.confidence ?? question.confidence };
    if (gapAddress(found) === address) return explainRow(seen, found, address);
    const number = found.grounds?.numbers.find(({ key }) => gapAddress(found, key) === address);
    if (number) return explainNumber(seen, found, number, address);
  }
  return undefined;
}

/** Only what the address names is looked at: a moment of the past reads projects one by one. */
function gapsNamed({ reading }: Question, address: string): readonly FoundGap[] {
  const item = /^gap\/[^/]+\/item\/([^/]+)$/.exec(address)?.[1];
  const measure = /^gap\/[^/]+\/(?:[^/]+\/)?measure\/([^/]+)/.exec(address)?.[1];
  const found = [
    ...(item === undefined ? [] : gapsAt(reading, { item })),
    ...(measure === undefined ? [] : gapsAt(reading, { measure })),
    ...(address.startsWith('gap/ledger-mismatch/') ? gapsOfIndicators(reading) : []),
  ];
  // An element's own name may hold a slash, and even look like a project: every project named is looked at.
  for (const [stream] of address.matchAll(/(?<=\/)project\/[^/]+/g)) {
    const standing = reading.standings.get(stream);
    if (standing) found.push(...gapsOfProject(reading, standing));
  }
  return found;
}

function explainRow(question: Question, found: FoundGap, address: string): Explanation {
  const { kind, node, name, text, entries, grounds, values = [] } = found;
  const [, code = ''] = node.split('/');
  const answer = explanation(question, address, `${name}：${text}`, {
    ...{ value: null, whyNull: 'verdict', rule: 'none', text: WHEN[kind] ?? text },
    inputs: [input('kind', '缺口', kind), ...(grounds?.inputs ?? [])],
    children: [
      ...(grounds?.numbers ?? []).map((each) => quantityChild(gapAddress(found, each.key), each.name, each.value)),
      ...values.map((each) => ({ node: each.node, name: each.name, weight: null, value: null })),
      { node, name, weight: null, value: null },
    ],
    entries: entries ?? definedAt(question.reading, code),
  });
  return { ...answer, verdict: kind };
}

function explainNumber(question: Question, found: FoundGap, number: GapNumber, address: string): Explanation {
  const { node, name, entries, grounds } = found;
  const { value, rule, text, inputs, of } = number;
  const parts = (grounds?.numbers ?? []).filter(({ key }) => of.includes(key));
  const [, code = ''] = node.split('/');
  return explanation(question, address, `${name} ${number.name}`, {
    ...{ value, share: false, rule, text, inputs },
    children:
      parts.length > 0
        ? parts.map((each) => quantityChild(gapAddress(found, each.key), each.name, each.value))
        : [{ node, name, weight: null, value: null }],
    entries: number.entries?.length ? number.entries : (entries ?? definedAt(question.reading, code)),
  });
}
