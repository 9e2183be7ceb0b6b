import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const { example = {} } = COMMANDS.find(({ name }) => name === 'registerProject') ?? {};
const project = { ...example, codes: [] };
let app: TestApp;

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
});
afterAll(() => app.close());

describe('what the city has once, sent fifty times at once by as many projects', () => {
  test('an approval code: one registration wins', async () => {
    const raced = { codes: [{ kind: 'approval', value: '汴发改审〔2024〕7号' }] };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        app.post('clerk-education-410212', `${PLAN}/projects`, { ...project, ...raced }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'CODE_TAKEN')).toHaveLength(49);
  });

  test('a class of a school: one delivery wins, and the rest are told whose', async () => {
    const clerk = 'clerk-employment-410212';
    const keys = Array.from({ length: 50 }, (_, at) => `writes-class-${at}`);
    const milestones = [{ milestone: 'quantity', due: '2025-06-30', designed: 48 }];
    const plan = { occurredOn: '2024-05-01', milestones, outputs: [] };
    const service = { sector: 'employment', template: 'service', nature: 'service', name: '祥符区技能培训' };
    const paths = await Promise.all(
      keys.map(async (key) => {
        const path = `${PLAN}/projects/${projectIdFor(DEMO_PLAN, key)}`;
        const made = [
          await app.post(clerk, `${PLAN}/projects`, { ...project, ...service }, key),
          await app.post(clerk, `${path}/plan-items`, { occurredOn: '2024-05-01', item: 'B3-2' }),
          await app.post(clerk, `${path}/milestone-plan`, plan),
        ];
        expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
        return path;
      }),
    );
    const facts = {
      ...{ institution: 'KF-JX-009', classNumber: '2025-001', subsidised: true, enrolled: 52, passed: 48 },
      ...{ firstThisYear: 31, rollDigest: 'c'.repeat(64), assessedOn: '2025-05-26' },
    };
    const one = { occurredOn: '2025-06-01', measure: 'B3-2.training', kind: 'training', quantity: 48, facts };
    const answers = await Promise.all(
      paths.map((path, at) => app.post(clerk, `${path}/outputs`, { ...one, unit: `class-${at}`, unitName: '电工班' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ body }) => body.code === 'UNIT_ELSEWHERE');
    expect(refused).toHaveLength(49);
    const winner = answers.findIndex(({ status }) => status === 201);
    for (const { body } of refused)
      expect(body.detail).toContain(`${paths[winner]?.split('/').at(-1)}的单元class-${winner}`);
  });
});
