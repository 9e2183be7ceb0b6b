import { Disposal, type EventInit, type MeasureDefined, Quantifier } from '@planledger/contracts';
import { add, compare, decimal, type Fraction, isDate, type Rejection, toText, ZERO } from '@planledger/kernel';
import { checklistOf, follows, type PlanState, ruleVersion } from '@planledger/plan';
import type {
  AdoptChecklistBody,
  AdoptRosterBody,
  ApproveEvaluationBody,
  ClosePlanBody,
  CountyTargetBody,
  DecomposeTargetBody,
  PublishReportBody,
  RosterMemberBody,
  SettleDoubtBody,
} from './bodies-plan.js';
import { reject, type RowContext } from './command.js';
import { firstOf } from './plan-changes.js';
import { isFirm, onlyOnce, same } from './plan-measure.js';

const DISPOSAL = { 'carried-over': Disposal.CARRIED_OVER, 'written-off': Disposal.WRITTEN_OFF } as const;

/** The end of the plan. The decider has no figures: what is not named is thereby declared finished. */
export function closePlan({ document, unfinished }: ClosePlanBody, { wide: { plan }, on }: RowContext) {
  const end = plan.plan?.periodEnd ?? '';
  if (on < end) return reject('PLAN_NOT_OVER', { on, end });
  return (
    onlyOnce(unfinished.map(({ measure }) => measure)) ??
    firstOf(unfinished, ({ measure }) => {
      const known = plan.measures.get(measure);
      if (!known) return reject('MEASURE_UNKNOWN', { measure });
      return isFirm(known) ? undefined : reject('NOT_FIRM', { measure });
    }) ??
    ({
      case: 'planClosed',
      value: {
        document,
        unfinished: unfinished.map((each) => ({ ...each, disposal: DISPOSAL[each.disposal] })),
      },
    } as const)
  );
}

/** Quantifiers whose number is a sum over units, so that counties can have parts of it. */
const SUMMED: ReadonlySet<Quantifier> = new Set([
  ...[Quantifier.AT_LEAST, Quantifier.EXACT, Quantifier.APPROX, Quantifier.RANGE, Quantifier.EVERY_YEAR],
]);

export function decomposeTarget(
  { measure, counties, document }: DecomposeTargetBody,
  { wide: { plan } }: RowContext,
): EventInit | Rejection | undefined {
  const said = plan.decomposed.get(measure);
  const parts = (all: readonly CountyTargetBody[]) => all.map(({ county, target }) => [county, target]);
  if (said?.document === document && same(parts(said.counties), parts(counties))) return undefined;
  const known = plan.measures.get(measure);
  if (!known) return reject('MEASURE_UNKNOWN', { measure });
  if (!SUMMED.has(known.quantifier)) return reject('TARGET_HAS_NO_PARTS', { measure });
  const refused =
    onlyOnce(counties.map(({ county }) => county)) ??
    firstOf(counties, ({ county, target }) => {
      if (!plan.counties.has(county)) return reject('COUNTY_UNKNOWN', { county });
      return compare(decimal(target), ZERO) > 0 ? undefined : reject('TARGET_NOT_POSITIVE', { code: county, target });
    });
  if (refused) return refused;
  const sum = counties.map(({ target }) => decimal(target)).reduce(add);
  const whole = targetNow(known, plan);
  return compare(sum, whole) > 0
    ? reject('TARGET_PARTS_EXCEED', { measure, sum: toText(sum), target: toText(whole) })
    : { case: 'targetDecomposed', value: { measure, counties, document } };
}

/**
 * The number that a measure's parts may sum to: of a range its upper end; where a doubt about it gives numbers, that of
 * the settled reading, or while it is open the first one's, unless a document changed the measure after the settling.
 */
function targetNow({ measure, low, high }: MeasureDefined, plan: PlanState): Fraction {
  for (const { doubt, about, readings } of plan.doubts.values()) {
    const settled = plan.settled.get(doubt);
    if (!about.includes(measure) || (settled && (plan.definedAt.get(measure) ?? 0) > settled.position)) continue;
    const reading = settled ? readings.find((one) => one.reading === settled.reading) : readings[0];
    if (reading?.target) return decimal(reading.target);
  }
  return decimal(high || low);
}

/** A roster's members; of more than one entry holds, a part of them. */
export function adoptRoster(body: AdoptRosterBody, { wide: { plan } }: RowContext): EventInit | Rejection | undefined {
  const { roster, members, document, part = 0, parts = 0 } = body;
  const known = plan.rosters.get(roster);
  if (!known) return reject('ROSTER_UNKNOWN', { roster });
  const asked = members.map(({ member, name, county, from = '', to = '' }) => [member, name, county, from, to]);
  const stands = known.members.map((one) => [one.member, one.name, one.county, one.validFrom, one.validTo]);
  if (adoptedBy(plan, roster) === document && same(stands, asked)) return undefined;
  const pending = part > 1 ? plan.rosterParts.get(roster) : undefined;
  const next = { document, part, parts };
  if (part > parts || (part === 0 && parts > 0) || (part > 1 && !(pending && follows(pending, next)))) {
    return reject('ROSTER_PART_MISPLACED', { roster, part, parts });
  }
  const all = [...(pending?.members.map(({ member }) => member) ?? []), ...members.map(({ member }) => member)];
  const value = {
    ...{ roster, document, part, parts },
    members: members.map(({ member, name, county, from = '', to = '' }) => ({
      ...{ member, name, county, validFrom: from, validTo: to },
    })),
  };
  return onlyOnce(all) ?? firstOf(members, (one) => memberFits(one, plan)) ?? { case: 'rosterAdopted', value };
}

/** The document by which a roster or a checklist was adopted last; undefined where none was. */
const adoptedBy = (plan: PlanState, code: string): string | undefined =>
  plan.documents.findLast(({ kind, changed }) => (kind === 'roster' || kind === 'checklist') && changed.includes(code))
    ?.document;

function memberFits({ member, county, from, to }: RosterMemberBody, plan: PlanState): Rejection | undefined {
  if (!plan.counties.has(county)) return reject('COUNTY_UNKNOWN', { county });
  const missing = [from, to].find((date) => date !== undefined && !isDate(date));
  if (missing !== undefined) return reject('NO_SUCH_DAY', { date: missing });
  return from !== undefined && to !== undefined && to < from ? reject('MEMBER_NEVER_VALID', { member }) : undefined;
}

/** Named works for an item that has no firm measure to count; once adopted, adopted again. */
export function adoptChecklist(
  { item, name, works, due, document }: AdoptChecklistBody,
  { wide: { plan } }: RowContext,
): EventInit | Rejection | undefined {
  if (!plan.items.has(item)) return reject('ITEM_UNKNOWN', { item });
  const code = checklistOf(item);
  const adopted = adoptedBy(plan, code);
  const stands = plan.measures.get(code);
  const named = works.map(({ id: work, name: called, weight = 1 }) => ({ work, name: called, weight }));
  const said = stands?.works.map(({ work, name: called, weight }) => ({ work, name: called, weight }));
  if (adopted === document && same([stands?.name, stands?.due, said], [name, due, named])) return undefined;
  const counts = [...plan.measures.values()].some((one) => one.item === item && one.partOf === '' && isFirm(one));
  if (counts && adopted === undefined) return reject('CHECKLIST_NOT_NEEDED', { item });
  if (!isDate(due)) return reject('NO_SUCH_DAY', { date: due });
  const { periodStart: from = '', periodEnd: to = '' } = plan.plan ?? {};
  if (due < from || due > to) return reject('DUE_OUTSIDE', { code: item, due, from, to });
  return (
    onlyOnce(works.map(({ id }) => id)) ?? {
      case: 'checklistAdopted',
      value: { item, name, works: named, due, document },
    }
  );
}

export function settleDoubt({ reading, document }: SettleDoubtBody, { wide: { plan }, params }: RowContext) {
  const doubt = params['doubt'] ?? '';
  const raised = plan.doubts.get(doubt);
  if (!raised) return reject('DOUBT_UNKNOWN', { doubt });
  const settled = plan.settled.get(doubt);
  if (settled) return reject('DOUBT_ALREADY_SETTLED', { doubt, document: settled.document });
  const known = raised.readings.map((one) => one.reading);
  return known.includes(reading)
    ? ({ case: 'doubtSettled', value: { doubt, reading, document } } as const)
    : reject('READING_UNKNOWN', { reading, known: known.join('、') });
}

/** A figure's address must be one that could be answered: of a plan that was loaded, as far as its ledger goes. */
function readable(at: number, on: string, { wide: { plan }, head, today }: RowContext): Rejection | undefined {
  const first = plan.imported?.position ?? 1;
  if (at < first || at > head) return reject('POSITION_NOT_KNOWN', { at, first, head });
  if (!isDate(on)) return reject('NO_SUCH_DAY', { date: on });
  return on > today ? reject('FUTURE_DATE', { date: on, today }) : undefined;
}

export function approveEvaluation(
  { kind, at, on, digest, document }: ApproveEvaluationBody,
  context: RowContext,
): EventInit | Rejection | undefined {
  const { plan } = context.wide;
  const asked = [kind, at, on, digest, document];
  const said = plan.evaluations.map((one) => [one.kind, one.at, one.on, one.digest, one.document]);
  if (said.some((one) => same(one, asked))) return undefined;
  const end = plan.plan?.periodEnd ?? '';
  const refused = readable(at, on, context);
  if (refused) return refused;
  if (kind === 'final' && on < end) return reject('PLAN_NOT_OVER', { on, end });
  return { case: 'evaluationApproved', value: { kind, at, on, digest, document } };
}

export function publishReport(body: PublishReportBody, context: RowContext): EventInit | Rejection {
  const { plan, program } = context.wide;
  const { report, title, digest, at, on, nodes = [] } = body;
  if (plan.reports.some((known) => known.report === report)) return reject('REPORT_TAKEN', { report });
  const refused = readable(at, on, context);
  if (refused) return refused;
  const version = body.ruleVersion ?? ruleVersion(plan, 'progress', on) ?? '';
  if (version !== '' && !program.progressVersions.has(version)) {
    return reject('RULES_UNKNOWN', { part: 'progress', version });
  }
  return { case: 'reportPublished', value: { report, title, digest, at, on, ruleVersion: version, nodes } };
}
