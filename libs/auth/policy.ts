import type { Denial, DenialCode } from './refusals.js';
import { ROLE_NAMES, type Role } from './roles.js';

/** The lists a person is limited to; '*' is every one, an empty list none. */
export type Reachable = '*' | readonly string[];

/** Who asks: what a checked token says, and nothing else. `subject` is stable and opaque, never a name. */
export interface Principal {
  readonly subject: string;
  readonly unit: string;
  readonly role: Role;
  readonly plans: Reachable;
  readonly sectors: Reachable;
  readonly counties: Reachable;
}

/** Everything one can be allowed. A route without one of these cannot be written down, and so cannot be reached. */
export type Permission =
  | 'project.register'
  | 'project.link'
  | 'project.plan'
  | 'milestone.claim'
  | 'milestone.verify' // verify and reject
  | 'progress.report'
  | 'progress.verify' // verify and reject
  | 'output.deliver'
  | 'output.state-facts'
  | 'output.verify' // verify and reject
  | 'output.revoke'
  | 'project.suspend' // suspend and resume
  | 'project.cancel'
  | 'project.move-out'
  | 'project.bind-code'
  | 'project.split' // split and merge
  | 'project.carry-in'
  | 'off-plan.flag'
  | 'off-plan.admit'
  | 'reserve.keep' // enter and leave
  | 'milestone.plan' // dates of a unit
  | 'milestone.exempt' // ask for an exemption
  | 'exemption.decide'
  | 'rebaseline.request'
  | 'rebaseline.decide'
  | 'element.request'
  | 'element.allocate'
  | 'element.use' // use and release
  | 'correction.decide'
  | 'period.open'
  | 'report.submit'
  | 'report.judge' // return and approve
  | 'period.close'
  | 'case.handle' // supervise, escalate, close
  | 'finding.raise'
  | 'finding.rectify'
  | 'plan.decide' // every event of the plan stream after the import
  | 'entry.correct' // correct and retract
  | 'indicator.observe'
  | 'plan.import'
  | 'plan.read' // plan, completion, indicators, gaps, live, explain
  | 'project.read' // one project, a sector's lists and views
  | 'entries.read'
  | 'replay.read'
  | 'parked.manage'
  | 'metrics.read';

/**
 * Which objects a role reaches with a permission:
 * `own-unit` plan, sector, county and unit of the object are the principal's; `own-sector` plan and sector, and county
 * where his counties are limited; `own-county` plan and county; `plan` the plan alone; `process` no object at all.
 */
export type Scope = 'own-unit' | 'own-sector' | 'own-county' | 'plan' | 'process';

/** The ONE table (DOMAIN §8). What does not stand here is refused. */
export const POLICY: Readonly<Record<Permission, Readonly<Partial<Record<Role, Scope>>>>> = {
  'project.register': { clerk: 'own-unit' },
  'project.link': { clerk: 'own-unit', commission: 'plan' }, // the commission settles disputed links
  'project.plan': { clerk: 'own-unit' },
  'milestone.claim': { clerk: 'own-unit' },
  'milestone.verify': { verifier: 'own-sector', commission: 'plan' }, // spot checks, and a bureau's own projects
  'progress.report': { clerk: 'own-unit' },
  'progress.verify': { verifier: 'own-sector', commission: 'plan' },
  'output.deliver': { clerk: 'own-unit' },
  'output.state-facts': { clerk: 'own-unit' },
  'output.verify': { verifier: 'own-sector', commission: 'plan' },
  'output.revoke': { verifier: 'own-sector' },
  'project.suspend': { clerk: 'own-unit' },
  'project.cancel': { commission: 'plan' },
  'project.move-out': { commission: 'plan' },
  'project.bind-code': { clerk: 'own-unit' },
  'project.split': { commission: 'plan' },
  'project.carry-in': { clerk: 'own-unit' },
  'off-plan.flag': { 'county-commission': 'own-county', commission: 'plan' },
  'off-plan.admit': { commission: 'plan' },
  'reserve.keep': { clerk: 'own-unit' },
  'milestone.plan': { clerk: 'own-unit' },
  'milestone.exempt': { clerk: 'own-unit' },
  'exemption.decide': { verifier: 'own-sector', commission: 'plan' },
  'rebaseline.request': { clerk: 'own-unit' },
  'rebaseline.decide': { commission: 'plan' },
  'element.request': { clerk: 'own-unit' },
  'element.allocate': { commission: 'plan' },
  'element.use': { clerk: 'own-unit' },
  'correction.decide': { verifier: 'own-sector', commission: 'plan' }, // one level up from who asked
  'period.open': { commission: 'plan' },
  'report.submit': { clerk: 'own-unit' },
  'report.judge': { approver: 'own-unit', 'county-commission': 'own-county', verifier: 'own-sector' },
  'period.close': { verifier: 'own-sector', commission: 'plan' },
  'case.handle': { 'county-commission': 'own-county', commission: 'plan' },
  'finding.raise': { auditor: 'plan' },
  'finding.rectify': { clerk: 'own-unit', verifier: 'own-sector' },
  'plan.decide': { commission: 'plan' },
  'entry.correct': { clerk: 'own-unit', verifier: 'own-sector', commission: 'plan' }, // and only what one may write: Target.corrects
  'indicator.observe': { verifier: 'own-sector' },
  'plan.import': { operator: 'plan' },
  'plan.read': {
    clerk: 'plan',
    approver: 'plan',
    verifier: 'plan',
    'county-commission': 'plan',
    commission: 'plan',
    auditor: 'plan',
  },
  'project.read': {
    clerk: 'own-sector',
    approver: 'own-sector',
    verifier: 'own-sector',
    'county-commission': 'own-county',
    commission: 'plan',
    auditor: 'plan',
  },
  // A ledger holds all counties: one's own is not enough. Services heal gaps from it.
  'entries.read': { commission: 'plan', auditor: 'plan', service: 'plan' },
  'replay.read': { commission: 'plan', auditor: 'plan' },
  'parked.manage': { operator: 'plan' },
  'metrics.read': { operator: 'process' },
};

/** Where somebody else's claim is judged. */
const JUDGES_A_CLAIM: ReadonlySet<Permission> = new Set([
  ...(['milestone.verify', 'progress.verify', 'output.verify'] as const),
  ...(['exemption.decide', 'rebaseline.decide', 'correction.decide'] as const),
]);

/**
 * The object asked for, as the ledger knows it, never as the request says it; of a registration alone, what is to be
 * registered. What is left out is in nobody's own sector, county or unit.
 */
export interface Target {
  readonly plan: string;
  readonly sector?: string;
  readonly county?: string;
  readonly unit?: string;
  /** Of a verification: who claimed, reported or delivered. MUST be given wherever such an entry stands. */
  readonly claimedBy?: { readonly subject: string; readonly unit: string };
  /** Of entry.correct: the permission the entry was written under. Left out, the correction is refused. */
  readonly corrects?: Permission;
}

/** What a principal reaches with a permission; a list or a count MUST be narrowed to it. */
export interface Reach {
  readonly plans: Reachable;
  readonly sectors: Reachable;
  readonly counties: Reachable;
  readonly units: Reachable;
}

const REACH_OF_SCOPE: Readonly<Record<Scope, (principal: Principal) => Reach>> = {
  'own-unit': ({ plans, sectors, counties, unit }) => ({ plans, sectors, counties, units: [unit] }),
  'own-sector': ({ plans, sectors, counties }) => ({ plans, sectors, counties, units: '*' }),
  'own-county': ({ plans, counties }) => ({ plans, sectors: '*', counties, units: '*' }),
  plan: ({ plans }) => ({ plans, sectors: '*', counties: '*', units: '*' }),
  process: () => ({ plans: '*', sectors: '*', counties: '*', units: '*' }),
};

/** Own properties only: neither "__proto__" nor "constructor" is a permission or a role. */
const grantsOf = (permission: Permission): Readonly<Partial<Record<Role, Scope>>> =>
  Object.hasOwn(POLICY, permission) ? POLICY[permission] : {};
const scopeOf = (role: Role, permission: Permission): Scope | undefined =>
  Object.hasOwn(grantsOf(permission), role) ? grantsOf(permission)[role] : undefined;

/** Undefined when the role has no such permission anywhere. */
export function reachOf(principal: Principal, permission: Permission): Reach | undefined {
  const scope = scopeOf(principal.role, permission);
  return scope && REACH_OF_SCOPE[scope](principal);
}

/**
 * May this person do this to that object? Undefined is yes; a denial says why not, in the words of AUTH_REFUSALS.
 * Whatever is unknown is refused. Another plan is refused before anything else, so that nothing of it shows (404).
 */
export function may(principal: Principal, permission: Permission, target: Target): Denial | undefined {
  const aboutPlan = !Object.values(grantsOf(permission)).includes('process');
  if (aboutPlan && !covers(principal.plans, target.plan)) return { code: 'OTHER_PLAN', details: {} };
  const reach = reachOf(principal, permission);
  if (!reach) return roleMayNot(principal.role, permission);
  if (!covers(reach.sectors, target.sector)) return outside('OTHER_SECTOR', reach.sectors);
  if (!covers(reach.counties, target.county)) return outside('OTHER_COUNTY', reach.counties);
  if (!covers(reach.units, target.unit)) return outside('OTHER_UNIT', reach.units);
  if (permission === 'entry.correct') return mayCorrect(principal, target);
  return JUDGES_A_CLAIM.has(permission) ? ownClaim(principal, target.claimedBy) : undefined;
}

const covers = (reachable: Reachable, value: string | undefined): boolean =>
  reachable === '*' || (value !== undefined && reachable.includes(value));

const outside = (code: DenialCode, own: Reachable): Denial => ({
  code,
  details: { own: own === '*' || own.length === 0 ? '—' : own.join('、') },
});

/** One corrects only what one may write. */
function mayCorrect(principal: Principal, target: Target): Denial | undefined {
  const { corrects, ...object } = target;
  return corrects === undefined ? roleMayNot(principal.role, 'entry.correct') : may(principal, corrects, object);
}

/** Who claims cannot verify, nor can anybody of the unit that claimed. */
function ownClaim(principal: Principal, claimedBy: Target['claimedBy']): Denial | undefined {
  if (claimedBy?.subject === principal.subject) return { code: 'OWN_CLAIM_PERSON', details: {} };
  if (claimedBy?.unit === principal.unit) return { code: 'OWN_CLAIM_UNIT', details: { unit: principal.unit } };
  return undefined;
}

/** Names the roles that may, so that the reader knows whom to ask. */
function roleMayNot(role: Role, permission: Permission): Denial {
  const entitled = (Object.keys(grantsOf(permission)) as Role[]).map((each) => ROLE_NAMES[each]);
  const own = Object.hasOwn(ROLE_NAMES, role) ? ROLE_NAMES[role] : { zh: '未知角色', en: 'unknown' };
  return {
    code: 'ROLE_MAY_NOT',
    details: {
      roleZh: own.zh,
      roleEn: own.en,
      entitledZh: entitled.map(({ zh }) => zh).join('、') || '无',
      entitledEn: entitled.map(({ en }) => en).join(', ') || 'nobody',
    },
  };
}
