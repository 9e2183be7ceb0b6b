import { expect } from '@jest/globals';
import { decodeEntry, decodeStanding, encodeStanding, leafHash } from '@planledger/contracts';
import { refold, standingFor } from '@planledger/host';
import { education } from '@planledger/sectors/education/definition';
import { type EachBatchPayload, Kafka, type KafkaMessage, logLevel, Partitioners } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { isAtEnd } from '../distributed/caught-up.js';
import { type DistributedSystem, metricIn } from '../distributed/system.js';
import { PLAN } from './distributed-load.js';
import type { Load } from './server-load.js';
import { STANDINGS } from './steps.js';

/** An entry as audit tells it. */
export interface Row {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly leafHash: string;
  readonly bytes: string;
  readonly entry: { readonly commandId: string; readonly sector?: string };
}

const LOOK_AGAIN_MS = 100;
const SETTLE_MS_MAX = 90_000;

/** What must be true after every fault. */
export async function allIsWell(system: DistributedSystem, load: Load): Promise<void> {
  expect(load.wrong).toEqual([]);
  expect(load.unanswered()).toEqual([]);
  const rows = await ledgerHolds(system, load);
  await until('the relay and the sector are at the head', () => handled(system, rows.length));
  const standings = await publishedStandings(system);
  standingsAreFresh(rows, standings);
  await viewsStand(system, rows);
  await liveIsReplayed(system);
}

/** Asks until it is so; throws with what is not. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const late = performance.now() + SETTLE_MS_MAX; !(await isSo()); await setTimeout(LOOK_AGAIN_MS))
    if (performance.now() > late) throw new Error(`after ${SETTLE_MS_MAX / 1_000} s it is still not so that ${what}`);
}

export async function request(
  system: DistributedSystem,
  service: string,
  path: string,
  person = 'commission',
  init: RequestInit = {},
): Promise<Response> {
  const headers = { authorization: `Bearer ${await system.issuer.token(person)}`, ...init.headers };
  return fetch(`${system.service(service).url}${path}`, { ...init, headers });
}

/** What a route of the plan answers; it must. */
export async function ask<Answer>(system: DistributedSystem, service: string, path: string): Promise<Answer> {
  const response = await request(system, service, `/api/plans/${PLAN}/${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return response.json() as Promise<Answer>;
}

/** The value of a metric of a service, with its labels as they are written; -1 where the service does not say. */
export async function metric(system: DistributedSystem, service: string, name: string): Promise<number> {
  try {
    const response = await request(system, service, '/metrics', 'operator');
    return metricIn(await response.text(), name) ?? -1;
  } catch {
    return -1;
  }
}

export const relayPosition = (system: DistributedSystem): Promise<number> =>
  metric(system, 'intake', `planledger_relay_position{plan="${PLAN}"}`);

/** The whole ledger, as audit tells it, gapless; every answered command is in it once, with the entry of its receipt. */
export async function ledgerHolds(system: DistributedSystem, load: Load): Promise<Row[]> {
  const rows = await ledgerRows(system);
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
  const ofLoad = rows.filter(({ entry }) => entry.commandId.startsWith('fault-'));
  expect(ofLoad.map(({ entry }) => entry.commandId).sort()).toEqual([...load.receipts.keys()].sort());
  // All at once: asking the test runner six thousand times takes it some seconds.
  const stored = ofLoad.map(({ position, stream, version, bytes }) => [
    { stream, version, position, leafHash: leafHash(Buffer.from(bytes, 'base64')) },
  ]);
  const told = ofLoad.map(({ entry }) => (JSON.parse(load.receipts.get(entry.commandId) ?? '') as Receipt).entries);
  const differs = (index: number): boolean => JSON.stringify(stored[index]) !== JSON.stringify(told[index]);
  const wrong = [...stored.keys()].filter(differs);
  expect(wrong.map((index) => told[index])).toEqual(wrong.map((index) => stored[index]));
  return rows;
}

interface Receipt {
  readonly entries: object[];
}

export async function ledgerRows(system: DistributedSystem): Promise<Row[]> {
  const headers = { accept: 'application/x-ndjson' };
  const response = await request(system, 'audit', `/api/plans/${PLAN}/entries`, 'commission', { headers });
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

const kafkaOf = ({ environment }: DistributedSystem): Kafka =>
  new Kafka({ brokers: [environment['KAFKA_BROKERS'] ?? ''], logLevel: logLevel.NOTHING });

/** How many processes share the sector's topic. */
export async function members(system: DistributedSystem): Promise<number> {
  const admin = kafkaOf(system).admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([`education.${system.prefix}planledger.education`]);
  await admin.disconnect();
  return groups[0]?.state === 'Stable' ? groups[0].members.length : 0;
}

/** The relay has published all, and the sector's group has handled all that its topic holds. */
async function handled(system: DistributedSystem, head: number): Promise<boolean> {
  if ((await relayPosition(system)) < head) return false;
  const topic = `${system.prefix}planledger.education`;
  const admin = kafkaOf(system).admin();
  await admin.connect();
  try {
    const [group] = await admin.fetchOffsets({ groupId: `education.${topic}`, topics: [topic] });
    return isAtEnd(group, await admin.fetchTopicOffsets(topic));
  } finally {
    await admin.disconnect();
  }
}

export type Published = Pick<KafkaMessage, 'key' | 'value' | 'headers'>;

/** Every record that a topic holds now, in the order of its partitions; of a `group`, those it has not read before. */
export async function readTopic(system: DistributedSystem, name: string, group?: string): Promise<Published[]> {
  const topic = `${system.prefix}${name}`;
  const groupId = group ?? `test-${randomUUID()}`;
  const kafka = kafkaOf(system);
  const admin = kafka.admin();
  await admin.connect();
  const [read] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const next = new Map(read?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const unread = ends.filter(
    ({ partition, low, high }) => Math.max(Number(low), next.get(partition) ?? 0) < Number(high),
  );
  const left = new Map(unread.map(({ partition, high }) => [partition, BigInt(high) - 1n]));
  const found: Published[] = [];
  if (left.size === 0) return found;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((whole, failed) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
    const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
      for (const { key, value, headers } of batch.messages) found.push({ key, value, headers });
      // The last record may have been compacted away: the batch says how far it goes all the same.
      if (BigInt(batch.lastOffset()) >= (left.get(batch.partition) ?? 0n)) left.delete(batch.partition);
      if (left.size === 0) whole();
    };
    void consumer.run({ eachBatch });
  });
  await consumer.disconnect();
  return found;
}

/** All of one partition, they are still less than the broker takes. */
const SENT_AT_ONCE = 100;

/** Publishes records as they are, in their order. */
export async function publishTo(system: DistributedSystem, name: string, records: readonly Published[]): Promise<void> {
  const producer = kafkaOf(system).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  for (let from = 0; from < records.length; from += SENT_AT_ONCE)
    await producer.send({
      topic: `${system.prefix}${name}`,
      messages: records.slice(from, from + SENT_AT_ONCE).map(({ key, value, headers }) => ({ key, value, headers })),
    });
  await producer.disconnect();
}

/** What no topic should hold, and what a test puts there. */
const POISON = Buffer.from('not an entry');

/** A thousand records of the sector's topic: what is on it already, once more, and one of the stream that cannot be read. */
export async function publishPoison(system: DistributedSystem, stream: string, version: number): Promise<void> {
  const topic = 'planledger.education';
  const again = (await readTopic(system, topic)).slice(-999);
  await publishTo(system, topic, [...again.slice(0, 500), poisonOf(stream, version), ...again.slice(500)]);
}

/** What cannot be read, where that version of the stream belongs; without one, anywhere. */
export const poisonOf = (stream: string, version?: number): Published => ({
  key: Buffer.from(`${PLAN}/${stream}`),
  value: POISON,
  headers: version === undefined ? {} : { ce_version: String(version), ce_position: '1' },
});

interface Newest {
  /** By generation, then version. */
  readonly order: number;
  readonly value: Buffer;
}
/** What was read of each system's standings before, by stream. */
const newestOf = new WeakMap<DistributedSystem, Map<string, Newest>>();

/** By stream, the bytes of the newest standing that was ever published: each record is read once, by the next check. */
async function publishedStandings(system: DistributedSystem): Promise<Map<string, Buffer>> {
  const newest = newestOf.get(system) ?? new Map<string, Newest>();
  newestOf.set(system, newest);
  for (const { key, value } of await readTopic(system, STANDINGS, `checks-of-${system.prefix}`)) {
    const standing = value ?? Buffer.alloc(0);
    if (standing.equals(POISON)) continue;
    const { stream, generation, version } = decodeStanding(standing);
    const order = generation * 1_000_000 + version;
    if (String(key) !== `${PLAN}/${stream}`) throw new Error(`a standing of ${stream} under the key ${String(key)}`);
    if (order > (newest.get(stream)?.order ?? 0)) newest.set(stream, { order, value: standing });
  }
  return new Map([...newest].map(([stream, { value }]) => [stream, value]));
}

const isSectorStream = ({ stream }: Row): boolean => /^(project|indicator)\//.test(stream);

/** Byte for byte what a fold of each stream's entries makes. */
function standingsAreFresh(rows: readonly Row[], published: ReadonlyMap<string, Buffer>): void {
  const streams = new Map<string, Uint8Array[]>();
  for (const { stream, bytes } of rows.filter(isSectorStream))
    streams.set(stream, [...(streams.get(stream) ?? []), Buffer.from(bytes, 'base64')]);
  const fresh = new Map(
    [...streams].map(([stream, entries]) => {
      const doc = refold(`${PLAN}/${stream}`, entries.map(decodeEntry));
      return [stream, Buffer.from(encodeStanding(standingFor(education, doc, PLAN))).toString('hex')];
    }),
  );
  const found = new Map([...published].map(([stream, value]) => [stream, value.toString('hex')]));
  expect([...found.keys()].sort()).toEqual([...fresh.keys()].sort());
  const wrong = [...fresh].filter(([stream, bytes]) => found.get(stream) !== bytes).map(([stream]) => stream);
  expect(wrong).toEqual([]);
}

/** Of every stream, the version that its document in MongoDB has seen is the last of the ledger. */
async function viewsStand(system: DistributedSystem, rows: readonly Row[]): Promise<void> {
  const last = new Map(rows.filter(isSectorStream).map(({ stream, version }) => [`${PLAN}/${stream}`, version]));
  const client = new MongoClient(system.environment['MONGODB_URL'] ?? '');
  try {
    const views = client.db(`${system.prefix}planledger-views`);
    const docs = views.collection<{ _id: string; version: number }>('education');
    const found = await docs.find({}, { projection: { version: 1 } }).toArray();
    expect(new Map(found.map(({ _id, version }) => [_id, version]))).toEqual(last);
    expect(await views.collection('education.parked').countDocuments()).toBe(0);
  } finally {
    await client.close();
  }
}

/** What the plan has reached is what its ledger says: live, as soon as the aggregator has it, and from the ledger alone. */
async function liveIsReplayed(system: DistributedSystem): Promise<void> {
  const { at, ...replayed } = await ask<{ at: number }>(system, 'audit', 'replay/completion?by=item');
  // Spread as the other one: in the test runner, what it made itself has other prototypes than what was parsed.
  const live = async () => ({ ...(await ask<object>(system, 'aggregator', 'completion?by=item')) });
  await until('live completion is that of the replay', async () => isDeepStrictEqual(await live(), replayed)).catch(
    async () => expect(await live()).toEqual(replayed),
  );
  expect(at).toBeGreaterThan(0);
}
