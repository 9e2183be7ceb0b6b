import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installed } from '@planledger/local/installed';
import { type OwnedProcess, startOwned } from '@planledger/local/owned-process';
import { claimPort } from '@planledger/local/ports';
import { MongoClient } from 'mongodb';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = join(import.meta.dirname, '..');

/** Three real servers with a common key, as docker-compose.yml starts them, and secrets as secrets.sh makes them. */
describe('the replica set of docker-compose.yml', () => {
  let folder: string;
  let members: string;
  const servers: OwnedProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'planledger-initiate-'));
    writeFileSync(join(folder, 'key'), 'a key of these three', { mode: 0o400 });
    const ports: number[] = [];
    for (let number = 0; number < 3; number++) {
      const port = await claimPort();
      const data = join(folder, String(number));
      mkdirSync(data);
      ports.push(port);
      const args = ['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', data];
      const more = ['--keyFile', join(folder, 'key'), '--nounixsocket', '--wiredTigerCacheSizeGB', '0.25'];
      servers.push(
        startOwned({
          command: installed('mongodb/bin/mongod'),
          args: [...args, ...more],
          log: join(folder, `${number}.log`),
        }),
      );
    }
    members = ports.map((port) => `127.0.0.1:${port}`).join(',');
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  });

  const address = (user: string, password: string): string =>
    `mongodb://${user}:${password}@${members}/?replicaSet=rs0&authSource=admin&serverSelectionTimeoutMS=5000`;

  function initiate(password: string): string {
    const files = { MONGODB_ADMIN_URL_FILE: join(folder, 'admin'), MONGODB_URL_FILE: join(folder, 'services') };
    writeFileSync(files.MONGODB_ADMIN_URL_FILE, address('administrator', 'of-the-set'));
    writeFileSync(files.MONGODB_URL_FILE, address('planledger', password));
    const env = { PATH: process.env['PATH'], MONGODB_MEMBERS: members, ...files };
    return execFileSync(process.execPath, [join(HERE, 'dist/initiate.js')], { env, encoding: 'utf8' });
  }

  async function write(url: string, database: string): Promise<string> {
    const client = new MongoClient(url);
    try {
      await client
        .db(database)
        .collection('any')
        .insertOne({}, { writeConcern: { w: 'majority', j: true } });
      return 'written';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.close();
    }
  }

  it('is made once, whoever starts it how often; services write to their own databases and nowhere else', async () => {
    expect(initiate('first')).toBe(`rs0: ${members}\n`);
    expect(initiate('first')).toBe(`rs0: ${members}\n`);
    expect(await write(address('planledger', 'first'), 'planledger-ledger')).toBe('written');
    expect(await write(address('planledger', 'first'), 'planledger-views')).toBe('written');
    expect(await write(address('planledger', 'first'), 'another')).toMatch(/not authorized/);
    expect(await write(`mongodb://${members}/?replicaSet=rs0`, 'planledger-ledger')).toMatch(/requires authentication/);
  });

  it("takes the services' new password when it is initiated again", async () => {
    initiate('second');
    expect(await write(address('planledger', 'second'), 'planledger-ledger')).toBe('written');
    expect(await write(address('planledger', 'first'), 'planledger-ledger')).toMatch(/Authentication failed/);
  });

  it('gets from secrets.sh two addresses that differ in nothing but who it is', () => {
    execFileSync('cp', [join(HERE, 'secrets.sh'), folder]);
    execFileSync(join(folder, 'secrets.sh'));
    const [admin, services] = ['mongodb-admin-url', 'mongodb-url'].map((name) =>
      readFileSync(join(folder, '.secrets', name), 'utf8').replace(/\/\/\w+:\w{48}@/, '//somebody@'),
    );
    expect(services).toBe(admin);
    expect(services).toContain('//somebody@mongo-1:27017,');
  });
});
