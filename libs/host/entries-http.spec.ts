import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeEntry, makeEntry } from '@planledger/contracts';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { AuditUnavailable, entriesOverHttp } from './entries-http.js';
import { historyOverHttp } from './history-http.js';

// Audit is killed in the middle of an answer: what a reader gets is bytes of HTTP up to some point, then the end of the
// connection. So the server here is of plain sockets.

let answers: readonly string[];
let open: Socket[];
let server: Server;
let audit: { url: string; token: () => Promise<string> };

beforeEach(async () => {
  open = [];
  server = createServer((socket) => {
    open.push(socket);
    socket.once('data', () => void socket.end(answers.join('')));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  audit = { url: `http://127.0.0.1:${port}`, token: () => Promise.resolve('token') };
});
afterEach(
  () =>
    new Promise<void>((closed) => {
      for (const socket of open) socket.destroy();
      server.close(() => closed());
    }),
);

const STREAM = 'project/a';
const stored = (version: number) => ({
  ...{ position: version + 10, stream: STREAM, version },
  bytes: Buffer.from(encodeEntry(makeEntry({ plan: 'p', stream: STREAM, version, position: version + 10 }))).toString(
    'base64',
  ),
});
const head = (...headers: string[]): string => ['HTTP/1.1 200 OK', ...headers, '', ''].join('\r\n');
const CHUNKED = head('transfer-encoding: chunked');
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const line = (version: number): string => `${JSON.stringify(stored(version))}\n`;
const LAST = chunk('');

/** How many entries were read before it ended. */
async function read(): Promise<number> {
  let found = 0;
  for await (const batch of entriesOverHttp(audit, 'p', {})) found += batch.length;
  return found;
}

describe('entries streamed by audit', () => {
  test('are whole where the answer comes to its end', async () => {
    answers = [CHUNKED, chunk(line(1)), chunk(line(2)), LAST];
    expect(await read()).toBe(2);
    answers = [head(`content-length: ${line(1).length}`), line(1)];
    expect(await read()).toBe(1);
    answers = [CHUNKED, LAST];
    expect(await read()).toBe(0);
  });

  const cuts: readonly (readonly [string, readonly string[]])[] = [
    ['before the first', [CHUNKED]],
    ['in the middle of one', [CHUNKED, chunk(line(1)), chunk(line(2).slice(0, 40))]],
    ['in the middle of one that the length ends with', [CHUNKED, chunk(line(1)), chunk(line(2).slice(0, 40)), LAST]],
    ['in the middle of a chunk', [CHUNKED, chunk(line(1)), chunk(line(2)).slice(0, 40)]],
    ['between two', [CHUNKED, chunk(line(1))]],
    ['before the length that was told', [head(`content-length: ${line(1).length * 2}`), line(1)]],
    ['where nothing but the end of the connection could tell that it is whole', [head('connection: close'), line(1)]],
    ['in what is no entry', [CHUNKED, chunk('bad gateway\n'), LAST]],
  ];
  test.each(cuts)('that break off %s are never taken for whole', async (_where, given) => {
    answers = given;
    await expect(read()).rejects.toThrow(AuditUnavailable);
  });
});

describe('the history of a stream', () => {
  const page = JSON.stringify({ entries: [stored(1), stored(2)], next: null });
  const ask = (): Promise<Uint8Array[]> => historyOverHttp(audit)('p', STREAM, 1);

  test('is whole where the answer comes to its end', async () => {
    answers = [head(`content-length: ${page.length}`), page];
    expect(await ask()).toHaveLength(2);
  });

  const cuts: readonly (readonly [string, readonly string[]])[] = [
    ['before the length that was told', [head(`content-length: ${page.length}`), page.slice(0, 60)]],
    ['in the middle of a chunk', [CHUNKED, chunk(page).slice(0, 60)]],
    ['before the last chunk', [CHUNKED, chunk(page)]],
    ['with its connection', [head('connection: close'), page.slice(0, 60)]],
  ];
  test.each(cuts)('that breaks off %s is no history', async (_where, given) => {
    answers = given;
    await expect(ask()).rejects.toThrow(AuditUnavailable);
  });
});
