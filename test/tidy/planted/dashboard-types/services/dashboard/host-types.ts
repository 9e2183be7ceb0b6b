// breaks dashboard-types
import type { Platform } from '@planledger/host';
export type Known = Platform;
