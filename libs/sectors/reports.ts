import type { Entry, ProgressReported } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { reportMoney, vouchMoney } from './money.js';
import type { Happening, ProgressState, ProjectState, Report, Reported } from './project.js';

/** Quantities are cumulative: of so many reports that wait, the oldest may go unanswered. */
export const PENDING_REPORTS_MAX = 24;

/** A report folded in; one that an approved late correction made counts as verified by who approved it. */
export function foldReport(
  state: ProjectState,
  entry: Entry,
  { quantities, completedYuan }: ProgressReported,
  { on, by, positions }: Happening,
  reported: Reported | undefined,
  vouched: Happening | undefined,
): ProjectState {
  const done = new Map<string, number>();
  for (const { milestone, done: quantity } of quantities) done.set(milestone, quantity);
  const begun = begunBy(on, state.progress.claimed);
  const report: Report = { on, by, positions, done, completedYuan, begun };
  const said = { on, position: positions[0] ?? 0, yuan: completedYuan };
  const { verified, pending: before } = state.progress;
  if (vouched) {
    const progress = { claimed: report, verified: report, pending: before };
    return reportedState(state, entry, reported, vouchMoney(state.money, said), progress);
  }
  const pending = [...(before.length < PENDING_REPORTS_MAX ? before : before.slice(1)), report];
  const money = reportMoney(state.money, said, pending[0]?.positions[0] ?? 0);
  return reportedState(state, entry, reported, money, { claimed: report, verified, pending });
}

/** A literal, field by field: spreading so many costs several times as much, and most of all entries are reports. */
const reportedState = (
  state: ProjectState,
  { version, position }: Entry,
  reported: Reported | undefined,
  money: ProjectState['money'],
  progress: ProgressState,
): ProjectState => ({
  stream: state.stream,
  version,
  position,
  registration: state.registration,
  items: state.items,
  baseline: state.baseline,
  milestones: state.milestones,
  progress,
  units: state.units,
  lostUnits: state.lostUnits,
  lifecycle: state.lifecycle,
  codes: state.codes,
  offPlan: state.offPlan,
  admitted: state.admitted,
  reserve: state.reserve,
  stays: state.stays,
  carriedIn: state.carriedIn,
  unitDates: state.unitDates,
  elements: state.elements,
  requests: state.requests,
  answered: state.answered,
  rebaselined: state.rebaselined,
  exempt: state.exempt,
  reported,
  money,
});

const begunBy = (on: IsoDate, before: Report | undefined): IsoDate => (before && before.begun < on ? before.begun : on);

/** Reports that wait, once one before them was refused: what stands before the first of them is `before`. */
function rebegun(reports: readonly Report[], before: Report | undefined): Report[] {
  let last = before;
  return reports.map((report) => (last = { ...report, begun: begunBy(report.on, last) }));
}

/** The state after an answer to the report of a position: of one that waits, or of none. */
export function answerReport(progress: ProgressState, position: number, verified: boolean): ProgressState {
  const at = ({ positions }: Report): number => positions[0] ?? 0;
  const report = progress.pending.find((pending) => at(pending) === position);
  if (!report) return progress;
  let newer = progress.pending.filter((pending) => at(pending) > position);
  // A newer report that a late correction vouched for stands before older ones are answered.
  const ahead = progress.verified && at(progress.verified) > position ? progress.verified : undefined;
  if (verified) return { ...progress, verified: ahead ?? report, pending: newer };
  const older = progress.pending.filter((pending) => at(pending) < position);
  newer = rebegun(newer, older.at(-1) ?? progress.verified);
  // The claim falls back to the newest report that was not refused.
  const claimed = newer.at(-1) ?? ahead ?? older.at(-1) ?? progress.verified;
  return { ...progress, pending: [...older, ...newer], claimed };
}
