import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { acceptorOf } from './accept.js';
import { CorrectBody, RetractBody } from './bodies.js';
import { SuperviseBody } from './bodies-control.js';
import { COMMANDS } from './table.js';
import { validateAtLength, validateBody } from './validate.js';

const evidence = [{ digest: 'ab'.repeat(32), name: '会议纪要', kept: '档案室', dated: '2024-06-30' }];
const lamp = { lamp: 'progress', colour: 'green', until: '2025-11-10' };
const supervision = {
  occurredOn: '2025-10-20',
  title: '限期整改',
  toUnit: '410212-education',
  due: '2025-11-10',
  lamp,
};
const bodies: [string, new () => object, object][] = [
  ['issueSupervision with a lamp', SuperviseBody, supervision],
  ...COMMANDS.map(({ name, body, example }): [string, new () => object, object] => [name, body, example]),
  [
    'retractEntry',
    RetractBody,
    { occurredOn: '2024-07-04', why: 'reported-twice', reason: '与上一条重复填报，予以撤回。' },
  ],
];

/** A change of one field, anywhere in a body: `at` picks where, modulo how many fields there are. */
interface Change {
  readonly at: number;
  readonly kind: 'set' | 'remove' | 'add';
  readonly name: string;
  readonly value: unknown;
}
const texts = fc.constantFrom('', 'a', '2024-02-30', '2024-13-01', 'x'.repeat(130), '410212', 'B2-1', 'new', '-1');
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.nat(99),
    kind: fc.constantFrom('set', 'set', 'remove', 'add'),
    name: fc.constantFrom('foo', 'reason', 'evidence', 'occurredOn', 'unit', 'quantities', 'then'),
    value: fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      texts,
      fc.integer({ min: -2, max: 5_000_000_000 }),
      fc.constantFrom(evidence, [[]], [null], [{}], {}, [], [1], 0.5, true),
    ),
  }),
  { maxLength: 4 },
);

/** Every object inside, lists' elements included. */
const objectsIn = (value: unknown): object[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];

function changed(example: object, told: readonly Change[]): object {
  const body = structuredClone(example);
  for (const { at, kind, name, value: constant } of told) {
    // One constant set into itself would go round for ever.
    const value: unknown = structuredClone(constant);
    const places = objectsIn(body).flatMap((object) => Object.keys(object).map((key) => ({ object, key })));
    const { object, key } = places[at % places.length] ?? { object: body, key: name };
    if (kind === 'remove') Reflect.deleteProperty(object, key);
    else Reflect.set(object, kind === 'add' ? name : key, value);
  }
  // As a body comes: lists have elements only, and no holes.
  return JSON.parse(JSON.stringify(body)) as object;
}

const SHAPED: ReadonlySet<string> = new Set(['lamp', 'code']);
/** Objects without a shape, such as facts, are left to class-validator. */
const hasFreeObject = (body: object): boolean =>
  Object.entries(body).some(
    ([name, value]) => !SHAPED.has(name) && typeof value === 'object' && value !== null && !Array.isArray(value),
  );

describe('a body is accepted quickly exactly where class-validator finds nothing wrong, and is the same body:', () => {
  test.each(bodies)('%s', (_name, shape, example) => {
    const accept = acceptorOf(shape);
    let quickly = 0;
    const property = fc.property(changes, (told) => {
      const plain = changed(example, told);
      const before = JSON.stringify(plain);
      const accepted = accept(plain);
      const atLength = validateAtLength(shape, plain);
      const good = !Array.isArray(atLength);
      if (accepted || (good && !hasFreeObject(plain))) expect(accepted).toStrictEqual(atLength);
      if (accepted) quickly += 1;
      expect(JSON.stringify(plain)).toBe(before);
    });
    fc.assert(property, { numRuns: 300, examples: [[[]]] });
    expect(quickly > 0).toBe(!hasFreeObject(example));
  });

  test('a correction, whose payload has no shape of its own, is always left to it', () => {
    const example = { occurredOn: '2024-07-03', why: 'audit', reason: '审计发现开工日期录入错误。', payload: {} };
    expect(acceptorOf(CorrectBody)(example)).toBeUndefined();
    expect(validateAtLength(CorrectBody, example)).toEqual(example);
  });

  test.each(['__proto__', 'constructor'])(
    'a field named %s is refused as any that is not known, wherever it stands',
    (name) => {
      const row = COMMANDS.find((one) => one.name === 'reportProgress');
      const json = (place: object): string => JSON.stringify(place).replaceAll('"named"', `"${name}"`);
      const problem = `property ${name} should not exist`;
      const places: [object, string][] = [
        [{ named: 1 }, name],
        [{ foo: { named: { prototype: null } } }, `foo.${name}`],
        [{ quantities: [{ named: null }] }, `quantities.0.${name}`],
      ];
      for (const [place, field] of places) {
        const plain: unknown = JSON.parse(json({ ...row?.example, ...place }));
        expect(row && validateBody(row.body, plain)).toEqual([{ field, problem }]);
      }
    },
  );

  test('a list where an element of a list belongs is refused, though it be empty', () => {
    const row = COMMANDS.find((one) => one.name === 'reportProgress');
    const plain = { ...row?.example, evidence: [evidence[0], []] };
    expect(row && validateBody(row.body, plain)).toEqual([{ field: 'evidence[1]', problem: 'must be an object' }]);
  });
});
