import { decimal, divide, fraction, isZero, multiply, toText } from '@planledger/kernel';
import { MATURITY_NAMES } from '../indicator.js';
import { factsNow, numberOf, type SectorView, standingUnits } from '../sector.js';
import { shownAgainst } from '../shown.js';
import { type Purpose, PURPOSE_ASKED, PURPOSES } from './asked.js';
import { payment } from './rules.js';

interface PaymentRow {
  readonly purpose: Purpose;
  readonly county: string;
  readonly allocation: string;
  readonly yuan: number;
  /** Empty: allocated only. */
  readonly paidOn: string;
  readonly verified: boolean;
  readonly stream: string;
}

const yuanOf = (rows: readonly PaymentRow[]): number => rows.reduce((sum, { yuan }) => sum + yuan, 0);

/** 就业资金: allocated and paid are two figures, by purpose and by the year of payment. */
export const funds: SectorView<PaymentRow> = {
  title: '就业资金：下达与支付（元），按用途、年度',
  parameters: { basis: 'verified 只计已核验；不填为全部填报' },
  rows: (project) =>
    standingUnits(project, 'payment').map((unit) => {
      const [facts, counting] = [factsNow(unit), payment.countsFrom(unit, project)];
      return {
        ...{ purpose: facts['purpose'] as Purpose, yuan: unit.quantity },
        ...{ county: project.registration?.county ?? '', allocation: String(facts['allocation'] ?? '') },
        paidOn: 'from' in counting ? counting.from : '',
        ...{ verified: unit.verified !== undefined, stream: project.stream },
      };
    }),
  answer(rows, plan, { basis }) {
    const counted = rows.filter(({ verified }) => basis !== 'verified' || verified);
    return {
      purposes: Object.entries(PURPOSES).map(([purpose, name]) => {
        const all = counted.filter((row) => row.purpose === purpose);
        const paid = all.filter(({ paidOn }) => paidOn !== '');
        const years = [...new Set(paid.map(({ paidOn }) => paidOn.slice(0, 4)))].sort();
        const asked = Object.entries(PURPOSE_ASKED).filter(([, of]) => of === purpose);
        const targets = asked.flatMap(([measure]) => plan.measures.get(measure) ?? []);
        return {
          ...{ purpose, name, allocated: yuanOf(all), paid: yuanOf(paid) },
          targets: targets.map(({ measure, low }) => ({ measure, target: Number(low) })),
          years: years.map((year) => ({ year, paid: yuanOf(paid.filter(({ paidOn }) => paidOn.startsWith(year))) })),
          unpaid: all.filter(({ paidOn }) => paidOn === ''),
        };
      }),
    };
  },
};

/** An employer's level, or the share as it was observed. */
type LevelRow =
  | {
      readonly row: 'employer';
      readonly stream: string;
      readonly reporter: string;
      readonly year: number;
      readonly heads: number;
      readonly senior: number;
    }
  | {
      readonly row: 'observed';
      readonly period: string;
      readonly senior: string;
      readonly heads: string;
      readonly maturity: string;
    };

/** The measure of the share of senior professionals. */
const SENIOR_SHARE = 'T5-5.senior-share';

/** 专业技术人员: the level that employers state, whose statement is older than the others', and the share it implies. */
export const professionalLevel: SectorView<LevelRow> = {
  title: '专业技术人员：总量、高级占比、未更新的统计单位',
  parameters: {},
  formulas: [
    {
      ...{ figure: 'seniorShare/implied/exact', rule: 'quotient', of: { n: 'senior', N: 'heads' } },
      text: '推算 = n ÷ N：高级专业技术人员 ÷ 专业技术人员总量',
    },
    {
      ...{ figure: 'seniorShare/implied/percent', rule: 'product', of: { a: 'seniorShare/implied/exact', b: 100 } },
      text: '推算占比 × 100，取两位小数；未达目标时不向上取到目标',
    },
    {
      ...{ figure: 'seniorShare/observed/*/exact', rule: 'quotient' },
      of: { n: 'seniorShare/observed/*/senior', N: 'seniorShare/observed/*/heads' },
      text: '观测占比 = n ÷ N：观测的分子 ÷ 分母',
    },
    // Which employer is behind the others, the others say; what it stated is its own.
    { figure: 'stale/*/heads', rule: 'recorded', of: {}, text: 'x：统计单位所报的专业技术人员总量' },
    { figure: 'stale/*/senior', rule: 'recorded', of: {}, text: 'x：统计单位所报的高级专业技术人员' },
  ],
  rows: (project) =>
    standingUnits(project, 'professionals').map((unit) => {
      const facts = factsNow(unit);
      const [year, senior] = [numberOf(facts, 'year'), numberOf(facts, 'senior')];
      const reporter = String(facts['reporter']);
      return { row: 'employer', stream: project.stream, reporter, year, heads: unit.quantity, senior };
    }),
  rowsOfIndicator: ({ stream, observations }) =>
    stream !== `indicator/${SENIOR_SHARE}`
      ? []
      : [...observations.values()].map(({ period, numerator, denominator, maturity }) => {
          return { row: 'observed', period, senior: numerator, heads: denominator, maturity: MATURITY_NAMES[maturity] };
        }),
  answer(rows, plan) {
    const employers = rows.filter((row) => row.row === 'employer');
    const heads = employers.reduce((sum, employer) => sum + employer.heads, 0);
    const senior = employers.reduce((sum, employer) => sum + employer.senior, 0);
    const latest = Math.max(0, ...employers.map(({ year }) => year));
    const target = [...plan.measures.values()].find(({ unitKind }) => unitKind === 'professionals');
    const wanted = plan.measures.get(SENIOR_SHARE)?.low;
    const share = heads === 0 ? null : fraction(senior, heads);
    return {
      ...{ heads, senior, target: target ? Number(target.low) : null, latest },
      seniorShare: {
        implied: share
          ? { exact: toText(share), percent: shownAgainst(multiply(share, fraction(100)), decimal(wanted ?? '0'), 2) }
          : null,
        target: wanted ?? null,
        observed: rows
          .filter((row) => row.row === 'observed')
          .filter((row) => !isZero(decimal(row.heads)))
          .map(({ row: _row, ...stated }) => ({
            ...stated,
            exact: toText(divide(decimal(stated.senior), decimal(stated.heads))),
          })),
      },
      stale: employers.filter(({ year }) => year < latest),
    };
  },
};
