import { randomUUID } from 'node:crypto';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { serve } from '../system/walk.js';

/** Debian's own; a browser that a test tool downloads is not to be had everywhere. */
const CHROMIUM = '/usr/bin/chromium';
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-component-update', '--disable-sync', ...QUIET];

interface Size {
  readonly width: number;
  readonly height: number;
}
export const DESKTOP = { width: 1280, height: 900 };
export const WIDE = { width: 1920, height: 1080 };
export const PHONE = { width: 390, height: 844 };

/** The demo plan's screens. */
export const DEMO = '/kaifeng-145-demo';

/** A real browser before the pages of `url`. */
export interface Windows {
  /** Somebody's own, in which nobody is signed in and no page is open yet. */
  blank(size?: Size): Promise<Page>;
  /** What the pages complained of since the last call: exceptions, errors and warnings of the console. */
  complaints(): string[];
  close(): Promise<void>;
}

export async function openWindows(url: string): Promise<Windows> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const complained: string[] = [];
  return {
    async blank(size = DESKTOP) {
      const context = await browser.newContext({ locale: 'zh-CN', viewport: size, baseURL: url });
      const page = await context.newPage();
      page.on('pageerror', (error) => complained.push(error.message));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complained.push(message.text());
      });
      return page;
    },
    complaints: () => complained.splice(0),
    close: () => browser.close(),
  };
}

/** The system as `npm start` starts it, and a real browser before it. */
export interface Dashboard {
  readonly url: string;
  /** A window of somebody's own, signed in; `path`: where it opens, e.g. `${DEMO}/overview`. */
  window(person: string, path: string, size?: Size): Promise<Page>;
  /** A window in which somebody comes by the sign-in, as `name` calls him there, to the `path` that he asked for. */
  arrival(name: string, path: string, size?: Size): Promise<Page>;
  /** The same of who asks for no page, and comes to where his work begins. */
  home(name: string): Promise<Page>;
  /** What a path of the demo plan answers a person, or answers what he posts to it. Throws for a refusal. */
  asked<T = Record<string, unknown>>(person: string, path: string, body?: object): Promise<T>;
  readonly complaints: Windows['complaints'];
  stop(): Promise<void>;
}

export async function openDashboard(): Promise<Dashboard> {
  const served = await serve();
  const { blank, complaints, close } = await openWindows(served.url);
  const post = (url: string, body: object, more = {}): Promise<Response> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...more };
    return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const tokenOf = async (person: string): Promise<string> =>
    ((await (await post(`${served.url}/api/demo/token`, { person })).json()) as { token: string }).token;
  return {
    url: served.url,
    async window(person, path, size) {
      const page = await blank(size);
      await page.addInitScript(`sessionStorage.setItem('planledger.token', ${JSON.stringify(await tokenOf(person))})`);
      await page.goto(path);
      return page;
    },
    async arrival(name, path, size) {
      const page = await blank(size);
      await page.goto(path);
      await page.getByRole('button', { name }).click();
      await page.waitForURL(`**${path}`);
      return page;
    },
    async home(name) {
      const page = await blank();
      await page.goto('/');
      await page.getByRole('button', { name }).click();
      await page.waitForURL(`**${DEMO}/**`);
      return page;
    },
    async asked<T>(person: string, path: string, body?: object): Promise<T> {
      const headers = { authorization: `Bearer ${await tokenOf(person)}` };
      const url = `${served.url}/api/plans${DEMO}/${path}`;
      const answer = await (body ? post(url, body, headers) : fetch(url, { headers }));
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as T;
    },
    complaints,
    async stop() {
      await close();
      await served.stop();
    },
  };
}

/** What axe holds against the page that is serious or worse (WCAG 2 A and AA), each with where it is; none for a good page. */
export async function violations(page: Page): Promise<string[]> {
  // By the page's own policy no script may be added to it; the tool may.
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; impact: string; at: string[] }[], undefined>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(({ violations }) =>
       violations.map(({ id, impact, nodes }) => ({ id, impact, at: nodes.map(({ target, failureSummary }) => target.join(' ') + ': ' + failureSummary) })))`,
    undefined,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, at }) => at.map((where) => `${id}: ${where}`));
}
