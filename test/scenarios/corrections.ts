import { expect } from '@jest/globals';
import {
  begins,
  bodyOf,
  type Built,
  claims,
  delivers,
  DORMITORIES,
  flats,
  school,
  SCHOOLS,
  verifies,
} from './deeds.js';
import { completionOf, counted, does, entryAt, explained, headOf, isRefused, type Scenario } from './town.js';

const { measure } = DORMITORIES;
const WHY = { why: 'typing-error', reason: '验收单套数录入错误，以竣工图为准。' };

/** A hundred flats accepted, delivered and verified. */
async function hundredFlats(built: Built): Promise<number> {
  await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
  const delivery = await delivers(built, flats('block-1', '2025-07-01', 100));
  await verifies(built, flats('block-1', '2025-07-10', 100));
  return delivery;
}

const correctedQuantity: Scenario = {
  sentence: 'a corrected quantity falls back to claimed, the original stays readable, and it can be verified anew',
  async run(town) {
    const before = await counted(town, measure);
    const built = await begins(town, DORMITORIES);
    const delivery = await hundredFlats(built);
    const head = await headOf(town);
    expect(await counted(town, measure)).toEqual({ claimed: before.claimed + 100, verified: before.verified + 100 });

    const payload = bodyOf(flats('block-1', '', 90));
    const body = { occurredOn: '2025-07-01', ...WHY, payload };
    const correction = await does(town, built.clerk, `entries/${delivery}/correct`, body);
    expect(await counted(town, measure)).toEqual({ claimed: before.claimed + 90, verified: before.verified });
    expect((await entryAt(town, delivery)).entry.outputDelivered.quantity).toBe(100);
    expect((await entryAt(town, correction)).entry).toMatchObject({
      reason: WHY.reason,
      entryCorrected: { entry: delivery, replacement: { outputDelivered: { quantity: 90 } } },
    });
    const leaf = await explained(town, `contribution/${measure}/project/${built.id}/block-1`, 'claimed');
    expect(leaf.entries).toEqual(expect.arrayContaining([delivery, correction]));

    await verifies(built, flats('block-1', '2025-07-20', 90));
    expect(await counted(town, measure)).toEqual({ claimed: before.claimed + 90, verified: before.verified + 90 });
    // What was known before the correction is what was known before the correction.
    const known = await counted(town, measure, { at: head, on: '2025-10-31' });
    expect(known).toEqual({ claimed: before.claimed + 100, verified: before.verified + 100 });
  },
};

const retracted: Scenario = {
  sentence: 'a retracted acceptance takes its flats out of both figures, and nothing is erased',
  async run(town) {
    const before = await counted(town, measure);
    const built = await begins(town, DORMITORIES);
    const { acceptance = 0 } = await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    await delivers(built, flats('block-2', '2025-07-01', 40));
    await verifies(built, flats('block-2', '2025-07-10', 40));
    const body = { occurredOn: '2025-07-15', why: 'untrue-evidence', reason: '验收报告并非本栋楼，撤回重报。' };
    await does(town, built.clerk, `entries/${acceptance}/retract`, body);
    expect(await counted(town, measure)).toEqual(before);
    expect((await entryAt(town, acceptance)).type).toBe('milestoneClaimed');
    await isRefused(town, built.clerk, `entries/${acceptance}/retract`, body, 'ENTRY_RETRACTED');
  },
};

const illegalLater: Scenario = {
  sentence: 'a correction that would make a later entry illegal is refused and changes nothing',
  async run(town) {
    const built = await begins(town, SCHOOLS);
    const { start = 0 } = await claims(built, { start: '2024-07-01', acceptance: '2025-07-15', opening: '2025-09-01' });
    const delivery = await delivers(built, school('school-d', '2025-08-25'));
    const [figures, head] = [JSON.stringify((await completionOf(town)).rows), await headOf(town)];
    const attempts: [number, string, object][] = [
      // Started after it was accepted; not started at all; a school that is no school.
      [start, 'correct', { occurredOn: '2025-08-01', ...WHY, payload: {} }],
      [start, 'retract', { occurredOn: '2025-08-01', ...WHY }],
    ];
    for (const [entry, verb, body] of attempts) {
      await isRefused(town, built.clerk, `entries/${entry}/${verb}`, body, 'LATER_ENTRY_ILLEGAL');
    }
    const oversized = { ...school('school-d', '').facts, places: 3_000, netNewPlaces: 3_000 };
    const payload = bodyOf({ ...school('school-d', ''), facts: oversized });
    const body = { occurredOn: '2025-08-25', ...WHY, payload };
    await isRefused(town, built.clerk, `entries/${delivery}/correct`, body, 'EDU_OVERSIZED_CLASSES');
    expect(await headOf(town)).toBe(head);
    expect(JSON.stringify((await completionOf(town)).rows)).toBe(figures);
  },
};

const lost: Scenario = {
  sentence: 'a school that loses its licence stops counting on that day and stays counted on the days before',
  async run(town) {
    const before = await counted(town, SCHOOLS.measure);
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-04-01', acceptance: '2025-06-30', opening: '2025-09-01' });
    await delivers(built, school('school-lost', '2025-08-20'));
    await verifies(built, school('school-lost', '2025-09-05'));
    await does(town, built.verifier, `${built.at}/outputs/school-lost/revoke`, {
      ...{ occurredOn: '2025-10-20', measure: SCHOOLS.measure, lostOn: '2025-10-15' },
      reason: '办学许可被注销，自注销之日起不再计入。',
    });
    const [dayBefore, thatDay] = ['2025-10-14', '2025-10-15'];
    expect(await counted(town, SCHOOLS.measure, { on: thatDay })).toEqual(before);
    const stood = await counted(town, SCHOOLS.measure, { on: dayBefore });
    expect(stood).toEqual({ claimed: before.claimed + 1, verified: before.verified + 1 });
  },
};

export const CORRECTIONS: readonly Scenario[] = [correctedQuantity, retracted, illegalLater, lost];
