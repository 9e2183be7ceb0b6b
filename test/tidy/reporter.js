import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** Where .ci/run finds what jest counted, so that nobody has to read it out of text meant for people. */
const COUNTS = 'test/dist/counts.json';

export default class Counts {
  onRunComplete(_contexts, results) {
    // A file that cannot even be loaded has no tests that could fail; it counts as one, or it would not be missed.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    mkdirSync(dirname(COUNTS), { recursive: true });
    writeFileSync(COUNTS, JSON.stringify({ passed: results.numPassedTests, failed, names: failures(results) }));
  }
}

/** What failed, by name: of an output of many pages the last lines are what one sees first. */
const failures = ({ testResults }) =>
  testResults.flatMap(({ testFilePath, testExecError, testResults: tests }) => [
    ...(testExecError ? [`${relative('.', testFilePath)}: could not be run`] : []),
    ...tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative('.', testFilePath)}: ${fullName}`),
  ]);
