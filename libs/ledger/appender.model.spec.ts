import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appenderModelTest } from './conformance-appender.js';
import { openMemoryLedger } from './memory.js';
import { openSqliteLedgers } from './sqlite.js';

appenderModelTest('memory', async () => ({ ledger: openMemoryLedger(), dispose: async () => {} }), 1_000);

appenderModelTest(
  'SQLite files closed and opened again',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'planledger-'));
    let ledger = openSqliteLedgers(directory);
    return {
      ledger,
      reopen: async () => {
        ledger.close();
        return (ledger = openSqliteLedgers(directory));
      },
      dispose: async () => {
        ledger.close();
        rmSync(directory, { recursive: true });
      },
    };
  },
  40,
);
