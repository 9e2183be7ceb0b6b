import { type DescField, type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import { type Cursor, LEAVE, RUNTIME, written } from './wire-bytes.js';

/**
 * The protobuf wire format by functions compiled once from the descriptors: the same messages and the same bytes as the
 * library's fromBinary and toBinary, several times as fast (ADR 0008). A replay of a million entries stands on it.
 *
 * It knows what proto/planledger uses: proto3 with strings, uint32, int64, bool, enums, messages, lists, maps by string
 * and oneofs. Everything else (unknown fields, other wire types, varints that are too long, broken bytes) goes to the
 * library, which reads it or throws. wire.spec.ts holds both equal for every message.
 */
export interface Wire<Desc extends DescMessage> {
  decode(bytes: Uint8Array): MessageShape<Desc>;
  encode(message: MessageShape<Desc>): Uint8Array;
}

/**
 * `skip`: names of top-level string fields that decode leaves empty. Half of an entry's decoding is the making of
 * strings that a fold never looks at.
 */
export function wire<Desc extends DescMessage>(schema: Desc, skip: readonly string[] = []): Wire<Desc> {
  const { decode, encode } = compile(schema, new Set(skip));
  return {
    decode(bytes) {
      const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      try {
        return decode(buffer) as MessageShape<Desc>;
      } catch (error) {
        if (error !== LEAVE) throw error;
        return fromBinary(schema, bytes);
      }
    },
    encode: (message) => (message.$unknown === undefined ? encode(message) : toBinary(schema, message)),
  };
}

interface Compiled {
  decode(bytes: Buffer): unknown;
  encode(message: unknown): Uint8Array;
}

/** ScalarType of the library by its numbers (descriptor.proto), each with its zero as source text. */
const SCALARS: ReadonlyMap<number, { readonly name: string; readonly zero: string; readonly wireType: 0 | 2 }> =
  new Map([
    [3, { name: 'Int64', zero: '0n', wireType: 0 }],
    [8, { name: 'Bool', zero: 'false', wireType: 0 }],
    [9, { name: 'String', zero: "''", wireType: 2 }],
    [13, { name: 'Uint32', zero: '0', wireType: 0 }],
  ]);
const ENUM = { name: 'Enum', zero: '0', wireType: 0 } as const;

/** Of everything but messages. Throws RangeError on a type that proto/planledger does not use: a bug of the build. */
function scalarOf(field: DescField): { readonly name: string; readonly zero: string; readonly wireType: 0 | 2 } {
  if (field.enum) return ENUM;
  const scalar = SCALARS.get(field.scalar ?? 0);
  if (!scalar) throw new RangeError(`${field.toString()} is of a type that wire.ts does not know`);
  return scalar;
}

function compile(top: DescMessage, skip: ReadonlySet<string>): Compiled {
  const numbers = new Map<DescMessage, number>();
  const queue: DescMessage[] = [];
  const numberOf = (schema: DescMessage): number => {
    const known = numbers.get(schema);
    if (known !== undefined) return known;
    numbers.set(schema, numbers.size);
    queue.push(schema);
    return numbers.size - 1;
  };
  numberOf(top);
  const source: string[] = [];
  for (let schema = queue.shift(); schema; schema = queue.shift()) {
    source.push(reader(schema, numberOf, schema === top ? skip : new Set()), writer(schema, numberOf));
  }
  source.push('return { read: read0, write: write0 };');
  const names = Object.keys(RUNTIME);
  // Names come from our own descriptors alone; nothing of what is decoded becomes source text.
  const make = new Function(...names, source.join('\n')) as (...runtime: unknown[]) => {
    read: (bytes: Buffer, cursor: Cursor, end: number) => unknown;
    write: (message: unknown) => void;
  };
  const { read, write } = make(...Object.values(RUNTIME));
  return {
    decode: (bytes) => read(bytes, { at: 0 }, bytes.length),
    encode: (message) => written(() => write(message)),
  };
}

/** Source of a function that reads one message. A message starts as a literal with every field, so all have one shape. */
function reader(schema: DescMessage, numberOf: (schema: DescMessage) => number, skip: ReadonlySet<string>): string {
  const initial = schema.members.flatMap((member) => {
    if (member.kind === 'oneof') return [`${member.localName}: { case: undefined }`];
    if (member.fieldKind === 'list') return [`${member.localName}: []`];
    if (member.fieldKind === 'map') return [`${member.localName}: {}`];
    return member.fieldKind === 'message' ? [] : [`${member.localName}: ${scalarOf(member).zero}`];
  });
  const cases = schema.fields.map((field) => `case ${field.number}: ${readField(field, numberOf, skip)} break;`);
  return `function read${numberOf(schema)}(bytes, cursor, end) {
    const message = { $typeName: ${JSON.stringify(schema.typeName)}, ${initial.join(', ')} };
    while (cursor.at < end) {
      const tag = readUint32(bytes, cursor, end), type = tag & 7;
      switch (tag >>> 3) { ${cases.join('\n')} default: throw LEAVE; }
    }
    if (cursor.at !== end) throw LEAVE;
    return message;
  }`;
}

function readField(field: DescField, numberOf: (schema: DescMessage) => number, skip: ReadonlySet<string>): string {
  const { localName: name, fieldKind, message, oneof } = field;
  const wireType = message || fieldKind === 'map' || fieldKind === 'list' ? 2 : scalarOf(field).wireType;
  const expect = `if (type !== ${wireType}) throw LEAVE;`;
  const one = (end: string): string =>
    message
      ? `read${numberOf(message)}(bytes, cursor, readEnd(bytes, cursor, ${end}))`
      : `read${scalarOf(field).name}(bytes, cursor, ${end})`;
  if (fieldKind === 'map') {
    const zero = message ? `read${numberOf(message)}(bytes, cursor, cursor.at)` : scalarOf(field).zero;
    return `{ ${expect}
      const last = readEnd(bytes, cursor, end);
      let key = '', value;
      while (cursor.at < last) {
        switch (readUint32(bytes, cursor, last) >>> 3) {
          case 1: key = readString(bytes, cursor, last); break;
          case 2: value = ${one('last')}; break;
          default: throw LEAVE;
        }
      }
      own(message.${name}, key, value === undefined ? ${zero} : value);
    }`;
  }
  if (fieldKind === 'list') {
    if (message || scalarOf(field).wireType === 2) return `${expect} message.${name}.push(${one('end')});`;
    return `{ ${expect}
      const last = readEnd(bytes, cursor, end);
      while (cursor.at < last) message.${name}.push(${one('last')});
    }`;
  }
  if (skip.has(name)) return `${expect} cursor.at = readEnd(bytes, cursor, end);`;
  return oneof
    ? `${expect} message.${oneof.localName} = { case: ${JSON.stringify(name)}, value: ${one('end')} };`
    : `${expect} message.${name} = ${one('end')};`;
}

/** Source of a function that writes one message, fields by number as the library does. */
function writer(schema: DescMessage, numberOf: (schema: DescMessage) => number): string {
  const fields = [...schema.fields].sort((a, b) => a.number - b.number);
  return `function write${numberOf(schema)}(message) { ${fields.map((field) => writeField(field, numberOf)).join('\n')} }`;
}

function writeField(field: DescField, numberOf: (schema: DescMessage) => number): string {
  const { localName: name, number, fieldKind, message, oneof } = field;
  const wireType = message ? 2 : scalarOf(field).wireType;
  const tag = (type: number): string => `writeUint32(${((number << 3) | type) >>> 0});`;
  const value = (from: string): string =>
    message
      ? `{ const start = begin(); write${numberOf(message)}(${from}); finish(start); }`
      : `write${scalarOf(field).name}(${from});`;
  if (fieldKind === 'map') {
    return `for (const key of Object.keys(message.${name})) {
      ${tag(2)} const entry = begin();
      writeUint32(10); writeString(key);
      writeUint32(${(2 << 3) | wireType}); ${value(`message.${name}[key]`)}
      finish(entry);
    }`;
  }
  if (fieldKind === 'list') {
    if (wireType === 2) return `for (const each of message.${name}) { ${tag(2)} ${value('each')} }`;
    return `if (message.${name}.length > 0) {
      ${tag(2)} const packed = begin();
      for (const each of message.${name}) ${value('each')}
      finish(packed);
    }`;
  }
  if (oneof) {
    const choice = `message.${oneof.localName}`;
    return `if (${choice}.case === ${JSON.stringify(name)}) { ${tag(wireType)} ${value(`${choice}.value`)} }`;
  }
  const set = message ? 'undefined' : scalarOf(field).zero;
  return `if (message.${name} !== ${set}) { ${tag(wireType)} ${value(`message.${name}`)} }`;
}
