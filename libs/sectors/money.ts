import type { MoneyOfYear, YearPlan } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';

/**
 * Completed investment by calendar year of its reports' business dates. The last report of a year says what was completed
 * since the start by its end; a refused one falls back to the one before it, so all that may yet be refused are kept.
 */
export type MoneyByYear = ReadonlyMap<number, YearOfMoney>;

interface YearOfMoney {
  /** The last of those that a verified report vouches for. */
  readonly verified: Reported | undefined;
  /** Not answered, by day and then in the order of the ledger. */
  readonly waiting: readonly Reported[];
}

interface Reported {
  readonly on: IsoDate;
  /** Of the report's own entry. */
  readonly position: number;
  /** Since the start, in 元. */
  readonly yuan: bigint;
}

const yearOf = (on: IsoDate): number => Number(on.slice(0, 4));
const isBefore = (a: Reported, b: Reported): boolean => (a.on === b.on ? a.position < b.position : a.on < b.on);
const later = (a: Reported | undefined, b: Reported | undefined): Reported | undefined =>
  a && b ? (isBefore(a, b) ? b : a) : (a ?? b);

/** With one more report. `kept`: reports that may still be answered; of older ones of a year only the last matters. */
export function reportMoney(money: MoneyByYear, reported: Reported, kept: number): MoneyByYear {
  const year = yearOf(reported.on);
  const { verified, waiting = [] } = money.get(year) ?? {};
  const at = waiting.findLastIndex((each) => isBefore(each, reported)) + 1;
  return new Map(money).set(year, { verified, waiting: waiting.toSpliced(at, 0, reported).slice(-kept - 1) });
}

/**
 * With a report answered. Verified it vouches for the older ones that were not refused, of whatever year: what they say
 * is a part of what it says, and ProgressState takes them for answered too. Refused it is gone.
 */
export function answerMoney(money: MoneyByYear, report: number, verified: boolean): MoneyByYear {
  const answered = new Map(money);
  for (const [year, { verified: before, waiting }] of money) {
    const isAnswered = ({ position }: Reported): boolean => (verified ? position <= report : position === report);
    const left = waiting.filter((each) => !isAnswered(each));
    if (left.length === waiting.length) continue;
    const last = verified ? waiting.findLast(isAnswered) : undefined;
    answered.set(year, { verified: later(before, last), waiting: left });
  }
  return answered;
}

/**
 * A row for every calendar year that has a report or a plan: completed since the start by its end (of a year without
 * report what stood before), and planned for it by B0 and by the baseline in force, in 元. Rows of nothing are left out.
 */
export function moneyStandings(
  money: MoneyByYear,
  b0: readonly YearPlan[],
  current: readonly YearPlan[],
): MoneyOfYear[] {
  const years = new Set([...money.keys(), ...b0.map(({ year }) => year), ...current.map(({ year }) => year)]);
  let [claimed, verified] = [0n, 0n];
  const rows: MoneyOfYear[] = [];
  for (const year of [...years].sort((a, b) => a - b)) {
    const reported = money.get(year);
    claimed = later(reported?.verified, reported?.waiting.at(-1))?.yuan ?? claimed;
    verified = reported?.verified?.yuan ?? verified;
    const [plannedB0, planned] = [plannedFor(b0, year), plannedFor(current, year)];
    if (claimed === 0n && verified === 0n && plannedB0 === 0n && planned === 0n) continue;
    rows.push({ $typeName: 'planledger.v1.MoneyOfYear', year, claimed, verified, plannedB0, planned });
  }
  return rows;
}

const plannedFor = (years: readonly YearPlan[], year: number): bigint =>
  years.find((each) => each.year === year)?.yuan ?? 0n;
