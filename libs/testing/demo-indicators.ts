import type { LoadedPlan } from '@planledger/plan';
import { DEMO_FIRST_DAY, type DemoStep, evidenceFor } from './demo-step.js';

/** Yearly values from 2021 on; `share` is the denominator of those that are shares. Invented, and plausible. */
const OBSERVED: readonly { readonly code: string; readonly values: readonly number[]; readonly share?: number }[] = [
  { code: 'I01', values: [93_400, 93_900, 94_600, 95_200], share: 100_000 },
  { code: 'I02', values: [5_210, 7_840, 11_090, 14_620], share: 4_780 },
  { code: 'I03', values: [1_812, 1_830, 1_830, 1_830], share: 1_830 },
  { code: 'I04', values: [93_800, 93_900, 94_000, 94_200], share: 100_000 },
  { code: 'I05', values: [96_800, 97_100, 97_500, 97_900], share: 100_000 },
  { code: 'I06', values: [61_300, 61_300, 61_300, 61_300], share: 61_300 },
  { code: 'I07', values: [93_100, 93_200, 93_400, 93_600], share: 100_000 },
  { code: 'I08', values: [27_352_000, 27_664_000, 27_976_000, 28_288_000], share: 2_600_000 },
  { code: 'I09', values: [7.12, 6.94, 6.83, 6.71] },
  { code: 'I10', values: [6, 7, 7, 6] },
  { code: 'I11', values: [90_100, 91_800, 88_400, 86_700], share: 1_700_000 },
  { code: 'I12', values: [0, 0, 0, 0], share: 46 },
  { code: 'I13', values: [77.9, 78.1, 78.4, 78.6] },
  { code: 'I14', values: [33_460, 34_500, 35_610, 36_380], share: 4_780 },
  { code: 'I15', values: [14_580, 15_620, 16_730, 17_590], share: 4_780 },
  { code: 'I16', values: [15_920, 17_310, 18_840, 20_130], share: 4_780 },
  { code: 'I17', values: [98_300, 98_700, 99_100, 99_400], share: 100_000 },
  { code: 'I18', values: [8_200, 9_600, 11_900, 14_800], share: 29_000 },
  { code: 'I19', values: [20, 20, 20, 20], share: 20 },
  { code: 'I20', values: [18_600, 22_400, 26_100, 29_000] },
  { code: 'I21', values: [97_300, 97_000, 96_800, 96_600], share: 100_000 },
  { code: 'I22', values: [3_140, 3_180, 3_180, 3_180], share: 3_180 },
  { code: 'I23', values: [8_920, 8_960, 8_960, 8_960], share: 8_960 },
  { code: 'I24', values: [6.4, 8.1, 9.5, 11.2] },
  { code: 'I25', values: [91_640, 91_640, 91_640, 91_640], share: 91_640 },
  { code: 'I26', values: [560, 1_180, 1_790, 2_390] },
  { code: 'I27', values: [1_240, 1_240, 1_240, 1_240], share: 1_240 },
  { code: 'I28', values: [1_338, 1_434, 1_530, 1_608], share: 478 },
  { code: 'I29', values: [9_082_000, 9_990_000, 10_898_000, 11_807_000], share: 4_780_000 },
  { code: 'I30', values: [62_000, 71_000, 79_500, 86_200], share: 100_000 },
  { code: 'I31', values: [371_800, 400_400, 428_900, 451_900], share: 14_300 },
  { code: 'T4-3.primary-enrolment', values: [99_900, 100_000, 100_000, 100_000], share: 100_000 },
  { code: 'B5-2.geriatrics', values: [9, 11, 13, 15], share: 24 },
];

/** Denominator, in the smallest unit that is counted, of the shares that only a measure asks for. */
const SHARE_OF = 100_000;
/** How far of its target such a share was in 2022, 2023 and 2024, in thousandths; a share is never above 1. */
const APPROACH = [[2022, 910], [2023, 945], [2024, 980]] as const; // prettier-ignore

/** The life expectancy of 2023 was counted anew, and revised. */
const REVISED = { code: 'I13', year: 2023, value: 78.3, day: '2024-09-20' };

/** Every yearly value in the following March; the last year's first as a flash, then preliminary. */
export function observations(plan: LoadedPlan): DemoStep[] {
  const sectors = new Map<string, string>([
    ...plan.indicators.map(({ indicator, sector }) => [indicator, sector] as const),
    ...plan.items.flatMap(({ item, sector, measures = [] }) =>
      measures.map(({ id }) => [`${item}.${id}`, sector] as const),
    ),
  ]);
  const known = OBSERVED.filter(({ code }) => sectors.has(code));
  return [
    ...known.flatMap(({ code, values, share }) =>
      values.flatMap((value, index) => {
        const [year, last] = [2021 + index, index === values.length - 1];
        const figures = figuresOf(value, share);
        const observe = (maturity: string, day: string) =>
          observation(code, sectors.get(code) ?? '', year, maturity, day, figures);
        const final = observe('final', `${year + 1}-03-25`);
        if (!last) return [final];
        return [observe('flash', `${year + 1}-01-20`), observe('preliminary', `${year + 1}-02-20`), final];
      }),
    ),
    ...(known.some(({ code }) => code === REVISED.code) ? [revision(sectors.get(REVISED.code) ?? '')] : []),
    ...sharesOfMeasures(plan, new Set(known.map(({ code }) => code))),
  ];
}

const figuresOf = (value: number, share: number | undefined): Record<string, string> =>
  share === undefined ? { value: String(value) } : { numerator: String(value), denominator: String(share) };

const revision = (sector: string): DemoStep =>
  observation(REVISED.code, sector, REVISED.year, 'final', REVISED.day, {
    value: String(REVISED.value),
    reason: '年度人口变动抽样调查数据核定后修订。',
  });

function sharesOfMeasures({ items }: LoadedPlan, observed: ReadonlySet<string>): DemoStep[] {
  return items.flatMap(({ item, sector, measures = [] }) =>
    measures.flatMap(({ id, unit, quantifier, low = 0 }) => {
      const code = `${item}.${id}`;
      if (quantifier !== 'ratio' || observed.has(code)) return [];
      const scale = unit === '‰' ? 1_000 : 100;
      return APPROACH.map(([year, thousandths]) => {
        const numerator = Math.round((Number(low) * SHARE_OF * thousandths) / (scale * 1_000));
        return observation(code, sector, year, 'final', `${year + 1}-03-25`, figuresOf(numerator, SHARE_OF));
      });
    }),
  );
}

function observation(
  code: string,
  sector: string,
  year: number,
  maturity: string,
  day: string,
  figures: Readonly<Record<string, string>>,
): DemoStep {
  return {
    ...{ day: day < DEMO_FIRST_DAY ? DEMO_FIRST_DAY : day, person: `verifier-${sector}`, command: 'observeIndicator' },
    ...{ commandId: `demo-${code.replaceAll('.', '-')}-${year}-${maturity}${figures['reason'] ? '-again' : ''}` },
    params: { code },
    body: { period: String(year), source: '市统计局', ...evidenceFor(`${year}-12-31`, code), ...figures, maturity },
  };
}
