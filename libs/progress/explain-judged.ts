import type { Explanation } from './explanation.js';
import type { Question } from './explaining.js';
import { explainDue } from './explain-due.js';
import { explainCount, explainSplit, explainVerdict } from './explain-evaluation.js';
import { explainGap } from './explain-gap.js';
import { explainItemVerdict, explainVerdicts } from './explain-verdicts.js';
import type { JudgedNode } from './judged-node.js';
import { cutAt } from './rows.js';

/** A number or verdict of the evaluation, of what falls due, or of a gap; undefined where there is none. */
export function explainJudged(question: Question, of: JudgedNode): Explanation | undefined {
  switch (of.judged) {
    case 'count':
      return explainCount(question, of.part, of.verdict);
    case 'verdict':
      return explainVerdict(question, of.of, of.code);
    case 'split':
      return explainSplit(question, of.split, of.measure);
    case 'verdicts': {
      const cut = cutAt(question.reading, of.cut);
      return cut && explainVerdicts(question, cut, of.verdict);
    }
    case 'item-verdict':
      return explainItemVerdict(question, of.item);
    case 'due':
      return explainDue(question, of.address);
    case 'gap':
      return explainGap(question, of.address);
  }
}
