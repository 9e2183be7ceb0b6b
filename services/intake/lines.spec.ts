import { expect, test } from '@jest/globals';
import { linesOf } from './lines.js';

async function* bytes(...chunks: (string | Buffer | Error)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk;
    yield await Promise.resolve(Buffer.from(chunk));
  }
}

async function collected(input: AsyncIterable<Buffer>, bytesMax = 100) {
  const lines: (string | undefined)[] = [];
  let broken = false;
  try {
    for await (const line of linesOf(input, bytesMax)) lines.push(line);
  } catch {
    broken = true;
  }
  return { lines, broken };
}

test('lines are the same however the bytes arrive, within a character too', async () => {
  const text = '{"a":"规划"}\n\n{"b":2}\r\n{"c":3}';
  const whole = { lines: ['{"a":"规划"}', '', '{"b":2}', '{"c":3}'], broken: false };
  expect(await collected(bytes(text))).toEqual(whole);
  expect(await collected(bytes(...[...Buffer.from(text)].map((byte) => Buffer.from([byte]))))).toEqual(whole);
  expect(await collected(bytes(`${text}\n`))).toEqual(whole);
});

test('a line over the limit comes as undefined, and the next one as itself', async () => {
  const long = 'x'.repeat(60);
  expect((await collected(bytes('one\n', long, long, long, '\ntwo\n'))).lines).toEqual(['one', undefined, 'two']);
  expect((await collected(bytes('x'.repeat(100)))).lines).toEqual(['x'.repeat(100)]);
  expect((await collected(bytes('x'.repeat(101)))).lines).toEqual([undefined]);
});

test('a stream that breaks off gives its whole lines, never the piece of one', async () => {
  const broken = await collected(bytes('one\ntwo\nthr', new Error('reset')));
  expect(broken).toEqual({ lines: ['one', 'two'], broken: true });
});
