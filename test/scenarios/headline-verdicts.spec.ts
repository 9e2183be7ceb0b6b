import { beforeAll, expect, test } from '@jest/globals';
import { toText } from '@planledger/kernel';
import {
  BASELINES,
  completion,
  type CompletionInput,
  CONFIDENCES,
  explain,
  recompute,
  recomputeVerdict,
} from '@planledger/progress';
import { onDemo } from '../on-demo.js';

const DAYS = ['2023-06-30', '2025-10-31', '2026-06-30'];
const SIDES = CONFIDENCES.flatMap((confidence) => BASELINES.map((baseline) => [confidence, baseline] as const));

const demo = onDemo('commission');
let input: CompletionInput;
beforeAll(async () => {
  input = await demo.input();
});

test.each(DAYS)('every verdict of %s, and how many items have it, comes out of its explanation again', (on) => {
  const then = { ...input, on };
  const rows = (['sector', 'programme'] as const).flatMap((by) =>
    completion(then, by).rows.flatMap((row) => (row.kind === 'sector' || row.kind === 'programme' ? [row] : [])),
  );
  const { headline, rows: items } = completion(then, 'item');
  const [met, counted] = [new Set<string>(), new Set<string>()];
  for (const [confidence, baseline] of SIDES) {
    const explained = (node: string) => explain(then, node, confidence, { baseline });
    for (const { verdicts, verdictNodes } of [headline.programmes, headline.body, ...rows]) {
      for (const [verdict, node] of Object.entries(verdictNodes)) {
        const count = verdicts[baseline][confidence][verdict as keyof typeof verdictNodes];
        const explanation = explained(node)!;
        expect([node, toText(recompute(explanation)!), explanation.value.exact]).toEqual([
          ...[node, String(count), String(count)],
        ]);
        for (const child of explanation.children) {
          expect([child.node, explained(child.node)?.verdict]).toEqual([child.node, verdict]);
        }
        expect(explanation.leftOut.filter(({ node: other }) => explained(other ?? '')?.verdict === verdict)).toEqual(
          [],
        );
        if (count > 0) counted.add(node);
      }
    }
    for (const row of items) {
      if (row.kind !== 'item') continue;
      const verdict = row.verdict[baseline][confidence];
      const explanation = explained(row.verdictNode);
      if (verdict === 'absent') expect([row.code, explanation]).toEqual([row.code, undefined]);
      else expect([row.code, recomputeVerdict(explanation!)]).toEqual([row.code, verdict]);
      met.add(verdict);
    }
  }
  expect([met.size > 2, counted.size > 20]).toEqual([true, true]);
});

test('a verdict that is none, of a cut that is none, has no address', () => {
  for (const node of [
    ...['verdicts/half/indicators/done', 'verdicts/half/programmes/splendid', 'verdicts/sector/none/done'],
    ...['verdicts/programme/99/done', 'verdicts/item/B9-99', 'verdicts/item/B2-1/done', 'verdicts/plan/done'],
  ]) {
    expect([node, explain(input, node, 'verified')]).toEqual([node, undefined]);
  }
});
