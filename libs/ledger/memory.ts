import type { StoredEntry } from '@planledger/contracts';
import { assertCommit, assertPage, assertPlan, columnsOf, conditionsOf, type EntryColumns } from './commit.js';
import type { CommandRecord, EntryFilter, Ledger } from './port.js';

interface Kept {
  readonly stored: StoredEntry;
  readonly columns: EntryColumns;
}

interface PlanLog {
  readonly entries: Kept[];
  readonly streams: Map<string, StoredEntry[]>;
  readonly commands: Map<string, CommandRecord>;
}

/** A ledger for unit tests: forgets everything with the process, so nothing is ever acknowledged as on disk. */
export function openMemoryLedger(): Ledger {
  const plans = new Map<string, PlanLog>();
  const logOf = (plan: string): PlanLog => {
    assertPlan(plan);
    let log = plans.get(plan);
    if (log === undefined) plans.set(plan, (log = { entries: [], streams: new Map(), commands: new Map() }));
    return log;
  };

  return {
    async append(plan, expectedHead, commit) {
      assertCommit(expectedHead, commit);
      const log = logOf(plan);
      if (log.entries.length !== expectedHead || !isNew(log, commit)) return 'conflict';
      for (const { position, stream, version, bytes, entry } of commit.entries) {
        const stored = { position, stream, version, bytes: bytes.slice() };
        log.entries.push({ stored, columns: columnsOf(entry) });
        const versions = log.streams.get(stream);
        if (versions === undefined) log.streams.set(stream, [stored]);
        else versions.push(stored);
      }
      for (const command of commit.commands) log.commands.set(command.id, command);
      return 'ok';
    },

    async readStream(plan, stream, fromVersion = 1) {
      return (logOf(plan).streams.get(stream) ?? []).filter(({ version }) => version >= fromVersion);
    },

    async read(plan, query) {
      assertPage(query);
      const conditions = conditionsOf(query.filter);
      return logOf(plan)
        .entries.slice(query.from - 1, query.to)
        .filter((kept) => conditions.every(([field, value]) => valueOf(kept, field) === value))
        .slice(0, query.limit)
        .map(({ stored }) => stored);
    },

    async head(plan) {
      const last = logOf(plan).entries.at(-1);
      return { position: last?.stored.position ?? 0, recordedAt: last?.columns.recordedAt ?? '' };
    },

    async findCommand(plan, commandId) {
      return logOf(plan).commands.get(commandId);
    },
  };
}

const valueOf = ({ stored, columns }: Kept, field: keyof EntryFilter): string | boolean =>
  field === 'stream' ? stored.stream : columns[field];

/** False where a command id or a stream's version is taken, in the ledger or within the commit. */
function isNew(log: PlanLog, { commands, entries }: Parameters<Ledger['append']>[2]): boolean {
  const ids = new Set(commands.map(({ id }) => id));
  const versions = new Set(entries.map(({ stream, version }) => `${stream}@${version}`));
  if (ids.size < commands.length || versions.size < entries.length) return false;
  const taken = (stream: string, version: number): boolean =>
    log.streams.get(stream)?.some((stored) => stored.version === version) ?? false;
  return (
    !commands.some(({ id }) => log.commands.has(id)) && !entries.some(({ stream, version }) => taken(stream, version))
  );
}
