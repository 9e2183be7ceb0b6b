import type { Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { isOf, type Whose } from './project.js';
import type { CompletionInput } from './reading.js';

export const REQUEST_KINDS = ['rebaseline', 'exemption', 'correction'] as const;

/** What somebody asked for and a second, entitled person has not answered. */
export interface RequestRow {
  /** Of the entry that asks: it is answered at requests/{position}. */
  readonly position: number;
  readonly kind: (typeof REQUEST_KINDS)[number];
  readonly stream: string;
  readonly name: string;
  readonly sector: string;
  readonly county: string;
  /** Of who asked. */
  readonly unit: string;
  readonly on: IsoDate;
  readonly reason: string;
  /** Of an exemption. */
  readonly milestone: string | null;
  /** Of a correction after closing: position of the entry that it would rewrite. */
  readonly entry: number | null;
}

/** 待批申请 of the streams that the reader may see, in the order they were asked (DOMAIN §4.1, §4.5). */
export function pendingRequests(
  { plan, standings }: Pick<CompletionInput, 'plan' | 'standings'>,
  { kind, ...whose }: Whose & { readonly kind?: RequestRow['kind'] },
  visible: (standing: Standing) => boolean,
): RequestRow[] {
  const rows: RequestRow[] = [];
  for (const standing of standings.values()) {
    const { requests, stream, sector, county } = standing;
    if (requests.length === 0 || !visible(standing)) continue;
    const name = standing.name || (plan.indicators.get(stream.slice('indicator/'.length))?.name ?? stream);
    for (const { milestone, entry, kind: asked, ...request } of requests) {
      const of = REQUEST_KINDS.find((each) => each === asked);
      if (of === undefined || (kind !== undefined && kind !== of)) continue;
      const { position, on, unit, reason } = request;
      const row = { ...{ position, kind: of, stream, name, sector, county, unit, on, reason } };
      if (isOf(row, whose)) rows.push({ ...row, milestone: milestone || null, entry: entry || null });
    }
  }
  return rows.sort((a, b) => a.position - b.position);
}
