import type { Step } from './fixtures.js';
import { sent } from './fixtures-steps.js';

/** Classes and payments of employment: units that others number, whichever project delivers them. */
export const EMPLOYMENT_CLERK = 'clerk-employment-410212';
export const EMPLOYMENT_VERIFIER = 'verifier-employment';
const TRAINING = 'B3-2.training';
const SUBSIDIES = 'T5-6.subsidies';

/** Registered, linked and planned: three commands of a project of this id. */
const begun = (id: string, template: string, item: string): readonly Step[] => {
  const by = (command: string, body: object): Step => sent(command, body, { id }, EMPLOYMENT_CLERK);
  const milestones = [{ milestone: 'quantity', due: '2025-06-30', designed: 1_000 }];
  return [
    by('registerProject', { sector: 'employment', template, nature: 'service', codes: [] }),
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

const answered = (command: string, measure: string, body: object) => (id: string, unit: string) =>
  sent(command, { occurredOn: '2024-12-10', measure, ...body }, { id, unit }, EMPLOYMENT_VERIFIER);
export const refuseClass = answered('rejectOutput', TRAINING, {});
export const loseClass = answered('revokeOutput', TRAINING, { lostOn: '2024-12-09' });
/** Refuses the statement at this position. */
export const refuseVoucher = (id: string, unit: string, statement: number): Step =>
  answered('rejectOutput', SUBSIDIES, { statement })(id, unit);
