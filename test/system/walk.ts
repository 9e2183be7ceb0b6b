import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = join(root, 'services/standalone/dist/main.js');
const MARK = '----- next block -----';

/** The system as `npm start` starts it, on a free port and in a folder of its own. */
export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it, and resolves once it has caught up. */
export async function serve(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-walk-'));
  const server: ChildProcess = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const served = /at (http:\/\/127\.0\.0\.1:\d+) /.exec(output)?.[1];
      if (served) resolve(served);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', () => reject(new Error(output)));
  });
  while (!(await fetch(`${url}/health/ready`)).ok) await new Promise((resolve) => setImmediate(resolve));
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Walk {
  /** What each block says it prints, and what it printed. */
  readonly says: readonly string[];
  readonly printed: readonly string[];
  /** What went to the other stream: of a walk that works, nothing. */
  readonly complained: string;
}

/** Every shell block of a page under the root, run one after the other; each says in the text block behind it what it prints. */
export function walked(page: string, url: string, between: readonly [from?: string, to?: string] = []): Walk {
  const text = readFileSync(join(root, page), 'utf8');
  const [from = '', to] = between;
  const section = text.slice(text.indexOf(from), to === undefined ? undefined : text.indexOf(to));
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```(?:\s*```text\n([\s\S]*?)```)?/g)];
  const script = blocks
    .map(([, lines = '']) => `${lines}\necho '${MARK}'`)
    .join('\n')
    .replace('http://127.0.0.1:3000', url);
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    // `node -p` colours what it prints where the runner forces colours.
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return {
    says: blocks.map(([, , prints = '']) => prints),
    printed: stdout.split(`${MARK}\n`).slice(0, -1),
    complained: stderr,
  };
}
