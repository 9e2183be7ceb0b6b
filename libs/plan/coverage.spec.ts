import { describe, expect, test } from '@jest/globals';
import { uncoveredFigures } from './coverage.js';
import type { MeasureRow } from './format.js';
import { loadPlan, shippedPlan } from './load.js';
import type { LoadedPlan } from './loaded.js';
import { quotes } from './text.js';

function shipped(name: string): LoadedPlan {
  const loaded = loadPlan(shippedPlan(name));
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return loaded.plan;
}

const plan = shipped('kaifeng-145');
const contexts = (of: LoadedPlan): string[] => uncoveredFigures(of).map(({ line, context }) => `${line}: ${context}`);

const withoutMeasure = (code: string): LoadedPlan => ({
  ...plan,
  items: plan.items.map((row) => {
    const kept = row.measures?.filter(({ id }) => `${row.item}.${id}` !== code);
    return kept ? { ...row, measures: kept } : row;
  }),
});

const all: { code: string; measure: MeasureRow }[] = plan.items.flatMap(({ item, measures = [] }) =>
  measures.map((measure) => ({ code: `${item}.${measure.id}`, measure })),
);

describe('the plan of Kaifeng against its text', () => {
  test('has the sectors, programmes, items of programmes and indicators that the text counts', () => {
    expect(plan.sectors).toHaveLength(9);
    expect(plan.programmes).toHaveLength(7);
    const perProgramme = [1, 2, 3, 4, 5, 6, 7].map(
      (programme) => plan.items.filter(({ item }) => item.startsWith(`B${programme}-`)).length,
    );
    expect(perProgramme).toEqual([4, 4, 2, 7, 2, 2, 3]);
    expect(plan.indicators).toHaveLength(31);
    expect(plan.indicators.filter(({ nature }) => nature === 'binding')).toHaveLength(15);
  });

  test('stands on the text word for word', () => {
    const rows = [plan.programmes, plan.items, plan.indicators, plan.rosters, plan.namedProjects].flat();
    const said = [
      ...rows.map(({ quote }) => quote),
      ...all.map(({ measure }) => measure.quote),
      ...plan.doubts.flatMap((doubt) => doubt.quotes),
      ...plan.notCommitments.flatMap(({ quote, word }) => quote ?? word ?? []),
    ];
    expect(said.filter((quote) => !quotes(plan.source, quote))).toEqual([]);
    expect(said.length).toBeGreaterThan(300);
  });

  test('leaves no number of chapters 2 to 12 unaccounted for', () => {
    expect(contexts(plan)).toEqual([]);
  });

  test('has no idle entry among the numbers that commit to nothing', () => {
    const idle = plan.notCommitments.filter((entry) => {
      const notCommitments = plan.notCommitments.filter((other) => other !== entry);
      return contexts({ ...plan, notCommitments }).length === 0;
    });
    expect(idle).toEqual([]);
  });

  test('stands on every row of the table of indicators', () => {
    const unnoticed = plan.indicators.filter((row) => {
      const indicators = plan.indicators.filter((other) => other !== row);
      return contexts({ ...plan, indicators }).length === 0;
    });
    expect(unnoticed).toEqual([]);
  });
});

describe('the walk over the text', () => {
  test('names what a lost measure leaves behind', () => {
    expect(contexts(withoutMeasure('B2-1.dormitories'))).toEqual([
      expect.stringContaining('新建改建【4540】套农村学校'),
    ]);
    expect(contexts(withoutMeasure('B2-1.schools'))).toEqual([expect.stringContaining('【200】所左右中小学校')]);
    expect(contexts(withoutMeasure('T6-3.check-up-rooms'))).toEqual([
      expect.stringContaining('至【2023】年'),
      expect.stringContaining('【所有】乡镇卫生院'),
      expect.stringContaining('【均设】立健康体检小屋'),
    ]);
  });

  test('misses no measure whose number no other measure states too', () => {
    const shared = ({ code, measure }: (typeof all)[number]): boolean =>
      all.some(
        (other) => other.code !== code && other.measure.quote === measure.quote && other.measure.low === measure.low,
      );
    const counted = all.filter((each) => each.measure.low !== undefined && !shared(each));
    const unnoticed = counted.filter(({ code }) => contexts(withoutMeasure(code)).length === 0);
    // 每县建成一个…和…: one number and one 每县 for two measures.
    expect(unnoticed.map(({ code }) => code)).toEqual(['B4-5.county-cdcs', 'B4-5.county-medical-centres']);
    expect(counted.length).toBeGreaterThan(90);
  });

  test('takes a number for accounted for only by a measure that states it', () => {
    const items = plan.items.map((row) => ({
      ...row,
      measures: (row.measures ?? []).map((each) => (each.id === 'dormitories' ? { ...each, low: 4500 } : each)),
    }));
    expect(contexts({ ...plan, items })).toEqual([expect.stringContaining('【4540】')]);
  });

  test('reads 12 万 as 120000, and passes over headings and list marks', () => {
    const figures = uncoveredFigures({ ...plan, items: [], indicators: [], notCommitments: [] });
    expect(figures.map(({ figure }) => figure)).toContain('5万');
    expect(contexts(withoutMeasure('B3-1.enrolment'))).toEqual([expect.stringContaining('【5万】人以上')]);
    expect(figures.filter(({ context }) => /【[一二三四五六七八九十]+】[章节]/.test(context))).toEqual([]);
  });

  test('finds nothing missing in the sample plan', () => {
    expect(contexts(shipped('sample-city'))).toEqual([]);
  });
});
