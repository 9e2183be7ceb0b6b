import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';

/** The servers that the tests run with (deploy/local/with-servers.ts). */
export function servers(): { readonly mongoUrl: string; readonly brokers: string[] } {
  const { MONGODB_URL: mongoUrl, KAFKA_BROKERS: brokers } = process.env;
  if (!mongoUrl || !brokers)
    throw new Error('MONGODB_URL and KAFKA_BROKERS: run it under `node deploy/local/dist/with-servers.js -- COMMAND`');
  return { mongoUrl, brokers: brokers.split(',') };
}

/** Removes the databases and topics of a system whose names begin with `prefix`. */
export async function removeSystem(prefix: string): Promise<void> {
  const { mongoUrl, brokers } = servers();
  const client = new MongoClient(mongoUrl);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  await client.close();
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  await admin.deleteTopics({ topics });
  await admin.disconnect();
}
