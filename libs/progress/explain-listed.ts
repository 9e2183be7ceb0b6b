import { ELEMENTS, type Standing } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import type { Child, Explanation, Input } from './explanation.js';
import { definedAt, explanation, input, type Question, quantityChild, shareChild } from './explaining.js';
import { elementName, elementsOn } from './element.js';
import { amountOf } from './element-sums.js';
import { GRADE_NAMES, type Grade, type IndicatorAssessment } from './grade.js';
import { assessIndicators } from './indicators.js';
import { INDICATOR_COUNTED, indicatorFigures } from './headline.js';
import { type IndicatorFigure, isBinding } from './indicator.js';
import { COLOUR_NAMES, type LampQuestion, type ProjectLamps } from './lamp.js';
import { gradeColour, projectLamps } from './lamps.js';
import {
  type ElementSide,
  type ElementsNode,
  elementsNode,
  type FilterName,
  FILTERS,
  type FilterTexts,
  gradesNode,
  HEADER_NODE,
  type IndicatorCount,
  indicatorsNode,
  type LampCount,
  lampsNode,
  type ListedNode,
  projectsNode,
} from './listed-node.js';
import { LeftOutList, pageOf, placeOf } from './page.js';
import { projectProgress } from './project.js';
import { filterOf, isCounted, select } from './watch.js';

/** Why a list counts so many: one by one, the lamps, projects or indicators that it counts. */
export function explainListed(question: Question, node: ListedNode): Explanation | undefined {
  switch (node.listed) {
    case 'lamps':
      return explainLampCount(question, node.count, node.filter);
    case 'elements':
      return explainElements(question, node);
    case 'header':
      return explainHeader(question);
    case 'projects':
      return explainTotal(question, node.filter);
    case 'grades':
      return explainGrade(question, node.grade, node.binding);
    case 'indicators':
      return explainIndicatorCount(question, node.count, node.binding);
  }
}

const FILTER_LABELS: Readonly<Record<FilterName, string>> = {
  ...{ sector: '领域', county: '县（区）', unit: '单位', item: '任务', stage: '阶段', colour: '总灯', name: '名称含' },
};

const asked = (filter: FilterTexts): Input[] => [
  input('scope', '范围', '读者可见的项目'),
  ...FILTERS.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [input(name, `筛选：${FILTER_LABELS[name]}`, value)];
  }),
];

/** Projects of the filter that the reader may see, by stream; undefined where a filter asks for what there cannot be. */
function projectsOf({ reading, confidence, visible }: Question, texts: FilterTexts) {
  const filter = filterOf(texts);
  if (!filter) return undefined;
  const { plan, on, baseline } = reading;
  const lampQuestion: LampQuestion = { plan, on, confidence, baseline };
  const found = select(reading, lampQuestion, filter, visible);
  return { lampQuestion, found: found.sort((a, b) => (a.stream < b.stream ? -1 : 1)) };
}

/** One page of them. */
function listed(question: Question, found: readonly Standing[], childOf: (standing: Standing) => Child) {
  const from = placeOf(question.after)?.stream ?? '';
  const streams = found.map(({ stream }) => stream).filter((stream) => stream >= from);
  const { shown, page } = pageOf(question, streams, found.length, (each) => [{ unit: '', child: childOf(each) }]);
  return { value: fraction(found.length), share: false, rule: 'count', children: shown, page } as const;
}

const COUNT_NAMES: Readonly<Record<LampCount, string>> = { ...COLOUR_NAMES, grey: '灰', none: '不亮灯' };

function explainLampCount(question: Question, count: LampCount, filter: FilterTexts): Explanation | undefined {
  const { colour, ...others } = filter;
  const projects = colour === undefined ? projectsOf(question, others) : undefined;
  if (!projects) return undefined;
  // By stream: a standing may be made anew each time it is read.
  const lit = new Map<string, ProjectLamps | undefined>();
  for (const each of projects.found) lit.set(each.stream, projectLamps(projects.lampQuestion, each));
  const isOf = ({ stream }: Standing): boolean => isCounted(lit.get(stream), count);
  const childOf = ({ stream, name }: Standing): Child => {
    const shown = lit.get(stream)?.overall.colour;
    const node = shown ? `lamp/overall/${stream}` : stream;
    return { node, name, weight: null, value: null, colour: shown ?? 'none' };
  };
  const left = new LeftOutList();
  for (const each of projects.found) {
    if (isOf(each)) continue;
    const { node, name, colour: shown } = childOf(each);
    left.add({ what: name, why: 'other-colour', text: `总灯：${COUNT_NAMES[shown ?? 'none']}`, node });
  }
  return explanation(question, lampsNode(count, filter), `项目亮灯 ${COUNT_NAMES[count]}`, {
    ...listed(question, projects.found.filter(isOf), childOf),
    text: LAMP_COUNT_TEXT[count] ?? '总灯为该颜色的项目数；总灯取各灯中最暗者',
    inputs: asked(filter),
    ...{ leftOut: left.shown, leftOutTotal: left.total },
  });
}

const LAMP_COUNT_TEXT: Partial<Record<LampCount, string>> = {
  grey: '总灯标灰（最近一期未报送）的项目数，与颜色并列',
  none: '没有适用的灯的项目数：未编里程碑计划，或已取消、调出、拆分、合并',
};

function explainTotal(question: Question, filter: FilterTexts): Explanation | undefined {
  const { reading, confidence } = question;
  const { on, baseline } = reading;
  const projects = projectsOf(question, filter);
  return (
    projects &&
    explanation(question, projectsNode(filter), '项目数', {
      ...listed(question, projects.found, (each) =>
        shareChild(each.stream, each.name, null, projectProgress(each, confidence, on, baseline)),
      ),
      ...{ text: '符合筛选条件的项目数', inputs: asked(filter) },
    })
  );
}

const SIDE_NAMES: Readonly<Record<ElementSide, string>> = { requested: '需求', allocated: '已落实', used: '已使用' };

/** A sum of elements: of all projects, one by one; or of one project, its elements by their entries. */
function explainElements(question: Question, node: ElementsNode): Explanation | undefined {
  const { kind, side, filter, stream } = node;
  const { standings, on } = question.reading;
  const { unit, name: ofKind } = ELEMENTS[kind];
  const name = `${ofKind} ${SIDE_NAMES[side]}`;
  if (stream !== undefined) {
    const standing = standings.get(stream);
    if (!standing) return undefined;
    const own = elementsOn(standing, on).filter((each) => each.kind === kind);
    return explanation(question, elementsNode(node), `${standing.name} ${name}`, {
      ...{ value: fraction(amountOf(standing, kind, side, on)), share: false, rule: 'total' },
      text: '该项目此类要素之和；退回的已扣除',
      inputs: own.map((each) => input(each.element, elementName(each), fraction(each[side]), unit)),
      entries: own.flatMap(({ entries }) => entries),
    });
  }
  const projects = projectsOf(question, filter);
  if (!projects) return undefined;
  const ofPlan = projects.found.filter(({ offPlan }) => !offPlan);
  const amounts = new Map(ofPlan.map((each) => [each.stream, amountOf(each, kind, side, on)] as const));
  const found = ofPlan.filter(({ stream: each }) => amounts.get(each));
  const childOf = (each: Standing): Child =>
    quantityChild(
      elementsNode({ kind, side, filter: {}, stream: each.stream }),
      each.name,
      fraction(amounts.get(each.stream) ?? 0),
    );
  return explanation(question, elementsNode(node), name, {
    ...listed(question, found, childOf),
    ...{ value: fraction([...amounts.values()].reduce((sum, each) => sum + each, 0n)), rule: 'sum' },
    text: `读者可见、未标规划外的各项目之和，以${unit}计；退回的已扣除`,
    inputs: asked(filter),
  });
}

const lampOf = ({ figure: { indicator }, grade }: IndicatorAssessment): Child => ({
  ...{ node: `lamp/indicator/${indicator.indicator}`, name: indicator.name, weight: null, value: null },
  ...{ verdict: grade, colour: gradeColour(grade) ?? 'none' },
});

/** Indicators that are counted, and those beside them that are not. */
function counted(all: readonly IndicatorAssessment[], isOf: (each: IndicatorAssessment) => boolean) {
  const children = all.filter(isOf).map(lampOf);
  return { value: fraction(children.length), share: false, rule: 'count', children } as const;
}

const binding = ({ figure }: IndicatorAssessment): boolean => isBinding(figure.indicator);

function explainHeader(question: Question): Explanation {
  const all = assessIndicators(question.reading).filter(binding);
  const isRed = ({ grade }: IndicatorAssessment): boolean => gradeColour(grade) === 'red';
  return explanation(question, HEADER_NODE, '亮红灯的约束性指标', {
    ...counted(all, isRed),
    text: '亮红灯的约束性指标数；有一项即在规划页眉标红',
    leftOut: all
      .filter((each) => !isRed(each))
      .map(lampOf)
      .map(({ node, name, colour = 'none' }) => ({
        ...{ what: name, why: 'other-colour', text: `指标灯：${COUNT_NAMES[colour]}`, node },
      })),
  });
}

function explainGrade(question: Question, wanted: Grade, onlyBinding: boolean): Explanation {
  const all = assessIndicators(question.reading).filter((each) => !onlyBinding || binding(each));
  const isOf = ({ grade }: IndicatorAssessment): boolean => grade === wanted;
  const name = `${onlyBinding ? '约束性指标' : '指标'} ${GRADE_NAMES[wanted]}`;
  return explanation(question, gradesNode(wanted, onlyBinding), name, {
    ...counted(all, isOf),
    text: `评级为“${GRADE_NAMES[wanted]}”的指标数`,
    leftOut: all
      .filter((each) => !isOf(each))
      .map((each) => ({
        ...{ what: each.figure.indicator.name, why: 'other-verdict', node: lampOf(each).node },
        text: `评级为“${GRADE_NAMES[each.grade]}”`,
      })),
  });
}

const INDICATOR_COUNT_NAMES: Readonly<Record<IndicatorCount, string>> = {
  ...{ total: '全部', satisfied: '已达标', unmet: '未达标', noData: '数据未出' },
};

/** How many indicators the headline says are satisfied, are not, or have no data: one by one, the others left out. */
function explainIndicatorCount(question: Question, count: IndicatorCount, onlyBinding: boolean): Explanation {
  const { reading } = question;
  const all = indicatorFigures(reading).filter(({ indicator }) => !onlyBinding || isBinding(indicator));
  const childOf = ({ indicator, x, satisfied }: IndicatorFigure): Child => {
    const node = `indicator/${indicator.indicator}`;
    const { name } = indicator;
    return { ...(x ? quantityChild(node, name, x) : shareChild(node, name, null, null, 'no-data')), satisfied };
  };
  const isOf = INDICATOR_COUNTED[count];
  const children = all.filter(isOf).map(childOf);
  const scope = onlyBinding ? '约束性指标' : '指标';
  return explanation(question, indicatorsNode(count, onlyBinding), `${scope} ${INDICATOR_COUNT_NAMES[count]}`, {
    ...{ value: fraction(children.length), share: false, rule: 'count', children },
    text: `${INDICATOR_COUNT_NAMES[count]}的${scope}数；只看核定值，有疑义的须各种读法都达标`,
    leftOut: all
      .filter((each) => !isOf(each))
      .map(({ indicator, satisfied }) => ({
        ...{ what: indicator.name, why: 'other-verdict', node: `indicator/${indicator.indicator}` },
        text: satisfied === null ? '数据未出' : satisfied ? '已达标' : '未达标',
      })),
    entries: definedAt(reading, ...all.map(({ indicator }) => indicator.indicator)),
  });
}
