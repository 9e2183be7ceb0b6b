import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeEntry, encodeEntry, type EventInit, makeEntry, makeEvent } from './codec.js';
import { answeredPosition, effectiveEntries, rewritesHistory, rewritesOf } from './effective.js';
import type { Entry } from './gen/planledger/v1/entry_pb.js';

const TYPING_ERROR = 1;
/** Positions are far from versions, so that whoever mistakes the one for the other fails. */
const positionOf = (version: number): number => 100 + version * 3;

/** What is said in a stream of milestones; of a decision on a request, `about` names the request. */
const KINDS = ['claim', 'verify', 'reject', 'correct', 'retract', 'ask', 'ask-away', 'approve', 'refuse'] as const;
/** `about` names an earlier version. */
type Said = { readonly kind: (typeof KINDS)[number]; readonly about: number };

function streamOf(said: readonly Said[]): Entry[] {
  const entries: Entry[] = [];
  for (const [at, { kind, about }] of said.entries()) {
    const version = at + 1;
    const event = eventOf(kind, positionOf(1 + (about % version)), version);
    const occurredOn = `2024-01-${String(version).padStart(2, '0')}`;
    entries.push(makeEntry({ stream: 'project/p', version, position: positionOf(version), occurredOn, event }));
  }
  return entries;
}

function eventOf(kind: Said['kind'], entry: number, version: number): EventInit {
  switch (kind) {
    case 'claim':
      return { case: 'milestoneClaimed', value: { milestone: `m${version}` } };
    case 'verify':
      return { case: 'milestoneVerified', value: { claim: entry } };
    case 'reject':
      return { case: 'milestoneRejected', value: { claim: entry } };
    case 'retract':
      return { case: 'entryRetracted', value: { entry, why: TYPING_ERROR } };
    case 'correct':
      return { case: 'entryCorrected', value: correctionOf(entry, version) };
    case 'ask':
      return {
        case: 'correctionRequested',
        value: { asked: { case: 'correct', value: correctionOf(entry, version) } },
      };
    case 'ask-away':
      return {
        case: 'correctionRequested',
        value: { asked: { case: 'retract', value: { entry, why: TYPING_ERROR } } },
      };
    case 'approve':
      return { case: 'correctionApproved', value: { request: entry } };
    case 'refuse':
      return { case: 'correctionRefused', value: { request: entry } };
  }
}

function correctionOf(entry: number, version: number) {
  const event = { case: 'milestoneClaimed', value: { milestone: `corrected-${version}` } } as const;
  const occurredOn = `2024-02-${String(version).padStart(2, '0')}`;
  return { entry, why: TYPING_ERROR, occurredOn, replacement: { event } };
}

const said: fc.Arbitrary<Said[]> = fc.array(fc.record({ kind: fc.constantFrom('claim', ...KINDS), about: fc.nat() }), {
  maxLength: 24,
});
/** A stream, with its claims, answers and corrections in this order. */
const written = (...steps: [Said['kind'], number][]): Entry[] =>
  streamOf(steps.map(([kind, version]) => ({ kind, about: version - 1 })));
const UNTIL_APPROVAL: [Said['kind'], number][] = [
  ['claim', 1],
  ['verify', 1],
  ['ask', 1],
  ['approve', 3],
];
const shown = (entries: readonly Entry[]) =>
  effectiveEntries(entries).map(({ event, occurredOn, positions }) => ({
    ...{ case: event.case, on: occurredOn, positions },
  }));

describe('what counts of a stream', () => {
  test('is a claim as its newest correction has it, with the positions of all that made it', () => {
    expect(shown(written(['claim', 1], ['correct', 1], ['correct', 1]))).toEqual([
      { case: 'milestoneClaimed', on: '2024-02-03', positions: [1, 2, 3].map(positionOf) },
    ]);
    const [one] = effectiveEntries(written(['claim', 1], ['correct', 1], ['correct', 1]));
    expect(one?.event).toMatchObject({ value: { milestone: 'corrected-3' } });
    expect(one?.entry.event).toMatchObject({ value: { milestone: 'm1' } });
  });

  test('loses an answer given before the correction, and keeps one given after it', () => {
    const verified = { case: 'milestoneVerified' };
    expect(shown(written(['claim', 1], ['verify', 1]))).toMatchObject([{}, verified]);
    expect(shown(written(['claim', 1], ['verify', 1], ['correct', 1]))).toHaveLength(1);
    expect(shown(written(['claim', 1], ['reject', 1], ['correct', 1]))).toHaveLength(1);
    expect(shown(written(['claim', 1], ['correct', 1], ['verify', 1]))).toMatchObject([{}, verified]);
    expect(shown(written(['claim', 1], ['verify', 1], ['correct', 1], ['verify', 1]))).toMatchObject([
      {},
      { ...verified, positions: [positionOf(4)] },
    ]);
  });

  test('is nothing of what was retracted: neither the claim nor its answers nor its corrections', () => {
    expect(shown(written(['claim', 1], ['verify', 1], ['correct', 1], ['verify', 1], ['retract', 1]))).toEqual([]);
    expect(shown(written(['claim', 1], ['verify', 1], ['retract', 2]))).toMatchObject([{ case: 'milestoneClaimed' }]);
  });

  test('after closing is the claim as it was until the correction is approved, then vouched for by who approved', () => {
    const asked = written(['claim', 1], ['verify', 1], ['ask', 1]);
    expect(shown(asked)).toMatchObject([
      { on: '2024-01-01', positions: [positionOf(1)] },
      { case: 'milestoneVerified' },
      { case: 'correctionRequested' },
    ]);
    const approved = written(...UNTIL_APPROVAL);
    // The answer to the old value falls away, as with any correction; the approval stands in its place.
    expect(shown(approved)).toEqual([
      { case: 'milestoneClaimed', on: '2024-02-03', positions: [1, 3, 4].map(positionOf) },
    ]);
    expect(effectiveEntries(approved)[0]?.vouched?.position).toBe(positionOf(4));
    expect(effectiveEntries(asked)[0]?.vouched).toBeUndefined();
    expect(rewritesHistory(approved[2] as Entry)).toBe(false);
    expect(rewritesHistory(approved[3] as Entry)).toBe(true);
  });

  test('after closing can be rejected anew once approved, and is nobody’s word any more once corrected again', () => {
    const rejected = written(...UNTIL_APPROVAL, ['reject', 1]);
    expect(shown(rejected)).toMatchObject([{ case: 'milestoneClaimed' }, { case: 'milestoneRejected' }]);
    const again = written(...UNTIL_APPROVAL, ['correct', 1]);
    expect(shown(again)).toMatchObject([{ on: '2024-02-05', positions: [1, 3, 4, 5].map(positionOf) }]);
    expect(effectiveEntries(again)[0]?.vouched).toBeUndefined();
  });

  test('after closing is nothing once its retraction is approved, and all that it was where a request is refused', () => {
    const retracted = written(['claim', 1], ['verify', 1], ['ask-away', 1], ['approve', 3]);
    expect(shown(retracted)).toEqual([]);
    expect(rewritesOf(retracted)).toMatchObject([
      { entry: positionOf(1), positions: [3, 4].map(positionOf), correction: undefined },
    ]);
    const refused = written(['claim', 1], ['verify', 1], ['ask-away', 1], ['refuse', 3]);
    expect(shown(refused)).toMatchObject([
      { case: 'milestoneClaimed', positions: [positionOf(1)] },
      { case: 'milestoneVerified' },
      { case: 'correctionRequested' },
      { case: 'correctionRefused' },
    ]);
    expect(rewritesOf(refused)).toEqual([]);
  });

  test('does not change by an approval of what is no request', () => {
    expect(shown(written(['claim', 1], ['approve', 1]))).toEqual(shown(written(['claim', 1])));
  });

  test('stands in original order, each entry once, and no correction as an event of its own', () => {
    fc.assert(
      fc.property(said, (steps) => {
        const entries = streamOf(steps);
        const effective = effectiveEntries(entries);
        const versions = effective.map(({ entry }) => entry.version);
        expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
        expect(effective.filter(({ entry }) => rewritesHistory(entry))).toEqual([]);
        for (const { entry, positions } of effective) {
          expect(positions[0]).toBe(entry.position);
          expect(positions).toEqual([...positions].sort((a, b) => a - b));
        }
      }),
    );
  });

  test('is found again in what counts: replaced once more by itself, nothing changes', () => {
    fc.assert(
      fc.property(said, (steps) => {
        const effective = effectiveEntries(streamOf(steps));
        const asWritten = effective.map(({ entry, event, occurredOn }) => ({ ...entry, event, occurredOn }));
        const again = effectiveEntries(asWritten);
        expect(again.map(({ event, occurredOn }) => [event, occurredOn])).toEqual(
          effective.map(({ event, occurredOn }) => [event, occurredOn]),
        );
      }),
    );
  });

  test('does not depend on what comes after, as long as that rewrites nothing', () => {
    fc.assert(
      fc.property(said, fc.nat(8), (steps, more) => {
        const later: Said[] = Array.from({ length: more }, () => ({ kind: 'claim', about: 0 }));
        const [short, long] = [streamOf(steps), streamOf([...steps, ...later])];
        expect(effectiveEntries(long).slice(0, effectiveEntries(short).length)).toEqual(effectiveEntries(short));
        expect(effectiveEntries(long)).toHaveLength(effectiveEntries(short).length + more);
      }),
    );
  });
});

describe('an entry', () => {
  test('is its bytes: decoded and encoded again they are the same', () => {
    fc.assert(
      fc.property(said, (steps) => {
        for (const entry of streamOf(steps)) {
          const bytes = encodeEntry(entry);
          expect(Buffer.from(encodeEntry(decodeEntry(Uint8Array.from(bytes)))).equals(Buffer.from(bytes))).toBe(true);
        }
      }),
    );
  });

  test('answers another only where it verifies or rejects', () => {
    const [claim, verified, rejected, correction] = written(['claim', 1], ['verify', 1], ['reject', 1], ['correct', 1]);
    const answered = [claim, verified, rejected, correction].map((entry) =>
      entry?.event.case ? answeredPosition(entry.event) : 0,
    );
    expect(answered).toEqual([undefined, positionOf(1), positionOf(1), undefined]);
    // Of an output either its delivery, or facts stated later.
    const output = (value: { delivery: number; statement?: number }) =>
      answeredPosition(makeEvent({ case: 'outputVerified', value }));
    expect([output({ delivery: 7 }), output({ delivery: 7, statement: 9 })]).toEqual([7, 9]);
  });
});
