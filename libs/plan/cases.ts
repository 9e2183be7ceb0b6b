import type { Entry, LampOverride } from '@planledger/contracts';

/** A supervision case 督办 or an auditor's finding 审计发现, folded from its stream. An immutable value. */
export interface CaseState {
  readonly id: string;
  readonly kind: 'supervision' | 'finding';
  readonly title: string;
  /** Stream it is about; empty where it is about none. */
  readonly about: string;
  readonly toUnit: string;
  /** YYYY-MM-DD, the latest set. */
  readonly due: string;
  /** The level it was escalated to last, one of CASE_LEVELS; empty before. */
  readonly level: string;
  /**
   * Of a supervision: a person's word on a lamp of the project it is about, while the case is not closed. Without
   * `until` it only darkens what is computed; with `until` it stands in its place to the end of that day (DOMAIN §6).
   */
  readonly lamp: LampOverride | undefined;
  readonly status: 'open' | 'escalated' | 'rectified' | 'closed';
  readonly raisedBy: { readonly subject: string; readonly unit: string };
  readonly raisedOn: string;
  readonly reason: string;
  /** Day of the last step. */
  readonly since: string;
  /** Ledger entries that a finding stands on, and those that put it right. */
  readonly evidence: readonly number[];
  readonly version: number;
  /** Positions of its own entries. */
  readonly entries: readonly number[];
  /** What each entry made of it, in the order of the ledger: see caseOn. */
  readonly steps: readonly CaseStep[];
}

/** A case from a business date on. */
export interface CaseStep extends Pick<CaseState, 'status' | 'due'> {
  readonly on: string;
  readonly position: number;
}

/** What a case was at the end of a business date; undefined before it was raised. */
export const caseOn = ({ steps }: CaseState, on: string): CaseStep | undefined =>
  steps.findLast((step) => step.on <= on);

/** Who a case is taken to, upwards only: 县区, 市直部门, 发改委, 分管副市长, 市政府. */
export const CASE_LEVELS = ['county', 'bureau', 'commission', 'deputy-mayor', 'government'] as const;

export function foldCase(cases: ReadonlyMap<string, CaseState>, entry: Entry): ReadonlyMap<string, CaseState> {
  const id = entry.stream.slice('case/'.length);
  const before = cases.get(id);
  const after = evolveCase(before, id, entry);
  if (!after) return cases;
  const { status, due } = after;
  const step: CaseStep = { on: entry.occurredOn, status, due, position: entry.position };
  return new Map(cases).set(id, { ...after, steps: [...(before?.steps ?? []), step] });
}

function evolveCase(before: CaseState | undefined, id: string, entry: Entry): Omit<CaseState, 'steps'> | undefined {
  const { event, version, position, occurredOn, actor, reason } = entry;
  if (event.case === 'supervisionIssued' || event.case === 'findingRaised') {
    const { title, about, toUnit, due } = event.value;
    return {
      ...{ id, title, about, toUnit, due, level: '', status: 'open', reason },
      kind: event.case === 'findingRaised' ? 'finding' : 'supervision',
      lamp: event.case === 'supervisionIssued' ? event.value.lamp : undefined,
      raisedBy: { subject: actor?.subject ?? '', unit: actor?.unit ?? '' },
      ...{ raisedOn: occurredOn, since: occurredOn, version, entries: [position] },
      evidence: event.case === 'findingRaised' ? event.value.entries : [],
    };
  }
  if (!before) return undefined;
  const seen = { ...before, version, since: occurredOn, entries: [...before.entries, position] };
  switch (event.case) {
    case 'caseEscalated':
      return { ...seen, status: 'escalated', level: event.value.level, due: event.value.due || before.due };
    case 'findingRectified':
      return { ...seen, status: 'rectified', evidence: [...before.evidence, ...event.value.entries] };
    case 'caseClosed':
      return { ...seen, status: 'closed' };
    default:
      return seen;
  }
}
