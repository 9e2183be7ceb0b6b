import { describe, expect, test } from '@jest/globals';
import { viewsConformance } from './conformance.js';
import { createMemoryViews } from './memory.js';

viewsConformance('memory', async () => ({ store: createMemoryViews() }));

describe('views in memory', () => {
  test('hand out the object that was saved: documents are values, and copying them would cost every read', async () => {
    const store = createMemoryViews<{ text: string }>();
    const saved = { key: 'p/a', version: 1, doc: { text: 'one' } };
    await store.save([saved]);
    expect((await store.load(['p/a'])).get('p/a')?.doc).toBe(saved.doc);
  });
});
