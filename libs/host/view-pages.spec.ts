import { describe, expect, test } from '@jest/globals';
import { addressed } from '@planledger/progress';
import { ProblemError } from './problem.js';
import { pageOf, VIEW_ROWS_MAX, viewPageIn } from './view-pages.js';

const AT = 'view/veterans/memorials';
type Row = Readonly<Record<string, unknown>>;
interface Shown {
  readonly rows: readonly Row[];
  readonly next: Readonly<Record<string, string>>;
}

const rowOf = (number: number): Row => ({ stream: `project/p${number}`, unit: 'main', places: number });
const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, index) => rowOf(index));
const page = (answer: object, limit: number, cursor?: string): Shown =>
  pageOf(answer, AT, viewPageIn({ limit: String(limit), ...(cursor !== undefined && { cursor }) })) as Shown;

/** All rows, a page at a time; `between` changes the answer before each page but the first. */
function wholly(rows: readonly Row[], limit: number, between = (now: readonly Row[]) => now): unknown[] {
  let now = rows;
  const read: unknown[] = [];
  for (let cursor: string | undefined; ;) {
    const shown = page({ rows: now }, limit, cursor);
    expect(shown.rows.length).toBeLessThanOrEqual(limit);
    read.push(...shown.rows);
    cursor = shown.next['rows'];
    if (cursor === undefined) return read;
    now = between(now);
  }
}
const numbersIn = (read: readonly unknown[]): unknown[] => read.map((row) => (row as Row)['places']);

describe('an answer of a view', () => {
  test('that fits a page is given whole, with the address of every record', () => {
    const answer = { total: 3, rows: rowsOf(3), of: { open: 1, rows: [{ year: 2024, works: [1, 2, 3, 4] }] } };
    expect(page(answer, 3)).toEqual({ ...(addressed(answer, AT) as Row), next: {} });
    expect(pageOf(answer, AT, viewPageIn({}))).toEqual({ ...(addressed(answer, AT) as Row), next: {} });
  });

  test('is read by pages to the very rows that it has, each at its own address', () => {
    const rows = [...rowsOf(4), rowOf(3), rowOf(3), { county: '410212' }, { note: 1 }, { note: 2 }, ...rowsOf(2)];
    const whole = addressed({ rows }, AT) as Shown;
    for (const limit of [1, 2, 3, 5, 10, 11, 12]) expect([limit, wholly(rows, limit)]).toEqual([limit, whole.rows]);
  });

  test('has the units of one name of a project apart on whatever page they are', () => {
    const rows = [rowOf(1), rowOf(2), rowOf(1), rowOf(1), rowOf(3), rowOf(1), rowOf(2)];
    const whole = addressed({ rows }, AT) as Shown;
    for (const limit of [1, 2, 3, 4]) expect([limit, wholly(rows, limit)]).toEqual([limit, whole.rows]);
  });

  test('gives sums with the first page alone, and by a cursor the list that it is of', () => {
    const of = { open: 1, missing: ['a', 'b', 'c'] };
    const answer = { total: 3, rows: rowsOf(3), of };
    const first = page(answer, 2);
    expect(first).toMatchObject({
      total: 3,
      rows: [{ places: 0 }, { places: 1 }],
      of: { open: 1, missing: ['a', 'b'] },
    });
    expect(Object.keys(first.next)).toEqual(['rows', 'of/missing']);
    const rest = page(answer, 2, first.next['rows']);
    expect(rest).toEqual({ node: AT, rows: [expect.objectContaining({ places: 2 })], next: {} });
    const missing = page(answer, 2, first.next['of/missing']);
    expect(missing).toEqual({ node: AT, of: { node: `${AT}/of`, missing: ['c'] }, next: {} });
  });
});

describe('between two pages', () => {
  const rows = rowsOf(12);
  const all = rows.map((_, index) => index);

  test('rows that come and go elsewhere repeat none of the others and skip none', () => {
    let more = 100;
    const more3 = (now: readonly Row[]): Row[] => [...[1, 2, 3].map(() => rowOf((more += 1))), ...now];
    expect(numbersIn(wholly(rows, 5, more3))).toEqual(all);
    const shorter = (now: readonly Row[]): readonly Row[] => now.slice(2);
    expect(numbersIn(wholly(rows, 5, shorter))).toEqual(all);
  });

  test('the row that was shown last may go, and the one before it', () => {
    const without = (gone: readonly number[]) => (now: readonly Row[]) =>
      now.filter((row) => !gone.includes(Number(row['places'])));
    expect(numbersIn(wholly(rows, 5, without([0, 4])))).toEqual(all);
    expect(numbersIn(wholly(rows, 5, without([0, 1, 3, 4])))).toEqual(all);
  });

  test('where none of those is left, it goes on at its place, and past the end there is nothing', () => {
    const next = page({ rows }, 5).next['rows'];
    const others = rows.filter((_, index) => index < 2 || index > 4);
    expect(numbersIn(page({ rows: others }, 5, next).rows)).toEqual([8, 9, 10, 11]);
    expect(page({ rows: [] }, 5, next)).toEqual({ node: AT, rows: [], next: {} });
  });
});

describe('a cursor', () => {
  test('holds no key of a row', () => {
    expect(page({ rows: rowsOf(3) }, 2).next['rows']).not.toMatch(/p0|p1|project|main/);
  });

  test.each(['rows', 'rows.x', 'rows.-1', 'rows.1.a.b.c.d', 'none.1.a', 'of.1', 'of/open.1', '.1'])(
    '%s is malformed',
    (cursor) => {
      expect(() => page({ rows: rowsOf(3), of: { open: 1 } }, 2, cursor)).toThrow(ProblemError);
    },
  );

  test('and a limit beyond the largest page are refused', () => {
    for (const limit of ['0', String(VIEW_ROWS_MAX + 1), 'all'])
      expect(() => viewPageIn({ limit })).toThrow(ProblemError);
  });
});
