import { create, type DescField, type DescMessage, fromBinary, type Message, toBinary } from '@bufbuild/protobuf';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EntrySchema } from './gen/planledger/v1/entry_pb.js';
import { StandingSchema } from './gen/planledger/v1/standing_pb.js';
import { wire } from './wire.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'project/p1', '开封市', '__proto__', 'x'.repeat(200), '\ud800'),
);

function scalar(field: DescField): fc.Arbitrary<unknown> {
  if (field.enum) return fc.constantFrom(...field.enum.values.map((value) => value.number), 99, -1);
  switch (field.scalar) {
    case 3:
      return fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: 0n, max: 10n ** 12n }));
    case 8:
      return fc.boolean();
    case 13:
      return fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 300 }));
    default:
      return text;
  }
}

/** Any message of a type; messages inside it down to a depth, so that an entry inside a correction is tried too. */
function anyMessage(schema: DescMessage, depth: number): fc.Arbitrary<Message> {
  const one = (field: DescField): fc.Arbitrary<unknown> =>
    field.message ? anyMessage(field.message, depth - 1) : scalar(field);
  const fits = (field: DescField): boolean => !field.message || depth > 0;
  const members = schema.members.map((member): fc.Arbitrary<[string, unknown]> => {
    const name = member.localName;
    if (member.kind === 'oneof') {
      const choices = member.fields
        .filter(fits)
        .map((field) => one(field).map((value) => ({ case: field.localName, value })));
      return fc.oneof(fc.constant({ case: undefined }), ...choices).map((choice) => [name, choice]);
    }
    if (!fits(member)) return fc.constant([name, undefined]);
    const value =
      member.fieldKind === 'list'
        ? fc.array(one(member), { maxLength: 3 })
        : member.fieldKind === 'map'
          ? fc.dictionary(text, one(member), { maxKeys: 3, noNullPrototype: true })
          : member.message
            ? fc.option(one(member), { nil: undefined })
            : one(member);
    return value.map((made) => [name, made]);
  });
  return fc
    .tuple(...members)
    .map((pairs) => create(schema, Object.fromEntries(pairs.filter(([, value]) => value !== undefined))));
}

const SCHEMAS: readonly (readonly [string, DescMessage])[] = [
  ['an entry', EntrySchema],
  ['a standing', StandingSchema],
];

describe.each(SCHEMAS)('the compiled code of %s', (_name, schema) => {
  const { decode, encode } = wire(schema);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  test('writes the library’s bytes and reads the library’s messages', () => {
    fc.assert(
      fc.property(anyMessage(schema, 3), (message) => {
        const bytes = toBinary(schema, message);
        expect(hex(encode(message))).toBe(hex(bytes));
        expect(decode(bytes)).toStrictEqual(fromBinary(schema, bytes));
        // From inside a larger array, and from a plain one, as ledgers and feeds hand them over.
        const inside = new Uint8Array([1, 2, ...bytes, 3]).subarray(2, 2 + bytes.length);
        expect(decode(inside)).toStrictEqual(fromBinary(schema, bytes));
      }),
      { numRuns: 200 },
    );
  });

  test('reads or refuses broken bytes as the library does', () => {
    const outcome = (read: () => unknown): unknown => {
      try {
        return read();
      } catch {
        return 'refused';
      }
    };
    const broken = fc.tuple(anyMessage(schema, 2), fc.nat(), fc.nat({ max: 255 })).map(([message, at, byte]) => {
      const bytes = toBinary(schema, message);
      if (bytes.length === 0) return bytes;
      bytes[at % bytes.length] = byte;
      return at % 3 === 0 ? bytes.subarray(0, at % bytes.length) : bytes;
    });
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 40 })), (bytes) => {
        const [ours, theirs] = [outcome(() => decode(bytes)), outcome(() => fromBinary(schema, bytes))];
        expect(ours).toStrictEqual(theirs);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('lengths of one, two and three bytes are written', () => {
  for (const length of [127, 128, 16_383, 16_384, 65_000]) {
    const entry = create(EntrySchema, {
      reason: '汴'.repeat(length / 3) + 'x',
      actor: { subject: 's'.repeat(length) },
    });
    expect(Buffer.compare(wire(EntrySchema).encode(entry), toBinary(EntrySchema, entry))).toBe(0);
  }
});

test('fields of a newer writer are kept', () => {
  const bytes = new Uint8Array([...toBinary(EntrySchema, create(EntrySchema, { plan: 'p' })), 0xf8, 0xff, 0x03, 0x05]);
  const { decode, encode } = wire(EntrySchema);
  const message = decode(bytes);
  expect(message.$unknown).toHaveLength(1);
  expect([...encode(message)]).toEqual([...bytes]);
});

test('a number that is no uint32 is refused, never cut', () => {
  for (const position of [-1, 1.5, 2 ** 32]) {
    expect(() => wire(EntrySchema).encode({ ...create(EntrySchema), plan: 'p', position })).toThrow(RangeError);
    expect(wire(EntrySchema).encode(create(EntrySchema))).toHaveLength(0);
  }
});

test('skipped texts are empty and everything else is there', () => {
  const entry = create(EntrySchema, { plan: 'p', position: 7, stream: 'plan', eventId: 'e', reason: '重报' });
  const read = wire(EntrySchema, ['eventId', 'plan']).decode(toBinary(EntrySchema, entry));
  expect(read).toStrictEqual(create(EntrySchema, { position: 7, stream: 'plan', reason: '重报' }));
});
