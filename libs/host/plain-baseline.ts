import type { BaselineSet } from '@planledger/contracts';
import {
  type AnsweredRequest,
  elementKind,
  type ElementState,
  elementUnit,
  type Happening,
  heldOf,
  type PendingRequest,
  type ProjectState,
  REBASELINE_REASONS,
} from '@planledger/sectors/kit';

type Plain = Readonly<Record<string, unknown>>;

const happening = ({ on, by, positions }: Happening): Plain => ({ on, by, entries: positions });

/** What a second person decides of a project, its baselines side by side, and its elements, as JSON. Money in 元 as text. */
export const plainBaseline = (project: ProjectState): Plain => ({
  baselines: sideBySide(project),
  requests: [...project.requests].map(([position, pending]) => ({ position, ...request(pending) })),
  answered: project.answered.map(answered),
  exempt: [...project.exempt].map(([milestone, exemption]) => ({ milestone, ...happening(exemption) })),
  elements: [...project.elements.values()].map(element),
});

/** B0 beside the baseline in force, which is B0 until a re-baselining is approved; null before B0. */
function sideBySide({ baseline: b0, rebaselined, registration }: ProjectState): Plain | null {
  if (!b0) return null;
  const estimateYuan = (registration?.estimateYuan ?? 0n).toString();
  const first = { ...wholePlan(b0), estimateYuan, document: '', ...happening(b0) };
  if (!rebaselined) return { b0: first, current: first };
  const adjusted = rebaselined.estimateYuan > 0n ? rebaselined.estimateYuan.toString() : estimateYuan;
  const { baseline, document } = rebaselined;
  return {
    b0: first,
    current: { ...wholePlan(baseline), estimateYuan: adjusted, document, ...happening(rebaselined) },
  };
}

const wholePlan = ({ milestones, outputs, years }: Readonly<BaselineSet>): Plain => ({
  milestones: milestones.map(({ milestone, due, designed }) => ({ milestone, due, designed })),
  outputs: outputs.map(({ measure, unit, quantity, due }) => ({ measure, unit, quantity, due })),
  years: years.map(({ year, yuan }) => ({ year, yuan: yuan.toString() })),
});

function request(pending: PendingRequest): Plain {
  const said = { kind: pending.kind, reason: pending.reason, ...happening(pending) };
  switch (pending.kind) {
    case 'rebaseline': {
      const { why, late, estimateYuan, baseline } = pending.asked;
      const asked = baseline ? wholePlan(baseline) : {};
      return { ...said, why: REBASELINE_REASONS[why - 1] ?? '', late, ...asked, estimateYuan: estimateYuan.toString() };
    }
    case 'exemption':
      return { ...said, milestone: pending.milestone };
    case 'correction':
      return { ...said, entry: pending.entry, role: pending.role };
  }
}

const answered = ({ request: asked, answer }: AnsweredRequest): Plain => ({
  ...request(asked),
  answer: { approved: answer.approved, document: answer.document, reason: answer.reason, ...happening(answer) },
});

const element = (one: ElementState): Plain => ({
  ...{ element: one.element, kind: elementKind(one.kind), unit: elementUnit(one.kind), source: one.source },
  ...{ needBy: one.needBy, requested: one.requested.toString(), allocated: heldOf(one).toString() },
  ...{ used: one.used.toString(), released: one.released.toString(), usedOn: one.usedOn || null },
  asked: happening(one.asked),
  allocations: one.allocations.map(({ quantity, document, ...rest }) => ({
    ...{ quantity: quantity.toString(), document, ...happening(rest) },
  })),
  entries: one.positions,
});
