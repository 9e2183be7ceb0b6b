import { isDate, isRejection, type Rejection } from '@planledger/kernel';
import { CASE_LEVELS, type CaseState } from '@planledger/plan';
import { sectorOfCode } from './admit-wide.js';
import { ReasonedBody } from './bodies.js';
import {
  EscalateCaseBody,
  type LampBody,
  RaiseFindingBody,
  RectifyFindingBody,
  SuperviseBody,
} from './bodies-control.js';
import { type CommandRow, reject, row, type RowContext } from './command.js';

/** The case that a route names, while it is not closed; a finding is for the commission, its county only watches. */
function standing({ wide, params, actor }: RowContext, handles = false): CaseState | Rejection {
  const { id = '' } = params;
  const found = wide.plan.cases.get(id);
  if (!found) return reject('CASE_UNKNOWN', { case: id });
  if (found.status === 'closed') return reject('CASE_CLOSED', { case: id, on: found.since });
  return handles && found.kind === 'finding' && actor.role !== 'commission'
    ? reject('FINDING_FOR_COMMISSION', { case: id })
    : found;
}

/** What any new case must hold: an id of its own, something there that it is about, a day that can still be kept. */
function openable({ about = '', due }: { about?: string; due: string }, context: RowContext): Rejection | undefined {
  const { wide, params, on } = context;
  const { id = '' } = params;
  if (wide.plan.cases.has(id)) return reject('CASE_EXISTS', { case: id });
  const known = wide.projects.has(about) || sectorOfCode(wide.plan, about.replace(/^indicator\//, '')) !== undefined;
  if (about !== '' && !known) return reject('ABOUT_UNKNOWN', { about });
  return notPast(due, on);
}

function notPast(day: string, on: string): Rejection | undefined {
  if (!isDate(day)) return reject('NO_SUCH_DAY', { date: day });
  return day < on ? reject('DUE_TOO_EARLY', { due: day, earliest: on }) : undefined;
}

/** What is computed is not known here, so the colour decides: green may brighten, and so may yellow that has an expiry. */
function lightable(lamp: LampBody, about: string, reason: string, on: string): Rejection | undefined {
  const { colour, until } = lamp;
  if (!about.startsWith('project/')) return reject('LAMP_NEEDS_PROJECT');
  const brightens = colour === 'green' || (colour === 'yellow' && until !== undefined);
  if (brightens && (until === undefined || reason.trim() === '')) return reject('LAMP_NEEDS_EXPIRY', { colour });
  return until === undefined ? undefined : notPast(until, on);
}

const missingEntry = (entries: readonly number[], head: number): Rejection | undefined => {
  const entry = entries.find((position) => position > head);
  return entry === undefined ? undefined : reject('ENTRY_UNKNOWN', { entry });
};

/** Supervision 督办 and the auditor's findings 审计发现. */
export const CASE_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'issueSupervision',
    path: 'cases',
    on: 'case',
    summary: 'Supervise a unit, and set a lamp by hand where need be 督办',
    permission: 'case.handle',
    body: SuperviseBody,
    makes: 'supervisionIssued',
    event: ({ title, about = '', toUnit, due, lamp, reason = '' }, context) => {
      const refused =
        openable({ about, due }, context) ?? (lamp ? lightable(lamp, about, reason, context.on) : undefined);
      if (refused) return refused;
      const set = lamp ? { lamp: { lamp: lamp.lamp, colour: lamp.colour, until: lamp.until ?? '' } } : {};
      return { case: 'supervisionIssued', value: { title, about, toUnit, due, ...set } };
    },
    example: {
      occurredOn: '2025-10-20',
      title: '祥符区第九小学建设滞后，限期整改',
      toUnit: '410212-education',
      due: '2025-11-10',
      reason: '连续两月未报进度。',
    },
  }),
  row({
    name: 'escalateCase',
    path: 'cases/{id}/escalate',
    on: 'case',
    summary: 'Take a case to a higher level 升级',
    permission: 'case.handle',
    body: EscalateCaseBody,
    makes: 'caseEscalated',
    afterClosing: 'allowed',
    event: ({ level, due }, context) => {
      const found = standing(context, true);
      if (isRejection(found)) return found;
      const rank = (name: string): number => CASE_LEVELS.findIndex((each) => each === name);
      if (rank(level) <= rank(found.level)) return reject('CASE_LEVEL_NOT_UP', { level, before: found.level });
      const past = due === undefined ? undefined : notPast(due, context.on);
      return past ?? { case: 'caseEscalated', value: { level, due: due ?? '' } };
    },
    example: { occurredOn: '2025-10-25', level: 'commission', due: '2025-11-20' },
  }),
  row({
    name: 'closeCase',
    path: 'cases/{id}/close',
    on: 'case',
    summary: 'Close a case, with reason and evidence; a finding once it is rectified 销号',
    permission: 'case.handle',
    body: ReasonedBody,
    makes: 'caseClosed',
    afterClosing: 'allowed',
    event: ({ evidence = [] }, context) => {
      const found = standing(context, true);
      if (isRejection(found)) return found;
      const { id, kind, status } = found;
      if (kind === 'finding' && status !== 'rectified') return reject('FINDING_NOT_RECTIFIED', { case: id });
      if (evidence.length === 0) return reject('CLOSING_NEEDS_EVIDENCE', { case: id });
      return { case: 'caseClosed', value: {} };
    },
    example: {
      occurredOn: '2025-10-30',
      reason: '进度已补报，现场核查属实，予以销号。',
      evidence: [{ digest: 'c'.repeat(64), name: '整改核查报告', kept: '市发改委档案室' }],
    },
  }),
  row({
    name: 'raiseFinding',
    path: 'findings',
    on: 'case',
    summary: 'Raise a finding of the audit, on the entries it stands on 审计发现',
    permission: 'finding.raise',
    body: RaiseFindingBody,
    makes: 'findingRaised',
    afterClosing: 'allowed',
    event: ({ title, about = '', entries, toUnit, due }, context) =>
      openable({ about, due }, context) ??
      missingEntry(entries, context.head) ?? { case: 'findingRaised', value: { title, about, entries, toUnit, due } },
    example: {
      occurredOn: '2025-10-20',
      title: '开工日期与施工许可不一致',
      entries: [1],
      toUnit: '410212-education',
      due: '2025-11-10',
    },
  }),
  row({
    name: 'rectifyFinding',
    path: 'findings/{id}/rectify',
    on: 'case',
    summary: 'Say what was done about a finding, and by which entries 整改',
    permission: 'finding.rectify',
    body: RectifyFindingBody,
    makes: 'findingRectified',
    afterClosing: 'allowed',
    event: ({ entries }, context) => {
      const found = standing(context);
      if (isRejection(found)) return found;
      const { id, kind, status, since } = found;
      if (kind !== 'finding') return reject('NOT_A_FINDING', { case: id });
      if (status === 'rectified') return reject('FINDING_RECTIFIED', { case: id, on: since });
      return missingEntry(entries, context.head) ?? { case: 'findingRectified', value: { entries } };
    },
    example: { occurredOn: '2025-10-28', entries: [1], reason: '已按施工许可更正开工日期。' },
  }),
];
