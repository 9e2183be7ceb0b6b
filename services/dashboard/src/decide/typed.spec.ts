import { describe, expect, test } from '@jest/globals';
import type { Schema } from './operations.js';
import { bodyOf, emptyOf, fieldsOf } from './typed.js';

const text: Schema = { type: 'string' };
const body: Schema = {
  type: 'object',
  properties: {
    evidence: { type: 'array', items: { type: 'object', properties: { name: text }, required: ['name'] } },
    reason: text,
    rows: {
      ...{ type: 'array', minItems: 1 },
      items: { type: 'object', properties: { county: text, quantity: { type: 'integer' } }, required: ['county'] },
    },
    open: { type: 'boolean' },
    occurredOn: text,
  },
  required: ['occurredOn', 'rows'],
};

describe('the form of a body', () => {
  test('begins with the day, ends with what it rests on, and has a row where one is asked for', () => {
    expect(fieldsOf(body).map(([name]) => name)).toEqual(['occurredOn', 'rows', 'open', 'reason', 'evidence']);
    expect(emptyOf(body)).toEqual({
      ...{ occurredOn: '', rows: [{ county: '', quantity: '' }], open: '', reason: '', evidence: [] },
    });
  });

  test('sends numbers and truths as such, and leaves out what was left empty', () => {
    const typed = {
      ...{ occurredOn: ' 2025-10-20 ', open: 'false', reason: ' ', evidence: [] },
      rows: [
        { county: '410212', quantity: '12' },
        { county: '', quantity: '' },
      ],
    };
    expect(bodyOf(body, typed, true)).toEqual({
      ...{ occurredOn: '2025-10-20', open: false, rows: [{ county: '410212', quantity: 12 }] },
    });
  });

  test('sends what is asked for and was not typed, and what is no number, so that the refusal names it', () => {
    expect(bodyOf(body, emptyOf(body), true)).toEqual({ occurredOn: '', rows: [] });
    const half = { ...(emptyOf(body) as object), rows: [{ county: '', quantity: '十二' }] };
    expect(bodyOf(body, half, true)).toEqual({ occurredOn: '', rows: [{ county: '', quantity: '十二' }] });
  });
});
