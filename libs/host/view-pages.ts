import { addressed } from '@planledger/progress';
import { createHash } from 'node:crypto';
import { integerParameter, malformed, type Query, textParameter } from './query.js';

/** Rows of each list of an answer that are given at once, unless the question says otherwise. */
const ROWS_DEFAULT = 500;
export const VIEW_ROWS_MAX = 1_000;
/** The last row of a page may leave its list before the next page is asked for, and so may the one before it. */
const ANCHORS = 3;
/** Of a row's key; enough that two rows of a list do not have the same. */
const MARK_CHARS = 16;

/** Which rows of an answer's lists are asked for. */
export interface ViewPage {
  /** Of each list. */
  readonly limit: number;
  /** The one list that is read on; all lists from their beginning where not given. */
  readonly from?: Place;
}

interface Place {
  /** Names of the fields from the answer down to the list. */
  readonly list: string;
  /** Where the page begins if no anchor is in the list any more. */
  readonly at: number;
  /** Marks of the last rows that were given, the last one first: the page begins after the first that is still there. */
  readonly anchors: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isRow = (value: unknown): value is Row => isObject(value) && !Array.isArray(value);

/** `?limit=` and `?cursor=`; a cursor that no page has given is a malformed parameter. */
export function viewPageIn(query: Query): ViewPage {
  const limit = integerParameter(query, 'limit', { min: 1, max: VIEW_ROWS_MAX }) ?? ROWS_DEFAULT;
  const cursor = textParameter(query, 'cursor');
  if (cursor === undefined) return { limit };
  const [list = '', at = '', ...anchors] = cursor.split('.');
  if (!/^\d{1,9}$/.test(at) || anchors.length > ANCHORS) throw malformed('cursor', 'next');
  return { limit, from: { list, at: Number(at), anchors } };
}

/**
 * An answer with the address of every record, and of each of its lists at most `limit` rows; `next` holds, by the name of
 * the list (with those of the records around it, by slashes), the cursor of what is left. Asked by a cursor, the answer
 * holds that list alone. Lists within rows belong to their row and are given whole.
 *
 * A cursor says after which row the page begins, whatever came or went elsewhere in the list. Keys of rows are not in it,
 * their digests are: a reader who may not see a project is given its row without a name.
 */
export function pageOf(answer: unknown, address: string, { limit, from }: ViewPage): unknown {
  const next: Record<string, string> = {};

  function listed(list: readonly unknown[], at: string, name: string): unknown {
    if (!from && list.length <= limit) return addressed(list, at);
    const keyOf = keysOf(list);
    const mark = (index: number): string => markOf(keyOf(index));
    const start = from ? startOf(from, list.length, mark) : 0;
    const end = Math.min(list.length, start + limit);
    if (end < list.length) {
      const anchors = Array.from({ length: Math.min(ANCHORS, end) }, (_, back) => mark(end - 1 - back));
      next[name] = [name, end, ...anchors].join('.');
    }
    return list.slice(start, end).map((row, index) => addressed(row, `${at}/${keyOf(start + index)}`));
  }

  function within(record: Row, at: string, path: string): Row | undefined {
    const fields = Object.entries(record).flatMap(([field, value]) => {
      const [here, name] = [`${at}/${field}`, path === '' ? field : `${path}/${field}`];
      if (isRow(value)) {
        const inner = within(value, here, name);
        return inner ? [[field, inner] as const] : [];
      }
      if (Array.isArray(value) && (!from || from.list === name)) return [[field, listed(value, here, name)] as const];
      return from || Array.isArray(value) ? [] : [[field, value] as const];
    });
    return from && fields.length === 0 ? undefined : Object.fromEntries([['node', at], ...fields]);
  }

  if (!isRow(answer)) return addressed(answer, address);
  const shown = within(answer, address, '');
  if (!shown) throw malformed('cursor', 'next');
  return { ...shown, next };
}

/**
 * The key of a row of a list by its index, as `addressed` makes it of the whole list. Of rows of projects those of the
 * same project alone can have the same name, and no others are looked at: a page costs what is on it.
 */
function keysOf(list: readonly unknown[]): (index: number) => string {
  const streamAt = (index: number): unknown => (list[index] as Row | undefined)?.['stream'];
  if (list.some((row) => !isRow(row) || typeof row['stream'] !== 'string')) {
    const keys = keysAmong(list);
    return (index) => keys[index] ?? '';
  }
  const projects = new Map<unknown, { readonly indices: number[]; keys?: readonly string[] }>();
  for (const index of list.keys()) {
    const known = projects.get(streamAt(index));
    if (known) known.indices.push(index);
    else projects.set(streamAt(index), { indices: [index] });
  }
  return (index) => {
    const project = projects.get(streamAt(index));
    if (!project) return '';
    project.keys ??= keysAmong(project.indices.map((each) => list[each]));
    return project.keys[project.indices.indexOf(index)] ?? '';
  };
}

function keysAmong(rows: readonly unknown[]): string[] {
  // Without fields of its own a row is told its address, and nothing of it is copied.
  const bare = rows.map((row): unknown => (isRow(row) ? Object.create(row) : row));
  return (addressed(bare, '') as unknown[]).map((row) => (isRow(row) ? String(row['node']).slice(1) : String(row)));
}

/** Looks from where the page would begin if nothing had changed. */
function startOf({ at, anchors }: Place, length: number, mark: (index: number) => string): number {
  const marks = Array.from<string | undefined>({ length });
  const isAt = (index: number, anchor: string): boolean =>
    index >= 0 && index < length && (marks[index] ??= mark(index)) === anchor;
  for (const [back, anchor] of anchors.entries()) {
    const expected = at - 1 - back;
    for (let off = 0; off < length + expected; off += 1) {
      if (isAt(expected - off, anchor)) return expected - off + 1;
      if (isAt(expected + off, anchor)) return expected + off + 1;
    }
  }
  return Math.min(at, length);
}

const markOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, MARK_CHARS);
