import type { ViewStore } from './port.js';

/**
 * The builds of one view: the live one, those before it, and one that is made beside it from the ledger (a rebuild). A
 * switch makes another build the live one and takes the next generation, forward and back alike: of standings, and of
 * documents under one key, the greater generation is the newer one whatever its version.
 */
export interface ViewBuilds<Doc> {
  readonly view: string;
  /** As of now, for every process alike. Where none was ever switched: generation 1, settled. */
  live(): Promise<LiveBuild>;
  /** Parked keys belong to the view: all builds have the same ones. */
  store(build: Build): ViewStore<Doc>;
  /** By key, in text order, the versions of all documents of a build. */
  versions(build: Pick<Build, 'name'>): Promise<Map<string, number>>;
  /** A build with no document in it, of the generation after `live`. Removes all builds but `live` and the one before it. */
  begin(live: LiveBuild): Promise<Build>;
  /**
   * Makes `next` the live build, under the generation after `live`, unsettled; false, and nothing is changed, where
   * `live` is no longer the live one or is not settled yet.
   */
  switchTo(live: LiveBuild, next: Pick<Build, 'name'>): Promise<boolean>;
  /**
   * One process at a time republishes what the live build holds: true for who may do so for the next CLAIM_MS, unless
   * he asks again; false for all others, and where that generation is settled or no longer live.
   */
  claim(generation: number): Promise<boolean>;
  /** Everything that the live build holds was published under its generation. */
  settle(generation: number): Promise<void>;
}

export interface Build {
  /** Of its documents' container; builds of one view have different ones. */
  readonly name: string;
  readonly generation: number;
}

export interface LiveBuild extends Build {
  /** Name of the build that was live before; undefined where none was. */
  readonly previous: string | undefined;
  /** Whether everything it holds was published under its generation. */
  readonly settled: boolean;
}

/** Longer than a page of documents takes to be published, on a bad day. */
export const CLAIM_MS = 30_000;
