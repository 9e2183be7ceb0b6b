import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEMO, type Dashboard, openDashboard, violations } from './browser.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(async () => {
  await dashboard.stop();
});

test('a stranger is asked to sign in, and comes to where he wanted to be', async () => {
  const page = await dashboard.strangersWindow(`${DEMO}/indicators`);
  await page.getByRole('button', { name: '祥符区教育体育局填报员' }).click();
  await page.waitForURL(`**${DEMO}/indicators`);
  await page.getByRole('heading', { name: '指标监测' }).waitFor();
  expect(dashboard.complaints()).toEqual([]);
});

test('the sign-in page has nothing that a reader of screens would stumble over', async () => {
  const page = await dashboard.strangersWindow('/sign-in');
  await page.getByRole('button', { name: '市发展改革委' }).first().waitFor();
  expect(await violations(page)).toEqual([]);
});
