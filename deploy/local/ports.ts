import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what Linux gives to outgoing connections: a client that keeps asking a port of that range, while its server is
 * down, can end up connected to itself and keep the server out.
 */
const FIRST = 15_000;
const LAST = 30_000;
const TRIES_MAX = 100;
/** A port stays free until its server listens: what was chosen once is not chosen again. */
const chosen = new Set<number>();

/** `wanted`, or some free port of 127.0.0.1; throws when `wanted` is taken: a stranger's server would answer for ours. */
export async function claimPort(wanted?: number): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted)) return wanted;
    throw new Error(`port ${wanted} of 127.0.0.1 is in use`);
  }
  for (let attempt = 1; attempt <= TRIES_MAX; attempt++) {
    const port = randomInt(FIRST, LAST);
    if (chosen.has(port)) continue;
    chosen.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found between ${FIRST} and ${LAST}`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
