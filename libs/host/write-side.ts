import { createAppender, createUuidV7, type Appender } from '@planledger/ledger';
import { createRelay } from '@planledger/feed';
import { PROGRESS_VERSIONS } from '@planledger/progress';
import { projectModel, type Command, type Wide } from '@planledger/project';
import { SECTORS } from '@planledger/sectors';
import type { Platform } from './platform.js';

export type PlanAppender = Appender<Command, Wide>;

/** The write side of one plan: its only appender in this process, and the relay that it nudges. */
export interface WriteSide {
  readonly appender: PlanAppender;
  /** Starts relaying from the bookmark; followers that must miss nothing follow before. */
  startRelay(): void;
  stop(): Promise<void>;
}

/** Opens the appender, folded to the head; the relay waits for startRelay. */
export async function openWriteSide(platform: Platform, plan: string): Promise<WriteSide> {
  const appender: PlanAppender = createAppender({
    ledger: platform.ledger,
    plan,
    model: projectModel(plan, SECTORS, PROGRESS_VERSIONS),
    clock: () => platform.clock(plan),
    ids: createUuidV7(() => platform.clock(plan)),
  });
  await appender.start();
  const relay = createRelay({
    plan,
    readPage: (from, limit) => platform.ledger.read(plan, { from, limit }),
    feed: platform.feed,
    bookmark: platform.bookmark(plan),
  });
  appender.onAppended(() => relay.nudge());
  platform.relays.set(plan, relay);
  return {
    appender,
    startRelay: () => relay.start(),
    stop: async () => {
      await appender.close();
      await relay.stop();
    },
  };
}
