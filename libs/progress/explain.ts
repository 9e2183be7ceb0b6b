import type { Standing } from '@planledger/contracts';
import { explainCounty, explainCountyItem, explainCountyMeasure } from './explain-county.js';
import { explainCountyCount, explainLinked, explainOffPlan } from './explain-counts.js';
import { explainCut, explainIndicators, explainPlan } from './explain-cut.js';
import { explainImplied } from './explain-implied.js';
import { explainIndicatorAspect } from './explain-indicator.js';
import { explainJudged } from './explain-judged.js';
import { explainLamp } from './explain-lamp.js';
import { explainListed } from './explain-listed.js';
import { explainItem } from './explain-item.js';
import {
  explainContribution,
  explainIndicator,
  explainMilestone,
  explainObservation,
  explainProject,
} from './explain-leaf.js';
import { explainMeasure } from './explain-measure.js';
import { explainCutMoney, explainProjectMoney } from './explain-money.js';
import { explainUnit } from './explain-under-way.js';
import { WHOLE_PLAN } from './cut.js';
import { explainElapsed } from './elapsed.js';
import { documentOf } from './denominator.js';
import { explanation, type Question } from './explaining.js';
import { type Explanation, type ExplainOptions, PAGE_DEFAULT, PAGE_MAX } from './explanation.js';
import {
  type Address,
  addressOf,
  type Aspect,
  countyItemNode,
  countyMeasureNode,
  INDICATOR_ASPECTS,
  MONEY_KINDS,
  parseAddress,
} from './node.js';
import { type CompletionInput, type Confidence, readingOf } from './reading.js';
import { cutAt, sectorCut } from './rows.js';
import { rulesOn } from './rules.js';
import { asSeen, isSeen, showsIn } from './seen.js';

/**
 * How a figure was made, one level (DOMAIN §4.9); undefined for an address that is none or names nothing of this plan.
 * Every `node` of a completion answer and every child of an explanation is such an address. Of a project that the reader may
 * not see it says nothing: undefined where that is asked about; a line without name and address where it is in a sum.
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
  const visible = options.visible ?? (() => true);
  const shows = showsIn(input.standings, visible);
  if (!isSeen(shows, node)) return undefined;
  const question: Question = {
    reading: readingOf(input, options.baseline ?? 'b0'),
    confidence,
    limit: Math.max(1, Math.min(PAGE_MAX, Math.trunc(options.limit ?? PAGE_DEFAULT))),
    after: options.after,
    visible,
  };
  const found =
    address.aspect === 'completion' ? explainCompletion(question, address) : explainAspect(question, address);
  return found && (options.visible ? asSeen(shows, found) : found);
}

function explainCompletion(question: Question, { node }: Address): Explanation | undefined {
  const { base, standings } = question.reading;
  const project = (stream: string, make: (standing: Standing) => Explanation | undefined): Explanation | undefined => {
    const standing = standings.get(stream);
    return standing && make(standing);
  };
  switch (node.kind) {
    case 'plan':
      return explainPlan(question);
    case 'county':
      return explainCounty(question, node.county);
    case 'countyItem': {
      const item = base.items.get(node.item);
      return item
        ? explainCountyItem(question, node.county, item)
        : explainAbsent(question, countyItemNode(node.county, node.item), 'item', node.item);
    }
    case 'countyMeasure': {
      const measure = base.measures.get(node.measure);
      return measure
        ? explainCountyMeasure(question, node.county, measure)
        : explainAbsent(question, countyMeasureNode(node.county, node.measure), 'measure', node.measure);
    }
    case 'indicator': {
      const indicator = base.indicators.get(node.indicator);
      return indicator && explainIndicator(question, indicator);
    }
    case 'implied':
      return explainImplied(question, node);
    case 'lamp':
      return explainLamp(question, node.lamp);
    case 'judged':
      return explainJudged(question, node.of);
    case 'listed':
      return explainListed(question, node.of);
    case 'observation':
      return explainObservation(question, node.code, node.period);
    case 'project':
      return project(node.stream, (standing) => explainProject(question, standing));
    case 'milestone':
      return project(node.stream, (standing) => explainMilestone(question, standing, node.milestone));
    case 'contribution':
      return project(node.stream, (standing) => explainContribution(question, standing, node));
    case 'unit':
      return project(node.stream, (standing) => explainUnit(question, node.measure, standing, node.unit));
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

/** The nodes that have more figures than one: the plan, cuts, items, measures, and projects. */
function explainAspect(question: Question, { aspect, node }: Address): Explanation | undefined {
  const { plan, base, standings } = question.reading;
  switch (node.kind) {
    case 'plan': {
      if (aspect === 'elapsed') return explainElapsed(question);
      const kind = moneyOf(aspect);
      const sectors = [...plan.sectors.values()].map(({ sector, name }) => sectorCut(sector, name));
      return kind && explainCutMoney(question, kind, WHOLE_PLAN, sectors);
    }
    case 'half':
    case 'programme':
    case 'sector': {
      const code = node.kind === 'half' ? node.half : node.kind === 'sector' ? node.sector : node.programme;
      const cut = cutAt(question.reading, `${node.kind}/${code}`);
      return cut && explainCut(question, cut, aspect);
    }
    case 'item': {
      if (aspect === 'linked') return explainLinked(question, node.item);
      const item = base.items.get(node.item);
      return item
        ? explainItem(question, item, aspect)
        : explainAbsent(question, addressOf(aspect, `item/${node.item}`), 'item', node.item);
    }
    case 'measure': {
      if (aspect === 'off-plan') return explainOffPlan(question, node.measure);
      const measure = base.measures.get(node.measure);
      return measure
        ? explainMeasure(question, measure, aspect)
        : explainAbsent(question, addressOf(aspect, `measure/${node.measure}`), 'measure', node.measure);
    }
    case 'countyMeasure':
      return explainCountyCount(question, node.county, node.measure, aspect);
    case 'indicator': {
      const indicator = base.indicators.get(node.indicator);
      const wanted = INDICATOR_ASPECTS.find((each) => each === aspect);
      return indicator && wanted && explainIndicatorAspect(question, indicator, wanted);
    }
    case 'project': {
      const [kind, standing] = [moneyOf(aspect), standings.get(node.stream)];
      return kind && standing && explainProjectMoney(question, kind, standing);
    }
    default:
      return undefined;
  }
}

const moneyOf = (aspect: Aspect) => MONEY_KINDS.find((kind) => aspect === `money/${kind}`);

/** An item or a measure that the other baseline has and this one has not: by which document it left, or came. */
function explainAbsent(
  question: Question,
  address: string,
  kind: 'item' | 'measure',
  code: string,
): Explanation | undefined {
  const { plan, baseline } = question.reading;
  const other = baseline === 'b0' ? plan : plan.b0;
  const held = kind === 'item' ? other.items.get(code) : other.measures.get(code);
  if (!held) return undefined;
  const document = documentOf(question.reading, code);
  const said = document ? `${document.document}（${document.on}）` : '文件';
  return explanation(question, address, held.name, {
    ...{ value: null, whyNull: 'absent', rule: 'none', entries: document ? [document.position] : [] },
    text: baseline === 'b0' ? `B0 没有此项：由${said}新增` : `现行规划没有此项：由${said}调出`,
  });
}
