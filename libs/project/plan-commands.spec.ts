import { describe, expect, test } from '@jest/globals';
import { isRejection } from '@planledger/kernel';
import { SECTORS } from '@planledger/sectors';
import { type Answer, given, PLAN, type Step } from './fixtures.js';
import { added, decides, withdraw } from './fixtures-refused-decisions.js';
import { CLOSED } from './fixtures-refused-settings.js';
import {
  about,
  BEGUN,
  claim,
  DELIVER,
  DELIVERED,
  observe,
  ON_UNIT,
  REPORT,
  revoke,
  sent,
  STARTED,
  VERIFIER,
  verifyOutput,
} from './fixtures-steps.js';
import { projectModel } from './model.js';

/** What was written: type and content of the one entry. */
function written(answer: Answer): { type: string | undefined; value: unknown } {
  if (isRejection(answer)) throw new Error(JSON.stringify(answer));
  return { type: answer[0]?.event.case, value: answer[0]?.event.value };
}
const refusedAs = (answer: Answer): string | undefined => (isRejection(answer) ? answer.rejected : undefined);
const onDay = (today: string, step: Step): Step => ({ ...step, today });

describe('the commission decides', () => {
  test('what a document changes, and leaves the rest as it is', () => {
    const measures = [{ measure: 'B2-1.schools', due: '2026-06-30' }];
    const body = { measures, indicators: [], items: [], added: [] };
    expect(written(given().when(decides('adjustPlan', body)))).toMatchObject({
      type: 'planAdjusted',
      value: {
        document: '汴政〔2023〕16号',
        measures: [{ measure: 'B2-1.schools', low: '', high: '', due: '2026-06-30' }],
      },
    });
  });

  test('what comes in: an item and its measures, one of them part of another', () => {
    const whole = {
      item: 'T9-20',
      id: 'homes',
      name: '保障房',
      unit: '套',
      quantifier: 'range',
      low: '100',
      high: '120',
    };
    const part = { item: 'T9-20', id: 'rented', name: '公租房', unit: '套', quantifier: 'exact', low: '120' };
    const rest = {
      commitment: 'firm',
      due: '2025-12-31',
      countsAt: '交付',
      identity: '房号',
      quote: '保障房100至120套',
    };
    const body = {
      ...{ measures: [], indicators: [] },
      added: [
        { ...whole, ...rest },
        { ...part, ...rest, partOf: 'T9-20.homes' },
      ],
    };
    expect(written(given().when(decides('adjustPlan', body))).value).toMatchObject({
      items: [{ item: 'T9-20', programme: 0 }],
      added: [
        { measure: 'T9-20.homes', start: '2021-01-01', low: '100', high: '120', partOf: '' },
        { measure: 'T9-20.rented', partOf: 'T9-20.homes' },
      ],
    });
  });

  test('an item of a programme goes under the programme’s own name', () => {
    const item = {
      item: 'B2-5',
      name: '特殊教育',
      sector: 'education',
      chapter: 4,
      nature: 'build',
      quote: '特殊教育',
    };
    const body = { measures: [], indicators: [], items: [item], added: [] };
    expect(written(given().when(decides('adjustPlan', body))).value).toMatchObject({
      items: [{ programme: 2, programmeName: '“十四五”公共教育服务工程' }],
    });
  });

  test('a whole and its part go together, and a stock starts from its level', () => {
    expect(refusedAs(given().when(withdraw('B3-2.training', 'B3-2.certificates', 'B3-2.high-skill')))).toBeUndefined();
    const stock = added({ basis: 'stock', baseline: '3' });
    expect(written(given().when(stock)).value).toMatchObject({ added: [{ baseline: '3', low: '10' }] });
  });

  test('an approved path, and a later target together with its own', () => {
    const path = (...values: string[]) => values.map((value, at) => ({ year: 2021 + at, value }));
    const change = (body: object): Step =>
      decides('adjustPlan', { measures: [], items: [], added: [], indicators: [{ indicator: 'I05', ...body }] });
    const first = change({ path: path('96.7', '97', '97.3', '97.6', '98') });
    const second = change({ target: '99', targetText: '99%', path: path('96.7', '97', '97.3', '98', '99') });
    expect(refusedAs(given(first).when(second))).toBeUndefined();
  });

  test('parts of a target up to the whole of it, as the document or the settled reading has it', () => {
    const parts = (measure: string, target: string): Step =>
      decides('decomposeTarget', { measure, counties: [{ county: '410212', target }] });
    expect(written(given().when(parts('B2-1.schools', '200'))).type).toBe('targetDecomposed');
    const five = decides('settleDoubt', { reading: 'one-each' }, { doubt: 'district-cdc' });
    expect(refusedAs(given().when(parts('B4-5.district-cdc', '5')))).toBe('TARGET_PARTS_EXCEED');
    expect(refusedAs(given(five).when(parts('B4-5.district-cdc', '5')))).toBeUndefined();
    const three = decides('adjustPlan', {
      ...{ measures: [{ measure: 'B4-5.district-cdc', low: '3' }], indicators: [], items: [], added: [] },
    });
    expect(refusedAs(given(five, three).when(parts('B4-5.district-cdc', '4')))).toBe('TARGET_PARTS_EXCEED');
  });

  test('rules that the program knows, and each of them once', () => {
    expect(written(given().when(decides('adoptRules')))).toMatchObject({
      type: 'rulesAdopted',
      value: { part: 'progress', version: 'v1', inForceFrom: '2026-01-01', afterTheFact: false },
    });
    const knowing = (sector: string, progress: string) => {
      const education = { ...SECTORS.get('education')!, rules: sector };
      return projectModel(PLAN, new Map([...SECTORS, ['education', education]]), new Set([progress]));
    };
    expect(refusedAs(given().when(decides('adoptRules'), knowing('v0', 'v0')))).toBe('RULES_UNKNOWN');
    const ofSector = decides('adoptRules', { part: 'sector/education', version: 'v1' });
    expect(refusedAs(given().when(ofSector, knowing('v0', 'v1')))).toBe('RULES_UNKNOWN');
    expect(written(given().when(ofSector, knowing('v1', 'v0'))).type).toBe('rulesAdopted');
  });

  test('a roster in parts, each member once over all of them', () => {
    const part = (at: number, ...ids: string[]): Step =>
      decides('adoptRoster', {
        ...{ part: at, parts: 2 },
        members: ids.map((member) => ({ member, name: member, county: '410221' })),
      });
    expect(written(given(part(1, 'a')).when(part(2, 'b'))).value).toMatchObject({ part: 2, parts: 2 });
    // A first part begins anew.
    expect(written(given(part(1, 'a')).when(part(1, 'a', 'b'))).type).toBe('rosterAdopted');
    expect(written(given(part(1, 'a'), part(1, 'x')).when(part(2, 'a'))).type).toBe('rosterAdopted');
  });

  test('a checklist once more, with other works', () => {
    const again = decides('adoptChecklist', {
      document: '汴退役军人〔2023〕3号',
      works: [{ id: 'other', name: '其他' }],
    });
    expect(written(given(decides('adoptChecklist')).when(again)).value).toMatchObject({
      item: 'T10-2',
      works: [{ work: 'other', weight: 1 }],
    });
  });

  test('a report by the rules that are in force on its date', () => {
    expect(written(given().when(decides('publishReport', { at: 487 }))).value).toMatchObject({ ruleVersion: 'v0' });
  });

  test('and nobody else decides', () => {
    for (const person of ['clerk-education-410212', 'verifier-education', 'auditor', 'operator']) {
      expect(refusedAs(given().when({ ...decides('closePlan'), person }))).toBe('ROLE_MAY_NOT');
    }
  });

  test('what was decided is changed by a later decision, not corrected', () => {
    const settle = decides('settleDoubt', {}, { doubt: 'district-cdc' });
    const correct = { ...about('correct', 1, { payload: {} }), person: 'commission' };
    const retract = { ...about('retract', 1), person: 'commission' };
    for (const step of [correct, retract]) expect(refusedAs(given(settle).when(step))).toBe('ENTRY_NOT_CORRECTABLE');
  });
});

describe('a project whose item was withdrawn', () => {
  const before = [...STARTED, withdraw('B2-1')];

  test('goes on under it: B0 still counts its units', () => {
    expect(written(given(...before).when(DELIVER)).type).toBe('outputDelivered');
  });

  test('has its entries corrected as before', () => {
    const answer = given(...before, DELIVER).when(about('correct', 4, { occurredOn: '2024-08-01', payload: {} }));
    expect(written(answer).type).toBe('entryCorrected');
  });

  test('delivers the works of an earlier checklist', () => {
    const works = (...ids: string[]) => ids.map((id) => ({ id, name: id }));
    const adopt = (document: string, ...ids: string[]): Step =>
      decides('adoptChecklist', { item: 'T4-6', document, works: works(...ids) });
    const link = sent('linkProject', { item: 'T4-6' });
    const [register] = BEGUN;
    const work = (member: string): Step =>
      sent('deliverOutput', { measure: 'T4-6.checklist', kind: 'other', member, unit: member, facts: {} });
    const plan = sent('setMilestonePlan', { outputs: [] });
    const lists = [adopt('文号〔1〕', 'one', 'two'), adopt('文号〔2〕', 'two', 'three')];
    const steps = [register!, link, plan, claim('start', '2024-07-01'), ...lists];
    for (const member of ['one', 'two', 'three'])
      expect(written(given(...steps).when(work(member))).type).toBe('outputDelivered');
    expect(refusedAs(given(...steps).when(work('four')))).toBe('WORK_UNKNOWN');
  });
});

describe('after the plan was closed', () => {
  const late = (step: Step): Step => onDay('2026-05-02', step);

  test.each<[string, readonly Step[], Step, string]>([
    ['a unit is delivered (期后)', STARTED, sent('deliverOutput', { occurredOn: '2026-05-01' }), 'outputDelivered'],
    ['a milestone is claimed (期后)', STARTED, claim('acceptance', '2026-05-01'), 'milestoneClaimed'],
    ['facts of a unit are stated', DELIVERED, sent('stateOutputFacts', {}, ON_UNIT), 'outputFactsStated'],
    ['a unit is verified', DELIVERED, verifyOutput, 'outputVerified'],
    ['a unit is refused', DELIVERED, sent('rejectOutput', {}, ON_UNIT, VERIFIER), 'outputRejected'],
    ['a unit is revoked', DELIVERED, revoke('2026-04-20'), 'outputRevoked'],
    ['a milestone is verified', STARTED, sent('verifyMilestone', {}, { code: 'start' }, VERIFIER), 'milestoneVerified'],
    ['a milestone is refused', STARTED, sent('rejectMilestone', {}, { code: 'start' }, VERIFIER), 'milestoneRejected'],
    ['an indicator is observed', [], observe('I05', { numerator: '98', denominator: '100' }), 'indicatorObserved'],
    [
      'an entry is corrected',
      STARTED,
      about('correct', 4, { occurredOn: '2024-08-01', payload: {} }),
      'entryCorrected',
    ],
    ['an entry is retracted', STARTED, about('retract', 4), 'entryRetracted'],
    ['a doubt is settled', [], decides('settleDoubt', {}, { doubt: 'district-cdc' }), 'doubtSettled'],
    [
      'the final evaluation is approved',
      [],
      decides('approveEvaluation', { kind: 'final', at: 488, on: '2026-04-30' }),
      'evaluationApproved',
    ],
    ['a report is published', [], decides('publishReport', { at: 488 }), 'reportPublished'],
  ])('%s', (_sentence, before, step, type) => {
    expect(written(given(...before, CLOSED).when(late(step))).type).toBe(type);
  });

  test('a report of progress is verified or refused', () => {
    const reported = given(...STARTED).when(REPORT);
    const position = isRejection(reported) ? '' : String(reported[0]?.position);
    for (const [command, type] of [
      ['verifyProgress', 'progressVerified'],
      ['rejectProgress', 'progressRejected'],
    ] as const) {
      const answer = late(sent(command, {}, { position }, VERIFIER));
      expect(written(given(...STARTED, REPORT, CLOSED).when(answer)).type).toBe(type);
    }
  });
});
