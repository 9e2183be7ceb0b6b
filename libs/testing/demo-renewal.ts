import { addDays } from '@planledger/kernel';
import type { TemplateMilestone } from '@planledger/sectors';
import type { Life } from './demo-step.js';

/** The first milestone plan; or the same with everything from `moved` on later by so many days. */
export function baselineOf({ project, milestones, due, designed }: Life, moved = Infinity, byDays = 0) {
  const { measure, units, trouble, estimateYuan } = project;
  const dueAt = (at: number): string => (at < moved ? due(at) : addDays(due(at), byDays));
  const last = dueAt(milestones.length - 1);
  const quantity = units.reduce((sum, unit) => sum + (unit.quantity ?? 1), 0);
  const bundle = [{ measure, quantity, due: last }];
  const named = units.map((unit, at) => ({
    ...{ measure, quantity: unit.quantity ?? 1, due: addDays(last, at * 7), unit: unit.unit },
  }));
  const [from, to] = [due(0), last].map((day) => Math.min(2025, Math.max(2021, Number(day.slice(0, 4)))));
  const years = Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_, index) => (from ?? 0) + index);
  return {
    milestones: milestones.map(({ code, type }, at) => ({
      ...{ milestone: code, due: dueAt(at) },
      ...(type === 'quantity' ? { designed } : {}),
    })),
    outputs: units.length === 0 ? [] : trouble === 'unit-dates' ? named : bundle,
    ...(estimateYuan === undefined
      ? {}
      : { years: years.map((year) => ({ year, yuan: Math.floor(estimateYuan / years.length) })) }),
  };
}

/** What happens between registration and link. */
export function openings({ project, clerk, send }: Life, registered: string): void {
  const { trouble, template } = project;
  if (trouble === 'off-plan' || trouble === 'off-plan-admitted') {
    const reason = '规划文本和专栏均未列入该项目。';
    send(addDays(registered, 1), 'commission', 'flagOffPlan', 'off-plan', { reason });
  }
  if (trouble === 'off-plan-admitted') {
    const body = { document: '汴发改〔2023〕29号', reason: '经评估符合规划方向，同意纳入。' };
    send(addDays(registered, 3), 'commission', 'admitOffPlan', 'admitted', body);
  }
  if (trouble === 'carried-in') {
    const value = `汴审〔${registered.slice(0, 4)}〕${template.length}-${project.begins.replaceAll('-', '')}号`;
    const body = { code: { kind: 'approval', value: `${value}${project.name.length}` }, validFrom: registered };
    send(addDays(registered, 2), clerk, 'bindCode', 'code', body);
  }
}

/** Works of this size enter the statistics library within a month of their start; one whose start was refused does not. */
const STATISTICS_YUAN = 5_000_000;
export function statistics({ project, clerk, send, key }: Life, started: string): void {
  const { estimateYuan = 0, trouble } = project;
  if (estimateYuan < STATISTICS_YUAN || trouble === 'rejected') return;
  const day = addDays(started, 25);
  const body = { code: { kind: 'statistics', value: `TJK-${key('statistics')}` }, validFrom: day };
  send(day, clerk, 'bindCode', 'statistics', body);
}

/** Units of a bundle that have dates of their own for the last milestone. */
export function unitDates({ project, clerk, send, milestones, due }: Life, on: string): void {
  const { trouble, units } = project;
  const last = milestones.at(-1);
  if (trouble !== 'unit-dates' || !last) return;
  for (const [at, { unit }] of units.entries()) {
    const body = { unit, due: addDays(due(milestones.length - 1), at * 7) };
    const params = { code: last.code };
    send(on, clerk, 'planUnitMilestone', `${unit}-due`, body, { params });
  }
}

/** The milestone that an exemption is asked of: land that is there already, else an approval that is not needed. */
export const exemptible = (milestones: readonly TemplateMilestone[]): TemplateMilestone | undefined =>
  milestones.find(({ type }) => type === 'element') ??
  milestones.find(({ type }, at) => at > 0 && (type === 'approval' || type === 'works'));

export const isExempted = ({ project, milestones }: Life, { code }: TemplateMilestone): boolean =>
  project.trouble === 'exempted' && exemptible(milestones)?.code === code;

export function exemption({ project, clerk, verifier, send, milestones }: Life, on: string): void {
  const { trouble } = project;
  const milestone = exemptible(milestones);
  if (!milestone || (trouble !== 'exempted' && trouble !== 'exemption-refused')) return;
  const asked = { reason: '利用既有用地和用房，无需另行办理。' };
  send(on, clerk, 'exemptMilestone', 'exempt', asked, { params: { code: milestone.code } });
  const [day, about] = [addDays(on, 9), 'exempt'];
  if (trouble === 'exempted') send(day, verifier, 'approveRequest', 'exempt-answer', {}, { about });
  else
    send(day, verifier, 'rejectRequest', 'exempt-answer', { reason: '申请理由与附件不符，请按计划办理。' }, { about });
}

/** Days by which a re-baselining moves what is still to come. */
const MOVED_DAYS = 90;

/** Asked for when the middle of the work draws near; late when it has passed. */
export function rebaselining(life: Life, at: number): void {
  const { project, clerk, send, milestones, due } = life;
  const { trouble } = project;
  const asks = trouble === 'rebaselined' || trouble === 'rebaselined-late' || trouble === 'rebaseline-refused';
  if (!asks || at !== Math.floor(milestones.length / 2)) return;
  const day = addDays(due(at), trouble === 'rebaselined-late' ? 30 : -15);
  const body = { why: 'land', reason: '用地手续较计划延后办结，后续工期顺延。' };
  send(day, clerk, 'requestRebaseline', 'rebaseline', { ...body, ...baselineOf(life, at, MOVED_DAYS) });
  const [answered, about] = [addDays(day, 13), 'rebaseline'];
  if (trouble === 'rebaseline-refused') {
    const reason = '延期理由不充分，请按原计划实施。';
    send(answered, 'commission', 'rejectRequest', 'rebaseline-answer', { reason }, { about });
  } else {
    const document = '汴发改〔2024〕96号';
    send(answered, 'commission', 'approveRequest', 'rebaseline-answer', { document }, { about });
  }
}

/** Funds and land: asked for with the plan, given by document, paid as work goes; or not given, or given and idle. */
export function elements(life: Life): void {
  const { project, clerk, send, milestones, due } = life;
  const { trouble, begins, funded, estimateYuan = 0, share } = project;
  const asked = addDays(begins, -50);
  const give = (day: string, element: string, quantity: number, number: number): void => {
    const body = { quantity, document: `汴财建〔${day.slice(0, 4)}〕${number}号` };
    send(day, 'commission', 'allocateElement', `element-${element}-given-${number}`, body, { params: { element } });
  };
  const use = (day: string, element: string, quantity: number, what: string): void =>
    send(day, clerk, 'useElement', `element-${element}-${what}`, { quantity }, { params: { element } });
  if (trouble === 'starved' || trouble === 'land-idle') {
    const land = { element: 'land', kind: 'land', quantity: 12_000, needBy: begins };
    send(asked, clerk, 'requestElement', 'element-land', land);
    if (trouble === 'land-idle') give(addDays(begins, 20), 'land', 12_000, 61);
  }
  const starves = trouble === 'starved' || trouble === 'unpaid' || trouble === 'funds-idle';
  if (!starves && !funded) return;
  const quantity = Math.floor(estimateYuan * 0.8);
  const request = { element: 'funds', kind: 'funds', quantity, needBy: begins, source: '中央预算内投资' };
  send(asked, clerk, 'requestElement', 'element-funds', request);
  if (trouble === 'starved' || trouble === 'unpaid') return;
  const half = Math.floor(quantity / 2);
  give(addDays(begins, -10), 'funds', half, 31);
  use(addDays(begins, 25), 'funds', Math.floor(half * 0.9), 'paid');
  if (trouble === 'funds-idle' || share < 1) return;
  give(due(Math.floor(milestones.length / 2)), 'funds', quantity - half, 32);
  use(due(milestones.length - 1), 'funds', Math.floor(half * 0.9), 'paid-again');
  const rest = quantity - 2 * Math.floor(half * 0.9);
  const params = { element: 'funds' };
  send(
    addDays(due(milestones.length - 1), 40),
    clerk,
    'releaseElement',
    'element-funds-back',
    { quantity: rest },
    { params },
  );
}
