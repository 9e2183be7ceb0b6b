import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where .ci/run finds what jest counted, so that nobody has to read it out of text meant for people. */
const COUNTS = 'test/dist/counts.json';

export default class Counts {
  onRunComplete(_contexts, results) {
    // A file that cannot even be loaded has no tests that could fail; it counts as one, or it would not be missed.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    mkdirSync(dirname(COUNTS), { recursive: true });
    writeFileSync(COUNTS, JSON.stringify({ passed: results.numPassedTests, failed }));
  }
}
