/**
 * The feed: ledger to followers, in order per key, at least once. Followers MUST bear the same record again, and records
 * of a batch that was already handled before a crash.
 */
export interface Feed {
  /** Resolves when every record is safely with the feed. Order within the call is kept. */
  publish(topic: string, records: readonly FeedRecord[]): Promise<void>;

  /**
   * Calls `handle` with batches in order, one at a time; the bookmark of the group moves on only after it resolved. A
   * rejected promise delivers the same batch again after a pause. Each group sees every record of the topic: a group that
   * never followed before begins at the first record, or is refused where that is gone.
   */
  follow(topic: string, group: string, handle: BatchHandler): Promise<Following>;

  /** Stops all deliveries and waits for the running ones. */
  close(): Promise<void>;
}

export type BatchHandler = (batch: readonly FeedRecord[]) => Promise<void>;

export interface Following {
  stop(): Promise<void>;
  /**
   * Records published to the topic and not yet handled by this group, those of the running batch included; Infinity
   * where the feed cannot tell yet, for not knowing must not look like having caught up.
   */
  lag(): number;
  /**
   * Seconds that the oldest of them has been on the feed, as this process saw it: 0 where none waits, Infinity where the
   * feed cannot tell. What was there before the process followed is taken to have come when it began: the time is too
   * short after a start.
   */
  lagSeconds(): number;
}

export interface FeedRecord {
  /** <plan>/<stream>: order is kept per key. */
  readonly key: string;
  /** The stored bytes of an entry, or of a standing. */
  readonly value: Uint8Array;
  /**
   * CloudEvents binary headers. An entry's also say where it stands, as ce_version and ce_position: a follower that
   * cannot decode its value parks its key there.
   */
  readonly headers: Readonly<Record<string, string>>;
}

/** Most records in one batch: few batches after a restart mean few standings on the way of one project. */
export const BATCH_RECORDS_MAX = 5_000;

export const PLAN_TOPIC = 'planledger.plan';
export const STANDINGS_TOPIC = 'planledger.standings';
export const sectorTopic = (sector: string): string => `planledger.${sector}`;
