import { decodeEntry, decodeForFold, type Entry } from '@planledger/contracts';
import { setImmediate } from 'node:timers/promises';
import { boundedMap } from './bounded-map.js';
import { openDraft, type Draft, type StreamState } from './draft.js';
import { READ_ENTRIES_MAX, type Head, type Ledger } from './port.js';
import type { WriteModel } from './write-model.js';

/**
 * One plan folded to a head: what rules across streams see, whole, and the states of the streams last used. It moves by
 * two acts only: `advance` reads what others wrote, `adopt` takes over a draft of our own that is in the ledger.
 */
export interface Folded<Command, Wide, State> {
  head(): Head;
  wide(): Wide;
  /** Folds what the ledger holds beyond the head. */
  advance(): Promise<void>;
  /** A draft on the head. `clockMs`: milliseconds since 1970; its entries are never dated before their predecessor. */
  begin(clockMs: number): Draft<Command, Wide, State>;
  /** Gives the draft the entries of a stream. */
  load(draft: Draft<Command, Wide, State>, stream: string): Promise<void>;
  /** Loads in one go what the commands need, as far as it can be told before deciding them. */
  preload(draft: Draft<Command, Wide, State>, commands: readonly Command[]): Promise<void>;
  /** Puts a draft that was made on the head, and is confirmed, in its place. */
  adopt(draft: Draft<Command, Wide, State>): void;
}

export interface FoldedOptions<Command, Wide, State> {
  readonly ledger: Ledger;
  readonly plan: string;
  readonly model: WriteModel<Command, Wide, State>;
  readonly ids: () => string;
  readonly streamCacheMax: number;
}

export function createFolded<Command, Wide, State>(
  options: FoldedOptions<Command, Wide, State>,
): Folded<Command, Wide, State> {
  const { ledger, plan, model, ids, streamCacheMax } = options;
  const streams = boundedMap<string, StreamState<State>>(streamCacheMax);
  let head: Head = { position: 0, recordedAt: '' };
  let wide = model.emptyWide();

  function follow(entry: Entry): void {
    const known = streams.get(entry.stream);
    if (known === undefined) return;
    const next = evolved(known, entry);
    if (next === 'refold') streams.delete(entry.stream);
    else streams.set(entry.stream, { state: next, version: entry.version, stale: false });
  }

  function evolved({ state }: StreamState<State>, entry: Entry): State | 'refold' {
    try {
      return model.evolve(state, entry);
    } catch {
      // A bug in one stream's rules must not stop the plan: the next command on the stream folds it, and fails alone.
      return 'refold';
    }
  }

  async function load(draft: Draft<Command, Wide, State>, stream: string): Promise<void> {
    const stored = await ledger.readStream(plan, stream);
    // Another process may have gone on meanwhile. The draft stays on its head, and loses if that matters.
    const known = stored.filter(({ position }) => position <= head.position);
    draft.remember(
      stream,
      known.map(({ bytes }) => decodeEntry(bytes)),
    );
  }

  return {
    head: () => head,
    wide: () => wide,
    load,

    async advance() {
      for (;;) {
        const page = await ledger.read(plan, { from: head.position + 1, limit: READ_ENTRIES_MAX });
        for (const { position, bytes } of page) {
          if (position !== head.position + 1)
            throw new Error(`${plan} holds position ${position} after ${head.position}: entries are missing`);
          const entry = decodeForFold(bytes);
          wide = model.foldWide(wide, entry);
          head = { position, recordedAt: entry.recordedAt };
          follow(entry);
        }
        wide = model.settleWide(wide);
        if (page.length < READ_ENTRIES_MAX) return;
        // A million entries take seconds; health checks are answered in between.
        await setImmediate();
      }
    },

    begin(clockMs) {
      const nowMs = head.position === 0 ? clockMs : Math.max(clockMs, Date.parse(head.recordedAt));
      return openDraft({ plan, model, ids, nowMs, head: head.position, wide, cached: (stream) => streams.get(stream) });
    },

    async preload(draft, commands) {
      const wanted = new Set<string>();
      for (const command of commands) {
        try {
          const stream = model.streamOf(command, wide);
          if (model.needsHistory(command) || streams.get(stream) === undefined) wanted.add(stream);
        } catch {
          // The draft meets the same error and answers it to this command.
        }
      }
      if (wanted.size > 0) await Promise.all([...wanted].map((stream) => load(draft, stream)));
    },

    adopt(draft) {
      const last = draft.entries.at(-1)?.entry;
      wide = model.settleWide(draft.wide());
      if (last !== undefined) head = { position: last.position, recordedAt: last.recordedAt };
      for (const [stream, { state, version, stale }] of draft.streams) {
        if (stale) streams.delete(stream);
        else streams.set(stream, { state, version, stale });
      }
    },
  };
}
