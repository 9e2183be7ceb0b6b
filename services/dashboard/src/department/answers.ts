import type { FactSpec, Template } from '@planledger/sectors';
import { type Question, useQuestion } from '../api/question';
import { answerOf, surface } from '../api/surface';

/** What a sector lets one enter, as GET …/sectors answers it. */
export interface SectorForms {
  readonly sector: string;
  readonly name: string;
  readonly templates: Readonly<Record<string, Template>>;
  readonly unitKinds: Readonly<
    Record<string, { readonly name: string; readonly facts: Readonly<Record<string, FactSpec>> }>
  >;
}

export const fetchSectors = async (plan: string): Promise<readonly SectorForms[]> =>
  (
    await answerOf<{ sectors: readonly SectorForms[] }>(
      surface.GET('/api/plans/{plan}/sectors', { params: { path: { plan } } }),
    )
  ).sectors;

export interface Happening {
  readonly on: string;
  readonly by: { readonly subject: string; readonly unit: string };
  readonly entries: readonly number[];
}

export interface Report extends Happening {
  readonly done: Readonly<Record<string, number>>;
  readonly completedYuan: string;
}

export interface Unit {
  readonly unit: string;
  readonly name: string;
  readonly measure: string;
  readonly kind: string;
  readonly quantity: number;
  readonly member: string;
  readonly facts: Readonly<Record<string, number | string | boolean>>;
  readonly delivered: Happening;
  readonly verified: Happening | null;
  readonly lost: Happening | null;
  readonly statements: readonly (Happening & {
    readonly facts: Readonly<Record<string, number | string | boolean>>;
    readonly verified: Happening | null;
  })[];
}

export interface PlannedWork {
  readonly milestones: readonly { readonly milestone: string; readonly due: string; readonly designed: number }[];
  readonly outputs: readonly { readonly measure: string; readonly quantity: number; readonly due: string }[];
  readonly estimateYuan: string;
}

export interface ElementAnswer {
  readonly element: string;
  readonly kind: string;
  readonly unit: string;
  readonly needBy: string;
  readonly requested: string;
  readonly allocated: string;
  readonly used: string;
}

/** Not answered yet; of a re-baselining with the plan that it asks for. */
export interface ProjectRequest extends Happening, Partial<PlannedWork> {
  readonly position: number;
  readonly kind: string;
  readonly reason: string;
  readonly milestone?: string;
  readonly why?: string;
  readonly late?: boolean;
}

/** A project as GET …/projects/{id} answers it: its whole stream folded, the last entry included. */
export interface Project {
  readonly stream: string;
  readonly version: number;
  readonly registration: Happening & {
    readonly name: string;
    readonly sector: string;
    readonly county: string;
    readonly unit: string;
    readonly template: string;
    readonly estimateYuan: string | null;
  };
  readonly items: readonly { readonly item: string }[];
  readonly baseline: Happening | null;
  /** Null before B0. */
  readonly baselines: { readonly b0: PlannedWork; readonly current: PlannedWork } | null;
  readonly milestones: readonly {
    /** `code`, or `code@unit` where a unit reached it. */
    readonly milestone: string;
    readonly claimed: Happening | null;
    readonly verified: Happening | null;
    readonly rejected: (Happening & { readonly reason: string }) | null;
  }[];
  readonly progress: {
    readonly claimed: Report | null;
    readonly verified: Report | null;
    readonly pending: readonly Report[];
  };
  readonly units: readonly Unit[];
  readonly requests: readonly ProjectRequest[];
  readonly exempt: readonly { readonly milestone: string }[];
  readonly elements: readonly ElementAnswer[];
  readonly lifecycle: { readonly status: string };
}

export const fetchProject = (plan: string, id: string): Promise<Project> =>
  answerOf<Project>(surface.GET('/api/plans/{plan}/projects/{id}', { params: { path: { plan, id } } }));

interface Act {
  readonly subject: string;
  readonly unit: string;
  readonly on: string;
  readonly reason: string;
  readonly entry: number;
}

export interface Period {
  readonly stream: string;
  readonly version: number;
  readonly month: string;
  readonly unit: string;
  readonly sector: string;
  readonly county: string;
  readonly due: string;
  readonly status: 'open' | 'submitted' | 'returned' | 'approved' | 'closed';
  readonly nil: boolean;
  readonly punctuality: string;
  readonly awaits: 'unit' | 'county' | 'bureau' | null;
  readonly reports: readonly Act[];
  readonly returns: readonly Act[];
  readonly approvals: readonly (Act & { readonly level: string })[];
  readonly closed: Act | null;
}

export interface PeriodPage {
  readonly on: string;
  readonly periods: readonly Period[];
  readonly next: string | null;
}

/** The plan's today in its own clock: a demo plan's is not the calendar's. */
export const useToday = (plan: string): Question<string> =>
  useQuestion(async () => {
    const params = { path: { plan }, query: { limit: 1 } };
    return (await answerOf<{ on: string }>(surface.GET('/api/plans/{plan}/projects', { params }))).on;
  });
