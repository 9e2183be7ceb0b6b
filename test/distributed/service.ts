import { runService, type ServiceModule, type StandsOn } from '@planledger/host';

// node service.js NAME: a service as its own main runs it, but on the clocks that CLOCKS names: JSON, by plan an instant.

const STANDS_ON: Readonly<Record<string, StandsOn>> = { intake: 'ledger', audit: 'ledger', aggregator: 'feed-alone' };

const [name = ''] = process.argv.slice(2);
const clocks = JSON.parse(process.env['CLOCKS'] ?? '{}') as Record<string, number>;
const [module] = Object.values((await import(`@planledger/${name}-service`)) as Record<string, ServiceModule>);
if (!module) throw new Error(`no service ${name}`);
await runService(name, module, STANDS_ON[name] ?? 'audit', (plan) => clocks[plan] ?? Date.now());
