import { decodeEntry, leafHash, type StoredEntry } from '@planledger/contracts';
import { COMMIT_ENTRIES_MAX, type CommandRecord, type Ledger } from './port.js';
import type { Answer, Receipt } from './write-model.js';

/** The receipt of stored entries, the same to the letter as when they were accepted. At least one entry. */
export function receiptOf(plan: string, commandId: string, stored: readonly StoredEntry[]): Receipt {
  return {
    plan,
    commandId,
    recordedAt: decodeEntry(stored[0]!.bytes).recordedAt,
    entries: stored.map(({ stream, version, position, bytes }) => ({
      stream,
      version,
      position,
      leafHash: leafHash(bytes),
    })),
  };
}

/** What a command is answered whose id the ledger already holds. */
export async function answerRepeated(
  ledger: Ledger,
  plan: string,
  record: CommandRecord,
  bodyDigest: string,
): Promise<Answer> {
  if (record.bodyDigest !== bodyDigest) return { kind: 'id-reused' };
  const to = record.first + record.count - 1;
  const stored = await ledger.read(plan, { from: record.first, to, limit: COMMIT_ENTRIES_MAX });
  if (stored.length !== record.count) throw new Error(`the entries of command ${record.id} are not in the ledger`);
  return { kind: 'accepted', receipt: receiptOf(plan, record.id, stored), replayed: true };
}
