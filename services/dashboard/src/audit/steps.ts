/** One entry between two moments, as GET …/diff says it. */
export interface Step {
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly text: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly reason: string;
  readonly actor: string;
}

/** What a step names behind its words: codes of milestones, units, measures and items, and documents. */
export interface ShownStep extends Step {
  readonly names: readonly string[];
  /** It takes something back, or asks to. */
  readonly rewrites: boolean;
}

const REWRITES = /^(entry|correction)|Rejected$|Returned$|Revoked$|Refused$/;

export const stepsShown = (steps: readonly Step[]): ShownStep[] =>
  steps.map((step) => ({
    ...step,
    names: step.text.split('：')[1]?.split(' ') ?? [],
    rewrites: REWRITES.test(step.type),
  }));
