import { createHash } from 'node:crypto';
import type { CommandRow, Params } from './command.js';

const ALPHABET = 'abcdefghjkmnpqrstvwxyz0123456789';
const ID_CHARS = 12;

/**
 * The id of the project that a registration makes: derived from plan and command id, so that the same command names the
 * same project in any process and at any time, and the core needs no source of ids. 60 bits; a collision is refused as
 * PROJECT_EXISTS and the clerk sends again under another command id.
 */
export const projectIdFor = (plan: string, commandId: string): string => idFrom('p', plan, commandId);

/** The id of the case that a supervision or a finding opens, made likewise; a collision is refused as CASE_EXISTS. */
export const caseIdFor = (plan: string, commandId: string): string => idFrom('c', plan, commandId);

function idFrom(prefix: string, plan: string, commandId: string): string {
  const digest = createHash('sha256').update(`${plan}\n${commandId}`).digest();
  let id = prefix;
  for (let index = 0; index < ID_CHARS; index += 1) id += ALPHABET[(digest[index] ?? 0) % ALPHABET.length];
  return id;
}

/** The parameters of a row's route, with the id of the project or case that the command itself makes. */
export function paramsFor({ path, on }: CommandRow, plan: string, commandId: string, params: Params): Params {
  if (path.includes('{id}') || (on !== 'project' && on !== 'case')) return params;
  return { ...params, id: (on === 'case' ? caseIdFor : projectIdFor)(plan, commandId) };
}
