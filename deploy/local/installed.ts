import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where install.sh puts the servers: .servers beside it (this file is compiled into dist), or as the variable says. */
const SERVERS = process.env['PLANLEDGER_SERVERS'] || resolve(import.meta.dirname, '../.servers');

/** `path` inside the servers' folder. */
export function installed(path: string): string {
  const found = join(SERVERS, path);
  if (!existsSync(found)) throw new Error(`${found} is not there: run deploy/local/install.sh first`);
  return found;
}
