import { expect } from '@jest/globals';
import { begins, bodyOf, claims, delivers, DORMITORIES, flats } from './deeds.js';
import { does, headOf, isRefused, type Scenario, type Town } from './town.js';

const EVIDENCE = [{ digest: 'e'.repeat(64), name: '整改核查报告', kept: '市发改委档案室' }];

async function casesOf(town: Town, query: string) {
  await town.caughtUp();
  const { status, body } = await town.read('auditor', `cases?${query}`);
  expect(status).toBe(200);
  return body.cases as Readonly<Record<string, unknown>>[];
}

/** Opens a case; answers its id. */
async function opens(town: Town, person: string, path: 'cases' | 'findings', body: object): Promise<string> {
  const { status, body: receipt } = await town.send(person, path, body);
  expect({ status, detail: receipt.detail }).toEqual({ status: 201, detail: undefined });
  return (receipt.entries[0].stream as string).slice('case/'.length);
}

const rectified: Scenario = {
  sentence:
    'the auditor’s finding stands on entries, is put right by others, and is closed by the commission on evidence',
  async run(town) {
    const built = await begins(town, DORMITORIES);
    await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    const delivery = await delivers(built, flats('audited', '2025-07-01', 100));
    const finding = { occurredOn: '2025-10-20', title: '交付套数与竣工图不符', about: `project/${built.id}` };
    const body = { ...finding, entries: [delivery], toUnit: '410212-education', due: '2025-11-10' };
    await isRefused(town, 'commission', 'findings', body, 'ROLE_MAY_NOT');
    const id = await opens(town, 'auditor', 'findings', body);
    const close = { occurredOn: '2025-10-30', reason: '更正属实，予以销号。' };
    await isRefused(town, 'commission', `cases/${id}/close`, { ...close, evidence: EVIDENCE }, 'FINDING_NOT_RECTIFIED');

    const correction = await does(town, built.clerk, `entries/${delivery}/correct`, {
      ...{ occurredOn: '2025-07-01', why: 'audit', reason: '审计发现套数有误，按竣工图更正。' },
      payload: bodyOf(flats('audited', '', 96)),
    });
    const rectify = { occurredOn: '2025-10-28', reason: '已按竣工图更正套数。' };
    const path = `findings/${id}/rectify`;
    await isRefused(town, built.clerk, path, { ...rectify, entries: [(await headOf(town)) + 1] }, 'ENTRY_UNKNOWN');
    await isRefused(town, 'clerk-health-410212', path, { ...rectify, entries: [correction] }, 'OTHER_SECTOR');
    await does(town, built.clerk, path, { ...rectify, entries: [correction] });
    expect(await casesOf(town, 'kind=finding&status=rectified')).toContainEqual(
      expect.objectContaining({ id, about: `project/${built.id}`, evidence: [delivery, correction] }),
    );

    const county = 'county-commission-410212';
    await isRefused(town, county, `cases/${id}/close`, { ...close, evidence: EVIDENCE }, 'FINDING_FOR_COMMISSION');
    await isRefused(town, 'commission', `cases/${id}/close`, close, 'CLOSING_NEEDS_EVIDENCE');
    await does(town, 'commission', `cases/${id}/close`, { ...close, evidence: EVIDENCE });
    await isRefused(town, built.clerk, path, { ...rectify, entries: [correction] }, 'CASE_CLOSED');
  },
};

const supervised: Scenario = {
  sentence: 'a county supervises a project of its own, goes upwards only, and closes on reason and evidence',
  async run(town) {
    const built = await begins(town, DORMITORIES);
    const county = 'county-commission-410212';
    const body = {
      ...{ occurredOn: '2025-10-20', title: '连续两月未报进度', about: `project/${built.id}` },
      ...{ toUnit: '410212-education', due: '2025-10-25', lamp: { lamp: 'progress', colour: 'red' } },
    };
    const bright = { ...body, lamp: { lamp: 'progress', colour: 'green' } };
    await isRefused(town, county, 'cases', bright, 'LAMP_NEEDS_EXPIRY');
    const id = await opens(town, county, 'cases', body);
    expect(await casesOf(town, 'unit=410212-education&status=open')).toContainEqual(
      expect.objectContaining({ id, overdue: true, lamp: { lamp: 'progress', colour: 'red', until: null } }),
    );
    const up = (level: string) => ({ occurredOn: '2025-10-26', level, due: '2025-11-10' });
    await does(town, county, `cases/${id}/escalate`, up('commission'));
    await isRefused(town, 'commission', `cases/${id}/escalate`, up('county'), 'CASE_LEVEL_NOT_UP');
    await does(town, 'commission', `cases/${id}/escalate`, up('deputy-mayor'));
    const [found] = await casesOf(town, 'status=escalated');
    expect(found).toMatchObject({ id, level: 'deputy-mayor', due: '2025-11-10', overdue: false });
    const close = { occurredOn: '2025-10-30', reason: '进度已补报，现场核查属实。', evidence: EVIDENCE };
    await does(town, county, `cases/${id}/close`, close);
    await isRefused(town, 'commission', `cases/${id}/close`, close, 'CASE_CLOSED');
  },
};

export const FINDINGS: readonly Scenario[] = [rectified, supervised];
