import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { decodeEntry, type Entry, encodeStanding, type Standing, type StoredEntry } from '@planledger/contracts';
import { evolveDoc, initialDoc, refold, standingFor, type Platform, type StreamDoc } from '@planledger/host';
import { emptyPlan, foldPlan, isPlanSide } from '@planledger/plan';
import {
  type CompletionInput,
  completion,
  CONFIDENCES,
  createCells,
  explain,
  type Explanation,
  gaps,
  indicators,
  receiveStanding,
  recompute,
} from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';
import { toText } from '@planledger/kernel';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';
import { plainCells } from './plain-cells.js';

let app: TestApp;
/** The app's platform, its ledger read once: a replay to each of a thousand positions would read it a thousand times. */
let platform: Platform;
const entries: Entry[] = [];

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
  const { ledger } = app.platform;
  const { position } = await ledger.head(DEMO_PLAN);
  const stored: StoredEntry[] = [];
  while (stored.length < position) {
    stored.push(...(await ledger.read(DEMO_PLAN, { from: stored.length + 1, limit: 500 })));
  }
  const read: typeof ledger.read = (_plan, { from, to = position, limit }) =>
    Promise.resolve(stored.slice(from - 1, Math.min(to, from - 1 + limit)));
  platform = { ...app.platform, ledger: { ...ledger, read } };
  entries.push(...stored.map(({ bytes }) => decodeEntry(bytes)));
});
afterAll(() => app.close());

/** Positions at which everything is held against a replay of the whole ledger; in between what the entry changed is. */
const REPLAY_EVERY = 200;

/** The live path, one entry at a time: follower, standing, aggregator. */
function livePath() {
  let plan = emptyPlan;
  const docs = new Map<string, StreamDoc>();
  const histories = new Map<string, Entry[]>();
  const standings = new Map<string, Standing>();
  const cells = createCells();
  return {
    /** The standing that the entry changed, and the one that a fold of its stream from nothing gives. */
    take(entry: Entry): { live: Standing; fresh: Standing } | undefined {
      if (isPlanSide(entry.stream)) {
        plan = foldPlan(plan, entry);
        return undefined;
      }
      const key = `${DEMO_PLAN}/${entry.stream}`;
      const history = histories.get(key) ?? [];
      history.push(entry);
      histories.set(key, history);
      const evolved = evolveDoc(docs.get(key) ?? initialDoc(key), entry);
      const again = refold(key, history);
      const doc = evolved === 'refold' ? again : evolved;
      docs.set(key, doc);
      const sector = SECTORS.get(entry.sector);
      if (!sector) return undefined;
      const live = standingFor(sector, doc, DEMO_PLAN);
      receiveStanding(cells, standings, live);
      return { live, fresh: standingFor(sector, again, DEMO_PLAN) };
    },
    input: (on: string): CompletionInput => ({ plan, cells, standings, on, through: {}, parked: [] }),
  };
}

const bytesOf = (standing: Standing): string => Buffer.from(encodeStanding(standing)).toString('hex');

const figures = (input: CompletionInput): string => JSON.stringify({ ...completion(input, 'item'), through: {} });

describe('the history of the demo plan', () => {
  test('replayed to any position gives what was live there', async () => {
    const live = livePath();
    let compared = 0;
    for (const entry of entries) {
      const changed = live.take(entry);
      if (changed) expect(bytesOf(changed.live)).toBe(bytesOf(changed.fresh));
      const { position } = entry;
      if (!live.input('').plan.loaded || (position % REPLAY_EVERY > 0 && position < entries.length)) continue;
      const on = entry.recordedAt.slice(0, 10);
      const replayed = await replayedInput(platform, DEMO_PLAN, { position, on });
      const here = live.input(on);
      const bytes = (input: CompletionInput): string[] => [...input.standings.values()].map(bytesOf).sort();
      expect(bytes(replayed)).toEqual(bytes(here));
      // Cells are kept up to date contribution by contribution, or made anew from all standings: the same cells.
      expect(plainCells(replayed)).toBe(plainCells(here));
      expect(figures(replayed)).toBe(figures(here));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(10);
  });

  test('rebuilt and asked again gives the same bytes, and the live route the same figures', async () => {
    const at = entries[Math.floor(entries.length * 0.8)]?.position ?? 1;
    const path = `/api/plans/${DEMO_PLAN}/replay/completion?by=item&at=${at}&on=2025-01-31`;
    const [once, again] = [await app.get('auditor', path), await app.get('auditor', path)];
    expect(JSON.stringify(once.body)).toBe(JSON.stringify(again.body));
    const live = await app.get('commission', `/api/plans/${DEMO_PLAN}/completion?by=item`);
    const replayed = await app.get('auditor', `/api/plans/${DEMO_PLAN}/replay/completion?by=item`);
    expect(live.body.rows).toEqual(replayed.body.rows);
    expect(live.body.headline).toEqual(replayed.body.headline);
    expect(once.body.headline).not.toEqual(live.body.headline);
  });

  test('is simulated, entry by entry, and made of every event that departments can post', () => {
    expect(entries.filter(({ simulated }) => !simulated)).toEqual([]);
    const types = new Set(entries.map(({ event }) => event.case));
    expect([...types].filter((type) => type?.startsWith('output')).sort()).toEqual([
      'outputDelivered',
      'outputFactsStated',
      'outputRejected',
      'outputRevoked',
      'outputVerified',
    ]);
    for (const type of [
      'entryCorrected',
      'entryRetracted',
      'projectSuspended',
      'projectResumed',
      'projectCancelled',
      'projectMovedOut',
      'milestoneRejected',
      'progressVerified',
      'indicatorObserved',
      'indicatorRevised',
    ]) {
      expect(types).toContain(type);
    }
  });
});

const CUTS = ['sector', 'programme', 'item', 'county'] as const;

/** The address of every figure and row of an answer: completion, under way, schedules, money, denominators, counties. */
function nodesIn(value: unknown, nodes = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return nodes;
  if ('node' in value && typeof value.node === 'string') nodes.add(value.node);
  for (const each of Object.values(value)) nodesIn(each, nodes);
  return nodes;
}

test('the demo plan has gaps of every kind that follows from plan and standings', async () => {
  const input = await replayedInput(platform, DEMO_PLAN, { position: entries.length, on: '2025-10-31' });
  const kinds = new Set(gaps(input).map(({ kind }) => kind));
  for (const kind of ['out-of-reach', 'overdue', 'open-roster', 'built-not-in-use', 'ledger-mismatch']) {
    expect(kinds).toContain(kind);
  }
});

const mismatches = (input: CompletionInput) => gaps(input).filter(({ kind }) => kind === 'ledger-mismatch');

describe('every figure of the demo plan', () => {
  test('is recomputed from its explanation, down to entries that stand in the ledger', async () => {
    const input = await replayedInput(platform, DEMO_PLAN, { position: entries.length, on: '2025-10-31' });
    const positions = new Set(entries.map(({ position }) => position));
    for (const confidence of CONFIDENCES) {
      const seen = new Map<string, Explanation>();
      const answers = CUTS.map((by) => completion(input, by));
      const open = ['plan', ...nodesIn([...answers, indicators(input)]), ...nodesIn(mismatches(input))];
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        if (seen.has(node)) continue;
        const explanation = explain(input, node, confidence, { limit: 500 });
        if (!explanation) throw new Error(`${node} has no explanation`);
        seen.set(node, explanation);
        const again = recompute(explanation);
        expect({ node, value: again === null ? null : toText(again) }).toEqual({
          node,
          value: explanation.value.exact,
        });
        expect(explanation.entries.filter((position) => !positions.has(position))).toEqual([]);
        open.push(...explanation.children.map((child) => child.node));
      }
      expect(
        [...seen.keys()].filter((node) => /^(money|denominator|schedule|county)\//.test(node)).length,
      ).toBeGreaterThan(500);
      for (const { node, children, formula } of seen.values()) {
        // P is rounded where c* takes it in, and nowhere else.
        if (formula.rule === 'under-way') continue;
        for (const child of children) {
          if (child.value === null) continue;
          expect({ node, child: child.node, value: seen.get(child.node)?.value.exact }).toEqual({
            node,
            child: child.node,
            value: child.value,
          });
        }
      }
      const leaves = [...seen.values()].filter(({ node }) => /^(contribution|implied\/.*\/project)\//.test(node));
      expect(leaves.filter(({ node }) => node.startsWith('implied/')).length).toBeGreaterThan(5);
      expect(leaves.length).toBeGreaterThan(10);
      expect(leaves.filter(({ entries: made }) => made.length === 0)).toEqual([]);
    }
  });

  test('counts what the delivery entries of its leaves say, decoded by hand', async () => {
    const input = await replayedInput(platform, DEMO_PLAN, { position: entries.length, on: '2025-10-31' });
    const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
    /** The quantity that the newest of these deliveries, or the newest correction of one, states. */
    const stated = (positions: readonly number[]): number | undefined =>
      positions
        .map((position) => byPosition.get(position)?.event)
        .map((event) => (event?.case === 'entryCorrected' ? event.value.replacement?.event : event))
        .flatMap((event) => (event?.case === 'outputDelivered' ? [event.value.quantity] : []))
        .at(-1);
    const summed: string[] = [];
    for (const confidence of CONFIDENCES) {
      for (const measure of input.plan.measures.keys()) {
        const explanation = explain(input, `measure/${measure}`, confidence, { limit: 1_000 });
        const leaves = explanation?.children.filter(({ node }) => node.startsWith('contribution/')) ?? [];
        let sum = 0;
        for (const { node, value } of leaves) {
          const quantity = stated(explain(input, node, confidence)?.entries ?? []);
          expect({ node, value }).toEqual({ node, value: String(quantity) });
          sum += quantity ?? 0;
        }
        const counted = explanation?.inputs.find(({ symbol }) => symbol === 'd')?.value;
        if (counted === undefined) continue;
        expect({ measure, counted }).toEqual({ measure, counted: String(sum) });
        if (sum > 0) summed.push(`${confidence} ${measure}`);
      }
    }
    expect(summed.length).toBeGreaterThan(8);
  });

  test('implies of I20 its baseline and the beds that the delivery entries of its homes state, decoded by hand', async () => {
    const input = await replayedInput(platform, DEMO_PLAN, { position: entries.length, on: '2025-10-31' });
    const byPosition = new Map(entries.map((entry) => [entry.position, entry]));
    const bedsIn = (positions: readonly number[]): bigint => {
      const stated = positions.flatMap((position) => {
        const event = byPosition.get(position)?.event;
        const made = event?.case === 'entryCorrected' ? event.value.replacement?.event : event;
        const beds = made?.case === 'outputDelivered' && made.value.facts['beds']?.value;
        return beds && beds.case === 'number' ? [BigInt(beds.value)] : [];
      });
      return stated.at(-1) ?? 0n;
    };
    const node = 'implied/I20/2025-10-31/numerator';
    const part = explain(input, node, 'verified', { limit: 1_000 });
    const children = part?.children ?? [];
    for (const child of children) {
      expect(String(bedsIn(explain(input, child.node, 'verified')?.entries ?? []))).toBe(child.value);
    }
    const sum = children.reduce((total, { value }) => total + BigInt(value ?? 0), 0n);
    expect([children.length > 2, part?.value.exact]).toEqual([true, String(16_582n + sum)]);
  });

  test('is explained over HTTP down to an entry that the auditor opens', async () => {
    const get = async (path: string) => {
      const { status, body } = await app.get('auditor', `/api/plans/${DEMO_PLAN}/${path}`);
      expect({ path, status }).toEqual({ path, status: 200 });
      return body;
    };
    const { rows } = await get('completion?by=item');
    const { figures: shown } = rows.find(({ code }: { code: string }) => code === 'B2-1');
    const { verified } = shown.b0;
    const item: Explanation = await get(`explain?node=${verified.node}&confidence=verified`);
    expect(item.value.exact).toBe(verified.exact);
    const measure: Explanation = await get(`explain?node=measure/B2-1.schools&confidence=verified`);
    expect(item.children).toContainEqual(expect.objectContaining({ node: measure.node, value: measure.value.exact }));
    for (const child of measure.children) {
      const leaf: Explanation = await get(`explain?node=${child.node}&confidence=verified`);
      const types = await Promise.all(leaf.entries.map(async (position) => (await get(`entries/${position}`)).type));
      expect(types).toEqual(expect.arrayContaining(['outputDelivered', 'outputVerified']));
    }
    expect(measure.children.length).toBeGreaterThan(1);
  });

  test('is answered over HTTP by the baseline and the weights that were asked for, live and replayed', async () => {
    for (const at of ['', 'replay/']) {
      const get = (path: string) => app.get('auditor', `/api/plans/${DEMO_PLAN}/${at}${path}`);
      const { body } = await get('completion?by=sector&weights=equal');
      expect(body.weightSet).toMatchObject({ id: 'equal', name: '等权' });
      expect(body.weightSets).toContainEqual(body.weightSet);
      const explained = await get('explain?node=half/programmes&baseline=current&weights=equal');
      expect(explained.body).toMatchObject({ baseline: 'current', weightSet: 'equal' });
      for (const path of ['completion?weights=none', 'explain?node=plan&baseline=b1']) {
        const refused = await get(path);
        expect([refused.status, refused.body.code]).toEqual([400, 'QUERY_MALFORMED']);
      }
    }
  });
});
