import { daysBetween, fraction } from '@planledger/kernel';
import { casesDue, type Falling, measuresDue, projectDues, reportsDue } from './due.js';
import type { Explanation } from './explanation.js';
import { explanation, input, type Question } from './explaining.js';

/**
 * Days that are left of something that falls due, by the dates of the baseline asked for; negative: overdue. Undefined of
 * what is done or dropped: it no longer falls due. The child is what must be done, a figure of its own where it is one.
 */
export function explainDue(question: Question, address: string): Explanation | undefined {
  const found = fallingAt(question, address);
  if (!found) return undefined;
  const { on } = question.reading;
  const { kind, node, name, text, due, source, entries, unit } = found;
  return explanation(question, address, `${name}：${text}`, {
    ...{ value: fraction(daysBetween(on, due)), share: false, rule: 'days', entries },
    text: '剩余天数 = 今日至到期日的天数；为负即逾期',
    inputs: [
      input('from', '今日', on),
      input('to', '到期日', due),
      input('source', '到期日出处', source),
      ...(unit === '' ? [] : [input('unit', '责任单位', unit)]),
    ],
    // Reports and cases are no figures: their entries say all there is.
    children: kind === 'report' || kind === 'case' ? [] : [{ node, name, weight: null, value: null }],
  });
}

/** Only the project that the address names is read: a moment of the past reads projects one by one. */
function fallingAt({ reading }: Question, address: string): Falling | undefined {
  const [, kind, id = ''] = address.split('/');
  const standing = kind === 'milestone' || kind === 'element' ? reading.standings.get(`project/${id}`) : undefined;
  const rows = standing
    ? projectDues(standing, reading)
    : kind === 'report'
      ? reportsDue(reading.plan, reading.on)
      : kind === 'case'
        ? casesDue(reading.plan, reading.on)
        : kind === 'measure'
          ? measuresDue(reading)
          : [];
  return rows.find((row) => row.address === address);
}
