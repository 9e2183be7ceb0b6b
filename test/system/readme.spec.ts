import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = join(root, 'services/standalone/dist/main.js');
const MARK = '----- next block -----';

/** The shell blocks of the walk, each with the text block that follows it: what it must print. */
function walk(readme: string): { script: string; prints: string }[] {
  const section = readme.slice(readme.indexOf('## A first walk'), readme.indexOf('## Where things are'));
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```(?:\s*```text\n([\s\S]*?)```)?/g)];
  return blocks.map(([, script = '', prints = '']) => ({ script, prints }));
}

let server: ChildProcess;
let url = '';
const folder = mkdtempSync(join(tmpdir(), 'planledger-readme-'));

beforeAll(async () => {
  server = spawn(process.execPath, [main], { env: { ...process.env, PORT: '0', DATA_DIR: folder } });
  url = await new Promise<string>((resolve, reject) => {
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
});

afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

test('the walk of the README prints what it says, word for word', () => {
  const blocks = walk(readFileSync(join(root, 'README.md'), 'utf8'));
  expect(blocks.length).toBeGreaterThan(5);
  const script = blocks
    .map((block) => `${block.script}\necho '${MARK}'`)
    .join('\n')
    .replace('http://127.0.0.1:3000', url);
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    // `node -p` colours what it prints where the runner forces colours.
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  expect(stderr).toBe('');
  const printed = stdout.split(`${MARK}\n`).slice(0, -1);
  expect(printed).toEqual(blocks.map(({ prints }) => prints));
});
