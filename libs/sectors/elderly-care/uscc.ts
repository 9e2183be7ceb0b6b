/** GB 32100: digits and capitals without I, O, S, V and Z; a character's value is its place here, not its ASCII offset. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const BASE = 31;
/** Weight of the i-th character, counted from 1: 3^(i−1) mod 31. */
const ROOT = 3;
const BODY_CHARS = 17;

/** The check character of the first 17 characters of a unified social credit code; undefined for any other text. */
export function checkCharacter(body: string): string | undefined {
  if (body.length !== BODY_CHARS) return undefined;
  let [sum, weight] = [0, 1];
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * ROOT) % BASE;
  }
  return ALPHABET[(BASE - (sum % BASE)) % BASE];
}

/** True for 18 characters whose last is the check character of the others. Names an organisation, never a person. */
export const isCreditCode = (code: string): boolean =>
  code.length === BODY_CHARS + 1 && checkCharacter(code.slice(0, BODY_CHARS)) === code.at(-1);
