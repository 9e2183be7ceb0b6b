import { expect } from '@jest/globals';
import { begins, bodyOf, type Built, claims, delivers, DORMITORIES, flats, verifies } from './deeds.js';
import { approve, closes, monthOf, opens, reports } from './month-deeds.js';
import { counted, does, entryAt, explained, headOf, isRefused, type Scenario, type Town } from './town.js';

const { measure } = DORMITORIES;
const WHY = { why: 'typing-error', reason: '验收单套数录入错误，以竣工图为准。' };
const TODAY = '2025-10-31';

/** A block of flats delivered and verified in a month that was then reported, approved and closed. */
async function closedDelivery(town: Town, month: string, block: string, quantity: number) {
  const round = monthOf(town, 'education', month);
  await opens(round);
  const built = await begins(town, DORMITORIES);
  await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
  const delivery = await delivers(built, flats(block, '2025-07-01', quantity));
  await verifies(built, flats(block, '2025-07-10', quantity));
  await reports(round);
  await approve(round);
  await closes(round);
  expect((await entryAt(town, delivery)).entry.period).toBe(month);
  return { built, delivery };
}

const asks = ({ town, clerk }: Built, delivery: number, block: string, quantity: number): Promise<number> =>
  does(town, clerk, `entries/${delivery}/correct`, {
    ...{ occurredOn: '2025-07-01', ...WHY, payload: bodyOf(flats(block, '', quantity)) },
  });

const decided = { occurredOn: '2025-10-20' };

const approved: Scenario = {
  sentence: 'after closing a correction counts only once the bureau approves it, and then counts as verified',
  async run(town) {
    const before = await counted(town, measure);
    const { built, delivery } = await closedDelivery(town, '2025-09', 'late-1', 100);
    const stands = { claimed: before.claimed + 100, verified: before.verified + 100 };
    expect(await counted(town, measure)).toEqual(stands);

    const request = await asks(built, delivery, 'late-1', 90);
    const { type, entry } = await entryAt(town, request);
    // Asked for in October, which is open; it changes nothing yet.
    expect([type, entry.period]).toEqual(['correctionRequested', '2025-10']);
    expect(await counted(town, measure)).toEqual(stands);
    const { body: project } = await town.read(built.clerk, built.at);
    expect(project.requests).toMatchObject([
      { position: request, kind: 'correction', entry: delivery, by: { subject: built.clerk } },
    ]);
    await isRefused(town, built.clerk, `requests/${request}/approve`, decided, 'ROLE_MAY_NOT');
    await isRefused(town, 'verifier-health', `requests/${request}/approve`, decided, 'OTHER_SECTOR');

    const approval = await does(town, built.verifier, `requests/${request}/approve`, decided);
    const after = { claimed: before.claimed + 90, verified: before.verified + 90 };
    expect(await counted(town, measure)).toEqual(after);
    // Replayed it is what it was live, before and after; the closed month stays as it was known.
    expect(await counted(town, measure, { at: await headOf(town), on: TODAY })).toEqual(after);
    expect(await counted(town, measure, { at: request, on: TODAY })).toEqual(stands);
    await isRefused(town, built.verifier, `requests/${request}/approve`, decided, 'REQUEST_NOT_PENDING');

    // The original stays readable, and each names the other.
    const original = await entryAt(town, delivery);
    expect([original.entry.outputDelivered.quantity, original.correctedBy]).toEqual([100, [request, approval]]);
    expect([(await entryAt(town, request)).corrects, (await entryAt(town, approval)).corrects]).toEqual([
      delivery,
      delivery,
    ]);
    const node = `contribution/${measure}/project/${built.id}/late-1`;
    const { entries } = await explained(town, node, 'verified');
    expect(entries).toEqual(expect.arrayContaining([delivery, request, approval]));
  },
};

const refused: Scenario = {
  sentence: 'a late correction that the bureau refuses changes nothing, and a late retraction takes away what it names',
  async run(town) {
    const before = await counted(town, measure);
    const { built, delivery } = await closedDelivery(town, '2025-08', 'late-2', 60);
    const stands = { claimed: before.claimed + 60, verified: before.verified + 60 };
    const request = await asks(built, delivery, 'late-2', 80);
    await isRefused(
      town,
      built.clerk,
      `entries/${delivery}/retract`,
      { occurredOn: '2025-07-01', ...WHY },
      'CORRECTION_PENDING',
    );
    const reason = '竣工图与验收单一致，更正依据不足。';
    await does(town, built.verifier, `requests/${request}/reject`, { ...decided, reason });
    expect(await counted(town, measure)).toEqual(stands);
    expect((await entryAt(town, delivery)).correctedBy).toEqual([]);

    const retraction = { occurredOn: '2025-07-01', why: 'reported-twice', reason: '与上年度台账重复填报，予以撤回。' };
    const asked = await does(town, built.clerk, `entries/${delivery}/retract`, retraction);
    expect(await counted(town, measure)).toEqual(stands);
    await does(town, 'commission', `requests/${asked}/approve`, decided);
    expect(await counted(town, measure)).toEqual(before);
  },
};

export const LATE_CORRECTIONS: readonly Scenario[] = [approved, refused];
