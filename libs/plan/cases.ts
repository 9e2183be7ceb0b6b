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
  /** Of a supervision: the level it was escalated to last; empty before. */
  readonly level: string;
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
}

export function foldCase(cases: ReadonlyMap<string, CaseState>, entry: Entry): ReadonlyMap<string, CaseState> {
  const id = entry.stream.slice('case/'.length);
  const after = evolveCase(cases.get(id), id, entry);
  return after ? new Map(cases).set(id, after) : cases;
}

function evolveCase(before: CaseState | undefined, id: string, entry: Entry): CaseState | undefined {
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
