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

/**
 * With one more report. Those before position `answerable` can no longer be answered by themselves: of these only the last
 * of a year matters, and stays.
 */
export function reportMoney(money: MoneyByYear, reported: Reported, answerable: number): MoneyByYear {
  const year = yearOf(reported.on);
  const { verified, waiting: before = [] } = money.get(year) ?? {};
  const waiting = before.toSpliced(before.findLastIndex((each) => isBefore(each, reported)) + 1, 0, reported);
  // Now and then, not at each report: one that is kept too long is never the last, and nobody sees it.
  if (waiting.length <= WAITING_SWEPT) return new Map(money).set(year, { verified, waiting });
  const settled = waiting.findLast(({ position }) => position < answerable);
  const kept = waiting.filter((each) => each === settled || each.position >= answerable);
  return new Map(money).set(year, { verified, waiting: kept });
}

/** So many reports of a year wait before those are looked for that no longer need to. */
const WAITING_SWEPT = 64;

/** With a report that counts as verified from the start (a late correction, approved). Older ones wait on: it answers none. */
export function vouchMoney(money: MoneyByYear, reported: Reported): MoneyByYear {
  const year = yearOf(reported.on);
  const { verified, waiting = [] } = money.get(year) ?? {};
  return new Map(money).set(year, { verified: later(verified, reported), waiting });
}

/**
 * With a report answered. Verified it vouches for the older ones that were not refused, of whatever year: what they say
 * is a part of what it says, and ProgressState takes them for answered too. Refused it is gone. One that does not wait
 * answers nothing.
 */
export function answerMoney(money: MoneyByYear, report: number, verified: boolean): MoneyByYear {
  const years = [...money];
  if (!years.some(([, { waiting }]) => waiting.some(({ position }) => position === report))) return money;
  const isAnswered = ({ position }: Reported): boolean => (verified ? position <= report : position === report);
  return new Map(
    years.map(([year, { verified: before, waiting }]) => {
      const last = verified ? waiting.findLast(isAnswered) : undefined;
      return [year, { verified: later(before, last), waiting: waiting.filter((each) => !isAnswered(each)) }];
    }),
  );
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
