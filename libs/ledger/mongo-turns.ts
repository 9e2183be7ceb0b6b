import type { Collection } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/**
 * Turns at the head of a plan, for processes that append side by side. Who has just won appends again at once; who has
 * lost must read and decide first, and would lose to the same process for ever. So one that keeps losing asks for a
 * turn, and whoever sees that when it appends waits a moment before its next.
 *
 * Advice only: nothing rests on it, and an error here is nobody's failure.
 */
export interface Turns {
  /** Waits where another process asked for a turn while this one appended last. */
  giveWay(plan: string): Promise<void>;
  /** Begins to look whether another process asks for a turn; with each append, which takes longer and waits for nothing. */
  look(plan: string): void;
  lost(plan: string): Promise<void>;
  won(plan: string): Promise<void>;
}

/** The latest process that asks for a turn. */
interface Turn {
  /** The plan. */
  readonly _id: string;
  readonly by: string;
  /** By the server's clock, as is its age. */
  readonly at?: Date;
}

export const TURNS = 'turns';
const LOSSES_MAX = 3;
/** Long enough to read and decide again; the other appends meanwhile, so little is lost. */
const GIVE_WAY_MS = 100;
/** A process that died while it waited is waited for no longer. */
const TURN_AGE_MS = 2_000;

/** `collection` of any write concern: a turn that is forgotten is asked for again. */
export function createTurns(collection: Collection<Turn>): Turns {
  const self = randomUUID();
  const losses = new Map<string, number>();
  const asked = new Set<string>();
  const recent = { $gt: ['$at', { $subtract: ['$$NOW', TURN_AGE_MS] }] };

  return {
    async giveWay(plan) {
      if (asked.delete(plan)) await setTimeout(GIVE_WAY_MS);
    },
    look(plan) {
      const other = { _id: plan, by: { $ne: self }, $expr: recent };
      void collection.findOne(other).then(
        (turn) => void (turn !== null && asked.add(plan)),
        () => undefined,
      );
    },
    async lost(plan) {
      const count = (losses.get(plan) ?? 0) + 1;
      losses.set(plan, count);
      if (count < LOSSES_MAX) return;
      const ask = { $set: { by: self }, $currentDate: { at: true as const } };
      await collection.updateOne({ _id: plan }, ask, { upsert: true }).catch(() => undefined);
    },
    async won(plan) {
      const count = losses.get(plan) ?? 0;
      losses.delete(plan);
      if (count >= LOSSES_MAX) await collection.deleteOne({ _id: plan, by: self }).catch(() => undefined);
    },
  };
}
