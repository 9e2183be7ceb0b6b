import { SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { documentsAlone, joined, ownedRoutes } from './documents.js';
import { nginxConf, type NginxOptions } from './nginx.js';

export interface FrontOptions extends Partial<Omit<NginxOptions, 'hasPages'>> {
  /** The folder of the dashboard's built pages; left out, the front serves none. */
  readonly pages?: string | undefined;
}

/** Services listen there in containers, each under its own name. */
const SERVICE_PORT = 3000;
const LISTEN = '8080';
const RUN = '/tmp';

const require = createRequire(import.meta.url);
const SWAGGER = dirname(require.resolve('swagger-ui-dist/package.json'));
const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE'];

const PAGE = `<!doctype html>
<html lang="zh">
  <head>
    <meta charset="utf-8" />
    <title>PlanLedger 规划台账</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Writes all that nginx needs into `folder`: nginx.conf, the joined openapi.json, the dashboard and the pages of /docs. */
export async function writeFront(folder: string, options: FrontOptions = {}): Promise<void> {
  const upstreams = upstreamsOf(options);
  const documents = await documentsAlone();
  const { pages } = options;
  const conf = nginxConf(ownedRoutes(documents), {
    listen: options.listen ?? LISTEN,
    run: options.run ?? RUN,
    resolver: options.resolver,
    issuer: options.issuer,
    hasPages: pages !== undefined,
    upstreams,
  });
  const docs = join(folder, 'docs');
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(folder, 'nginx.conf'), conf);
  if (pages) cpSync(pages, join(folder, 'pages'), { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(joined(documents))}\n`);
  writeFileSync(join(docs, 'index.html'), PAGE);
  writeFileSync(join(docs, 'start.js'), START);
  for (const file of SWAGGER_FILES) copyFileSync(join(SWAGGER, file), join(docs, file));
}

/** Addresses of every service, the usual ones where none are given. Throws at what is no service or no address. */
function upstreamsOf({ upstreams = {}, resolver }: FrontOptions): Record<string, readonly string[]> {
  const names = Object.keys(SERVICES_BY_NAME);
  for (const [name, addresses] of Object.entries(upstreams)) {
    if (!names.includes(name)) throw new Error(`no service is called ${name}; there are ${names.join(', ')}`);
    const wrong = addresses.filter((address) => !/^[\w.-]+:\d{1,5}$/.test(address));
    if (wrong.length > 0) throw new Error(`${name}: an address is HOST:PORT, not ${wrong.join(' or ')}`);
    if (resolver && addresses.length > 1)
      throw new Error(`${name}: with a resolver a service has one name, not ${addresses.length}`);
  }
  const usual = Object.fromEntries(names.map((name) => [name, [`${name}:${SERVICE_PORT}`]]));
  return { ...usual, ...upstreams };
}
