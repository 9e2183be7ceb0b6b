// The import rules: the table of layers (layers.cjs), and here what holds for every file. Run by imports.spec.ts through
// cruise.ts, which resolves our packages to their sources; a bare depcruise would follow them into dist. A rule that has
// no planted violation of its name under planted/, or whose planted violation goes unreported, fails there.
const { layers } = require('./layers.cjs');
const { CONFORMANCE, DEMO, TESTS, npm } = require('./patterns.cjs');

const tests = [
  {
    name: 'test-tools-in-tests',
    comment: 'Production runs without development dependencies.',
    severity: 'error',
    from: { pathNot: TESTS },
    to: { path: npm('jest', '@jest/globals', 'fast-check', 'supertest', '@nestjs/testing') },
  },
  {
    name: 'testing-in-tests',
    comment: 'libs/testing is for tests; the demo history alone also serves the standalone start.',
    severity: 'error',
    from: { pathNot: TESTS },
    to: { path: '^libs/testing/', pathNot: DEMO },
  },
  {
    name: 'demo-without-test-tools',
    comment: 'The demo history runs in production, so it may not need what only tests have.',
    severity: 'error',
    from: { path: DEMO },
    to: {
      path: [...npm('jest', '@jest/globals', 'fast-check', 'supertest'), '^libs/testing/(?!demo)'],
      reachable: true,
    },
  },
  {
    name: 'conformance-in-specs',
    comment: 'A conformance suite and its fixtures are there for specs, and for nobody else.',
    severity: 'error',
    from: { pathNot: ['\\.spec\\.ts$', CONFORMANCE] },
    to: { path: CONFORMANCE, pathNot: 'node_modules' },
  },
  {
    name: 'specs-imported-by-none',
    comment: 'Importing a spec runs its tests twice.',
    severity: 'error',
    from: {},
    to: { path: '\\.spec\\.ts$' },
  },
  {
    name: 'test-workspace-on-top',
    comment: 'test/ sees everything and is seen by nothing.',
    severity: 'error',
    from: { path: '^(libs|services|deploy)/' },
    to: { path: '^test/' },
  },
];

const everywhere = [
  {
    name: 'by-name-across-packages',
    comment: 'Another package is imported by its name, so that its exports and its build order hold.',
    severity: 'error',
    from: { path: '^((libs|services|deploy)/[^/]+|test)/' },
    to: { path: '^(libs|services|deploy|test)/', pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
  },
  {
    name: 'never-dist',
    comment: 'dist is what the compiler writes, not a way round the exports of a package.',
    severity: 'error',
    from: {},
    to: { path: ['^((libs|services|deploy)/[^/]+|test)/dist/', '^@planledger/[^/]+/dist/', '^\\.\\./.*/dist/'] },
  },
  {
    name: 'no-circular',
    comment: 'A cycle has no first file to read. Type imports leave nothing behind at run time and are not counted.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-orphans',
    comment: 'A file that imports nothing and that nobody imports is forgotten.',
    severity: 'error',
    from: { orphan: true, pathNot: '\\.d\\.ts$' },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'What cannot be resolved cannot be checked.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...layers, ...tests, ...everywhere],
  options: {
    // Type imports count: a type is knowledge of the other side too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^((libs|services|deploy)/[^/]+|test)/(dist|gen)/'] },
    exclude: { path: '^test/tidy/planted/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
