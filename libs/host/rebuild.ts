import type { Entry } from '@planledger/contracts';
import type { BatchHandler } from '@planledger/feed';
import type { Sector } from '@planledger/sectors/kit';
import { createFollower, type History, type LiveBuild, type ParkedKey, type ViewBuilds } from '@planledger/views';
import { createMemoryParking } from '@planledger/views/parking';
import { type Audit, entriesOverHttp } from './entries-http.js';
import { type Compared, compareBuilds, isAlike } from './rebuild-difference.js';
import { STREAM_FOLDING, type StreamDoc } from './sector-desk.js';

export interface RebuildRequest {
  readonly sector: Sector;
  /** All plans that the view holds: what it holds of others counts as a difference. */
  readonly plans: readonly string[];
  readonly builds: ViewBuilds<StreamDoc>;
  readonly audit: Audit;
  /** Of single streams, from audit too. */
  readonly history: History;
  /** Switch although the builds differ: after a change of rules they must. */
  readonly acceptDifferences: boolean;
}

export interface Rebuilt {
  readonly compared: Compared;
  readonly entries: number;
  /** Parked keys of the view, and those that the rebuild could not fold. */
  readonly parked: readonly ParkedKey[];
  readonly unfolded: readonly ParkedKey[];
  /** The live generation afterwards. */
  readonly generation: number;
  /** `differs`: it was left for somebody to look at; `overtaken`: another switch came between. */
  readonly outcome: 'switched' | 'differs' | 'overtaken';
}

/** The live build's generation is still being republished, or nobody does: a service of the sector must run. */
export class NotSettled extends Error {
  constructor({ generation }: LiveBuild) {
    super(
      `the last switch is not settled: generation ${generation} is still being republished by the sector's service`,
    );
  }
}

/**
 * Builds a sector's view anew beside the live one, compares the two, and switches. The new build is what a follower makes
 * of audit's replay instead of the feed: the same folds, the same healing and parking. The live view serves meanwhile; its
 * service goes over on its own (libs/views/live-view.ts), with all that was written since.
 */
export async function rebuild(request: RebuildRequest): Promise<Rebuilt> {
  const { sector, plans, builds, audit, history, acceptDifferences } = request;
  const live = await builds.live();
  if (!live.settled) throw new NotSettled(live);
  const next = await builds.begin(live);
  const parking = createMemoryParking();
  const store = { ...builds.store(next), ...parking };
  const folding = { ...STREAM_FOLDING, history };

  let handle: BatchHandler = () => Promise.resolve();
  const follower = createFollower<StreamDoc, Entry>({
    ...folding,
    topic: sector.slug,
    group: sector.slug,
    store,
    feed: {
      follow(_topic, _group, handler) {
        handle = handler;
        return Promise.resolve({ stop: () => Promise.resolve(), lag: () => 0 });
      },
    },
  });
  await follower.start();
  let entries = 0;
  for (const plan of plans) {
    // Once more from where the first reading ended: little is left to be told apart afterwards.
    for (let reading = 1, from = 1; reading <= 2; reading++) {
      for await (const batch of entriesOverHttp(audit, plan, { sector: sector.slug, from: String(from) })) {
        await handle(batch);
        entries += batch.length;
        from = Number(batch.at(-1)?.headers['ce_position']) + 1;
      }
    }
  }
  await follower.stop();

  const compared = await compareBuilds({ builds, live, next, folding });
  const [parked, unfolded] = [await builds.store(live).parked(), await parking.parked()];
  const found = { compared, entries, parked, unfolded };
  if (!acceptDifferences && !isAlike(compared)) return { ...found, generation: live.generation, outcome: 'differs' };
  if (!(await builds.switchTo(live, next))) {
    return { ...found, generation: (await builds.live()).generation, outcome: 'overtaken' };
  }
  return { ...found, generation: next.generation, outcome: 'switched' };
}

/** Makes the build before the live one live again, under the next generation, which it answers; undefined: there is none. */
export async function switchBack(builds: ViewBuilds<StreamDoc>): Promise<number | undefined> {
  const live = await builds.live();
  if (live.previous === undefined) return undefined;
  if (!(await builds.switchTo(live, { name: live.previous }))) throw new NotSettled(await builds.live());
  return live.generation + 1;
}
