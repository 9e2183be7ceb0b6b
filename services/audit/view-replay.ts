import { decodeForFold, type Entry } from '@planledger/contracts';
import { type Platform, refold, type StreamDoc } from '@planledger/host';
import { isPlanSide } from '@planledger/plan';
import { pagesOf } from './replay.js';

/** What a sector's views are folded from, its projects and indicators by stream, as they were known at a position. */
export async function replayedDocs(
  platform: Platform,
  plan: string,
  sector: string,
  position: number,
): Promise<StreamDoc[]> {
  const streams = new Map<string, Entry[]>();
  for await (const page of pagesOf(platform, plan, position, { sector })) {
    for (const { stream, bytes } of page) {
      if (isPlanSide(stream)) continue;
      const known = streams.get(stream);
      const entry = decodeForFold(bytes);
      if (known) known.push(entry);
      else streams.set(stream, [entry]);
    }
  }
  return [...streams]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stream, entries]) => refold(`${plan}/${stream}`, entries));
}
