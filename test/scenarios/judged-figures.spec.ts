import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { toText } from '@planledger/kernel';
import {
  type BaselineName,
  BASELINES,
  type CompletionInput,
  type Confidence,
  CONFIDENCES,
  dues,
  evaluation,
  explain,
  type Explanation,
  gaps,
  indicators,
  lamps,
  projectList,
  recompute,
  recomputeVerdict,
} from '@planledger/progress';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

/** Moments of the demo plan: what was known at a share of its ledger, on a day; the last day is past the period. */
const MOMENTS = [
  [0.5, '2023-06-30'],
  [1, '2025-10-31'],
  [1, '2026-06-30'],
] as const;

let app: TestApp;
let head = 0;
const inputs: CompletionInput[] = [];
beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
  head = (await app.platform.ledger.head(DEMO_PLAN)).position;
  for (const [share, on] of MOMENTS) {
    inputs.push(await replayedInput(app.platform, DEMO_PLAN, { position: Math.ceil(head * share), on }));
  }
});
afterAll(() => app.close());

type DueRow = ReturnType<typeof dues>[number];
type Side = readonly [Confidence, BaselineName];
const SIDES = CONFIDENCES.flatMap((confidence) => BASELINES.map((baseline): Side => [confidence, baseline]));

/**
 * Walks down from these addresses; every number must come out again, and be what its parent says. To the last child, or
 * from addresses with a prefix only: the figures that they lead to are then asked for, and walked elsewhere.
 */
function walk(input: CompletionInput, [confidence, baseline]: Side, addresses: Iterable<string>, prefix = '') {
  const seen = new Map<string, Explanation>();
  const open = [...addresses];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    const explanation = explain(input, node, confidence, { baseline, limit: 500 });
    if (!explanation) throw new Error(`${node} has no explanation`);
    seen.set(node, explanation);
    const again = recompute(explanation);
    expect([node, again && toText(again)]).toEqual([node, explanation.value.exact]);
    expect([node, explanation.node, explanation.formula.text === '']).toEqual([node, node, false]);
    expect(explanation.entries.filter((position) => position < 1 || position > head)).toEqual([]);
    if (node.startsWith(prefix)) open.push(...explanation.children.map((child) => child.node));
  }
  for (const { node, children, formula } of seen.values()) {
    if (!node.startsWith(prefix)) continue;
    // P is rounded where c* takes it in, and nowhere else.
    if (formula.rule === 'under-way') continue;
    for (const child of children) {
      if (child.value === null) continue;
      expect([node, child.node, seen.get(child.node)?.value.exact]).toEqual([node, child.node, child.value]);
    }
  }
  return seen;
}

// First, while the app answers promptly: the walks below leave it no time for its connections.
describe('the one route explains', () => {
  test('the evaluation: live and replayed, and an address that names nothing is not found', async () => {
    const path = `/api/plans/${DEMO_PLAN}`;
    const { body: answer } = await app.get('auditor', `${path}/evaluation?kind=mid&on=2025-10-31`);
    const address: string = answer.addresses.programmes.continued;
    for (const at of ['', 'replay/']) {
      const { status, body } = await app.get('auditor', `${path}/${at}explain?node=${address}&on=2025-10-31`);
      expect([status, body.value.exact, body.children.length]).toEqual([
        ...[200, String(answer.programmes.continued), answer.programmes.continued],
      ]);
      for (const none of [
        'programmes/splendid',
        'programmes/constructor',
        'item/B9-99',
        'within/measure/B9-9.x',
        'x/y',
      ]) {
        const refused = await app.get('auditor', `${path}/${at}explain?node=evaluation/${none}`);
        expect([none, refused.status]).toEqual([none, 404]);
      }
    }
  });

  test('what falls due: live and replayed alike, by entries that state the day', async () => {
    const path = `/api/plans/${DEMO_PLAN}`;
    const { body } = await app.get('commission', `${path}/due?within=366&baseline=current`);
    expect(body.baseline).toBe('current');
    const kinds = new Set<string>();
    for (const row of body.due as DueRow[]) {
      if (kinds.has(row.kind)) continue;
      kinds.add(row.kind);
      const query = `node=${encodeURIComponent(row.address)}&baseline=current`;
      const live = await app.get('commission', `${path}/explain?${query}&on=${body.on}`);
      const past = await app.get('auditor', `${path}/replay/explain?${query}&on=${body.on}`);
      expect([row.address, live.body.value.exact]).toEqual([row.address, String(row.days)]);
      expect({ ...past.body, at: undefined }).toEqual({ ...live.body, at: undefined });
      const entries = await Promise.all(
        live.body.entries.map((position: number) => app.get('auditor', `${path}/entries/${position}`)),
      );
      expect([row.address, JSON.stringify(entries.map((each) => each.body)).includes(row.due)]).toEqual([
        row.address,
        true,
      ]);
    }
    expect([...kinds].sort()).toEqual(['case', 'element', 'measure', 'milestone', 'report']);
  });

  test('the gaps: live and replayed alike', async () => {
    const path = `/api/plans/${DEMO_PLAN}`;
    const { body } = await app.get('commission', `${path}/gaps`);
    const kinds = new Set<string>();
    for (const { kind, address, values = [] } of body.gaps as ReturnType<typeof gaps>) {
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      for (const node of [address, ...values.map((each) => each.node)]) {
        const query = `explain?node=${encodeURIComponent(node)}&on=${body.on}`;
        const live = await app.get('commission', `${path}/${query}`);
        const past = await app.get('auditor', `${path}/replay/${query}`);
        expect([node, live.status]).toEqual([node, 200]);
        expect({ ...past.body, at: undefined }).toEqual({ ...live.body, at: undefined });
      }
    }
    expect(kinds.size).toBeGreaterThan(6);
    const none = await app.get('commission', `${path}/explain?node=gap/out-of-reach/measure/B9-9.none`);
    expect(none.status).toBe(404);
  });
});

describe('every number and verdict of the evaluation', () => {
  const sides = MOMENTS.flatMap((moment, at) => SIDES.map((side) => ({ at, moment, side })));
  test.each(sides)('comes out of its explanation again: $moment $side', ({ at, side }) => {
    const input = inputs[at]!;
    const [confidence, baseline] = side;
    const answer = evaluation(input, 'final', { confidence, baseline });
    const shown = new Map<string, string | null>();
    const verdicts = new Map<string, string>();
    for (const part of ['binding', 'expected', 'programmes', 'body'] as const) {
      const counts: Readonly<Record<string, number>> = answer[part];
      expect(Object.keys(answer.addresses[part])).toEqual(Object.keys(counts));
      for (const [verdict, address] of Object.entries(answer.addresses[part])) {
        shown.set(address, String(counts[verdict]));
      }
    }
    for (const row of answer.annexes.indicators) {
      verdicts.set(row.address, row.verdict);
      shown.set(row.node, row.value);
    }
    for (const row of [...answer.annexes.programmes, ...answer.annexes.body]) {
      verdicts.set(row.address, row.verdict);
      for (const measure of row.measures) {
        const { target, within, after, unfinished, beyond } = measure;
        for (const [split, value] of Object.entries({ target, within, after, unfinished, beyond })) {
          shown.set(measure.addresses[split as keyof typeof measure.addresses], value);
        }
      }
    }
    const seen = walk(input, side, [...shown.keys(), ...verdicts.keys()]);
    for (const [address, value] of shown) {
      expect([address, seen.get(address)?.value.exact]).toEqual([address, value]);
    }
    for (const [address, verdict] of verdicts) {
      const explanation = seen.get(address)!;
      expect([address, explanation.verdict, recomputeVerdict(explanation)]).toEqual([address, verdict, verdict]);
    }
    for (const [address, { formula, children, leftOut }] of seen) {
      const [, part, wanted] = address.split('/');
      if (formula.rule !== 'count' || !address.startsWith('evaluation/') || wanted === 'total') continue;
      expect(new Set(children.map(({ node }) => seen.get(node)?.verdict))).toEqual(
        new Set(children.length > 0 ? [wanted] : []),
      );
      expect([part, leftOut.every(({ why }) => why === 'other-verdict')]).toEqual([part, true]);
    }
    expect(shown.size).toBeGreaterThan(900);
  });
});

describe('the days of everything that falls due', () => {
  const every = MOMENTS.flatMap((moment, at) => BASELINES.map((baseline) => ({ at, moment, baseline })));
  test.each(every)('come out of their explanations again: $moment $baseline', ({ at, baseline }) => {
    const input = inputs[at]!;
    const rows = dues(input, { baseline, within: 366 }, () => true);
    const seen = walk(input, ['claimed', baseline], new Set(rows.map(({ address }) => address)), 'due/');
    for (const { address, days, due } of rows) {
      const { value, inputs: from, entries } = seen.get(address)!;
      expect([address, value.exact]).toEqual([address, String(days)]);
      expect(from).toContainEqual(expect.objectContaining({ symbol: 'to', value: due }));
      expect([address, entries.length > 0]).toEqual([address, true]);
    }
    expect([rows.length > 50, new Set(rows.map(({ address }) => address)).size]).toEqual([true, rows.length]);
  });
});

describe('the gaps', () => {
  const every = MOMENTS.flatMap((moment, at) => SIDES.map((side) => ({ at, moment, side })));
  test.each(every)('and every number in them come out of their explanations again: $moment $side', ({ at, side }) => {
    const input = inputs[at]!;
    const rows = gaps(input);
    const addresses = rows.flatMap(({ address, values = [] }) => [address, ...values.map(({ node }) => node)]);
    const seen = walk(input, side, addresses, 'gap/');
    for (const { address, kind, quantity, values = [], entries = [] } of rows) {
      expect([address, seen.get(address)?.verdict]).toEqual([address, kind]);
      expect([address, seen.get(address)?.entries]).toEqual([address, expect.arrayContaining([...entries])]);
      for (const { node, exact } of values) expect([node, seen.get(node)?.value.exact]).toEqual([node, exact]);
      if (quantity !== undefined) expect([address, values[0]?.exact]).toEqual([address, quantity]);
    }
    expect([rows.length > 30, new Set(addresses).size]).toEqual([true, addresses.length]);
  });
});

/** Every child of a figure, forty at a time. */
function childrenOf(input: CompletionInput, [confidence, baseline]: Side, node: string) {
  const children: Explanation['children'][number][] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = explain(input, node, confidence, { baseline, limit: 40, ...(after ? { after } : {}) });
    children.push(...(page?.children ?? []));
    after = page?.page?.next ?? null;
  }
  return children;
}

describe('the counts of lists', () => {
  const sides = [SIDES[0]!, SIDES[3]!];
  const every = MOMENTS.flatMap((moment, at) => sides.map((side) => ({ at, moment, side })));
  const FILTERS = [{}, { sector: 'education' }, { sector: 'health', county: '410212' }, { name: '/%2F 学' }] as const;
  const all = () => true;
  test.each(every)('come down to the lamps and projects behind them: $moment $side', ({ at, side }) => {
    const input = inputs[at]!;
    const [confidence, baseline] = side;
    const shown = new Map<string, number>();
    const nodesUnder = (node: string): string[] => childrenOf(input, side, node).map((child) => child.node);
    for (const filter of FILTERS) {
      const options = { ...filter, confidence, baseline, limit: 500, skip: 0 };
      const { counts, addresses, projects, header } = lamps(input, { ...options, colour: 'red' }, all);
      for (const count of ['blue', 'green', 'yellow', 'red', 'grey', 'none'] as const) {
        const under = nodesUnder(addresses[count]);
        shown.set(addresses[count], counts[count]);
        expect([addresses[count], under.length]).toEqual([addresses[count], counts[count]]);
        if (count === 'grey') continue;
        const colour = count === 'none' ? undefined : count;
        for (const node of under) {
          expect([node, explain(input, node, confidence, { baseline })?.colour]).toEqual([node, colour]);
        }
      }
      expect(nodesUnder(addresses.red)).toEqual(projects.map(({ overall }) => overall.node));
      shown.set(header.node, header.indicators.length);
      for (const more of [{}, { stage: 'in-use', colour: 'green' }] as const) {
        const list = projectList(input, { ...options, ...more, sort: 'stream' }, all);
        shown.set(list.node, list.total);
        expect(nodesUnder(list.node)).toEqual(list.projects.map(({ stream }) => stream));
      }
    }
    const table = indicators(input);
    for (const part of baseline === 'b0' ? (['grades', 'binding'] as const) : []) {
      for (const [grade, node] of Object.entries(table.addresses[part])) {
        shown.set(node, table[part][grade as keyof typeof table.grades]);
      }
    }
    const seen = walk(input, side, shown.keys(), 'none/');
    for (const [node, count] of shown) {
      const { value, children, leftOut } = seen.get(node)!;
      expect([node, value.exact]).toEqual([node, String(count)]);
      const [list, grade] = [node.split('/')[0], node.split('/').at(-1)];
      if (list === 'grades') expect(children.filter(({ verdict }) => verdict !== grade)).toEqual([]);
      expect(leftOut.filter(({ why }) => !why.startsWith('other-'))).toEqual([]);
    }
    expect([...shown.values()].filter((count) => count > 0).length).toBeGreaterThan(10);
  });
});
