import type { Standing } from '@planledger/contracts';
import { explainCounty, explainCut, explainIndicators, explainPlan } from './explain-cut.js';
import { explainItem } from './explain-item.js';
import {
  explainContribution,
  explainIndicator,
  explainMilestone,
  explainObservation,
  explainProject,
} from './explain-leaf.js';
import { explainMeasure } from './explain-measure.js';
import type { Question } from './explaining.js';
import { type Explanation, type ExplainOptions, PAGE_DEFAULT, PAGE_MAX } from './explanation.js';
import { HALVES } from './headline.js';
import { type Address, parseAddress } from './node.js';
import { type CompletionInput, type Confidence, readingOf } from './reading.js';
import { rulesOn } from './rules.js';
import { weightSetOn } from './weights.js';

/**
 * How a figure was made, one level (DOMAIN §4.9); undefined for an address that is none or names nothing of this plan.
 * Every `node` of a completion answer and every child of an explanation is such an address.
 */
export function explain(
  input: CompletionInput,
  node: string,
  confidence: Confidence,
  options: ExplainOptions = {},
): Explanation | undefined {
  const address = parseAddress(node);
  if (!address) return undefined;
  rulesOn(input.plan, input.on);
  const question: Question = {
    reading: readingOf(input, options.baseline ?? 'b0'),
    confidence,
    weights: weightSetOn(input.plan, input.on),
    limit: Math.max(1, Math.min(PAGE_MAX, Math.trunc(options.limit ?? PAGE_DEFAULT))),
    after: options.after,
  };
  return address.aspect === 'completion' ? explainCompletion(question, address) : explainAspect(question, address);
}

function explainCompletion(question: Question, { node }: Address): Explanation | undefined {
  const { plan, standings } = question.reading;
  const project = (stream: string, make: (standing: Standing) => Explanation | undefined): Explanation | undefined => {
    const standing = standings.get(stream);
    return standing && make(standing);
  };
  switch (node.kind) {
    case 'plan':
      return explainPlan(question);
    case 'county':
      return explainCounty(question, node.county);
    case 'indicator': {
      const indicator = plan.indicators.get(node.indicator);
      return indicator && explainIndicator(question, indicator);
    }
    case 'observation':
      return explainObservation(question, node.code, node.period);
    case 'project':
      return project(node.stream, (standing) => explainProject(question, standing));
    case 'milestone':
      return project(node.stream, (standing) => explainMilestone(question, standing, node.milestone));
    case 'contribution':
      return project(node.stream, (standing) => explainContribution(question, node.measure, standing, node.unit));
    case 'half':
      return node.half === 'indicators'
        ? explainIndicators(question)
        : explainAspect(question, { aspect: 'completion', node });
    case 'programme':
    case 'sector':
    case 'item':
    case 'measure':
      return explainAspect(question, { aspect: 'completion', node });
  }
}

/** The nodes that have more figures than one: cuts, items and measures. */
function explainAspect(question: Question, { aspect, node }: Address): Explanation | undefined {
  const { plan, base } = question.reading;
  switch (node.kind) {
    case 'half': {
      if (node.half === 'indicators') return undefined;
      const { node: address, name, cut } = HALVES[node.half];
      return explainCut(question, address, name, cut, aspect);
    }
    case 'programme': {
      const { programme } = node;
      const name = [...base.items.values()].find((item) => item.programme === programme)?.programmeName;
      if (programme === 0 || name === undefined) return undefined;
      return explainCut(question, `programme/${programme}`, name, (item) => item.programme === programme, aspect);
    }
    case 'sector': {
      const { sector } = node;
      const name = plan.sectors.get(sector)?.name;
      if (name === undefined) return undefined;
      return explainCut(question, `sector/${sector}`, name, (item) => item.sector === sector, aspect);
    }
    case 'item': {
      const item = base.items.get(node.item);
      return item && explainItem(question, item, aspect);
    }
    case 'measure': {
      const measure = base.measures.get(node.measure);
      return measure && explainMeasure(question, measure, aspect);
    }
    default:
      return undefined;
  }
}
