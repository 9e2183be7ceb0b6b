import { describe, expect, test } from '@jest/globals';
import { beginProject, delivered, factValues, writeStream } from './conformance-history.js';
import { foldProject, type UnitState } from './project.js';
import {
  choice,
  countsOnceAll,
  date,
  factViolations,
  factsNow,
  heldSince,
  number,
  numberOf,
  optional,
  type Sector,
  SERVICE_TEMPLATE,
  standingUnits,
  text,
  truth,
} from './sector.js';

const SPECS = {
  classes: number('班数', 1, 60),
  stage: choice('学段', { primary: '小学', junior: '初中' }),
  note: text('说明'),
  handedOver: optional(truth('是否移交')),
  issuedOn: optional(date('发证日期')),
};
const FITTING = { classes: 12, stage: 'primary', note: '甲' };

describe('facts fit their specs', () => {
  test('with and without what is optional', () => {
    expect(factViolations(SPECS, FITTING)).toEqual([]);
    expect(factViolations(SPECS, { ...FITTING, handedOver: false })).toEqual([]);
    expect(factViolations(SPECS, { ...FITTING, issuedOn: '2024-02-29' })).toEqual([]);
    for (const classes of [1, 60]) expect(factViolations(SPECS, { ...FITTING, classes })).toEqual([]);
    expect(factViolations(SPECS, { ...FITTING, note: '甲'.repeat(200) })).toEqual([]);
  });

  test.each([
    ['a number below its least', { classes: 0 }, '班数应为1至60之间的整数'],
    ['a number above its greatest', { classes: 61 }, '班数应为1至60之间的整数'],
    ['a broken number', { classes: 1.5 }, '班数应为1至60之间的整数'],
    ['a number in text', { classes: '12' }, '班数应为1至60之间的整数'],
    ['a choice nobody offered', { stage: 'senior' }, '学段应为下列之一：primary（小学）、junior（初中）'],
    ['what every object has', { stage: 'toString' }, '学段应为下列之一：primary（小学）、junior（初中）'],
    ['blank text', { note: ' ' }, '说明应为不超过200字的文字'],
    ['text without end', { note: '甲'.repeat(201) }, '说明应为不超过200字的文字'],
    ['a truth in text', { handedOver: '是' }, '是否移交应为是或否'],
    ['a day that does not exist', { issuedOn: '2023-02-29' }, '发证日期应为日期，形如2025-06-30'],
    ['a day in another form', { issuedOn: '2023年2月' }, '发证日期应为日期，形如2025-06-30'],
    ['what the sector did not ask', { constructor: 1 }, '本领域不填报此项'],
  ])('not with %s', (_name, changed, problem) => {
    expect(factViolations(SPECS, { ...FITTING, ...changed }).map((found) => found.problem)).toEqual([problem]);
  });

  test('are all required unless they are said to be optional', () => {
    const specs = [number('甲'), text('乙'), truth('丙'), choice('丁', {}), date('戊')];
    expect(specs.map(({ required }) => required)).toEqual(specs.map(() => true));
    expect(specs.map(optional).map(({ required }) => required)).toEqual(specs.map(() => false));
  });

  test('as numbers count as they are, anything else counts as 0', () => {
    expect(['a', 'b', 'c'].map((name) => numberOf({ a: 7, b: '7' }, name))).toEqual([7, 0, 0]);
  });

  test('not without what is required, unless they are a later part', () => {
    expect(factViolations(SPECS, {}).map(({ problem }) => problem)).toEqual(['请填写班数', '请填写学段', '请填写说明']);
    expect(factViolations(SPECS, { handedOver: true }, true)).toEqual([]);
    expect(factViolations(SPECS, { classes: 0 }, true)).toHaveLength(1);
  });
});

const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', unitKinds: {}, refusals: {}, views: {} },
  templates: { service: SERVICE_TEMPLATE },
};
const UNIT = { unit: 'u', measure: 'm', kind: 'house', quantity: 1, facts: {} };

function unitWith(
  first: boolean | undefined,
  ...later: readonly (readonly [since: string, holds: boolean])[]
): UnitState {
  const { stream, entries, add } = writeStream('project/p');
  add('2023-01-01', delivered({ ...UNIT, facts: first === undefined ? {} : { holds: first } }));
  for (const [since, holds] of later) {
    add(since, { case: 'outputFactsStated', value: { unit: 'u', measure: 'm', since, facts: factValues({ holds }) } });
  }
  const [unit] = foldProject(stream, entries).units.values();
  if (!unit) throw new Error('not delivered');
  return unit;
}

describe('a truth of a unit holds', () => {
  test('since its delivery, since it was stated first, or not at all', () => {
    expect(heldSince(unitWith(true), 'holds')?.on).toBe('2023-01-01');
    expect(heldSince(unitWith(false, ['2023-05-01', true], ['2023-06-01', true]), 'holds')?.on).toBe('2023-05-01');
    expect(heldSince(unitWith(undefined), 'holds')).toBeUndefined();
    expect(heldSince(unitWith(true), 'other')).toBeUndefined();
  });

  test('not after it was taken back, and anew after it was stated anew', () => {
    expect(heldSince(unitWith(true, ['2023-05-01', false]), 'holds')).toBeUndefined();
    expect(heldSince(unitWith(true, ['2023-05-01', false], ['2023-07-01', true]), 'holds')?.on).toBe('2023-07-01');
  });

  test('by the days of the statements, not by the order in which they were made', () => {
    const late = unitWith(true, ['2023-07-01', true], ['2023-05-01', false]);
    expect(heldSince(late, 'holds')?.on).toBe('2023-07-01');
    expect(factsNow(late)).toEqual({ holds: true });
    expect(factsNow(unitWith(true, ['2023-07-01', false], ['2023-05-01', true]))).toEqual({ holds: false });
  });
});

test('what waits for several things counts from the last day, by all their entries', () => {
  const by = { subject: 's', unit: 'u' };
  const [early, late] = [
    { on: '2023-01-01', by, positions: [9] },
    { on: '2023-02-01', by, positions: [4, 7] },
  ];
  expect(countsOnceAll(late, early)).toEqual({ from: '2023-02-01', entries: [4, 7, 9] });
  expect(countsOnceAll(early, late)).toEqual({ from: '2023-02-01', entries: [9, 4, 7] });
});

describe('standing units', () => {
  test('are each there once, the verified delivery before the others, and the lost ones are not', () => {
    const { stream, entries, add } = beginProject(SECTOR, 'service');
    const deliver = (unit: string, measure: string, kind = 'house'): number =>
      add('2023-01-01', delivered({ ...UNIT, unit, measure, kind }));
    deliver('a', 'm-1');
    const second = deliver('a', 'm-2');
    deliver('a', 'm-3');
    deliver('a', 'm-4', 'tower');
    deliver('b', 'm-1');
    deliver('c', 'm-1', 'bridge');
    add('2023-02-01', { case: 'outputVerified', value: { unit: 'a', measure: 'm-2', delivery: second } });
    add('2023-02-01', { case: 'outputRevoked', value: { unit: 'b', measure: 'm-1', lostOn: '2023-02-01' } });
    const units = standingUnits(foldProject(stream, entries), 'house', 'tower');
    expect(units.map(({ kind, unit, measure }) => [kind, unit, measure])).toEqual([
      ['house', 'a', 'm-2'],
      ['tower', 'a', 'm-4'],
    ]);
  });
});
