import { describe, expect, test } from '@jest/globals';
import { viewsConformance } from './conformance.js';
import { createMemoryViews } from './memory.js';
import type { ViewStore } from './port.js';

viewsConformance('memory', async () => {
  const views = createMemoryViews<unknown>();
  // A store in memory ends with its process: whoever opens it is of the same one, and gets what he put in.
  return { open: <Doc>() => views as ViewStore<Doc> };
});

describe('views in memory', () => {
  test('hand out the object that was saved: documents are values, and copying them would cost every read', async () => {
    const store = createMemoryViews<{ text: string }>();
    const saved = { key: 'p/a', version: 1, doc: { text: 'one' } };
    await store.save([saved]);
    expect((await store.load(['p/a'])).get('p/a')?.doc).toBe(saved.doc);
  });
});
