import { expect } from '@jest/globals';
import { begins, type Built, delivers, mayNotDeliver, other, type Plan } from './deeds.js';
import { counted, does, explained, measureOf, type Scenario, type Town } from './town.js';

const ON = '2025-06-30';

/** Work of the education bureau itself that builds nothing. */
const bureau = (town: Town, plan: Pick<Plan, 'item' | 'measure'>): Promise<Built> =>
  begins(town, { ...plan, sector: 'education', template: 'service', nature: 'service', county: '410200' });

const each: Scenario = {
  sentence: 'each county means each: a second unit of one county adds nothing, one outside the roster is listed beside',
  async run(town) {
    const measure = 'T4-4.county-schools';
    const built = await bureau(town, { item: 'T4-4', measure });
    const share = async (): Promise<string | null> => (await measureOf(town, measure)).figures.b0.claimed.exact;
    await delivers(built, other(measure, 'qixian-1', ON, '410221'));
    expect(await share()).toBe('1/4');
    await delivers(built, other(measure, 'qixian-2', ON, '410221'));
    expect(await share()).toBe('1/4');
    const outsider = await delivers(built, other(measure, 'xiangfu-1', ON, '410212'));
    expect(await share()).toBe('1/4');
    const { leftOut } = await explained(town, `measure/${measure}`, 'claimed');
    expect(leftOut.filter(({ why }) => why === 'outside-roster')).toMatchObject([{ entries: [outsider] }]);
    await delivers(built, other(measure, 'lankao-1', ON, '410225'));
    expect(await share()).toBe('1/2');
    expect((await measureOf(town, measure)).count.b0.claimed).toMatchObject({ done: '2', target: '4' });
    await mayNotDeliver(built, other(measure, 'nameless', ON), 'MEMBER_MISSING');
  },
};

const openRoster: Scenario = {
  sentence: 'all of a roster that nobody has named yet is no number, whatever is delivered',
  async run(town) {
    const measure = 'T4-9.digital-campuses';
    const built = await bureau(town, { item: 'T4-9', measure });
    await delivers(built, other(measure, 'campus-1', ON, 'any-school'));
    expect((await measureOf(town, measure)).figures.b0.claimed).toMatchObject({
      exact: null,
      whyNull: 'open-roster',
    });
  },
};

const checklist: Scenario = {
  sentence: 'a checklist is done work by work, and knows no other works',
  async run(town) {
    const measure = 'B2-3.key-laboratories';
    const built = await bureau(town, { item: 'B2-3', measure });
    await delivers(built, other(measure, 'laboratory-1', ON, 'crop-stress-adaptation'));
    expect((await measureOf(town, measure)).figures.b0).toMatchObject({
      claimed: { exact: '1/2' },
      verified: { exact: '0' },
    });
    await does(town, built.verifier, `${built.at}/outputs/laboratory-1/verify`, { occurredOn: ON, measure });
    expect((await measureOf(town, measure)).figures.b0.verified.exact).toBe('1/2');
    const { leftOut } = await explained(town, `measure/${measure}`, 'verified');
    expect(leftOut.filter(({ why }) => why === 'unmet')).toHaveLength(1);
    await mayNotDeliver(built, other(measure, 'laboratory-2', ON, 'some-other'), 'WORK_UNKNOWN');
  },
};

const range: Scenario = {
  sentence: 'of “four to five” the lower end is what must be reached, the upper is only shown',
  async run(town) {
    const measure = 'B2-2.provincial-model-schools';
    const built = await bureau(town, { item: 'B2-2', measure });
    const row = async () => {
      const { figures, count } = await measureOf(town, measure);
      return { exact: figures.b0.claimed.exact, ...count.b0.claimed };
    };
    for (const unit of ['model-1', 'model-2', 'model-3']) await delivers(built, other(measure, unit, ON));
    expect(await row()).toMatchObject({ exact: '3/4', target: '4', high: '5', satisfied: false });
    await delivers(built, other(measure, 'model-4', ON));
    expect(await row()).toMatchObject({ exact: '1', satisfied: true });
    await delivers(built, other(measure, 'model-5', ON));
    expect(await row()).toMatchObject({ exact: '1', done: '5' });
  },
};

const ratio: Scenario = {
  sentence: 'a share is observed, not delivered: only its 核定 value counts, and from its period’s last day',
  async run(town) {
    const measure = 'T4-2.inclusive-coverage';
    const observe = (maturity: string, numerator: string) =>
      does(town, 'verifier-education', `indicators/${measure}/observations`, {
        ...{ period: '2024', numerator, denominator: '100', maturity, source: '市教育局年度统计' },
      });
    const figures = async (on: string) => (await measureOf(town, measure, { on })).figures.b0;
    const nothing = { exact: '0' };
    await observe('flash', '70');
    expect(await figures('2025-10-31')).toMatchObject({ claimed: nothing, verified: nothing });
    const final = await observe('final', '68');
    // 68 % of the 85 % that the plan promises.
    expect(await figures('2025-10-31')).toMatchObject({ claimed: { exact: '4/5' }, verified: { exact: '4/5' } });
    expect((await figures('2024-12-30')).verified).toMatchObject(nothing);
    expect((await figures('2024-12-31')).verified).toMatchObject({ exact: '4/5' });
    expect((await explained(town, `measure/${measure}`, 'verified')).entries).toContain(final);
    const built = await bureau(town, { item: 'T4-2', measure });
    expect(await counted(town, measure)).toMatchObject({ verified: 68 });
    await mayNotDeliver(built, other(measure, 'unit-1', ON), 'MEASURE_IS_OBSERVED');
  },
};

export const QUANTIFIERS: readonly Scenario[] = [each, openRoster, checklist, range, ratio];
