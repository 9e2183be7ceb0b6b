import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be shut: what a network does that loses everything, or a machine that was halted. */
export interface Gate {
  readonly port: number;
  /** Nothing more goes through, in either direction, and nobody is told. */
  shut(): void;
  open(): void;
  /** Answers of the server no longer come back; what is asked still arrives. */
  muffle(): void;
  close(): Promise<void>;
}

export async function openGate(host: string, port: number): Promise<Gate> {
  let [asks, answers] = [true, true];
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(port, host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // Either end may go away at any moment; that is what is tried here.
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => asks && upstream.write(bytes));
    upstream.on('data', (bytes) => answers && client.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    shut() {
      [asks, answers] = [false, false];
    },
    muffle() {
      answers = false;
    },
    open() {
      // What was lost on a connection is not sent again: whoever waits on it starts anew.
      if (!asks || !answers) for (const socket of sockets) socket.destroy();
      [asks, answers] = [true, true];
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
