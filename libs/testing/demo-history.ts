import { addDays } from '@planledger/kernel';
import type { LoadedPlan } from '@planledger/plan';
import { SECTORS, type Facts, type TemplateMilestone } from '@planledger/sectors';
import { DEMO_PROJECTS, type DemoProject, OBSERVED, type Trouble } from './demo-projects.js';

/** The day the demo plan was loaded, its goLive, and the last day of its history: its today. */
export const DEMO_FIRST_DAY = '2022-04-06';
export const DEMO_LAST_DAY = '2025-10-31';

/** One command of the history, in the words of the table of commands. */
export interface DemoStep {
  /** Simulated day on which it is sent. */
  readonly day: string;
  readonly person: string;
  readonly command: string;
  readonly commandId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of corrections, and of answers to reports and later facts: the command id whose entry is meant. */
  readonly about?: string;
}

const CITY = '410200';
/** Days between what happened and its report, and between report and verification. */
const [REPORT_LAG, VERIFY_LAG] = [3, 12];
/** Designed quantity of every quantity milestone of the demo, in the milestone's own unit. */
const DESIGNED = 6_000;

const digestOf = (seed: string): string => Buffer.from(seed.padEnd(32, '.')).toString('hex').slice(0, 64);

/**
 * The whole simulated history in date order: the same plan gives the same steps on every machine. Projects that the
 * plan's files do not hold the items and measures of are left out, so that any plan can be demonstrated.
 */
export function demoHistory(plan: LoadedPlan): DemoStep[] {
  const measures = new Set(plan.items.flatMap(({ item, measures: own = [] }) => own.map(({ id }) => `${item}.${id}`)));
  const projects = DEMO_PROJECTS.filter(({ measure }) => measures.has(measure));
  const known = new Set(plan.namedProjects.map(({ id }) => id));
  const steps = projects.flatMap((project, index) => lifeOf(project, index, known));
  const observed = OBSERVED.filter(
    ({ code }) => plan.indicators.some(({ indicator }) => indicator === code) || measures.has(code),
  );
  steps.push(...observed.flatMap(observations));
  const ordered = steps.map((step, index) => ({ step, index }));
  ordered.sort((a, b) => (a.step.day === b.step.day ? a.index - b.index : a.step.day < b.step.day ? -1 : 1));
  return ordered.map(({ step }) => step).filter(({ day }) => day <= DEMO_LAST_DAY);
}

/** Everything that is sent about one project. */
function lifeOf(project: DemoProject, index: number, namedProjects: ReadonlySet<string>): DemoStep[] {
  const { sector, county, item, measure, template, begins, named } = project;
  const milestones = SECTORS.get(sector)?.templates[template]?.milestones ?? [];
  const clerk = `clerk-${sector}-${county === CITY ? 'city' : county}`;
  // A bureau's own projects are verified by the commission (DOMAIN §8).
  const verifier = county === CITY ? 'commission' : `verifier-${sector}`;
  const key = (what: string): string => `demo-${String(index).padStart(3, '0')}-${what}`;
  const id = key('register');
  const steps: DemoStep[] = [];
  const send: Send = (day, person, command, what, body, params = {}, about): void => {
    const sent = day < DEMO_FIRST_DAY ? DEMO_FIRST_DAY : day;
    steps.push({
      ...{ day: sent, person, command, commandId: key(what), params: { id, ...params } },
      body: { occurredOn: day, ...evidenceFor(day, what), ...body },
      ...(about === undefined ? {} : { about: key(about) }),
    });
  };
  const registered = addDays(begins, -60);
  send(registered, clerk, 'registerProject', 'register', {
    ...{ name: project.name, sector, county, nature: project.nature, template, publicity: 'public' },
    ...(named !== undefined && namedProjects.has(named) ? { namedProject: named } : {}),
    estimateYuan: project.estimateYuan,
  });
  send(addDays(registered, 2), clerk, 'linkProject', 'link', { item });
  const due = (at: number): string =>
    addDays(begins, Math.round((project.days * at) / Math.max(1, milestones.length - 1)));
  const ends = due(milestones.length - 1);
  send(addDays(registered, 5), clerk, 'setMilestonePlan', 'plan', {
    milestones: milestones.map(({ code, type }, at) => ({
      ...{ milestone: code, due: due(at) },
      ...(type === 'quantity' ? { designed: DESIGNED } : {}),
    })),
    outputs: [{ measure, quantity: project.units.reduce((sum, { quantity = 1 }) => sum + quantity, 0), due: ends }],
  });
  const reached = milestones.slice(0, Math.ceil(milestones.length * project.share));
  for (const [at, milestone] of reached.entries()) {
    const on = addDays(due(at), Math.round(project.late * ((at + 1) / milestones.length)));
    reach(milestone, on, at);
  }
  if (project.share < 1) endOrPause(project, send, clerk, addDays(due(reached.length), project.late));
  else deliverAll(project, send, clerk, verifier, addDays(ends, project.late));
  return steps;

  function reach({ code, type }: TemplateMilestone, on: string, at: number): void {
    const [reported, verified] = [addDays(on, REPORT_LAG), addDays(on, REPORT_LAG + VERIFY_LAG)];
    if (type === 'quantity') {
      const done = project.share < 1 && at === reached.length - 1 ? DESIGNED / 2 : DESIGNED;
      const completedYuan = Math.round(((project.estimateYuan ?? 0) * (at + 1)) / (milestones.length + 1));
      sendOn(reported, on, clerk, 'reportProgress', code, { quantities: [{ milestone: code, done }], completedYuan });
      sendOn(verified, addDays(on, VERIFY_LAG), verifier, 'verifyProgress', `${code}-verify`, {}, {}, code);
      return;
    }
    if (project.trouble === 'rejected' && type === 'start') {
      sendOn(reported, on, clerk, 'claimMilestone', `${code}-first`, {}, { code });
      sendOn(
        addDays(reported, 4),
        addDays(on, 4),
        verifier,
        'rejectMilestone',
        `${code}-reject`,
        { reason: '现场核查仅完成场地平整，未见打桩施工。' },
        { code },
      );
      sendOn(addDays(reported, 9), addDays(on, 7), clerk, 'claimMilestone', code, {}, { code });
    } else sendOn(reported, on, clerk, 'claimMilestone', code, {}, { code });
    if (project.trouble === 'corrected' && type === 'start') {
      const body = { why: 'typing-error', reason: '开工日期录入错误，以开工令日期为准。', payload: {} };
      sendOn(addDays(reported, 5), addDays(on, 2), clerk, 'correct', `${code}-correct`, body, {}, code);
    }
    if (project.trouble === 'retracted' && at === 0) {
      const body = { why: 'reported-twice', reason: '与上年度台账重复填报，先予撤回。' };
      sendOn(addDays(reported, 5), on, clerk, 'retract', `${code}-retract`, body, {}, code);
      sendOn(addDays(reported, 9), on, clerk, 'claimMilestone', `${code}-again`, {}, { code });
    }
    if (at % 2 === 0 || type === 'acceptance') {
      sendOn(
        addDays(verified, 10),
        addDays(on, VERIFY_LAG + 10),
        verifier,
        'verifyMilestone',
        `${code}-verify`,
        {},
        { code },
      );
    }
  }

  /** Sent on `day` about what happened on `on`. */
  function sendOn(
    day: string,
    on: string,
    person: string,
    command: string,
    what: string,
    body: object,
    params = {},
    about?: string,
  ): void {
    send(day, person, command, what, { ...evidenceFor(on, what), ...body, occurredOn: on }, params, about);
  }
}

type Send = (
  day: string,
  person: string,
  command: string,
  what: string,
  body: object,
  params?: object,
  about?: string,
) => void;

/** Entries of days before the system began carry the digest and date of their source (补录). */
const evidenceFor = (day: string, what: string): object =>
  day < DEMO_FIRST_DAY
    ? { evidence: [{ digest: digestOf(what), name: '历史台账扫描件', kept: '市档案馆', dated: day }] }
    : {};

function endOrPause({ trouble }: DemoProject, send: Send, clerk: string, on: string): void {
  const ends: Partial<Record<Trouble, [string, string]>> = {
    cancelled: ['cancelProject', '汴发改〔2024〕18号'],
    'moved-out': ['moveProjectOut', '汴发改〔2024〕19号'],
  };
  const end = trouble && ends[trouble];
  if (end) send(on, 'commission', end[0], 'end', { document: end[1], reason: '选址与国土空间规划不符，不再实施。' });
  if (trouble !== 'suspended' && trouble !== 'resumed') return;
  send(on, clerk, 'suspendProject', 'suspend', { reason: '专项资金未到位，施工单位停工。' });
  if (trouble === 'resumed') send(addDays(on, 45), clerk, 'resumeProject', 'resume', {});
}

function deliverAll(
  { measure, kind, units, trouble }: DemoProject,
  send: Send,
  clerk: string,
  verifier: string,
  on: string,
): void {
  for (const [at, { unit, name, member, quantity = 1, facts }] of units.entries()) {
    const day = addDays(on, REPORT_LAG + at);
    const body = { unit, unitName: name, measure, kind, quantity, facts, ...(member === undefined ? {} : { member }) };
    if (trouble === 'output-rejected' && at === 0) {
      send(day, clerk, 'deliverOutput', `${unit}-first`, body);
      send(
        addDays(day, 5),
        verifier,
        'rejectOutput',
        `${unit}-reject`,
        { measure, reason: '佐证材料不全，请补齐后重报。' },
        { unit },
      );
      send(addDays(day, 12), clerk, 'deliverOutput', unit, body);
    } else send(day, clerk, 'deliverOutput', unit, body);
    // The newest deliveries still wait for their verifier: claimed runs ahead of verified.
    if (trouble === 'unverified') continue;
    send(addDays(day, 30), verifier, 'verifyOutput', `${unit}-verify`, { measure }, { unit });
    if (trouble === 'revoked' && at === 0) {
      const lostOn = addDays(day, 200);
      send(
        addDays(day, 210),
        verifier,
        'revokeOutput',
        `${unit}-revoke`,
        { measure, lostOn, reason: '机构备案被注销，自注销之日起不再计入。' },
        { unit },
      );
    }
    if (trouble === 'facts-later' && at === 0) {
      const later: Facts = { certified: true };
      send(
        addDays(day, 40),
        clerk,
        'stateOutputFacts',
        `${unit}-facts`,
        { measure, facts: later, since: addDays(day, 38) },
        { unit },
      );
      const verified = `${unit}-facts-verify`;
      send(addDays(day, 52), verifier, 'verifyOutput', verified, { measure }, { unit }, `${unit}-facts`);
    }
  }
}

/** A yearly indicator: the final value of each year in the following March; the last year first as a flash. */
function observations({ code, sector, values, share }: (typeof OBSERVED)[number]): DemoStep[] {
  return values.flatMap((value, index): DemoStep[] => {
    const year = String(2021 + index);
    const figures = share ? { numerator: String(value), denominator: String(share) } : { value: String(value) };
    const body = { period: year, ...figures, source: '市统计局', ...evidenceFor(`${year}-12-31`, code) };
    const step = (day: string, maturity: string): DemoStep => ({
      ...{
        day: day < DEMO_FIRST_DAY ? DEMO_FIRST_DAY : day,
        person: `verifier-${sector}`,
        command: 'observeIndicator',
      },
      ...{
        commandId: `demo-${code.replaceAll('.', '-')}-${year}-${maturity}`,
        params: { code },
        body: { ...body, maturity },
      },
    });
    const [flash, final] = [`${Number(year) + 1}-01-20`, `${Number(year) + 1}-03-25`];
    return index === values.length - 1 ? [step(flash, 'flash'), step(final, 'final')] : [step(final, 'final')];
  });
}
