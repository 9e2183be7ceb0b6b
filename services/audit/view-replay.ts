import { decodeForFold, type Entry } from '@planledger/contracts';
import { type Platform, refold, type StreamDoc } from '@planledger/host';
import { isPlanSide } from '@planledger/plan';

const PAGE_ENTRIES = 1_000;

/** What a sector's views are folded from, its projects and indicators, as they were known at a position. */
export async function replayedDocs(
  { ledger }: Platform,
  plan: string,
  sector: string,
  position: number,
): Promise<StreamDoc[]> {
  const streams = new Map<string, Entry[]>();
  for (let from = 1; from <= position;) {
    const page = await ledger.read(plan, { from, to: position, limit: PAGE_ENTRIES, filter: { sector } });
    for (const { stream, bytes } of page) {
      if (isPlanSide(stream)) continue;
      const known = streams.get(stream);
      const entry = decodeForFold(bytes);
      if (known) known.push(entry);
      else streams.set(stream, [entry]);
    }
    from = page.length < PAGE_ENTRIES ? position + 1 : (page.at(-1)?.position ?? position) + 1;
  }
  return [...streams].map(([stream, entries]) => refold(`${plan}/${stream}`, entries));
}
