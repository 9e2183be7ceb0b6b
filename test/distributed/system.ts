import { ensureTopics } from '@planledger/feed/kafka-topics';
import { openDistributed, type OpenPlatform } from '@planledger/host';
import {
  type LocalService,
  prepare,
  SERVICES,
  startService,
  type SystemEnvironment,
  systemEnvironment,
} from '@planledger/cluster';
import { type Front, startFront } from '@planledger/front';
import { claimPort } from '@planledger/local/ports';
import { SECTORS } from '@planledger/sectors';
import { talkTo, type TestApp } from '@planledger/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeSystem, servers as sharedServers } from '../servers.js';
import { watchGroups } from './caught-up.js';
import { type Issuer, startIssuer } from './issuer.js';

const LOOK_AGAIN_MS = 10;
/** Discard (RFC 863): nobody listens there. */
const NOWHERE = '127.0.0.1:9';
const ON_CLOCKS = fileURLToPath(new URL('./service.js', import.meta.url));

/** The distributed system: every service a process of its own, on real Kafka and MongoDB, behind its front. */
export interface DistributedSystem extends Pick<TestApp, 'url' | 'token' | 'post' | 'get' | 'caughtUp'> {
  readonly folder: string;
  readonly environment: SystemEnvironment;
  readonly issuer: Issuer;
  /** What the names of its databases and topics begin with. */
  readonly prefix: string;
  service(name: string): LocalService;
  /** Starts another instance of a service; `told`: what its environment says besides. */
  another(name: string, label: string, told?: SystemEnvironment): Promise<LocalService>;
  close(): Promise<void>;
}

export interface SystemOptions {
  readonly plans: readonly string[];
  /** Loads the plans; default the services' own step for it (services/intake/prepare.ts). */
  readonly load?: (platform: OpenPlatform) => Promise<void>;
  /** By plan, an instant at which its clock stands; without them services run as their own main runs them. */
  readonly clocks?: Readonly<Record<string, number>>;
  /** Default all of them. */
  readonly services?: readonly string[];
  /** Default those that the tests share. */
  readonly servers?: { readonly mongoUrl: string; readonly brokers: string[] };
  /** Besides. */
  readonly environment?: SystemEnvironment;
}

/** Resolves once every service is ready. */
export async function startSystem(options: SystemOptions): Promise<DistributedSystem> {
  const { plans, load, clocks, services = SERVICES, servers = sharedServers() } = options;
  const folder = mkdtempSync(join(tmpdir(), 'planledger-system-'));
  const prefix = `t-${randomUUID().slice(0, 8)}-`;
  const issuer = await startIssuer();
  const { mongoUrl, brokers } = servers;
  const running = new Map<string, LocalService>();
  const environment: Record<string, string> = {
    ...systemEnvironment({
      ...{ folder, mongoUrl, brokers: brokers.join(','), issuer: issuer.issuer, service: issuer.service, plans },
    }),
    NAME_PREFIX: prefix,
    ...options.environment,
  };

  async function begin(name: string, label = name, told: SystemEnvironment = {}): Promise<LocalService> {
    const service = await startService(name, {
      ...{ folder, label },
      environment: { ...environment, ...told, ...(clocks && { CLOCKS: JSON.stringify(clocks) }) },
      ...(clocks && { script: [ON_CLOCKS, name] }),
    });
    running.set(label, service);
    return service;
  }

  const watch = await watchGroups(brokers, prefix);
  const { token } = issuer;
  let front: Front | undefined;

  async function close(): Promise<void> {
    await Promise.all([front?.stop(), ...[...running.values()].map((service) => service.stop())]);
    await watch.close();
    await issuer.close();
    if (!options.servers) await removeSystem(prefix);
    rmSync(folder, { recursive: true });
  }

  try {
    if (load) {
      await ensureTopics(brokers, { sectors: [...SECTORS.keys()], partitions: 3, replication: 1, prefix });
      const platform = await openDistributed({ mongoUrl, brokers, prefix }, undefined, (plan) => clocks?.[plan] ?? 0);
      await load(platform).finally(() => platform.close());
    } else await prepare({ environment });
    // Its address is told to the others.
    environment['AUDIT_URL'] = (await begin('audit')).url;
    for (const name of services) if (name !== 'audit') await begin(name);
    front = await startFront({
      folder: join(folder, 'front'),
      listen: `127.0.0.1:${await claimPort()}`,
      upstreams: Object.fromEntries(
        // One that was not started answers nobody.
        SERVICES.map((name) => [name, [running.get(name)?.url.replace('http://', '') ?? NOWHERE]]),
      ),
    });
    await Promise.all([...running.values()].map((service) => service.ready()));
  } catch (error) {
    await close();
    throw error;
  }

  function service(name: string): LocalService {
    const found = running.get(name);
    if (!found) throw new Error(`no service ${name}`);
    return found;
  }

  async function relayed(plan: string): Promise<number> {
    const { body } = await talkTo(service('intake').url, token).get('operator', '/metrics');
    return metricIn(String(body), `planledger_relay_position{plan="${plan}"}`) ?? 0;
  }

  const { url } = front;
  return {
    ...{ folder, environment, issuer, prefix, url, token, close, service, another: begin },
    ...talkTo(url, token),
    async caughtUp(plan) {
      const { body } = await talkTo(service('audit').url, token).get('auditor', `/api/plans/${plan}/entries?limit=1`);
      const { head } = body as { head: number };
      while ((await relayed(plan)) < head) await setTimeout(LOOK_AGAIN_MS);
      await watch.handled();
    },
  };
}

/** The value of a metric in what /metrics says, with its labels as they are written there; undefined where it is not said. */
export function metricIn(metrics: string, name: string): number | undefined {
  const line = metrics.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined
    ? undefined
    : Number(
        line
          .slice(name.length + 1)
          .trim()
          .replace('Inf', 'Infinity'),
      );
}
