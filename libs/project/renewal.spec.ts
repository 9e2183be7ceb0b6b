import { describe, expect, test } from '@jest/globals';
import { isRejection } from '@planledger/kernel';
import { type Answer, given, type Step } from './fixtures.js';
import {
  about,
  BEGUN,
  CANCEL,
  claim,
  DELIVER,
  DELIVERED,
  LINK,
  NATIONAL,
  ON_UNIT,
  PLAN_MILESTONES,
  REGISTER,
  second,
  sent,
  STARTED,
  VERIFIER,
  verifyOutput,
} from './fixtures-steps.js';
import { ADMIT, bind, CARRY_IN, FLAG, merge, RESERVE, split, THIRD, unitDate } from './fixtures-refused-renewal.js';
import { commandNamed } from './table.js';

const made = (answer: Answer) => (isRejection(answer) ? answer.rejected : answer.map(({ event }) => event.case)[0]);
const theirs = second({ codes: [{ kind: 'approval', value: '审1' }] });

describe('a code', () => {
  test('bound by mistake is free for its owner once that is retracted, or corrected to the right one', () => {
    const before = [REGISTER, bind('审1')];
    expect(made(given(...before).when(theirs))).toBe('CODE_TAKEN');
    expect(made(given(...before, about('retract', 2)).when(theirs))).toBe('projectRegistered');
    const payload = { code: { kind: 'approval', value: '审9' }, validFrom: '2024-05-28' };
    const corrected = [...before, about('correct', 2, { payload })];
    expect(made(given(...corrected).when(theirs))).toBe('projectRegistered');
    const ninth = second({ codes: [{ kind: 'approval', value: '审9' }] });
    expect(made(given(...corrected).when(ninth))).toBe('CODE_TAKEN');
    expect(made(given(...corrected, about('retract', 2)).when(ninth))).toBe('projectRegistered');
  });

  test('is corrected to another only where nobody else has that', () => {
    const payload = { code: { kind: 'approval', value: '审1' }, validFrom: '2024-05-28' };
    const answer = given(theirs, REGISTER, bind('审9')).when(about('correct', 3, { payload }));
    expect(made(answer)).toBe('CODE_TAKEN');
  });

  test('of one site stays with the neighbour when the other gives it back', () => {
    const home = { ...second({ site: 's', sector: 'elderly-care' }), person: 'clerk-elderly-care-410212' };
    const atHome = { ...bind('审1'), params: { id: 'p2' }, person: home.person };
    const before = [sent('registerProject', { site: 's', codes: [] }), bind('审1'), home, atHome];
    const elsewhere = sent('registerProject', { codes: [{ kind: 'approval', value: '审1' }] }, { id: 'p3' });
    const givenBack = [...before, { ...about('retract', 4), person: home.person }];
    expect(made(given(...givenBack).when(elsewhere))).toBe('CODE_TAKEN');
    expect(made(given(...givenBack, about('retract', 2)).when(elsewhere))).toBe('projectRegistered');
  });

  test('is taken for good by what was replaced: all that a project ever had stay its own', () => {
    const before = [REGISTER, bind('审1'), bind('审2', { replaces: '审1', validFrom: '2024-06-01' })];
    expect(made(given(...before).when(theirs))).toBe('CODE_TAKEN');
    expect(made(given(...before).when(about('retract', 2)))).toBe('LATER_ENTRY_ILLEGAL');
  });
});

describe('off-plan', () => {
  const unlinked = [REGISTER, FLAG, PLAN_MILESTONES, claim('start', '2024-07-01')];

  test('a project plans and delivers beside the plan, and is linked once it is admitted', () => {
    expect(made(given(...unlinked).when(DELIVER))).toBe('outputDelivered');
    expect(made(given(...unlinked, DELIVER).when(LINK))).toBe('OFF_PLAN_NOT_ADMITTED');
    expect(made(given(...unlinked, DELIVER, ADMIT).when(LINK))).toBe('projectLinkedToPlanItem');
  });

  test('the flag is not taken back while what was delivered under it stands', () => {
    expect(made(given(...unlinked, DELIVER).when({ ...about('retract', 2), person: 'commission' }))).toBe(
      'LATER_ENTRY_ILLEGAL',
    );
    const freed = given(REGISTER, FLAG).when({ ...about('retract', 2), person: 'commission' });
    expect(made(freed)).toBe('entryRetracted');
  });

  test('an ended project may still turn out to be, for what it delivered stays', () => {
    expect(made(given(...DELIVERED, CANCEL).when(FLAG))).toBe('offPlanFlagged');
  });
});

describe('the reserve', () => {
  test('takes approvals, and lets the works begin once it is left', () => {
    const before = [...BEGUN, RESERVE];
    expect(made(given(...before).when(claim('siting', '2024-03-20')))).toBe('milestoneClaimed');
    expect(made(given(...before, sent('leaveReserve')).when(claim('start', '2024-07-01')))).toBe('milestoneClaimed');
    const started = [...before, sent('leaveReserve'), claim('start', '2024-07-01')];
    expect(made(given(...started).when(about('retract', 5)))).toBe('LATER_ENTRY_ILLEGAL');
  });

  test('takes back a project whose claimed start was refused', () => {
    const refusedStart = sent('rejectMilestone', {}, { code: 'start' }, VERIFIER);
    expect(made(given(...STARTED, refusedStart).when(RESERVE))).toBe('reserveEntered');
  });
});

describe('a project that was split or merged', () => {
  test('has its earlier claims verified, and takes no later facts but answers', () => {
    const before = [...DELIVERED, second({}), THIRD, split('p2', 'p3')];
    expect(made(given(...before).when(verifyOutput))).toBe('outputVerified');
    expect(made(given(...before).when(sent('verifyMilestone', {}, { code: 'start' }, VERIFIER)))).toBe(
      'milestoneVerified',
    );
  });

  test('is corrected by the fields that it has, and the reason of the correction', () => {
    const before = [REGISTER, second({}), THIRD, split('p2', 'p3')];
    const payload = (into: readonly string[]) => ({ payload: { into, document: '汴发改〔2025〕22号' } });
    const corrected = (into: readonly string[]) =>
      given(...before).when({ ...about('correct', 4, payload(into)), person: 'commission' });
    expect(made(corrected(['p3', 'p2']))).toBe('entryCorrected');
    expect(made(corrected(['p2', 'p4']))).toBe('SUCCESSOR_UNKNOWN');
  });

  test('may be merged into again once its own ending is retracted', () => {
    const before = [REGISTER, second({}), sent('cancelProject', {}, { id: 'p2' }, 'commission')];
    expect(made(given(...before).when(merge('p2')))).toBe('SUCCESSOR_ENDED');
    const undone: Step = { ...about('retract', 3), person: 'commission' };
    expect(made(given(...before, undone).when(merge('p2')))).toBe('projectMerged');
  });
});

describe('a project carried in', () => {
  test('goes on here like one that was registered here', () => {
    expect(made(given(CARRY_IN, LINK, PLAN_MILESTONES).when(claim('start', '2024-07-01')))).toBe('milestoneClaimed');
  });

  test('holds its codes and its site plan-wide', () => {
    const carried = sent('carryInProject', { codes: NATIONAL, site: 's' });
    expect(made(given(carried).when(second({ codes: NATIONAL })))).toBe('CODE_TAKEN');
    expect(made(given(carried).when(second({ site: 's' })))).toBe('SITE_SECTOR_TAKEN');
    expect(made(given(carried, second({})).when({ ...merge('p1'), params: { id: 'p2' } }))).toBe('projectMerged');
  });

  test('keeps what others rely on, and its other particulars can be corrected', () => {
    const example: Record<string, unknown> = { ...commandNamed('carryInProject')?.example, codes: [] };
    const { occurredOn: _on, ...payload } = example;
    const corrected = (change: object) =>
      given(CARRY_IN).when(about('correct', 1, { payload: { ...payload, ...change } }));
    expect(made(corrected({ opening: [{ measure: 'B2-1.schools', quantity: 3 }] }))).toBe('entryCorrected');
    expect(made(corrected({ county: '410221' }))).toBe('PAYLOAD_REFUSED');
    expect(made(given(CARRY_IN).when(about('retract', 1)))).toBe('ENTRY_NOT_RETRACTABLE');
  });
});

describe('the date of a unit', () => {
  test('is corrected where it was entered wrongly', () => {
    const payload = { unit: 'school-9', due: '2024-07-20' };
    expect(made(given(...BEGUN, unitDate()).when(about('correct', 4, { payload })))).toBe('entryCorrected');
  });
});

describe('later facts', () => {
  const stated = [...DELIVERED, sent('stateOutputFacts', {}, ON_UNIT)];
  const entry = given(...DELIVERED).when(sent('stateOutputFacts', {}, ON_UNIT));
  const statement = isRejection(entry) ? 0 : (entry[0]?.position ?? 0);
  const answer = (command: string, person = VERIFIER, about: object = { statement }) =>
    sent(command, about, ON_UNIT, person);

  test('are verified on their own, before or after the delivery', () => {
    const verified = given(...stated).when(answer('verifyOutput'));
    expect(verified).toMatchObject([{ event: { case: 'outputVerified', value: { statement } } }]);
    expect(made(given(...stated, answer('verifyOutput')).when(verifyOutput))).toBe('outputVerified');
    expect(made(given(...stated, verifyOutput).when(answer('verifyOutput')))).toBe('outputVerified');
    expect(given(...stated, answer('verifyOutput')).when(answer('verifyOutput'))).toEqual([]);
  });

  test('are refused on their own: the school stands, and its facts may be stated again', () => {
    const refused = [...stated, answer('rejectOutput')];
    expect(made(given(...refused).when(answer('rejectOutput')))).toBe('STATEMENT_NOT_PENDING');
    expect(made(given(...refused).when(verifyOutput))).toBe('outputVerified');
    expect(made(given(...refused).when(sent('stateOutputFacts', {}, ON_UNIT)))).toBe('outputFactsStated');
    expect(made(given(...stated, answer('verifyOutput')).when(answer('rejectOutput')))).toBe('STATEMENT_NOT_PENDING');
  });

  test('are answered by nobody of the unit that stated them', () => {
    const own = { ...answer('verifyOutput'), token: { unit: '410212-education' } };
    expect(made(given(...stated).when(own))).toBe('OWN_CLAIM_UNIT');
  });

  test('fall back to stated when they are corrected', () => {
    const payload = { measure: 'B2-1.schools', facts: { certified: true }, since: '2025-08-20' };
    const before = [...stated, answer('verifyOutput'), about('correct', 6, { occurredOn: '2025-08-28', payload })];
    expect(made(given(...before).when(answer('verifyOutput')))).toBe('outputVerified');
  });
});
