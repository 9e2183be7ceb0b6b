import type { Schema } from './operations.js';

/** What a form holds of a body: text as it is typed, in lists and records as the schema has them. */
export type Typed = string | Typed[] | { [field: string]: Typed };

/** What every command says beside its own, in the order of the form: the day first, what it rests on last. */
const FIRST = ['occurredOn'];
const LAST = ['document', 'reason', 'evidence'];
const rank = (name: string): number => (FIRST.includes(name) ? -1 : LAST.indexOf(name) + 1);

/** Fields of a record in the order of a form. */
export const fieldsOf = ({ properties = {} }: Schema): [string, Schema][] =>
  Object.entries(properties).sort(([one], [other]) => rank(one) - rank(other));

/** Nothing typed yet; a list that may not be empty begins with one row. */
export function emptyOf(schema: Schema): Typed {
  if (schema.type === 'array') return schema.minItems && schema.items ? [emptyOf(schema.items)] : [];
  if (schema.type !== 'object') return '';
  return Object.fromEntries(fieldsOf(schema).map(([name, each]) => [name, emptyOf(each)]));
}

/**
 * The body that is sent: what was left empty is left out, unless the schema asks for it, so that its refusal names the
 * field. Undefined where all of it is empty. What is no number stays text, for the same reason.
 */
export function bodyOf(schema: Schema, typed: Typed | undefined, isRequired = false): unknown {
  switch (schema.type) {
    case 'array': {
      const rows = (Array.isArray(typed) ? typed : []).map((row) => bodyOf(schema.items ?? {}, row));
      const filled = rows.filter((row) => row !== undefined);
      return filled.length > 0 || isRequired ? filled : undefined;
    }
    case 'object': {
      const values = typeof typed === 'object' && !Array.isArray(typed) ? typed : {};
      const fields = fieldsOf(schema).map(
        ([name, each]) => [name, bodyOf(each, values[name], schema.required?.includes(name))] as const,
      );
      // What is asked for by all means does not make a record of which nothing was typed.
      const filled = fields.filter(([, value]) => value !== undefined && value !== '' && !isEmptyList(value));
      if (filled.length === 0 && !isRequired) return undefined;
      return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
    }
    default: {
      const text = typeof typed === 'string' ? typed.trim() : '';
      if (text === '') return isRequired ? '' : undefined;
      if (schema.type === 'boolean') return text === 'true';
      const number = Number(text);
      return (schema.type === 'integer' || schema.type === 'number') && !Number.isNaN(number) ? number : text;
    }
  }
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
