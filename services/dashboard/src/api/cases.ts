import { answerOf, surface } from './surface';

/** Supervision or a finding of audit, as GET …/cases answers it. */
export interface Case {
  readonly id: string;
  readonly version: number;
  readonly kind: 'supervision' | 'finding';
  readonly title: string;
  readonly about: string | null;
  readonly toUnit: string;
  readonly due: string;
  readonly status: 'open' | 'escalated' | 'rectified' | 'closed';
  readonly reason: string;
  readonly raisedBy: { readonly unit: string };
  readonly raisedOn: string;
  readonly overdue: boolean;
  readonly entries: readonly number[];
}

/** As many as the surface gives at once. */
const CASES_MAX = 500;

interface CaseQuery {
  readonly kind?: Case['kind'];
  /** That must act. */
  readonly unit?: string;
  readonly limit?: number;
  readonly after?: string;
}

export const fetchCases = async (plan: string, query: CaseQuery = {}): Promise<readonly Case[]> =>
  (
    await answerOf<{ cases: readonly Case[] }>(
      surface.GET('/api/plans/{plan}/cases', { params: { path: { plan }, query: { limit: CASES_MAX, ...query } } }),
    )
  ).cases;
