import { BuildNature } from '@planledger/contracts';
import { isRejection } from '@planledger/kernel';
import * as bodies from './bodies.js';
import { type CommandRow, reject, row } from './command.js';

const NATURES: Readonly<Record<(typeof bodies.BUILD_NATURES)[number], BuildNature>> = {
  new: BuildNature.NEW,
  rebuild: BuildNature.REBUILD,
  extend: BuildNature.EXTEND,
  relocate: BuildNature.RELOCATE,
  renovate: BuildNature.RENOVATE,
  purchase: BuildNature.PURCHASE,
  digital: BuildNature.DIGITAL,
  service: BuildNature.SERVICE,
};

/** A milestone plan as its event has it. */
export const baselineOf = ({ milestones, outputs, years = [] }: bodies.MilestonePlanBody) => ({
  milestones: milestones.map(({ milestone, due, designed = 0 }) => ({ milestone, due, designed })),
  outputs: outputs.map(({ measure, quantity, due, unit = '' }) => ({ measure, quantity, due, unit })),
  years: years.map(({ year, yuan }) => ({ year, yuan: BigInt(yuan) })),
});

/** What a registration says; classified projects are refused at the door. */
export function registration(body: bodies.RegisterProjectBody, actorUnit: string) {
  if (body.publicity === 'classified') return reject('CLASSIFIED_PROJECT');
  const { name, sector, county, template, codes = [], site = '', namedProject = '' } = body;
  return {
    ...{ name, sector, county, template, codes, site, namedProject },
    unit: body.unit ?? actorUnit,
    nature: NATURES[body.nature],
    estimateYuan: BigInt(body.estimateYuan ?? 0),
  };
}

/** Registration, links, the milestone plan (B0), and how a project is suspended or ends. */
export const PROJECT_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'registerProject',
    path: 'projects',
    summary: 'Register a project 项目登记',
    permission: 'project.register',
    body: bodies.RegisterProjectBody,
    makes: 'projectRegistered',
    event: (body, { actorUnit }) => {
      const value = registration(body, actorUnit);
      return isRejection(value) ? value : { case: 'projectRegistered', value };
    },
    example: {
      occurredOn: '2024-03-01',
      name: '祥符区第九小学新建项目',
      sector: 'education',
      county: '410212',
      nature: 'new',
      template: 'building',
      codes: [{ kind: 'national', value: '2402-410212-04-01-000901' }],
      estimateYuan: 58000000,
      publicity: 'public',
    },
  }),
  row({
    name: 'linkProject',
    path: 'projects/{id}/plan-items',
    summary: 'Link a project to an item of the plan 挂接规划任务',
    permission: 'project.link',
    body: bodies.LinkBody,
    makes: 'projectLinkedToPlanItem',
    event: ({ item }, { state, wide: { plan } }) => {
      if (state.project?.items.has(item)) return undefined;
      // Only of a new link: those made while the item stood are judged again and stay.
      if (plan.past.items.has(item)) return reject('ITEM_WITHDRAWN', { item });
      return { case: 'projectLinkedToPlanItem', value: { item } };
    },
    example: { occurredOn: '2024-03-02', item: 'B2-1' },
  }),
  row({
    name: 'setMilestonePlan',
    path: 'projects/{id}/milestone-plan',
    summary: 'Set the first complete milestone plan and designed outputs (B0) 编制里程碑计划',
    permission: 'project.plan',
    body: bodies.MilestonePlanBody,
    makes: 'baselineSet',
    event: (body) => ({ case: 'baselineSet', value: baselineOf(body) }),
    example: {
      occurredOn: '2024-03-05',
      milestones: [
        { milestone: 'siting', due: '2024-03-20' },
        { milestone: 'feasibility', due: '2024-04-20' },
        { milestone: 'land', due: '2024-05-10' },
        { milestone: 'design', due: '2024-05-30' },
        { milestone: 'permit', due: '2024-06-15' },
        { milestone: 'start', due: '2024-07-01' },
        { milestone: 'foundation', due: '2024-09-30', designed: 4000 },
        { milestone: 'topping-out', due: '2025-01-31', designed: 12000 },
        { milestone: 'fitting-out', due: '2025-05-31' },
        { milestone: 'acceptance', due: '2025-07-15' },
        { milestone: 'licence', due: '2025-08-01' },
        { milestone: 'staffing', due: '2025-08-20' },
        { milestone: 'opening', due: '2025-09-01' },
      ],
      outputs: [{ measure: 'B2-1.schools', quantity: 1, due: '2025-09-01', unit: 'school-9' }],
      years: [
        { year: 2024, yuan: 22000000 },
        { year: 2025, yuan: 36000000 },
      ],
    },
  }),
  row({
    name: 'suspendProject',
    path: 'projects/{id}/suspend',
    summary: 'Suspend a project, with the reason 项目暂停',
    permission: 'project.suspend',
    body: bodies.ReasonedBody,
    makes: 'projectSuspended',
    event: () => ({ case: 'projectSuspended', value: {} }),
    example: { occurredOn: '2025-02-10', reason: '资金未到位，施工单位停工。' },
  }),
  row({
    name: 'resumeProject',
    path: 'projects/{id}/resume',
    summary: 'Resume a suspended project 项目恢复',
    permission: 'project.suspend',
    body: bodies.CommandBody,
    makes: 'projectResumed',
    event: () => ({ case: 'projectResumed', value: {} }),
    example: { occurredOn: '2025-03-10' },
  }),
  row({
    name: 'cancelProject',
    path: 'projects/{id}/cancel',
    summary: 'Cancel a project, by document 项目取消',
    permission: 'project.cancel',
    body: bodies.DocumentedBody,
    makes: 'projectCancelled',
    event: ({ document }) => ({ case: 'projectCancelled', value: { document } }),
    example: { occurredOn: '2025-04-01', document: '汴发改〔2025〕18号', reason: '选址调整，项目不再实施。' },
  }),
  row({
    name: 'moveProjectOut',
    path: 'projects/{id}/move-out',
    summary: 'Move a project out of the plan, by document 项目调出',
    permission: 'project.move-out',
    body: bodies.DocumentedBody,
    makes: 'projectMovedOut',
    event: ({ document }) => ({ case: 'projectMovedOut', value: { document } }),
    example: { occurredOn: '2025-04-01', document: '汴发改〔2025〕19号', reason: '改由省级专项规划安排。' },
  }),
];
