import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

/** The body that class-transformer would make of a JSON object; undefined where it is not accepted here. */
export type Acceptor = (plain: object) => object | undefined;

type Shape = new () => object;
type Test = (body: object, value: unknown) => boolean;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** All that class-validator asks of one field. */
interface Field {
  /** Unless all of these hold, none of `tests` is asked. */
  readonly conditions: Test[];
  readonly tests: Test[];
  /** Of a body inside, or a list of bodies: what it, or each of them, is held against. */
  readonly inner: Acceptor | undefined;
  readonly isList: boolean;
}

const acceptors = new Map<Shape, Acceptor>();

/**
 * Accepts good bodies at a tenth of what class-transformer and class-validator take, which look up each decorator anew
 * for every body: here they are read once, and their own validators asked. It only ever accepts: what it does not (a
 * violation, a decorator it does not know, an object without a shape) is left to those two, whose answer is the answer.
 */
export function acceptorOf(shape: Shape): Acceptor {
  const known = acceptors.get(shape);
  if (known) return known;
  const made = makeAcceptor(shape);
  acceptors.set(shape, made);
  return made;
}

const nothing: Acceptor = () => undefined;

function makeAcceptor(shape: Shape): Acceptor {
  const fields = fieldsOf(shape);
  if (!fields) return nothing;
  return (plain) => {
    const body = new shape() as Record<string, unknown>;
    for (const name of Object.keys(plain)) {
      const field = fields.get(name);
      if (!field) return undefined;
      const value = (plain as Record<string, unknown>)[name];
      const kept = typeof value === 'object' && value !== null ? keptOf(field, value) : value;
      if (kept === undefined) return undefined;
      body[name] = kept;
    }
    for (const [name, field] of fields) if (!holds(field, body, body[name])) return undefined;
    return body;
  };
}

/** A body inside, a list of bodies, or a list of texts and numbers as it stands. */
function keptOf({ inner, isList }: Field, value: object): object | undefined {
  if (!Array.isArray(value)) return isList ? undefined : inner?.(value);
  if (inner && !isList) return undefined;
  if (!inner) return value.every((element) => typeof element !== 'object') ? [...(value as unknown[])] : undefined;
  const bodies: object[] = [];
  for (const element of value as unknown[]) {
    if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined;
    const body = inner(element);
    if (!body) return undefined;
    bodies.push(body);
  }
  return bodies;
}

function holds({ conditions, tests, inner, isList }: Field, body: object, value: unknown): boolean {
  for (const condition of conditions) if (!condition(body, value)) return true;
  // Bodies inside were accepted when they were made; anything else where they belong is none.
  if (inner && value !== undefined && (isList ? !Array.isArray(value) : typeof value !== 'object')) return false;
  for (const test of tests) if (!test(body, value)) return false;
  return true;
}

/** By name; undefined where a decorator says something that is not understood here, or there is none at all. */
function fieldsOf(shape: Shape): Map<string, Field> | undefined {
  const fields = new Map<string, Field>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false)) {
    const field = fields.get(metadata.propertyName) ?? { conditions: [], tests: [], inner: undefined, isList: false };
    const more = withMetadata(field, metadata, shape);
    if (!more) return undefined;
    fields.set(metadata.propertyName, more);
  }
  return fields.size > 0 ? fields : undefined;
}

function withMetadata(field: Field, metadata: Metadata, shape: Shape): Field | undefined {
  const { type, each, constraints, propertyName } = metadata;
  switch (type) {
    case ValidationTypes.CONDITIONAL_VALIDATION:
      return { ...field, conditions: [...field.conditions, constraints[0] as Test] };
    case ValidationTypes.NESTED_VALIDATION: {
      const inside = shapeInside(shape, propertyName, each);
      return inside && { ...field, inner: acceptorOf(inside), isList: each };
    }
    case ValidationTypes.CUSTOM_VALIDATION: {
      const tests = metadata.validateIf ? undefined : testsOf(metadata, shape);
      return tests && { ...field, tests: [...field.tests, ...(each ? tests.map(ofEach) : tests)] };
    }
    default:
      return undefined;
  }
}

/** Of the elements of a list; what is no list fails. */
const ofEach =
  (test: Test): Test =>
  (body, value) =>
    Array.isArray(value) && value.every((element) => test(body, element));

function testsOf({ constraintCls, constraints, propertyName }: Metadata, shape: Shape): Test[] | undefined {
  const validators = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (validators.some(({ async }) => async)) return undefined;
  return validators.map(({ instance }) => (object, value) => {
    const args = {
      targetName: shape.name,
      property: propertyName,
      object,
      value,
      constraints: constraints as unknown[],
    };
    return instance.validate(value, args) === true;
  });
}

/** The class that class-transformer makes of a body inside, or of each in a list; undefined where no @Type names one. */
function shapeInside(shape: Shape, name: string, isList: boolean): Shape | undefined {
  const made = (plainToInstance(shape, { [name]: isList ? [{}] : {} }) as Record<string, unknown>)[name];
  const found = (Array.isArray(made) ? (made[0] as object) : (made as object | undefined))?.constructor as
    Shape | undefined;
  return found === Object ? undefined : found;
}
