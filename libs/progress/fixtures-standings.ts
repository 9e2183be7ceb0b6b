import { type ElementChange, ProjectStatus, type Standing, type Suspension } from '@planledger/contracts';
import fc from 'fast-check';
import type { Cells } from './cells.js';
import { standingOf, WIRE } from './fixtures.js';

/** Any project at work on any of a few measures: everything that a standing can say, sense or none. */

const day = fc.constantFrom('2021-06-01', '2022-03-01', '2022-09-01', '2023-09-01', '2025-06-01', '2026-02-01');
const dayOrNone = fc.option(day, { nil: '' });
const share = fc.constantFrom('', '0', '1', '1/3', '5/7', '2/9');
const yuan = fc.bigInt({ min: 0n, max: 9_000_000_000_000n });

/** Nearly all in the county of the project; some unit, then, in two. */
const contributionOf = (measures: readonly string[], county: string) =>
  fc.record({
    ...{ measure: fc.constantFrom(...measures), unit: fc.constantFrom('a', 'b', 'c/1'), from: day, until: dayOrNone },
    ...{ member: fc.constantFrom('', 'x', 'y', 'z'), quantity: fc.integer({ min: 1, max: 3 }) },
    confidence: fc.constantFrom(WIRE.claimed, WIRE.verified),
    county: fc.constantFrom(county, county, county, '410222'),
  });

const designedOf = (measures: readonly string[]) =>
  fc.array(
    fc.record({
      ...{ measure: fc.constantFrom(...measures), quantity: fc.integer({ min: 0, max: 5 }), due: dayOrNone },
      ...{ unit: fc.constantFrom('', '', 'a', 'c/1'), claimed: share, verified: share },
    }),
    { maxLength: 4 },
  );

const milestone = fc.record({
  milestone: fc.constantFrom('m', 'n', 'scheme-drafted', 'scheme-submitted', 'scheme-approved'),
  ...{ weight: fc.integer({ min: 0, max: 40 }), claimed: share, verified: share, claimedOn: dayOrNone },
  ...{ type: fc.constantFrom('works', 'document'), exempt: fc.boolean() },
  ...{ claimedNow: share, verifiedNow: share, claimedOnNow: dayOrNone },
});

const money = fc
  .uniqueArray(fc.constantFrom(2022, 2023, 2024), { maxLength: 3 })
  .chain((years) =>
    fc.tuple(
      ...years
        .sort()
        .map((year) =>
          fc.record({ year: fc.constant(year), claimed: yuan, verified: yuan, plannedB0: yuan, planned: yuan }),
        ),
    ),
  );

const change = fc
  .record({ on: day, requested: yuan, allocated: fc.bigInt({ min: -9n, max: 9_000_000n }), used: yuan })
  .map((each): ElementChange => ({ $typeName: 'planledger.v1.ElementChange', ...each, entries: [1] }));

const element = fc.record({
  ...{ kind: fc.constantFrom('funds', 'land'), requested: yuan, allocated: yuan, used: yuan, needBy: day },
  ...{ allocatedOn: dayOrNone, usedOn: dayOrNone, changes: fc.array(change, { maxLength: 3 }) },
});

const suspension = fc
  .record({ from: day, until: day })
  .map((each): Suspension => ({ $typeName: 'planledger.v1.Suspension', ...each }));

export const STATUSES = [
  ...[ProjectStatus.ACTIVE, ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.CANCELLED],
  ...[ProjectStatus.MOVED_OUT, ProjectStatus.SPLIT, ProjectStatus.MERGED],
] as const;

/** A standing of this stream and version, of a project in one county, linked to some of the items. */
export const anyStanding = (stream: string, measures: readonly string[], items: readonly string[], version = 1) =>
  fc.constantFrom('410221', '410222').chain((county) =>
    fc
      .record({
        items: fc.subarray([...items]),
        contributions: fc.array(contributionOf(measures, county), { maxLength: 6 }),
        ...{ designed: designedOf(measures), designedNow: fc.oneof(fc.constant([]), designedOf(measures)) },
        milestones: fc.uniqueArray(milestone, { selector: (each) => each.milestone, maxLength: 4 }),
        uncounted: fc.array(
          fc.record({
            ...{ measure: fc.constantFrom(...measures), unit: fc.constant('w'), reason: fc.constant('X_NOT_OPENED') },
            confidence: fc.constantFrom(WIRE.claimed, WIRE.verified),
          }),
          { maxLength: 2 },
        ),
        ...{ status: fc.constantFrom(...STATUSES), statusSince: dayOrNone, startedOn: dayOrNone },
        suspensions: fc.array(suspension, { maxLength: 2 }),
        offPlan: fc.constantFrom(false, false, false, true),
        successors: fc.subarray(['project/1', 'project/2', 'project/3'], { maxLength: 2 }),
        plannedOn: dayOrNone,
        ...{ estimateB0: yuan, estimate: yuan, money, elements: fc.array(element, { maxLength: 2 }) },
      })
      .map(({ milestones, ...rest }): Standing => {
        const made = standingOf(stream, { version, county, name: `项目 ${stream}`, position: version, ...rest });
        const [base] = standingOf(stream, { milestones: [{ milestone: 'm', weight: 1 }] }).milestones;
        return base ? { ...made, milestones: milestones.map((each) => ({ ...base, ...each })) } : made;
      }),
  );

/** The content of cells, whatever order their maps were filled in and however their lists are cut. */
export const plainCells = (cells: Cells): unknown => plain(cells);

function plain(value: unknown): unknown {
  if (value instanceof Map) {
    return [...(value as Map<string, unknown>)]
      .map(([key, each]) => [key, plain(each)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('chunks' in value) return (value.chunks as string[][]).flat();
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === 'totals' ? [] : [[key, plain(each)]])),
  );
}
