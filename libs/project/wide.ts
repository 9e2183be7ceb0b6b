import { type Entry, type ProjectCode, type ProjectRegistered, type Rewrite, rewriteOf } from '@planledger/contracts';
import { Layered } from '@planledger/kernel';
import { emptyPlan, foldPlan, isPlanSide, periodStream } from '@planledger/plan';
import type { Part, Program, Wide } from './model.js';
import { foldUnits } from './wide-units.js';

export const emptyWide = (planId: string, program: Program): Wide => ({
  planId,
  program,
  plan: emptyPlan,
  codes: Layered.empty(),
  bindings: Layered.empty(),
  sites: Layered.empty(),
  identities: Layered.empty(),
  unitRecords: Layered.empty(),
  projects: Layered.empty(),
  ended: Layered.empty(),
  participants: Layered.empty(),
  lateRequests: Layered.empty(),
});

export const settleWide = (wide: Wide): Wide => ({
  ...wide,
  codes: wide.codes.settle(),
  bindings: wide.bindings.settle(),
  sites: wide.sites.settle(),
  identities: wide.identities.settle(),
  unitRecords: wide.unitRecords.settle(),
  projects: wide.projects.settle(),
  ended: wide.ended.settle(),
  participants: wide.participants.settle(),
  lateRequests: wide.lateRequests.settle(),
});

/** The next value. What a project registered cannot be corrected; a code bound later and an ending can be undone. */
export function foldWide(wide: Wide, entry: Entry): Wide {
  if (isPlanSide(entry.stream)) return { ...wide, plan: foldPlan(wide.plan, entry) };
  return withPart(foldUnits(foldProjects(wide, entry), entry), entry);
}

function foldProjects(wide: Wide, entry: Entry): Wide {
  const { stream, position, event } = entry;
  switch (event.case) {
    case 'projectRegistered':
      return register(wide, stream, event.value);
    case 'projectCarriedIn':
      return event.value.registration ? register(wide, stream, event.value.registration) : wide;
    case 'projectCodeBound':
      return bind(wide, stream, position, event.value.code);
    case 'projectCancelled':
    case 'projectMovedOut':
    case 'projectSplit':
    case 'projectMerged':
      return { ...wide, ended: wide.ended.set(stream, position) };
    case 'correctionRequested':
      return { ...wide, lateRequests: wide.lateRequests.set(position, entry) };
    case 'entryCorrected':
    case 'entryRetracted':
      return rewritten(wide, stream, rewriteOf(entry, undefined));
    case 'correctionApproved':
      return rewritten(wide, stream, rewriteOf(entry, wide.lateRequests.get(event.value.request)));
    default:
      return wide;
  }
}

function rewritten(wide: Wide, stream: string, rewrite: Rewrite | undefined): Wide {
  if (!rewrite) return wide;
  const { entry, correction } = rewrite;
  if (correction) {
    const { replacement } = correction;
    if (replacement?.event.case !== 'projectCodeBound') return wide;
    return bind(released(wide, stream, entry), stream, entry, replacement.event.value.code);
  }
  const freed = released(wide, stream, entry);
  return wide.ended.get(stream) === entry ? { ...freed, ended: wide.ended.set(stream, 0) } : freed;
}

/** A new value only where somebody does more in a month than he did before: it is asked of every entry. */
function withPart(wide: Wide, { stream, sector, period, actor }: Entry): Wide {
  const unit = wide.projects.get(stream)?.unit ?? actor?.unit ?? '';
  const key = periodStream(period, unit, sector);
  const [known, subject] = [wide.participants.get(key), actor?.subject ?? ''];
  const part: Part = actor?.role === 'clerk' ? 'wrote' : 'judged';
  const before = known?.get(subject);
  if (before === 'wrote' || before === part) return wide;
  return { ...wide, participants: wide.participants.set(key, new Map(known).set(subject, part)) };
}

function register(wide: Wide, stream: string, { codes, site, sector, county, unit }: ProjectRegistered): Wide {
  return {
    ...wide,
    codes: codes.reduce((taken, code) => hold(taken, code, { stream, site }), wide.codes),
    sites: site ? wide.sites.set(`${site}|${sector}`, stream) : wide.sites,
    projects: wide.projects.set(stream, { sector, county, unit, site }),
  };
}

function bind(wide: Wide, stream: string, position: number, code: ProjectCode | undefined): Wide {
  if (!code) return wide;
  const site = wide.projects.get(stream)?.site ?? '';
  return {
    ...wide,
    codes: hold(wide.codes, code, { stream, site }),
    bindings: wide.bindings.set(position, codeKey(code)),
  };
}

/** The code that the entry at this position bound is free for others: entered by mistake, it would block its owner. */
function released(wide: Wide, stream: string, position: number): Wide {
  const key = wide.bindings.get(position);
  if (key === undefined) return wide;
  const others = (wide.codes.get(key) ?? []).filter((holder) => holder.stream !== stream);
  return { ...wide, codes: wide.codes.set(key, others) };
}

export const codeKey = ({ kind, value }: { readonly kind: string; readonly value: string }): string =>
  `${kind}:${value}`;

const hold = (codes: Wide['codes'], code: ProjectCode, holder: { stream: string; site: string }): Wide['codes'] =>
  codes.set(codeKey(code), [...(codes.get(codeKey(code)) ?? []), holder]);
