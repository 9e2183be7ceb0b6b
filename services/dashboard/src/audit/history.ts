import { type EntryAnswer, payloadOf } from '../explain/entry';

/** What took an entry's place, once it took effect. */
export interface Rewrite {
  /** The entry that did it, and the approval that it waited for. */
  readonly by: number;
  readonly approvedBy: number | undefined;
  /** Undefined of an entry that was taken back. */
  readonly corrected: { readonly occurredOn: string; readonly type: string; readonly payload: Payload } | undefined;
}

export type Asked = 'waiting' | 'approved' | 'refused';

/** What a stream's entries did to each other, by position. */
export interface Rewrites {
  /** Of an entry that was corrected or taken back: the last thing that stands in its place. */
  readonly of: ReadonlyMap<number, Rewrite>;
  /** Of a request that came after the month was closed: what became of it. */
  readonly requests: ReadonlyMap<number, Asked>;
}

type Payload = Readonly<Record<string, unknown>>;
const partOf = (payload: Payload, name: string): Payload | undefined => {
  const part = payload[name];
  return typeof part === 'object' && part !== null ? (part as Payload) : undefined;
};

/** The entries of one stream in their order; one that is not among them yet changes nothing. */
export function rewritesIn(entries: readonly EntryAnswer[], isEvent: (name: string) => boolean): Rewrites {
  const of = new Map<number, Rewrite>();
  const requests = new Map<number, Asked>();
  const asked = new Map<number, Payload>();
  const rewrite = (correction: Payload, by: number, approvedBy?: number): void => {
    const replacement = partOf(correction, 'replacement') ?? {};
    const type = Object.keys(replacement).find(isEvent);
    const payload = type === undefined ? undefined : partOf(replacement, type);
    const day = correction['occurredOn'];
    of.set(Number(correction['entry']), {
      ...{ by, approvedBy },
      corrected: type && payload ? { occurredOn: typeof day === 'string' ? day : '', type, payload } : undefined,
    });
  };
  for (const answer of entries) {
    const { position, type } = answer;
    const payload = payloadOf(answer);
    if (type === 'entryCorrected' || type === 'entryRetracted') rewrite(payload, position);
    if (type === 'correctionRequested') {
      const correction = partOf(payload, 'correct') ?? partOf(payload, 'retract');
      if (correction) asked.set(position, correction);
      requests.set(position, 'waiting');
    }
    if (type === 'correctionApproved' || type === 'correctionRefused') {
      const request = Number(payload['request']);
      const correction = asked.get(request);
      requests.set(request, type === 'correctionApproved' ? 'approved' : 'refused');
      if (correction && type === 'correctionApproved') rewrite(correction, request, position);
    }
  }
  return { of, requests };
}
