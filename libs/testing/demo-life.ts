import { addDays } from '@planledger/kernel';
import { SECTORS, type TemplateMilestone } from '@planledger/sectors';
import {
  CITY,
  DEMO_FIRST_DAY,
  type DemoProject,
  type DemoStep,
  evidenceFor,
  type Life,
  REPORT_LAG,
  VERIFY_LAG,
} from './demo-step.js';
import { deliverAll, endOrPause } from './demo-outputs.js';
import {
  baselineOf,
  elements,
  exemption,
  isExempted,
  openings,
  rebaselining,
  statistics,
  unitDates,
} from './demo-renewal.js';

/** Designed quantity of a quantity milestone, in the milestone's own unit, where the project says no other. */
const DESIGNED = 6_000;

/** Everything that is sent about one project, in the order in which it is sent. */
export function lifeOf(project: DemoProject, name: string, named: ReadonlySet<string>): DemoStep[] {
  const { sector, county, template, begins, days, share, late, trouble, enteredOn = DEMO_FIRST_DAY } = project;
  const milestones = SECTORS.get(sector)?.templates[template]?.milestones ?? [];
  const steps: DemoStep[] = [];
  const key = (what: string): string => `demo-${name}-${what}`;
  const life: Life = {
    ...{ project, milestones, named, key, designed: project.designed ?? DESIGNED },
    clerk: `clerk-${sector}-${county === CITY ? 'city' : county}`,
    // A bureau's own projects are verified by the commission (DOMAIN §8).
    verifier: county === CITY ? 'commission' : `verifier-${sector}`,
    due: (at) => addDays(begins, Math.round((days * at) / Math.max(1, milestones.length - 1))),
    send: (day, person, command, what, body = {}, { on = day, params = {}, about } = {}) => {
      steps.push({
        ...{ day: day < enteredOn ? enteredOn : day, person, command, commandId: key(what) },
        params: { id: key('register'), ...params },
        body: { occurredOn: on, ...evidenceFor(on, what), ...body },
        ...(about === undefined ? {} : { about: key(about) }),
      });
    },
  };
  begin(life);
  const reached = milestones.slice(0, stopsAt(life));
  elements(life);
  for (const [at, milestone] of reached.entries()) {
    const on = addDays(life.due(at), Math.round(late * ((at + 1) / milestones.length)));
    rebaselining(life, at);
    if (milestone.type === 'start') statistics(life, on);
    if (!isExempted(life, milestone)) reach(life, milestone, on, at, at === reached.length - 1);
  }
  const ends = addDays(life.due(milestones.length - 1), late);
  if (share < 1) endOrPause(life, addDays(life.due(reached.length), late));
  else if (trouble !== 'starved' && trouble !== 'land-idle' && trouble !== 'funds-idle') deliverAll(life, ends);
  return steps.sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
}

/** Registered, linked, planned. */
function begin(life: Life): void {
  const { project, clerk, send, named } = life;
  const { trouble, named: namedProject, measure, units, code } = project;
  const registered = addDays(project.begins, -60);
  const registration = {
    ...{ name: project.name, sector: project.sector, county: project.county, nature: project.nature },
    ...{ template: project.template, publicity: 'public', estimateYuan: project.estimateYuan },
    ...(namedProject !== undefined && named.has(namedProject) ? { namedProject } : {}),
    ...(code === undefined ? {} : { codes: [{ kind: 'national', value: code }] }),
  };
  if (trouble === 'carried-in') {
    const opening = measure === undefined ? [] : [{ measure, quantity: 0 }];
    const before = { fromPlan: 'kaifeng-135', position: 4_000 + units.length, leafHash: 'c0ffee'.padEnd(64, '5') };
    send(registered, clerk, 'carryInProject', 'register', { ...registration, ...before, opening });
  } else send(registered, clerk, 'registerProject', 'register', registration);
  openings(life, registered);
  if (trouble !== 'off-plan') send(addDays(registered, 4), clerk, 'linkProject', 'link', { item: project.item });
  send(addDays(registered, 5), clerk, 'setMilestonePlan', 'plan', baselineOf(life));
  unitDates(life, addDays(registered, 6));
  exemption(life, addDays(registered, 7));
  if (trouble === 'reserve') {
    send(addDays(registered, 6), clerk, 'enterReserve', 'reserve');
    send(addDays(project.begins, -4), clerk, 'leaveReserve', 'reserve-left');
  }
}

/** How many milestones are reached at all. */
function stopsAt({ project, milestones }: Life): number {
  const start = Math.max(
    0,
    milestones.findIndex(({ type }) => type === 'start'),
  );
  switch (project.trouble) {
    case 'starved':
    case 'land-idle':
      return start;
    case 'funds-idle':
      return start + 1;
    case 'not-in-use':
      return milestones.length - 1;
    default:
      return Math.ceil(milestones.length * project.share);
  }
}

/** A milestone is reached: reported by its quantity, or claimed, and verified or disputed. */
function reach(life: Life, { code, type }: TemplateMilestone, on: string, at: number, isLast: boolean): void {
  const { project, clerk, verifier, send, milestones, designed } = life;
  const { trouble, share, estimateYuan = 0, units } = project;
  const [reported, verified] = [addDays(on, REPORT_LAG), addDays(on, REPORT_LAG + VERIFY_LAG)];
  const params = { code };
  // No milestone's code is mistaken for another step of the project.
  const name = `milestone-${code}`;
  if (type === 'quantity') {
    const done = share < 1 && isLast ? Math.floor(designed / 2) : designed;
    const completedYuan = Math.round((estimateYuan * (at + 1)) / (milestones.length + 1));
    // A report states every quantity so far: what it leaves out would count as not done.
    const before = milestones.slice(0, at).filter((earlier) => earlier.type === 'quantity');
    const quantities = [
      ...before.map((earlier) => ({ milestone: earlier.code, done: designed })),
      { milestone: code, done },
    ];
    const report = { quantities, completedYuan };
    if (trouble === 'progress-rejected') {
      send(reported, clerk, 'reportProgress', `${name}-first`, report, { on });
      const reason = '监理签证工程量与填报数不符，请核实后重报。';
      send(addDays(reported, 4), verifier, 'rejectProgress', `${name}-reject`, { reason }, { about: `${name}-first` });
      send(addDays(reported, 9), clerk, 'reportProgress', name, report, { on });
    } else send(reported, clerk, 'reportProgress', name, report, { on });
    send(verified, verifier, 'verifyProgress', `${name}-verify`, {}, { on: addDays(on, VERIFY_LAG), about: name });
    return;
  }
  if (trouble === 'unit-dates' && at === milestones.length - 1) {
    for (const [index, { unit }] of units.entries()) {
      const reachedOn = addDays(on, index * 7);
      send(
        addDays(reachedOn, REPORT_LAG),
        clerk,
        'claimMilestone',
        `${name}-${unit}`,
        { unit },
        { on: reachedOn, params },
      );
      send(addDays(reachedOn, 25), verifier, 'verifyMilestone', `${name}-${unit}-verify`, { unit }, { params });
    }
    return;
  }
  if (trouble === 'rejected' && type === 'start') {
    send(reported, clerk, 'claimMilestone', `${name}-first`, {}, { on, params });
    const reason = '现场核查仅完成场地平整，未见打桩施工。';
    send(
      addDays(reported, 4),
      verifier,
      'rejectMilestone',
      `${name}-reject`,
      { reason },
      { on: addDays(on, 4), params },
    );
    send(addDays(reported, 9), clerk, 'claimMilestone', name, {}, { on: addDays(on, 7), params });
  } else send(reported, clerk, 'claimMilestone', name, {}, { on, params });
  if (trouble === 'corrected' && type === 'start') {
    const body = { why: 'typing-error', reason: '开工日期录入错误，以开工令日期为准。', payload: {} };
    send(addDays(reported, 5), clerk, 'correct', `${name}-correct`, body, { on: addDays(on, 2), about: name });
  }
  if (trouble === 'retracted' && at === 0) {
    const body = { why: 'reported-twice', reason: '与上年度台账重复填报，先予撤回。' };
    send(addDays(reported, 5), clerk, 'retract', `${name}-retract`, body, { on, about: name });
    send(addDays(reported, 9), clerk, 'claimMilestone', `${name}-again`, {}, { on, params });
  }
  if (at % 2 === 0 || type === 'acceptance') {
    const answeredOn = addDays(on, VERIFY_LAG + 10);
    send(addDays(verified, 10), verifier, 'verifyMilestone', `${name}-verify`, {}, { on: answeredOn, params });
  }
}
