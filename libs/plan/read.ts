import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { PlanProblem } from './loaded.js';
import type { Path } from './shape.js';

export const PLAN_FILES_MAX = 200;
export const PLAN_FILE_BYTES_MAX = 1_048_576;
export const TEXT_BYTES_MAX = 4_194_304;
const FOLDER_DEPTH_MAX = 4;

/** A YAML file read and parsed. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** The line, from 1, of what stands at a path, or of the nearest thing around it. */
  readonly lineOf: (path: Path) => number | undefined;
}

/** Names of all YAML files below a folder, plan.yaml first, the others in code-point order. Dot names are left out. */
function yamlFiles(folder: string, below = '', depth = 0): string[] {
  const names = readdirSync(join(folder, below)).filter((name) => !name.startsWith('.'));
  const found = names.flatMap((name) => {
    const file = below === '' ? name : `${below}/${name}`;
    if (statSync(join(folder, file)).isDirectory()) {
      return depth < FOLDER_DEPTH_MAX ? yamlFiles(folder, file, depth + 1) : [];
    }
    return name.endsWith('.yaml') ? [file] : [];
  });
  const rank = (file: string): string => (file === 'plan.yaml' ? '' : file);
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function lineFinder(document: Document, lines: LineCounter): YamlFile['lineOf'] {
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
      if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
    }
    return undefined;
  };
}

function parse(folder: string, file: string): YamlFile | PlanProblem[] {
  const { size } = statSync(join(folder, file));
  if (size > PLAN_FILE_BYTES_MAX) return [{ file, path: '', reason: `is larger than ${PLAN_FILE_BYTES_MAX} bytes` }];
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return document.errors.map(({ message, pos }) => ({
      file,
      path: '',
      reason: `is not YAML: ${message}`,
      line: lines.linePos(pos[0]).line,
    }));
  }
  try {
    return { file, value: document.toJS() as unknown, lineOf: lineFinder(document, lines) };
  } catch (error) {
    // Too many aliases, or one without an anchor.
    return [{ file, path: '', reason: `is not YAML: ${(error as Error).message}` }];
  }
}

/** Reads every YAML file of a plan's folder and its text.txt. */
export function readFolder(folder: string): {
  files: YamlFile[];
  text: Uint8Array | undefined;
  problems: PlanProblem[];
} {
  const missing = (file: string): PlanProblem => ({ file, path: '', reason: 'is missing' });
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return { files: [], text: undefined, problems: [{ file: folder, path: '', reason: 'is not a folder' }] };
  }
  const problems: PlanProblem[] = [];
  const names = yamlFiles(folder);
  if (!names.includes('plan.yaml')) problems.push(missing('plan.yaml'));
  if (names.length > PLAN_FILES_MAX) {
    return {
      files: [],
      text: undefined,
      problems: [{ file: '', path: '', reason: `more than ${PLAN_FILES_MAX} files` }],
    };
  }
  const files: YamlFile[] = [];
  for (const name of names) {
    const parsed = parse(folder, name);
    if (Array.isArray(parsed)) problems.push(...parsed);
    else files.push(parsed);
  }
  const text = join(folder, 'text.txt');
  if (!existsSync(text)) return { files, text: undefined, problems: [...problems, missing('text.txt')] };
  if (statSync(text).size > TEXT_BYTES_MAX) {
    const reason = `is larger than ${TEXT_BYTES_MAX} bytes`;
    return { files, text: undefined, problems: [...problems, { file: 'text.txt', path: '', reason }] };
  }
  return { files, text: readFileSync(text), problems };
}
