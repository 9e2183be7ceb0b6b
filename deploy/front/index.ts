import { answersOk, startOwned } from '@planledger/local/owned-process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type FrontOptions, writeFront } from './write.js';

export interface StartOptions extends Pick<FrontOptions, 'upstreams' | 'resolver' | 'issuer' | 'pages'> {
  /** Configuration, pages and log; made when it is not there. */
  readonly folder: string;
  /** Address and port, e.g. 127.0.0.1:8080. */
  readonly listen: string;
}

export interface Front {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts nginx before the services and resolves once it answers. The services need not be there yet. */
export async function startFront({ folder, listen, ...options }: StartOptions): Promise<Front> {
  const own = resolve(folder);
  const run = join(own, 'run');
  mkdirSync(run, { recursive: true });
  await writeFront(own, { ...options, listen, run });
  const server = startOwned({
    command: 'nginx',
    // One process alone: workers would outlive a master that is killed with its owner.
    args: ['-e', 'stderr', '-p', own, '-c', join(own, 'nginx.conf'), '-g', 'master_process off;'],
    log: join(own, 'front.log'),
  });
  const url = `http://${listen}`;
  try {
    await server.until(() => answersOk(`${url}/health/live`));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, pid: server.pid, stop: () => server.stop() };
}
