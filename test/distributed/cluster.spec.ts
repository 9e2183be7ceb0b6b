import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { CLIENT, DEMO_PASSWORD, STRANGER } from '@planledger/local/realm';
import { claimPort } from '@planledger/local/ports';
import { underOwner } from '@planledger/local/owned-process';
import { talkTo } from '@planledger/testing';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { openWindows, type Windows } from '../dashboard/browser.js';

const CLUSTER = fileURLToPath(new URL('../../../deploy/cluster/dist/cluster.js', import.meta.url));
/** Servers, a demo history and twelve processes on two cores that others may be using. */
const START_MS_MAX = 600_000;
const STEP_MS_MAX = 200_000;

let folder: string;
let env: NodeJS.ProcessEnv;
let cluster: ChildProcess;
let said = '';
let windows: Windows | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planledger-cluster-'));
  env = { ...process.env, CLUSTER_DIR: folder, CLUSTER_PORT: String(await claimPort()) };
  cluster = spawn(...underOwner(process.execPath, [CLUSTER]), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((ready, failed) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Ctrl-C')) ready();
    };
    cluster.stdout?.on('data', hear);
    cluster.stderr?.on('data', hear);
    cluster.once('exit', () => failed(new Error(said)));
  });
}, START_MS_MAX);
afterEach(async () => {
  await windows?.close();
  windows = undefined;
});
afterAll(() => {
  cluster.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const ask = (act: string) => promisify(execFile)(process.execPath, [CLUSTER, act], { env });

/** Processes that have to do with this cluster, by their command lines. */
const processes = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const text = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8')).join();
        return text.includes(folder) && Number(pid) !== process.pid ? [pid] : [];
      } catch {
        return []; // It has ended meanwhile.
      }
    });

interface State {
  readonly issuer: string;
  readonly front: string;
}
const stateOf = (): State => JSON.parse(readFileSync(join(folder, 'cluster.json'), 'utf8')) as State;

test(
  'people sign in at Keycloak and work through the front; what a clerk registers, the commission sees',
  async () => {
    const { issuer, front } = stateOf();
    // Once for each person: it holds for longer than this test may take.
    const tokens = new Map<string, string>();
    const token = async (username: string): Promise<string> => {
      const known = tokens.get(username);
      if (known !== undefined) return known;
      const form = { grant_type: 'password', client_id: CLIENT, username, password: DEMO_PASSWORD };
      const answer = await fetch(`${issuer}/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      const { access_token: given, ...rest } = (await answer.json()) as { access_token?: string };
      if (given === undefined) throw new Error(`Keycloak answered ${answer.status}: ${JSON.stringify(rest)}`);
      tokens.set(username, given);
      return given;
    };
    const { post, get } = talkTo(front, token);
    const plan = '/api/plans/kaifeng-145-demo';
    const registered = await post('clerk-education-410212', `${plan}/projects`, {
      ...{ occurredOn: '2024-03-01', name: '祥符区第九小学新建项目', sector: 'education', county: '410212' },
      ...{ nature: 'new', template: 'building', publicity: 'public' },
    });
    expect([registered.status, registered.body]).toMatchObject([201, { entries: [{ version: 1 }] }]);
    const [{ stream }] = registered.body.entries as [{ stream: string }];
    const listed = await get('commission', `${plan}/projects?limit=200&after=${stream}@1`);
    expect([listed.status, listed.body]).toMatchObject([200, {}]);
    const detail = await get(
      'commission',
      `${plan}/sectors/education/${stream.replace('project/', 'projects/')}?after=${stream}@1`,
    );
    expect([detail.status, detail.body.name]).toEqual([200, '祥符区第九小学新建项目']);
    const headline = await get('commission', `${plan}/completion`);
    expect(Object.keys(headline.body.through as object)).toHaveLength(9);
    // The empty plan beside it is served by the same processes.
    expect((await get('commission', '/api/plans/kaifeng-145/completion')).body.through).toEqual({});
  },
  STEP_MS_MAX,
);

/** From the sign-in of the dashboard to the provider's own page, and back. */
async function signInAtKeycloak(page: Page, person: string, password = DEMO_PASSWORD): Promise<void> {
  await page.getByRole('button', { name: '通过统一身份认证登录' }).click();
  await page.getByLabel('用户名').fill(person);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}
const tokenIn = (page: Page): Promise<string> => page.evaluate(`sessionStorage.getItem('planledger.token')`);

test(
  'in the browser people sign in at Keycloak by name and password, come to their own desk, stay, and sign out',
  async () => {
    windows = await openWindows(stateOf().front);
    const page = await windows.blank();
    await page.clock.install();
    await page.goto('/');
    await signInAtKeycloak(page, 'verifier-education', 'guessed');
    await page.getByText('无效的用户名或密码').waitFor();
    await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL('**/kaifeng-145-demo/due');
    await page.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();
    await page.getByText('核验员', { exact: true }).waitFor();

    // After a reload too, the token is exchanged before its minutes are over, and nobody is sent away from his typing.
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '我的待办' }).waitFor();
    const before = await tokenIn(page);
    const renewed = page.waitForResponse('**/openid-connect/token');
    await page.clock.fastForward('04:30');
    const { access_token: next } = (await (await renewed).json()) as { access_token: string };
    expect(next).not.toBe(before);
    const asked = page.waitForRequest('**/periods?*');
    await page.getByRole('link', { name: '月度报送' }).click();
    expect((await asked).headers()['authorization']).toBe(`Bearer ${next}`);

    await page.getByRole('button', { name: '退出登录' }).click();
    await signInAtKeycloak(page, 'auditor');
    await page.waitForURL('**/kaifeng-145-demo/replay');
    expect(windows.complaints()).toEqual([]);
  },
  STEP_MS_MAX,
);

test(
  'whom Keycloak knows and who has no role here is told so in words, and may leave',
  async () => {
    windows = await openWindows(stateOf().front);
    const page = await windows.blank();
    await page.goto('/kaifeng-145-demo/overview');
    await signInAtKeycloak(page, STRANGER);
    await page.getByRole('heading', { name: '您的账号在本系统中没有角色。' }).waitFor();
    expect(await tokenIn(page)).toBeNull();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '通过统一身份认证登录' }).waitFor();
    // That the surface knows nobody by that token is an answer that the browser logs.
    expect(windows.complaints()).toEqual([expect.stringContaining('401')]);
  },
  STEP_MS_MAX,
);

test(
  'its status says so; stopped, nothing of it runs any more',
  async () => {
    expect((await ask('status')).stdout.match(/ready$/gm)).toHaveLength(12);
    expect(processes().length).toBeGreaterThan(16);
    await ask('stop');
    expect(processes()).toEqual([]);
    await expect(ask('status')).rejects.toThrow();
  },
  STEP_MS_MAX,
);
