import { ledgerConformance } from './conformance.js';
import { openMemoryLedger } from './memory.js';

ledgerConformance('memory', async () => ({ ledger: openMemoryLedger(), dispose: async () => {} }));
