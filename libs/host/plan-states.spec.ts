import { afterEach, describe, expect, test } from '@jest/globals';
import { encodeEntry, type EventInit, makeEntry } from '@planledger/contracts';
import { type FeedRecord, PLAN_TOPIC } from '@planledger/feed';
import { createInProcessFeed } from '@planledger/feed/in-process';
import { createPlanStates } from './plan-states.js';

const PLAN = 'kaifeng-145';
const CASE = 'case/school-9';
const county = (code: string): EventInit => ({ case: 'countyDefined', value: { code, name: code } });
const supervised: EventInit = {
  case: 'supervisionIssued',
  value: { title: '限期整改', toUnit: '410212-education', due: '2025-11-10' },
};
const escalated: EventInit = { case: 'caseEscalated', value: { level: 'bureau', due: '2025-12-10' } };

/** The plan's topic as relays fill it, and the plan as a process knows it. */
function processOf() {
  const feed = createInProcessFeed();
  const states = createPlanStates();
  const versions = new Map<string, number>();
  let head = 0;

  function entry(stream: string, event: EventInit): FeedRecord {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const position = ++head;
    const value = encodeEntry(makeEntry({ plan: PLAN, stream, version, position, occurredOn: '2025-10-20', event }));
    return {
      key: `${PLAN}/${stream}`,
      value,
      headers: { ce_version: String(version), ce_position: String(position) },
    };
  }

  return {
    states,
    entry,
    following: () => states.follow(feed, 'plans'),
    async arrive(...records: FeedRecord[]): Promise<void> {
      await feed.publish(PLAN_TOPIC, records);
      while (states.lag() > 0) await new Promise(setImmediate);
    },
    close: () => feed.close(),
  };
}

const torn = (record: FeedRecord): FeedRecord => ({ ...record, value: Uint8Array.of(1, 2, 3) });
const LOADED: EventInit = { case: 'planLoaded', value: {} };

describe('an entry of the plan that cannot be read', () => {
  let process: ReturnType<typeof processOf>;
  afterEach(() => process.close());

  async function begun() {
    process = processOf();
    await process.following();
    await process.arrive(process.entry('plan', county('410212')), process.entry('plan', LOADED));
    return process;
  }
  const counties = () => [...process.states.get(PLAN).counties.keys()];
  const cases = () => [...process.states.get(PLAN).cases.values()].map(({ id, status }) => [id, status]);

  test('parks its stream; what comes after it there waits, all others go on', async () => {
    const { entry, arrive, states } = await begun();
    await arrive(entry(CASE, supervised), torn(entry(CASE, escalated)), entry('plan', county('410221')));
    await arrive(entry(CASE, { case: 'caseClosed', value: {} }), entry('case/other', supervised));
    expect(states.parked(PLAN)).toEqual([{ key: `${PLAN}/${CASE}`, version: 2, reason: expect.any(String) }]);
    expect(counties()).toEqual(['410212', '410221']);
    expect(cases()).toEqual([
      ['school-9', 'open'],
      ['other', 'open'],
    ]);
    expect(await states.waitFor(PLAN, CASE, 3, 60_000)).toBe(false);
  });

  test('leaves the plan as it was before it, and no other plan', async () => {
    const { entry, arrive, states } = await begun();
    await arrive(torn(entry('plan', county('410221'))), entry('plan', county('410222')), entry(CASE, supervised));
    expect(states.parked(PLAN)).toMatchObject([{ key: `${PLAN}/plan`, version: 3 }]);
    expect(states.parked('another')).toEqual([]);
    expect([counties(), cases()]).toEqual([['410212'], [['school-9', 'open']]]);
  });

  test('is made good where it comes again whole, with all that waited, as if it had never been torn', async () => {
    const { entry, arrive, states } = await begun();
    const [adopted, closed] = [entry('plan', county('410221')), entry('plan', county('410222'))];
    const issued = entry(CASE, supervised);
    const waited = states.waitFor(PLAN, 'plan', 2, 60_000);
    await arrive(torn(adopted), closed, torn(issued));
    expect(await waited).toBe(true);
    await arrive(torn(adopted), adopted);
    expect(states.parked(PLAN)).toMatchObject([{ key: `${PLAN}/${CASE}`, version: 1 }]);
    await arrive(issued);
    const healed = states.get(PLAN);
    expect([states.parked(PLAN), counties(), cases()]).toEqual([
      [],
      ['410212', '410221', '410222'],
      [['school-9', 'open']],
    ]);
    await arrive(entry('plan', county('410223')), torn(adopted), adopted, closed, issued);
    expect(counties()).toEqual(['410212', '410221', '410222', '410223']);
    expect([states.parked(PLAN), states.get(PLAN).cases]).toEqual([[], healed.cases]);
  });

  test('and says no place is taken for the next of its stream, and made good by that one', async () => {
    const { entry, arrive, states } = await begun();
    const blank = (stream: string, value = Uint8Array.of(1, 2, 3)): FeedRecord => ({
      key: `${PLAN}/${stream}`,
      value,
      headers: {},
    });
    await arrive(blank('plan'), blank(CASE, new Uint8Array()), blank(CASE), entry('case/other', supervised));
    expect(states.parked(PLAN)).toMatchObject([
      { key: `${PLAN}/plan`, version: 3 },
      { key: `${PLAN}/${CASE}`, version: 1 },
    ]);
    expect([counties(), cases()]).toEqual([['410212'], [['other', 'open']]]);
    await arrive(entry('plan', county('410221')), entry(CASE, supervised));
    expect([states.parked(PLAN), counties()]).toEqual([[], ['410212', '410221']]);
    expect(
      cases()
        .map(([id]) => id)
        .sort(),
    ).toEqual(['other', 'school-9']);
    // A key that names no plan is no reason to stop either.
    await arrive({ ...blank(''), key: '' }, entry('plan', county('410222')));
    expect(counties()).toEqual(['410212', '410221', '410222']);
  });
});
