// Who may import whom, the table of DESIGN's layout: by package, by adapter, by sector, by service. It lists what
// production code MAY import; everything else is reported, so that a new dependency is a decision made here and not an
// accident found later.

const { DEMO, TESTS, npm } = require('./patterns.cjs');

/** An adapter is the file of that name and what is split off from it: sqlite.ts, sqlite-schema.ts, sqlite/…. */
const ADAPTERS = { ledger: ['sqlite', 'memory', 'mongo'], feed: ['in-process', 'kafka'], views: ['memory', 'mongo'] };
const adapterPath = (lib, name) => `^libs/${lib}/${name}[-/.]`;
const allAdapters = Object.entries(ADAPTERS).flatMap(([lib, names]) => names.map((name) => adapterPath(lib, name)));

const SECTORS = 'education|health|elderly-care|housing|veterans|childcare|employment|social-protection|culture-sport';
/** What the deciders know of sectors: types, and the folds every sector shares. No sector's rules, not the list. */
const SECTOR_TYPES = '^libs/sectors/(kit|sector|project|indicator|standing)\\.ts$';
const SECTOR_LIST = '^libs/sectors/index\\.ts$';

const lib = (...names) => names.map((name) => `^libs/${name}/`);
const core = (...names) => names.map((name) => `^(node:)?${name}(/|$)`);
const ANY_CORE = { dependencyTypesNot: ['core'] };
const NEST = npm('@nestjs/[^/]+', 'fastify', 'class-validator', 'class-transformer', 'reflect-metadata', 'rxjs');

/** Production files under `from` may import `allowed` (and their own package, when `from` is one), nothing else. */
const only = (name, comment, from, allowed, to = {}, exceptFrom = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [...TESTS, ...exceptFrom] },
  to: { pathNot: allowed, ...to },
});
const packageRule = (name, comment, allowed) =>
  only(`${name}-imports`, comment, `^libs/${name}/`, [...lib(name), ...allowed]);
/** A package of a port, its adapters left out: they have rules of their own. */
const portsRule = (name, comment, allowed) =>
  only(`${name}-imports`, comment, `^libs/${name}/`, [...lib(name), ...allowed], ANY_CORE, allAdapters);
const adapterRule = (library, name, driver, comment) =>
  only(
    `${library}-${name}-imports`,
    comment,
    adapterPath(library, name),
    [adapterPath(library, name), ...ownFiles(library), ...lib('kernel', 'contracts'), ...npm(...driver)],
    ANY_CORE,
  );
/** What an adapter may see of its own package: everything but the package's other adapters. */
const ownFiles = (library) => [`^libs/${library}/(?!(${ADAPTERS[library].join('|')})[-/.])`];

const HOST = [
  ...lib('[^/]+'),
  ...NEST,
  ...npm('prom-client', 'class-validator-jsonschema', 'openid-client', '@fastify/static'),
];

/** What runs in a browser, and what builds it. */
const BROWSER = [
  ...['vue', 'vue-router', 'vue-i18n', 'element-plus', 'echarts', 'openapi-fetch', 'eventsource-parser'],
  ...['oidc-client-ts', 'vite', '@vitejs/[^/]+', 'unplugin-vue-components'],
];

const packages = [
  packageRule('kernel', 'The kernel is the ground: it imports nothing, not even Node.', []),
  packageRule('contracts', 'Codecs of the wire contract; the hash of the stored bytes needs node:crypto.', [
    ...lib('kernel'),
    ...npm('@bufbuild/protobuf'),
    ...core('crypto'),
  ]),
  packageRule('plan', 'The plan is data: read from YAML files, checked, folded.', [
    ...lib('kernel', 'contracts'),
    ...npm('yaml'),
    ...core('fs', 'path', 'url', 'crypto'),
  ]),
  packageRule('proof', 'A verifier that shared code with the writing side would repeat its mistakes.', [
    ...lib('kernel'),
    ...core('crypto'),
  ]),
  packageRule('auth', 'A pure policy table and one token library.', [
    ...lib('kernel'),
    ...npm('jose'),
    ...core('crypto'),
  ]),
  packageRule('sectors', 'What counts in a sector is pure: no port, no framework, no clock.', [
    ...lib('kernel', 'contracts', 'plan'),
  ]),
  packageRule('progress', 'Completion mathematics takes the sectors as an argument.', [
    ...lib('kernel', 'contracts', 'plan'),
  ]),
  packageRule('project', 'Deciders take the sectors as an argument: the types of a sector, never the list.', [
    ...lib('kernel', 'contracts', 'plan', 'auth'),
    SECTOR_TYPES,
    ...npm('class-validator', 'class-transformer', 'reflect-metadata'),
    ...core('crypto'),
  ]),
  portsRule('ledger', 'Port, appender and what they share.', lib('kernel', 'contracts', 'plan')),
  portsRule('feed', 'Port and relay.', lib('kernel', 'contracts')),
  portsRule('views', 'Port and follower; the follower reads through the port of the feed.', [
    ...lib('kernel', 'contracts'),
    '^libs/feed/(index|port|retry|topic)\\.ts$',
  ]),
  only('host-imports', 'The glue may know every library and Nest, no driver.', '^libs/host/', HOST, ANY_CORE),
];

const adapters = [
  adapterRule('ledger', 'sqlite', ['better-sqlite3'], 'An adapter imports its port and one driver.'),
  adapterRule('ledger', 'memory', [], 'An adapter imports its port; memory has no driver.'),
  adapterRule('ledger', 'mongo', ['mongodb'], 'An adapter imports its port and one driver.'),
  adapterRule('feed', 'in-process', [], 'An adapter imports its port; in-process has no driver.'),
  adapterRule('feed', 'kafka', ['kafkajs'], 'An adapter imports its port and one driver.'),
  adapterRule('views', 'memory', [], 'An adapter imports its port; memory has no driver.'),
  adapterRule('views', 'mongo', ['mongoose'], 'An adapter imports its port and one driver.'),
  {
    name: 'adapters-chosen-in-host',
    comment: 'One file chooses the adapters, so that everything else runs on any of them.',
    severity: 'error',
    from: { pathNot: ['^libs/host/adapters\\.ts$', ...allAdapters, ...TESTS] },
    to: { path: allAdapters },
  },
];

const sectors = [
  {
    name: 'sectors-are-strangers',
    comment: 'Sectors are siblings: what two of them share belongs to sectors/ itself.',
    severity: 'error',
    from: { path: '^libs/sectors/([^/]+)/' },
    to: { path: '^libs/sectors/[^/]+/', pathNot: '^libs/sectors/$1/' },
  },
  {
    name: 'sectors-listed-once',
    comment: 'sectors/index.ts is the one list; whoever else names a sector would be a second one.',
    severity: 'error',
    from: { path: '^libs/sectors/[^/]+\\.ts$', pathNot: [SECTOR_LIST, ...TESTS] },
    to: { path: ['^libs/sectors/[^/]+/', SECTOR_LIST] },
  },
  {
    name: 'host-names-no-sector',
    comment: 'The glue serves whatever the list holds; naming one sector would make it special.',
    severity: 'error',
    from: { path: '^libs/host/', pathNot: TESTS },
    to: { path: '^libs/sectors/[^/]+/' },
  },
];

const SERVICE_LIBS = lib('host', 'contracts', 'kernel', 'plan', 'auth', 'progress');
const service = (name, comment, allowed, from = `^services/${name}/`) =>
  only(`${name}-imports`, comment, from, [`^services/${name}/`, ...SERVICE_LIBS, ...allowed, ...NEST], ANY_CORE);

/** Of the dashboard, what runs on the server and what makes the pages. */
const NO_PAGES = ['^services/dashboard/(index|vite\\.config)\\.ts$'];

const services = [
  {
    name: 'services-are-strangers',
    comment: 'Services meet on the feed only; standalone alone composes them.',
    severity: 'error',
    from: { path: '^services/([^/]+)/', pathNot: ['^services/standalone/', ...TESTS] },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  only(
    'sector-service-imports',
    'The service of a sector knows its own sector and no other.',
    `^services/(${SECTORS})/`,
    ['^services/$1/', ...SERVICE_LIBS, '^libs/sectors/$1/', SECTOR_TYPES, ...NEST],
    ANY_CORE,
  ),
  service('aggregator', "The aggregator knows no sector's rules.", []),
  service(
    'intake',
    'Intake decides: the deciders and the list of sectors; it prepares plans, a demo plan with its history.',
    [...lib('project'), SECTOR_LIST, SECTOR_TYPES, DEMO],
  ),
  service('audit', 'Audit replays and proves: the folds, the list of sectors, the proofs.', [
    ...lib('project', 'proof'),
    SECTOR_LIST,
    SECTOR_TYPES,
  ]),
  service('standalone', 'The composition root: every service, and the demo history it starts with.', [
    '^services/',
    ...lib('project'),
    SECTOR_LIST,
    SECTOR_TYPES,
    DEMO,
  ]),
  only(
    'dashboard-imports',
    'The dashboard runs in a browser and knows the server by its contract; of the core it takes types alone.',
    '^services/dashboard/',
    ['^services/dashboard/', ...npm(...BROWSER)],
    { dependencyTypesNot: ['type-only'] },
    NO_PAGES,
  ),
  only(
    'dashboard-types',
    'Types of answers come from where answers are made, and from nowhere that knows a server.',
    '^services/dashboard/',
    ['^services/dashboard/', ...lib('auth', 'contracts', 'plan', 'progress', 'project', 'sectors'), ...npm(...BROWSER)],
    {},
    NO_PAGES,
  ),
  only(
    'dashboard-folder',
    'What the server has of the dashboard is the folder of its pages.',
    '^services/dashboard/index\\.ts$',
    core('fs', 'url'),
  ),
  {
    name: 'libs-below-services',
    comment: 'Imports run downwards only.',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^services/' },
  },
];

const PAGES_FOLDER = '^services/dashboard/index\\.ts$';

const deployment = [
  only(
    'local-imports',
    'It starts servers; of what we are it knows the demo people, whom it tells Keycloak.',
    '^deploy/local/',
    ['^deploy/local/', ...lib('auth'), ...npm('mongodb', 'kafkajs')],
    ANY_CORE,
  ),
  only(
    'cluster-imports',
    'It starts everything there is, and knows none of it from inside.',
    '^deploy/cluster/',
    ['^deploy/', PAGES_FOLDER],
    ANY_CORE,
  ),
  only(
    'front-imports',
    'It reads off the services who answers what: their list and the host that makes their documents.',
    '^deploy/front/',
    ['^deploy/(front|local)/', ...lib('host'), '^services/standalone/services\\.ts$', PAGES_FOLDER],
    ANY_CORE,
  ),
  {
    name: 'local-in-tests',
    comment: 'Production is given addresses by its environment and starts no server.',
    severity: 'error',
    from: { pathNot: ['^deploy/', ...TESTS] },
    to: { path: '^deploy/' },
  },
];

module.exports = { layers: [...packages, ...adapters, ...sectors, ...services, ...deployment] };
