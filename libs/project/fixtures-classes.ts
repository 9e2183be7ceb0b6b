import type { Step } from './fixtures.js';
import { sent } from './fixtures-steps.js';

/** Classes, payments and nurseries: units that others number, whichever project delivers them. */
export const EMPLOYMENT_CLERK = 'clerk-employment-410212';
export const EMPLOYMENT_VERIFIER = 'verifier-employment';
const TRAINING = 'B3-2.training';
const SUBSIDIES = 'T5-6.subsidies';

/** Registered, linked and planned: three commands of a project of this id. */
const begun = (
  id: string,
  template: string,
  item: string,
  milestones: readonly object[] = [{ milestone: 'quantity', due: '2025-06-30', designed: 1_000 }],
  sector = 'employment',
): readonly Step[] => {
  const by = (command: string, body: object): Step => sent(command, body, { id }, `clerk-${sector}-410212`);
  return [
    by('registerProject', { sector, template, nature: 'service', codes: [] }),
    by('linkProject', { item }),
    by('setMilestonePlan', { milestones, outputs: [], years: [] }),
  ];
};
export const training = (id: string): readonly Step[] => begun(id, 'service', 'B3-2');
export const subsidies = (id: string): readonly Step[] => begun(id, 'funding', 'T5-6');

const CLASS = {
  ...{ institution: 'KF-JX-001', classNumber: '2024-017', subsidised: true, enrolled: 52, passed: 48 },
  ...{ firstThisYear: 0, rollDigest: 'a'.repeat(64), assessedOn: '2024-11-26' },
};
const CLASS_OF = { occurredOn: '2024-12-01', measure: TRAINING, kind: 'training', quantity: 48, unitName: '电工班' };
/** A class, under the number its institution gave it; and its persons where some are new that year. */
export const classOf = (id: string, unit: string, change: object = {}): Step =>
  sent('deliverOutput', { ...CLASS_OF, unit, facts: { ...CLASS, ...change } }, { id }, EMPLOYMENT_CLERK);
/** The payload of its correction. */
export const correctedClass = (unit: string, change: object) => ({
  payload: { ...CLASS_OF, unit, facts: { ...CLASS, ...change } },
});

const PAYMENT = { purpose: 'subsidy', allocation: '汴财社〔2024〕11号' };
const PAID = { occurredOn: '2024-12-01', measure: SUBSIDIES, kind: 'payment', quantity: 5_000, unitName: '补贴' };
export const payment = (id: string, unit: string, change: object = {}): Step =>
  sent('deliverOutput', { ...PAID, unit, facts: { ...PAYMENT, ...change } }, { id }, EMPLOYMENT_CLERK);
export const voucher = (id: string, unit: string, number: string): Step => {
  const facts = { voucher: number, paidOn: '2024-12-05' };
  const body = { occurredOn: '2024-12-06', measure: SUBSIDIES, facts, since: '2024-12-05' };
  return sent('stateOutputFacts', body, { id, unit }, EMPLOYMENT_CLERK);
};

const NURSERY_STEPS = ['start', 'fire-acceptance', 'hygiene', 'carers', 'filing', 'opening'];
export const nursery = (id: string): readonly Step[] => {
  const milestones = NURSERY_STEPS.map((milestone) => ({ milestone, due: '2025-06-30' }));
  return begun(id, 'nursery-classes', 'B1-4', milestones, 'childcare');
};
/** Twenty of the forty places that are filed under one number. */
export const lotOf = (id: string, unit: string): Step => {
  const facts = {
    ...{ form: 'comprehensive', places: 40, newPlaces: 20, infantClasses: 0, toddlerClasses: 0, seniorClasses: 2 },
    ...{ mixedClasses: 0, inclusive: false, filingNumber: '410212TY0009' },
  };
  const lot = { measure: 'B1-4.places', kind: 'nursery', quantity: 20, unitName: '托班', facts };
  return sent('deliverOutput', { occurredOn: '2025-06-01', unit, ...lot }, { id }, 'clerk-childcare-410212');
};

const answered = (command: string, measure: string, body: object) => (id: string, unit: string) =>
  sent(command, { occurredOn: '2024-12-10', measure, ...body }, { id, unit }, EMPLOYMENT_VERIFIER);
export const refuseClass = answered('rejectOutput', TRAINING, {});
export const loseClass = answered('revokeOutput', TRAINING, { lostOn: '2024-12-09' });
/** Refuses the statement at this position. */
export const refuseVoucher = (id: string, unit: string, statement: number): Step =>
  answered('rejectOutput', SUBSIDIES, { statement })(id, unit);
