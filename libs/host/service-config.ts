import { shippedPlan } from '@planledger/plan';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Environment, hostOf, oidcOf, type OidcConfig, portOf } from './config.js';

/** What a process of the distributed profile is told by its environment, and by nothing else. */
export interface ServiceConfig {
  readonly port: number;
  readonly host: string;
  /** Ids of the plans it serves. */
  readonly plans: readonly string[];
  readonly oidc: OidcConfig;
  readonly servers: Servers;
  /** Of a process that asks audit for histories. */
  readonly audit: AuditAccess | undefined;
}

/** Where a distributed system keeps what it knows. */
export interface Servers {
  readonly mongoUrl: string;
  /** host:port of some of Kafka's brokers. */
  readonly brokers: readonly string[];
  readonly kafkaAccess?: KafkaAccess;
  /** What the names of its databases and topics begin with, so that two systems on the same servers do not meet. */
  readonly prefix?: string;
  /** Where snapshots are kept; without it the past is folded from its beginning. */
  readonly cacheFolder?: string;
  /** After so long without progress, though the broker answers, a follower ends its process. */
  readonly stallLimitMs?: number;
}

export interface KafkaAccess {
  readonly tls: boolean;
  readonly user?: { readonly mechanism: SaslMechanism; readonly name: string; readonly password: string };
}
const SASL_MECHANISMS = ['scram-sha-512', 'scram-sha-256', 'plain'] as const;
type SaslMechanism = (typeof SASL_MECHANISMS)[number];

export interface AuditAccess {
  /** Base address of the audit service. */
  readonly url: string;
  /** Of the OpenID Connect client as which this process signs in (client credentials, RFC 6749 §4.4). */
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Every variable of a service; those of the operating system are not ours. */
export const SERVICE_VARIABLES = [
  ...['PORT', 'HOST', 'PLANS', 'NAME_PREFIX', 'STALL_LIMIT_S', 'CACHE_DIR'],
  ...['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_CLIENT_ID', 'OIDC_JWKS_URL'],
  ...['OIDC_CLAIM_UNIT', 'OIDC_CLAIM_ROLE', 'OIDC_CLAIM_SECTORS', 'OIDC_CLAIM_COUNTIES', 'OIDC_CLAIM_PLANS'],
  ...['MONGODB_URL', 'MONGODB_URL_FILE'],
  ...['KAFKA_BROKERS', 'KAFKA_TLS', 'KAFKA_SASL', 'KAFKA_USERNAME', 'KAFKA_PASSWORD', 'KAFKA_PASSWORD_FILE'],
  ...['AUDIT_URL', 'SERVICE_CLIENT_ID', 'SERVICE_CLIENT_SECRET', 'SERVICE_CLIENT_SECRET_FILE'],
] as const;

/** Of the step that prepares topics and plans, besides. */
export const PREPARE_VARIABLES = ['PLAN', 'KAFKA_PARTITIONS', 'KAFKA_REPLICATION'] as const;

type Read = ReturnType<typeof createReading>;

/** Reads the environment of a service; every missing or wrong variable is named, all at once. */
export function readServiceConfig(env: Environment, { asksAudit }: { asksAudit: boolean }): ServiceConfig | string[] {
  const read = createReading(env);
  const oidc = oidcOf(env, read.problems);
  if (!oidc) read.problems.push('OIDC_ISSUER is missing: every service checks the tokens of an identity provider');
  const config = {
    port: portOf(env, read.problems),
    host: hostOf(env),
    plans: read.list('PLANS', 'the ids of the plans it serves, by comma'),
    servers: serversOf(env, read),
    audit: asksAudit ? auditOf(read) : undefined,
  };
  return oidc && read.problems.length === 0 ? { ...config, oidc } : read.problems;
}

/** What the step that prepares topics and plans is told. */
export interface Preparation {
  readonly plans: readonly string[];
  /** Folders that the plans are read from. */
  readonly folders: readonly string[];
  readonly servers: Servers;
  readonly partitions: number;
  readonly replication: number;
}

const PARTITIONS = { min: 1, max: 256, otherwise: 12 };
const REPLICATION = { min: 1, max: 9, otherwise: 3 };

export function readPreparation(env: Environment): Preparation | string[] {
  const read = createReading(env);
  const folders = (env['PLAN'] || shippedPlan('kaifeng-145')).split(':').filter(Boolean);
  const preparation = {
    plans: read.list('PLANS', 'the ids of the plans to be served, by comma'),
    folders: folders.map((folder) => resolve(folder)),
    servers: serversOf(env, read),
    partitions: wholeOf(env, 'KAFKA_PARTITIONS', PARTITIONS, read.problems),
    replication: wholeOf(env, 'KAFKA_REPLICATION', REPLICATION, read.problems),
  };
  return read.problems.length === 0 ? preparation : read.problems;
}

/** The whole number of a variable; where it is not one of the range, says so. */
function wholeOf(
  env: Environment,
  name: string,
  range: { readonly min: number; readonly max: number; readonly otherwise: number },
  problems: string[],
): number {
  const value = Number(env[name] || range.otherwise);
  if (!Number.isInteger(value) || value < range.min || value > range.max)
    problems.push(`${name} must be ${range.min} to ${range.max}, not ${env[name]}`);
  return value;
}

const STALL_SECONDS = { min: 1, max: 3_600, otherwise: 60 };

function serversOf(env: Environment, read: Read): Servers {
  const prefix = env['NAME_PREFIX'] || undefined;
  if (prefix !== undefined && !/^[a-z0-9-]{1,40}$/.test(prefix))
    read.problems.push(`NAME_PREFIX must be up to 40 small letters, digits and hyphens, not ${prefix}`);
  return {
    mongoUrl: read.secret('MONGODB_URL', 'mongodb://… of the replica set'),
    brokers: read.list('KAFKA_BROKERS', 'host:port of some brokers, by comma'),
    kafkaAccess: kafkaAccessOf(env, read),
    stallLimitMs: wholeOf(env, 'STALL_LIMIT_S', STALL_SECONDS, read.problems) * 1_000,
    ...(prefix && { prefix }),
    ...(env['CACHE_DIR'] && { cacheFolder: env['CACHE_DIR'] }),
  };
}

function kafkaAccessOf(env: Environment, read: Read): KafkaAccess {
  const tls = env['KAFKA_TLS'] || 'false';
  if (tls !== 'true' && tls !== 'false') read.problems.push(`KAFKA_TLS must be true or false, not ${tls}`);
  const name = env['KAFKA_USERNAME'];
  if (!name) return { tls: tls === 'true' };
  const asked = env['KAFKA_SASL'] || SASL_MECHANISMS[0];
  const mechanism = SASL_MECHANISMS.find((known) => known === asked);
  if (!mechanism) read.problems.push(`KAFKA_SASL must be one of ${SASL_MECHANISMS.join(', ')}, not ${asked}`);
  const password = read.secret('KAFKA_PASSWORD', `the password of ${name}`);
  return { tls: tls === 'true', user: { mechanism: mechanism ?? SASL_MECHANISMS[0], name, password } };
}

function auditOf(read: Read): AuditAccess {
  return {
    url: read.url('AUDIT_URL', 'the address of the audit service').replace(/\/$/, ''),
    clientId: read.text('SERVICE_CLIENT_ID', 'the client as which it signs in at OIDC_ISSUER'),
    clientSecret: read.secret('SERVICE_CLIENT_SECRET', 'the secret of SERVICE_CLIENT_ID'),
  };
}

/** Reads variables that must be there, gathering what is wrong with them; what is wrong is read as empty. */
function createReading(env: Environment) {
  const problems: string[] = [];
  const text = (name: string, meaning: string): string => {
    const value = env[name];
    if (!value) problems.push(`${name} is missing: ${meaning}`);
    return value ?? '';
  };
  return {
    problems,
    text,
    list: (name: string, meaning: string): string[] =>
      text(name, meaning)
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    url(name: string, meaning: string): string {
      const value = text(name, meaning);
      if (value && !URL.canParse(value)) problems.push(`${name} must be a URL, not ${value}`);
      return value;
    },
    /** From the variable, or from the file that NAME_FILE names; never said in a problem. */
    secret(name: string, meaning: string): string {
      const file = env[`${name}_FILE`];
      if (env[name] && file) problems.push(`${name} and ${name}_FILE are both set: which one?`);
      if (!file) return text(name, `${meaning}; or ${name}_FILE, a file that holds it`);
      try {
        const value = readFileSync(file, 'utf8').trim();
        if (!value) problems.push(`${name}_FILE: ${file} is empty`);
        return value;
      } catch (error) {
        problems.push(`${name}_FILE: ${error instanceof Error ? error.message : String(error)}`);
        return '';
      }
    },
  };
}
