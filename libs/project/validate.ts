import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { acceptorOf } from './accept.js';

export interface Violation {
  /** Path of the field, e.g. milestones[2].due. */
  readonly field: string;
  readonly problem: string;
}

/** Most violations listed of one body. */
const VIOLATIONS_MAX = 100;
/** Deepest nesting that any body may have; none needs half of it. */
const DEPTH_MAX = 12;

/**
 * A body of the given class from parsed JSON, or every violation of its shape. Unknown fields are violations.
 */
export function validateBody<Body extends object>(shape: new () => Body, plain: unknown): Body | Violation[] {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    return [{ field: '', problem: 'must be a JSON object' }];
  }
  const flaw = isSound(plain, 0) ? undefined : flawOf(plain, '', 0);
  if (flaw) return [flaw];
  const accepted = acceptorOf(shape)(plain);
  return accepted ? (accepted as Body) : validateAtLength(shape, plain);
}

/** As class-validator has it: what is good is made an instance, what is not is told field by field. */
export function validateAtLength<Body extends object>(shape: new () => Body, plain: object): Body | Violation[] {
  const body = plainToInstance(shape, plain);
  const errors = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (errors.length > 0) return errors.flatMap((error) => violations(error, '')).slice(0, VIOLATIONS_MAX);
  const listed = listInList(plain, '');
  return listed ? [listed] : body;
}

/** class-validator takes a list for an element and looks at what is inside: an empty one would pass for a body. */
function listInList(value: unknown, field: string): Violation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${field}[${key}]` : [field, key].filter(Boolean).join('.');
    if (Array.isArray(value) && Array.isArray(inner)) return { field: path, problem: 'must be an object' };
    const found = listInList(inner, path);
    if (found) return found;
  }
  return undefined;
}

function violations(error: ValidationError, parent: string): Violation[] {
  const field = /^\d+$/.test(error.property)
    ? `${parent}[${error.property}]`
    : [parent, error.property].filter(Boolean).join('.');
  const own = Object.values(error.constraints ?? {}).map((problem) => ({ field, problem }));
  return [...own, ...(error.children ?? []).flatMap((child) => violations(child, field))];
}

/** What class-transformer passes over in silence or stumbles on; no body has fields of such names. */
const PASSED_OVER: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/** Whether flawOf would find nothing; it names the field, which costs more than looking. */
function isSound(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth === DEPTH_MAX) return false;
  return Object.keys(value).every(
    (key) => !PASSED_OVER.has(key) && key.isWellFormed() && isSound((value as Record<string, unknown>)[key], depth + 1),
  );
}

/**
 * The first text with a lone surrogate, which could not be stored as it is, the first field of a name that is passed
 * over, or the first that is nested too deep for the functions that walk a body. Keys are checked with their values.
 */
function flawOf(value: unknown, field: string, depth: number): Violation | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : illFormed(field);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEPTH_MAX) return { field, problem: `must not be nested deeper than ${DEPTH_MAX}` };
  for (const [key, inner] of Object.entries(value)) {
    if (!key.isWellFormed()) return illFormed(field);
    const path = field === '' ? key : `${field}.${key}`;
    if (PASSED_OVER.has(key)) return { field: path, problem: `property ${key} should not exist` };
    const found = flawOf(inner, path, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const illFormed = (field: string): Violation => ({ field, problem: 'must be well-formed Unicode' });
