import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../services/standalone/dist/main.js', import.meta.url));
const STANDBY = new URL('./server-standby.js', import.meta.url).href;

/** The whole system as a process of its own, as `npm start -- --empty` runs it. */
export interface Server {
  readonly url: string;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** A process that has loaded the program and waits to be started. */
export interface Standby {
  /** Resolves when the server is ready: it has caught up with all that the data directory holds. */
  start(): Promise<Server>;
  kill(): Promise<void>;
}

/** `dataDir` may be in use by another server until start() is called. */
export function standBy(dataDir: string): Standby {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', '--import', STANDBY, MAIN, '--empty'], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  );
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    const how = await ended;
    if (how !== 'SIGKILL') throw new Error(`the server had ended by itself: ${String(how)}`);
  }
  return {
    kill,
    async start() {
      child.stdin.write('start\n');
      const url = await addressOf(child, ended);
      while ((await fetch(`${url}/health/ready`)).status !== 200);
      return { url, kill };
    },
  };
}

function addressOf({ stdout }: ChildProcess, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /at (http:\/\/127\.0\.0\.1:\d+) /.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    void ended.then((how) => reject(new Error(`the server ended with ${String(how)}: ${said}`)));
  });
}
