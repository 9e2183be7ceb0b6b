// breaks kernel-imports
export type { Known } from '@planledger/contracts';
