import type { Entry } from './gen/planledger/v1/entry_pb.js';

/**
 * The one place where entries of an older shape become entries of today's, after decoding and before any fold. Stored
 * bytes never change; an upcaster MUST be pure and MUST leave today's entries alone.
 *
 * Today: a registration written before templates were recorded (none in production, kept as the worked example) names
 * no template; the sector's default, `standard`, is what it meant.
 */
export function upcast(entry: Entry): Entry {
  if (entry.event.case === 'projectRegistered' && entry.event.value.template === '') {
    entry.event.value.template = 'standard';
  }
  return entry;
}
