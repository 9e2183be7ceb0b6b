import { createHash } from 'node:crypto';
import type { EventInit } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { contentEvents, headEvent } from './events.js';
import type { LoadedPlan, RuleRow } from './loaded.js';
import type { PlanState } from './state.js';

/**
 * JSON with sorted keys in which a field left out and a field at its protobuf default are the same: so the digest can
 * be computed again from the stored entries, and a field added to the contract later does not change it.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([key, field]) => !key.startsWith('$') && !isDefault(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}

const isDefault = (field: unknown): boolean =>
  field === undefined || field === '' || field === 0 || field === false || (Array.isArray(field) && field.length === 0);

const withoutRunning = (event: EventInit): EventInit =>
  event.case === 'planDefined' ? { ...event, value: { ...event.value, goLive: '', demo: false } } : event;

/**
 * Hex SHA-256 over the canonical JSON of all events of an import before its PlanLoaded, goLive and demo left out: the
 * same files give the same digest on any day, and so do a plan and its demo.
 */
export function planDigest(events: readonly EventInit[]): string {
  const hash = createHash('sha256');
  for (const event of events) if (event.case !== 'planLoaded') hash.update(`${canonicalJson(withoutRunning(event))}\n`);
  return hash.digest('hex');
}

/**
 * The entries that loading a plan writes, in order: head, sectors, counties, rosters, items, measures, indicators,
 * doubts, named projects, rules, weight sets, and the closing PlanLoaded with which all of it takes effect.
 *
 * `today` becomes goLive where the files name none. `options.rules` stand instead of the files' rules.
 */
export function planEvents(
  loaded: LoadedPlan,
  today: IsoDate,
  options: { demo?: boolean; rules?: readonly RuleRow[] } = {},
): EventInit[] {
  const events = [
    headEvent(loaded, loaded.plan.goLive ?? today, options.demo ?? false),
    ...contentEvents(loaded, options.rules ?? loaded.rules),
  ];
  return [...events, { case: 'planLoaded', value: { digest: planDigest(events), entries: events.length } }];
}

type Fields = Record<string, unknown>;
/** Definitions by what they define, such as "measure B2-1.schools". */
type Definitions = ReadonlyMap<string, Fields>;

function nameOf({ case: kind, value }: EventInit): string | undefined {
  switch (kind) {
    case 'planDefined':
      return 'plan';
    case 'sectorDefined':
      return `sector ${value.sector}`;
    case 'countyDefined':
      return `county ${value.code}`;
    case 'rosterDefined':
      return `roster ${value.roster}`;
    case 'planItemDefined':
      return `item ${value.item}`;
    case 'measureDefined':
      return `measure ${value.measure}`;
    case 'indicatorDefined':
      return `indicator ${value.indicator}`;
    case 'doubtRaised':
      return `doubt ${value.doubt}`;
    case 'namedProjectDefined':
      return `named project ${value.namedProject}`;
    case 'rulesAdopted':
      return `rules ${value.part} ${value.version}`;
    case 'weightSetApproved':
      return `weight set ${value.set}`;
    default:
      return undefined;
  }
}

function definitionsIn(events: readonly EventInit[]): Definitions {
  const found = new Map<string, Fields>();
  for (const event of events) {
    const name = nameOf(event);
    if (name !== undefined) found.set(name, event.value);
  }
  return found;
}

function definitionsOf(state: PlanState): Definitions {
  const events: EventInit[] = [
    ...(state.plan ? [{ case: 'planDefined' as const, value: state.plan }] : []),
    ...[...state.sectors.values()].map((value) => ({ case: 'sectorDefined' as const, value })),
    ...[...state.counties.values()].map((value) => ({ case: 'countyDefined' as const, value })),
    ...[...state.rosters.values()].map((value) => ({ case: 'rosterDefined' as const, value })),
    ...[...state.items.values()].map((value) => ({ case: 'planItemDefined' as const, value })),
    ...[...state.measures.values()].map((value) => ({ case: 'measureDefined' as const, value })),
    ...[...state.indicators.values()].map((value) => ({ case: 'indicatorDefined' as const, value })),
    ...[...state.doubts.values()].map((value) => ({ case: 'doubtRaised' as const, value })),
    ...[...state.namedProjects.values()].map((value) => ({ case: 'namedProjectDefined' as const, value })),
    ...[...state.rules.values()].flat().map((value) => ({ case: 'rulesAdopted' as const, value })),
    ...state.weightSets.map(({ on: _on, position: _position, ...value }) => ({
      case: 'weightSetApproved' as const,
      value,
    })),
  ];
  return definitionsIn(events);
}

const shown = (field: unknown): string => (isDefault(field) ? 'nothing' : canonicalJson(field));

function fieldDifferences(name: string, inLedger: Fields, inFiles: Fields): string[] {
  const keys = [...new Set([...Object.keys(inFiles), ...Object.keys(inLedger)])].filter((key) => !key.startsWith('$'));
  return keys.flatMap((key) => {
    if (name === 'plan' && (key === 'goLive' || key === 'demo')) return [];
    const [ledger, files] = [shown(inLedger[key]), shown(inFiles[key])];
    return ledger === files ? [] : [`${name}: ${key} is ${ledger} in the ledger, ${files} in the files`];
  });
}

/**
 * Every difference between the plan as it was imported and its files, field by field; empty where there is none. For
 * the refusal at start: the ledger is the plan, and changed files are not a change of it. What documents made of the
 * plan after its import is no difference: the files stay as they were.
 */
export function differences(state: PlanState, loaded: LoadedPlan): string[] {
  const ledger = definitionsOf(state.imported ?? state);
  const files = definitionsIn([headEvent(loaded, '', false), ...contentEvents(loaded, loaded.rules)]);
  const found: string[] = [];
  for (const [name, fields] of files) {
    const known = ledger.get(name);
    if (known) found.push(...fieldDifferences(name, known, fields));
    else found.push(`${name} is in the files, not in the ledger`);
  }
  for (const name of ledger.keys()) {
    if (!files.has(name)) found.push(`${name} is in the ledger, not in the files`);
  }
  return found;
}
