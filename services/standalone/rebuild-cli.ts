import {
  AuditUnavailable,
  historyOverHttp,
  NotSettled,
  openBuilds,
  readServiceConfig,
  rebuild,
  type Rebuilt,
  refuse,
  serviceToken,
  type ServiceConfig,
  type StreamDoc,
  switchBack,
} from '@planledger/host';
import { SECTORS } from '@planledger/sectors';
import { parseArgs } from 'node:util';

const USAGE = `usage: npm run rebuild -- --view SECTOR [--plan ID]… [--accept-differences] | --view SECTOR --back
Environment: that of the sector's service. --plan: the plans that the view holds, instead of PLANS.`;
/** As diff(1): a difference is an answer of its own. */
const [EXIT_DIFFERS, EXIT_FAILED] = [1, 2];
const NAMED_MAX = 20;

/** `npm run rebuild`: builds a sector's view anew beside the live one, says how it differs, and switches. */
async function main(): Promise<void> {
  const asked = argumentsOf(process.argv.slice(2));
  const sector = SECTORS.get(asked?.view ?? '');
  if (!asked || !sector) return fail(`${USAGE}\nSECTOR: ${[...SECTORS.keys()].join(', ')}`);
  const config = readServiceConfig(process.env, { asksAudit: true });
  if (Array.isArray(config)) return refuse(config);
  const { builds, close } = openBuilds<StreamDoc>(config.servers, sector.slug);
  try {
    if (asked.back) {
      const generation = await switchBack(builds);
      if (generation === undefined) return fail(`${sector.slug}: there is no build to go back to`);
      return say(`${sector.slug}: the build before is live again, as generation ${generation}`);
    }
    const plans = asked.plan.length > 0 ? asked.plan : config.plans;
    const acceptDifferences = asked['accept-differences'];
    const rebuilt = await rebuild({ sector, plans, builds, ...auditOf(config), acceptDifferences });
    report(sector.slug, plans, rebuilt);
  } catch (error) {
    if (error instanceof NotSettled) return fail(`${sector.slug}: ${error.message}; try again when it is`);
    if (!(error instanceof AuditUnavailable)) throw error;
    fail(`${sector.slug}: ${error.message}; nothing is changed, run it again`);
  } finally {
    await close();
  }
}

function argumentsOf(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        view: { type: 'string' },
        plan: { type: 'string', multiple: true, default: [] },
        'accept-differences': { type: 'boolean', default: false },
        back: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch {
    return undefined;
  }
}

function auditOf({ audit, oidc }: ServiceConfig) {
  if (!audit) throw new Error('read without the audit service');
  const access = { url: audit.url, token: serviceToken(oidc.issuer, audit) };
  return { audit: access, history: historyOverHttp(access) };
}

function report(view: string, plans: readonly string[], rebuilt: Rebuilt): void {
  const { compared, entries, parked, unfolded, outcome, generation } = rebuilt;
  const { same, different, missing, extra } = compared;
  say(`${view}: ${entries} entries of ${plans.join(', ')} read from audit`);
  say(`  the same      ${same}`);
  tell(
    'different',
    different.map(({ key, version }) => `${key} at version ${version}`),
  );
  tell('missing in the live view', missing);
  tell('in the live view alone', extra);
  tell(
    'parked',
    parked.map(({ key, version, reason }) => `${key} at version ${version}: ${reason}`),
  );
  tell(
    'that the rebuild could not fold',
    unfolded.map(({ key, version, reason }) => `${key} at version ${version}: ${reason}`),
  );
  if (outcome === 'switched')
    return say(`${view}: switched to generation ${generation}; its service goes over within seconds`);
  if (outcome === 'overtaken')
    return fail(`${view}: another switch came between, generation ${generation} is live; run it again`);
  say(`${view}: not switched, generation ${generation} stays live; --accept-differences switches all the same`);
  process.exitCode = EXIT_DIFFERS;
}

/** How many, and the first of them by name; nothing where there are none. */
function tell(what: string, names: readonly string[]): void {
  if (names.length === 0) return;
  say(`  ${what}: ${names.length}`);
  for (const name of names.slice(0, NAMED_MAX)) say(`    ${name}`);
  if (names.length > NAMED_MAX) say(`    and ${names.length - NAMED_MAX} more`);
}

const say = (line: string): void => console.log(line);

function fail(line: string): void {
  console.error(line);
  process.exitCode = EXIT_FAILED;
}

await main();
