import type { Fact, Facts } from './sector.js';

/**
 * What makes two deliveries the same thing, whatever code their clerks gave the unit: the number under which an authority
 * keeps it (备案号, 登记号, 班次, 凭证号), or the roll of its persons. The city has each of them once: a unit counts whole,
 * once (DOMAIN §3), so what one project delivered no other may deliver while that stands. Within a sector alone: a
 * building that serves two is a site, with a project of each.
 */
export interface UnitIdentity {
  /** Names of the facts that it is made of: all that the write side remembers of a unit. */
  readonly facts: readonly string[];
  of(facts: Facts, place: UnitPlace): readonly Identity[];
}

interface UnitPlace {
  readonly unit: string;
  readonly measure: string;
  /** Of the project. */
  readonly county: string;
}

export interface Identity {
  /** Unique in the sector. */
  readonly key: string;
  /** What is the same, with its number, for the sentence that refuses it. */
  readonly what: string;
  /** An institution that grows in lots: units of one project share it, and go on elsewhere once that has ended. */
  readonly inLots: boolean;
}

/** None while one of the parts is not stated. `register` names what is numbered by `parts`, the last of which is shown. */
export function identity(register: string, label: string, parts: readonly (Fact | undefined)[], inLots = false) {
  const said = parts.map((part) => String(part ?? '').trim());
  if (said.includes('')) return [];
  return [{ key: JSON.stringify([register, ...said]), what: `${label}${said.at(-1) ?? ''}`, inLots }] as const;
}

/** An institution counts once a measure: what it is licensed for may be asked of it by several. */
export const licensedOnce = (register: string, label: string): UnitIdentity => ({
  facts: ['licence'],
  of: ({ licence }, { measure }) => identity(register, label, [measure, licence]),
});
