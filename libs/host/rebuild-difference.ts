import type { Entry } from '@planledger/contracts';
import type { Build, Fold, Versioned, ViewBuilds } from '@planledger/views';
import { foldStream } from '@planledger/views/stream-fold';
import { readHistory, type Reading } from '@planledger/views/streams';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { StreamDoc } from './sector-desk.js';

/** How a rebuilt view differs from the live one; keys are <plan>/<stream>. */
export interface Compared {
  readonly same: number;
  /** Another document at the same version, which is told; or a live one newer than the ledger's stream. */
  readonly different: readonly { readonly key: string; readonly version: number }[];
  /** Rebuilt, and not in the live view. */
  readonly missing: readonly string[];
  /** In the live view, and not in the ledger as far as it was read. */
  readonly extra: readonly string[];
}

export const isAlike = ({ different, missing, extra }: Compared): boolean =>
  different.length + missing.length + extra.length === 0;

interface Comparison {
  readonly builds: ViewBuilds<StreamDoc>;
  readonly live: Build;
  readonly next: Build;
  readonly folding: Reading<Entry> & { readonly fold: Fold<StreamDoc, Entry> };
}

const PAGE_DOCS = 500;
/** A live view that lags gets so many looks, so far apart, before what it has not is missing. */
const LOOKS_MAX = 5;
const LOOK_MS = 1_000;

/**
 * Compares by key. Where the two stand at different versions, because entries were written meanwhile or the live view
 * lags, the live document is held against the stream folded to the live one's version.
 */
export async function compareBuilds({ builds, live, next, folding }: Comparison): Promise<Compared> {
  const [served, rebuilt] = [builds.store(live), builds.store(next)];
  const keys = new Set([...(await builds.versions(live)).keys(), ...(await builds.versions(next)).keys()]);
  const found = { same: 0, different: [] as { key: string; version: number }[], extra: [] as string[] };

  async function holdAgainstLedger({ key, version, doc }: Versioned<StreamDoc>): Promise<void> {
    const whole = await readHistory(folding, key, 1, 0);
    if (whole.length === 0) return void found.extra.push(key);
    const upTo = whole.slice(0, version);
    const { reached } = foldStream(folding.fold, key, undefined, upTo, upTo);
    tell(key, version, reached?.version === version && isDeepStrictEqual(reached.doc, doc));
  }

  function tell(key: string, version: number, alike: boolean): void {
    if (alike) found.same += 1;
    else found.different.push({ key, version });
  }

  let waiting = [...keys].sort();
  for (let looks = 1; waiting.length > 0 && looks <= LOOKS_MAX; looks++) {
    if (looks > 1) await pause(LOOK_MS);
    const absent: string[] = [];
    for (let from = 0; from < waiting.length; from += PAGE_DOCS) {
      const page = waiting.slice(from, from + PAGE_DOCS);
      const [shown, made] = await Promise.all([served.load(page), rebuilt.load(page)]);
      for (const key of page) {
        const [one, other] = [shown.get(key), made.get(key)];
        if (!one) absent.push(key);
        else if (one.version === other?.version) tell(key, one.version, isDeepStrictEqual(one.doc, other.doc));
        else await holdAgainstLedger(one);
      }
    }
    waiting = absent;
  }
  return { ...found, missing: waiting };
}
