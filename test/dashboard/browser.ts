import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { serve } from '../system/walk.js';

/** Debian's own; a browser that a test tool downloads is not to be had everywhere. */
const CHROMIUM = '/usr/bin/chromium';
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-component-update', '--disable-sync', ...QUIET];

export const DESKTOP = { width: 1280, height: 900 };
export const WIDE = { width: 1920, height: 1080 };
export const PHONE = { width: 390, height: 844 };

/** The demo plan's screens. */
export const DEMO = '/kaifeng-145-demo';

/** The system as `npm start` starts it, and a real browser before it. */
export interface Dashboard {
  readonly url: string;
  /** A window of somebody's own, signed in; `path`: where it opens, e.g. `${DEMO}/overview`. */
  window(person: string, path: string, size?: { width: number; height: number }): Promise<Page>;
  /** A window in which nobody is signed in. */
  strangersWindow(path: string): Promise<Page>;
  /** What the pages complained of since the last call: exceptions, errors and warnings of the console. */
  complaints(): string[];
  stop(): Promise<void>;
}

export async function openDashboard(): Promise<Dashboard> {
  const served = await serve();
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const complained: string[] = [];

  async function blank(size = DESKTOP): Promise<Page> {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: size, baseURL: served.url });
    const page = await context.newPage();
    page.on('pageerror', (error) => complained.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complained.push(message.text());
    });
    return page;
  }
  return {
    url: served.url,
    async window(person, path, size) {
      const page = await blank(size);
      const answer = await fetch(`${served.url}/api/demo/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ person }),
      });
      const { token } = (await answer.json()) as { token: string };
      await page.addInitScript(`sessionStorage.setItem('planledger.token', ${JSON.stringify(token)})`);
      await page.goto(path);
      return page;
    },
    async strangersWindow(path) {
      const page = await blank();
      await page.goto(path);
      return page;
    },
    complaints: () => complained.splice(0),
    async stop() {
      await browser.close();
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
