import type { IndicatorDefined, Standing } from '@planledger/contracts';
import { fraction, isZero, parseDecimal } from '@planledger/kernel';
import { confidenceOf, countsOn } from './contribution.js';
import type { Explanation, Input, LeftOut } from './explanation.js';
import { definedAt, doubtNotes, explanation, input, quantityChild, type Question, shareChild } from './explaining.js';
import { whyOffPlan } from './explain-units.js';
import { indicatorFigure } from './indicator.js';
import { type ContributionNode, contributionNode, milestoneNode, observationNode } from './node.js';
import { observationStream, scaleOf, valueOf } from './observation.js';
import { applicable, isLinked, milestoneIn, milestoneShare, projectProgress } from './project.js';

/** P of a project (DOMAIN §4.1). */
export function explainProject(question: Question, standing: Standing): Explanation {
  const { reading, confidence } = question;
  return explanation(question, standing.stream, standing.name, {
    value: projectProgress(standing, confidence, reading.on, reading.baseline),
    whyNull: 'no-milestones',
    rule: 'weighted-mean',
    text: `P = Σ w·a ÷ Σ w：适用里程碑按权重平均；实物量里程碑 a = min(1, 完成量 ÷ ${DESIGN_NAMES[reading.baseline]})`,
    children: applicable(standing).map((milestone) =>
      shareChild(
        milestoneNode(standing.stream, milestone.milestone),
        milestone.name,
        fraction(milestone.weight),
        milestoneShare(milestone, confidence, reading.on, reading.baseline),
      ),
    ),
    leftOut: standing.milestones
      .filter(({ exempt }) => exempt)
      .map(({ milestone, name, entries }): LeftOut => ({
        ...{ what: name, why: 'exempted', text: '经批准不适用：不在分子，也不在分母', entries },
        node: milestoneNode(standing.stream, milestone),
      })),
  });
}

/** Which designed quantity divides what was done: a re-baselining moves the current one alone. */
const DESIGN_NAMES = { b0: '设计量（B0）', current: '设计量（现行基准）' } as const;

export function explainMilestone(question: Question, standing: Standing, code: string): Explanation | undefined {
  const { reading, confidence } = question;
  const milestone = standing.milestones.find((each) => each.milestone === code);
  if (!milestone) return undefined;
  const { name, entries, exempt } = milestone;
  const { baseline, on } = reading;
  const value = milestoneShare(milestone, confidence, on, baseline);
  const { due, designed, reachedOn } = milestoneIn(milestone, baseline);
  return explanation(question, milestoneNode(standing.stream, code), name, {
    ...{ value, rule: 'recorded', entries },
    text: exempt
      ? 'a = x：已豁免，不参与加权'
      : confidence === 'verified'
        ? 'a = x：经核验的份额'
        : 'a = x：填报的份额',
    inputs: [
      input('x', '已达到', value),
      ...(milestone.type === 'quantity' ? [input('q', DESIGN_NAMES[baseline], fraction(designed))] : []),
      input('due', '计划日期', due),
      input('claimedOn', '填报达到日期', reachedOn),
    ],
  });
}

/** A counted unit, or the part of it in one county: the end of the chain. Its entries are what an auditor opens. */
export function explainContribution(
  question: Question,
  standing: Standing,
  { measure, unit, county }: ContributionNode,
): Explanation | undefined {
  const { reading, confidence } = question;
  const rows = standing.contributions.filter(
    (each) =>
      each.measure === measure &&
      each.unit === unit &&
      confidenceOf(each.confidence) === confidence &&
      (county === undefined || each.county === county),
  );
  if (rows.length === 0) return undefined;
  const counts = (row: (typeof rows)[number]): boolean => countsOn(row, reading.on);
  const quantity = rows.filter(counts).reduce((total, row) => total + row.quantity, 0);
  const [row] = rows.filter(counts).concat(rows);
  const name = `${standing.name} ${unit}`.trim();
  return explanation(question, contributionNode(measure, standing.stream, unit, county), name, {
    ...{ value: fraction(quantity), share: false, rule: 'recorded' },
    text: `x：该产出自计入日起整体计入一次（${standing.sector} 规则 ${standing.rules}）`,
    inputs: [
      input('x', '计入量', fraction(quantity), reading.base.measures.get(measure)?.unit),
      ...(['from', 'until', 'county', 'member'] as const).map((field) =>
        input(field, FIELD_NAMES[field], row?.[field] ?? ''),
      ),
      ...(isLinked(standing, measure) ? [] : [input('offPlan', '规划外，不计入', whyOffPlan(standing))]),
    ],
    entries: rows.flatMap(({ entries }) => entries),
  });
}

const FIELD_NAMES = { from: '计入日', until: '核减日', county: '县（区）', member: '名册成员或工程' } as const;

/** x of an indicator, from its 核定 values. */
export function explainIndicator(question: Question, indicator: IndicatorDefined): Explanation {
  const { reading } = question;
  const { x, satisfied, used, years } = indicatorFigure(reading, indicator);
  const code = indicator.indicator;
  const rows = reading.cells.observations.get(observationStream(code)) ?? [];
  const inputs: Input[] = [
    input('T', '目标', indicator.targetText),
    input('op', '关系', indicator.targetOperator),
    input('b', '基期', indicator.baselineText),
    input('met', '达标', satisfied === null ? '数据未出' : satisfied ? '是' : '否'),
    ...years.map(({ year, kept }) =>
      input(`y${year}`, `${year} 年`, kept === null ? '数据未出' : kept ? '保持' : '未保持'),
    ),
  ];
  return explanation(question, `indicator/${code}`, indicator.name, {
    ...{ value: x, whyNull: 'no-data', share: false, rule: 'sum', inputs },
    text: used.length > 1 ? 'x = 各年核定值之和' : 'x = 最近一期核定值；只有核定值参与评价',
    children: used.map((each) => quantityChild(observationNode(code, each.period), `${each.period} 核定值`, each.x)),
    entries: definedAt(reading, code),
    leftOut: rows
      .filter(({ maturity, on }) => maturity !== 'final' && on <= reading.on)
      .map(({ period, entries }): LeftOut => ({
        what: period,
        why: 'not-final',
        text: '快报或初步值，未核定',
        entries,
      })),
    doubts: doubtNotes(reading, code),
  });
}

/** One observation of the whole city. */
export function explainObservation(question: Question, code: string, period: string): Explanation | undefined {
  const { reading } = question;
  const row = (reading.cells.observations.get(observationStream(code)) ?? []).find(
    (each) => each.period === period && each.county === '' && each.on <= reading.on,
  );
  const unit = reading.plan.indicators.get(code)?.unit ?? reading.base.measures.get(code)?.unit;
  const x = row && unit !== undefined ? valueOf(row, unit) : undefined;
  if (!row || !x || unit === undefined) return undefined;
  const [n, d] = [parseDecimal(row.numerator), parseDecimal(row.denominator)];
  const shared = { value: x, share: false, entries: row.entries };
  const name = `${period}（${row.maturity}）`;
  return n && d && !isZero(d)
    ? explanation(question, observationNode(code, period), name, {
        ...{ ...shared, rule: 'observed-share', text: 'x = n ÷ d × k' },
        inputs: [input('n', '分子', n), input('d', '分母', d), input('k', '单位换算', scaleOf(unit))],
      })
    : explanation(question, observationNode(code, period), name, {
        ...{ ...shared, rule: 'recorded', text: 'x：按公布的数值' },
        inputs: [input('x', '数值', x, unit)],
      });
}
