import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type MongoBench, openMongoBench } from './conformance/mongo.js';
import { mongoBuilds } from './mongo-builds.js';

let bench: MongoBench;
let views = 0;
beforeAll(async () => {
  bench = await openMongoBench();
});
afterAll(() => bench.close());

const newView = (): string => `built-${(views += 1)}`;
const buildsOf = (view: string, instance = 'sector-1') => mongoBuilds<string>(bench.db, view, instance);
type Builds = ReturnType<typeof buildsOf>;

async function switchOn(builds: Builds): Promise<void> {
  const live = await builds.live();
  const next = await builds.begin(live);
  await builds.store(next).save([{ key: 'p/a', version: 1, doc: next.name }]);
  expect(await builds.switchTo(live, next)).toBe(true);
}
async function settle(builds: Builds): Promise<void> {
  const { generation } = await builds.live();
  expect(await builds.claim(generation)).toBe(true);
  await builds.settle(generation);
}
const collections = async (view: string): Promise<string[]> =>
  (await bench.raw.listCollections())
    .map(({ name }) => name)
    .filter((name) => name.split('.')[0] === view)
    .sort();

describe('the builds of a view in MongoDB', () => {
  test('begin with the one that was always there', async () => {
    const view = newView();
    expect(await buildsOf(view).live()).toEqual({ name: view, generation: 1, previous: undefined, settled: true });
  });

  test('are switched forward and back, each time to the next generation, which somebody has to settle', async () => {
    const view = newView();
    const builds = buildsOf(view);
    await switchOn(builds);
    expect(await builds.live()).toEqual({ name: `${view}.2`, generation: 2, previous: view, settled: false });
    await settle(builds);
    expect(await builds.switchTo(await builds.live(), { name: view })).toBe(true);
    expect(await builds.live()).toEqual({ name: view, generation: 3, previous: `${view}.2`, settled: false });
  });

  test('are not switched while the last switch is unsettled, nor by who does not know of it', async () => {
    const builds = buildsOf(newView());
    const first = await builds.live();
    await switchOn(builds);
    expect(await builds.switchTo(await builds.live(), { name: first.name })).toBe(false);
    await settle(builds);
    expect(await builds.switchTo(first, { name: 'elsewhere' })).toBe(false);
    expect(await builds.live()).toMatchObject({ generation: 2 });
  });

  test('of two that switch at once one has it', async () => {
    const view = newView();
    const live = await buildsOf(view).live();
    const switched = await Promise.all(['x', 'y', 'z'].map((name) => buildsOf(view, name).switchTo(live, { name })));
    expect(switched.filter(Boolean)).toHaveLength(1);
    expect(['x', 'y', 'z'].indexOf((await buildsOf(view).live()).name)).toBe(switched.indexOf(true));
  });

  test('are republished by one process at a time, and by another where that one was silent for too long', async () => {
    const view = newView();
    const [one, other] = [buildsOf(view, 'sector-1'), buildsOf(view, 'sector-2')];
    await switchOn(one);
    expect([await one.claim(2), await other.claim(2), await one.claim(2)]).toEqual([true, false, true]);
    await other.settle(2);
    expect(await one.live()).toMatchObject({ settled: false });
    const past = { $set: { claimedUntil: new Date(Date.now() - 1_000) } };
    await bench.raw.collection<{ _id: string }>('generations').updateOne({ _id: view }, past);
    expect([await other.claim(2), await one.claim(2)]).toEqual([true, false]);
    await one.settle(2);
    await other.settle(2);
    expect([(await one.live()).settled, await one.claim(2), await one.claim(1)]).toEqual([true, false, false]);
  });

  test('are kept as long as one can go back to them; parked keys belong to all of them', async () => {
    const view = newView();
    const builds = buildsOf(view);
    await builds.store(await builds.live()).save([{ key: 'p/a', version: 1, doc: 'first' }]);
    await builds.store(await builds.live()).park({ key: 'p/b', version: 2, reason: 'poison' });
    for (const generation of [2, 3]) {
      await switchOn(builds);
      await settle(builds);
      expect((await builds.live()).generation).toBe(generation);
    }
    expect(await collections(view)).toEqual([view, `${view}.2`, `${view}.3`, `${view}.parked`]);
    await builds.begin(await builds.live());
    expect(await collections(view)).toEqual([`${view}.2`, `${view}.3`, `${view}.parked`]);
    expect(await builds.store(await builds.live()).parked()).toHaveLength(1);
  });

  test('tell the versions of all their documents, of all plans, by key', async () => {
    const builds = buildsOf(newView());
    const live = await builds.live();
    const saved = ['q/b', 'p/a', 'p-2/c'].map((key, index) => ({ key, version: index + 1, doc: key }));
    await builds.store(live).save(saved);
    expect([...(await builds.versions(live))]).toEqual([
      ['p-2/c', 3],
      ['p/a', 2],
      ['q/b', 1],
    ]);
  });
});
