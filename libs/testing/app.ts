import { createApp, openEmbedded, type OpenPlatform, type ServiceModule } from '@planledger/host';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The system in this process on an ephemeral port and a folder of its own, for tests and benchmarks. */
export interface TestApp {
  readonly url: string;
  readonly platform: OpenPlatform;
  readonly document: () => Promise<Record<string, unknown>>;
  /** Sends as one of the demo people; `key` is the Idempotency-Key, by default a new one. */
  post(person: string, path: string, body: unknown, key?: string, headers?: Record<string, string>): Promise<Answer>;
  get(person: string | undefined, path: string, headers?: Record<string, string>): Promise<Answer>;
  token(person: string): Promise<string>;
  /** Resolves when every follower has handled everything that is in the plan's ledger now. */
  caughtUp(plan: string): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests read answers of many shapes; each says what it expects of it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface TestAppOptions {
  readonly services: readonly ServiceModule[];
  /** Loads plans into the platform before the services start. */
  readonly prepare: (platform: OpenPlatform) => Promise<void>;
  readonly clock?: (plan: string) => number;
  /** Opens what the system stands on; default the embedded profile. */
  readonly open?: (folder: string, clock: (plan: string) => number) => OpenPlatform | Promise<OpenPlatform>;
  /** Kept when given; else a temporary folder that close() removes. */
  readonly dataDir?: string;
}

export async function startTestApp({
  services,
  prepare,
  clock = () => Date.now(),
  open = (folder, now) => openEmbedded(folder, undefined, now),
  dataDir,
}: TestAppOptions): Promise<TestApp> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'planledger-'));
  const platform = await open(folder, clock);
  await prepare(platform);
  // The page at /docs loads its files in a way that the test runner's modules do not have; readme.spec.ts starts the real thing.
  const app = await createApp(platform, services, { docs: false });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const tokens = new Map<string, string>();
  async function token(person: string): Promise<string> {
    const known = tokens.get(person) ?? (await platform.demo?.issue(person)) ?? '';
    tokens.set(person, known);
    return known;
  }

  return {
    url,
    platform,
    token,
    document: async () => (await fetch(`${url}/openapi.json`)).json() as Promise<Record<string, unknown>>,
    ...talkTo(url, token),
    caughtUp: async (plan) => {
      const { position } = await platform.ledger.head(plan);
      // Positions, not time: the relay has published the head, and no follower has anything left.
      while (
        (platform.relays.get(plan)?.position() ?? 0) < position ||
        [...platform.desks.values()].some((desk) => desk.lag() > 0)
      ) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => {
      await app.close();
      await platform.close();
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Requests to a system by its demo people. */
export function talkTo(url: string, token: TestApp['token']): Pick<TestApp, 'post' | 'get'> {
  let keys = 0;

  async function answerOf(response: Response): Promise<Answer> {
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json') && !text.includes('\n{');
    return { status: response.status, headers: response.headers, body: json && text !== '' ? JSON.parse(text) : text };
  }

  return {
    post: async (person, path, body, key = `test-key-${++keys}`, headers = {}) =>
      answerOf(
        await fetch(`${url}${path}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await token(person)}`,
            'idempotency-key': key,
            'content-type': 'application/json',
            ...headers,
          },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    get: async (person, path, headers = {}) => {
      const signed: Record<string, string> =
        person === undefined ? {} : { authorization: `Bearer ${await token(person)}` };
      return answerOf(await fetch(`${url}${path}`, { headers: { ...signed, ...headers } }));
    },
  };
}
