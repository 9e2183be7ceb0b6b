import type { Principal } from '@planledger/auth';
import type { Channel, Decision, DecisionContext, Entry } from '@planledger/contracts';
import type { Layered } from '@planledger/kernel';
import { PLAN_STREAM, type PlanState } from '@planledger/plan';
import {
  emptyIndicator,
  emptyProject,
  evolveIndicator,
  evolveProject,
  foldIndicator,
  foldProject,
  type IndicatorState,
  type ProjectState,
  type Sector,
} from '@planledger/sectors/kit';
import { decideCorrection } from './correct.js';
import { decideRow } from './decide.js';
import { decideImport, type ImportPlan } from './import-plan.js';
import { type CommandRow, type Params, streamOfRow } from './command.js';
import { emptyWide, foldWide, settleWide } from './wide.js';
import type { UnitHolder, UnitRecord } from './wide-units.js';

/** A command as intake hands it to the appender: who asks for what, its shape already checked. */
export interface RowCommand {
  readonly kind: 'row';
  readonly row: CommandRow;
  readonly params: Params;
  readonly body: object;
  readonly by: Asker;
  /** Of a row on a request: the stream that holds the entry {position}, which intake has looked up. */
  readonly stream?: string;
}

/** Correct or retract an entry of `stream`; `payload` of a correction is checked against the original's row. */
export interface CorrectionCommand {
  readonly kind: 'correct' | 'retract';
  readonly stream: string;
  /** Position of the entry. */
  readonly entry: number;
  readonly body: {
    readonly occurredOn: string;
    readonly why: string;
    readonly reason: string;
    readonly evidence?: readonly { digest: string; name: string; kept: string; dated?: string }[];
    readonly payload?: Readonly<Record<string, unknown>>;
  };
  readonly by: Asker;
}

export type Command = RowCommand | CorrectionCommand | ImportPlan;

export interface Asker {
  readonly principal: Principal;
  readonly channel: Channel;
  /** ISO instant at which the department sent it. */
  readonly reportedAt: string;
}

/** What rules across projects need, folded over every entry of the plan. */
export interface Wide {
  readonly planId: string;
  readonly program: Program;
  readonly plan: PlanState;
  /** By `kind:value` of a project code: the streams that hold it, or held it, each with its site. */
  readonly codes: Layered<string, readonly { readonly stream: string; readonly site: string }[]>;
  /** By position of an entry that bound a code after registration: its `kind:value`. */
  readonly bindings: Layered<number, string>;
  /** By `site|sector`: the stream. */
  readonly sites: Layered<string, string>;
  /** By `<sector>/<identity>`: the standing units that are this one thing (wide-units.ts). */
  readonly identities: Layered<string, readonly UnitHolder[]>;
  /** By stream: what was said of its units that have an identity. */
  readonly unitRecords: Layered<string, readonly UnitRecord[]>;
  /** By stream: whose project it is. */
  readonly projects: Layered<string, ProjectBrief>;
  /** By stream of a project that ended: the position of the entry that says so; 0 where that was retracted. */
  readonly ended: Layered<string, number>;
  /** By period stream: who took part in that month of that unit and sector, by subject. */
  readonly participants: Layered<string, ReadonlyMap<string, Part>>;
  /** Late corrections and retractions of projects that were asked for, by position: what an approval approves. */
  readonly lateRequests: Layered<number, Entry>;
}

/** What this program can do, so that nothing is adopted that it cannot: the same all through its life. */
export interface Program {
  readonly sectors: ReadonlyMap<string, Sector>;
  /** Versions of the progress rules; each sector says its own. */
  readonly progressVersions: ReadonlySet<string>;
}

/** What somebody did in a month: wrote as a clerk, or anything else: verified, refused, decided. The former says more. */
export type Part = 'wrote' | 'judged';

/** What rules across streams must know of a project; fixed by its registration. */
export interface ProjectBrief {
  readonly sector: string;
  readonly county: string;
  readonly unit: string;
  readonly site: string;
}

/** One stream's state: which of the two is set follows from the stream's name. Plan, periods and cases are in Wide. */
export interface StreamState {
  readonly project?: ProjectState;
  readonly indicator?: IndicatorState;
}

/**
 * The write side of one plan as the appender wants it (WriteModel of libs/ledger): pure functions over plain data.
 */
export function projectModel(
  planId: string,
  sectors: Program['sectors'],
  progressVersions: Program['progressVersions'],
) {
  return {
    emptyWide: (): Wide => emptyWide(planId, { sectors, progressVersions }),
    foldWide,
    settleWide,
    foldStream: (stream: string, entries: readonly Entry[]): StreamState => {
      if (stream.startsWith('project/')) return { project: foldProject(stream, entries) };
      return stream.startsWith('indicator/') ? { indicator: foldIndicator(stream, entries) } : {};
    },
    evolve,
    streamOf,
    // An approved correction is judged on the stream as it would then count.
    needsHistory: (command: Command): boolean =>
      command.kind === 'row' ? command.row.on === 'request' : command.kind !== 'import',
    decide: (command: Command, context: DecisionContext<Wide, StreamState>): Decision => {
      switch (command.kind) {
        case 'row':
          return decideRow(command, context, sectors);
        case 'correct':
        case 'retract':
          return decideCorrection(command, context, sectors);
        case 'import':
          return decideImport(command, context);
      }
    },
  };
}

export function streamOf(command: Command): string {
  switch (command.kind) {
    case 'row':
      return streamOfRow(command);
    case 'correct':
    case 'retract':
      return command.stream;
    case 'import':
      return PLAN_STREAM;
  }
}

function evolve(state: StreamState, entry: Entry): StreamState | 'refold' {
  if (entry.stream.startsWith('project/')) {
    const next = evolveProject(state.project ?? emptyProject(entry.stream), entry);
    return next === 'refold' ? next : { project: next };
  }
  if (entry.stream.startsWith('indicator/')) {
    const next = evolveIndicator(state.indicator ?? emptyIndicator(entry.stream), entry);
    return next === 'refold' ? next : { indicator: next };
  }
  return state;
}
