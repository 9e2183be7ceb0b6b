import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openDistributed, type OpenPlatform } from './adapters.js';
import { clockOf, demoClock } from './demo-clock.js';
import { historyOverHttp, serviceToken } from './history-http.js';
import { createApp, type ServiceModule } from './serve.js';
import { readServiceConfig, type ServiceConfig } from './service-config.js';

/** What a service stands on besides the feed and the views: the ledger itself, audit's answers about it, or neither. */
export type StandsOn = 'ledger' | 'audit' | 'feed-alone';

/** EX_CONFIG of sysexits(3): starting it again changes nothing. */
export const EXIT_CONFIG = 78;
const OPEN_AGAIN_MS = 2_000;

/**
 * One service as a process of its own, told by the environment alone (service-config.ts). Where a variable is missing or
 * wrong it names every one and exits with 78. Waits, and says so, for a database that does not answer. SIGTERM: answers
 * what it was asked, finishes what it has begun, ends. `clock`: of a plan; default today, a demo plan's last day.
 */
export async function runService(
  name: string,
  module: ServiceModule,
  standsOn: StandsOn,
  clock: (plan: string) => number = clockOf(demoClock()),
): Promise<void> {
  const config = readServiceConfig(process.env, { asksAudit: standsOn === 'audit' });
  if (Array.isArray(config)) return refuse(config);
  const platform = await opened(name, config, standsOn, clock);
  platform.plans.push(...config.plans);
  const app = await createApp(platform, [module], { docs: false });
  await app.listen(config.port, config.host);
  process.stdout.write(`${name} serves ${config.plans.join(', ')} at ${await app.getUrl()}\n`);
  void setTimeout(SETTLED_MS, undefined, { ref: false }).then(collectOnce);
}

/** By then a service has read its history, on most days. */
const SETTLED_MS = 30_000;

/**
 * Gives back what reading the history left behind, some twenty MiB of intake's: V8 does so once it needs the room, which
 * an idle process never does.
 */
function collectOnce(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // The second lets go of the pages that the first has emptied.
  collect();
}

/** Says all that is wrong with the configuration, and ends the process as soon as nothing keeps it. */
export function refuse(problems: readonly string[]): void {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = EXIT_CONFIG;
}

async function opened(
  name: string,
  { servers, oidc, audit }: ServiceConfig,
  standsOn: StandsOn,
  clock: (plan: string) => number,
): Promise<OpenPlatform> {
  const history = audit && historyOverHttp({ url: audit.url, token: serviceToken(oidc.issuer, audit) });
  const held = standsOn === 'ledger' ? 'of-the-ledger' : (history ?? noHistory);
  return untilOpen(name, () => openDistributed(servers, oidc, clock, held));
}

const noHistory = (): Promise<never> => Promise.reject(new Error('this process asks for no histories'));

/** Does it until it works, saying why it does not: a database that is not up yet is waited for. */
export async function untilOpen<T>(name: string, open: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      process.stderr.write(`${name} waits: ${error instanceof Error ? error.message : String(error)}\n`);
      await setTimeout(OPEN_AGAIN_MS);
    }
  }
}
