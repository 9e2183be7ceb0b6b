import { may, type Permission, type Reachable } from '@planledger/auth';
import { type Rejection, reject as refuse, shanghaiDate } from '@planledger/kernel';
import { periodAt } from '@planledger/plan';
import { sectorOfCode } from './admit-wide.js';
import { type CommandRow, reject, streamOfRow } from './command.js';
import type { Context } from './decide.js';
import type { Asker, RowCommand, Wide } from './model.js';

/** What a command acts on, for the policy and the envelope. */
export interface Subject {
  readonly sector: string;
  readonly county: string;
  readonly unit: string;
  /** Of a correction: the permission under which the entry was written. */
  readonly corrects?: Permission;
  /** Of a finding: the unit named in it, which may act whatever its sector and county. */
  readonly named?: string;
  /** The month of an entry that is no unit's report: that of the period itself, else that of recording. */
  readonly month?: string;
}

/** Whose thing a command acts on; a refusal where there is no such thing. */
export function subjectOf(command: RowCommand, context: Context): Subject | Rejection {
  const { row, params, body, by } = command;
  const { wide, state, history } = context;
  const { registration } = state.project ?? {};
  switch (row.on) {
    case 'plan':
      return { sector: '', county: '', unit: '' };
    case 'period':
      return subjectOfPeriod(command, wide);
    case 'case':
      return subjectOfCase(command, context);
    case 'request': {
      if (registration) return registration;
      const request = Number(params['position']);
      // Of an indicator it is that of the entry: each of its counties has others who may answer.
      const asked = state.indicator && history.find(({ position }) => position === request);
      if (!asked) return reject('REQUEST_NOT_PENDING', { request });
      return { sector: asked.sector, county: asked.county, unit: '' };
    }
    case 'indicator': {
      const code = params['code'] ?? '';
      const { county = '' } = body as { county?: string };
      const sector = sectorOfCode(wide.plan, code);
      return sector === undefined ? reject('INDICATOR_UNKNOWN', { indicator: code }) : { sector, county, unit: '' };
    }
    case 'project': {
      // What opens a stream says itself what it is.
      if (row.makes !== 'projectRegistered' && row.makes !== 'projectCarriedIn') {
        return registration ?? reject('PROJECT_UNKNOWN', { project: params['id'] ?? '' });
      }
      const { sector, county, unit = by.principal.unit } = body as { sector: string; county: string; unit?: string };
      return { sector, county, unit };
    }
  }
}

/** A period to be opened is whose its body says; any other is whose it was opened for. */
function subjectOfPeriod(command: RowCommand, { plan }: Wide): Subject | Rejection {
  const { row, params, body } = command;
  const { period: month = '' } = params;
  if (row.makes === 'periodOpened') return { ...(body as Pick<Subject, 'sector' | 'county' | 'unit'>), month };
  const stream = streamOfRow(command);
  const period = periodAt(plan.periods, stream);
  if (period) return { sector: period.sector, county: period.county, unit: period.unit, month };
  const [, , unit, sector] = stream.split('/');
  return reject('PERIOD_UNKNOWN', { month: month.slice(0, 20), unit: unit || '—', sector: sector || '—' });
}

/** A case is in the sector and county of the project it is about; one about none is for those who reach the whole plan. */
function subjectOfCase({ row, params, body }: RowCommand, { wide, nowMs }: Context): Subject | Rejection {
  const { id = '' } = params;
  const found = row.path.includes('{id}') ? wide.plan.cases.get(id) : (body as { about?: string; toUnit?: string });
  if (!found) return reject('CASE_UNKNOWN', { case: id });
  const { about = '', toUnit = '' } = found;
  const sector = about.startsWith('indicator/') ? sectorOfCode(wide.plan, about.slice('indicator/'.length)) : undefined;
  const place = wide.projects.get(about) ?? { sector: sector ?? '', county: '', unit: '' };
  const named = row.makes === 'findingRectified' ? { unit: toUnit, named: toUnit } : {};
  return { ...place, ...named, month: shanghaiDate(nowMs).slice(0, 7) };
}

/** Refuses who may not act on the subject, or answers a claim of his own; see may() in libs/auth. */
export function permitted(
  { principal }: Asker,
  permission: CommandRow['permission'],
  wide: Wide,
  subject: Subject,
  claimedBy: readonly { subject: string; unit: string }[],
): Rejection | undefined {
  const { sector, county, unit, corrects, named } = subject;
  const own = ([first = '']: Reachable): string => first;
  const place =
    named === principal.unit ? { sector: own(principal.sectors), county: own(principal.counties) } : { sector, county };
  const target = { plan: wide.planId, ...place, unit, ...(corrects ? { corrects } : {}) };
  for (const claimant of claimedBy.length > 0 ? claimedBy : [undefined]) {
    const denial = may(principal, permission, claimant ? { ...target, claimedBy: claimant } : target);
    if (denial) return refuse(denial.code, denial.details);
  }
  return undefined;
}
