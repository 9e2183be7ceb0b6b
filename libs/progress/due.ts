import { ProjectStatus, type Standing } from '@planledger/contracts';
import { addDays, compare, daysBetween, fraction, type IsoDate } from '@planledger/kernel';
import type { CaseState, PlanState } from '@planledger/plan';
import { assess } from './assessment.js';
import { applicable, milestoneIn, milestoneShare } from './project.js';
import { type BaselineName, type CompletionInput, readingOf } from './reading.js';
import { isFirm } from './target.js';

/** Something that falls due, or is overdue: by day, then by address. */
export interface DueRow {
  readonly kind: 'milestone' | 'element' | 'report' | 'measure' | 'case';
  readonly node: string;
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

export interface DueOptions {
  readonly baseline: BaselineName;
  /** How many days ahead. */
  readonly within: number;
  readonly sector?: string;
  readonly county?: string;
  readonly unit?: string;
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
  const until = addDays(on, within);
  const rows = [...reports(plan, until), ...cases(plan, until)];
  for (const standing of standings.values()) {
    if (visible(standing) && isOngoing(standing)) rows.push(...ofProject(standing, baseline, on, until));
  }
  const reading = readingOf(input, baseline);
  for (const { verified } of assess(reading).items.values()) {
    for (const { figure } of verified.figure.measures) {
      const { measure, name, due } = figure.measure;
      if (figure.satisfied || !isFirm(figure.measure) || due > until || figure.c === null) continue;
      const sector = verified.figure.item.sector;
      rows.push({ ...row('measure', `measure/${measure}`, name, '产出量到期', due), sector, county: '', unit: '' });
    }
  }
  return rows
    .filter((each) => matches(each, filter))
    .map((each) => ({ ...each, days: daysBetween(on, each.due) }))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.node < b.node ? -1 : 1));
}

type Undated = Omit<DueRow, 'days'>;
const row = (kind: DueRow['kind'], node: string, name: string, text: string, due: IsoDate) => ({
  ...{ kind, node, name, text, due },
});

const matches = (
  { sector, county, unit }: Undated,
  wanted: { readonly sector?: string; readonly county?: string; readonly unit?: string },
): boolean =>
  (wanted.sector === undefined || wanted.sector === sector) &&
  (wanted.county === undefined || wanted.county === county) &&
  (wanted.unit === undefined || wanted.unit === unit);

const isOngoing = ({ status }: Standing): boolean =>
  status === ProjectStatus.ACTIVE || status === ProjectStatus.SUSPENDED;

function ofProject(standing: Standing, baseline: BaselineName, on: IsoDate, until: IsoDate): Undated[] {
  const { stream, name, sector, county, unit, elements } = standing;
  const whose = { sector, county, unit };
  const milestones = applicable(standing).flatMap((milestone): Undated[] => {
    const { due } = milestoneIn(milestone, baseline);
    if (due === '' || due > until) return [];
    if (compare(milestoneShare(milestone, 'claimed', on, baseline), fraction(1)) >= 0) return [];
    const node = `milestone/${stream.slice('project/'.length)}/${milestone.milestone}`;
    return [{ ...row('milestone', node, name, `里程碑“${milestone.name}”应完成`, due), ...whose }];
  });
  const missing = elements.flatMap(({ element, requested, allocated, needBy }): Undated[] =>
    allocated < requested && needBy <= until
      ? [{ ...row('element', stream, name, `要素“${element}”应落实`, needBy), ...whose }]
      : [],
  );
  return [...milestones, ...missing];
}

function reports({ periods }: PlanState, until: IsoDate): Undated[] {
  const rows: Undated[] = [];
  for (const units of periods.values()) {
    for (const { stream, month, unit, sector, county, due, status } of units.values()) {
      if ((status !== 'open' && status !== 'returned') || due > until) continue;
      rows.push({ ...row('report', stream, `${month} 月报`, '月度填报应报送', due), sector, county, unit });
    }
  }
  return rows;
}

const caseText = ({ kind, status }: CaseState): string =>
  kind === 'supervision' ? '督办应办结' : status === 'rectified' ? '审计发现已整改，待销号' : '审计发现应整改';

const cases = ({ cases: known }: PlanState, until: IsoDate): Undated[] =>
  [...known.values()].flatMap((each) => {
    const { id, title, due, status, toUnit } = each;
    if (status === 'closed' || due === '' || due > until) return [];
    return [{ ...row('case', `case/${id}`, title, caseText(each), due), ...{ sector: '', county: '', unit: toUnit } }];
  });
