import type { JWTPayload } from 'jose';
import type { Principal, Reachable } from './policy.js';
import { ROLE_NAMES, type Role } from './roles.js';

/** Where a token keeps what a Principal needs: dotted paths such as `realm_access.roles`, or a claim's whole name. */
export interface ClaimPaths {
  readonly unit: string;
  readonly role: string;
  readonly sectors: string;
  readonly counties: string;
  readonly plans: string;
}

/** Printable ASCII without a space, as OpenID Connect has it: it is written into the ledger and into logs. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;
/** Codes of units, sectors, counties and plans. */
const CODE = /^[\p{L}\p{N}._:-]{1,128}$/u;

/** Undefined unless every claim is there and of its right type: a token half understood is a token refused. */
export function principalFrom(payload: JWTPayload, paths: ClaimPaths): Principal | undefined {
  const subject = payload.sub;
  const unit = at(payload, paths.unit);
  const role = roleOf(at(payload, paths.role));
  const [plans, sectors, counties] = [paths.plans, paths.sectors, paths.counties].map((path) =>
    list(at(payload, path)),
  );
  if (typeof subject !== 'string' || !SUBJECT.test(subject) || !isCode(unit)) return undefined;
  if (!role || !plans || !sectors || !counties) return undefined;
  return Object.freeze({ subject, unit, role, plans, sectors, counties });
}

const isCode = (value: unknown): value is string => typeof value === 'string' && CODE.test(value);

function at(payload: JWTPayload, path: string): unknown {
  // Some issuers name claims by URL, dots and all.
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** A role, or a list (as of Keycloak's realm roles) with exactly one role of ours in it; two of ours name none. */
function roleOf(value: unknown): Role | undefined {
  const named: unknown[] = Array.isArray(value) ? value : [value];
  if (!named.every((each) => typeof each === 'string')) return undefined;
  const ours = named.filter((each): each is Role => Object.hasOwn(ROLE_NAMES, each));
  return ours.length === 1 ? ours[0] : undefined;
}

/** '*' or a list of codes; ['*'], as of a multivalued attribute, is '*', and a star among others is an error. */
function list(value: unknown): Reachable | undefined {
  if (value === '*') return '*';
  if (!Array.isArray(value)) return undefined;
  if (value.length === 1 && value[0] === '*') return '*';
  return value.every(isCode) ? Object.freeze([...value]) : undefined;
}
