import { ensureTopics } from '@planledger/feed/kafka-topics';
import { sectorTopic } from '@planledger/feed';
import { decodeEntry, type Entry } from '@planledger/contracts';
import {
  createSectorDesk,
  evolveDoc,
  initialDoc,
  openDistributed,
  type OpenPlatform,
  openWriteSide,
  refold,
  sectorModule,
  type StreamDoc,
} from '@planledger/host';
import { SECTORS } from '@planledger/sectors';
import { startTestApp } from '@planledger/testing';
import { LIST_DOCS_MAX } from '@planledger/views';
import { toBytes } from '@planledger/views/mongo-form';
import kafkajs from 'kafkajs';
import { MongoClient } from 'mongodb';
import { setTimeout } from 'node:timers/promises';
import { servers } from '../servers.js';
import type { Span, Task } from './drain.js';
import { PLAN, TODAY } from './fixture.js';
import { likeOf, writeMany } from './many.js';

/** Child of the benchmark: one side of a measurement on Kafka and MongoDB, in a process of its own, told to the parent. */

const SECTOR = SECTORS.get('veterans')!;
const PARTITIONS = 12;
/** As the feed's own sessions fetch, so that both are given the same batches. */
const [PARTITION_BYTES, FETCH_BYTES] = [1_024 * 1_024, 64 * 1_024 * 1_024];

/** Ten documents, so often: what a busy day of the sector changes. */
const [CHANGED_OF, CHANGE_EVERY_MS] = [100, 100];

const [, , task, prefix, count] = process.argv as [string, string, Task, string, string];
const entries = Number(count);
const { mongoUrl, brokers } = servers();
const now = (): number => performance.timeOrigin + performance.now();
/** Of the processor, since the process began. */
const busySeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const tell = (message: unknown): Promise<void> =>
  new Promise((resolve) => void process.send?.(message, undefined, undefined, () => resolve()));

const open = (): Promise<OpenPlatform> => openDistributed({ mongoUrl, brokers, prefix }, undefined, () => TODAY);

async function write(): Promise<void> {
  await ensureTopics(brokers, { sectors: [...SECTORS.keys()], partitions: PARTITIONS, replication: 1, prefix });
  const platform = await open();
  const projects = await writeMany(platform, SECTOR.slug, entries);
  await platform.close();
  await tell({ projects });
}

/** Until it is stopped; tells when it began. */
async function relay(): Promise<void> {
  const platform = await open();
  const side = await openWriteSide(platform, PLAN);
  const from = now();
  side.startRelay();
  await tell({ from });
  await stopped();
  await side.stop();
  await platform.close();
}

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.on('message', (message) => message === 'stop' && resolve());
    process.on('disconnect', () => process.exit(1));
  });

/** Follows until it has handled all, in a group and a view of that name; tells when it follows, then how it went. */
async function sector(name: string): Promise<void> {
  const platform = await open();
  let docs = 0;
  let from = Infinity;
  const desk = createSectorDesk(
    {
      ...platform,
      feed: {
        ...platform.feed,
        follow: (topic, _group, handle) =>
          platform.feed.follow(topic, name, (batch) => {
            from = Math.min(from, now());
            return handle(batch);
          }),
      },
      views: <Doc>() => {
        const builds = platform.views<Doc>(name);
        if (!('switchTo' in builds)) throw new Error('views in MongoDB can be rebuilt');
        return {
          ...builds,
          store(build) {
            const store = builds.store(build);
            const save: typeof store.save = (saved) => {
              docs += saved.length;
              return store.save(saved);
            };
            return { ...store, save };
          },
        };
      },
    },
    SECTOR,
  );
  await desk.start();
  await tell({});
  while (desk.follower.handled() < entries) await setTimeout(1);
  await tell({ from, to: now(), docs, busy: busySeconds() } satisfies Span);
  await desk.stop();
  await platform.close();
}

/**
 * Writes the document of the last entry of each project in a batch, and then commits the offset. Documents of the decided
 * projects stand for those of the projects like them: they differ in names and positions alone.
 */
async function bare(name: string): Promise<void> {
  const documents = await documentsByVersion();
  const client = new MongoClient(mongoUrl, {
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  const collection = client
    .db(`${prefix}planledger-views`)
    .collection<{ _id: string; generation: number; version: number; doc: Buffer }>(name);
  const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({
    groupId: `${prefix}${name}`,
    maxBytesPerPartition: PARTITION_BYTES,
    maxBytes: FETCH_BYTES,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [prefix + sectorTopic(SECTOR.slug)], fromBeginning: true });
  let [handled, docs, from] = [0, 0, Infinity];
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
      from = Math.min(from, now());
      const last = new Map<string, number>();
      for (const { key, headers } of batch.messages) last.set(String(key), Number(headers?.['ce_version']));
      await collection.bulkWrite(
        [...last].map(([_id, version]) => {
          const doc = documents[likeOf(_id.slice(PLAN.length + 1))]![version - 1]!;
          return { replaceOne: { filter: { _id }, replacement: { generation: 1, version, doc }, upsert: true } };
        }),
        { ordered: false },
      );
      const offset = String(BigInt(batch.lastOffset()) + 1n);
      await commitOffsetsIfNecessary({
        topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }],
      });
      resolveOffset(batch.lastOffset());
      handled += batch.messages.length;
      docs += last.size;
    },
  });
  while (handled < entries) await setTimeout(1);
  await tell({ from, to: now(), docs, busy: busySeconds() } satisfies Span);
  await consumer.disconnect();
  await client.close();
}

/** By decided project, the bytes of its document after each entry. */
async function documentsByVersion(): Promise<Buffer[][]> {
  const platform = await open();
  const documents: Buffer[][] = [];
  for (let like = 0; ; like += 1) {
    const stream = `project/p${like}x0`;
    const stored = await platform.ledger.readStream(PLAN, stream);
    if (stored.length === 0) break;
    const read = stored.map(({ bytes }): Entry => decodeEntry(bytes));
    let doc = initialDoc(`${PLAN}/${stream}`);
    documents.push(
      read.map((entry, at) => {
        const evolved = evolveDoc(doc, entry);
        doc = evolved === 'refold' ? refold(`${PLAN}/${stream}`, read.slice(0, at + 1)) : evolved;
        return toBytes(doc);
      }),
    );
  }
  await platform.close();
  return documents;
}

/** The sector's service with the drained views, until it is stopped; tells where it is, and the paths of its views. */
async function views(): Promise<void> {
  const app = await startTestApp({
    services: [sectorModule(SECTOR)],
    open,
    prepare: (platform) => {
      platform.plans.push(PLAN);
      return Promise.resolve();
    },
  });
  while ((await app.get(undefined, '/health/ready')).status !== 200) await setTimeout(50);
  const paths = Object.keys(SECTOR.views).map((view) => `/api/plans/${PLAN}/sectors/${SECTOR.slug}/${view}`);
  await tell({ url: app.url, token: await app.token('commission'), paths });
  const builds = app.platform.views<StreamDoc>(SECTOR.slug);
  const store = 'switchTo' in builds ? builds.store(await builds.live()) : builds;
  const known = await store.list(PLAN, { limit: LIST_DOCS_MAX });
  let changes = 0;
  const changing = setInterval(() => {
    changes += 1;
    const changed = known.filter((_, at) => at % CHANGED_OF === changes % CHANGED_OF);
    void store.save(changed.map(({ key, version, doc }) => ({ key, doc, version: version + changes })));
  }, CHANGE_EVERY_MS);
  await stopped();
  clearInterval(changing);
  await app.close();
}

/** By what the task is called before its first hyphen; what comes behind tells one from another. */
const tasks: Readonly<Record<string, () => Promise<void>>> = {
  write,
  relay,
  // What the service would find later is drained under its own name.
  sector: () => sector(task === 'sector' ? SECTOR.slug : task),
  bare: () => bare(task),
  views,
};
await tasks[task.split('-')[0] ?? '']?.();
process.exit(0);
