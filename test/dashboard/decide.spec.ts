import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { DEMO, type Dashboard, openDashboard, PHONE, violations } from './browser.js';

const CLERK = 'clerk-education-410212';
const UNIT = '410212-education';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(async () => {
  await dashboard.stop();
});

beforeEach(() => void dashboard.complaints());

interface Planned {
  readonly milestones: readonly { milestone: string; due: string; designed: number }[];
  readonly outputs: readonly { measure: string; quantity: number; due: string; unit: string }[];
}
interface Project {
  readonly baselines: { readonly b0: Planned; readonly current: Planned } | null;
}
const plain = ({ milestones, outputs }: Planned, due: string) => ({
  milestones: milestones.map(({ milestone, designed }) => ({
    ...{ milestone, due },
    ...(designed && { designed }),
  })),
  outputs: outputs.map(({ measure, quantity, unit }) => ({
    ...{ measure, quantity, due },
    ...(unit && { unit }),
  })),
});
const button = (place: Page | Locator, name: string): Locator => place.getByRole('button', { name, exact: true });

test('a re-baselining that a clerk asks for waits on the commission’s screen with what it moves, and its approval moves the current plan and never B0', async () => {
  const { projects } = await dashboard.asked<{ projects: readonly { stream: string; name: string }[] }>(
    'commission',
    'projects?sector=education&county=410212&stage=building&limit=200',
  );
  const [{ stream, name }] = projects as [{ stream: string; name: string }];
  const at = stream.replace('project/', 'projects/');
  const { baselines } = await dashboard.asked<Project>(CLERK, at);
  const later = plain(baselines!.current, '2026-06-30');
  const reason = '用地手续较计划延后办结，后续工期顺延。';
  await dashboard.asked(CLERK, `${at}/rebaseline`, { occurredOn: '2025-10-31', why: 'land', reason, ...later });

  const page = await dashboard.window('commission', `${DEMO}/requests`);
  const request = page.getByRole('article', { name });
  await request.getByText(reason).waitFor();
  await request.getByText('用地', { exact: false }).first().waitFor();
  await request
    .getByRole('row', { name: /2026-06-30/ })
    .first()
    .waitFor();
  expect(await violations(page)).toEqual([]);

  await request.getByLabel(`批准：${name}`, { exact: true }).click();
  const form = request.locator('form');
  await button(form, '批准').click();
  // The browser asks for the document before anything is sent.
  expect(
    await form
      .getByLabel('文号')
      .evaluate((field) => (field as unknown as { validity: { valueMissing: boolean } }).validity.valueMissing),
  ).toBe(true);
  await form.getByLabel('文号').fill('汴发改〔2025〕96号');
  await button(form, '批准').click();
  await page.getByRole('status').getByText(`批准 · ${name}`).waitFor();
  await request.waitFor({ state: 'detached' });
  const after = await dashboard.asked<Project>(CLERK, at);
  expect(after.baselines!.b0).toEqual(baselines!.b0);
  expect(after.baselines!.current.milestones.map(({ due }) => due)).toContain('2026-06-30');
  expect(dashboard.complaints()).toEqual([]);
});

test('a target is decomposed by a form that the surface itself describes; what is wrong is said at its field and loses nothing', async () => {
  const page = await dashboard.window('commission', `${DEMO}/commands`);
  await page.getByRole('link', { name: '分解目标到县（区）' }).click();
  const form = page.getByRole('form', { name: '分解目标到县（区）' });
  await form.getByLabel('文号').fill('汴发改〔2025〕97号');
  await form.getByLabel('产出量').fill('B2-1.schools');
  const counties = form.getByRole('group', { name: /分解到县（区）/ });
  await counties.getByLabel('县（区）', { exact: false }).first().fill('410212');
  await counties.getByLabel('目标值').first().fill('三十');
  await button(form, '分解到县（区）：增加一行').click();
  await counties.getByLabel('目标值').nth(1).waitFor();
  await button(form, '分解到县（区）：删除第 2 行').click();
  expect(await violations(page)).toEqual([]);
  await button(form, '提交').click();
  await form.getByText('格式不对，请按说明填写。').waitFor();
  expect(await form.locator('[aria-invalid="true"]').inputValue()).toBe('三十');

  // What was typed is there after the page was left, too.
  await page.reload();
  await counties.getByLabel('目标值').first().waitFor();
  expect(await counties.getByLabel('目标值').first().inputValue()).toBe('三十');
  await counties.getByLabel('目标值').first().fill('30');
  await button(form, '提交').click();
  await page.getByRole('status').getByText('分解目标到县（区）').waitFor();
  // The refused request is a complaint of the browser's own.
  expect(dashboard.complaints().filter((line) => !line.includes('400'))).toEqual([]);
});

test('a supervision is written as a letter, escalated and closed on evidence; a finding is put right where its unit sees it', async () => {
  const supervised = { title: '祥符区学校建设进度迟缓', toUnit: UNIT, due: '2025-11-30', reason: '连续两月未见进度。' };
  await dashboard.asked('commission', 'cases', { occurredOn: '2025-10-31', ...supervised });
  const found = { title: '校舍面积与批复不符', toUnit: UNIT, due: '2025-11-20', reason: '请核对。', entries: [3000] };
  await dashboard.asked('auditor', 'findings', { occurredOn: '2025-10-31', ...found });

  const clerk = await dashboard.window(CLERK, `${DEMO}/due`);
  const mine = clerk.getByRole('listitem').filter({ hasText: found.title });
  await mine.getByRole('link', { name: '审计发现整改' }).click();
  const rectify = clerk.getByRole('form', { name: '审计发现整改' });
  await rectify.getByText(found.title).waitFor();
  expect(await violations(clerk)).toEqual([]);
  await rectify.getByLabel('台账记录').first().fill('3000');
  await rectify.getByLabel('理由').fill('面积已按竣工测绘更正。');
  await button(rectify, '提交').click();
  await clerk.getByRole('status').getByText('审计发现整改').waitFor();

  const page = await dashboard.window('commission', `${DEMO}/lamps?list=cases`);
  const row = page.getByRole('row', { name: new RegExp(supervised.title) });
  await row.getByRole('link', { name: '督办函' }).click();
  await page.getByRole('heading', { name: '督办函' }).waitFor();
  await page.getByText('请于 2025-11-30 前办结').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.goBack();
  await row.getByRole('link', { name: '督办升级' }).click();
  const escalate = page.getByRole('form', { name: '督办升级' });
  await escalate.getByLabel('层级').selectOption({ label: '分管副市长' });
  await button(escalate, '提交').click();
  await page.getByRole('status').getByText('督办升级').waitFor();
  await page.getByRole('link', { name: '销号' }).click();
  const close = page.getByRole('form', { name: '销号' });
  await close.getByText(supervised.title).waitFor();
  await close.getByLabel('理由').fill('已现场核查，予以销号。');
  await button(close, '提交').click();
  await close.getByText('佐证').first().waitFor();
  await close.getByRole('alert').waitFor();
  await close
    .getByLabel('添加佐证文件')
    .setInputFiles({ name: '核查报告.txt', mimeType: 'text/plain', buffer: Buffer.from('已核查') });
  await close.getByText('核查报告.txt', { exact: true }).waitFor();
  await button(close, '提交').click();
  await page.getByRole('status').getByText('销号').first().waitFor();
  expect(dashboard.complaints().filter((line) => !/4\d\d/.test(line))).toEqual([]);
});

test('a project that was registered and not planned yet has its page', async () => {
  const registered = { name: '祥符区第十小学新建项目', sector: 'education', county: '410212', nature: 'new' };
  const { entries } = await dashboard.asked<{ entries: readonly [{ stream: string }] }>(CLERK, 'projects', {
    ...{ occurredOn: '2025-10-30', ...registered, template: 'building', publicity: 'public' },
  });
  const page = await dashboard.window('commission', `${DEMO}/${entries[0].stream.replace('project/', 'projects/')}`);
  await page.getByRole('heading', { level: 1, name: registered.name }).waitFor();
  await page.getByText('项目登记').first().waitFor();
  // Figures of what is not planned are not there; the browser says so of each.
  expect(dashboard.complaints().filter((line) => !line.includes('404'))).toEqual([]);
});

test('a filter that somebody comes back to is kept under a name', async () => {
  const page = await dashboard.window('commission', `${DEMO}/projects?sector=health&stage=building`);
  await page.getByLabel('常用筛选').fill('在建的医院');
  await button(page, '保存当前筛选').click();
  await page.goto(`${DEMO}/projects`);
  await page.getByRole('link', { name: '在建的医院' }).click();
  await page.waitForURL(/sector=health/);
  expect(await page.getByLabel('领域').inputValue()).toBe('health');
  await button(page, '删除“在建的医院”').click();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('link', { name: '在建的医院' }).count()).toBe(0);
});

test.each([
  ['祥符区教育体育局填报员', '我的待办'],
  ['祥符区教育体育局审核员', '我的待办'],
  ['开封市教育体育局核验员', '我的待办'],
  ['祥符区发展和改革委员会专员', '总览驾驶舱'],
  ['开封市发展和改革委员会专员', '总览驾驶舱'],
  ['开封市审计局审计员', '审计回放'],
])('%s signs in and is at his own desk', async (name, heading) => {
  const page = await dashboard.home(name);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  expect(dashboard.complaints()).toEqual([]);
});

test('whoever runs the system signs in and is told in words that the plan’s figures are not his', async () => {
  const page = await dashboard.home('系统运维员');
  await page.getByText('您的角色（运维员）不能使用这一页。').waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, '退出登录').click();
  await page.waitForURL('**/sign-in');
});

test('on a phone a command’s form stays within the page', async () => {
  const page = await dashboard.window('commission', `${DEMO}/commands/approveThresholds`, PHONE);
  await page.getByRole('form').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
  expect(await violations(page)).toEqual([]);
});
