import { expect, test } from '@jest/globals';
import { SECTORS } from './index.js';
import type { Facts } from './sector.js';

const PLACE = { unit: 'u', measure: 'M-1.units', county: '410212' };
const of = (sector: string, kind: string, facts: Facts, place: object = {}) =>
  SECTORS.get(sector)
    ?.unitKinds[kind]?.identity?.of(facts, { ...PLACE, ...place })
    .map(({ key }) => key) ?? [];

test.each<[string, string, string, Facts, string]>([
  ['a home by its filing', 'elderly-care', 'home', { filingNumber: '410212-7' }, '养老机构备案410212-7'],
  ['nursery places by the filing of the nursery', 'childcare', 'nursery', { filingNumber: '0009' }, '托育机构备案0009'],
  ['an institution of health by its licence', 'health', 'facility', { licence: 'PDY41' }, '执业（机构）登记PDY41'],
  ['a welfare institution by its licence', 'social-protection', 'facility', { licence: '31' }, '资质证31'],
  ['a payment by its voucher', 'employment', 'payment', { voucher: '0001' }, '支付凭证0001'],
  ['a fund by its filing', 'employment', 'fund', { filingNumber: 'SXK7' }, '基金备案SXK7'],
  ['an employer’s level by the employer', 'employment', 'professionals', { reporter: 'R1' }, '统计单位R1'],
  ['a year’s pupils by their school', 'employment', 'enrolment', { school: 'S', year: 2024 }, '招生学年2024'],
  ['a community by its code', 'housing', 'community', {}, '小区u'],
])('%s is one thing all over the plan', (_what, sector, kind, facts, what) => {
  const identity = SECTORS.get(sector)?.unitKinds[kind]?.identity;
  expect(identity?.of(facts, PLACE).map((each) => each.what)).toEqual([what]);
  // Nobody else's number is the same by a space, and no number is none.
  const spaced = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? ` ${fact} ` : fact]),
  );
  expect(of(sector, kind, spaced)).toEqual(of(sector, kind, facts));
  const [name] = Object.keys(facts);
  if (name !== undefined) expect(of(sector, kind, { ...facts, [name]: '' })).toEqual([]);
});

test('what an institution is licensed for may be asked of it by several measures; its filing as a home is one', () => {
  const [first, second] = [{ measure: 'M-1.a' }, { measure: 'M-1.b' }];
  const keys = (kind: string, sector: string, facts: Facts) =>
    new Set([...of(sector, kind, facts, first), ...of(sector, kind, facts, second)]).size;
  expect(keys('facility', 'health', { licence: 'PDY41' })).toBe(2);
  expect(keys('home', 'elderly-care', { filingNumber: '7' })).toBe(1);
});

test('the treasury of each county numbers its own vouchers', () => {
  const paid = (county: string) => of('employment', 'payment', { voucher: '0001' }, { county });
  expect(paid('410212')).not.toEqual(paid('410221'));
});

test('parts that run together do not make two things one', () => {
  const class1 = of('employment', 'training', { institution: 'A', classNumber: '1|2', firstThisYear: 0 });
  const class2 = of('employment', 'training', { institution: 'A|1', classNumber: '2', firstThisYear: 0 });
  expect(class1).not.toEqual(class2);
});

test('an identity is made of facts that its kind asks for: the write side remembers no others', () => {
  for (const { slug, unitKinds } of SECTORS.values()) {
    for (const [kind, { facts, identity }] of Object.entries(unitKinds)) {
      const unasked = (identity?.facts ?? []).filter((name) => !Object.hasOwn(facts, name));
      expect([slug, kind, unasked]).toEqual([slug, kind, []]);
      const read = new Set<string>();
      identity?.of(new Proxy<Facts>({}, { get: (_facts, name) => (read.add(String(name)), '2024') }), PLACE);
      const unsaid = [...read].filter((name) => !identity?.facts.includes(name));
      expect([slug, kind, unsaid]).toEqual([slug, kind, []]);
    }
  }
});
