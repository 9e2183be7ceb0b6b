import { beforeAll, expect, test } from '@jest/globals';
import { toText } from '@planledger/kernel';
import {
  type BaselineName,
  BASELINES,
  completion,
  type CompletionInput,
  type Confidence,
  CONFIDENCES,
  explain,
  indicators,
  recompute,
} from '@planledger/progress';
import { onDemo } from '../on-demo.js';

const DAYS = ['2023-06-30', '2025-10-31', '2026-06-30'];

const demo = onDemo('commission');
let input: CompletionInput;
beforeAll(async () => {
  input = await demo.input();
});

/** The value of an address, recomputed, each of its children worth what it says there; and what they add up to. */
function checked(then: CompletionInput, node: string, confidence: Confidence, baseline: BaselineName) {
  const explained = explain(then, node, confidence, { baseline, limit: 1_000 });
  if (!explained) throw new Error(`${node} has no explanation`);
  const again = recompute(explained);
  expect([node, again && toText(again)]).toEqual([node, explained.value.exact]);
  for (const child of explained.children) {
    const below = explain(then, child.node, explained.confidence, { baseline });
    // What is divided by lists items without saying how far each is.
    const said = node.startsWith('denominator/') ? below?.value.exact : child.value;
    expect([node, child.node, below === undefined, below?.value.exact]).toEqual([node, child.node, false, said]);
  }
  const total = explained.children.reduce((sum, { value }) => sum + Number(value), 0);
  return { exact: explained.value.exact, children: explained.children.length, total };
}

test.each(DAYS)('every count of a completion of %s has an address, and comes out of its explanation again', (on) => {
  const then = { ...input, on };
  const [sectors, programmes, items, counties] = (['sector', 'programme', 'item', 'county'] as const).map((by) =>
    completion(then, by),
  );
  const { headline, offPlan } = sectors!;
  const rows = [...sectors!.rows, ...programmes!.rows, ...items!.rows, ...counties!.rows];
  const met = { items: 0, projects: 0, measured: 0, counted: 0, targets: 0, offPlan: 0 };
  for (const confidence of CONFIDENCES) {
    const by = (node: string, baseline: BaselineName = 'b0') => checked(then, node, confidence, baseline);
    const cuts = rows.flatMap((row) => (row.kind === 'item' || row.kind === 'county' ? [] : [row]));
    for (const cut of [headline.programmes, headline.body, ...cuts]) {
      expect([cut.node, by(cut.itemsNode).exact, by(cut.quantifiedNode).exact]).toEqual([
        ...[cut.node, String(cut.items), String(cut.quantified)],
      ]);
      met.items += cut.quantified;
    }
    for (const row of rows) {
      if (row.kind === 'item') {
        const { exact, children } = by(row.projectsNode, 'current');
        expect([row.code, exact, children]).toEqual([row.code, String(row.projects), row.projects]);
        met.projects += children;
        for (const { count, countNodes } of row.measures) {
          for (const baseline of BASELINES) {
            for (const [name, node] of Object.entries(countNodes) as [keyof typeof countNodes, string][]) {
              const shown = count[baseline][confidence][name];
              expect([node, baseline, by(node, baseline).exact]).toEqual([node, baseline, shown]);
              if (shown !== null) met.measured += 1;
            }
          }
        }
      }
      for (const each of row.kind === 'county' ? row.counted : []) {
        const { exact, total } = by(each.countNode, 'current');
        expect([each.countNode, exact, total]).toEqual([each.countNode, String(each[confidence]), each[confidence]]);
        if (each.targetNode)
          expect([each.targetNode, by(each.targetNode).exact]).toEqual([each.targetNode, each.target]);
        met.counted += total;
        if (each.targetNode) met.targets += 1;
      }
    }
    for (const row of offPlan) {
      const { exact, total } = by(row.node);
      expect([row.node, exact, total]).toEqual([row.node, String(row[confidence]), row[confidence]]);
      met.offPlan += total;
    }
  }
  for (const [group, nodes] of Object.entries(headline.indicators.addresses)) {
    const shown = group === 'binding' ? headline.indicators.binding : headline.indicators;
    for (const [name, node] of Object.entries(nodes) as [keyof typeof nodes, string][])
      expect([node, checked(then, node, 'verified', 'b0').exact]).toEqual([node, String(shown[name])]);
  }
  const { offPlan: units, ...counts } = met;
  expect(Object.entries(counts).filter(([, count]) => count < 10)).toEqual([]);
  // The demo history has nothing 规划外 before its later years.
  expect(units > 0).toBe(on > '2024-01-01');
});

test.each(DAYS)('targets of indicators, and how far values lie from the ledger, come out again on %s', (on) => {
  const then = { ...input, on };
  const met = { targets: 0, apart: 0 };
  for (const { indicator, target, targetNode, implied } of indicators(then).rows) {
    for (const confidence of CONFIDENCES) {
      const { exact } = checked(then, targetNode, confidence, 'b0');
      expect([indicator, exact]).toEqual([indicator, target]);
      expect(explain(then, targetNode, confidence)?.entries).not.toEqual([]);
      if (target !== null) met.targets += 1;
      if (!implied?.then) continue;
      const { apartNode, percentApart } = implied.then;
      expect([apartNode, checked(then, apartNode, confidence, 'b0').exact]).toEqual([apartNode, percentApart]);
      if (percentApart !== null) met.apart += 1;
    }
  }
  expect([met.targets > 20, met.apart > 2]).toEqual([true, true]);
});

test('a count of what the plan does not have has no address', () => {
  for (const node of [
    ...[
      'off-plan/measure/B9-9.none',
      'counted/county/410299/measure/B2-1.schools',
      'quantified/plan',
      'quantified/item/B2-1',
    ],
    ...[
      'counted/county/410221/measure/B9-9.none',
      'counted/county/410221',
      'linked/item/B9-99',
      'linked/sector/education',
    ],
    ...[
      'off-plan/item/B2-1',
      'target/indicator/I99',
      'target/measure/B9-9.none',
      'apart/indicator/I99',
      'indicators/none',
    ],
  ]) {
    expect([node, explain(input, node, 'verified')]).toEqual([node, undefined]);
  }
});
