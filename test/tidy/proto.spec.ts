import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './root.js';

// What is stored is never re-encoded, so an entry written today must be readable for good. frozen/v1.binpb is the
// contract as it was released; after an addition (never after a break) it is written anew with
//   npx buf build proto -o proto/frozen/v1.binpb
const PROTO = join(ROOT, 'proto');
const FROZEN = join(PROTO, 'frozen/v1.binpb');

const buf = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/buf'), args, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
};

describe('the wire contract', () => {
  let changed: string;
  let image: string;
  beforeAll(() => {
    changed = mkdtempSync(join(tmpdir(), 'planledger-proto-'));
    image = join(changed, 'before.binpb');
    cpSync(PROTO, join(changed, 'proto'), { recursive: true });
  });
  afterAll(() => rmSync(changed, { recursive: true }));

  it('is clean under buf lint', () => {
    expect(buf('lint', PROTO)).toEqual({ status: 0, said: '' });
  });

  it('breaks nothing that was released', () => {
    expect(buf('breaking', PROTO, '--against', FROZEN)).toEqual({ status: 0, said: '' });
  });

  it('reports a field that was given another number, and a name that is not as agreed', () => {
    expect(buf('build', PROTO, '-o', image)).toEqual({ status: 0, said: '' });
    const copy = join(changed, 'proto');
    const file = join(copy, 'planledger/v1/entry.proto');
    const before = readFileSync(file, 'utf8');
    const after = before.replace(/(\n {2}string (\w+)) = 1;/, '$1 = 999;');
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    expect(buf('breaking', copy, '--against', image)).toMatchObject({
      status: 100,
      said: expect.stringMatching(/Field "1".* was deleted|changed number|previously present field/i),
    });

    writeFileSync(file, `${before}\nmessage not_as_agreed {}\n`);
    expect(buf('lint', copy)).toMatchObject({ status: 100, said: expect.stringContaining('PascalCase') });
  });
});
