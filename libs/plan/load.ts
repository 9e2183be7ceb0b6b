import { fileURLToPath } from 'node:url';
import { checkPlan, codeOf } from './checks.js';
import type { PlanHead } from './format.js';
import type { Gathered, LoadedPlan, Located, LocatedLists, PlanLists, PlanProblem } from './loaded.js';
import { headShape, rowShapes, type ListKey } from './plan-shape.js';
import { readFolder, type YamlFile } from './read.js';
import { pathText, type Path, type Report, type Shape } from './shape.js';
import { sourceText } from './text.js';

/** Largest plan: its stream must hold the import and the years after it. */
export const PLAN_ROWS_MAX = 1_500;
/** Largest row as JSON, which is never shorter than its entry: that one MUST stay below ENTRY_BYTES_MAX. */
export const ROW_BYTES_MAX = 48_000;

/** The folder of a plan that ships with the system: kaifeng-145 or sample-city. */
export const shippedPlan = (name: string): string => fileURLToPath(new URL(`../data/${name}`, import.meta.url));

const listKeys = Object.keys(rowShapes) as ListKey[];
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Say = (file: string, path: Path, reason: string) => void;

/** True where the value has the shape; reports why where it has not. */
function fits(shape: Shape, value: unknown, path: Path, report: Report): boolean {
  let sound = true;
  shape(value, path, (at, reason) => {
    sound = false;
    report(at, reason);
  });
  return sound;
}

/** Codes of a row of any shape: a row with a fault must not make every reference to it dangle. */
function gatherCodes(key: ListKey, row: unknown, codes: Record<keyof PlanLists | 'measures', Set<string>>): void {
  if (!isMap(row)) return;
  const code = codeOf[key]?.(row as never);
  if (typeof code === 'string' || typeof code === 'number') codes[key].add(String(code));
  if (key !== 'items' || !Array.isArray(row['measures'])) return;
  for (const measure of row['measures']) if (isMap(measure)) codes.measures.add(`${code}.${String(measure['id'])}`);
}

function gather(files: readonly YamlFile[], say: Say): Omit<Gathered, 'source'> {
  let head: PlanHead | undefined;
  const empty = <V>(make: () => V) => Object.fromEntries(listKeys.map((key) => [key, make()]));
  const lists = empty((): Located<unknown>[] => []) as Record<ListKey, Located<unknown>[]>;
  const codes = { ...empty(() => new Set<string>()), measures: new Set<string>() } as Parameters<typeof gatherCodes>[2];
  for (const { file, value } of files) {
    const report: Report = (path, reason) => say(file, path, reason);
    if (value === null) continue;
    if (!isMap(value)) {
      report([], 'must be a map of lists');
      continue;
    }
    if (file === 'plan.yaml' && !Object.hasOwn(value, 'plan')) report(['plan'], 'is missing');
    for (const [key, rows] of Object.entries(value)) {
      if (key === 'plan') {
        if (file !== 'plan.yaml') report([key], 'the head stands in plan.yaml only');
        else if (fits(headShape, rows, [key], report)) head = rows as PlanHead;
      } else if (!Object.hasOwn(rowShapes, key)) report([key], 'unknown key');
      else if (!Array.isArray(rows)) report([key], 'must be a list');
      else {
        rows.forEach((row: unknown, index) => {
          const path = [key, index];
          gatherCodes(key as ListKey, row, codes);
          if (!fits(rowShapes[key as ListKey], row, path, report)) return;
          if (Buffer.byteLength(JSON.stringify(row)) > ROW_BYTES_MAX)
            report(path, `is larger than ${ROW_BYTES_MAX} bytes`);
          lists[key as ListKey].push({ row, file, path });
        });
      }
    }
  }
  return { head, lists: lists as unknown as LocatedLists, codes };
}

function checkHead(head: PlanHead | undefined, say: Say): void {
  if (!head) return;
  const { period, outlook, goLive } = head;
  if (period.end <= period.start) say('plan.yaml', ['plan', 'period', 'end'], 'must lie after the start');
  if (String(outlook) < period.end.slice(0, 4))
    say('plan.yaml', ['plan', 'outlook'], 'lies before the end of the period');
  if (goLive !== undefined && goLive < period.start) say('plan.yaml', ['plan', 'goLive'], 'lies before the period');
}

/**
 * Reads a plan from its folder: plan.yaml, every other *.yaml below it, and text.txt.
 * Answers the merged plan, or every problem at once, in order of file and line. Writes nothing.
 */
export function loadPlan(folder: string): { plan: LoadedPlan } | { problems: PlanProblem[] } {
  const { files, text, problems } = readFolder(folder);
  const lineOf = new Map(files.map(({ file, lineOf }) => [file, lineOf]));
  const say: Say = (file, path, reason) => {
    const line = lineOf.get(file)?.(path);
    problems.push({ file, path: pathText(path), reason, ...(line === undefined ? {} : { line }) });
  };
  const gathered: Gathered = { ...gather(files, say), source: text && sourceText(text) };
  checkHead(gathered.head, say);
  checkPlan(gathered, (where, at, reason) => say(where.file, [...where.path, ...at], reason));
  const rows = listKeys.reduce((sum, key) => sum + (key === 'notCommitments' ? 0 : gathered.codes[key].size), 0);
  if (rows + gathered.codes.measures.size > PLAN_ROWS_MAX)
    say('plan.yaml', [], `more than ${PLAN_ROWS_MAX} rows in all`);
  const { head, source, lists } = gathered;
  if (problems.length > 0 || !head || !source) {
    const order = new Map(files.map(({ file }, index) => [file, index]));
    const place = ({ file, line }: PlanProblem): number => (order.get(file) ?? -1) * 1e6 + (line ?? 0);
    return { problems: problems.sort((a, b) => place(a) - place(b)) };
  }
  const plain = Object.fromEntries(
    listKeys.map((key) => [key, lists[key].map(({ row }) => row)]),
  ) as unknown as PlanLists;
  return { plan: { plan: head, source, ...plain } };
}
