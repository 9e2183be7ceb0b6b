import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghjkmnpqrstvwxyz0123456789';
const ID_CHARS = 12;

/**
 * The id of the project that a registration makes: derived from plan and command id, so that the same command names the
 * same project in any process and at any time, and the core needs no source of ids. 60 bits; a collision is refused as
 * PROJECT_EXISTS and the clerk sends again under another command id.
 */
export function projectIdFor(plan: string, commandId: string): string {
  const digest = createHash('sha256').update(`${plan}\n${commandId}`).digest();
  let id = 'p';
  for (let index = 0; index < ID_CHARS; index += 1) id += ALPHABET[(digest[index] ?? 0) % ALPHABET.length];
  return id;
}
