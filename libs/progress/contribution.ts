import { Confidence as WireConfidence, type Contribution } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Confidence } from './reading.js';

/** The item a measure belongs to, by its id: <item>.<slug>. */
export const itemOf = (measure: string): string => measure.slice(0, Math.max(0, measure.indexOf('.')));

/** Undefined for a confidence this version does not know: it takes part in no figure. */
export function confidenceOf(confidence: WireConfidence): Confidence | undefined {
  switch (confidence) {
    case WireConfidence.CLAIMED:
      return 'claimed';
    case WireConfidence.VERIFIED:
      return 'verified';
    case WireConfidence.UNSPECIFIED:
      return undefined;
  }
}

type Span = Pick<Contribution, 'from' | 'until'>;

/** Counts at the end of a day. */
export const countsOn = ({ from, until }: Span, on: IsoDate): boolean => from <= on && (until === '' || on < until);

/** Counts on some day: what was lost before it counted never does. */
export const everCounts = ({ from, until }: Span): boolean => until === '' || from < until;

/** The days on which any of these spans holds, as days from which one more, or one less, does. */
export function union(spans: readonly Span[]): readonly (readonly [day: IsoDate, change: 1 | -1])[] {
  const changes: [IsoDate, 1 | -1][] = [];
  let open: Span | undefined;
  const close = (): void => {
    if (open) changes.push([open.from, 1], ...(open.until === '' ? [] : [[open.until, -1] as [IsoDate, -1]]));
  };
  for (const span of spans.filter(everCounts).sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (open && (open.until === '' || span.from <= open.until)) {
      const until = open.until === '' || span.until === '' ? '' : open.until > span.until ? open.until : span.until;
      open = { from: open.from, until };
    } else {
      close();
      open = span;
    }
  }
  close();
  return changes;
}
