import { ensurePlan, openEmbedded, readConfig, readPlan } from '@planledger/host';

const USAGE = 'usage: npm run plan -- check FOLDER | npm run plan -- import FOLDER   (DATA_DIR: where the ledgers are)';

/** `plan check FOLDER` says all that is wrong with a plan; `plan import FOLDER` writes it into its ledger. */
async function main(): Promise<number> {
  const [command, folder, ...rest] = process.argv.slice(2);
  if ((command !== 'check' && command !== 'import') || folder === undefined || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const plan = readPlan(folder);
  if (Array.isArray(plan)) {
    for (const problem of plan) console.error(problem);
    console.error(`${plan.length} problems; nothing was written`);
    return 1;
  }
  if (command === 'check') {
    console.log(`${plan.plan.id}: no problems`);
    return 0;
  }
  const config = readConfig([], process.env, []);
  if (Array.isArray(config)) {
    for (const problem of config) console.error(problem);
    return 2;
  }
  const platform = openEmbedded(config.dataDir, config.oidc, () => Date.now());
  try {
    const problems = await ensurePlan(platform, plan.plan.id, plan, false);
    for (const problem of problems) console.error(problem);
    if (problems.length === 0) console.log(`${plan.plan.id}: loaded`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await platform.close();
  }
}

process.exitCode = await main();
