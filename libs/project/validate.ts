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
