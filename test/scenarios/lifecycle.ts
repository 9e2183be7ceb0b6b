import { expect } from '@jest/globals';
import type { Departure } from '@planledger/progress';
import { begins, claims, delivers, flats, DORMITORIES, school, SCHOOLS, verifies } from './deeds.js';
import { completionOf, counted, does, explained, isRefused, measureOf, type Scenario, type Town } from './town.js';

const suspended: Scenario = {
  sentence: 'a suspended project takes no claims, lets earlier ones be verified, and goes on once resumed',
  async run(town) {
    const before = await counted(town, SCHOOLS.measure);
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-04-01', acceptance: '2025-06-30', opening: '2025-09-01' });
    await delivers(built, school('school-s', '2025-08-20'));
    const reason = '专项资金未到位，施工单位停工。';
    await does(town, built.clerk, `${built.at}/suspend`, { occurredOn: '2025-09-02', reason });
    const licence = `${built.at}/milestones/licence/claim`;
    await isRefused(town, built.clerk, licence, { occurredOn: '2025-09-03' }, 'PROJECT_SUSPENDED');
    const quantities = [{ milestone: 'foundation', done: 10 }];
    const progress = { occurredOn: '2025-09-03', quantities };
    await isRefused(town, built.clerk, `${built.at}/progress`, progress, 'PROJECT_SUSPENDED');
    await does(town, built.verifier, `${built.at}/milestones/acceptance/verify`, { occurredOn: '2025-09-04' });
    await verifies(built, school('school-s', '2025-09-05'));
    const after = { claimed: before.claimed + 1, verified: before.verified + 1 };
    expect(await counted(town, SCHOOLS.measure)).toEqual(after);
    await does(town, built.clerk, `${built.at}/resume`, { occurredOn: '2025-09-20' });
    await does(town, built.clerk, licence, { occurredOn: '2025-09-21' });
  },
};

const departureOf = async (town: Town, id: string): Promise<Departure | undefined> =>
  (await completionOf(town)).headline.programmes.denominator.left.find(({ project }) => project === `project/${id}`);

/** A project that delivered 30 of its 100 flats and then left. */
const left = (verb: 'cancel' | 'move-out', status: Departure['status'], document: string): Scenario => ({
  sentence: `a project that was ${status} keeps what it delivered; the rest leaves the numerator, never the target`,
  async run(town) {
    const { measure } = DORMITORIES;
    const [before, { target }] = [await counted(town, measure), (await measureOf(town, measure)).count.b0.claimed];
    const line = (await completionOf(town)).headline.programmes.denominator;
    const built = await begins(town, DORMITORIES);
    await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    await delivers(built, flats('block-1', '2025-07-01', 30));
    const reason = '选址与国土空间规划不符，不再实施。';
    await does(town, 'commission', `${built.at}/${verb}`, { occurredOn: '2025-08-01', document, reason });

    expect(await counted(town, measure)).toEqual({ ...before, claimed: before.claimed + 30 });
    const row = await measureOf(town, measure);
    expect([row.count.b0.claimed.target, row.count.current.claimed.target]).toEqual([target, target]);
    expect(await departureOf(town, built.id)).toMatchObject({
      status,
      items: ['B2-1'],
      unfinished: [{ measure, designed: 100, unfinished: 70 }],
    });
    const { b0, current } = (await completionOf(town)).headline.programmes.denominator;
    expect({ b0, current }).toEqual({ b0: line.b0, current: line.current });
    const { leftOut } = await explained(town, `measure/${measure}`, 'claimed');
    expect(leftOut).toContainEqual(
      expect.objectContaining({ why: status, node: `project/${built.id}`, quantity: '70' }),
    );
    await isRefused(
      town,
      built.clerk,
      `${built.at}/milestones/siting/claim`,
      { occurredOn: '2025-08-02' },
      'PROJECT_ENDED',
    );
    await verifies(built, flats('block-1', '2025-08-10', 30));
    expect((await counted(town, measure)).verified).toBe(before.verified + 30);
  },
});

export const LIFECYCLE: readonly Scenario[] = [
  suspended,
  left('cancel', 'cancelled', '汴发改〔2025〕18号'),
  left('move-out', 'moved-out', '汴发改〔2025〕19号'),
];
