import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { decodeEntry, type Entry } from '@planledger/contracts';
import { refold, type StreamDoc, viewQuestion } from '@planledger/host';
import { add, compare, fraction, parseFraction, subtract, toText, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { explainView, figureAt, parseViewNode, pathsIn, recompute, viewNode } from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';
import { deliver, DELIVERED_ON } from '@planledger/sectors/conformance-samples';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

const VIEWS = [...SECTORS].flatMap(([sector, { views }]) => Object.keys(views).map((view) => ({ sector, view })));

/** Of kinds that the demo plan has none of. */
const SAMPLES = {
  veterans: {
    ...{ kind: 'station', template: 'service', measure: 'X-1.stations', quantity: 1, countsFrom: DELIVERED_ON },
    facts: { level: 'township', organisation: true, staffing: true, personnel: true, funding: true, safeguards: true },
  },
  'culture-sport': {
    ...{ kind: 'circle-community', template: 'service', measure: 'X-1.circle', quantity: 1, countsFrom: DELIVERED_ON },
    facts: { site: 's-1', walkMinutes: 4, siteOpen: true },
  },
};

/** Counted once however many projects name them: members and places of rosters, towns, works, and beds that are missing. */
const ONCE = [
  /^target\/nursingBedsNeeded(AtPlannedTotal)?$/,
  /^measures\/[^/]+\/(satisfied|verified)$/,
  /^works\/[^/]+\/by\/(tenants|returnees)$/,
  /^(covered|roster\/present|counties\/\d+\/(reached|verified|withinFiveMinutes))$/,
  /^programmes\/[^/]+\/(all|counties\/\d+)\/[a-z]+$/,
];

let app: TestApp;
let plan: PlanState;
let head = 0;
const docs = new Map<string, StreamDoc[]>();
beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
  const { ledger } = app.platform;
  head = (await ledger.head(DEMO_PLAN)).position;
  ({ plan } = await replayedInput(app.platform, DEMO_PLAN, { position: head, on: '2025-10-31' }));
  const streams = new Map<string, Entry[]>();
  for (let from = 1; from <= head; from += 500) {
    for (const { bytes, stream } of await ledger.read(DEMO_PLAN, { from, to: head, limit: 500 })) {
      if (/^(project|indicator)\//.test(stream))
        streams.set(stream, [...(streams.get(stream) ?? []), decodeEntry(bytes)]);
    }
  }
  for (const [stream, entries] of streams) {
    const sector = entries[0]?.sector ?? '';
    docs.set(sector, [...(docs.get(sector) ?? []), refold(`${DEMO_PLAN}/${stream}`, entries)]);
  }
  for (const [sector, sample] of Object.entries(SAMPLES)) {
    const { stream, entries } = deliver(SECTORS.get(sector)!, sample, 'p-sample');
    docs.get(sector)?.push(refold(`${DEMO_PLAN}/${stream}`, entries));
  }
});
afterAll(() => app.close());

/** Each project three times over, once in another county: what is one thing is named by several of them. */
const thrice = (each: StreamDoc): StreamDoc[] => {
  if (each.kind !== 'project' || !each.state.registration) return [each];
  const { state } = each;
  const again = (id: string, county: string): StreamDoc => ({
    kind: 'project',
    state: { ...state, stream: `${state.stream}${id}`, registration: { ...state.registration!, county } },
  });
  return [each, again('x', state.registration!.county), again('y', '410224')];
};

/** With every roster that is still open adopted, so that its members can be counted: one is there, one is missing. */
function adopted({ rosters, ...rest }: PlanState): PlanState {
  const members = ['m-1', 'm-2'].map((member) => ({ ...MEMBER, member, name: member }));
  const closed = new Map(rosters);
  for (const [name, roster] of rosters) if (roster.open) closed.set(name, { ...roster, open: false, members });
  return { ...rest, rosters: closed };
}
const MEMBER = { $typeName: 'planledger.v1.RosterMember' as const, county: '410221', validFrom: '', validTo: '' };

/** Whether a number is what an answer writes: exactly, or to the last place of a decimal that is rounded or cut. */
function isWritten(answer: unknown, path: readonly string[], exact: string): boolean {
  const { value, within } = figureAt(answer, path)!;
  const decimals = String(within[0]?.[path.at(-1) ?? ''] ?? '').split('.')[1]?.length;
  const off = subtract(value, parseFraction(exact));
  const most = decimals === undefined ? ZERO : fraction(1n, 10n ** BigInt(decimals));
  return compare(off, most) <= 0 && compare(subtract(ZERO, off), most) <= 0;
}

describe.each(VIEWS)('every number of $sector/$view', ({ sector, view }) => {
  const parameters = {};
  const kinds = [
    { kind: 'as the demo plan has it', of: (all: StreamDoc[]) => all, by: (it: PlanState) => it },
    { kind: 'with every roster adopted', of: (all: StreamDoc[]) => all.flatMap(thrice), by: adopted },
  ];
  test.each(kinds)('comes out of its explanation again, $kind', ({ of, by }) => {
    const known = of(docs.get(sector) ?? []);
    const question = viewQuestion(SECTORS.get(sector)!, view, known, by(plan), parameters, () => true)!;
    const answer = question.answer(question.sources);
    const explained = (node: string, page = {}) => explainView(question, parseViewNode(node)!, page);
    const once = new Set<string>();
    for (const path of pathsIn(answer)) {
      const node = viewNode({ sector, view, parameters, path });
      const first = explained(node, { limit: 2 });
      if (!first) throw new Error(`${node} has no explanation`);
      const { value, formula, entries } = first;
      const again = recompute(first);
      expect([node, again && toText(again)]).toEqual([node, value.exact]);
      expect([node, isWritten(answer, path, value.exact ?? '')]).toEqual([node, true]);
      expect(entries.filter((position) => position < 1 || position > head)).toEqual([]);
      let [children, next] = [first.children, first.page?.next ?? null];
      while (next !== null) {
        const more = explained(node, { limit: 2, after: next });
        children = [...children, ...(more?.children ?? [])];
        next = more?.page?.next ?? null;
      }
      expect([node, children.length]).toEqual([node, first.page?.total ?? children.length]);
      for (const child of [children[0], children.at(-1)]) {
        if (!child || child.value === null) continue;
        const below = explained(child.node);
        expect([node, child.node, below?.value.exact]).toEqual([node, child.node, child.value]);
        expect([child.node, below && toText(recompute(below)!)]).toEqual([child.node, child.value]);
        const isLeaf = parseViewNode(child.node)?.of !== undefined;
        if (isLeaf) expect([child.node, below!.entries.length > 0]).toEqual([child.node, true]);
      }
      if (formula.rule !== 'opening') continue;
      const added = children.reduce((sum, child) => add(sum, parseFraction(child.value ?? '0')), ZERO);
      expect([node, toText(added)]).toEqual([node, first.inputs.find(({ symbol }) => symbol === 's')?.value]);
      if (formula.text.includes('只计一次')) once.add(path.join('/'));
    }
    expect([...once].filter((path) => !ONCE.some((pattern) => pattern.test(path)))).toEqual([]);
  });
});
