import { measureAppender } from './appender.js';
import { measureDistributed } from './distributed.js';
import { measureEmmettSqlite } from './emmett.js';
import { postProgress, startServer } from './http.js';
import { postToLive } from './live.js';
import { measurePages } from './pages.js';
import { measureScale } from './scale.js';

/** BENCH_QUICK=1 for a look: the figures to quote come from the full run. */
const quick = process.env['BENCH_QUICK'] === '1';
const ROUNDS = quick ? 1 : 3;
const APPENDER_COMMANDS = quick ? 10_000 : 40_000;
const HTTP_SECONDS = quick ? 3 : 8;
const LIVE_PER_SECOND = 500;
/** BENCH_ENTRIES=1000000 for the large ledger: half an hour, most of it to write the ledger and its snapshots once. */
const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? (quick ? 20_000 : 100_000));
/** What the pages stand before: 150,000 entries make 10,109 projects. */
const PAGES_ENTRIES = quick ? 20_000 : 150_000;
/** On MongoDB and Kafka; what a sector drains. */
const DISTRIBUTED = {
  appenderCommands: quick ? 4_000 : 20_000,
  rounds: ROUNDS,
  entries: quick ? 20_000 : 200_000,
  liveSeconds: HTTP_SECONDS,
};
/** Where that ledger stays for the next run; without it a temporary folder that is removed. */
const KEPT = process.env['BENCH_FOLDER'];

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

/** One run, both sides of every ratio in it, in turns; prints what each issue asks for, the median of the rounds. */
async function main(): Promise<void> {
  const appender: number[] = [];
  const raw: number[] = [];
  const bytesOnly: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const measured = await measureAppender(APPENDER_COMMANDS);
    appender.push(measured.appender);
    raw.push(measured.raw);
    bytesOnly.push(measured.bytesOnly);
    const share = (measured.appender / measured.raw).toFixed(2);
    console.log(
      `appender round ${round + 1}: ${perSecond(measured.appender)} of raw ${perSecond(measured.raw)} = ${share} in ${measured.commits} commits`,
    );
  }
  const http: number[] = [];
  const bare: number[] = [];
  const [system, plain] = [await startServer('server'), await startServer('bare')];
  await postProgress(system, 2);
  await postProgress(plain, 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    http.push(await postProgress(system, HTTP_SECONDS));
    bare.push(await postProgress(plain, HTTP_SECONDS));
    const share = ((http.at(-1) ?? 0) / (bare.at(-1) ?? 1)).toFixed(3);
    console.log(
      `POST progress round ${round + 1}: ${perSecond(http.at(-1) ?? 0)} of bare Fastify ${perSecond(bare.at(-1) ?? 0)} = ${share}`,
    );
  }
  const live = await postToLive(system, LIVE_PER_SECOND, HTTP_SECONDS);
  await system.stop();
  await plain.stop();
  const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
    ours.map((value, index) => value / (theirs[index] ?? 1));
  console.log(
    `appender / raw better-sqlite3, same rows and commits: ${median(ratios(appender, raw)).toFixed(2)} (asked: 0.35)`,
  );
  console.log(
    `appender / raw better-sqlite3 with the entries' bytes alone (no index columns, no command records): ${median(ratios(appender, bytesOnly)).toFixed(2)}`,
  );
  console.log(`POST progress / bare Fastify POST: ${median(ratios(http, bare)).toFixed(3)} (asked: 0.15)`);
  console.log(
    `POST to live at ${Math.round(live.perSecond)} writes/s: p50 ${Math.round(live.p50)} ms, p99 ${Math.round(live.p99)} ms (asked: 250)`,
  );
  for (const line of await measureScale(ENTRIES, KEPT)) console.log(line);
  for (const line of await measurePages(PAGES_ENTRIES, KEPT)) console.log(line);
  console.log(await measureEmmettSqlite());
  for await (const line of measureDistributed(DISTRIBUTED)) console.log(line);
}

await main();
