import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { DEMO, type Dashboard, openDashboard, PHONE, violations } from './browser.js';

const CLERK = 'clerk-education-410212';
const APPROVER = 'approver-education-410212';
const VERIFIER = 'verifier-education';
const MONTH = '2025-10 月报 · 祥符区 · 现代教育';
/** Of the demo plan's renovation template, in its order; 封顶 is reported as a quantity. */
const STEPS = ['立项', '设计及概算', '施工许可', '开工', '主体或改造', '竣工验收', '投用'];

let dashboard: Dashboard;
let clerk: Page;
let project = '';
beforeAll(async () => {
  dashboard = await openDashboard();
  await post('commission', 'periods/2025-10/open', {
    ...{ occurredOn: '2025-10-31', unit: '410212-education', sector: 'education', county: '410212', due: '2025-11-10' },
  });
  clerk = await dashboard.window(CLERK, `${DEMO}/register`, PHONE);
});
afterAll(async () => {
  await dashboard.stop();
});

async function asked(person: string, path: string, init: RequestInit = {}): Promise<unknown> {
  const json = { 'content-type': 'application/json' };
  const signIn = { method: 'POST', headers: json, body: JSON.stringify({ person }) };
  const { token } = (await (await fetch(`${dashboard.url}/api/demo/token`, signIn)).json()) as { token: string };
  const headers = { ...json, authorization: `Bearer ${token}`, 'idempotency-key': `spec-${path.replaceAll('/', '-')}` };
  const answer = await fetch(`${dashboard.url}/api/plans${DEMO}/${path}`, { ...init, headers });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
const post = (person: string, path: string, body: object): Promise<unknown> =>
  asked(person, path, { method: 'POST', body: JSON.stringify(body) });
const entries = async (): Promise<number> =>
  ((await asked(CLERK, `projects/${project}`)) as { version: number }).version;

const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
/** Unfolds a command and answers its form. */
async function unfolded(page: Page, label: string): Promise<Locator> {
  const action = page.getByRole('group').filter({ has: page.getByLabel(label, { exact: true }) });
  await page.getByLabel(label, { exact: true }).click();
  return action.last().locator('form');
}
const receipts = (page: Page): Locator => page.getByRole('status');

test('a clerk registers a project on her phone, links it to the plan and plans its steps', async () => {
  await clerk.getByLabel('项目名称').fill('祥符区朱仙镇教师周转宿舍改建项目');
  await clerk.getByLabel('项目类型').selectOption({ label: '改造、周转宿舍' });
  await clerk.getByLabel('建设性质').selectOption({ label: '改造提升' });
  await clerk.getByLabel('批复概算').fill('2400000');
  expect(await violations(clerk)).toEqual([]);
  await clerk.getByRole('button', { name: '登记项目' }).dblclick();
  await clerk.waitForURL(/project=/);
  project = new URL(clerk.url()).searchParams.get('project') ?? '';

  await clerk.getByLabel('规划任务').selectOption('B2-1');
  await clerk.getByText('新建改建 4540 套农村学校教师周转宿舍').waitFor();
  await clerk.getByRole('button', { name: '挂接规划任务' }).click();

  for (const [index, step] of STEPS.entries()) {
    const group = clerk.getByRole('group', { name: step, exact: true });
    await group.getByLabel('计划完成日期').fill(`2025-10-${10 + index}`);
  }
  await clerk.getByLabel('设计工程量').fill('960');
  const flats = clerk.getByRole('group', { name: /周转宿舍/ });
  await flats.getByLabel('数量').fill('24');
  await clerk.getByRole('button', { name: '编制里程碑计划' }).click();
  await clerk.getByRole('link', { name: '去填报' }).waitFor();
  await receipts(clerk).getByText(`project/${project} 第 3 版`).waitFor();
  expect(await entries()).toBe(3);
});

test('she claims a step, and sees where the entry stands in the ledger', async () => {
  await clerk.getByRole('link', { name: '去填报' }).click();
  const form = await unfolded(clerk, '里程碑填报：立项');
  await form.getByLabel('业务日期').fill('2025-10-09');
  await form.getByRole('button', { name: '里程碑填报' }).click();
  await receipts(clerk).getByText(`project/${project} 第 4 版`).waitFor();
  await receipts(clerk)
    .getByText(/^[0-9a-f]{64}$/)
    .waitFor();
  await row(clerk, '立项').getByText('已填报 2025-10-09，待核验').waitFor();
});

test('a lost connection loses nothing typed, and what is sent again and pressed twice is one entry', async () => {
  const before = await entries();
  const fill = async (): Promise<Locator> => {
    const form = await unfolded(clerk, '填报进度：祥符区朱仙镇教师周转宿舍改建项目');
    await form.getByLabel('主体或改造').fill('960');
    await form.getByLabel('累计完成投资').fill('2150000');
    return form;
  };
  const form = await fill();
  await clerk.context().setOffline(true);
  await form.getByRole('button', { name: '填报进度' }).click();
  await form.getByText('连接中断').waitFor();
  await clerk.context().setOffline(false);
  await clerk.reload();

  const kept = clerk.getByLabel('累计完成投资');
  await kept.waitFor();
  expect(await kept.inputValue()).toBe('2150000');
  await clerk.getByRole('button', { name: '填报进度' }).dblclick();
  await receipts(clerk)
    .getByText(`第 ${before + 1} 版`)
    .waitFor();
  expect(await entries()).toBe(before + 1);
  expect(dashboard.complaints().filter((said) => !said.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

test('a refusal stands at the field that it is about, in Chinese', async () => {
  const form = await unfolded(clerk, '交付：新建改建农村学校教师周转宿舍（套）：祥符区朱仙镇教师周转宿舍改建项目');
  await form.getByLabel('业务日期').fill('2025-10-29');
  await form.getByLabel('单元编号').fill('zhuxian-block-1');
  await form.getByLabel('单元名称').fill('朱仙镇中心小学周转宿舍1号楼');
  await form.getByLabel('产出量').fill('24');
  await form.getByLabel('套数').fill('26');
  const send = form.getByRole('button', { name: /^交付/ });
  await send.click();
  await form.getByRole('alert').getByText('填报26套，与产出量24不一致').waitFor();
  expect(await form.getByLabel('套数').getAttribute('aria-invalid')).toBe('true');
  await form.getByLabel('套数').fill('24');
  await send.click();
  await row(clerk, '周转宿舍1号楼').getByText('已交付 2025-10-29，待核验').first().waitFor();
  expect(await violations(clerk)).toEqual([]);
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
  const form = await unfolded(clerk, '更正：立项');
  await form.getByLabel('类别').selectOption({ label: '录入错误' });
  await form.getByLabel('原因').fill('立项日期录入错误，以批复文件为准。');
  await form.getByLabel('更正后的业务日期').fill('2025-10-10');
  await form.getByRole('button', { name: '更正' }).click();
  await row(clerk, '立项').getByText('已填报 2025-10-10，待核验').waitFor();
});

test('the verifier of the city’s bureau finds the project among what is due, and verifies it', async () => {
  const page = await dashboard.window(VERIFIER, `${DEMO}/due`);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: '祥符区朱仙镇教师周转宿舍改建项目' }).first().click();
  const form = await unfolded(page, '核验通过：立项');
  await form.getByRole('button', { name: '核验通过' }).click();
  await row(page, '立项').getByText('已核验 2025-10-31').waitFor();
  const unit = await unfolded(page, '核验不通过：朱仙镇中心小学周转宿舍1号楼');
  await unit.getByLabel('原因').fill('缺少竣工验收单。');
  await unit.getByRole('button', { name: '核验不通过' }).click();
  await receipts(page).getByText('核验不通过 · 朱仙镇中心小学周转宿舍1号楼').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(dashboard.complaints()).toEqual([]);
});

test('the month’s report is sent, returned with a reason, sent again and signed by the next level', async () => {
  await clerk.goto(`${DEMO}/periods`);
  const send = async (): Promise<void> => {
    const form = await unfolded(clerk, `报送月报：${MONTH}`);
    await form.getByRole('button', { name: '报送月报' }).click();
    await receipts(clerk).getByText(`报送月报 · ${MONTH}`).waitFor();
  };
  await send();
  const approver = await dashboard.window(APPROVER, `${DEMO}/due`);
  await approver.getByRole('link', { name: MONTH }).click();
  const back = await unfolded(approver, `退回：${MONTH}`);
  await back.getByLabel('原因').fill('请补充竣工验收单。');
  await back.getByRole('button', { name: '退回' }).click();
  await approver.getByText('已退回').waitFor();
  await clerk.reload();
  await clerk.getByText('退回：请补充竣工验收单。').waitFor();
  await send();
  await approver.reload();
  const sign = await unfolded(approver, `审核通过：${MONTH}`);
  await sign.getByRole('button', { name: '审核通过' }).click();
  const county = approver
    .getByRole('article', { name: MONTH })
    .getByRole('listitem')
    .filter({ hasText: '县（区）审核' });
  await county.getByText('等待审核').waitFor();
  expect(await violations(approver)).toEqual([]);
  expect(await violations(clerk)).toEqual([]);
  expect(dashboard.complaints()).toEqual([]);
});
