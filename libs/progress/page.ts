import type { Standing } from '@planledger/contracts';
import type { Child, LeftOut, Page } from './explanation.js';
import { LEFT_OUT_MAX } from './explanation.js';
import type { Question } from './explaining.js';
import { parseAddress } from './node.js';
import { keysFrom, mergedKeys, type Ordered } from './ordered.js';

/** A line of an explanation: a project, or one of its units. */
export interface Line {
  /** Empty of the project itself. */
  readonly unit: string;
  readonly child: Child;
}

/**
 * One page of lines, by stream and unit: what follows the cursor, at most `limit`. Read off the index, so that a page
 * costs what it shows, whatever stands before and after it.
 */
export function pageOf(
  { reading, limit, after, visible }: Question,
  streams: Iterable<string>,
  total: number,
  linesOf: (standing: Standing) => readonly Line[],
): { readonly shown: readonly Child[]; readonly page: Page } {
  const from = placeOf(after);
  const shown: { readonly child: Child; readonly cursor: string }[] = [];
  const isFull = (): boolean => shown.length > limit || (!from && shown.length === total);
  for (const stream of streams) {
    if (isFull()) break;
    const standing = reading.standings.get(stream);
    if (!standing) continue;
    const lines = [...linesOf(standing)].sort((a, b) => (a.unit < b.unit ? -1 : 1));
    const isOpen = visible(standing);
    for (const [at, { unit, child }] of lines.entries()) {
      if (from?.stream === stream && ('line' in from ? at <= from.line : unit <= from.unit)) continue;
      shown.push({ child, cursor: isOpen ? child.node : `${stream}#${at}` });
    }
  }
  const next = shown.length > limit ? (shown[limit - 1]?.cursor ?? null) : null;
  return { shown: shown.slice(0, limit).map(({ child }) => child), page: { total, next } };
}

/** The streams of an index from the cursor's on. */
export const streamsFrom = ({ after }: Question, streams: Ordered | undefined): Iterable<string> =>
  streams ? keysFrom(streams, placeOf(after)?.stream) : [];

/** The same of several indexes that have no stream in common. */
export const mergedFrom = ({ after }: Question, indexes: readonly Ordered[]): Iterable<string> =>
  mergedKeys(indexes, placeOf(after)?.stream);

/** Behind which line of a project a page begins: by its unit, or by its number where the unit must not be named. */
type Place = { readonly stream: string } & ({ readonly unit: string } | { readonly line: number });

/** Where a cursor stands: the last child of the page before. Text that is none is the beginning. */
export function placeOf(after: string | undefined): Place | undefined {
  const hidden = /^(project\/[^/#]+)#(\d{1,6})$/.exec(after ?? '');
  if (hidden) return { stream: hidden[1] ?? '', line: Number(hidden[2]) };
  const node = after === undefined ? undefined : parseAddress(after)?.node;
  switch (node?.kind) {
    case 'project':
      return { stream: node.stream, unit: '' };
    case 'contribution':
    case 'unit':
      return { stream: node.stream, unit: node.unit };
    case 'implied':
      return node.of;
    case 'listed':
      return 'stream' in node.of && node.of.stream !== undefined ? { stream: node.of.stream, unit: '' } : undefined;
    case 'lamp':
      return node.lamp.of === 'project' ? { stream: node.lamp.stream, unit: '' } : undefined;
    default:
      return undefined;
  }
}

/** What was left out: the first LEFT_OUT_MAX, and how many there are. */
export class LeftOutList {
  readonly shown: LeftOut[] = [];
  total = 0;

  add(...all: readonly LeftOut[]): void {
    this.total += all.length;
    this.shown.push(...all.slice(0, LEFT_OUT_MAX - this.shown.length));
  }

  get isFull(): boolean {
    return this.shown.length >= LEFT_OUT_MAX;
  }
}
