import { describe, expect, test } from '@jest/globals';
import { baselineStanding, foldIndicator, type ProjectState } from '@planledger/sectors/kit';
import { SECTORS } from '@planledger/sectors';
import { CLERK, entriesOf, given, PLAN, PROGRESS, PROJECT, projectAfter, type Step } from './fixtures.js';
import {
  about,
  APPROVALS,
  ASK,
  BEGUN,
  CANCEL,
  claim,
  CLOSE,
  decide,
  DELIVER,
  inMonth,
  LATE,
  observe,
  ON_UNIT,
  OPEN,
  REGISTER,
  REPORT,
  second,
  sent,
  STARTED,
  SUBMIT,
  VERIFIER,
} from './fixtures-steps.js';
import { bind, merge } from './fixtures-refused-renewal.js';
import { projectModel } from './model.js';

describe('a correction after closing', () => {
  const start = (...more: Step[]) => projectAfter(...LATE, ...more).milestones.get('start');

  test('only asks: the claim stands as it stood', () => {
    expect(given(...LATE).when(ASK)).toMatchObject([
      { event: { case: 'correctionRequested', value: { asked: { case: 'correct' } } }, period: '2025-10' },
    ]);
    expect(start(ASK)).toMatchObject({ claimed: { on: '2024-07-01' }, verified: undefined });
    const [waiting] = projectAfter(...LATE, ASK).requests.values();
    expect(waiting).toMatchObject({ kind: 'correction', by: { subject: CLERK }, role: 'clerk' });
  });

  test('approved one level up counts as verified by who approved it, and names all that made it', () => {
    const steps = [...LATE, ASK, decide('approveRequest', 11)];
    const [claimed, asked, approval] = [5, 11, 12].map((at) => entriesOf(steps)[at - 1]?.position ?? 0);
    expect(start(ASK, decide('approveRequest', 11))).toMatchObject({
      claimed: { on: '2024-08-01', positions: [claimed, asked, approval] },
      verified: { by: { subject: VERIFIER, unit: 'city-education' }, positions: [approval] },
    });
    expect(projectAfter(...steps).requests.size).toBe(0);
    expect(given(...steps).when(sent('verifyMilestone', {}, { code: 'start' }, VERIFIER))).toEqual([]);
  });

  test('refused changes nothing, and may be asked for again', () => {
    const refused = [ASK, decide('rejectRequest', 11)];
    expect(start(...refused)).toMatchObject({ claimed: { on: '2024-07-01' }, verified: undefined });
    expect(given(...LATE, ...refused).when(ASK)).toHaveLength(1);
  });

  test('is judged when it is asked for, and again when it is approved', () => {
    const acceptance = claim('acceptance', '2024-07-20');
    // Asked for on 1 August, the start would come after an acceptance that stands.
    expect(given(...LATE, acceptance).when(ASK)).toMatchObject({ rejected: 'LATER_ENTRY_ILLEGAL' });
    expect(given(...LATE, ASK, acceptance).when(decide('approveRequest', 11))).toMatchObject({
      rejected: 'LATER_ENTRY_ILLEGAL',
    });
    expect(given(...LATE, ASK, acceptance).when(decide('rejectRequest', 11))).toHaveLength(1);
  });

  test('is decided by nobody of the unit that asked', () => {
    const own = { ...decide('approveRequest', 11), token: { unit: '410212-education' } };
    expect(given(...LATE, ASK).when(own)).toMatchObject({ rejected: 'OWN_CLAIM_UNIT' });
    expect(given(...LATE, ASK).when(decide('approveRequest', 11, 'commission'))).toHaveLength(1);
    expect(given(...LATE, ASK).when(decide('approveRequest', 11, CLERK))).toMatchObject({ rejected: 'ROLE_MAY_NOT' });
  });

  test('of a report, a delivery or stated facts is verified by its approval too', () => {
    const state = sent('stateOutputFacts', {}, ON_UNIT);
    const closed = [OPEN, ...STARTED, REPORT, DELIVER, state, SUBMIT, ...APPROVALS, CLOSE];
    const corrected = (at: number, occurredOn: string, payload: object) =>
      projectAfter(
        ...closed,
        about('correct', at, { occurredOn, payload }),
        decide('approveRequest', closed.length + 1),
      );
    const { progress } = corrected(6, '2024-09-30', { quantities: [{ milestone: 'foundation', done: 3_500 }] });
    expect([progress.verified, progress.claimed].map((one) => one?.done.get('foundation'))).toEqual([3_500, 3_500]);

    const facts = { stage: 'primary', works: 'new', classes: 30, places: 1_350, netNewPlaces: 1_350 };
    const school = {
      unit: 'school-9',
      unitName: '祥符区第九小学',
      measure: 'B2-1.schools',
      kind: 'school',
      quantity: 1,
      facts,
    };
    const [delivered] = corrected(7, '2025-08-26', school).units.values();
    expect(delivered).toMatchObject({
      facts,
      delivered: { on: '2025-08-26' },
      verified: { by: { subject: VERIFIER } },
    });
    expect(delivered?.statements).toMatchObject([{ verified: undefined }]);

    const later = { measure: 'B2-1.schools', facts: { certified: false }, since: '2025-08-28' };
    const [stated] = corrected(8, '2025-08-28', later).units.values();
    expect(stated?.verified).toBeUndefined();
    expect(stated?.statements).toMatchObject([{ on: '2025-08-28', verified: { by: { subject: VERIFIER } } }]);
  });

  test('of an older report does not put back a newer one, verified before or after', () => {
    const done = (amount: number) => ({ quantities: [{ milestone: 'foundation', done: amount }] });
    const [first, second] = [sent('reportProgress', done(1_000)), sent('reportProgress', done(2_000))];
    const closed = [OPEN, ...STARTED, first, second, SUBMIT, ...APPROVALS, CLOSE];
    const verify = (at: number): Step => {
      const position = String(entriesOf(closed)[at - 1]?.position);
      return sent('verifyProgress', {}, { position }, VERIFIER);
    };
    const correct = (at: number, amount: number) =>
      about('correct', at, { occurredOn: '2024-09-30', payload: done(amount) });
    const foundation = (...steps: Step[]) =>
      projectAfter(...closed, ...steps).progress.verified?.done.get('foundation');
    // The newer one is vouched for by an approval, the older one verified before it: 1,900 stands.
    expect(foundation(verify(6), correct(7, 1_900), decide('approveRequest', 14))).toBe(1_900);
    expect(foundation(correct(7, 1_900), decide('approveRequest', 13), verify(6))).toBe(1_900);
    expect(foundation(correct(6, 900), decide('approveRequest', 13), verify(7))).toBe(2_000);
  });

  test('of an observation is approved by the commission', () => {
    const value = { numerator: '942', denominator: '1000' };
    const city = { unit: 'city-education', sector: 'education' };
    const month = [
      inMonth('openPeriod', 'commission', { ...city, county: '410200' }),
      observe('I04', value),
      inMonth('submitReport', 'clerk-education-city'),
      {
        ...inMonth('approveReport', 'approver-education-410212', city),
        token: { unit: 'city-education', counties: ['410200'] },
      },
      { ...inMonth('approveReport', VERIFIER, city), token: { subject: 'another-verifier' } },
      inMonth('closePeriod', 'commission', city),
    ];
    const payload = { period: '2023', ...value, numerator: '950', maturity: 'final', source: '市统计局' };
    const ask = { ...about('correct', 2, { payload }), person: VERIFIER };
    expect(given(...month).when(ask)).toMatchObject([{ event: { case: 'correctionRequested' } }]);
    expect(given(...month, ask).when(decide('approveRequest', 7))).toMatchObject({ rejected: 'OWN_CLAIM_PERSON' });
    const steps = [...month, ask, decide('approveRequest', 7, 'commission')];
    const entries = entriesOf(steps).filter(({ stream }) => stream === 'indicator/I04');
    const { observations, requests } = foldIndicator('indicator/I04', entries);
    expect([...observations.values()]).toMatchObject([{ numerator: '950', positions: entries.map((e) => e.position) }]);
    expect(requests.size).toBe(0);
  });

  test('of a code or an ending frees the code, or the project, for all others', () => {
    const bound = [OPEN, REGISTER, bind('审1'), CANCEL, second({}), SUBMIT, ...APPROVALS];
    const closed = [...bound, { ...CLOSE, token: { subject: 'another-commissioner' } }];
    const takes = { ...bind('审1'), params: { id: 'p2' } };
    const into = { ...merge('p1'), params: { id: 'p2' } };
    expect(given(...closed).when(takes)).toMatchObject({ rejected: 'CODE_TAKEN' });
    expect(given(...closed).when(into)).toMatchObject({ rejected: 'SUCCESSOR_ENDED' });

    const uncancel = { ...about('retract', 4), person: 'commission' };
    const other = { ...decide('approveRequest', 11, 'commission'), token: { subject: 'another-commissioner' } };
    expect(given(...closed, uncancel).when(into)).toMatchObject({ rejected: 'SUCCESSOR_ENDED' });
    expect(given(...closed, uncancel, other).when(into)).toHaveLength(1);

    const free = [...closed, about('retract', 3), decide('approveRequest', 11)];
    expect(given(...free).when(takes)).toHaveLength(1);
    // A code is judged against the other projects again when its correction is approved.
    const payload = { code: { kind: 'approval', value: '审2' }, validFrom: '2024-05-28' };
    const recode = about('correct', 3, { occurredOn: '2024-05-30', payload });
    const gone = { ...bind('审2'), params: { id: 'p2' } };
    expect(given(...closed, recode, gone).when(decide('approveRequest', 11))).toMatchObject({ rejected: 'CODE_TAKEN' });
    expect(given(...closed, recode, decide('approveRequest', 11)).when(gone)).toMatchObject({ rejected: 'CODE_TAKEN' });
  });

  test('of a report says what was completed in its year, and older ones are still answered', () => {
    const completed = (completedYuan: number, occurredOn = '2024-09-30') =>
      sent('reportProgress', { occurredOn, completedYuan });
    const closed = [OPEN, ...BEGUN, claim('start', '2024-07-01'), completed(100), completed(200), SUBMIT, ...APPROVALS];
    const correct = about('correct', 7, {
      occurredOn: '2024-09-30',
      payload: { quantities: [{ milestone: 'foundation', done: 4_000 }], completedYuan: 300 },
    });
    const steps = [...closed, CLOSE, correct, decide('approveRequest', 13)];
    const money = (project: ProjectState) => baselineStanding(project).money.find(({ year }) => year === 2024);
    expect(money(projectAfter(...steps))).toMatchObject({ claimed: 300n, verified: 300n });
    const position = String(entriesOf(closed)[5]?.position);
    const older = sent('verifyProgress', {}, { position }, VERIFIER);
    expect(money(projectAfter(...steps, older))).toMatchObject({ claimed: 300n, verified: 300n });
  });

  test('that the commission itself asked for is decided by another person of the commission', () => {
    const cancelled = [OPEN, ...BEGUN, CANCEL, SUBMIT, ...APPROVALS];
    const other = { subject: 'another-commissioner' };
    const closed = [...cancelled, { ...CLOSE, token: other }];
    const document = '汴发改〔2025〕81号';
    const correct = {
      ...about('correct', 5, { occurredOn: '2025-04-01', payload: { document } }),
      person: 'commission',
    };
    const own = decide('approveRequest', 11, 'commission');
    expect(given(...closed, correct).when(own)).toMatchObject({ rejected: 'OWN_CLAIM_PERSON' });
    expect(given(...closed, correct).when({ ...own, person: VERIFIER })).toMatchObject({
      rejected: 'NOT_ONE_LEVEL_UP',
    });
    const approved = projectAfter(...closed, correct, { ...own, token: other });
    expect(approved.lifecycle.document).toBe(document);
    // While the month is open the commission corrects its own entry at once.
    expect(given(...cancelled).when(correct)).toMatchObject([{ event: { case: 'entryCorrected' } }]);
  });

  test('folds the same step by step as from the whole stream', () => {
    const { evolve, foldStream } = projectModel(PLAN, SECTORS, PROGRESS);
    for (const more of [[ASK], [ASK, decide('rejectRequest', 11)], [ASK, decide('approveRequest', 11)]]) {
      const stream = `project/${PROJECT}`;
      const entries = entriesOf([...LATE, ...more]).filter((entry) => entry.stream === stream);
      const stepwise = entries.reduce(
        (state, entry, at) => {
          const next = evolve(state, entry);
          return next === 'refold' ? foldStream(stream, entries.slice(0, at + 1)) : next;
        },
        foldStream(stream, []),
      );
      expect(stepwise).toEqual(foldStream(stream, entries));
    }
  });
});
