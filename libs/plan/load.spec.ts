import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlan, shippedPlan } from './load.js';
import type { PlanProblem } from './loaded.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
  cpSync(shippedPlan('sample-city'), folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Replaces the first `from` in a file of the sample plan. */
function edit(file: string, from: string, to: string): void {
  const before = readFileSync(join(folder, file), 'utf8');
  expect(before).toContain(from);
  writeFileSync(join(folder, file), before.replace(from, to));
}

function problems(): PlanProblem[] {
  const loaded = loadPlan(folder);
  return 'problems' in loaded ? loaded.problems : [];
}

/** A weight set of one item, before the rules. */
const weighing = (item: string, weight: number): string =>
  `weightSets: [{ id: a, name: A, weights: { ${item}: ${weight} } }]\nrules:`;

const implied = (said: string): string => `    implied:\n      ${said}\n    quote`;

const said = (): string[] => problems().map(({ file, path, reason }) => `${file} ${path}: ${reason}`);

describe('a plan in files', () => {
  test('loads when nothing is wrong', () => {
    const loaded = loadPlan(folder);
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.plan.plan.id).toBe('sample-city');
    expect(loaded.plan.items.map(({ item }) => item)).toEqual(['B1-1', 'B1-2', 'B2-1', 'T5-1']);
  });

  test('both plans that ship with the system load', () => {
    for (const name of ['kaifeng-145', 'sample-city'])
      expect(loadPlan(shippedPlan(name))).not.toHaveProperty('problems');
  });

  const between =
    ']\n    quotes: [新建改扩建中小学20所左右, 新增学位9000个以上]\n    readings:\n      - { reading: same,';
  const ABOUT_ITEM = [`B1-1.schools, B1-1.places${between}`, `B1-1${between} target: '20',`] as const;

  // What is wrong, in which file, what is written instead of what, and what is said about it.
  // prettier-ignore
  const faults: [what: string, file: string, from: string, to: string, said: string][] = [
    ['an unknown unit', 'items.yaml', 'unit: 学位', 'unit: 座位', 'items.yaml items[0].measures[1].unit: unknown unit "座位"'],
    ['a misspelt key', 'items.yaml', 'countsAt: 备案', 'countAt: 备案', 'items.yaml items[2].measures[0].countAt: unknown key'],
    ['a missing field', 'plan.yaml', '  outlook: 2035\n', '', 'plan.yaml plan.outlook: is missing'],
    ['a wrong type', 'items.yaml', 'chapter: 5', 'chapter: five', 'items.yaml items[3].chapter: must be a whole number'],
    ['an unquoted code', 'plan.yaml', 'code: YL-DQ', 'code: 410221', 'plan.yaml counties[1].code: must be text; put 410221'],
    ['a day that does not exist', 'items.yaml', '2023-12-31', '2023-02-29', 'items.yaml items[1].measures[0].due: must be an'],
    ['a due date before the period', 'items.yaml', '2023-12-31', '2020-12-31', 'measures[0].due: lies before the start'],
    ['an inexact number', 'items.yaml', 'low: 12', 'low: 12.5', 'items.yaml items[2].measures[0].low: must be exact'],
    ['a quantity of nothing', 'items.yaml', 'low: 12', 'low: 0', 'items.yaml items[2].measures[0].low: must be above 0'],
    ['a range without an upper end', 'items.yaml', 'approx', 'range', 'items[0].measures[0].high: is missing'],
    ['每县 without a roster', 'items.yaml', '        roster: each-county\n', '', 'items[1].measures[0].roster: is missing'],
    ['an unknown roster', 'items.yaml', 'roster: each-county', 'roster: counties', 'measures[0].roster: no roster "counties"'],
    ['an unknown sector', 'items.yaml', 'sector: housing', 'sector: houses', 'items.yaml items[3].sector: no sector "houses"'],
    ['an unknown county', 'plan.yaml', 'YL-XZ, YL-BY]', 'YL-ZZ]', 'plan.yaml rosters[0].counties[1]: no county "YL-ZZ"'],
    ['a county rolled up nowhere', 'plan.yaml', 'county }', 'county, statParent: YL-ZZ }', 'counties[1].statParent: no other'],
    ['a doubt about nothing', 'indicators.yaml', 'B1-1.places]', 'B1-1.seats]', 'doubts[0].about[1]: no item, measure'],
    ['a doubt with one reading', 'indicators.yaml', '      - { reading: apart', '#', 'doubts[0].readings: needs at least 2'],
    ['a number of an item', 'indicators.yaml', ABOUT_ITEM[0], ABOUT_ITEM[1], 'doubts[0].readings[0].target: "B1-1" is an item'],
    ['a project of no work', 'items.yaml', 'work: new-campus', 'work: campus', 'namedProjects[0].work: no work "campus"'],
    ['a code used twice', 'items.yaml', 'item: B1-2', 'item: B1-1', 'items.yaml items[1]: "B1-1" stands already in items.yaml'],
    ['a measure used twice', 'items.yaml', 'id: places', 'id: schools', 'items[0].measures[1].id: "schools" stands twice'],
    ['an item of another chapter', 'items.yaml', 'T5-1', 'T4-1', 'items.yaml items[3].item: "T4-1" is not of chapter 5'],
    ['an item of no programme', 'items.yaml', 'item: B1-2', 'item: B9-2', 'items.yaml items[1].item: no programme 9'],
    ['a part above its whole', 'items.yaml', 'low: 4', 'low: 40', 'items[2].measures[1].partOf: this part, 40, is larger'],
    ['a part of itself', 'items.yaml', 'B2-1.homes', 'B2-1.public-homes', 'measures[1].partOf: "B2-1.public-homes" is, in'],
    ['a checklist without works', 'items.yaml', 'approx', 'checklist', 'items.yaml items[0].measures[0].works: is missing'],
    ['a stock without baseline', 'items.yaml', 'unit: 学位', 'unit: 学位\n        basis: stock', 'measures[1].baseline: is missing'],
    ['a quote not in the text', 'items.yaml', '中小学20所', '中小学21所', 'items.yaml items[0].quote: not in text.txt'],
    ['a rise that falls', 'indicators.yaml', "baseline: '96.0'", "baseline: '99'", 'indicators[0].baseline: of a rise must'],
    ['implied by no measure', 'indicators.yaml', '    quote', implied('numerator: { units: [{ measure: B9-1.homes }] }'), 'numerator.units[0].measure: no measure'],
    ['implied by nothing', 'indicators.yaml', '    quote', implied('per: 2'), 'indicators[0].implied: names either'],
    ['implied and silent', 'indicators.yaml', '    quote', implied('silent: 无\n      per: 2'), 'implied.silent: stands alone'],
    ['implied by no baseline', 'indicators.yaml', '    quote', implied('numerator: { base: measures, units: [{ measure: B1-1.schools }] }'), 'B1-1.schools has no baseline'],
    ['implied under no doubt', 'indicators.yaml', '    quote', implied('numerator: { base: observed }\n      under: { doubt: none, reading: a }'), 'under.doubt: no doubt "none"'],
    ['implied under no reading', 'indicators.yaml', '    quote', implied('numerator: { base: observed }\n      under: { doubt: places-and-schools, reading: a }'), 'under.reading: no reading "a"'],
    ['implied by an unwritten sum', 'indicators.yaml', '    quote', implied('numerator: { base: indicator }'), 'numerator.units: are missing'],
    ['a second head', 'items.yaml', 'items:', 'plan: {}\nitems:', 'items.yaml plan: the head stands in plan.yaml only'],
    ['what is not YAML', 'items.yaml', 'items:', 'items: [', 'items.yaml : is not YAML'],
    ['weights that do not sum', 'plan.yaml', 'rules:', weighing('B1-1', 9_999), 'weightSets[0].weights: the weights sum to 9999'],
    ['weight on no item', 'plan.yaml', 'rules:', weighing('B7-1', 10_000), 'weightSets[0].weights.B7-1: no item "B7-1"'],
  ];

  test.each(faults)('is refused for %s', (_what, file, from, to, expected) => {
    edit(file, from, to);
    expect(said().filter((each) => each.includes(expected))).not.toEqual([]);
  });

  test('names all problems at once, each with its line', () => {
    edit('items.yaml', 'unit: 学位', 'unit: 座位');
    edit('plan.yaml', 'YL-XZ, YL-BY]', 'YL-ZZ]');
    edit('indicators.yaml', 'frequency: yearly', 'frequency: daily');
    const written = ({ file, line = 0 }: PlanProblem): string | undefined =>
      readFileSync(join(folder, file), 'utf8').split('\n')[line - 1];
    expect(problems().map((problem) => [problem.file, problem.path, written(problem)])).toEqual([
      ['plan.yaml', 'rosters[0].counties[1]', expect.stringContaining('YL-ZZ')],
      ['indicators.yaml', 'indicators[0].frequency', expect.stringContaining('daily')],
      ['items.yaml', 'items[0].measures[1].unit', expect.stringContaining('座位')],
    ]);
  });

  test('reports a fault once: what refers to a faulty row does not dangle', () => {
    edit('items.yaml', 'nature: build', 'nature: built');
    expect(said()).toEqual([expect.stringContaining('items[0].nature: must be one of build')]);
  });

  test('needs plan.yaml and text.txt', () => {
    rmSync(join(folder, 'text.txt'));
    rmSync(join(folder, 'plan.yaml'));
    expect(said()).toEqual(expect.arrayContaining(['plan.yaml : is missing', 'text.txt : is missing']));
  });

  test('is refused where there is no folder', () => {
    expect(loadPlan(join(folder, 'nowhere'))).toHaveProperty('problems');
  });
});
