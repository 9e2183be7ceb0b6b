import { type Entry, type Rewrite, rewriteOf } from '@planledger/contracts';
import type { Rejection } from '@planledger/kernel';
import { type Facts, factsOf, type Identity, unitKey } from '@planledger/sectors/kit';
import { reject } from './command.js';
import type { Wide } from './model.js';

/** Who delivered what has an identity of its own (libs/sectors/identity.ts). */
export interface UnitHolder {
  readonly stream: string;
  readonly measure: string;
  readonly unit: string;
}

/**
 * What one entry says of such a unit, as corrections left it: all that must be known to tell whether the unit stands,
 * and as what. Facts are those that identities are made of.
 */
export interface UnitRecord {
  readonly position: number;
  readonly measure: string;
  readonly unit: string;
  readonly says: 'delivered' | 'stated' | 'refused' | 'lost';
  /** Of a delivery. */
  readonly kind: string;
  readonly facts: Facts;
  /** Of a refusal: position of the delivery or statement. */
  readonly answers: number;
}

/** What an entry changes: the records of its stream, before and after, and which units they are about. */
interface Change {
  readonly before: readonly UnitRecord[];
  readonly after: readonly UnitRecord[];
  readonly touched: readonly UnitRecord[];
}

/** Every other entry leaves the value as it is: it is asked of all of them. */
export function foldUnits(wide: Wide, entry: Entry): Wide {
  const { stream } = entry;
  const change = changeBy(wide, entry, rewriteIn(wide, entry));
  if (!change) return wide;
  let { identities } = wide;
  for (const record of once(change.touched)) {
    const { measure, unit } = record;
    const [held, holds] = [heldAs(wide, stream, change.before, record), heldAs(wide, stream, change.after, record)];
    const isIts = (holder: UnitHolder): boolean =>
      holder.stream === stream && holder.measure === measure && holder.unit === unit;
    for (const key of held.keys()) {
      if (!holds.has(key))
        identities = identities.set(
          key,
          (identities.get(key) ?? []).filter((one) => !isIts(one)),
        );
    }
    for (const key of holds.keys()) {
      if (!held.has(key)) identities = identities.set(key, [...(identities.get(key) ?? []), { stream, measure, unit }]);
    }
  }
  return { ...wide, identities, unitRecords: wide.unitRecords.set(stream, change.after) };
}

/**
 * Would this event have a unit stand as something that another unit of the plan is already (DOMAIN §3: a unit counts
 * whole, once)? A delivery or later facts; and a rewrite by which a unit stands again, or as something else. `rewrite` is
 * what a correction, or the approval of a late one, would rewrite.
 */
export function unitTaken(
  wide: Wide,
  said: Pick<Entry, 'stream' | 'position' | 'event'>,
  rewrite?: Rewrite,
): Rejection | undefined {
  const { stream } = said;
  const change = changeBy(wide, said, rewrite);
  for (const record of change ? once(change.touched) : []) {
    const held = heldAs(wide, stream, change?.before ?? [], record);
    for (const [key, { what, inLots }] of heldAs(wide, stream, change?.after ?? [], record)) {
      if (held.has(key)) continue;
      const other = wide.identities.get(key)?.find((holder) => isOther(wide, holder, stream, record.unit, inLots));
      if (other) {
        return reject('UNIT_ELSEWHERE', { what, project: other.stream.slice('project/'.length), unit: other.unit });
      }
    }
  }
  return undefined;
}

/** The same unit may be delivered for several measures; what grows in lots is shared within a project. */
function isOther(wide: Wide, holder: UnitHolder, stream: string, unit: string, inLots: boolean): boolean {
  if (inLots) return holder.stream !== stream && !wide.ended.get(holder.stream);
  return holder.stream !== stream || holder.unit !== unit;
}

function rewriteIn(wide: Wide, entry: Entry): Rewrite | undefined {
  const { event } = entry;
  switch (event.case) {
    case 'entryCorrected':
    case 'entryRetracted':
      return rewriteOf(entry, undefined);
    case 'correctionApproved':
      return rewriteOf(entry, wide.lateRequests.get(event.value.request));
    default:
      return undefined;
  }
}

function changeBy(
  wide: Wide,
  { stream, position, event }: Pick<Entry, 'stream' | 'position' | 'event'>,
  rewrite: Rewrite | undefined,
): Change | undefined {
  if (!rewrite && !OF_UNITS.has(event.case ?? '')) return undefined;
  const before = wide.unitRecords.get(stream) ?? NONE;
  if (rewrite) return rewritten(wide, stream, before, rewrite);
  const record = recordOf(wide, stream, before, position, event);
  return record && { before, after: [...before, record], touched: [record] };
}
const NONE: readonly UnitRecord[] = [];
const OF_UNITS: ReadonlySet<string> = new Set([
  'outputDelivered',
  'outputFactsStated',
  'outputRejected',
  'outputRevoked',
]);

/** As in effectiveEntries: retracted, or replaced; and answers to what was rewritten count no longer. */
function rewritten(
  wide: Wide,
  stream: string,
  before: readonly UnitRecord[],
  { entry, correction }: Rewrite,
): Change | undefined {
  const goes = (record: UnitRecord): boolean => record.position === entry || record.answers === entry;
  const [gone, kept] = [before.filter(goes), before.filter((record) => !goes(record))];
  const replacement = correction?.replacement?.event;
  const record = replacement?.case === undefined ? undefined : recordOf(wide, stream, kept, entry, replacement);
  if (gone.length === 0 && !record) return undefined;
  const after = record ? [...kept, record].sort((a, b) => a.position - b.position) : kept;
  return { before, after, touched: record ? [...gone, record] : gone };
}

/** Undefined of an entry that is about no unit with an identity. */
function recordOf(
  wide: Wide,
  stream: string,
  records: readonly UnitRecord[],
  position: number,
  event: Entry['event'],
): UnitRecord | undefined {
  const said = { position, kind: '', facts: {}, answers: 0 };
  switch (event.case) {
    case 'outputDelivered': {
      const { measure, unit, kind, facts } = event.value;
      const known = unitKindOf(wide, stream, kind);
      return known && { ...said, measure, unit, says: 'delivered', kind, facts: picked(factsOf(facts), known.facts) };
    }
    case 'outputFactsStated':
    case 'outputRejected':
    case 'outputRevoked': {
      const { measure, unit } = event.value;
      const delivery = records.findLast((one) => one.says === 'delivered' && isOf(one, event.value));
      const known = delivery && unitKindOf(wide, stream, delivery.kind);
      if (!known) return undefined;
      const of = { ...said, measure, unit };
      if (event.case === 'outputRevoked') return { ...of, says: 'lost' };
      if (event.case === 'outputFactsStated') {
        return { ...of, says: 'stated', facts: picked(factsOf(event.value.facts), known.facts) };
      }
      return { ...of, says: 'refused', answers: event.value.statement || event.value.delivery };
    }
    default:
      return undefined;
  }
}

const isOf = (record: UnitRecord, { measure, unit }: { readonly measure: string; readonly unit: string }): boolean =>
  record.measure === measure && record.unit === unit;

const once = (records: readonly UnitRecord[]): UnitRecord[] => [
  ...new Map(records.map((record) => [unitKey(record.measure, record.unit), record])).values(),
];

const picked = (facts: Facts, names: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));

function unitKindOf({ program, projects }: Wide, stream: string, kind: string) {
  const sector = program.sectors.get(projects.get(stream)?.sector ?? '');
  return sector && Object.hasOwn(sector.unitKinds, kind) ? sector.unitKinds[kind]?.identity : undefined;
}

/**
 * As what a unit stands, by `<sector>/<key>`: as all that its delivery and its later facts said it is, verified or not,
 * until that is refused, rewritten or the unit is lost. Else a number given up by a statement could be taken by another
 * unit, and the refusal of the statement would give it back to both.
 */
function heldAs(
  wide: Wide,
  stream: string,
  records: readonly UnitRecord[],
  of: UnitRecord,
): ReadonlyMap<string, Identity> {
  let delivered: UnitRecord | undefined;
  let stated: UnitRecord[] = [];
  for (const record of records) {
    if (!isOf(record, of)) continue;
    const { says, answers } = record;
    if (says === 'delivered') [delivered, stated] = [record, []];
    else if (says === 'stated') stated.push(record);
    else if (says === 'lost' || answers === delivered?.position) delivered = undefined;
    else stated = stated.filter(({ position }) => position !== answers);
  }
  const held = new Map<string, Identity>();
  if (!delivered) return held;
  const { sector = '', county = '' } = wide.projects.get(stream) ?? {};
  const place = { unit: of.unit, measure: of.measure, county };
  let facts: Facts = {};
  for (const record of [delivered, ...stated]) {
    facts = { ...facts, ...record.facts };
    const identities = unitKindOf(wide, stream, delivered.kind)?.of(facts, place) ?? [];
    for (const each of identities) held.set(`${sector}/${each.key}`, each);
  }
  return held;
}
