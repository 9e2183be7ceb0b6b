import { createAges } from './ages.js';
import { BATCH_RECORDS_MAX, type BatchHandler, type Feed, type FeedRecord, type Following } from './port.js';
import { createPause, retryPauseMs, wallTimer, warnOfTrouble, type OnTrouble, type Timer } from './retry.js';
import { createTopic, type Topic } from './topic.js';

/** Most records of a topic that wait in memory for its slowest group; then publishing waits. */
export const TOPIC_RECORDS_MAX = 50_000;
/** Handled records are dropped in chunks of at least this many. */
export const DROP_RECORDS_MIN = 1_024;

export interface InProcessFeedOptions {
  readonly timer?: Timer;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** Told of every rejected handler; the batch is delivered again in any case. */
  readonly onTrouble?: OnTrouble;
  readonly limits?: {
    readonly batchRecordsMax?: number;
    readonly recordsMax?: number;
    readonly dropRecordsMin?: number;
  };
}

/**
 * The feed of the embedded profile: one process, in memory, nothing survives it. The relay starts from the beginning of
 * the ledger every time, so nothing needs to.
 *
 * Memory is bounded: while the slowest group of a topic is TOPIC_RECORDS_MAX behind, `publish` does not resolve, the
 * relay waits, and the ledger keeps what is still to come. A group MUST follow before the first records are dropped, that
 * is before the relay starts; one that comes later, or back after as many records, is refused, never given a part. One
 * following per group at a time.
 */
export function createInProcessFeed(options: InProcessFeedOptions = {}): Feed {
  const { timer = wallTimer, onTrouble = warnOfTrouble, limits = {} } = options;
  const { batchRecordsMax = BATCH_RECORDS_MAX, recordsMax = TOPIC_RECORDS_MAX } = limits;
  const { dropRecordsMin = DROP_RECORDS_MIN } = limits;
  const { now = () => performance.now() } = options;
  const topics = new Map<string, Channel>();
  const takeTurn = createTurns();
  let closed = false;

  function channelOf(name: string): Channel {
    let channel = topics.get(name);
    if (!channel) {
      channel = { topic: createTopic(name, { recordsMax, dropRecordsMin }), publishing: [], deliveries: new Map() };
      topics.set(name, channel);
    }
    return channel;
  }

  function refuseWhenClosed(): void {
    if (closed) throw new Error('the feed is closed');
  }

  return {
    async publish(name, records) {
      refuseWhenClosed();
      const channel = channelOf(name);
      // Whoever waits is admitted the moment there is room, so that nobody can overtake a publish that came first.
      if (!channel.topic.hasRoom()) {
        return new Promise((admitted, refused) => channel.publishing.push({ records, admitted, refused }));
      }
      channel.topic.append(records);
      wakeAll(channel);
    },

    async follow(name, group, handle) {
      refuseWhenClosed();
      const channel = channelOf(name);
      if (channel.deliveries.has(group)) throw new Error(`${group} already follows ${name}`);
      channel.topic.join(group);
      const ages = createAges();
      const next = (): number => channel.topic.next(group);
      const delivery = createDelivery({
        batch: () => channel.topic.batch(group, batchRecordsMax),
        handle,
        handled(count) {
          channel.topic.handled(group, count);
          admit(channel);
        },
        trouble: (error, failures) => onTrouble({ who: `${group} on ${name}`, error, failures }),
        takeTurn,
        timer,
      });
      /** There may be more than before. */
      const wake = (): void => {
        ages.look(next(), channel.topic.end(), now());
        delivery.wake();
      };
      const delivered = { ...delivery, wake };
      channel.deliveries.set(group, delivered);
      wake();
      return {
        async stop() {
          await delivery.stop();
          if (channel.deliveries.get(group) !== delivered) return;
          channel.deliveries.delete(group);
          channel.topic.leave(group);
          admit(channel);
        },
        lag: () => channel.topic.end() - next(),
        lagSeconds: () => ages.oldestMs(next(), now()) / 1_000,
      } satisfies Following;
    },

    async close() {
      closed = true;
      for (const { publishing } of topics.values()) {
        for (const { refused } of publishing.splice(0)) refused(new Error('the feed was closed before there was room'));
      }
      const deliveries = [...topics.values()].flatMap((channel) => [...channel.deliveries.values()]);
      await Promise.all(deliveries.map((delivery) => delivery.stop()));
    },
  };
}

interface Channel {
  readonly topic: Topic;
  /** Publishers that wait for room, first come first served. */
  readonly publishing: {
    readonly records: readonly FeedRecord[];
    readonly admitted: () => void;
    readonly refused: (error: Error) => void;
  }[];
  /** By group. */
  readonly deliveries: Map<string, Delivery>;
}

function admit(channel: Channel): void {
  while (channel.topic.hasRoom()) {
    const waiting = channel.publishing.shift();
    if (!waiting) return;
    channel.topic.append(waiting.records);
    waiting.admitted();
    wakeAll(channel);
  }
}

function wakeAll({ deliveries }: Channel): void {
  for (const delivery of deliveries.values()) delivery.wake();
}

/** The delivery loop of one group: one batch at a time, the same one until its handler resolves. */
interface Delivery {
  /** There may be something to deliver. */
  wake(): void;
  /** Resolves when the running batch, if any, is done with. */
  stop(): Promise<void>;
}

interface DeliveryParts {
  readonly batch: () => FeedRecord[];
  readonly handle: BatchHandler;
  readonly handled: (count: number) => void;
  readonly trouble: (error: unknown, failures: number) => void;
  readonly takeTurn: TakeTurn;
  readonly timer: Timer;
}

function createDelivery({ batch, handle, handled, trouble, takeTurn, timer }: DeliveryParts): Delivery {
  const pause = createPause(timer);
  /** The running delivery: from its turn being asked for to nothing being left. */
  let running: Promise<void> | undefined;
  let stopped = false;

  async function deliver(records: FeedRecord[]): Promise<void> {
    for (let failures = 1; !stopped; failures++) {
      try {
        await handle(records);
        return handled(records.length);
      } catch (error) {
        trouble(error, failures);
        if (!stopped) await pause.for(retryPauseMs(failures));
      }
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await takeTurn();
      const records = stopped ? [] : batch();
      if (records.length === 0) break;
      await deliver(records);
    }
    running = undefined;
  }

  return {
    wake() {
      if (!stopped) running ??= run();
    },
    async stop() {
      stopped = true;
      pause.wake();
      await running;
    },
  };
}

/** Resolves in a turn of the event loop that no other batch has. */
type TakeTurn = () => Promise<void>;

/**
 * One batch per turn of the event loop over all groups together: ten groups with a batch each would otherwise hold up
 * the requests that came in meanwhile for ten batches.
 */
function createTurns(): TakeTurn {
  const waiting: (() => void)[] = [];
  function next(): void {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  }
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(next);
    });
}
