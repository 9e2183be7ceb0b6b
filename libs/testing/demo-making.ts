import type { Facts } from '@planledger/sectors';
import type { DemoUnit } from './demo-step.js';

/** What a generated project builds or does, of one unit kind. */
export interface Making {
  readonly measure: string;
  /** Of its measure, from 0: makes names, numbers and documents differ. */
  readonly nth: number;
  readonly county: string;
  /** Of a roster or a checklist. */
  readonly member: string;
  random(below: number): number;
}

/** A unit without its name and identity: those follow from the project. */
export type MadeUnit = Omit<DemoUnit, 'unit' | 'name' | 'member'>;

export interface Made {
  readonly template: string;
  readonly nature: string;
  /** Times this unit, each with a number of its own; 1 where it is left out. */
  readonly times?: number;
  unit(at: number): MadeUnit;
}

export type Maker = (making: Making) => Made;

export const made = (template: string, nature: string, facts: Facts, more: Omit<MadeUnit, 'facts'> = {}): Made => ({
  ...{ template, nature },
  unit: () => ({ ...more, facts }),
});
export const documentOf = (office: string, { nth }: Making): string => `${office}〔2024〕${nth + 11}号`;
