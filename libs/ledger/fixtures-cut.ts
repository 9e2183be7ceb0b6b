import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a driver and its server, and cuts the line at an append when told to. */
export interface Cut {
  /** Of the driver: goes through here alone, whatever the replica set says of its members. */
  readonly url: string;
  /** Cuts so many of the next appends, before they reach the server or once it has answered, unheard. */
  lose(appends: number, when: 'before' | 'after'): void;
  /** Appends cut so far. */
  lost(): number;
  close(): Promise<void>;
}

/** `server`: host:port of the primary. */
export async function cutBefore(server: string): Promise<Cut> {
  const [host = '', port = ''] = server.split(':');
  const open = new Set<Socket>();
  let [left, lost, when]: [number, number, 'before' | 'after'] = [0, 0, 'before'];

  const proxy = createServer((near) => {
    const far = connect(Number(port), host);
    let deaf = false;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    near.on('data', (sent) => {
      if (left > 0 && isAppend(sent)) {
        left--;
        lost++;
        deaf = true;
        if (when === 'before') return end();
      }
      far.write(sent);
    });
    far.on('data', (answered) => (deaf ? end() : void near.write(answered)));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `mongodb://127.0.0.1:${(proxy.address() as AddressInfo).port}/?directConnection=true`,
    lose: (appends, at) => void ([left, when] = [appends, at]),
    lost: () => lost,
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** OP_MSG whose command begins with `insert: "commits"`. */
const isAppend = (sent: Buffer): boolean => sent.subarray(0, 64).includes('insert\0\b\0\0\0commits\0');
