import { decodeEntry, type Entry, type Event, type Rewrite, rewriteOf } from '@planledger/contracts';
import type { Platform } from '@planledger/host';
import type { PlanState } from '@planledger/plan';
import { pagesOf } from './replay.js';

const REWRITING = ['entryCorrected', 'entryRetracted', 'correctionApproved'] as const;

/** What a rewritten entry speaks of, as far as the ledger tells: the figures that it may enter. */
export interface Touched {
  readonly stream: string;
  readonly sector: string;
  readonly county: string;
  readonly items: ReadonlySet<string>;
  /** Empty where the entry names none: a milestone moves every measure of its project's items. */
  readonly measures: ReadonlySet<string>;
}

/** Every correction and retraction that took effect, by the position where it did, from the ledger itself. */
export async function rewritesIn(platform: Platform, plan: string): Promise<Rewrite[]> {
  const rewrites: Rewrite[] = [];
  for (const type of REWRITING) {
    for await (const page of pagesOf(platform, plan, Infinity, { type })) {
      for (const { bytes } of page) {
        const rewrite = await rewriteFrom(platform, plan, decodeEntry(bytes));
        if (rewrite) rewrites.push(rewrite);
      }
    }
  }
  return rewrites.sort((a, b) => tookEffect(a) - tookEffect(b));
}

/** The rewrite that this entry makes effective; undefined of any other entry. */
export async function rewriteFrom(platform: Platform, plan: string, entry: Entry): Promise<Rewrite | undefined> {
  const { event } = entry;
  const request = event.case === 'correctionApproved' ? await entryAt(platform, plan, event.value.request) : undefined;
  return rewriteOf(entry, request);
}

export async function entryAt(platform: Platform, plan: string, position: number): Promise<Entry | undefined> {
  const [stored] = await platform.ledger.read(plan, { from: position, to: position, limit: 1 });
  return stored && decodeEntry(stored.bytes);
}

export const tookEffect = ({ positions }: Rewrite): number => positions.at(-1) ?? 0;

/** Had the report the figure before it was rewritten? It was made after the entry and before the rewrite. */
export const knewBefore = (at: number, rewrite: Rewrite): boolean => at >= rewrite.entry && at < tookEffect(rewrite);

/** What a rewrite touches. Reads the rewritten entry and its stream. */
export async function touchedBy(
  platform: Platform,
  plan: string,
  state: PlanState,
  rewrite: Rewrite,
): Promise<Touched | undefined> {
  const entry = await entryAt(platform, plan, rewrite.entry);
  if (!entry) return undefined;
  const stored = await platform.ledger.readStream(plan, entry.stream);
  const stream = stored.map(({ bytes }) => decodeEntry(bytes));
  return touchedOf(entry, rewrite.correction?.replacement?.event, stream, state);
}

/** `stream`: all entries of the rewritten one's stream; the items that its project was ever linked to stand there. */
export function touchedOf(
  { stream: name, sector, county, event }: Entry,
  replacement: Entry['event'] | undefined,
  stream: readonly Entry[],
  { measures: known }: PlanState,
): Touched {
  const named = [event, replacement].flatMap((one) => (one?.case === undefined ? [] : measuresOf(one)));
  const code = name.startsWith('indicator/') ? [name.slice('indicator/'.length)] : [];
  const measures = new Set([...named, ...code.filter((each) => known.has(each))]);
  const items = new Set([...measures].map((measure) => known.get(measure)?.item ?? ''));
  if (measures.size === 0) {
    for (const { event: linked } of stream) {
      if (linked.case === 'projectLinkedToPlanItem') items.add(linked.value.item);
    }
  }
  return { stream: name, sector, county, items, measures };
}

const measuresOf = ({ value }: Event): string[] => ('measure' in value ? [value.measure] : []);

/**
 * Does a figure of this address (DESIGN §8) hold what was touched? Only a clear no is no: an address of a kind that is
 * not known here, or a cut of the whole plan, holds everything.
 */
export function holds(node: string, { stream, sector, county, items, measures }: Touched): boolean {
  const [kind = '', ...rest] = node.replace(/^(under-way|strive|schedule)\//, '').split('/');
  const [first = ''] = rest;
  const ofIndicator = stream.startsWith('indicator/');
  switch (kind) {
    case 'half':
      return (first === 'indicators') === (ofIndicator && measures.size === 0);
    case 'sector':
      return first === sector;
    case 'county':
      return first === county;
    case 'programme':
      return [...items].some((item) => item.startsWith(`B${first}-`));
    case 'item':
      return items.has(first);
    case 'measure':
      return measures.size > 0 ? measures.has(first) : items.has(first.slice(0, first.indexOf('.')));
    case 'indicator':
    case 'observation':
      return stream === `indicator/${first}`;
    case 'project':
    case 'milestone':
      return stream === `project/${first}`;
    case 'contribution':
      return stream === rest.slice(1, 3).join('/');
    default:
      return true;
  }
}
