import { describe, expect, test } from '@jest/globals';
import { DEMO_PEOPLE } from './demo-people.js';
import { ROLE_NAMES } from './roles.js';

const byId = new Map(DEMO_PEOPLE.map((person) => [person.id, person]));

const SECTORS = [
  ...['education', 'health', 'elderly-care', 'housing', 'veterans'],
  ...['childcare', 'employment', 'social-protection', 'culture-sport'],
];

describe('the demo people', () => {
  test('are five a sector and four across them, each with an id of his own, and every role of a person is among them', () => {
    expect(byId.size).toBe(DEMO_PEOPLE.length);
    expect(DEMO_PEOPLE).toHaveLength(SECTORS.length * 5 + 4);
    expect(new Set(DEMO_PEOPLE.map(({ role }) => role))).toEqual(
      new Set(Object.keys(ROLE_NAMES).filter((role) => role !== 'service')),
    );
  });

  test('a county clerk works for the unit of his county and sector', () => {
    expect(byId.get('clerk-education-410212')).toEqual({
      id: 'clerk-education-410212',
      name: '祥符区教育体育局填报员',
      role: 'clerk',
      unit: '410212-education',
      plans: '*',
      sectors: ['education'],
      counties: ['410212'],
    });
    expect(byId.get('clerk-veterans-410221')?.name).toBe('杞县退役军人事务局填报员');
  });

  test.each(SECTORS)('%s has its five', (sector) => {
    const unit = (id: string): string | undefined => byId.get(id)?.unit;
    expect(unit(`clerk-${sector}-410212`)).toBe(`410212-${sector}`);
    expect(unit(`clerk-${sector}-410221`)).toBe(`410221-${sector}`);
    // The approver signs what the clerk beside him reports; the bureau's verifier cannot verify the bureau's clerk.
    expect(unit(`approver-${sector}-410212`)).toBe(`410212-${sector}`);
    expect(unit(`clerk-${sector}-city`)).toBe(`city-${sector}`);
    expect(unit(`verifier-${sector}`)).toBe(`city-${sector}`);
  });
});
