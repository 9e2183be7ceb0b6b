import { addDays } from '@planledger/kernel';
import type { Facts } from '@planledger/sectors';
import { type DemoUnit, type Life, REPORT_LAG, type Trouble } from './demo-step.js';

/** What the project built is delivered unit by unit, verified, and now and then disputed, completed or lost. */
export function deliverAll(life: Life, ends: string): void {
  for (const [at, unit] of life.project.units.entries()) deliver(life, unit, addDays(ends, REPORT_LAG + at), at === 0);
}

function deliver(life: Life, given: DemoUnit, day: string, isFirst: boolean): void {
  const { project, clerk, verifier, send } = life;
  const { measure, kind, trouble } = project;
  const { unit, name, member, quantity = 1, later } = given;
  const body = {
    ...{ unit, unitName: name, measure, kind, quantity, facts: factsOn(given, day) },
    ...(member === undefined ? {} : { member }),
  };
  const params = { unit };
  if (trouble === 'output-rejected' && isFirst) {
    send(day, clerk, 'deliverOutput', `${unit}-first`, body);
    const reason = '佐证材料不全，请补齐后重报。';
    send(addDays(day, 5), verifier, 'rejectOutput', `${unit}-reject`, { measure, reason }, { params });
    send(addDays(day, 12), clerk, 'deliverOutput', unit, body);
  } else send(day, clerk, 'deliverOutput', unit, body);
  // The newest deliveries still wait for their verifier: claimed runs ahead of verified.
  if (trouble === 'unverified') return;
  send(addDays(day, 30), verifier, 'verifyOutput', `${unit}-verify`, { measure }, { params });
  const facts: Facts | undefined = later ?? (trouble === 'facts-later' && isFirst ? { certified: true } : undefined);
  if (facts !== undefined) {
    const statement = { measure, facts, since: addDays(day, 38) };
    send(addDays(day, 40), clerk, 'stateOutputFacts', `${unit}-facts`, statement, { params });
    const about = `${unit}-facts`;
    send(addDays(day, 52), verifier, 'verifyOutput', `${unit}-facts-verify`, { measure }, { params, about });
  }
  if (trouble === 'revoked' && isFirst) {
    const loss = { measure, lostOn: addDays(day, 200), reason: '机构备案被注销，自注销之日起不再计入。' };
    send(addDays(day, 210), `verifier-${project.sector}`, 'revokeOutput', `${unit}-revoke`, loss, { params });
  }
}

function factsOn({ facts, dated = {} }: DemoUnit, day: string): Facts {
  const entries = Object.entries(dated).map(([name, form]) => [name, form === 'day' ? day : Number(day.slice(0, 4))]);
  return { ...facts, ...(Object.fromEntries(entries) as Facts) };
}

/** How a project stops that is not carried through. */
export function endOrPause(life: Life, on: string): void {
  const { project, clerk, send } = life;
  const { trouble } = project;
  const ends: Partial<Record<Trouble, [string, string]>> = {
    cancelled: ['cancelProject', '汴发改〔2024〕18号'],
    'moved-out': ['moveProjectOut', '汴发改〔2024〕19号'],
  };
  const end = trouble && ends[trouble];
  if (end) send(on, 'commission', end[0], 'end', { document: end[1], reason: '选址与国土空间规划不符，不再实施。' });
  if (trouble === 'split') goOnIn(life, on, ['东区', '西区']);
  if (trouble === 'merged') goOnIn(life, on, ['合并实施']);
  if (trouble !== 'suspended' && trouble !== 'resumed') return;
  send(on, clerk, 'suspendProject', 'suspend', { reason: '专项资金未到位，施工单位停工。' });
  if (trouble === 'resumed') send(addDays(on, 45), clerk, 'resumeProject', 'resume');
}

/** The unfinished work goes on in other projects, each with a plan of its own. */
function goOnIn({ project, clerk, send, key, milestones, due, designed }: Life, on: string, parts: string[]): void {
  const { name, sector, county, template, nature, item, measure, units } = project;
  const into = parts.map((part, index) => {
    const [id, day] = [key(`part-${index}`), addDays(on, index)];
    const params = { id };
    const registration = { name: `${name}（${part}）`, sector, county, nature, template, publicity: 'public' };
    send(day, clerk, 'registerProject', `part-${index}`, registration, { params });
    send(addDays(day, 2), clerk, 'linkProject', `part-${index}-link`, { item }, { params });
    const last = due(milestones.length - 1);
    const plan = {
      milestones: milestones.map(({ code, type }, at) => ({
        ...{ milestone: code, due: addDays(due(at), 240) },
        ...(type === 'quantity' ? { designed: Math.ceil(designed / parts.length) } : {}),
      })),
      outputs: measure === undefined || units.length === 0 ? [] : [{ measure, quantity: 1, due: addDays(last, 240) }],
    };
    send(addDays(day, 4), clerk, 'setMilestonePlan', `part-${index}-plan`, plan, { params });
    return id;
  });
  const decided = addDays(on, 12);
  const body = { document: '汴发改〔2024〕20号', reason: '按建设条件重新划分实施主体。' };
  if (parts.length > 1) send(decided, 'commission', 'splitProject', 'end', { ...body, into });
  else send(decided, 'commission', 'mergeProject', 'end', { ...body, into: into[0] });
}
