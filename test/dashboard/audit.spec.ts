import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { DEMO, type Dashboard, openDashboard, violations } from './browser.js';

/** The walk's house, its clerk, and the entry of 14 April that her finding stands on. */
const HOUSE = 'pw3161569rq26';
const CLERK = 'clerk-elderly-care-410212';
const OPENED = 3021;
const JULY = '2025-07-31T23:59:59%2B08:00';

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

const ask = <T>(path: string): Promise<T> => dashboard.asked<T>('auditor', path);

interface Completion {
  headline: { programmes: { figures: { b0: { verified: { percent: string } } } } };
}
const shareIn = ({ headline }: Completion): string => `${headline.programmes.figures.b0.verified.percent}%`;

const choice = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
/** The figures of one line of the state, in the order of its columns. */
const line = (page: Page, name: string) => page.getByRole('row', { name }).first().getByRole('button');

/** One window all through the replay, as an auditor would have it: what it shows goes on from one test to the next. */
let replay: Page;

test('the auditor goes back in time and sees the old number beside today’s', async () => {
  const [then, now] = [
    shareIn(await ask<Completion>('replay/completion?at=2000')),
    shareIn(await ask<Completion>('completion')),
  ];
  replay = await dashboard.window('auditor', `${DEMO}/replay?from=2000`);
  const shares = line(replay, '加权完成率');
  await shares.filter({ hasText: then }).waitFor();
  await shares.filter({ hasText: now }).waitFor();
  expect(then).not.toBe(now);
  expect(await shares.allTextContents()).toEqual([then, now]);
  expect(await violations(replay)).toEqual([]);
});

test('a day chosen is the last entry that was recorded by it, and the handle goes on by keyboard', async () => {
  const { from } = await ask<{ from: { position: number } }>(`diff?from=${JULY}&project=${HOUSE}`);
  await replay.getByLabel('起点日期').fill('2025-07-31');
  await replay.waitForURL(`**from=${from.position}&to=*`);
  const handle = replay.getByRole('slider', { name: '起点' });
  await handle.press('ArrowRight');
  await replay.waitForURL(`**from=${from.position + 1}&to=*`);
  await replay
    .getByText(`第 ${from.position + 1} 条 · 2025-08-`)
    .first()
    .waitFor();
  expect(await handle.getAttribute('aria-valuetext')).toContain(`第 ${from.position + 1} 条`);
});

test('the difference to today is told in words, each side with its explanation of that moment', async () => {
  await replay.getByRole('button', { name: '比较起点和终点' }).click();
  const houses = replay.getByRole('row', { name: '社区养老服务设施和农村幸福院' });
  await houses.getByText('计入量（所）变化').waitFor();
  const [then, now] = await houses.getByRole('button').allTextContents();
  expect([then?.trim(), now?.trim()]).toEqual(['12', '11']);
  await replay.getByText('十二号幸福院与邻村站点合并运营，系重复填报，申请撤回。').waitFor();
  expect(await violations(replay)).toEqual([]);
  await houses.getByRole('button').first().click();
  const drawer = replay.getByRole('dialog');
  await drawer.getByText('回放：系统记录到第').waitFor();
  await drawer.getByText('12 所').first().waitFor();
});

test('that figure is followed to an entry, the way down stays in sight, and closing leads back to the figure', async () => {
  const drawer = replay.getByRole('dialog');
  await drawer.getByRole('button', { name: '社区养老服务设施和农村幸福院', exact: true }).click();
  await drawer.getByRole('button', { name: 'house-410212-10' }).click();
  await drawer
    .getByRole('button', { name: /^第 \d+ 条$/ })
    .last()
    .click();
  await drawer.getByRole('heading', { name: '产出核验' }).waitFor();
  const way = drawer.getByRole('navigation', { name: '溯源路径' });
  expect(await way.getByRole('listitem').count()).toBe(4);
  expect(await violations(replay)).toEqual([]);
  await drawer.getByText('原始内容与校验值').click();
  await drawer.getByText(/^[0-9a-f]{64}$/).waitFor();
  await way.getByRole('button', { name: '社区养老服务设施和农村幸福院' }).first().click();
  await drawer.getByRole('heading', { name: '社区养老服务设施和农村幸福院 已计入' }).waitFor();
  await replay.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  const figure = replay.getByRole('row', { name: '社区养老服务设施和农村幸福院' }).getByRole('button').first();
  expect(await figure.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
});

test('entries are searched by what they are and where, and each opens readable', async () => {
  const page = await dashboard.window('auditor', `${DEMO}/entries`);
  await choice(page, '事件类型').selectOption({ label: '产出交付' });
  await choice(page, '领域').selectOption({ label: '养老服务' });
  await page.getByLabel('报送月份').fill('2025-04');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByText('祥符区十二号幸福院').waitFor();
  const found = await ask<{ entries: unknown[] }>('entries?type=outputDelivered&sector=elderly-care&period=2025-04');
  expect(await page.getByRole('row').count()).toBe(found.entries.length + 1);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('row', { name: '祥符区十二号幸福院' }).getByRole('link', { name: '产出交付' }).click();
  await page.getByText('建筑面积（平方米）').waitFor();
  await page.getByRole('link', { name: '祥符区农村幸福院二期建设项目' }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('every type of entry that the ledger holds has its Chinese words', async () => {
  const page = await dashboard.window('auditor', `${DEMO}/entries?page=1`);
  await page.getByRole('heading', { name: '台账检索' }).waitFor();
  const types = await choice(page, '事件类型')
    .getByRole('option')
    .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''));
  const samples: number[] = [];
  for (const type of types.slice(1)) {
    const { entries } = await ask<{ entries: { position: number }[] }>(`entries?type=${type}&limit=1`);
    if (entries[0]) samples.push(entries[0].position);
  }
  expect(samples.length).toBeGreaterThan(50);
  for (const position of samples) {
    // Within the page: it need not be loaded anew for each of them.
    const path = `${DEMO}/entries/${position}`;
    await page.evaluate(
      `history.pushState({}, '', '${path}'); dispatchEvent(new PopStateEvent('popstate', { state: {} }))`,
    );
    const article = page.getByRole('article');
    await article.getByRole('heading', { level: 1, name: `第 ${position} 条` }).waitFor();
    // Names of thresholds are codes, with a slash in them.
    const labels = (await article.locator('.lines .label').allTextContents()).filter((label) => !label.includes('/'));
    expect({ position, told: labels.join(' ') }).toEqual({ position, told: expect.not.stringMatching(/[a-z]{4,}/i) });
  }
}, 60_000);

test('a project’s story strikes through what was taken back, and shows the state at any point of it', async () => {
  const page = await dashboard.window('auditor', `${DEMO}/stories/${HOUSE}`);
  await page.getByRole('heading', { name: '项目履历：祥符区农村幸福院二期建设项目' }).waitFor();
  const twelfth = page.getByRole('listitem').filter({ hasText: '产出交付 祥符区十二号幸福院' });
  await twelfth.getByText('已撤回').waitFor();
  expect(await twelfth.locator('del').last().textContent()).toContain('祥符区十二号幸福院');
  await page.getByText('已交付产出（3 个）').waitFor();
  await twelfth.getByRole('button', { name: '看当时状态' }).click();
  await page.getByText('已交付产出（4 个）').waitFor();
  expect(await violations(page)).toEqual([]);
});

test('a finding is raised on an entry, seen rectified by which entries, and seen closed', async () => {
  const page = await dashboard.window('auditor', `${DEMO}/entries/${OPENED}`);
  await page.getByRole('link', { name: '据此提出审计发现' }).click();
  await page.getByLabel('发现事项').fill('幸福院投用日期早于启用登记');
  await page.getByLabel('整改期限').fill('2025-11-20');
  await page.getByLabel('情况说明').fill('启用登记簿载明5月6日投用。');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '提交发现' }).click();
  await page.getByText('审计发现已提出').waitFor();
  const finding = new URL(page.url()).searchParams.get('finding') ?? '';
  const row = page.getByRole('row', { name: '幸福院投用日期早于启用登记' });
  expect(await row.textContent()).toContain('待整改');

  const rectified = { occurredOn: '2025-10-31', entries: [OPENED], reason: '已按启用登记簿更正投用日期。' };
  await dashboard.asked(CLERK, `findings/${finding}/rectify`, rectified);
  await page.reload();
  await row.getByText('已整改，待销号').waitFor();
  const detail = page.getByRole('region', { name: '幸福院投用日期早于启用登记' });
  await detail.getByText('已按启用登记簿更正投用日期。').waitFor();
  expect(await detail.getByRole('button', { name: `第 ${OPENED} 条` }).count()).toBe(2);

  const commission = await dashboard.window('commission', `${DEMO}/findings?finding=${finding}`);
  await commission.getByLabel('销号意见').fill('更正属实，予以销号。');
  await commission.getByRole('button', { name: '销号' }).click();
  await commission.getByRole('alert').getByText('佐证材料').waitFor();
  expect(dashboard.complaints()).toEqual([expect.stringContaining('422')]);
  await commission
    .getByLabel('佐证材料')
    .setInputFiles({ name: '启用登记簿.pdf', mimeType: 'application/pdf', buffer: Buffer.from('5月6日') });
  await commission.getByLabel('存放处').fill('市发改委档案室');
  await commission.getByRole('button', { name: '销号' }).click();
  await commission.getByText('审计发现已销号').waitFor();
  expect(await violations(commission)).toEqual([]);
  await page.reload();
  await row.getByText('已销号').waitFor();
});

test('who may not replay is told so in words', async () => {
  const page = await dashboard.window(CLERK, `${DEMO}/replay`);
  await page.getByRole('heading', { name: '您的角色（填报员）不能使用这一页。' }).waitFor();
  expect(await violations(page)).toEqual([]);
});
