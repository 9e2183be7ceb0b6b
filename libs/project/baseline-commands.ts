import { compare, fraction, type Rejection, toText } from '@planledger/kernel';
import { thresholdOn } from '@planledger/plan';
import { approvedRebaselines, currentBaseline, REBASELINE_REASONS } from '@planledger/sectors/kit';
import { ReasonedBody } from './bodies.js';
import * as bodies from './bodies-element.js';
import { type CommandRow, reject, row, type RowContext } from './command.js';
import { baselineOf } from './project-commands.js';

/** Re-baselinings and exemptions asked for; request-commands.ts answers them. */
export const BASELINE_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'requestRebaseline',
    path: 'projects/{id}/rebaseline',
    summary: 'Ask for a whole new milestone plan; B0 stays, the current baseline changes once approved 申请基线调整',
    permission: 'rebaseline.request',
    body: bodies.RebaselineBody,
    makes: 'rebaselineRequested',
    event: (body, context) => {
      const tooOften = approvedThisYear(context);
      if (tooOften) return tooOften;
      const baseline = baselineOf(body);
      return {
        case: 'rebaselineRequested',
        value: {
          baseline,
          why: REBASELINE_REASONS.indexOf(body.why) + 1,
          estimateYuan: BigInt(body.estimateYuan ?? 0),
          late: isLate(baseline, context),
        },
      };
    },
    example: {
      occurredOn: '2024-08-20',
      why: 'land',
      reason: '用地手续较计划延后两个月办结，后续工期顺延。',
      milestones: [
        { milestone: 'siting', due: '2024-03-20' },
        { milestone: 'feasibility', due: '2024-04-20' },
        { milestone: 'land', due: '2024-05-10' },
        { milestone: 'design', due: '2024-05-30' },
        { milestone: 'permit', due: '2024-06-15' },
        { milestone: 'start', due: '2024-07-01' },
        { milestone: 'foundation', due: '2024-11-30', designed: 4000 },
        { milestone: 'topping-out', due: '2025-03-31', designed: 12000 },
        { milestone: 'fitting-out', due: '2025-07-31' },
        { milestone: 'acceptance', due: '2025-08-10' },
        { milestone: 'licence', due: '2025-08-20' },
        { milestone: 'staffing', due: '2025-08-25' },
        { milestone: 'opening', due: '2025-09-01' },
      ],
      outputs: [{ measure: 'B2-1.schools', quantity: 1, due: '2025-09-01', unit: 'school-9' }],
      years: [
        { year: 2024, yuan: 18000000 },
        { year: 2025, yuan: 43000000 },
      ],
      estimateYuan: 61000000,
    },
  }),
  row({
    name: 'exemptMilestone',
    path: 'projects/{id}/milestones/{code}/exempt',
    summary: 'Ask that a milestone be taken as not applying, with the reason 申请里程碑豁免',
    permission: 'milestone.exempt',
    body: ReasonedBody,
    makes: 'milestoneExempted',
    event: (_body, { params }) => ({ case: 'milestoneExempted', value: { milestone: params['code'] ?? '' } }),
    example: { occurredOn: '2024-03-10', reason: '建设用地为原校区划拨用地，无需另行办理用地手续。' },
  }),
];

/** By today's calendar year, whatever the business date says: a year is not to be had twice by dating back. */
function approvedThisYear({ state, wide, today }: RowContext): Rejection | undefined {
  const year = today.slice(0, 4);
  const approved = state.project
    ? approvedRebaselines(state.project).filter(({ answer }) => answer.on.startsWith(year))
    : [];
  const max = thresholdOn(wide.plan, 'rebaseline/per-year', today);
  return compare(fraction(approved.length), max) < 0
    ? undefined
    : reject('REBASELINE_TOO_OFTEN', { year, approved: approved.length, max: toText(max) });
}

type Asked = ReturnType<typeof baselineOf>;

/**
 * 逾期申请: a date of the baseline in force that it moves, or leaves out, was over when it was asked. It is asked on the
 * day on which it is recorded, or nobody would ever be late; 补录 is never late (DOMAIN §2).
 */
function isLate({ milestones, outputs }: Asked, { state, wide, on, today }: RowContext): boolean {
  const current = state.project && currentBaseline(state.project);
  if (!current || on < (wide.plan.plan?.goLive ?? '')) return false;
  const kept = new Set([...milestones, ...outputs].map(dated));
  return [...current.milestones, ...current.outputs].some((each) => each.due < today && !kept.has(dated(each)));
}

type Due = { readonly due: string } & (
  { readonly milestone: string } | { readonly measure: string; readonly unit?: string }
);

const dated = (each: Due): string =>
  `${'milestone' in each ? each.milestone : `${each.measure}/${each.unit ?? ''}`} ${each.due}`;
