import { claimPort } from '@planledger/local/ports';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as a service has seen it. */
export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Handler = (incoming: IncomingMessage, reply: ServerResponse) => unknown;

/** Answers its own name and remembers what it was asked. */
export interface TinyService {
  readonly address: string;
  readonly received: Received[];
  /** What it does instead with what comes next; without a handler as before. */
  behave(handler?: Handler): void;
  open(): Promise<void>;
  close(): Promise<void>;
}

export async function tinyService(name: string): Promise<TinyService> {
  const port = await claimPort();
  const received: Received[] = [];
  let behaviour: Handler | undefined;
  const server = createServer((incoming, reply) => {
    const { method, url, headers } = incoming;
    if (behaviour) {
      received.push({ method, url, headers, body: '' });
      behaviour(incoming, reply);
      return;
    }
    void text(incoming).then((body) => {
      received.push({ method, url, headers, body });
      reply.end(name);
    });
  });
  const service: TinyService = {
    address: `127.0.0.1:${port}`,
    received,
    behave: (handler) => (behaviour = handler),
    open: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await service.open();
  return service;
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends the path as it is written: fetch would tidy it up first. */
export const ask = (url: string, method: string, path: string, headers = {}, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request({ hostname, port, method, path, headers }, (answer) => {
      text(answer).then(
        (all) => resolve({ status: answer.statusCode, headers: answer.headers, text: all }),
        (error: Error) => reject(error),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });

/** A request that is still being sent and an answer that is still coming, one piece after the other. */
export interface Exchange {
  send(piece: string): void;
  end(): void;
  /** Resolves once the head of the answer has come. */
  begun(): Promise<unknown>;
  /** The next piece; empty once there is none. */
  next(): Promise<string>;
  close(): void;
}

export function openExchange(url: string, method: string, path: string, headers = {}): Exchange {
  const { hostname, port } = new URL(url);
  const asked = request({ hostname, port, method, path, headers });
  const pieces = new Promise<AsyncIterator<Buffer>>((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', (answer) => resolve(answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>));
  });
  asked.flushHeaders();
  return {
    send: (piece) => void asked.write(piece),
    end: () => void asked.end(),
    begun: () => pieces,
    next: async () => {
      const { value, done } = await (await pieces).next();
      return done ? '' : value.toString();
    },
    close: () => void asked.destroy(),
  };
}
