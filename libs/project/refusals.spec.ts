import { describe, expect, test } from '@jest/globals';
import { fill, isRejection, type Rejection } from '@planledger/kernel';
import { emptyPlan } from '@planledger/plan';
import { SECTORS } from '@planledger/sectors';
import { type Answer, beforeTheImport, given, PLAN, PROGRESS } from './fixtures.js';
import { AT_CASE, AT_MONTH, AT_REQUEST } from './fixtures-refused-control.js';
import { AT_CORRECTION, AT_OBSERVATION } from './fixtures-refused-records.js';
import { AT_PLANNING, AT_REGISTRATION } from './fixtures-refused-plan.js';
import { AT_RENEWAL, AT_UNITS } from './fixtures-refused-renewal.js';
import { AT_ELEMENTS } from './fixtures-refused-elements.js';
import { AT_EXEMPTION, AT_REBASELINING } from './fixtures-refused-requests.js';
import { AT_ADJUSTMENT, AT_SCOPE } from './fixtures-refused-decisions.js';
import { AT_CLOSING, AT_DECISIONS, AT_SETTINGS } from './fixtures-refused-settings.js';
import { AT_DELIVERY, AT_WORK } from './fixtures-refused-work.js';
import { observe, REGISTER } from './fixtures-steps.js';
import { projectModel } from './model.js';
import { PROJECT_REFUSALS, type ProjectRefusal } from './refusals.js';

/** Refused by whoever appends, on what only he knows; libs/ledger has their specs. */
const OF_THE_APPENDER: readonly ProjectRefusal[] = ['STREAM_FULL', 'ENTRY_TOO_LARGE'];
const codes = Object.keys(PROJECT_REFUSALS) as ProjectRefusal[];
const placeholders = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

const reached = new Set<ProjectRefusal>();
/** The answer is this refusal, and its details fill both of its sentences. */
function expectRefused(answer: Answer, code: ProjectRefusal): void {
  if (!isRejection(answer)) throw new Error(`accepted: ${JSON.stringify(answer.map(({ event }) => event.case))}`);
  expect(answer.rejected).toBe(code);
  const { zh, en } = PROJECT_REFUSALS[code];
  for (const sentence of [zh, en]) expect(placeholders(fill(sentence, answer.details))).toEqual([]);
  const said = Object.values(answer.details).filter((detail) => detail === '' || Number.isNaN(detail));
  expect(said).toEqual([]);
  reached.add(code);
}

const PLACES = {
  ...{ AT_REGISTRATION, AT_PLANNING, AT_WORK, AT_DELIVERY, AT_OBSERVATION, AT_CORRECTION },
  ...{ AT_RENEWAL, AT_UNITS },
  ...{ AT_REBASELINING, AT_EXEMPTION, AT_ELEMENTS },
  ...{ AT_ADJUSTMENT, AT_SCOPE, AT_SETTINGS, AT_DECISIONS, AT_CLOSING },
  ...{ AT_MONTH, AT_REQUEST, AT_CASE },
};
describe.each(Object.entries(PLACES))('refused, %s:', (_place, rows) => {
  test.each(rows)('$sentence ($code)', ({ code, given: before, when }) =>
    expectRefused(given(...before).when(when), code),
  );
});

describe('refused, whatever is sent:', () => {
  test('anything before the plan is loaded (PLAN_NOT_LOADED)', () => {
    expectRefused(beforeTheImport(REGISTER), 'PLAN_NOT_LOADED');
  });

  test('a sector that nobody serves (SECTOR_NOT_SERVED)', () => {
    const unserved = projectModel(PLAN, new Map([...SECTORS].filter(([slug]) => slug !== 'education')), PROGRESS);
    expectRefused(given().when(REGISTER, unserved), 'SECTOR_NOT_SERVED');
  });

  test('an import that goes on from another place than it broke off (IMPORT_INTERRUPTED)', () => {
    const by = { subject: 'operator', unit: 'city-operations', role: 'operator' };
    const wide = { ...projectModel(PLAN, SECTORS, PROGRESS).emptyWide(), plan: emptyPlan };
    const decision = projectModel(PLAN, SECTORS, PROGRESS).decide(
      { kind: 'import', events: [], after: 100, by, simulated: false },
      { wide, state: {}, version: 7, nextPosition: 8, nowMs: 0, history: [] },
    );
    expectRefused(decision.rejection as Rejection, 'IMPORT_INTERRUPTED');
  });

  test('and every code of the catalogue is reached by a sentence above', () => {
    const silent = codes.filter((code) => !reached.has(code) && !OF_THE_APPENDER.includes(code));
    expect(silent).toEqual([]);
  });
});

describe('the catalogue', () => {
  test.each(codes)('%s asks for the same details in Chinese and in English', (code) => {
    const { zh, en } = PROJECT_REFUSALS[code];
    expect(new Set(placeholders(en))).toEqual(new Set(placeholders(en).filter((name) => zh.includes(`{${name}}`))));
    expect(zh).toMatch(/[。！]$/);
    expect(en).toMatch(/\.$/);
  });
});

test('a period in which none was found is observed as none of none, of what is to be zero (动态清零)', () => {
  const none = { ...observe('I12', { numerator: '0', denominator: '0' }), person: 'verifier-employment' };
  expect(given().when(none)).toMatchObject([{ event: { case: 'indicatorObserved' } }]);
});
