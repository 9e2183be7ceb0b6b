import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../services/standalone/dist/main.js', import.meta.url));
const TIMEOUT_MS = 120_000;

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'planledger-disk-'))));
afterEach(() => rmSync(directory, { recursive: true }));

test(
  'a server whose disk fails ends at once, and says so: whether the last write is there, the next one finds out',
  () => {
    // From the third sync on: some of the plan is being written by then, long before anybody is served.
    const inject = ['-e', 'trace=fdatasync,fsync', '-e', 'inject=fdatasync,fsync:error=EIO:when=3+'];
    const program = [process.execPath, MAIN, '--empty'];
    const { status, stderr, stdout } = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', ...inject, ...program], {
      env: { ...process.env, PORT: '0', DATA_DIR: directory },
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    });
    expect({ status, stdout }).toEqual({ status: 74, stdout: '' });
    expect(stderr).toMatch(/the ledger's disk failed, this process must end/);
  },
  TIMEOUT_MS,
);
