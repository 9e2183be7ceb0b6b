// Path patterns that both the table of layers and the rules for every file use.

/** The suite every adapter of a port runs, the worlds specs are set in, and what is split off from either. */
const CONFORMANCE = '(^|/)(conformance|fixtures)[-/.]';

/** Files that only tests load: they may import test tools and every adapter. */
const TESTS = ['\\.spec\\.ts$', CONFORMANCE, '^libs/testing/', '^test/'];

/** The one file of libs/testing that production reads: the demo history the standalone start writes. */
const DEMO = '^libs/testing/demo\\.ts$';

/** Matches an installed package by its folder and one that is not installed by its bare name. */
const npm = (...names) => names.map((name) => `(^|/node_modules/|^node_modules/)${name}(/|$)`);

module.exports = { CONFORMANCE, DEMO, TESTS, npm };
