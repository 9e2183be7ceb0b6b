import { builtPages } from '@planledger/dashboard-service';
import { parseArgs } from 'node:util';
import { writeFront } from './write.js';

const USAGE = `usage: node deploy/front/dist/generate.js FOLDER [OPTION…]
  --upstream NAME=HOST:PORT  where a service answers; NAME:3000 when not given, several when given again
  --listen [ADDRESS:]PORT    8080 when not given
  --run FOLDER               must be there, the only one nginx writes to; /tmp when not given
  --issuer URL               the identity provider that the dashboard asks; any over TLS when not given
  --resolver ADDRESS         name server to ask while nginx runs; in Docker networks 127.0.0.11`;

/** Writes the folder that `nginx -e stderr -p FOLDER -c nginx.conf` serves from. */
async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const options = {
    upstream: { type: 'string', multiple: true },
    listen: text,
    run: text,
    resolver: text,
    issuer: text,
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new Error('one FOLDER must be given');
  const { upstream = [], ...rest } = values;
  const upstreams: Record<string, string[]> = {};
  for (const given of upstream) {
    const [name = '', address = ''] = given.split('=');
    (upstreams[name] ??= []).push(address);
  }
  await writeFront(folder, { ...rest, upstreams, pages: builtPages() });
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
}
