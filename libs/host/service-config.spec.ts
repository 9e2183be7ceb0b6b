import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPreparation, readServiceConfig, SERVICE_VARIABLES } from './service-config.js';

const COMPLETE = {
  PLANS: 'kaifeng-145, kaifeng-145-demo',
  OIDC_ISSUER: 'https://sign-in.example',
  MONGODB_URL: 'mongodb://user:secret@db.example/?replicaSet=rs0',
  KAFKA_BROKERS: 'one.example:9092,two.example:9092',
  AUDIT_URL: 'http://audit:3000/',
  SERVICE_CLIENT_ID: 'planledger-services',
  SERVICE_CLIENT_SECRET: 'open sesame',
};
const SECTOR = { asksAudit: true };

describe('the environment of a service', () => {
  test('says where everything is', () => {
    expect(readServiceConfig(COMPLETE, SECTOR)).toMatchObject({
      port: 3_000,
      host: '127.0.0.1',
      plans: ['kaifeng-145', 'kaifeng-145-demo'],
      oidc: { issuer: 'https://sign-in.example', audience: 'planledger' },
      servers: {
        mongoUrl: COMPLETE.MONGODB_URL,
        brokers: ['one.example:9092', 'two.example:9092'],
        kafkaAccess: { tls: false },
        stallLimitMs: 60_000,
      },
      audit: { url: 'http://audit:3000', clientId: 'planledger-services', clientSecret: 'open sesame' },
    });
  });

  test('an empty one is refused with every missing variable named at once', () => {
    const problems = readServiceConfig({}, SECTOR);
    expect((problems as string[]).map((problem) => problem.split(' ')[0]).sort()).toEqual(Object.keys(COMPLETE).sort());
  });

  test('who does not ask audit needs neither its address nor a client', () => {
    const { PLANS, OIDC_ISSUER, MONGODB_URL, KAFKA_BROKERS } = COMPLETE;
    const config = readServiceConfig({ PLANS, OIDC_ISSUER, MONGODB_URL, KAFKA_BROKERS }, { asksAudit: false });
    expect(config).toHaveProperty('audit', undefined);
  });

  test.each([
    ['PORT', 'http', 'PORT must be 0 to 65535, not http'],
    ['OIDC_ISSUER', 'somewhere', 'OIDC_ISSUER must be a URL, not somewhere'],
    ['AUDIT_URL', 'audit', 'AUDIT_URL must be a URL, not audit'],
    ['NAME_PREFIX', 'Übung', 'NAME_PREFIX must be up to 40 small letters, digits and hyphens, not Übung'],
    ['STALL_LIMIT_S', '0', 'STALL_LIMIT_S must be 1 to 3600, not 0'],
    ['KAFKA_TLS', 'yes', 'KAFKA_TLS must be true or false, not yes'],
    [
      'KAFKA_USERNAME',
      'ledger',
      'KAFKA_PASSWORD is missing: the password of ledger; or KAFKA_PASSWORD_FILE, a file that holds it',
    ],
    ['MONGODB_URL_FILE', '/nowhere', 'MONGODB_URL and MONGODB_URL_FILE are both set: which one?'],
  ])('a wrong %s is named', (name, value, problem) => {
    expect(readServiceConfig({ ...COMPLETE, [name]: value }, SECTOR)).toContain(problem);
  });

  test('secrets come from files, and no problem ever says one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'planledger-secret-'));
    const file = join(folder, 'password');
    writeFileSync(file, 'open sesame\n');
    const env = { ...COMPLETE, KAFKA_USERNAME: 'ledger', KAFKA_PASSWORD_FILE: file, KAFKA_SASL: 'plain' };
    expect(readServiceConfig(env, SECTOR)).toMatchObject({
      servers: { kafkaAccess: { user: { mechanism: 'plain', name: 'ledger', password: 'open sesame' } } },
    });
    const wrong = readServiceConfig({ ...env, PORT: '-1', KAFKA_SASL: 'magic' }, SECTOR) as string[];
    expect(wrong).toHaveLength(2);
    expect(wrong.join()).not.toContain('sesame');
    rmSync(folder, { recursive: true });
    expect(readServiceConfig(env, SECTOR)).toEqual([expect.stringMatching(/^KAFKA_PASSWORD_FILE: .*ENOENT/)]);
  });

  test('no variable is read that is not listed, and none is listed in vain', () => {
    const asked = new Set<string>();
    const watched = (env: Record<string, string>) =>
      new Proxy(env, { get: (target, name: string) => (asked.add(name), target[name]) });
    readServiceConfig(watched({ ...COMPLETE, KAFKA_USERNAME: 'ledger' }), SECTOR);
    expect([...asked].sort()).toEqual([...SERVICE_VARIABLES].sort());
  });
});

test('the step that prepares is told how many partitions and copies topics have, and needs no identity provider', () => {
  const { PLANS, MONGODB_URL, KAFKA_BROKERS } = COMPLETE;
  const env = { PLANS, MONGODB_URL, KAFKA_BROKERS };
  expect(readPreparation(env)).toMatchObject({ partitions: 12, replication: 3, folders: [expect.any(String)] });
  expect(readPreparation({ ...env, KAFKA_PARTITIONS: '6', KAFKA_REPLICATION: '1' })).toMatchObject({
    ...{ partitions: 6, replication: 1 },
  });
  expect(readPreparation({ KAFKA_PARTITIONS: 'many' })).toEqual([
    expect.stringMatching(/^PLANS is missing/),
    expect.stringMatching(/^MONGODB_URL is missing/),
    expect.stringMatching(/^KAFKA_BROKERS is missing/),
    'KAFKA_PARTITIONS must be 1 to 256, not many',
  ]);
});
