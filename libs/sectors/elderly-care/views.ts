import {
  compare,
  decimal,
  divide,
  type Fraction,
  fraction,
  multiply,
  subtract,
  toDecimal,
  toText,
} from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { ProjectState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits, type ViewFormula } from '../sector.js';
import { home } from './rules.js';

/** Beds of a home, the nursing ones among them. */
interface HomeBeds {
  readonly beds: number;
  readonly nursing: number;
}

interface HomeRow extends HomeBeds {
  readonly stream: string;
  readonly project: string;
  readonly county: string;
  readonly home: string;
  readonly category: string;
  readonly filedFrom: string;
  readonly waitingFor: string;
  readonly verified: boolean;
}

const homeRows = (project: ProjectState): HomeRow[] =>
  standingUnits(project, 'home').map((unit) => {
    // Not those of its delivery: a home may turn ordinary beds into nursing beds after it opened.
    const facts = factsNow(unit);
    const counting = home.countsFrom(unit, project);
    return {
      stream: project.stream,
      project: project.registration?.name ?? '',
      county: project.registration?.county ?? '',
      home: unit.name,
      category: String(facts['category']),
      beds: numberOf(facts, 'beds'),
      nursing: numberOf(facts, 'nursingBeds'),
      filedFrom: 'from' in counting ? counting.from : '',
      waitingFor: 'waitingFor' in counting ? counting.waitingFor : '',
      verified: unit.verified !== undefined,
    };
  });

const HUNDRED = fraction(100);
/** The least whole number that is not below a. */
const ceiling = ({ n, d }: Fraction): number => Number(n % d === 0n ? n / d : n / d + 1n);

/**
 * Beds that stood when the plan began. The base ought to be numerator and denominator of the last 核定 I18 (DOMAIN §9),
 * but those are an indicator's stream and a view of projects does not see them: so it is the plan's own baseline, I18's
 * 43.9 % of I20's 16,582 beds. The plan prints no number of nursing beds; the least that makes the printed share is
 * taken, 7,280, and everything drawn from it is called implied.
 */
export function baseBeds(plan: PlanState): HomeBeds | undefined {
  const [share, beds] = [plan.indicators.get('I18')?.baseline, plan.indicators.get('I20')?.baseline];
  if (!share || !beds) return undefined;
  return { beds: Number(beds), nursing: ceiling(divide(multiply(decimal(share), decimal(beds)), HUNDRED)) };
}

const sumOf = (rows: readonly HomeBeds[]): HomeBeds => ({
  beds: rows.reduce((total, row) => total + row.beds, 0),
  nursing: rows.reduce((total, row) => total + row.nursing, 0),
});
const shareOf = (base: HomeBeds, more: HomeBeds): Fraction =>
  fraction(base.nursing + more.nursing, base.beds + more.beds);
/** A percentage; a share below its target is never rounded up to it (DOMAIN §4.4). */
function percentOf(share: Fraction, target: Fraction): string {
  const [shown, wanted] = [decimal(toDecimal(multiply(share, HUNDRED), 2)), multiply(target, HUNDRED)];
  const unmet = compare(share, target) < 0 && compare(shown, wanted) >= 0;
  return toDecimal(unmet ? subtract(wanted, fraction(1, 100)) : shown, 2);
}
const points = (difference: Fraction): string => toDecimal(multiply(difference, HUNDRED), 3);
/** `all` without `some` of it. */
const minus = (all: HomeBeds, some: HomeBeds): HomeBeds => ({
  beds: all.beds - some.beds,
  nursing: all.nursing - some.nursing,
});

/** Nursing beds to add, each also a bed, so that the share of what then stands reaches the target: it grows both ends. */
function toTarget(target: Fraction, base: HomeBeds, more: HomeBeds): number {
  const shortfall = subtract(multiply(target, fraction(base.beds + more.beds)), fraction(base.nursing + more.nursing));
  return shortfall.n <= 0n ? 0 : ceiling(divide(shortfall, subtract(fraction(1), target)));
}

/** What a project does to the share, in percentage points: of one that counts, what would be missing without it. */
function effects(rows: readonly HomeRow[], base: HomeBeds, counted: HomeBeds) {
  return [...new Set(rows.map(({ stream }) => stream))].sort().map((stream) => {
    const own = rows.filter((row) => row.stream === stream);
    const here = sumOf(own.filter(({ filedFrom }) => filedFrom !== ''));
    const waiting = sumOf(own.filter(({ filedFrom }) => filedFrom === ''));
    const now = shareOf(base, counted);
    const without = shareOf(base, minus(counted, here));
    const effect = subtract(now, without);
    const withWaiting = shareOf(base, {
      beds: counted.beds + waiting.beds,
      nursing: counted.nursing + waiting.nursing,
    });
    const expected = subtract(withWaiting, now);
    return {
      stream,
      project: own[0]?.project ?? '',
      county: own[0]?.county ?? '',
      counted: here,
      effectPoints: points(effect),
      effect: toText(effect),
      without: toText(without),
      waiting,
      expectedPoints: points(expected),
      expected: toText(expected),
      withWaiting: toText(withWaiting),
      homes: own,
    };
  });
}

const SHARE_FORMULAS: readonly ViewFormula[] = [
  {
    ...{ figure: 'implied/share', rule: 'quotient', of: { n: 'implied/nursing', N: 'implied/beds' } },
    text: '占比 = n ÷ N：（基期护理型床位 + 净增）÷（基期床位 + 净增）',
  },
  {
    ...{ figure: 'implied/percent', rule: 'product', of: { a: 'implied/share', b: 100 } },
    text: '百分数 = 占比 × 100，取两位小数；未达目标时不向上取到目标',
  },
  {
    ...{ figure: 'target/distancePoints', rule: 'difference', of: { a: 'implied/percent', b: 'target/percent' } },
    text: '差距 = 占比 − 目标，百分点，取三位小数；为负即未达',
  },
  {
    ...{ figure: 'projects/*/without', rule: 'quotient' },
    of: {
      n: 'implied/nursing - projects/*/counted/nursing',
      N: 'implied/beds - projects/*/counted/beds',
    },
    text: '没有该项目时的占比 = n ÷ N：分子、分母各减去该项目已计入的床位',
  },
  {
    ...{ figure: 'projects/*/effect', rule: 'difference', of: { a: 'implied/share', b: 'projects/*/without' } },
    text: '边际影响 = 现在的占比 − 没有该项目时的占比；为负即拉低',
  },
  {
    ...{ figure: 'projects/*/effectPoints', rule: 'product', of: { a: 'projects/*/effect', b: 100 } },
    text: '百分点 = 边际影响 × 100，取三位小数',
  },
  {
    ...{ figure: 'projects/*/withWaiting', rule: 'quotient' },
    of: {
      n: 'implied/nursing + projects/*/waiting/nursing',
      N: 'implied/beds + projects/*/waiting/beds',
    },
    text: '该项目待备案的床位计入后的占比 = n ÷ N',
  },
  {
    ...{ figure: 'projects/*/expected', rule: 'difference', of: { a: 'projects/*/withWaiting', b: 'implied/share' } },
    text: '预期影响 = 待备案床位计入后的占比 − 现在的占比',
  },
  {
    ...{ figure: 'projects/*/expectedPoints', rule: 'product', of: { a: 'projects/*/expected', b: 100 } },
    text: '百分点 = 预期影响 × 100，取三位小数',
  },
];

/** 护理型床位占比: adding ordinary beds lowers it, so every project shows what it does to the share. */
export const nursingShare: SectorView<HomeRow> = {
  title: '护理型床位占比：基期、净增、各项目边际影响（百分点）',
  parameters: {
    basis: 'verified 只计已核验机构；不填为全部填报机构',
    county: '县（区）代码：只列该县（区）项目；占比只有全市口径',
  },
  rows: homeRows,
  formulas: SHARE_FORMULAS,
  answer(rows, plan, { basis, county }) {
    const base = baseBeds(plan);
    if (!base) return { base: null, reason: 'I18、I20 基期数未载入' };
    const asked = rows.filter(({ verified }) => basis !== 'verified' || verified);
    const counted = sumOf(asked.filter(({ filedFrom }) => filedFrom !== ''));
    const share = shareOf(base, counted);
    const target = divide(decimal(plan.indicators.get('I18')?.target || '0'), HUNDRED);
    const planned = Number(plan.indicators.get('I20')?.target || '0');
    return {
      base: { ...base, source: 'I18×I20 基期推算' },
      counted,
      implied: {
        nursing: base.nursing + counted.nursing,
        beds: base.beds + counted.beds,
        share: toText(share),
        percent: percentOf(share, target),
      },
      target: {
        percent: toDecimal(multiply(target, HUNDRED), 1),
        distancePoints: points(subtract(share, target)),
        // If nothing but nursing beds is added from now on; and of the total that the plan wants in the end.
        nursingBedsNeeded: toTarget(target, base, counted),
        nursingBedsNeededAtPlannedTotal: Math.max(
          0,
          ceiling(multiply(target, fraction(planned))) - base.nursing - counted.nursing,
        ),
      },
      projects: effects(asked, base, counted).filter((project) => !county || project.county === county),
    };
  },
};
