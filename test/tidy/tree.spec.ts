import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';
import * as tree from './tree.js';

/** Why a file may be longer than the limit. */
const LONG: ReadonlyMap<string, string> = new Map([
  ['libs/project/refusals.ts', 'a catalogue of sentences, read by code and not from top to bottom'],
]);

/** Why a file that is no package's index may pass on what others export. */
const BARRELS: ReadonlyMap<string, string> = new Map([
  ['libs/sectors/kit.ts', 'what deciders may know of sectors: the index would bring the list of sectors along'],
]);

// Files that are not yet committed count as well; the owner of the checkout may be another than who runs the test.
const paths = execFileSync(
  'git',
  ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));
const read = (path: string): tree.Source => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });
const sources = paths.filter((path) => /^(libs|services|deploy|test)\/.*\.(ts|vue|js|cjs|mjs)$/.test(path)).map(read);
const manifests = paths.filter((path) => /(^|\/)package\.json$/.test(path)).map(read);
const source = (path: string, text: string): tree.Source => ({ path, text });
const lines = (count: number) => 'x;\n'.repeat(count);

describe('the tree', () => {
  it('is read', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(manifests.length).toBeGreaterThan(20);
  });

  it('holds at its top what DESIGN lists and nothing else', () => {
    expect(tree.strayAtTop(['notes.md', 'src/main.ts', 'libs/kernel/index.ts', '.gitignore', 'LICENSE'])).toEqual([
      'notes.md',
      'src',
    ]);
    expect(tree.strayAtTop(paths)).toEqual([]);
  });

  it('has no file that is too long to be read at once', () => {
    const planted = [
      source('libs/kernel/long.ts', lines(301)),
      source('libs/kernel/reasoned.ts', lines(301)),
      source('libs/kernel/full.ts', lines(300)),
      source('libs/contracts/gen/entry_pb.ts', lines(9_000)),
    ];
    const reasons = new Map([
      ['libs/kernel/reasoned.ts', 'a table'],
      ['libs/kernel/full.ts', 'was longer once'],
    ]);
    expect(tree.tooLong(planted, reasons)).toEqual([
      'libs/kernel/long.ts: 301 lines',
      'libs/kernel/full.ts: has a reason and needs none',
    ]);
    expect(tree.tooLong(sources, LONG)).toEqual([]);
  });

  it('has no file or folder whose name says nothing', () => {
    const planted = [
      'libs/utils/dates.ts',
      'libs/kernel/helpers.ts',
      'libs/common/index.ts',
      'services/intake/desk-impl.ts',
      'libs/ledger/LedgerImpl.ts',
      'libs/kernel/util.spec.ts',
    ];
    expect(tree.emptyNames([...planted, 'libs/kernel/fraction.ts', 'libs/plan/simple.ts'])).toEqual(planted);
    expect(tree.emptyNames(paths)).toEqual([]);
  });

  it('has no type named I… or …Impl', () => {
    const planted = source(
      'libs/ledger/port.ts',
      `export ${'interface'} ILedger {}\nexport ${'class'} LedgerImpl {}\n`,
    );
    const fine = source('libs/ledger/port.ts', 'interface Indicator {}\ninterface ID {}\nconst simple = 1;\n');
    expect(tree.emptyTypeNames([planted, fine])).toEqual([
      'libs/ledger/port.ts: ILedger',
      'libs/ledger/port.ts: LedgerImpl',
    ]);
    expect(tree.emptyTypeNames(sources)).toEqual([]);
  });

  it('has no barrel but the index of a package', () => {
    const passesOn = `// All of it.\nexport * from './a.js';\nexport type { B } from './b.js';\n`;
    const planted = [
      source('libs/sectors/education/index.ts', 'export const one = 1;\n'),
      source('libs/ledger/all.ts', passesOn),
    ];
    const fine = [
      source('libs/ledger/index.ts', passesOn),
      source('libs/ledger/port.ts', `${passesOn}export const one = 1;\n`),
      source('libs/ledger/kit.ts', passesOn),
    ];
    expect(tree.barrels([...planted, ...fine], new Map([['libs/ledger/kit.ts', 'a reason']]))).toEqual(
      planted.map(({ path }) => path),
    );
    expect(tree.barrels(sources, BARRELS)).toEqual([]);
  });

  it('has a lockfile that installs from whatever registry is configured', () => {
    const address = 'https://example.org/yaml-2.9.1.tgz';
    expect(tree.downloadAddresses(`"resolved": "${address}",\n"resolved": "libs/kernel"`)).toEqual([address]);
    expect(tree.downloadAddresses(read('package-lock.json').text)).toEqual([]);
  });

  it('pins every dependency to one version', () => {
    const planted = JSON.stringify({
      dependencies: { jose: '^6.2.18', yaml: '2.9.1', next: '1.0.0-rc.1' },
      devDependencies: { nx: 'latest', jest: '~30.5.2' },
      overrides: { typescript: '>=6' },
    });
    expect(tree.inexactVersions(source('p', planted))).toEqual([
      'p: jose ^6.2.18',
      'p: nx latest',
      'p: jest ~30.5.2',
      'p: typescript >=6',
    ]);
    expect(manifests.flatMap(tree.inexactVersions)).toEqual([]);
  });
});
