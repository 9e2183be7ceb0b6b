import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

export interface Violation {
  /** Path of the field, e.g. milestones[2].due. */
  readonly field: string;
  readonly problem: string;
}

/** Most violations listed of one body. */
const VIOLATIONS_MAX = 100;

/**
 * A body of the given class from parsed JSON, or every violation of its shape. Unknown fields are violations.
 */
export function validateBody<Body extends object>(shape: new () => Body, plain: unknown): Body | Violation[] {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    return [{ field: '', problem: 'must be a JSON object' }];
  }
  const illFormed = illFormedField(plain, '');
  if (illFormed !== undefined) return [{ field: illFormed, problem: 'must be well-formed Unicode' }];
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

/** The first text with a lone surrogate: it could not be stored as it is. Keys are checked with their values. */
function illFormedField(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const field = path === '' ? key : `${path}.${key}`;
    const found = key.isWellFormed() ? illFormedField(inner, field) : path;
    if (found !== undefined) return found;
  }
  return undefined;
}
