import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { DEMO, type Dashboard, openDashboard, PHONE, violations, WIDE } from './browser.js';

const CLERK = 'clerk-education-410212';
const NAME = '祥符区朱仙镇木版年画研学游实训基地改建项目';
const BASE = '朱仙镇木版年画研学游实训基地';
const MEASURE = '继续教育研学游实训基地';
const MONTH = '2025-10 月报 · 祥符区 · 现代教育';
/** Of the demo plan's renovation template, in its order; 主体或改造 is reported as a quantity. */
const STEPS = ['立项', '设计及概算', '施工许可', '开工', '主体或改造', '竣工验收', '投用'];

let dashboard: Dashboard;
let clerk: Page;
let verifier: Page;
let project = '';
beforeAll(async () => {
  dashboard = await openDashboard();
  await dashboard.asked('commission', 'periods/2025-10/open', {
    ...{ occurredOn: '2025-10-31', unit: '410212-education', sector: 'education', county: '410212', due: '2025-11-10' },
  });
});
afterAll(async () => {
  await dashboard.stop();
});

const entries = async (): Promise<number> =>
  (await dashboard.asked<{ version: number }>(CLERK, `projects/${project}`)).version;

const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
const receipts = (page: Page): Locator => page.getByRole('status');
/** Unfolds a command and answers its form. */
async function unfolded(page: Page, label: string): Promise<Locator> {
  const action = page.getByRole('group').filter({ has: page.getByLabel(label, { exact: true }) });
  await page.getByLabel(label, { exact: true }).click();
  return action.last().locator('form');
}
/** Unfolds a command, fills its form and sends it; the receipt of it is waited for. */
async function does(page: Page, what: string, about: string, filled: Record<string, string> = {}): Promise<void> {
  const form = await unfolded(page, `${what}：${about}`);
  for (const [label, value] of Object.entries(filled)) await form.getByLabel(label).fill(value);
  await form.getByRole('button', { name: what }).click();
  await receipts(page).getByText(`${what} · ${about}`).first().waitFor();
}

async function register(): Promise<void> {
  await clerk.getByLabel('项目名称').fill(NAME);
  await clerk.getByLabel('项目类型').selectOption({ label: '改造、周转宿舍' });
  await clerk.getByLabel('建设性质').selectOption({ label: '改造提升' });
  await clerk.getByLabel('批复概算').fill('2400000');
  expect(await violations(clerk)).toEqual([]);
  await clerk.getByRole('button', { name: '登记项目' }).dblclick();
  await clerk.waitForURL(/project=/);
  project = new URL(clerk.url()).searchParams.get('project') ?? '';

  await clerk.getByLabel('规划任务').selectOption('B2-4');
  await clerk.getByText('5 所左右继续教育研学游实训基地').waitFor();
  await clerk.getByRole('button', { name: '挂接规划任务' }).click();

  for (const [index, step] of STEPS.entries()) {
    const group = clerk.getByRole('group', { name: step, exact: true });
    await group.getByLabel('计划完成日期').fill(`2025-10-${10 + index}`);
  }
  await clerk.getByLabel('设计工程量').fill('960');
  await clerk
    .getByRole('group', { name: new RegExp(MEASURE) })
    .getByLabel('数量')
    .fill('1');
  await clerk.getByRole('button', { name: '编制里程碑计划' }).click();
  await receipts(clerk).getByText(`project/${project} 第 3 版`).waitFor();
  await clerk.getByRole('link', { name: '去填报' }).click();
}

test('a clerk registers and claims, her approver signs, the bureau’s verifier verifies, the commission’s open page changes and leads down to the entry, and the auditor sees the number of before', async () => {
  const commission = await dashboard.arrival('开封市发展和改革委员会专员', `${DEMO}/overview`, WIDE);
  const share = commission.getByTitle('查看“专栏工程 加权完成率”的来源').first();
  const old = await share.innerText();
  await commission.getByText('实时', { exact: true }).waitFor();
  await commission.evaluate('globalThis.isTheSamePage = true');

  clerk = await dashboard.arrival('祥符区教育体育局填报员', `${DEMO}/register`, PHONE);
  await register();
  await does(clerk, '里程碑填报', '立项', { 业务日期: '2025-10-09' });
  await row(clerk, '立项').getByText('已填报 2025-10-09，待核验').waitFor();
  await does(clerk, `交付：${MEASURE}（所）`, NAME, {
    ...{ 业务日期: '2025-10-29', 单元编号: 'zhuxian-base', 单元名称: BASE, 产出量: '1' },
  });
  expect(
    await receipts(clerk)
      .getByText(/^[0-9a-f]{64}$/)
      .count(),
  ).toBe(2);
  await clerk.goto(`${DEMO}/periods`);
  await does(clerk, '报送月报', MONTH);

  const approver = await dashboard.arrival('祥符区教育体育局审核员', `${DEMO}/due`);
  await approver.getByRole('link', { name: MONTH }).click();
  await does(approver, '退回', MONTH, { 原因: '请补充认定文件。' });
  await clerk.reload();
  await clerk.getByText('退回：请补充认定文件。').waitFor();
  await does(clerk, '报送月报', MONTH);
  await approver.reload();
  await does(approver, '审核通过', MONTH);
  const levels = approver.getByRole('article', { name: MONTH }).getByRole('listitem');
  await levels.filter({ hasText: '县（区）审核' }).getByText('等待审核').waitFor();

  verifier = await dashboard.arrival('开封市教育体育局核验员', `${DEMO}/due`);
  expect(await violations(verifier)).toEqual([]);
  await verifier.getByRole('link', { name: NAME }).first().click();
  await does(verifier, '核验通过', '立项');
  await row(verifier, '立项').getByText('已核验 2025-10-31').waitFor();
  expect(await share.innerText()).toBe(old);
  await does(verifier, '核验通过', BASE);
  const receipt = await receipts(verifier)
    .getByText(/^台账第 \d+ 条$/)
    .first()
    .innerText();
  const position = Number(/\d+/.exec(receipt));

  await share.filter({ hasNotText: old }).waitFor();
  const now = await share.innerText();
  expect(await commission.evaluate('globalThis.isTheSamePage')).toBe(true);
  await share.click();
  const drawer = commission.getByRole('dialog', { name: '数据溯源' });
  await drawer.getByText(now, { exact: true }).first().waitFor();
  for (const level of [/^B2-4|学习型社会建设工程/, MEASURE, BASE]) {
    await drawer.getByRole('rowheader').getByRole('button', { name: level }).click();
  }
  await drawer.getByRole('button', { name: `第 ${position} 条`, exact: true }).click();
  await drawer.getByRole('heading', { name: `第 ${position} 条` }).waitFor();

  const auditor = await dashboard.arrival('开封市审计局审计员', `${DEMO}/replay?from=${position - 1}`);
  const sides = auditor.getByRole('row', { name: '加权完成率' }).first().getByRole('button');
  await sides.filter({ hasText: now }).waitFor();
  expect(await sides.allTextContents()).toEqual([old, now]);
  await approver.getByRole('button', { name: '退出登录' }).click();
  await approver.getByRole('button', { name: '祥符区教育体育局审核员' }).waitFor();
  for (const page of [clerk, approver, verifier, auditor]) expect(await violations(page)).toEqual([]);
  expect(dashboard.complaints()).toEqual([]);
});

test('a lost connection loses nothing typed, and what may have arrived and is pressed again is one entry', async () => {
  await clerk.goto(`${DEMO}/work/${project}`);
  const before = await entries();
  const form = await unfolded(clerk, `填报进度：${NAME}`);
  await form.getByLabel('主体或改造').fill('960');
  await form.getByLabel('累计完成投资').fill('2150000');
  const send = clerk.getByRole('button', { name: '填报进度' });
  await clerk.context().setOffline(true);
  await send.click();
  await form.getByText('连接中断').waitFor();
  await clerk.context().setOffline(false);
  await clerk.reload();

  const kept = clerk.getByLabel('累计完成投资');
  await kept.waitFor();
  expect(await kept.inputValue()).toBe('2150000');
  await clerk.route('**/progress', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await send.click();
  await clerk.getByText('连接中断').waitFor();
  expect(await entries()).toBe(before + 1);
  await clerk.unroute('**/progress');
  await send.dblclick();
  await receipts(clerk)
    .getByText(`第 ${before + 1} 版`)
    .waitFor();
  expect(await entries()).toBe(before + 1);
  expect(dashboard.complaints().filter((said) => !said.includes('Failed to load resource: net::'))).toEqual([]);
});

test('what the verifier cannot believe goes back with his reason', async () => {
  await verifier.reload();
  const report = verifier.getByLabel(/^核验不通过：.*进度/);
  const about = ((await report.getAttribute('aria-label')) ?? '').replace('核验不通过：', '');
  await does(verifier, '核验不通过', about, { 原因: '缺少监理签证。' });
  await report.waitFor({ state: 'detached' });
});

test.each([
  {
    ...{ sector: 'education', item: 'B2-1', kind: '新建改建农村学校教师周转宿舍（套）' },
    filled: { 产出量: '24', 套数: '26' },
    ...{ field: '套数', refusal: '填报26套，与产出量24不一致', mended: '24' },
  },
  {
    ...{ sector: 'elderly-care', item: 'B5-1', kind: '街道综合养老服务中心和乡镇敬老院（所）' },
    filled: { 机构类别: '乡镇敬老院', 总床位: '60', 其中护理型床位: '20', 消防验收合格: '是', 运营方式: '民办' },
    ...{ field: '运营方统一社会信用代码', refusal: '须填写运营方统一社会信用代码', mended: '91512081MA62K0260E' },
  },
])('a refusal of $sector stands at the field that it is about, in Chinese', async (given) => {
  const { projects } = await dashboard.asked<{ projects: { stream: string; name: string }[] }>(
    'commission',
    `projects?sector=${given.sector}&item=${given.item}&county=410212&stage=in-use&limit=1`,
  );
  const [of] = projects;
  const page = await dashboard.window(
    `clerk-${given.sector}-410212`,
    `${DEMO}/work/${of?.stream.replace('project/', '')}`,
    PHONE,
  );
  const form = await unfolded(page, `交付：${given.kind}：${of?.name}`);
  const unit = `${given.sector}-refused`;
  await form.getByLabel('业务日期').fill('2025-10-29');
  await form.getByLabel('单元编号').fill(unit);
  await form.getByLabel('单元名称').fill(unit);
  for (const [label, value] of Object.entries(given.filled)) {
    const field = form.getByLabel(label);
    await ((await field.evaluate((element) => element.tagName)) === 'SELECT'
      ? field.selectOption({ label: value })
      : field.fill(value));
  }
  const send = form.getByRole('button', { name: /^交付/ });
  await send.click();
  await form.getByRole('alert').getByText(given.refusal).waitFor();
  expect(await form.getByRole('alert').count()).toBe(1);
  expect(await form.getByLabel(given.field).getAttribute('aria-invalid')).toBe('true');
  expect(await violations(page)).toEqual([]);
  await form.getByLabel(given.field).fill(given.mended);
  await send.click();
  await row(page, unit).getByText('已交付 2025-10-29，待核验').first().waitFor();
  // The refusal itself is an answer that the browser logs.
  expect(dashboard.complaints().filter((said) => !said.includes('422'))).toEqual([]);
});

test('on a phone nothing lies outside of the page, and what is pressed is large enough for a finger', async () => {
  const wide = await clerk.evaluate('document.documentElement.scrollWidth');
  expect(wide).toBe(PHONE.width);
  const small = await clerk.evaluate(
    `[...document.querySelectorAll('main summary, main form button, main form select, main form input')]
       .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 44).length`,
  );
  expect(small).toBe(0);
});

test('an own claim is corrected with its reason', async () => {
  await does(clerk, '里程碑填报', '设计及概算', { 业务日期: '2025-10-12' });
  const form = await unfolded(clerk, '更正：设计及概算');
  await form.getByLabel('类别').selectOption({ label: '录入错误' });
  await form.getByLabel('原因').fill('批复日期录入错误，以批复文件为准。');
  await form.getByLabel('更正后的业务日期').fill('2025-10-13');
  await form.getByRole('button', { name: '更正' }).click();
  await row(clerk, '设计及概算').getByText('已填报 2025-10-13，待核验').waitFor();
});
