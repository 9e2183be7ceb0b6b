import { expect, test } from '@jest/globals';
import { operationsOf, subjectOf } from './operations.js';

const post = (operationId: string, places: string[], schema: object) => ({
  post: {
    ...{ operationId, 'x-permission': 'plan.decide' },
    parameters: ['plan', ...places].map((name) => ({ name, in: 'path' })),
    requestBody: { content: { 'application/json': { schema } } },
  },
});
const reference = { $ref: '#/components/schemas/Row' };

test('commands come out of the document whole, but for those that are at hand elsewhere', () => {
  const found = operationsOf({
    paths: {
      '/api/plans/{plan}': { get: {} },
      '/api/plans/{plan}/plan/doubts/{doubt}/settle': post('settleDoubt', ['doubt'], {
        type: 'array',
        items: reference,
      }),
      '/api/plans/{plan}/projects': post('registerProject', [], reference),
      '/api/plans/{plan}/requests/{position}/approve': post('approveRequest', ['position'], reference),
      '/api/plans/{plan}/commands': post('commands', [], reference),
    },
    components: {
      schemas: {
        Row: { type: 'object', properties: { to: { $ref: '#/components/schemas/Day' } } },
        Day: { type: 'string' },
      },
    },
  });
  expect(found).toEqual([
    {
      ...{ name: 'settleDoubt', path: 'plan/doubts/{doubt}/settle', places: ['doubt'], permission: 'plan.decide' },
      body: { type: 'array', items: { type: 'object', properties: { to: { type: 'string' } } } },
    },
  ]);
  expect(found.map(subjectOf)).toEqual(['plan']);
});
