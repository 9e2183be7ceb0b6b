import { expect } from '@jest/globals';
import { begins, claims, delivers, registers, school, SCHOOLS } from './deeds.js';
import { completionOf, counted, does, entryAt, headOf, isRefused, type Scenario } from './town.js';

const SOURCE = { digest: 'a'.repeat(64), name: '竣工验收备案表', kept: '市档案馆', dated: '2022-03-01' };

const backfilled: Scenario = {
  sentence: 'what happened before the system began needs its source document, and stays marked 补录',
  async run(town) {
    const built = await begins(town, SCHOOLS);
    const path = `${built.at}/milestones/siting/claim`;
    const undated = [{ digest: SOURCE.digest, name: SOURCE.name, kept: SOURCE.kept }];
    await isRefused(town, built.clerk, path, { occurredOn: '2022-03-01' }, 'BACKFILL_NEEDS_EVIDENCE');
    const said = { occurredOn: '2022-03-01', evidence: undated };
    await isRefused(town, built.clerk, path, said, 'BACKFILL_NEEDS_EVIDENCE');
    const position = await does(town, built.clerk, path, { ...said, evidence: [SOURCE] });
    const { entry } = await entryAt(town, position);
    expect(entry).toMatchObject({ backfilled: true, simulated: true, evidence: [SOURCE] });
    const today = await does(town, built.clerk, `${built.at}/milestones/land/claim`, { occurredOn: '2024-05-10' });
    expect((await entryAt(town, today)).entry.backfilled).toBe(false);
    const list = await town.read('auditor', 'entries?backfilled=true&limit=500');
    const positions = (list.body.entries as { position: number }[]).map((one) => one.position);
    expect([positions.includes(position), positions.includes(today)]).toEqual([true, false]);
  },
};

const ownSector: Scenario = {
  sentence: 'a project follows the items of its own sector only',
  async run(town) {
    const built = await registers(town, SCHOOLS);
    const body = { occurredOn: '2024-03-02', item: 'T9-1' };
    await isRefused(town, built.clerk, `${built.at}/plan-items`, body, 'ITEM_OF_OTHER_SECTOR');
    await isRefused(town, built.clerk, `${built.at}/plan-items`, { ...body, item: 'B9-9' }, 'ITEM_UNKNOWN');
  },
};

const twoPlans: Scenario = {
  sentence: 'two plans live in one system and neither sees the other',
  async run(town, neighbour) {
    const beside = async () => ({ head: await headOf(neighbour), rows: (await completionOf(neighbour)).rows });
    const [before, schools] = [await beside(), await counted(neighbour, 'B1-1.schools')];
    const built = await begins(town, SCHOOLS);
    await claims(built, { start: '2024-04-01', acceptance: '2025-06-30', opening: '2025-09-01' });
    await delivers(built, school('school-n', '2025-08-20'));
    expect(await beside()).toEqual(before);
    expect(schools).toEqual({ claimed: 0, verified: 0 });

    // Not by its id either: there it is no project, and its clerk finds nothing to claim.
    for (const path of [built.at, `replay/projects/${built.id}`]) {
      expect((await town.read('auditor', path)).status).toBe(200);
      expect((await neighbour.read('auditor', path)).status).toBe(404);
    }
    const claim = { occurredOn: '2024-05-01' };
    await isRefused(neighbour, built.clerk, `${built.at}/milestones/land/claim`, claim, 'PROJECT_UNKNOWN');
    const own = await registers(neighbour, { ...SCHOOLS, item: 'B1-1' }).catch((problem: Error) => problem.message);
    // Its counties are others: who registers there speaks for a county of that plan.
    expect(own).toContain('COUNTY_UNKNOWN');
    // What is observed there is known there: I01 of one plan is not I01 of the other.
    const known = async (of: typeof town) => {
      const { headline } = await completionOf(of);
      return headline.indicators.rows.find(({ indicator }) => indicator === 'I01')?.exact;
    };
    const value = { period: '2024', numerator: '975', denominator: '1000', maturity: 'final', source: '市统计局' };
    await does(neighbour, 'verifier-education', 'indicators/I01/observations', value);
    expect([await known(town), await known(neighbour)]).toEqual([null, '195/2']);
    const nodes = (await completionOf(neighbour)).rows.map(({ node }) => node);
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.length).toBeLessThan((await completionOf(town)).rows.length);
  },
};

export const INTAKE_RULES: readonly Scenario[] = [backfilled, ownSector, twoPlans];
