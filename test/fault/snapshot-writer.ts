import { Replays } from '@planledger/audit-service/replays';
import { openEmbedded } from '@planledger/host';
import { once } from 'node:events';

/**
 * A program to be killed: makes the snapshots that are missing, as audit does beside its answers, once it is told to by a
 * line on its standard input.
 *
 * snapshot-writer.js <directory> <plan> <entries between two snapshots>
 */
const [directory = '', plan = '', spacing] = process.argv.slice(2);

await once(process.stdin, 'data');
const platform = openEmbedded(directory, undefined, Date.now);
platform.plans.push(plan);
await new Replays(platform, { spacing: Number(spacing), snapshotsFrom: 0 }).extend();
await platform.close();
process.stdin.destroy();
