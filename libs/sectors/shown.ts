import { compare, type Fraction, fraction, toDecimal } from '@planledger/kernel';

/** Writes a value with `decimals` places; one below its target is cut and never rounded up to it (DOMAIN §4.4). */
export function shownAgainst(value: Fraction, target: Fraction, decimals: number): string {
  if (compare(value, target) >= 0) return toDecimal(value, decimals);
  const scale = 10n ** BigInt(decimals);
  return toDecimal(fraction((value.n * scale) / value.d, scale), decimals);
}
