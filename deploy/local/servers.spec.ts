import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EachMessagePayload, Kafka as Client, logLevel, Partitioners } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Kafka, type Mongo, startKafka, startMongo } from './index.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const newFolder = () => mkdtempSync(join(tmpdir(), 'planledger-local-'));

/** A process that has ended and that nobody has asked for yet is gone all the same. */
function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}

describe('a replica set of three', () => {
  let folder: string;
  let mongo: Mongo;
  let client: MongoClient;
  beforeAll(async () => {
    folder = newFolder();
    mongo = await startMongo({ folder, members: 3 });
    client = new MongoClient(mongo.url);
  });
  afterAll(async () => {
    await client.close();
    await mongo.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps what a majority has, whoever is killed, and takes the killed one back', async () => {
    const entries = client
      .db('local_spec')
      .collection<{ _id: number }>('entries', { writeConcern: { w: 'majority', j: true } });
    await entries.insertOne({ _id: 1 });
    const first = await mongo.primary();
    await mongo.kill(first);
    expect(runs(mongo.pid(first))).toBe(false);

    expect(await mongo.primary()).not.toBe(first);
    await entries.insertOne({ _id: 2 });
    await mongo.restart(first);
    // Two of three are left after this: the one that was away must have come back, or nothing is a majority.
    await mongo.kill(await mongo.primary());
    await mongo.primary();
    await entries.insertOne({ _id: 3 });
    expect(await entries.find().sort({ _id: 1 }).toArray()).toEqual([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
  });
});

describe('a Kafka node', () => {
  let folder: string;
  let kafka: Kafka;
  let client: Client;
  beforeAll(async () => {
    folder = newFolder();
    kafka = await startKafka({ folder });
    client = new Client({ brokers: [kafka.brokers], logLevel: logLevel.NOTHING });
  });
  afterAll(async () => {
    await kafka.stop();
    rmSync(folder, { recursive: true });
  });

  async function send(topic: string, ...values: string[]): Promise<void> {
    const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 0 } });
    await producer.connect();
    try {
      await producer.send({ topic, acks: -1, messages: values.map((value) => ({ value })) });
    } finally {
      await producer.disconnect();
    }
  }
  /** The first so many values of the topic, as a new group receives them. */
  async function receive(topic: string, groupId: string, count: number): Promise<string[]> {
    const consumer = client.consumer({ groupId });
    await consumer.connect();
    try {
      await consumer.subscribe({ topic, fromBeginning: true });
      return await new Promise((resolve, reject) => {
        const values: string[] = [];
        consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
        const eachMessage = ({ message }: EachMessagePayload): Promise<void> => {
          if (values.push(String(message.value)) === count) resolve(values);
          return Promise.resolve();
        };
        consumer.run({ eachMessage }).catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }

  it('hands out what was sent, and after a kill -9 and a restart once more', async () => {
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({
      topics: [{ topic: 'entries', numPartitions: 1, replicationFactor: 1 }],
      waitForLeaders: true,
    });
    await admin.disconnect();
    await send('entries', 'one', 'two');
    expect(await receive('entries', 'before', 2)).toEqual(['one', 'two']);

    await kafka.kill();
    await kafka.restart();
    await send('entries', 'three');
    expect(await receive('entries', 'after', 3)).toEqual(['one', 'two', 'three']);
  });

  it('creates no topic because somebody names it', async () => {
    await expect(send('misspelt', 'lost')).rejects.toThrow('does not host this topic-partition');
  });
});

describe('whoever starts servers', () => {
  let folder: string;
  beforeEach(() => void (folder = newFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('leaves none behind when it is killed', async () => {
    const owner = fork(here('./fixtures/owner.js'), [folder]);
    const [pids] = (await once(owner, 'message')) as [number[]];
    expect(pids.map(runs)).toEqual([true, true]);
    owner.kill('SIGKILL');
    while (pids.some(runs)) await pause(10);
  });

  it('is told by the end of the log why one did not come up', async () => {
    mkdirSync(join(folder, 'mongo-0/mongod.lock'), { recursive: true });
    await expect(startMongo({ folder, members: 1 })).rejects.toThrow(
      /mongod has ended[^]*mongo-0\.log[^]*mongod\.lock/,
    );
  });

  it('is not given the server of a stranger on the same port', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as { port: number };
    await expect(startMongo({ folder, members: 1, port })).rejects.toThrow(`port ${port} of 127.0.0.1 is in use`);
    await expect(startKafka({ folder, port })).rejects.toThrow(`port ${port} of 127.0.0.1 is in use`);
    stranger.close();
  });

  const withServers = (env: Record<string, string>, script: string) =>
    spawn(process.execPath, [here('./with-servers.js'), '--', process.execPath, '-e', script], {
      env: { ...process.env, ...env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('gives a command their addresses, passes on how it ended, and clears up', async () => {
    const said = 'console.log(process.env.MONGODB_URL, process.env.KAFKA_BROKERS); process.exit(7)';
    const run = withServers({ MONGODB_URL: '', KAFKA_BROKERS: '' }, said);
    const [[code], [addresses]] = await Promise.all([once(run, 'exit'), once(run.stdout, 'data')]);
    expect(String(addresses)).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?replicaSet=rs0 127\.0\.0\.1:\d+\n$/);
    expect(code).toBe(7);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('passes a signal on to the command, and takes addresses that are given', async () => {
    const given = { MONGODB_URL: 'mongodb://elsewhere', KAFKA_BROKERS: 'elsewhere:9092' };
    const run = withServers(given, 'console.log(process.env.KAFKA_BROKERS); setInterval(() => {}, 1000)');
    expect(String(await once(run.stdout, 'data'))).toBe('elsewhere:9092\n');
    run.kill('SIGTERM');
    expect((await once(run, 'exit'))[0]).toBe(128 + 15);
    expect(readdirSync(folder)).toEqual([]);
  });
});
