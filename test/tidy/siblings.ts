import { Detector, type IMapFrame, type IStore, weak } from '@jscpd/core';
import { Tokenizer } from '@jscpd/tokenizer';
import type { Source } from './tree.js';

/** A run as long as this in two siblings is shared logic, and belongs above them. */
const RUN_TOKENS = 50;

/** jscpd's memory, in which a sector finds what stands in those before it and nothing of its own. */
class EarlierSectors implements IStore<IMapFrame> {
  private readonly earlier = new Map<string, IMapFrame>();
  private readonly own = new Map<string, IMapFrame>();

  endSector(): void {
    for (const [key, frame] of this.own) this.earlier.set(key, frame);
    this.own.clear();
  }
  get(key: string): Promise<IMapFrame> {
    const frame = this.earlier.get(key);
    return frame ? Promise.resolve(frame) : Promise.reject(new Error('not found'));
  }
  set(key: string, frame: IMapFrame): Promise<IMapFrame> {
    this.own.set(key, frame);
    return Promise.resolve(frame);
  }
  namespace(): void {}
  close(): void {}
}

/**
 * Runs of tokens that two sectors share, by jscpd's own detector, as `file:line repeats file:line`. Comments and white
 * space are no tokens (`weak`): neither a remark nor another layout hides a copy. Two files of one sector are not
 * compared: what a sector repeats is its own affair.
 */
export async function sharedRuns(sources: readonly Source[]): Promise<string[]> {
  const store = new EarlierSectors();
  // Without limits on lines: a run on one long line is a run.
  const detector = new Detector(new Tokenizer(), store, [], { minTokens: RUN_TOKENS, mode: weak });
  const runs: string[] = [];
  const sectors = new Set(sources.flatMap(({ path }) => sectorOf(path) ?? []));
  for (const sector of [...sectors].sort()) {
    for (const { path, text } of sources.filter((source) => sectorOf(source.path) === sector)) {
      for (const { duplicationA: copy, duplicationB: first } of await detector.detect(path, code(text), 'typescript')) {
        runs.push(`${path}:${copy.start.line} repeats ${first.sourceId}:${first.start.line}`);
      }
    }
    store.endSector();
  }
  return runs;
}

/** The sector whose production file it is: specs may resemble one another. */
const sectorOf = (path: string): string | undefined =>
  path.endsWith('.spec.ts') ? undefined : /^libs\/sectors\/([^/]+)\/[^/]+\.ts$/.exec(path)?.[1];

/**
 * jscpd counts imports as it counts code, and a dozen names from sector.js, one a line and in alphabetical order, are
 * 50 tokens soon: but using the same words is what that file is for. Lines are kept, so that numbers stay right.
 */
const code = (text: string): string =>
  text.replace(/^import\b[^;]*;/gm, (statement) => statement.replace(/[^\n]/g, ' '));
