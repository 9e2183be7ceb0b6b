import { beforeEach, describe, expect, test } from '@jest/globals';
import { deriveAll, type Derived } from './derived.js';
import { createMemoryViews } from './memory.js';
import type { Versioned, ViewStore } from './port.js';

const doc = (stream: string, version: number): Versioned<number> => ({
  key: `p/${stream}`,
  version,
  doc: version * 10,
});

let store: ViewStore<number>;
let derived: Derived<string>;
let made: string[];
let looks: number;
let down: boolean;
beforeEach(() => {
  [made, looks, down] = [[], 0, false];
  store = createMemoryViews();
  const noting: Pick<ViewStore<number>, 'load' | 'stamps'> = {
    load: async (keys) => {
      if (down) throw new Error('the store is down');
      return store.load(keys);
    },
    stamps: (plan) => {
      looks += 1;
      return store.stamps(plan);
    },
  };
  derived = deriveAll(noting, ({ key, version, doc: content }) => {
    made.push(`${key}@${version}`);
    return `${key} is ${content}`;
  });
});

describe('what is derived from all documents of a plan', () => {
  test('is made once of each, in key order, and again only where the document has changed', async () => {
    expect(await derived.all('p')).toEqual([]);
    await store.save([doc('b', 1), doc('a', 1), { ...doc('a', 1), key: 'q/a' }]);
    expect(await derived.all('p')).toEqual(['p/a is 10', 'p/b is 10']);
    expect(await derived.all('p')).toEqual(['p/a is 10', 'p/b is 10']);
    expect(made).toEqual(['p/a@1', 'p/b@1']);
    await store.save([doc('b', 2), doc('c', 1)]);
    expect(await derived.all('p')).toEqual(['p/a is 10', 'p/b is 20', 'p/c is 10']);
    expect(made).toEqual(['p/a@1', 'p/b@1', 'p/b@2', 'p/c@1']);
  });

  test('takes in more documents than are read at once', async () => {
    const many = Array.from({ length: 1_234 }, (_, index) => doc(`project/${index}`, 1));
    await store.save(many);
    expect(await derived.all('p')).toHaveLength(1_234);
    expect(new Set(made).size).toBe(1_234);
  });

  test('sees whatever was saved before the question, also one asked while another is being answered', async () => {
    await store.save([doc('a', 1)]);
    const first = derived.all('p');
    const second = derived.all('p');
    await Promise.resolve();
    await store.save([doc('a', 2)]);
    const [third, fourth] = [derived.all('p'), derived.all('p')];
    expect(await third).toEqual(['p/a is 20']);
    expect(await fourth).toEqual(['p/a is 20']);
    expect((await first).length + (await second).length).toBe(2);
    expect(looks).toBe(2);
  });

  test('fails where the store fails, and not the next time', async () => {
    await store.save([doc('a', 1)]);
    down = true;
    await expect(derived.all('p')).rejects.toThrow('the store is down');
    down = false;
    expect(await derived.all('p')).toEqual(['p/a is 10']);
  });
});
