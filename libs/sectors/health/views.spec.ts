import { describe, expect, test } from '@jest/globals';
import { makeEntry, Quantifier } from '@planledger/contracts';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { beginProject, claimed, delivered, factValues, type WrittenStream } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Facts } from '../sector.js';
import { health } from './definition.js';
import { beds, coverageRosters } from './views.js';

const HOSPITAL = { institution: 'hospital', bedsApproved: 500, bedsActual: 450, bedsOpen: 400, licence: 'PDY0001' };
const OPENED = { licence: '2023-04-01', opening: '2023-05-01' };
const UNIT = { unit: 'u-1', measure: 'm' };

const fold = ({ stream, entries }: WrittenStream): ProjectState => foldProject(stream, entries);

function hospital(facts: Facts, claims: Readonly<Record<string, string>>, id = 'p-1'): WrittenStream {
  const written = beginProject(health, 'building', id);
  written.add('2023-06-30', delivered({ ...UNIT, kind: 'facility', quantity: 1, facts }));
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  return written;
}

describe('the beds', () => {
  const rows = [
    ...beds.rows(fold(hospital(HOSPITAL, OPENED, 'a'))),
    ...beds.rows(fold(hospital({ ...HOSPITAL, bedsActual: 100, bedsOpen: 90 }, OPENED, 'b'))),
    ...beds.rows(fold(hospital({ ...HOSPITAL, bedsApproved: 800 }, {}, 'c'))),
  ];

  test('are three figures by county, those of hospitals that do not practise yet apart', () => {
    expect(beds.answer(rows, emptyPlan, {})).toMatchObject({
      counties: [
        {
          county: '410221',
          practising: { approved: 1000, actual: 550, open: 490 },
          notYet: { approved: 800, actual: 450, open: 400 },
        },
      ],
    });
  });

  test('stand under the county’s name, one that is not in the plan under its code', () => {
    const event = { case: 'countyDefined' as const, value: { code: '410221', name: '杞县' } };
    const plan = foldPlan(emptyPlan, makeEntry({ stream: 'plan', position: 1, event }));
    expect(beds.answer(rows, plan, {})).toMatchObject({ counties: [{ county: '410221', name: '杞县' }] });
    expect(beds.answer(rows, emptyPlan, {})).toMatchObject({ counties: [{ name: '410221' }] });
  });

  test('of one county, or of verified institutions only', () => {
    expect(beds.answer(rows, emptyPlan, { county: '410222' })).toEqual({ counties: [] });
    expect(beds.answer(rows, emptyPlan, { basis: 'verified' })).toEqual({ counties: [] });
  });

  test('follow later statements, and leave with the institution', () => {
    const written = hospital(HOSPITAL, OPENED);
    const value = { ...UNIT, since: '2024-01-01', facts: factValues({ bedsOpen: 420 }) };
    written.add('2024-01-01', { case: 'outputFactsStated', value });
    expect(beds.rows(fold(written))).toMatchObject([{ approved: 500, open: 420 }]);
    written.add('2024-05-01', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2024-05-01' } });
    expect(beds.rows(fold(written))).toEqual([]);
  });
});

describe('the coverage rosters', () => {
  const measure = { item: 'B4-5', roster: 'hospitals', quantifier: Quantifier.ALL };
  const plan: PlanState = [
    { case: 'planItemDefined' as const, value: { item: 'B4-5', sector: 'health' } },
    { case: 'planItemDefined' as const, value: { item: 'B6-1', sector: 'veterans' } },
    { case: 'measureDefined' as const, value: { ...measure, measure: 'B4-5.laboratories', name: 'P2实验室' } },
    { case: 'measureDefined' as const, value: { ...measure, measure: 'B4-5.fever-clinics', roster: 'unnamed' } },
    { case: 'measureDefined' as const, value: { ...measure, measure: 'B6-1.stations', item: 'B6-1' } },
    { case: 'measureDefined' as const, value: { ...measure, measure: 'B4-5.sites', roster: '' } },
    {
      case: 'rosterDefined' as const,
      value: { roster: 'hospitals', members: ['m-1', 'm-2'].map((member) => ({ member, name: `${member}医院` })) },
    },
    { case: 'rosterDefined' as const, value: { roster: 'unnamed', open: true } },
  ].reduce(
    (state, event, index) => foldPlan(state, makeEntry({ stream: 'plan', position: index + 1, event })),
    emptyPlan,
  );

  const laboratory = (member: string, number = '备7'): ProjectState => {
    const written = beginProject(health, 'service', member);
    const facts = { aspect: 'laboratory', number };
    const unit = { unit: member, measure: 'B4-5.laboratories', kind: 'coverage', quantity: 1 };
    written.add('2023-06-30', delivered({ ...unit, facts, member }));
    return fold(written);
  };

  test('list members reached and missing, and units of nobody on the roster beside them', () => {
    const rows = ['m-1', 'stranger'].flatMap((member) => coverageRosters.rows(laboratory(member)));
    expect(coverageRosters.answer(rows, plan, { measure: 'B4-5.laboratories' })).toMatchObject({
      measures: [
        {
          ...{ name: 'P2实验室', open: false, members: 2, satisfied: 1, verified: 0 },
          missing: [{ member: 'm-2', name: 'm-2医院' }],
          waiting: [],
          outside: [{ member: 'stranger' }],
        },
      ],
    });
  });

  test('are met as claimed and, member by member, as verified', () => {
    const unit = { unit: 'm-1', measure: 'B4-5.laboratories' };
    const written = beginProject(health, 'service');
    const facts = { aspect: 'laboratory', number: '备7' };
    const delivery = written.add(
      '2023-06-30',
      delivered({ ...unit, kind: 'coverage', quantity: 1, facts, member: 'm-1' }),
    );
    written.add('2023-07-30', { case: 'outputVerified', value: { ...unit, delivery } });
    const rows = [...coverageRosters.rows(fold(written)), ...coverageRosters.rows(laboratory('m-2'))];
    expect(coverageRosters.answer(rows, plan, { measure: 'B4-5.laboratories' })).toMatchObject({
      measures: [{ roster: 'hospitals', members: 2, satisfied: 2, verified: 1, missing: [], outside: [] }],
    });
  });

  test('a second unit of the same member adds nothing', () => {
    const rows = [...coverageRosters.rows(laboratory('m-1')), ...coverageRosters.rows(laboratory('m-1', '备8'))];
    expect(coverageRosters.answer(rows, plan, { measure: 'B4-5.laboratories' })).toMatchObject({
      measures: [{ satisfied: 1 }],
    });
  });

  test('of an open roster nobody is missing: nobody is named yet', () => {
    expect(coverageRosters.answer([], plan, {})).toMatchObject({
      measures: [
        { measure: 'B4-5.laboratories', satisfied: 0, missing: [{}, {}] },
        { measure: 'B4-5.fever-clinics', open: true, missing: null },
      ],
    });
  });

  test('a member whose unit waits is missing, and the unit says why', () => {
    const written = beginProject(health, 'building');
    const facts = { aspect: 'laboratory', number: '备7' };
    const unit = { unit: 'u', measure: 'B4-5.laboratories', kind: 'coverage', quantity: 1, member: 'm-1' };
    written.add('2023-06-30', delivered({ ...unit, facts }));
    const answer = coverageRosters.answer(coverageRosters.rows(fold(written)), plan, { measure: 'B4-5.laboratories' });
    expect(answer).toMatchObject({
      measures: [{ satisfied: 0, missing: [{}, {}], waiting: [{ member: 'm-1', waitingFor: 'HEA_NOT_OPENED' }] }],
    });
  });
});
