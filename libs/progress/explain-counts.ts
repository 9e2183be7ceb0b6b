import type { MeasureDefined } from '@planledger/contracts';
import { fraction, ZERO } from '@planledger/kernel';
import { countedOn } from './cells.js';
import { countyTarget } from './county.js';
import type { Explanation } from './explanation.js';
import { type Answer, definedAt, explanation, input, type Question, shareChild } from './explaining.js';
import { contributionsPage, endedText } from './explain-units.js';
import { groupsOf } from './item-projects.js';
import { addressOf, type Aspect, countyMeasureNode } from './node.js';
import { mergedKeys } from './ordered.js';
import { LeftOutList, mergedFrom, pageOf } from './page.js';
import { endingOf, isOngoing, projectProgress } from './project.js';
import type { Reading } from './reading.js';
import { type Series, totalOn } from './series.js';

/** A count of units, whatever the baseline: one or the other plan names the measure. */
const measureOf = ({ plan }: Reading, id: string): MeasureDefined | undefined =>
  plan.b0.measures.get(id) ?? plan.measures.get(id);

/** The children are one page of many: what they all add up to stands among the inputs. */
const unitsAdded = (units: number, unit: string | undefined): Pick<Answer, 'value' | 'share' | 'rule' | 'inputs'> => ({
  ...{ value: fraction(units), share: false, rule: 'opening' },
  inputs: [input('b', '起算', ZERO, unit), input('s', '各产出之和', fraction(units), unit)],
});

/** 规划外 (DOMAIN §4.8): units of a measure by projects that are flagged, or not linked to its item; in no figure. */
export function explainOffPlan(question: Question, id: string): Explanation | undefined {
  const { reading, confidence } = question;
  const { cells, on } = reading;
  const [measure, units] = [measureOf(reading, id), cells.offPlan.get(id)];
  if (!measure && !units) return undefined;
  const { shown, page } = contributionsPage(question, id, { side: 'offPlan' });
  return explanation(question, addressOf('off-plan', `measure/${id}`), `${measure?.name ?? id} 规划外`, {
    ...unitsAdded(totalOn(units?.[confidence].all, on), measure?.unit),
    text: 'b + s：标记为规划外或未与该任务建立关联的项目所交付的产出，只列示，不计入任何完成率',
    ...{ children: shown, page, entries: definedAt(reading, id) },
  });
}

/** What was counted of a measure in a county, or the part of its target that was decomposed to it. */
export function explainCountyCount(
  question: Question,
  county: string,
  id: string,
  aspect: Aspect,
): Explanation | undefined {
  const { reading, confidence } = question;
  const { plan, cells, on } = reading;
  const [measure, place] = [measureOf(reading, id), plan.counties.get(county)];
  if (!measure || !place) return undefined;
  const node = addressOf(aspect, countyMeasureNode(county, id));
  switch (aspect) {
    case 'counted': {
      const { shown, page } = contributionsPage(question, id, { county });
      return explanation(question, node, `${place.name} ${measure.name} 已计入`, {
        ...unitsAdded(countedOn(cells, id, confidence, on, county), measure.unit),
        text: 'b + s：按责任单位在该县（区）计入的产出，不论目标是否分解到该地',
        ...{ children: shown, page, entries: definedAt(reading, id) },
      });
    }
    case 'target': {
      const [target, decomposed] = [countyTarget(reading, id, county), plan.decomposed.get(id)];
      return explanation(question, node, `${place.name} ${measure.name} 分解目标`, {
        ...{ value: target, whyNull: 'undecomposed', share: false, rule: 'recorded' },
        text: target ? 'T = x：最近一次分解到该县（区）的目标' : '目标未分解到该县（区）',
        inputs:
          target && decomposed
            ? [input('x', '分解目标', target, measure.unit), input('document', '文号', decomposed.document)]
            : [],
        entries: target && decomposed ? [decomposed.position] : definedAt(reading, id),
      });
    }
    default:
      return undefined;
  }
}

/** Projects that are linked to an item and go on, whatever the baseline; those that ended are left out. */
export function explainLinked(question: Question, code: string): Explanation | undefined {
  const { reading, confidence } = question;
  const { plan, cells, standings, on, baseline } = reading;
  const item = plan.b0.items.get(code) ?? plan.items.get(code);
  if (!item) return undefined;
  const groups = groupsOf(cells, (each) => each === code);
  const totalOf = (series: (group: (typeof groups)[number]) => Series): number =>
    groups.reduce((total, group) => total + totalOn(series(group), on), 0);
  const ongoing = totalOf((group) => group.ongoing);
  const { shown, page } = pageOf(
    question,
    mergedFrom(
      question,
      groups.map(({ streams }) => streams),
    ),
    ongoing,
    (each) =>
      isOngoing(each, on)
        ? [
            {
              unit: '',
              child: shareChild(each.stream, each.name, null, projectProgress(each, confidence, on, baseline)),
            },
          ]
        : [],
  );
  const left = new LeftOutList();
  for (const stream of mergedKeys(groups.map((group) => group.left.streams))) {
    if (left.isFull) break;
    const standing = standings.get(stream);
    if (!standing || isOngoing(standing, on)) continue;
    const { name, position } = standing;
    left.add({
      ...{ what: name, why: endingOf(standing) ?? 'cancelled', text: endedText(standing), node: stream },
      entries: [position],
    });
  }
  return explanation(question, addressOf('linked', `item/${code}`), `${item.name} 关联项目`, {
    ...{ value: fraction(ongoing), share: false, rule: 'count', children: shown, page },
    text: '与该任务建立关联、未取消、未调出、未拆分、未合并的项目数；规划外的不计',
    entries: definedAt(reading, code),
    ...{ leftOut: left.shown, leftOutTotal: totalOf((group) => group.left.ended) },
  });
}
