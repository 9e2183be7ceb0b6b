import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DEMO, type Dashboard, DESKTOP, openDashboard, violations } from './browser.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(async () => {
  await dashboard.stop();
});
afterEach(() => {
  expect(dashboard.complaints()).toEqual([]);
});

const asked = <T>(path: string): Promise<T> => dashboard.asked<T>('commission', path);

interface Shown {
  readonly percent: string;
}
interface Half {
  readonly verdicts: { readonly b0: { readonly verified: Record<string, number> } };
  readonly figures: { readonly b0: { readonly claimed: Shown; readonly verified: Shown } };
}
interface HeadlineAnswer {
  readonly headline: { readonly programmes: Half; readonly body: Half };
}

/** The page has no sideways scrolling, and nothing that a reader of screens would stumble over. */
async function isWhole(page: Page): Promise<void> {
  const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
  const [whole, seen] = widths as [number, number];
  expect(whole).toBeLessThanOrEqual(seen);
  expect(await violations(page)).toEqual([]);
}

test('the overview shows the triple as the surface answers it', async () => {
  const { headline } = await asked<HeadlineAnswer>('completion');
  const page = await dashboard.window('commission', `${DEMO}/overview`);
  await page.getByRole('heading', { level: 1, name: '总览驾驶舱' }).waitFor();
  const counts = page.getByRole('list', { name: '专栏工程按进展分类' });
  await counts.waitFor();
  const { verified } = headline.programmes.verdicts.b0;
  const text = (await counts.innerText()).replace(/\s+/g, ' ');
  for (const [verdict, name] of Object.entries({ done: '完成', lagging: '滞后', 'not-started': '未启动' })) {
    expect(text).toContain(`${verified[verdict]} ${name}`);
  }
  const { claimed, verified: share } = headline.body.figures.b0;
  await page.getByText(`填报 ${claimed.percent}%`).first().waitFor();
  await page.getByText(`核验 ${share.percent}%`).first().waitFor();
  await page.getByText('依据：征求意见稿（2022-03）').waitFor();
  await page.getByText('实时', { exact: true }).waitFor();
  await page.getByRole('heading', { name: '县（区）× 领域热力图：在库项目亮灯' }).waitFor();
  await isWhole(page);
});

test('what the overview loads at first holds no charts and at most 350 KiB of compressed script', async () => {
  const page = await dashboard.window('commission', `${DEMO}/overview`);
  await page.getByRole('list', { name: '专栏工程按进展分类' }).waitFor();
  const [sent, whole] = await page.evaluate<[number, number]>(
    `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).reduce(([sent, whole], each) => [sent + each.encodedBodySize, whole + each.decodedBodySize], [0, 0])`,
  );
  expect(sent).toBeLessThanOrEqual(350 * 1024);
  expect(sent).toBeLessThan(whole / 2);
});

test('an item is read down to its measures in the plan’s own words, with its doubts and its projects', async () => {
  const page = await dashboard.window('commission', `${DEMO}/items`);
  await page.getByRole('navigation', { name: '规划任务' }).getByRole('link', { name: /B2-1/ }).click();
  await page.getByRole('heading', { level: 2, name: /基础教育优质均衡发展工程/ }).waitFor();
  await page.getByText('200 所左右中小学校').first().waitFor();
  await isWhole(page);
  await page.getByRole('link', { name: '查看项目' }).click();
  await page.getByRole('heading', { level: 1, name: '项目库' }).waitFor();
  expect(await page.getByLabel('规划任务').first().inputValue()).toBe('B2-1');
  await page.goto(`${DEMO}/items/T10-2`);
  await page
    .getByText(/^口径疑义：/)
    .first()
    .waitFor();
});

test('an indicator is picked, and its observations stand beside the path that is expected', async () => {
  const page = await dashboard.window('commission', `${DEMO}/indicators`);
  await page.getByRole('button', { name: '劳动年龄人口平均受教育年限（年）', exact: true }).click();
  await page
    .getByRole('img', { name: /核定值与应达路径/ })
    .locator('canvas')
    .waitFor();
  await page.getByRole('rowheader', { name: '2024' }).waitFor();
  await isWhole(page);
});

test('the list of projects is narrowed by stage, sector and lamp, and the page that is shown is kept as a file', async () => {
  const { total } = await asked<{ total: number }>('projects?stage=building&sector=education&limit=1');
  const page = await dashboard.window('commission', `${DEMO}/projects`);
  await page.getByRole('group', { name: '阶段' }).getByRole('button', { name: '在建' }).click();
  await page.getByLabel('领域').selectOption({ label: '现代教育' });
  await page.getByText(`共 ${total} 个项目`).waitFor();
  await isWhole(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出本页（CSV）' }).click();
  expect((await download).suggestedFilename()).toMatch(/^项目库-2025-10-31-1\.csv$/);
});

test('a project shows its milestones by B0, current baseline and what happened, its units and its history', async () => {
  const { projects } = await asked<{
    projects: { stream: string; name: string; progress: { verified: Shown } }[];
  }>('projects?sector=education&stage=in-use&limit=1');
  const [first] = projects;
  const page = await dashboard.window('commission', `${DEMO}/projects/${first?.stream.slice(8)}`);
  await page.getByRole('heading', { level: 1, name: first?.name ?? '' }).waitFor();
  await page.getByRole('img', { name: /甘特图/ }).waitFor();
  await page.getByText(`${first?.progress.verified.percent}%`).first().waitFor();
  await page.getByRole('cell', { name: '项目登记' }).waitFor();
  await isWhole(page);
  await page
    .getByRole('button', { name: /^第 \d+ 条$/ })
    .first()
    .click();
  await page.getByRole('heading', { name: /第 \d+ 条/ }).waitFor();
});

test('red lamps say which rule fired, and the commission issues a supervision from there', async () => {
  const page = await dashboard.window('commission', `${DEMO}/lamps`);
  await page
    .getByText(/^进度灯：应完成/)
    .first()
    .waitFor();
  await isWhole(page);
  await page.getByRole('row').filter({ hasText: '进度灯' }).first().getByRole('button', { name: '督办' }).click();
  await page.getByLabel('督办事项').fill('进度滞后，限期赶工并报送计划');
  await page.getByLabel('责任单位').selectOption({ label: '祥符区 · 现代教育' });
  await page.getByLabel('整改期限').fill('2025-11-30');
  await isWhole(page);
  await page.getByRole('button', { name: '下达', exact: true }).click();
  await page.getByText(/^已下达：第 \d+ 条/).waitFor();
  await page.getByRole('rowheader', { name: /进度滞后，限期赶工并报送计划/ }).waitFor();
});

test('who may not supervise is offered no form for it', async () => {
  const page = await dashboard.window('clerk-education-410212', `${DEMO}/lamps?list=cases`);
  await page.getByRole('heading', { name: '督办', exact: true }).waitFor();
  expect(await page.getByRole('button', { name: '下达', exact: true }).count()).toBe(0);
});

test.each([
  ['elements', '要素保障', /要素未落实（\d+ 条）/],
  ['gaps', '规划外与规划落空', /没有关联的在库项目/],
  ['evaluation?kind=final', '中期与终期评估', /附件三/],
])('%s is whole', async (path, title, text) => {
  const page = await dashboard.window('commission', `${DEMO}/${path}`, DESKTOP);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByText(text).first().waitFor();
  await isWhole(page);
});
