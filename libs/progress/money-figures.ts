import type { Standing } from '@planledger/contracts';
import { type Fraction, fraction, type IsoDate } from '@planledger/kernel';
import type { PlanBaseline } from '@planledger/plan';
import type { Money } from './answer.js';
import type { Cells } from './cells.js';
import type { ProjectGroup } from './cells-groups.js';
import type { Cut } from './cut.js';
import { figure, type FigureQuad, type Figures, figures, type Pair } from './figure.js';
import { groupsOf } from './item-projects.js';
import { moneySteps } from './money.js';
import { addressOf, type MoneyKind } from './node.js';
import { BASELINES, type BaselineName, type Confidence, type Reading } from './reading.js';
import { remember } from './remembered.js';
import { amountOn } from './series.js';

/** done ÷ of, in 元. */
export interface Rate {
  readonly done: bigint;
  readonly of: bigint;
}
/** By kind, baseline and confidence: all rates of a project, a group or a cut at the end of a day. */
export type Rates = Readonly<Record<MoneyKind, Readonly<Record<BaselineName, Pair<Rate>>>>>;

/** A sum of money by its name (money.ts). */
type Sums = (name: string) => bigint;

/** What a rate divides by what: of B0 every linked project, of the current baseline those that go on. */
function rateBy(sums: Sums, kind: MoneyKind, baseline: BaselineName, confidence: Confidence, on: IsoDate): Rate {
  const year = on.slice(0, 4);
  const sum: Sums = (name) => sums(name) - (baseline === 'current' ? sums(`gone/${name}`) : 0n);
  switch (kind) {
    case 'investment':
      return { done: sum(`completed/${confidence}`), of: sum(`estimate/${baseline}`) };
    case 'year':
      return { done: sum(`completed/${confidence}/${year}`), of: sum(`planned/${baseline}/${year}`) };
    case 'funded':
      return { done: sum('allocated'), of: sum('requested') };
    case 'paid':
      return { done: sum('used'), of: sum('allocated') };
  }
}

export function rateOfProject(
  standing: Standing,
  kind: MoneyKind,
  { baseline, on }: Pick<Reading, 'baseline' | 'on'>,
  confidence: Confidence,
): Rate {
  const steps = new Map(moneySteps(standing));
  const sums: Sums = (name) =>
    (steps.get(name) ?? []).reduce((total, [day, yuan]) => (day <= on ? total + yuan : total), 0n);
  return rateBy(sums, kind, baseline, confidence, on);
}

/** A rate of every kind, baseline and confidence. */
function rates(make: (kind: MoneyKind, baseline: BaselineName, confidence: Confidence) => Rate): Rates {
  const pair = (kind: MoneyKind, baseline: BaselineName): Pair<Rate> => ({
    claimed: make(kind, baseline, 'claimed'),
    verified: make(kind, baseline, 'verified'),
  });
  const quad = (kind: MoneyKind) => ({ b0: pair(kind, 'b0'), current: pair(kind, 'current') });
  return { investment: quad('investment'), year: quad('year'), funded: quad('funded'), paid: quad('paid') };
}

/** Of projects that are in none of the other groups. */
export function ratesOfGroups(groups: readonly ProjectGroup[], on: IsoDate): Rates {
  const parts = groups.map((group) => ratesOfGroup(group, on));
  return rates((kind, baseline, confidence) => {
    let [sum, whole] = [0n, 0n];
    for (const part of parts) {
      const { done, of } = part[kind][baseline][confidence];
      if (done) sum += done;
      if (of) whole += of;
    }
    return { done: sum, of: whole };
  });
}

function ratesOfGroup(group: ProjectGroup, on: IsoDate): Rates {
  const known = summed.get(group);
  if (known?.on === on) return known.rates;
  const sums: Sums = (name) => amountOn(group.money.get(name), on);
  const made = rates((kind, baseline, confidence) => rateBy(sums, kind, baseline, confidence, on));
  summed.set(group, { on, rates: made });
  return made;
}
/** A memory of a pure function: a group that changes is another object. */
const summed = new WeakMap<ProjectGroup, { readonly on: IsoDate; readonly rates: Rates }>();

/** Not capped: more than was planned is shown as such. Null where nothing was planned. */
export const shareOfRate = ({ done, of }: Rate): Fraction | null => (of > 0n ? fraction(done, of) : null);

/** The groups of projects of a node by B0 and by the current plan; undefined where a baseline does not hold the node. */
export type GroupsOf = Readonly<Record<BaselineName, readonly ProjectGroup[] | undefined>>;

/** Groups linked to items of a cut that a baseline holds. */
export const groupsIn = (cells: Cells, { items }: PlanBaseline, { has }: Cut): ProjectGroup[] =>
  groupsOf(cells, (code) => {
    const item = items.get(code);
    return item !== undefined && has(item);
  });

export function groupsOfCut({ cells, plan }: Reading, cut: Cut): GroupsOf {
  const b0 = groupsIn(cells, plan.b0, cut);
  return { b0, current: plan.items === plan.b0.items ? b0 : groupsIn(cells, plan, cut) };
}

/** The four rates of a node (DOMAIN §4.7). */
export function moneyOf({ cells, on }: Reading, node: string, groups: GroupsOf): Money {
  const stamp = [on, ...BASELINES.flatMap((name) => [groups[name] === undefined, ...(groups[name] ?? [])])];
  return answered(cells, node, stamp, () =>
    moneyFigures(node, {
      b0: groups.b0 && ratesOfGroups(groups.b0, on),
      current: groups.current && ratesOfGroups(groups.current, on),
    }),
  );
}
const answered = remember<Cells, Money>();

function moneyFigures(node: string, rates: Readonly<Record<BaselineName, Rates | undefined>>): Money {
  const quad = (kind: MoneyKind): FigureQuad => {
    const pair = (baseline: BaselineName): Figures => {
      const held = rates[baseline]?.[kind][baseline];
      const at = (confidence: Confidence) =>
        figure(
          addressOf(`money/${kind}`, node),
          held ? shareOfRate(held[confidence]) : null,
          held ? 'no-money' : 'absent',
        );
      return figures(at('claimed'), at('verified'));
    };
    return { b0: pair('b0'), current: pair('current') };
  };
  return { investment: quad('investment'), year: quad('year'), funded: quad('funded'), paid: quad('paid') };
}
