import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';

/** Where the brokers are and how to get in. */
export interface KafkaConnection {
  /** host:port of at least one broker; the others are found through it. */
  readonly brokers: readonly string[];
  /** What the broker's own logs and quotas call this process. */
  readonly clientId?: string;
  /** TLS, SASL, or how a socket is made, as kafkajs takes them. */
  readonly access?: Pick<KafkaConfig, 'ssl' | 'sasl' | 'socketFactory'>;
}

const CONNECT_MS = 3_000;
/** Longest wait for the answer to one request; joining a group has its own. */
export const REQUEST_MS = 10_000;

/**
 * Few retries inside the client: those who use it insist themselves, for ever and in sight of `onTrouble`. Its own log is
 * off, because everything that goes wrong reaches us as a rejection or a crash and is told from there.
 */
export const kafkaClient = (
  { brokers, clientId = 'planledger', access }: KafkaConnection,
  requestMs = REQUEST_MS,
): Kafka =>
  new Kafka({
    ...access,
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECT_MS,
    requestTimeout: requestMs,
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.NOTHING,
  });
