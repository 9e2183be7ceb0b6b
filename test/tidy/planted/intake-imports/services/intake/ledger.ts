// breaks intake-imports
export type { Known } from '@planledger/ledger/port';
