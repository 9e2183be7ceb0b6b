import { describe, expect, test } from '@jest/globals';
import { fill } from '@planledger/kernel';
import { may, POLICY, reachOf, type Permission, type Principal, type Target } from './policy.js';
import { AUTH_REFUSALS, type DenialCode } from './refusals.js';
import { ROLE_NAMES, type Role } from './roles.js';

const PLAN = 'kaifeng-145';
const everywhere = { plans: [PLAN], sectors: '*', counties: '*' } as const;
const education = { plans: [PLAN], sectors: ['education'], counties: ['410212'] };

const PEOPLE: Record<Role, Principal> = {
  clerk: { subject: 'p-clerk', role: 'clerk', unit: '410212-education', ...education },
  approver: { subject: 'p-approver', role: 'approver', unit: '410212-education', ...education },
  verifier: { subject: 'p-verifier', role: 'verifier', unit: 'city-education', ...education, counties: '*' },
  'county-commission': {
    subject: 'p-county',
    role: 'county-commission',
    unit: '410212-commission',
    ...everywhere,
    counties: ['410212'],
  },
  commission: { subject: 'p-commission', role: 'commission', unit: 'city-commission', ...everywhere },
  auditor: { subject: 'p-auditor', role: 'auditor', unit: 'city-audit', ...everywhere },
  operator: { subject: 'p-operator', role: 'operator', unit: 'city-operations', ...everywhere },
  service: { subject: 'p-service', role: 'service', unit: 'system', ...everywhere },
};

const own: Target = { plan: PLAN, sector: 'education', county: '410212', unit: '410212-education' };
const OBJECTS: readonly (readonly [string, Target])[] = [
  ['their own', own],
  ['a sibling unit', { ...own, unit: '410212-schools-office' }],
  ['another county', { ...own, county: '410221', unit: '410221-education' }],
  ['another sector', { ...own, sector: 'health', unit: '410212-health' }],
  ['another plan', { ...own, plan: 'luoyang-145' }],
];

const OUTCOMES: Record<string, DenialCode | undefined> = {
  y: undefined,
  r: 'ROLE_MAY_NOT',
  u: 'OTHER_UNIT',
  c: 'OTHER_COUNTY',
  s: 'OTHER_SECTOR',
  p: 'OTHER_PLAN',
};

/**
 * Each word is the answer for the five objects in their order: y yes, r the role may not, u unit, c county, s sector,
 * p plan. "yucsp" is one's own unit alone, "yyysp" one's own sector, "yyyyp" the whole plan, "rrrrp" never.
 */
const EXPECTED = `
                    clerk  approver  verifier  county-commission  commission  auditor  operator  service
  project.register  yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  project.link      yucsp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  project.plan      yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  milestone.claim   yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  milestone.verify  rrrrp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  progress.report   yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  progress.verify   rrrrp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  output.deliver    yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  output.state-facts yucsp rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  output.verify     rrrrp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  output.revoke     rrrrp  rrrrp     yyysp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  project.suspend   yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  project.cancel    rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  project.move-out  rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  project.bind-code  yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  project.split       rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  project.carry-in    yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  off-plan.flag       rrrrp  rrrrp     rrrrp     yycyp              yyyyp       rrrrp    rrrrp    rrrrp
  off-plan.admit      rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  reserve.keep        yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  milestone.plan      yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  milestone.exempt    yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  exemption.decide    rrrrp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  rebaseline.request yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  rebaseline.decide  rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  element.request     yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  element.allocate    rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  element.use         yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  correction.decide  rrrrp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  period.open         rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  report.submit       yucsp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  report.judge        rrrrp  yucsp     yyysp     yycyp              rrrrp       rrrrp    rrrrp    rrrrp
  period.close        rrrrp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  case.handle         rrrrp  rrrrp     rrrrp     yycyp              yyyyp       rrrrp    rrrrp    rrrrp
  finding.raise       rrrrp  rrrrp     rrrrp     rrrrp              rrrrp       yyyyp    rrrrp    rrrrp
  finding.rectify     yucsp  rrrrp     yyysp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  plan.decide         rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  entry.correct     yucsp  rrrrp     yyysp     rrrrp              yyyyp       rrrrp    rrrrp    rrrrp
  indicator.observe rrrrp  rrrrp     yyysp     rrrrp              rrrrp       rrrrp    rrrrp    rrrrp
  plan.import       rrrrp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    yyyyp    rrrrp
  plan.read         yyyyp  yyyyp     yyyyp     yyyyp              yyyyp       yyyyp    rrrrp    rrrrp
  project.read      yycsp  yycsp     yyysp     yycyp              yyyyp       yyyyp    rrrrp    rrrrp
  entries.read      rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       yyyyp    rrrrp    yyyyp
  replay.read       rrrrp  rrrrp     rrrrp     rrrrp              yyyyp       yyyyp    rrrrp    rrrrp
  parked.manage     rrrrp  rrrrp     rrrrp     rrrrp              rrrrp       rrrrp    yyyyp    rrrrp
  metrics.read      rrrrr  rrrrr     rrrrr     rrrrr              rrrrr       rrrrr    yyyyy    rrrrr
`;

const [header = [], ...rows] = EXPECTED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const roles = header as Role[];
/** What each role may have written, and so may correct. */
const correctsAs = (role: Role): Target['corrects'] =>
  role === 'verifier' ? 'output.revoke' : role === 'commission' ? 'project.cancel' : 'milestone.claim';

describe('who may do what', () => {
  test('the table names every permission and every role', () => {
    expect(rows.map(([permission]) => permission)).toEqual(Object.keys(POLICY));
    expect(roles).toEqual(Object.keys(ROLE_NAMES));
  });

  describe.each(rows.map(([permission, ...answers]) => ({ permission: permission as Permission, answers })))(
    '$permission',
    ({ permission, answers }) => {
      const cells = roles.flatMap((role, column) =>
        OBJECTS.map(([object, target], place) => ({ role, object, target, expected: answers[column]?.[place] ?? '?' })),
      );
      test.each(cells)('by the $role on $object: $expected', ({ role, target, expected }) => {
        expect(OUTCOMES).toHaveProperty(expected);
        const denial = may(PEOPLE[role], permission, { ...target, corrects: correctsAs(role) });
        expect(denial?.code).toBe(OUTCOMES[expected]);
      });
    },
  );

  test('a verifier limited to some counties is held to them', () => {
    const limited = { ...PEOPLE.verifier, counties: ['410221'] };
    expect(may(limited, 'milestone.verify', own)?.code).toBe('OTHER_COUNTY');
    expect(may(limited, 'milestone.verify', { ...own, county: '410221' })).toBeUndefined();
  });

  test('an object that does not say where it belongs is in nobody’s own unit, sector or county', () => {
    const { clerk, verifier, 'county-commission': county } = PEOPLE;
    expect(may(clerk, 'milestone.claim', { plan: PLAN })?.code).toBe('OTHER_SECTOR');
    expect(may(clerk, 'milestone.claim', { plan: PLAN, sector: 'education' })?.code).toBe('OTHER_COUNTY');
    expect(may(clerk, 'milestone.claim', { ...own, unit: undefined })?.code).toBe('OTHER_UNIT');
    expect(may(verifier, 'output.revoke', { plan: PLAN })?.code).toBe('OTHER_SECTOR');
    expect(may(county, 'project.read', { plan: PLAN })?.code).toBe('OTHER_COUNTY');
  });
});

describe('who claims cannot verify', () => {
  const clerkOfBureau = { subject: 'p-other', unit: 'city-education' };

  test.each(['milestone.verify', 'progress.verify', 'output.verify'] as const)('%s', (permission) => {
    const claimed = (subject: string, unit: string): Target => ({ ...own, claimedBy: { subject, unit } });
    const { verifier, commission } = PEOPLE;
    expect(may(verifier, permission, claimed('p-clerk', '410212-education'))).toBeUndefined();
    expect(may(verifier, permission, claimed('p-verifier', '410212-education'))?.code).toBe('OWN_CLAIM_PERSON');
    expect(may(verifier, permission, claimed('p-verifier', 'city-education'))?.code).toBe('OWN_CLAIM_PERSON');
    expect(may(verifier, permission, claimed('p-other', 'city-education'))?.code).toBe('OWN_CLAIM_UNIT');
    expect(may(commission, permission, claimed('p-other', 'city-education'))).toBeUndefined();
    expect(may(commission, permission, claimed('p-other', 'city-commission'))?.code).toBe('OWN_CLAIM_UNIT');
  });

  test('a bureau may revoke an output of its own: that is a loss owned up to, not a gain', () => {
    expect(may(PEOPLE.verifier, 'output.revoke', { ...own, claimedBy: clerkOfBureau })).toBeUndefined();
  });

  test('nor by way of correcting a verification', () => {
    const target: Target = { ...own, corrects: 'output.verify', claimedBy: clerkOfBureau };
    expect(may(PEOPLE.verifier, 'entry.correct', target)?.code).toBe('OWN_CLAIM_UNIT');
  });
});

describe('one corrects what one may write', () => {
  test.each([
    ['clerk', 'progress.report', undefined],
    ['clerk', 'output.verify', 'ROLE_MAY_NOT'],
    ['clerk', 'indicator.observe', 'ROLE_MAY_NOT'],
    ['clerk', 'project.cancel', 'ROLE_MAY_NOT'],
    ['verifier', 'indicator.observe', undefined],
    ['verifier', 'milestone.verify', undefined],
    ['verifier', 'milestone.claim', 'ROLE_MAY_NOT'],
    ['commission', 'project.cancel', undefined],
    ['commission', 'milestone.claim', 'ROLE_MAY_NOT'],
    ['clerk', undefined, 'ROLE_MAY_NOT'],
    ['verifier', undefined, 'ROLE_MAY_NOT'],
    // No entry was ever written under this one; a caller that says so goes round in no circle.
    ['clerk', 'entry.correct', 'ROLE_MAY_NOT'],
  ] as const)('%s, an entry written under %s', (role, corrects, code) => {
    const target: Target = corrects === undefined ? own : { ...own, corrects };
    expect(may(PEOPLE[role], 'entry.correct', target)?.code).toBe(code);
  });
});

describe('what is unknown is refused', () => {
  const strange = ['', 'plan.delete', 'PLAN.READ', '__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  test.each(strange)('permission %j', (permission) => {
    for (const role of roles) expect(may(PEOPLE[role], permission as Permission, own)?.code).toBe('ROLE_MAY_NOT');
    expect(reachOf(PEOPLE.auditor, permission as Permission)).toBeUndefined();
    for (const role of strange as Role[])
      expect(may({ ...PEOPLE.auditor, role }, permission as Permission, own)?.code).toBe('ROLE_MAY_NOT');
  });

  test.each([...strange, 'Clerk', 'admin'])('role %j', (role) => {
    const nobody = { ...PEOPLE.commission, role: role as Role };
    for (const permission of Object.keys(POLICY) as Permission[])
      expect(may(nobody, permission, own)?.code).toBe('ROLE_MAY_NOT');
  });

  test('empty lists reach nothing', () => {
    expect(may({ ...PEOPLE.commission, plans: [] }, 'plan.read', own)?.code).toBe('OTHER_PLAN');
    expect(may({ ...PEOPLE.clerk, sectors: [] }, 'milestone.claim', own)?.code).toBe('OTHER_SECTOR');
    expect(may({ ...PEOPLE.clerk, counties: [] }, 'milestone.claim', own)?.code).toBe('OTHER_COUNTY');
  });
});

describe('what a list is narrowed to', () => {
  test.each([
    ['clerk', { plans: [PLAN], sectors: ['education'], counties: ['410212'], units: '*' }],
    ['verifier', { plans: [PLAN], sectors: ['education'], counties: '*', units: '*' }],
    ['county-commission', { plans: [PLAN], sectors: '*', counties: ['410212'], units: '*' }],
    ['auditor', { plans: [PLAN], sectors: '*', counties: '*', units: '*' }],
    ['operator', undefined],
  ] as const)('projects as the %s reads them', (role, expected) => {
    expect(reachOf(PEOPLE[role], 'project.read')).toEqual(expected);
  });

  test('a clerk writes for his unit', () => {
    expect(reachOf(PEOPLE.clerk, 'progress.report')?.units).toEqual(['410212-education']);
  });
});

describe('a refusal tells the reader what to do', () => {
  const claimedBy = { subject: 'p-other', unit: 'city-education' };
  const denials = [
    may(PEOPLE.clerk, 'project.cancel', own),
    may(PEOPLE.clerk, 'plan.read', { ...own, plan: 'luoyang-145' }),
    may(PEOPLE.clerk, 'milestone.claim', { ...own, sector: 'health' }),
    may(PEOPLE.clerk, 'milestone.claim', { ...own, county: '410221' }),
    may(PEOPLE.clerk, 'milestone.claim', { ...own, unit: '410212-health' }),
    may(PEOPLE.verifier, 'milestone.verify', { ...own, claimedBy: { ...claimedBy, subject: 'p-verifier' } }),
    may(PEOPLE.verifier, 'milestone.verify', { ...own, claimedBy }),
  ];

  test('every code is among them, and its sentence leaves no gap in either language', () => {
    expect(denials.map((denial) => denial?.code)).toEqual(Object.keys(AUTH_REFUSALS));
    for (const denial of denials) {
      if (!denial) throw new Error('unreachable: checked above');
      const { zh, en } = AUTH_REFUSALS[denial.code];
      expect(fill(zh, denial.details)).toMatch(/^[^{}]+。$/);
      expect(fill(en, denial.details)).toMatch(/^[^{}]+\.$/);
    }
  });

  test('it says who may', () => {
    const [denial] = denials;
    expect(fill(AUTH_REFUSALS.ROLE_MAY_NOT.zh, denial?.details ?? {})).toBe(
      '您的角色（填报员）不能办理此事。请联系有权办理的人员：市发改委。',
    );
  });

  test('another plan is missing, not forbidden, and says nothing of it', () => {
    expect(AUTH_REFUSALS.OTHER_PLAN.kind).toBe('missing');
    expect(denials[1]?.details).toEqual({});
  });
});
