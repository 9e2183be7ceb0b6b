import { expect } from '@jest/globals';
import { add, fraction, parseFraction, toText } from '@planledger/kernel';
import { begins, claims, delivers, school, SCHOOLS, verifies } from './deeds.js';
import { completionOf, counted, does, explained, gapsOf, measureOf, type Scenario, type Town } from './town.js';

/** 200所左右 */
const TARGET = 200;
const TODAY = '2025-10-31';

/** The measure's share claimed and verified, and the headline's. */
async function shares(town: Town, on: string): Promise<{ claimed: string; verified: string }> {
  const { claimed, verified } = (await measureOf(town, SCHOOLS.measure, { on })).figures.b0;
  return { claimed: claimed.exact ?? '', verified: verified.exact ?? '' };
}
const oneMore = (share: string): string => toText(add(parseFraction(share), fraction(1, TARGET)));

const oneLife: Scenario = {
  sentence: 'one school moves claimed, then verified, by exactly one two-hundredth, from 1 September on',
  async run(town) {
    const [before, summerBefore] = [await shares(town, TODAY), await shares(town, '2025-08-31')];
    const built = await begins(town, SCHOOLS);
    await claims(built, { siting: '2024-03-20', start: '2024-07-01' });
    const done = { foundation: '2024-09-30', 'topping-out': '2025-01-31' };
    const quantities: object[] = [];
    for (const [milestone, occurredOn] of Object.entries(done)) {
      quantities.push({ milestone, done: 1_000 });
      const report = await does(town, built.clerk, `${built.at}/progress`, { occurredOn, quantities });
      await does(town, built.verifier, `${built.at}/progress/${report}/verify`, { occurredOn: '2025-02-10' });
    }
    await claims(built, { acceptance: '2025-07-15', opening: '2025-09-01' });
    expect(await shares(town, TODAY)).toEqual(before);

    const delivery = await delivers(built, school('school-a', '2025-08-25'));
    expect(await shares(town, TODAY)).toEqual({ claimed: oneMore(before.claimed), verified: before.verified });
    const verification = await verifies(built, school('school-a', '2025-09-10'));
    expect(await shares(town, TODAY)).toEqual({
      claimed: oneMore(before.claimed),
      verified: oneMore(before.verified),
    });
    expect(await shares(town, '2025-09-01')).toEqual(await shares(town, TODAY));
    expect(await shares(town, '2025-08-31')).toEqual(summerBefore);

    // As it was known before the verification, the same business date shows it claimed only.
    const known = (await measureOf(town, SCHOOLS.measure, { at: delivery, on: TODAY })).figures.b0;
    expect(known.claimed.exact).toBe(oneMore(before.claimed));
    expect(known.verified.exact).toBe(before.verified);

    const leaf = await explained(town, `contribution/${SCHOOLS.measure}/project/${built.id}/school-a`, 'verified');
    expect(leaf.value.exact).toBe('1');
    expect(leaf.entries).toEqual(expect.arrayContaining([delivery, verification]));
  },
};

const liveHeadline: Scenario = {
  sentence: 'the commission’s open page shows a school the moment it is delivered, without asking again',
  async run(town) {
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-07-01', acceptance: '2025-07-15', opening: '2025-09-01' });
    const share = async (): Promise<string | null> =>
      (await completionOf(town)).headline.programmes.figures.b0.claimed.exact;
    const before = await share();
    let delivered = false;
    for await (const { headline } of town.live('commission')) {
      const { exact } = headline.programmes.figures.b0.claimed;
      if (!delivered) {
        delivered = true;
        expect(exact).toBe(before);
        await delivers(built, school('school-live', '2025-08-25'));
      } else if (exact !== before) break;
    }
    expect(await share()).not.toBe(before);
  },
};

const acceptedTooLate: Scenario = {
  sentence: 'a school accepted on 15 September counts from the next year’s 1 September',
  async run(town) {
    const [before, after] = [
      await counted(town, SCHOOLS.measure, { on: '2025-08-31' }),
      await counted(town, SCHOOLS.measure, { on: '2025-09-01' }),
    ];
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-04-01', acceptance: '2024-09-15', opening: '2024-10-08' });
    await delivers(built, school('school-b', '2024-10-10'));
    expect(await counted(town, SCHOOLS.measure, { on: '2025-08-31' })).toEqual(before);
    const counts = await counted(town, SCHOOLS.measure, { on: '2025-09-01' });
    expect(counts).toEqual({ ...after, claimed: after.claimed + 1 });
  },
};

const builtNotInUse: Scenario = {
  sentence: 'a school that stands but has not opened is a gap, and counts for nothing until its opening is claimed',
  async run(town) {
    const before = await counted(town, SCHOOLS.measure);
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-04-01', acceptance: '2025-06-30' });
    const delivery = await delivers(built, school('school-empty', '2025-07-10'));
    const empty = async () =>
      (await gapsOf(town)).filter(({ kind, entries }) => kind === 'built-not-in-use' && entries?.includes(delivery));
    expect(await counted(town, SCHOOLS.measure)).toEqual(before);
    expect(await empty()).toMatchObject([{ node: `measure/${SCHOOLS.measure}`, quantity: '1' }]);
    await claims(built, { opening: '2025-09-01' });
    expect(await counted(town, SCHOOLS.measure)).toEqual({ ...before, claimed: before.claimed + 1 });
    expect(await empty()).toEqual([]);
  },
};

const rejectedAndAgain: Scenario = {
  sentence: 'what a verifier rejects falls out of claimed; reported again and verified it counts in both',
  async run(town) {
    const before = await counted(town, SCHOOLS.measure);
    const claimed = { ...before, claimed: before.claimed + 1 };
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-04-01', acceptance: '2025-06-30', opening: '2025-09-01' });
    await delivers(built, school('school-c', '2025-08-20'));
    expect(await counted(town, SCHOOLS.measure)).toEqual(claimed);

    // Its acceptance is refused: the school waits, though its delivery stands.
    const reason = '验收备案表缺消防意见，退回补齐。';
    const acceptance = `${built.at}/milestones/acceptance`;
    await does(town, built.verifier, `${acceptance}/reject`, { occurredOn: '2025-09-05', reason });
    expect(await counted(town, SCHOOLS.measure)).toEqual(before);
    await does(town, built.clerk, `${acceptance}/claim`, { occurredOn: '2025-08-28' });
    await does(town, built.verifier, `${acceptance}/verify`, { occurredOn: '2025-09-08' });
    expect(await counted(town, SCHOOLS.measure)).toEqual(claimed);

    await does(town, built.verifier, `${built.at}/outputs/school-c/reject`, {
      ...{ occurredOn: '2025-09-10', measure: SCHOOLS.measure },
      reason: '学位数与办学许可不一致，请核实后重报。',
    });
    expect(await counted(town, SCHOOLS.measure)).toEqual(before);
    await delivers(built, school('school-c', '2025-09-15'));
    await verifies(built, school('school-c', '2025-09-20'));
    expect(await counted(town, SCHOOLS.measure)).toEqual({ ...claimed, verified: before.verified + 1 });
  },
};

export const SCHOOL_LIFE: readonly Scenario[] = [
  oneLife,
  liveHeadline,
  acceptedTooLate,
  builtNotInUse,
  rejectedAndAgain,
];
