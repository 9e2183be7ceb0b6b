import { describe, expect, test } from '@jest/globals';
import { parseFraction, add, equals, toText } from '@planledger/kernel';
import { type Explanation, recompute, recomputeLamp } from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';
import { DEMO_PLAN } from '@planledger/testing';
import { onDemo } from '../on-demo.js';

const PLAN = `/api/plans/${DEMO_PLAN}`;

const { app, read } = onDemo('commission');

const explained = (node: string): Promise<Explanation> => read(`explain?node=${encodeURIComponent(node)}`);
/** All but where the figures were read: the moment, and how far the reader had followed. */
const figures = ({ at: _at, through: _through, ...rest }: Record<string, unknown>): unknown => rest;

describe('the indicators', () => {
  test('are the 31, each figure recomputed from its explanation', async () => {
    const { rows, grades, binding } = await read('indicators');
    expect(rows).toHaveLength(31);
    const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, one) => sum + one, 0);
    expect([total(grades), total(binding)]).toEqual([31, 15]);
    let asked = 0;
    for (const { value, expected, attainment, pace, distance, implied } of rows) {
      for (const figure of [value, expected, attainment, pace, distance, implied?.verified, implied?.then?.verified]) {
        if (!figure) continue;
        const explanation = await explained(figure.node);
        expect([figure.node, explanation.value.exact]).toEqual([figure.node, figure.exact]);
        if (figure.exact === null) continue;
        const again = recompute(explanation);
        expect([figure.node, again && toText(again)]).toEqual([figure.node, figure.exact]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(5);
  });

  test('are replayed as they stand', async () => {
    expect(figures(await read('replay/indicators', 'auditor'))).toEqual(figures(await read('indicators')));
  });
});

describe('the lamps', () => {
  test('of every project follow from what they say they saw, and are explained', async () => {
    let cursor: number | null = 0;
    let seen = 0;
    while (cursor !== null) {
      const { projects, next }: { projects: LampRow[]; next: number | null } = await read(
        `lamps?limit=50&cursor=${cursor}`,
      );
      for (const { overall, lamps } of projects) {
        for (const lamp of [overall, ...lamps]) {
          expect([lamp.node, recomputeLamp(lamp)]).toEqual([lamp.node, lamp.colour]);
          seen += 1;
        }
        const explanation = await explained(overall.node);
        expect([overall.node, explanation.colour]).toEqual([overall.node, overall.colour]);
      }
      cursor = next;
    }
    expect(seen).toBeGreaterThan(20);
  });

  test('of items and indicators have addresses that answer with the same colour', async () => {
    const { items, indicators } = await read('lamps?limit=1');
    for (const { node, colour } of [...items.slice(0, 30), ...indicators]) {
      expect([node, (await explained(node)).colour]).toEqual([node, colour ?? 'none']);
    }
  });

  test('count every project once, and a clerk sees those of his own sector alone', async () => {
    const { counts, projects } = await read('lamps?limit=200', 'clerk-education-410212');
    const { grey: _grey, ...colours } = counts as Record<string, number>;
    const shown = Object.values(colours).reduce((sum, one) => sum + one, 0);
    const { total } = await read('projects?limit=1', 'clerk-education-410212');
    expect(shown).toBe(total);
    expect(new Set(projects.map(({ sector }: LampRow) => sector))).toEqual(new Set(['education']));
  });

  test('are replayed as they stand', async () => {
    for (const list of ['lamps?limit=20', 'lamps?limit=20&sector=education&county=410212&colour=red', 'elements']) {
      const live = await read(list);
      expect(figures(await read(`replay/${list}`, 'auditor'))).toEqual(figures(live));
    }
  });

  test('have a history whose last run is what they show', async () => {
    const { on, items, indicators, projects } = await read('lamps?limit=200');
    const shown: Lit[] = [...items, ...indicators];
    for (const { overall, lamps } of projects as LampRow[]) shown.push(overall, ...lamps);
    expect(shown.length).toBeGreaterThan(100);
    for (const { node, colour, grey = false, text } of shown) {
      const { runs } = await read(`lamps/history?node=${encodeURIComponent(node)}`);
      expect([node, runs.at(-1)]).toEqual([node, { ...runs.at(-1), to: on, colour, grey, text }]);
    }
  });

  test('have a history that is replayed as it stands, and none where there is no such lamp', async () => {
    const { projects } = await read('lamps?limit=1');
    for (const node of ['lamp/item/B2-1', 'lamp/indicator/I02', projects[0].overall.node]) {
      const path = `lamps/history?node=${encodeURIComponent(node)}`;
      expect(figures(await read(`replay/${path}`, 'auditor'))).toEqual(figures(await read(path)));
    }
    const answers = ['lamp/item/B9-99', 'item/B2-1', ''].map((node) =>
      app().get('commission', `${PLAN}/lamps/history?node=${encodeURIComponent(node)}`),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404, 400]);
  });

  test('of a project have no history for a clerk of another sector', async () => {
    const { projects } = await read('lamps?limit=200');
    const node = projects.find(({ sector }: LampRow) => sector !== 'education')?.overall.node as string;
    const { status } = await app().get(
      'clerk-education-410212',
      `${PLAN}/lamps/history?node=${encodeURIComponent(node)}`,
    );
    expect(status).toBe(404);
  });
});

describe('elements', () => {
  interface Sums extends Record<'requested' | 'allocated' | 'used', { readonly node: string; readonly exact: string }> {
    readonly kind: string;
  }
  const sums = async (query = '', person?: string): Promise<Sums[]> => (await read(`elements${query}`, person)).kinds;

  test('of a kind add up by sector, and every sum is explained down to entries', async () => {
    const whole = await sums();
    expect(whole.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['funds', 'land']));
    for (const { kind, ...sides } of whole) {
      for (const side of ['requested', 'allocated', 'used'] as const) {
        const { node, exact } = sides[side];
        const { value, children } = await explained(node);
        expect([node, value.exact]).toEqual([node, exact]);
        const [first] = children;
        if (first) expect((await explained(first.node)).entries.length).toBeGreaterThan(0);
        let added = 0n;
        for (const sector of SECTORS.keys()) {
          const own = (await sums(`?sector=${sector}`)).find((each) => each.kind === kind);
          added += BigInt(own?.[side].exact ?? 0);
        }
        expect([node, added.toString()]).toEqual([node, exact]);
      }
    }
  });

  test('are to a clerk those of his own unit’s projects alone', async () => {
    const [mine, all] = [await sums('', 'clerk-education-410212'), await sums()];
    expect(mine.length).toBeGreaterThan(0);
    for (const { kind, requested } of mine) {
      const whole = all.find((each) => each.kind === kind);
      expect(BigInt(requested.exact)).toBeLessThan(BigInt(whole?.requested.exact ?? 0));
    }
  });
});

interface LampRow {
  readonly sector: string;
  readonly overall: Lit;
  readonly lamps: readonly Lit[];
}
interface Lit {
  readonly node: string;
  readonly lamp: Parameters<typeof recomputeLamp>[0]['lamp'];
  readonly colour: string;
  readonly grey?: boolean;
  readonly text: string;
  readonly inputs: Record<string, string>;
}

describe('the projects', () => {
  test('are paged without gap or repetition in every order, and filtered by stage and sector', async () => {
    for (const sort of ['stream', 'name', 'progress', 'due', 'reported']) {
      const streams: string[] = [];
      let cursor: number | null = 0;
      let all = 0;
      while (cursor !== null) {
        const page: { projects: { stream: string }[]; next: number | null; total: number } = await read(
          `projects?sort=${sort}&limit=17&cursor=${cursor}`,
        );
        streams.push(...page.projects.map(({ stream }) => stream));
        [cursor, all] = [page.next, page.total];
      }
      expect([sort, streams.length, new Set(streams).size]).toEqual([sort, all, all]);
    }
    const { projects } = await read('projects?sector=education&stage=in-use&limit=200');
    expect(projects.length).toBeGreaterThan(0);
    for (const project of projects) expect(project).toMatchObject({ sector: 'education', stage: 'in-use' });
  });
});

test('what falls due stands by its day, overdue first', async () => {
  const { on, due } = await read('due?within=60&baseline=b0');
  expect(due.length).toBeGreaterThan(0);
  const days = due.map((row: { days: number }) => row.days);
  expect(days).toEqual([...days].sort((a: number, b: number) => a - b));
  for (const row of due) expect(row.due <= on).toBe(row.days <= 0);
});

describe('the evaluation', () => {
  test('counts every indicator and item once; 期内 + 期后 + 未完成 = T where nothing goes beyond it', async () => {
    const answer = await read('evaluation?kind=mid', 'auditor');
    expect([answer.binding.total, answer.expected.total, answer.programmes.total]).toEqual([15, 16, 24]);
    for (const { total, ...verdicts } of [answer.binding, answer.expected, answer.programmes, answer.body]) {
      expect(Object.values(verdicts as Record<string, number>).reduce((sum, one) => sum + one, 0)).toBe(total);
    }
    let summed = 0;
    for (const { measures } of [...answer.annexes.programmes, ...answer.annexes.body]) {
      for (const { measure, within, after, unfinished, beyond, target } of measures) {
        if (target === null || beyond !== '0') continue;
        const sum = add(add(parseFraction(within), parseFraction(after)), parseFraction(unfinished));
        expect([measure, equals(sum, parseFraction(target))]).toEqual([measure, true]);
        summed += 1;
      }
    }
    expect(summed).toBeGreaterThan(50);
  });
});

describe('the difference between two moments', () => {
  test('is nothing between a moment and itself', async () => {
    const { head } = await read('entries?limit=1', 'auditor');
    expect(await read(`diff?from=${head}&to=${head}`, 'auditor')).toMatchObject({ entries: 0, steps: [], changes: [] });
  });

  test('names the entries between, in words, and the figures that they moved', async () => {
    const { entries } = await read('entries?type=outputVerified&limit=1', 'auditor');
    const [{ position, stream }] = entries;
    const { steps, changes } = await read(`diff?from=${position - 1}&to=${position}`, 'auditor');
    expect(steps).toHaveLength(1);
    expect(steps[0].text).toMatch(/^产出已核验：/);
    const of = await read(`diff?from=1&to=${position}&project=${stream.slice(8)}`, 'auditor');
    expect(of.steps.at(-1)).toMatchObject({ position, type: 'outputVerified' });
    expect(Array.isArray(changes)).toBe(true);
  });
});
