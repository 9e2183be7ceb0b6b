import type { Step } from './fixtures.js';
import { sent } from './fixtures-steps.js';
import { commandNamed } from './table.js';

/** What is asked of a second person, answered, and asked for beside: in the words of the table of commands. */
export const REBASELINE = sent('requestRebaseline');
export const exempt = (code: string): Step => sent('exemptMilestone', {}, { code });
/** Answers to the request that made the `about`-th entry. */
export const approve = (about: number, body: object = {}, person = 'commission'): Step => ({
  ...{ command: 'approveRequest', about, body, person },
});
export const refuse = (about: number, person = 'commission'): Step => ({ command: 'rejectRequest', about, person });
export const approveExemption = (about: number, person = 'verifier-education'): Step =>
  approve(about, { document: undefined }, person);

interface WholePlan {
  readonly milestones: { milestone: string; due: string; designed?: number }[];
  readonly outputs: object[];
  readonly years: object[];
}

/** The milestone plan that the examples set as B0, and what a re-baselining asks for when it asks for nothing. */
export const asItIs = (): WholePlan => {
  const { milestones, outputs, years } = (commandNamed('setMilestonePlan')?.example ?? {}) as unknown as WholePlan;
  return { milestones, outputs, years };
};
/** B0 or a re-baselining with some of its due dates replaced. */
export const dated = (command: 'setMilestonePlan' | 'requestRebaseline', due: Readonly<Record<string, string>>): Step =>
  sent(command, { milestones: asItIs().milestones.map((one) => ({ ...one, due: due[one.milestone] ?? one.due })) });

const FUNDS = { element: 'central-funds' };
/** 20,000,000 元 of them. */
export const ELEMENT = sent('requestElement');
export const allocate = (quantity: number, params: Step['params'] = FUNDS): Step =>
  sent('allocateElement', { quantity }, params, 'commission');
export const use = (quantity: number, params: Step['params'] = FUNDS): Step => sent('useElement', { quantity }, params);
export const release = (quantity: number): Step => sent('releaseElement', { quantity }, FUNDS);
