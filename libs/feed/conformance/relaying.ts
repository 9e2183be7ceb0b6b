import { encodeEntry, makeEntry, type StoredEntry } from '@planledger/contracts';
import type { FeedRecord } from '../port.js';

export const PLAN = 'kaifeng-145';

/** A ledger of one plan in memory; entries of stream project/<sector>, or of the plan where the sector is empty. */
export function ledgerOf(...sectors: string[]) {
  const entries: StoredEntry[] = [];
  const add = (sector: string): void => {
    const position = entries.length + 1;
    const stream = sector === '' ? 'plan' : `project/${sector}`;
    const version = entries.filter((entry) => entry.stream === stream).length + 1;
    const recordedAt = '2023-05-06T07:08:09.010Z';
    const event = { case: 'projectSuspended', value: {} } as const;
    const entry = makeEntry({
      plan: PLAN,
      position,
      stream,
      version,
      eventId: `01890a5d-ac96-774b-bcce-${String(position).padStart(12, '0')}`,
      recordedAt,
      sector,
      event,
    });
    entries.push({ position, stream, version, bytes: encodeEntry(entry) });
  };
  sectors.forEach(add);
  const readPage = async (from: number, limit: number) => entries.slice(from - 1, from - 1 + limit);
  return { entries, add, readPage };
}

/** A feed that notes what it is sent; `failing` makes it refuse. */
export function notingFeed() {
  const sent: { topic: string; position: number; record: FeedRecord }[] = [];
  const state = { failing: false, refused: 0, sending: 0, sendingMost: 0, sends: 0 };
  return {
    sent,
    state,
    positions: () => sent.map(({ position }) => position),
    publish: async (topic: string, records: readonly FeedRecord[]) => {
      state.sendingMost = Math.max(state.sendingMost, ++state.sending);
      state.sends += 1;
      await new Promise(setImmediate);
      state.sending -= 1;
      if (state.failing) {
        state.refused += 1;
        throw new Error('the broker is down');
      }
      for (const record of records) sent.push({ topic, position: Number(record.headers['ce_position']), record });
    },
  };
}
