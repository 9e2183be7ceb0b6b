import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A place between two steps of a service: before or after a call that it makes of its drivers. A process that was
 * started with kill-at.ts preloaded ends itself there, or stays there for ever.
 */
export interface Step {
  /** `during`: half of what is to be written to a file is there. */
  readonly when: 'before' | 'during' | 'after';
  readonly call: Call;
  /** What the name of the collection, the topic or the file ends with. */
  readonly on: string;
  readonly act: 'kill' | 'hang';
}

export type Call =
  /** MongoDB: a document is inserted, updated, or many are written; documents are asked for. */
  | 'insert'
  | 'update'
  | 'write'
  | 'find'
  /** Kafka: records are published; the offset of a batch is committed. */
  | 'publish'
  | 'commit'
  /** Files: one is written, added to, given its name. */
  | 'writeFile'
  | 'appendFile'
  | 'rename';

export const STANDINGS = 'planledger.standings';

/** By service, between each two of its steps. The aggregator and audit keep nothing: they die while they read. */
export const DEATHS: readonly [string, readonly Omit<Step, 'act'>[]][] = [
  [
    'intake',
    [
      { when: 'before', call: 'insert', on: 'commits' },
      { when: 'after', call: 'insert', on: 'commits' },
      { when: 'before', call: 'publish', on: 'planledger.education' },
      { when: 'after', call: 'publish', on: 'planledger.education' },
      { when: 'after', call: 'update', on: 'bookmarks' },
    ],
  ],
  [
    'education',
    [
      { when: 'before', call: 'publish', on: STANDINGS },
      { when: 'after', call: 'publish', on: STANDINGS },
      { when: 'after', call: 'write', on: 'education' },
      { when: 'after', call: 'commit', on: 'planledger.education' },
    ],
  ],
  [
    'aggregator',
    [
      { when: 'before', call: 'commit', on: STANDINGS },
      { when: 'after', call: 'commit', on: STANDINGS },
    ],
  ],
  ['audit', [{ when: 'before', call: 'find', on: 'commits' }]],
];

/** Of audit while it keeps a snapshot: the names of streams first, then the sums, which get their name at the end. */
export const SNAPSHOT_DEATHS: readonly Omit<Step, 'act'>[] = [
  { when: 'before', call: 'appendFile', on: 'streams' },
  { when: 'during', call: 'appendFile', on: 'streams' },
  { when: 'after', call: 'appendFile', on: 'streams' },
  { when: 'during', call: 'writeFile', on: '.part' },
  { when: 'before', call: 'rename', on: '.part' },
  { when: 'after', call: 'rename', on: '.part' },
];

/** Where the process of that id reads what it is to do, in a folder of all of them. */
export const stepFile = (folder: string, pid: number): string => join(folder, `step-${pid}`);

/** The next time that the process comes to that place. */
export function arm(folder: string, pid: number, step: Step): void {
  const file = stepFile(folder, pid);
  writeFileSync(`${file}.new`, JSON.stringify(step));
  renameSync(`${file}.new`, file);
}
