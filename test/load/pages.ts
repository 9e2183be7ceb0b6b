import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { DEMO, openWindows, type Windows } from '../dashboard/browser.js';
import { PLAN, quantiles } from './fixture.js';
import { type Server, startServer } from './http.js';
import { ensureHistory } from './scale.js';

const OPENED = 5;
const TURNS = 5;
const OVERVIEW = `${DEMO}/overview`;
const TRIPLE = '.triple .verdicts button.figure';
/** Long enough for the tables beneath the headline to be asked again and drawn after a live event. */
const SETTLED_MS = 5_000;

const ms = (value: number): string => `${Math.round(value)} ms`;
const kib = (bytes: number): string => `${Math.round(bytes / 1_024)} KiB`;

/**
 * The pages in a real browser, before a ledger of so many entries; a line for each figure that the issue asks. `kept`: a
 * folder in which the ledger is looked for, and left.
 */
export async function measurePages(entries: number, kept: string | undefined): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'planledger-pages-'));
  const folder = join(root, 'served');
  try {
    const written = join(kept ?? root, `history-${entries}`);
    await ensureHistory(written, entries);
    // What is kept stays as it is: a change is posted to what is served.
    cpSync(written, folder, { recursive: true });
    const server = await startServer('pages-child', [folder]);
    const windows = await openWindows(server.url);
    try {
      return [
        `pages before a ledger of ${entries.toLocaleString('en')} entries (load of the machine ${loadavg()[0]?.toFixed(1)}):`,
        ...(await overview(windows, server)),
        ...(await projects(windows, server)),
        await live(windows, server),
        `load of the machine at the end: ${loadavg()[0]?.toFixed(1)}`,
      ];
    } finally {
      await windows.close();
      await server.stop();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Somebody's own window with nothing in its cache, signed in, with every long task noted. */
async function signedIn(windows: Windows, token: string): Promise<Page> {
  const page = await windows.blank();
  await page.addInitScript(`
    sessionStorage.setItem('planledger.token', ${JSON.stringify(token)});
    globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask', buffered: true });`);
  return page;
}

/** The moment, on the page's own clock since navigation, when `condition` (an expression of the page) first holds. */
const momentOf = (page: Page, condition: string): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const look = () => (${condition}) ? resolve(performance.now()) : requestAnimationFrame(look);
    look();
  })`);

const FIGURES_THERE = `document.querySelectorAll('${TRIPLE}').length >= 10`;
const EXPLAINED = `document.querySelector('[data-test=explanation]')?.textContent.trim().length > 40`;

async function overview(windows: Windows, { token }: Server): Promise<string[]> {
  const shown: number[] = [];
  const usable: number[] = [];
  let scripts = '';
  for (let round = 0; round < OPENED; round += 1) {
    const page = await signedIn(windows, token);
    await page.goto(OVERVIEW, { waitUntil: 'commit' });
    shown.push(await momentOf(page, FIGURES_THERE));
    if (round === 0) scripts = await scriptsOf(page);
    await page.evaluate(`document.querySelector('${TRIPLE}').click()`);
    usable.push(await momentOf(page, EXPLAINED));
    await page.context().close();
  }
  const [first, last] = [quantiles(shown), quantiles(usable)];
  return [
    `overview, cold cache: the triple's figures after ${ms(first.p50)} (worst ${ms(first.worst)} of ${OPENED}), a clicked one explained after ${ms(last.p50)} (worst ${ms(last.worst)}) (asked: 1,500 ms)`,
    scripts,
  ];
}

/** What of script the overview's first load took over the wire, and how it was encoded. */
async function scriptsOf(page: Page): Promise<string> {
  const loaded = await page.evaluate<{ name: string; encoded: number; decoded: number }[]>(
    `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
       .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, encoded: encodedBodySize, decoded: decodedBodySize }))`,
  );
  const sum = (of: 'encoded' | 'decoded'): number => loaded.reduce((total, one) => total + one[of], 0);
  const answer = await page.request.get(loaded[0]?.name ?? '', { headers: { 'accept-encoding': 'br, gzip' } });
  const encoding = answer.headers()['content-encoding'] ?? 'not compressed';
  return `first load of the overview: ${kib(sum('encoded'))} of script over the wire in ${loaded.length} files (${encoding}), ${kib(sum('decoded'))} unpacked (asked: 350 compressed)`;
}

interface Act {
  readonly name: string;
  readonly does: (page: Page) => Promise<unknown>;
}

const pick = (label: string, value: string) => (page: Page) =>
  page.getByRole('search').getByLabel(label).selectOption(value);
const ACTS: readonly Act[] = [
  { name: 'next page', does: (page) => page.getByRole('button', { name: '下一页' }).click() },
  { name: 'sector', does: pick('领域', 'education') },
  { name: 'sector off', does: pick('领域', '') },
  { name: 'typed name', does: (page) => page.getByRole('searchbox').pressSequentially('中学', { delay: 60 }) },
  { name: 'name off', does: (page) => page.getByRole('searchbox').fill('') },
  { name: 'stage', does: (page) => page.getByRole('button', { name: '在建', exact: true }).click() },
];

const TASKS = `longTasks.splice(0)`;
/** Notes the longest gap between two animation frames, and when rows were last changed. */
const WATCH = `
  globalThis.watched?.disconnect();
  globalThis.seen = { gap: 0, rows: 0, from: performance.now() };
  { const mine = seen; let before = performance.now();
    const frame = (now) => { if (mine !== seen) return; mine.gap = Math.max(mine.gap, now - before); before = now; requestAnimationFrame(frame); };
    requestAnimationFrame((now) => { before = now; requestAnimationFrame(frame); }); }
  globalThis.watched = new MutationObserver(() => (seen.rows = performance.now()));
  watched.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
  longTasks.length = 0;`;

/** The list of projects: turned, scrolled to its end, narrowed; how long the main thread is busy at most, and how long until the rows are there. */
async function projects(windows: Windows, { url, token }: Server): Promise<string[]> {
  const page = await signedIn(windows, token);
  await page.goto(`${DEMO}/projects`);
  await page.locator('table tbody tr').first().waitFor();
  const total = await totalOf(url, token);
  const lines: string[] = [];
  for (const act of ACTS) {
    const times: number[] = [];
    let [task, gap] = [0, 0];
    for (let round = 0; round < (act.name === 'next page' ? TURNS : 1); round += 1) {
      await page.evaluate(WATCH);
      const answered = page.waitForResponse((answer) => answer.url().includes('/projects?') && answer.ok());
      // The keys' own time is the typist's: the rows are waited for from the last key on.
      await act.does(page);
      const acted = await page.evaluate<number>('performance.now() - seen.from');
      await answered;
      await page.locator('section[aria-busy=false] table tbody tr').first().waitFor();
      await page.evaluate(`scrollTo(0, document.body.scrollHeight)`);
      await page.waitForTimeout(300);
      const seen = await page.evaluate<{ gap: number; took: number; tasks: number[] }>(
        `({ gap: seen.gap, took: seen.rows - seen.from, tasks: ${TASKS} })`,
      );
      times.push(act.name === 'typed name' ? seen.took - acted : seen.took);
      [task, gap] = [Math.max(task, ...seen.tasks), Math.max(gap, seen.gap)];
    }
    const rows = quantiles(times);
    const longest = task === 0 ? 'none over 50 ms' : ms(task);
    lines.push(
      `  ${act.name}: longest task ${longest}, longest gap between frames ${ms(gap)} (asked: 100 ms), rows there after ${ms(rows.p50)}`,
    );
  }
  await page.context().close();
  return [`projects screen of ${total.toLocaleString('en')} projects, each page scrolled to its end:`, ...lines];
}

async function totalOf(url: string, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/plans/${PLAN}/projects?limit=1`, { headers });
  return ((await answer.json()) as { total: number }).total;
}

/** Notes what is changed on the page, and whether a canvas is drawn on. */
const NOTE = `
  globalThis.noted = new Map(); globalThis.drawn = 0;
  const figures = () => new Map([...document.querySelectorAll('[data-node]')].map((one) => [one, one.textContent]));
  globalThis.figuresBefore = figures();
  globalThis.figuresNow = figures;
  for (const name of ['fillText', 'fill', 'stroke', 'clearRect']) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) { drawn += 1; return draw.apply(this, args); };
  }
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      noted.set(element, (noted.get(element) ?? 0) + 1);
    }
  }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });`;

interface Redrawn {
  readonly figures: number;
  readonly differ: number;
  readonly changed: number;
  readonly outside: string[];
  readonly drawn: number;
}
/** Of the elements that were changed, those that neither hold a figure that differs nor stand beside one in its row. */
const REDRAWN = `(() => {
  const now = figuresNow();
  const differ = [...now].filter(([one, text]) => figuresBefore.get(one) !== text).map(([one]) => one);
  const near = (element) => differ.some((one) => one.contains(element) || (one.closest('li, tr') ?? one).contains(element));
  const outside = [...noted.keys()].filter((element) => !near(element))
    .map((element) => element.tagName.toLowerCase() + (element.className ? '.' + String(element.className).replaceAll(' ', '.') : ''));
  return { figures: now.size, differ: differ.length, changed: noted.size, outside, drawn };
})()`;

/** One observation of an indicator is posted; what of the open overview is changed by it. */
async function live(windows: Windows, { url, token }: Server): Promise<string> {
  const page = await signedIn(windows, token);
  await page.goto(OVERVIEW);
  await page.locator(TRIPLE).first().waitFor();
  await page.getByText('实时', { exact: true }).waitFor();
  await page.waitForTimeout(SETTLED_MS);
  await page.evaluate(NOTE);
  await observe(url);
  await page.waitForTimeout(SETTLED_MS);
  const { figures, differ, changed, outside, drawn } = await page.evaluate<Redrawn>(REDRAWN);
  await page.context().close();
  const others = outside.length === 0 ? '' : ` (${[...new Set(outside)].join(', ')})`;
  return `a live update of one indicator: ${differ} of ${figures} figures differ, ${changed} elements changed, ${outside.length} of them outside those figures' rows${others}; calls that draw a chart: ${drawn}`;
}

async function observe(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const post = (path: string, body: object, more = {}): Promise<Response> =>
    fetch(url + path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
  const { token } = (await (await post('/api/demo/token', { person: 'verifier-health' })).json()) as { token: string };
  const answer = await post(
    `/api/plans/${PLAN}/indicators/I13/observations`,
    { period: '2024', value: '78.9', maturity: 'final', source: '市统计局', reason: '复核' },
    { authorization: `Bearer ${token}` },
  );
  if (!answer.ok) throw new Error(await answer.text());
}

/** node test/dist/load/pages.js [entries] [folder]: this part of the benchmark alone. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await measurePages(Number(process.argv[2] ?? 150_000), process.argv[3])) console.log(line);
}
