import type { Standing } from '@planledger/contracts';
import { addDays, compare, daysBetween, fraction, type IsoDate } from '@planledger/kernel';
import { caseOn, type CaseState, type CaseStep, lacksReport, type PlanState } from '@planledger/plan';
import { assess } from './assessment.js';
import { elementName, elementsOn } from './element.js';
import { definedAt } from './explaining.js';
import { milestoneNode } from './node.js';
import { applicable, isOf, isOngoing, milestoneIn, milestoneShare, type Whose } from './project.js';
import { type BaselineName, type CompletionInput, type Reading, readingOf } from './reading.js';
import { isFirm } from './target.js';

/** Something that falls due, or is overdue: by day, then by address. */
export interface DueRow {
  readonly kind: 'milestone' | 'element' | 'report' | 'measure' | 'case';
  readonly node: string;
  /** Of `days`, for explain by the same baseline. */
  readonly address: string;
  readonly name: string;
  /** What must be done, for people. */
  readonly text: string;
  readonly due: IsoDate;
  /** Days from `on` to the due day; negative: overdue. */
  readonly days: number;
  readonly sector: string;
  readonly county: string;
  readonly unit: string;
}

export interface DueOptions extends Whose {
  readonly baseline: BaselineName;
  /** How many days ahead. */
  readonly within: number;
}

/** What falls due before its days are counted, with what an explanation says of the day. */
export interface Falling extends Omit<DueRow, 'days'> {
  /** Where the day stands. */
  readonly source: string;
  readonly entries: readonly number[];
}

/**
 * 待办: milestones not claimed, elements not allocated, reports not handed in, firm measures not satisfied and cases not
 * closed whose day is not later than `within` days from `on`.
 */
export function dues(
  input: CompletionInput,
  { baseline, within, ...filter }: DueOptions,
  visible: (standing: Standing) => boolean,
): DueRow[] {
  const { plan, standings, on } = input;
  const reading = readingOf(input, baseline);
  const until = addDays(on, within);
  const rows = [...reportsDue(plan, on), ...casesDue(plan, on), ...measuresDue(reading)];
  for (const standing of standings.values()) if (visible(standing)) rows.push(...projectDues(standing, reading));
  return rows
    .filter((each) => each.due <= until && isOf(each, filter))
    .map(({ source: _source, entries: _entries, ...row }) => ({ ...row, days: daysBetween(on, row.due) }))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.node < b.node ? -1 : 1));
}

/** `rest`: of the address, what follows `due/<kind>/`. */
const row = (kind: DueRow['kind'], rest: string, node: string, name: string, text: string, due: IsoDate) => ({
  ...{ kind, node, address: `due/${kind}/${rest}`, name, text, due },
});

/** Of one project that goes on at the end of `on`: its milestones by the dates of the reading's baseline, and its elements. */
export function projectDues(standing: Standing, { baseline, on }: Reading): Falling[] {
  if (!isOngoing(standing, on)) return [];
  const { stream, name, sector, county, unit, plannedEntries, replannedEntries } = standing;
  const whose = { sector, county, unit };
  const id = stream.slice('project/'.length);
  const moved = baseline === 'current' && replannedEntries.length > 0;
  const planned = {
    source: moved ? '最近一次批准的计划调整' : '里程碑计划（B0）',
    entries: moved ? replannedEntries : plannedEntries,
  };
  const milestones = applicable(standing).flatMap((milestone): Falling[] => {
    const { due } = milestoneIn(milestone, baseline);
    if (due === '') return [];
    if (compare(milestoneShare(milestone, 'claimed', on, baseline), fraction(1)) >= 0) return [];
    const code = milestone.milestone;
    const text = `里程碑“${milestone.name}”应完成`;
    const made = row('milestone', `${id}/${code}`, milestoneNode(stream, code), name, text, due);
    return [{ ...made, ...whose, ...planned }];
  });
  const missing = elementsOn(standing, on).flatMap((each): Falling[] => {
    const { element, requested, allocated, needBy, entries } = each;
    if (allocated >= requested) return [];
    const made = row('element', `${id}/${element}`, stream, name, `要素“${elementName(each)}”应落实`, needBy);
    return [{ ...made, ...whose, source: '要素申请中的需用日期', entries }];
  });
  return [...milestones, ...missing];
}

/** Months that at the end of `on` have no report: not handed in by then, or returned. */
export function reportsDue({ periods }: PlanState, on: IsoDate): Falling[] {
  const rows: Falling[] = [];
  for (const units of periods.values()) {
    for (const period of units.values()) {
      if (!lacksReport(period, on)) continue;
      const { stream, month, unit, sector, county, due, entries } = period;
      const made = row('report', stream.slice('period/'.length), stream, `${month} 月报`, '月度填报应报送', due);
      rows.push({ ...made, sector, county, unit, source: '开启填报期时规定的报送日', entries: entries.slice(0, 1) });
    }
  }
  return rows;
}

export function measuresDue(reading: Reading): Falling[] {
  return [...assess(reading).items.values()].flatMap(({ verified: { figure: item } }) =>
    item.measures.flatMap(({ figure: { measure, satisfied, c } }): Falling[] => {
      if (satisfied || !isFirm(measure) || c === null) return [];
      const { measure: code, name, due } = measure;
      return [
        {
          ...row('measure', code, `measure/${code}`, name, '产出量到期', due),
          ...{ sector: item.item.sector, county: '', unit: '', source: '规划文本的完成期限' },
          entries: definedAt(reading, code),
        },
      ];
    }),
  );
}

const caseText = ({ kind }: CaseState, { status }: CaseStep): string =>
  kind === 'supervision' ? '督办应办结' : status === 'rectified' ? '审计发现已整改，待销号' : '审计发现应整改';

/** Cases that stood open at the end of `on`, by the day that held then. */
export const casesDue = ({ cases: known }: PlanState, on: IsoDate): Falling[] =>
  [...known.values()].flatMap((each): Falling[] => {
    const { id, title, toUnit } = each;
    const then = caseOn(each, on);
    if (!then || then.status === 'closed' || then.due === '') return [];
    const made = row('case', id, `case/${id}`, title, caseText(each, then), then.due);
    return [
      {
        ...made,
        ...{ sector: '', county: '', unit: toUnit },
        entries: each.steps.flatMap((step) => (step.on <= on ? [step.position] : [])),
        source: '督办或审计发现所定、最近一次升级所改的期限',
      },
    ];
  });
