import type { PlanMeasure } from '../shell/plan';

/** Measures that units of a project can count for: those of its items that are counted, not observed as a share. */
export const measuresOf = (measures: readonly PlanMeasure[], items: readonly string[]): PlanMeasure[] =>
  measures.filter(({ item, quantifier }) => items.includes(item) && quantifier !== 'QUANTIFIER_RATIO');
