import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

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
  const flaw = flawOf(plain, '', 0);
  if (flaw) return [flaw];
  const body = plainToInstance(shape, plain);
  const errors = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return errors.length === 0 ? body : errors.flatMap((error) => violations(error, '')).slice(0, VIOLATIONS_MAX);
}

function violations(error: ValidationError, parent: string): Violation[] {
  const field = /^\d+$/.test(error.property)
    ? `${parent}[${error.property}]`
    : [parent, error.property].filter(Boolean).join('.');
  const own = Object.values(error.constraints ?? {}).map((problem) => ({ field, problem }));
  return [...own, ...(error.children ?? []).flatMap((child) => violations(child, field))];
}

/**
 * The first text with a lone surrogate, which could not be stored as it is, or the first field nested too deep for the
 * functions that walk a body. Keys are checked with their values.
 */
function flawOf(value: unknown, field: string, depth: number): Violation | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : illFormed(field);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEPTH_MAX) return { field, problem: `must not be nested deeper than ${DEPTH_MAX}` };
  for (const [key, inner] of Object.entries(value)) {
    const path = field === '' ? key : `${field}.${key}`;
    const found = key.isWellFormed() ? flawOf(inner, path, depth + 1) : illFormed(field);
    if (found) return found;
  }
  return undefined;
}

const illFormed = (field: string): Violation => ({ field, problem: 'must be well-formed Unicode' });
