import '@planledger/standalone-service/services';
import '@planledger/testing/demo';
import { once } from 'node:events';

/**
 * Preloaded (--import) into the system's own main: loads all that main will ask for, then waits for a word on standard
 * input before main itself runs. Loading takes most of a start, and it can be done while the server before still has the
 * data directory.
 */
// A parent that died leaves no server behind.
process.stdin.on('end', () => process.exit(1));
await once(process.stdin, 'data');
