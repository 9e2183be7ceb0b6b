import { leafHash } from '@planledger/contracts';
import type { Platform } from '@planledger/host';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { pack, type PackedCells, unpack } from './packing.js';
import type { Summed } from './summed.js';

/**
 * Sums as they were at some positions, kept on disk so that any past moment is near one. They may be thrown away at any
 * time: what cannot be read, was made by other code, or is not of this ledger is passed over, and replay starts elsewhere.
 */
export interface Snapshots {
  /** Where the last one at or before a position stands; undefined where there is none. */
  nearest(plan: string, position: number): number | undefined;
  /** That one, or where it turns out to be none the one before it. */
  load(plan: string, position: number): Promise<Summed | undefined>;
  save(plan: string, summed: Summed): Promise<void>;
}

/** What a file holds, less the sums of projects as `cells`. */
interface Stored extends Omit<Summed, 'cells'> {
  readonly cells: PackedCells;
  /** Of the ledger's entry at the position: a ledger that was restored from elsewhere has another. */
  readonly leafHash: string;
}

/** The streams of a plan by number, in the order in which snapshots first met them; only ever added to. */
interface Names {
  readonly names: string[];
  readonly numbers: Map<string, number>;
  /** How many of them are in the file. */
  saved: number;
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** A whole plan is some megabytes: time counts more than a tenth of them. */
const COMPRESSION = { level: 1 };

/** In `folder`, by plan and by the rules that made them: `<folder>/<plan>/<rules>/<position>`. */
export function openSnapshots(folder: string, platform: Platform, rulesId?: string): Snapshots {
  let rules = rulesId;
  const positions = new Map<string, number[]>();
  const streams = new Map<string, Promise<Names>>();
  // When it is first asked for: a process that nobody asks about the past starts without reading its own code.
  const rulesOf = (): string => (rules ??= rulesDigest());
  const folderOf = (plan: string): string => join(folder, plan, rulesOf());
  const fileOf = (plan: string, position: number): string => join(folderOf(plan), String(position));
  const namesFile = (plan: string): string => join(folderOf(plan), 'streams');

  function kept(plan: string): number[] {
    let known = positions.get(plan);
    if (!known) positions.set(plan, (known = numbersIn(folderOf(plan))));
    return known;
  }

  const nearest = (plan: string, position: number): number | undefined =>
    kept(plan).findLast((each) => each <= position);

  function namesOf(plan: string): Promise<Names> {
    let known = streams.get(plan);
    if (!known) streams.set(plan, (known = readNames(namesFile(plan))));
    return known;
  }

  async function leafAt(plan: string, position: number): Promise<string> {
    const [entry] = await platform.ledger.read(plan, { from: position, to: position, limit: 1 });
    return entry ? leafHash(entry.bytes) : '';
  }

  return {
    nearest,

    async load(plan, position) {
      for (let at = nearest(plan, position); at !== undefined; at = nearest(plan, position)) {
        // Not in the attempt: a ledger that cannot be read just now says nothing about a snapshot.
        const [leaf, { names }] = [await leafAt(plan, at), await namesOf(plan)];
        try {
          const stored = deserialize(await decompress(await readFile(fileOf(plan, at)))) as Stored;
          if (stored.leafHash !== leaf) throw new Error('not of this ledger');
          return { ...stored, cells: unpack(stored.cells, names) };
        } catch {
          // Not there, not whole, or of another ledger: as if it had never been made.
          kept(plan).splice(kept(plan).indexOf(at), 1);
          await rm(fileOf(plan, at), { force: true });
        }
      }
      return undefined;
    },

    async save(plan, { cells, ...summed }) {
      if (kept(plan).includes(summed.position)) return;
      if (kept(plan).length === 0) await clear(join(folder, plan), rulesOf());
      await mkdir(folderOf(plan), { recursive: true });
      const known = await namesOf(plan);
      const packed = pack(cells, (stream) => numberIn(known, stream));
      const stored: Stored = { ...summed, cells: packed, leafHash: await leafAt(plan, summed.position) };
      const bytes = await compress(serialize(stored), COMPRESSION);
      // The names before the snapshot that needs them: names without one are all that a process that dies here leaves.
      const fresh = known.names.slice(known.saved);
      known.saved = known.names.length;
      await appendFile(namesFile(plan), fresh.map((name) => `${name}\n`).join(''));
      await writeFile(`${fileOf(plan, summed.position)}.part`, bytes);
      await rename(`${fileOf(plan, summed.position)}.part`, fileOf(plan, summed.position));
      kept(plan).push(summed.position);
      kept(plan).sort((a, b) => a - b);
    },
  };
}

const listed = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const numbersIn = (folder: string): number[] =>
  listed(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);

/** Those that other code made. */
async function clear(folder: string, rules: string): Promise<void> {
  for (const name of listed(folder)) if (name !== rules) await rm(join(folder, name), { recursive: true });
}

async function readNames(file: string): Promise<Names> {
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const names = text.split('\n').slice(0, -1);
  // What a process wrote half of before it died: the next name must begin a line.
  if (!text.endsWith('\n') && text !== '') await writeFile(file, names.map((name) => `${name}\n`).join(''));
  return { names, numbers: new Map(names.map((name, number) => [name, number])), saved: names.length };
}

function numberIn({ names, numbers }: Names, stream: string): number {
  let known = numbers.get(stream);
  if (known === undefined) {
    numbers.set(stream, (known = names.length));
    names.push(stream);
  }
  return known;
}

/** The packages whose code decides what a snapshot holds. */
const DECIDING = ['contracts', 'kernel', 'plan', 'sectors', 'progress', 'host', 'audit-service'];

/**
 * The rules by which this program sums up: a digest of the code itself, because a version that somebody forgot to raise
 * would let an old sum stand as a new one.
 */
function rulesDigest(): string {
  const { resolve } = createRequire(import.meta.url);
  const digest = createHash('sha256').update(process.version);
  for (const name of DECIDING) {
    const folder = dirname(resolve(`@planledger/${name}`));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
    for (const file of files.sort()) digest.update(file).update(readFileSync(join(folder, file)));
  }
  return digest.digest('hex').slice(0, 32);
}
