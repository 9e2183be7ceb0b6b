import kafkajs, {
  type ConsumerConfig,
  type ConsumerRunConfig,
  type ProducerConfig,
  type ProducerRecord,
} from 'kafkajs';
import { Collection } from 'mongodb';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { type Call, type Step, stepFile } from './steps.js';

/**
 * Preloaded (--import) into the real main of a service: looks at every call that it makes of the drivers of MongoDB and
 * Kafka, and of files, and where one is the step that the process was armed with (steps.ts), kills the process with no word of farewell.
 * Only so is it sure to die between two steps and not somewhere near.
 */
const file = stepFile(process.env['STEPS_FOLDER'] ?? '', process.pid);

function armed(): Step | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Step;
  } catch {
    return undefined;
  }
}

/** Does not return where this is the step to die at; where it is one to hang at, what it returns never resolves. */
function reach(when: Step['when'], call: Call, on: string): Promise<void> | undefined {
  const step = armed();
  if (step?.when !== when || step.call !== call || !on.endsWith(step.on)) return undefined;
  if (step.act === 'kill') process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

async function between<T>(call: Call, on: string, act: () => Promise<T>): Promise<T> {
  await reach('before', call, on);
  const done = await act();
  await reach('after', call, on);
  return done;
}

type Act = (this: Collection, ...given: unknown[]) => Promise<unknown>;
const collections = Collection.prototype as unknown as Record<string, Act>;

for (const [name, call] of [
  ['insertOne', 'insert'],
  ['updateOne', 'update'],
  ['bulkWrite', 'write'],
] as const) {
  const act = collections[name]!;
  collections[name] = function (...given) {
    return between(call, this.collectionName, () => act.apply(this, given));
  };
}

const find = collections['find']!;
collections['find'] = function (...given) {
  void reach('before', 'find', this.collectionName);
  return find.apply(this, given);
};

const { producer, consumer } = kafkajs.Kafka.prototype;

kafkajs.Kafka.prototype.producer = function (config?: ProducerConfig) {
  const made = producer.call(this, config);
  return { ...made, send: (record: ProducerRecord) => between('publish', record.topic, () => made.send(record)) };
};

kafkajs.Kafka.prototype.consumer = function (config: ConsumerConfig) {
  const made = consumer.call(this, config);
  const run = ({ eachBatch, ...rest }: ConsumerRunConfig = {}): Promise<void> =>
    made.run({
      ...rest,
      eachBatch: async (payload) => {
        const { batch, commitOffsetsIfNecessary: commit } = payload;
        await eachBatch?.({
          ...payload,
          commitOffsetsIfNecessary: (offsets) => between('commit', batch.topic, () => commit(offsets)),
        });
      },
    });
  return { ...made, run };
};

const { writeFile, appendFile, rename } = files;
for (const [call, whole, atOnce] of [
  ['writeFile', writeFile, writeFileSync],
  ['appendFile', appendFile, appendFileSync],
] as const)
  files[call] = (async (name: string, text: string | Uint8Array) => {
    const step = armed();
    if (step?.when === 'during' && step.call === call && name.endsWith(step.on)) {
      atOnce(name, text.slice(0, text.length / 2));
      process.kill(process.pid, 'SIGKILL');
    }
    await between(call, name, () => whole(name, text));
  }) as typeof writeFile;
files.rename = (from, to) => between('rename', String(from), () => rename(from, to));
syncBuiltinESMExports();
