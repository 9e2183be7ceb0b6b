import type {
  CountyRow,
  DoubtRow,
  IndicatorRow,
  ItemRow,
  NamedProjectRow,
  NotCommitment,
  PlanFile,
  PlanHead,
  RosterRow,
  SectorRow,
} from './format.js';
import type { Path } from './shape.js';
import type { SourceText } from './text.js';

export type ProgrammeRow = NonNullable<PlanFile['programmes']>[number];
export type RuleRow = NonNullable<PlanFile['rules']>[number];
export type WeightSetRow = NonNullable<PlanFile['weightSets']>[number];

/** The lists of all files of a plan, merged in file order, plan.yaml first. */
export interface PlanLists {
  readonly sectors: readonly SectorRow[];
  readonly programmes: readonly ProgrammeRow[];
  readonly counties: readonly CountyRow[];
  readonly items: readonly ItemRow[];
  readonly indicators: readonly IndicatorRow[];
  readonly rosters: readonly RosterRow[];
  readonly doubts: readonly DoubtRow[];
  readonly namedProjects: readonly NamedProjectRow[];
  readonly rules: readonly RuleRow[];
  readonly weightSets: readonly WeightSetRow[];
  readonly notCommitments: readonly NotCommitment[];
}

/** A plan read from its folder and found sound: ready to be imported. */
export interface LoadedPlan extends PlanLists {
  readonly plan: PlanHead;
  readonly source: SourceText;
}

/** What is wrong, and where. */
export interface PlanProblem {
  /** Below the plan's folder, with forward slashes. */
  readonly file: string;
  /** Such as items[3].measures[1].unit; empty where the whole file is meant. */
  readonly path: string;
  readonly reason: string;
  /** Line of the file, from 1, where it is known. */
  readonly line?: number;
}

/** A row with the place it was read from. */
export interface Located<T> {
  readonly row: T;
  readonly file: string;
  readonly path: Path;
}

export type LocatedLists = { readonly [K in keyof PlanLists]: readonly Located<PlanLists[K][number]>[] };

/** Reports a problem of a row; `at` continues the row's own path. */
export type ReportRow = (where: Located<unknown>, at: Path, reason: string) => void;

/** Files, merged and each row of the right shape; what the checks between rows go over. */
export interface Gathered {
  readonly head: PlanHead | undefined;
  readonly lists: LocatedLists;
  readonly source: SourceText | undefined;
  /** All codes written down anywhere, of rows with other faults too, so that one fault is not reported twice. */
  readonly codes: { readonly [K in keyof PlanLists]: ReadonlySet<string> } & { readonly measures: ReadonlySet<string> };
}
