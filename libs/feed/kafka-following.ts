import { startLook, type Stall } from './kafka-look.js';
import type { Positions } from './kafka-positions.js';
import { openSession, type SessionParts } from './kafka-session.js';
import type { Following } from './port.js';
import { createPause, retryPauseMs, type OnTrouble } from './retry.js';

export interface FollowingParts extends Omit<SessionParts, 'trouble' | 'handled' | 'assigned'> {
  readonly who: string;
  readonly positions: Positions;
  readonly onTrouble: OnTrouble;
  readonly onStalled: (stall: Stall) => void;
  readonly stallLimitMs: number;
  readonly lookMs: number;
  readonly now: () => number;
}

export interface KafkaFollowing extends Following {
  /** Something was published to the topic here. */
  published(): void;
}

/** Follows until it is stopped: one session after another, with a growing pause while they fail in a row. */
export function startFollowing(parts: FollowingParts): KafkaFollowing {
  const { who, topic, groupId, positions, timer, onTrouble } = parts;
  const look = startLook({ ...parts, read: () => positions.of(topic, groupId) });
  const pause = createPause(timer);
  let stopping = false;
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  /** Of sessions, since a batch was last handled. */
  let failures = 0;

  /** From joining to the crash, whose error it throws, or to being stopped. */
  async function live(): Promise<void> {
    const session = await openSession({
      ...parts,
      trouble(error, times) {
        look.alive();
        onTrouble({ who, error, failures: times });
      },
      handled: () => (failures = 0),
      assigned: look.assigned,
    });
    const error = await Promise.race([session.crashed, stopped]);
    await session.stop();
    if (!stopping) throw error;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        await live();
      } catch (error) {
        look.assigned(undefined);
        if (stopping) return;
        failures += 1;
        onTrouble({ who, error, failures });
        await pause.for(retryPauseMs(failures));
      }
    }
  }

  const running = run();
  return {
    lag: look.lag,
    lagSeconds: look.lagSeconds,
    published: look.published,
    async stop() {
      stopping = true;
      stop();
      pause.wake();
      await running;
      await look.stop();
    },
  };
}
