import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { removeSystem, servers } from '../servers.js';
import { measureDrain } from './drain.js';
import { startServer } from './http.js';
import { postToLive } from './live.js';
import { measureMongoAppender } from './mongo-appender.js';
import { measureViews } from './views.js';

export interface DistributedSizes {
  readonly appenderCommands: number;
  readonly rounds: number;
  readonly entries: number;
  readonly liveSeconds: number;
}

const LIVE_PER_SECOND = 200;

const rate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString('en')}/s`;
const ms = (value: number): string => `${Math.round(value)} ms`;

/** What is asked of MongoDB and Kafka, a line for each figure; a line that says so where no servers are set. */
export async function* measureDistributed(sizes: DistributedSizes): AsyncGenerator<string> {
  if (!process.env['MONGODB_URL'] || !process.env['KAFKA_BROKERS']) {
    yield 'MONGODB_URL and KAFKA_BROKERS are not set; nothing measured on MongoDB and Kafka';
    return;
  }
  const run = `bench-${randomUUID().slice(0, 8)}-`;
  try {
    yield* appender(`${run}append-`, sizes);
    yield* drain(`${run}drain-`, sizes.entries);
    yield await live(`${run}live-`, sizes.liveSeconds);
    yield* cluster(sizes.liveSeconds);
  } finally {
    await removeSystem(run);
  }
}

async function* appender(prefix: string, { appenderCommands, rounds }: DistributedSizes): AsyncGenerator<string> {
  const { mongoUrl, brokers } = servers();
  for (let round = 0; round < rounds; round += 1) {
    const measured = await measureMongoAppender(mongoUrl, brokers, `${prefix}${round}-`, appenderCommands);
    const { appender: ours, raw, rawMany, emmett, commits } = measured;
    yield `MongoDB appender round ${round + 1}: ${rate(ours)} of insertOne of the same commit documents, one at a time, ${rate(raw)} = ${(ours / raw).toFixed(2)} (asked: 0.5), in ${commits} commits; of eight at a time ${(ours / rawMany).toFixed(2)}`;
    yield emmett === undefined
      ? 'emmett-mongodb is not installed; nothing measured beside it'
      : `MongoDB appender / emmett-mongodb, 64 clients each: ${(ours / emmett).toFixed(1)} (asked: 8), emmett ${rate(emmett)}`;
  }
}

async function* drain(prefix: string, entries: number): AsyncGenerator<string> {
  const { projects, through, sector, bare, docs } = await measureDrain(prefix, entries);
  const mean = (bare[0] + bare[1]) / 2;
  yield `${entries.toLocaleString('en')} entries of ${projects.toLocaleString('en')} projects of a sector: relay, Kafka, views on MongoDB ${rate(through)}, a bare kafkajs consumer that writes the same documents ${rate(mean)} = ${(through / mean).toFixed(2)} (asked: 0.5); without the relay beside it ${rate(sector)} = ${(sector / mean).toFixed(2)}; ${docs.sector.toLocaleString('en')} and ${docs.bare.toLocaleString('en')} documents written`;
  for (const { view, first, p50, p99 } of await measureViews(prefix, entries)) {
    yield `${view} over ${projects.toLocaleString('en')} projects, while ten documents change every 100 ms: first ${ms(first)}, p50 ${ms(p50)}, p99 ${ms(p99)} (asked: 100 at 10,000)`;
  }
}

async function live(prefix: string, seconds: number): Promise<string> {
  const system = await startServer('server', [prefix]);
  try {
    const { perSecond, p50, p99 } = await postToLive(system, LIVE_PER_SECOND, seconds);
    return `POST to live through Kafka and MongoDB, all services in one process, at ${Math.round(perSecond)} writes/s: p50 ${ms(p50)} (asked: 150), p99 ${ms(p99)} (asked: 1,000)`;
  } finally {
    await system.stop();
  }
}

/**
 * A running cluster, whose plan MUST hold the projects of fixture.ts: BENCH_URL, of the front or of intake,
 * BENCH_LIVE_URL, of the aggregator where that is another, and BENCH_TOKEN, of somebody who may report and read. Of
 * BENCH_PIDS (comma) the memory.
 */
async function* cluster(seconds: number): AsyncGenerator<string> {
  const { BENCH_URL: url, BENCH_LIVE_URL: liveUrl, BENCH_TOKEN: token, BENCH_PIDS: pids } = process.env;
  if (url && token) {
    const { perSecond, p50, p99 } = await postToLive(
      { url, token, ...(liveUrl && { liveUrl }) },
      LIVE_PER_SECOND,
      seconds,
    );
    yield `POST to live of the cluster at ${url}, at ${Math.round(perSecond)} writes/s: p50 ${ms(p50)} (asked: 150), p99 ${ms(p99)} (asked: 1,000)`;
  }
  for (const pid of pids?.split(',') ?? [])
    yield `process ${pid}: ${Math.round(residentMiB(Number(pid)))} MiB resident (asked: 150)`;
}

/** VmRSS of a process of this machine, in MiB. */
export function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kib === undefined) throw new Error(`no memory is told of process ${pid}`);
  return Number(kib) / 1_024;
}
