import autocannon from 'autocannon';
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PLAN, progressBody, projectId, PROJECTS } from './fixture.js';

export const CONNECTIONS = 64;

export interface Server {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Starts a server of the benchmark as a process of its own. */
export async function startServer(
  file: 'server' | 'bare' | 'pages-child',
  args: readonly string[] = [],
): Promise<Server> {
  const child: ChildProcess = fork(fileURLToPath(new URL(`./${file}.js`, import.meta.url)), args, {
    stdio: 'inherit',
    execArgv: ['--max-semi-space-size=64'],
  });
  const { url, token } = await new Promise<{ url: string; token: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string; token: string }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${String(code)}`)));
  });
  return {
    url,
    token,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
    },
  };
}

let sent = 0;

/** POST …/progress for `seconds` over 64 connections, each request a command of its own; answers accepted a second. */
export async function postProgress({ url, token }: Server, seconds: number): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          sent += 1;
          return {
            ...request,
            path: `/api/plans/${PLAN}/projects/${projectId(sent % PROJECTS)}/progress`,
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              'idempotency-key': `load-command-${sent}`,
            },
            body: JSON.stringify(progressBody()),
          };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / seconds;
}
