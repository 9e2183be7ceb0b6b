import { DEMO_LAST_DAY } from '@planledger/host';
import { addDays } from '@planledger/kernel';
import type { LoadedPlan } from '@planledger/plan';
import { cases } from './demo-cases.js';
import { decisions } from './demo-decisions.js';
import { observations } from './demo-indicators.js';
import { lifeOf } from './demo-life.js';
import { months } from './demo-months.js';
import { DEMO_PROJECTS } from './demo-projects.js';
import { DEMO_FIRST_DAY, type DemoStep } from './demo-step.js';
import { townOf } from './demo-town.js';

export { DEMO_FIRST_DAY, type DemoStep } from './demo-step.js';

/** Generated projects beside the hand-written ones: with the import about 3,000 entries of the Kaifeng plan. */
export const DEMO_TOWN_PROJECTS = 110;
/** Entries of a generated project, on average over the Kaifeng plan; for whoever wants so many entries. */
export const ENTRIES_PER_PROJECT = 15.5;

export interface HistorySize {
  /** Generated projects; 0 leaves the hand-written ones, the decisions and the indicators. */
  readonly projects?: number;
}

/**
 * The whole simulated history in date order, a step at a time: the same plan and size give the same steps on every
 * machine. Only the steps of projects under way are held, so that a million take no more memory than their town.
 * Projects that the plan's files do not hold the items and measures of are left out, so that any plan can be
 * demonstrated. Months, late corrections, cases and findings are of the hand-written projects all together, and of the
 * town as it ships: in a larger one the commission writes in every month, and could close none of them.
 */
export function* demoHistory(
  plan: LoadedPlan,
  { projects = DEMO_TOWN_PROJECTS }: HistorySize = {},
): Generator<DemoStep, void> {
  const town = townOf(plan);
  const named = new Set(plan.namedProjects.map(({ id }) => id));
  const waiting = new Map<string, DemoStep[]>();
  const put = (steps: readonly DemoStep[]): void => {
    for (const step of steps) {
      const sameDay = waiting.get(step.day);
      if (sameDay) sameDay.push(step);
      else if (step.day <= DEMO_LAST_DAY) waiting.set(step.day, [step]);
    }
  };
  put(decisions(plan));
  put(observations(plan));
  const measures = new Set(plan.items.flatMap(({ item, measures: own = [] }) => own.map(({ id }) => `${item}.${id}`)));
  const written = DEMO_PROJECTS.filter(({ measure = '' }) => measures.has(measure));
  for (const [index, project] of written.entries()) put(lifeOf(project, String(index).padStart(3, '0'), named));
  if (written.length === DEMO_PROJECTS.length && projects === DEMO_TOWN_PROJECTS) put([...months(), ...cases()]);
  let next = 0;
  for (let day = DEMO_FIRST_DAY; day <= DEMO_LAST_DAY; day = addDays(day, 1)) {
    for (; next < projects && town.registeredOn(next, projects) <= day; next += 1) {
      put(lifeOf(town.project(next, projects), `p${next}`, named));
    }
    const steps = waiting.get(day) ?? [];
    waiting.delete(day);
    yield* steps;
  }
}
