import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from './kafka.js';
import { startMongo } from './mongo.js';
import { underOwner } from './owned-process.js';

// node deploy/local/dist/with-servers.js -- COMMAND: runs the command with MONGODB_URL and KAFKA_BROKERS set, each to a
// server of its own that is gone afterwards, data and all. A variable that is set already is left as it is.

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Started {
  readonly variable: 'MONGODB_URL' | 'KAFKA_BROKERS';
  readonly address: string;
  stop(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'planledger-servers-'));
let ending: NodeJS.Signals | undefined;
let passOn = (_signal: NodeJS.Signals): unknown => undefined;
for (const signal of ENDING) {
  process.on(signal, () => {
    ending ??= signal;
    passOn(signal);
  });
}

/** Exit code of the command, or as a shell tells of the signal that ended it. */
async function main([separator, command, ...args]: readonly string[]): Promise<number> {
  if (separator !== '--' || command === undefined) throw new Error('usage: with-servers.js -- COMMAND [ARGUMENT…]');
  const starting = [mongo(), kafka()];
  const ready = (await Promise.allSettled(starting)).flatMap((start) =>
    start.status === 'fulfilled' ? start.value : [],
  );
  try {
    // The first failure, once nothing is being started any more.
    await Promise.all(starting);
    if (ending) return 128 + constants.signals[ending];
    const addresses = Object.fromEntries(ready.map(({ variable, address }) => [variable, address]));
    const child = spawn(...underOwner(command, args), { stdio: 'inherit', env: { ...process.env, ...addresses } });
    passOn = (signal) => child.kill(signal);
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 0)));
    });
  } finally {
    await Promise.all(ready.map((server) => server.stop()));
  }
}

async function mongo(): Promise<Started[]> {
  if (process.env['MONGODB_URL']) return [];
  const server = await startMongo({ folder, members: 1 });
  return [{ variable: 'MONGODB_URL', address: server.url, stop: () => server.stop() }];
}

async function kafka(): Promise<Started[]> {
  if (process.env['KAFKA_BROKERS']) return [];
  const server = await startKafka({ folder });
  return [{ variable: 'KAFKA_BROKERS', address: server.brokers, stop: () => server.stop() }];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
