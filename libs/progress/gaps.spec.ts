import { describe, expect, test } from '@jest/globals';
import { Commitment, ProjectStatus, Quantifier, type Standing } from '@planledger/contracts';
import type { Gap, GapKind } from './answer-rows.js';
import { inputOf, planOf, standingOf, units, WIRE } from './fixtures.js';
import { gaps } from './gaps.js';

const plan = planOf({
  measures: [
    { measure: 'B1-1.schools', low: '10' },
    { measure: 'B1-2.towns', quantifier: Quantifier.ALL, low: '', roster: 'towns' },
    { measure: 'B1-3.city', commitment: Commitment.STRIVE, scheme: true },
    { measure: 'B1-4.studios', low: '12', due: '2023-12-31' },
  ],
  rosters: [{ roster: 'towns', name: '乡镇', open: true }],
});
const found = (kind: GapKind, standings: readonly Standing[], on = '2024-06-30'): Gap[] =>
  gaps(inputOf(plan, standings, on)).filter((gap) => gap.kind === kind);
const nodes = (list: readonly Gap[]): string[] => list.map(({ node }) => node);

describe('gaps', () => {
  test('items without a project; one that was cancelled is none', () => {
    const linked = standingOf('project/1', { items: ['B1-1', 'B1-2'] });
    const gone = standingOf('project/2', { items: ['B1-3'], status: ProjectStatus.CANCELLED });
    expect(nodes(found('item-without-project', [linked, gone]))).toEqual(['item/B1-3', 'item/B1-4']);
  });

  test('a measure that its projects cannot reach even if all finish', () => {
    const designed = (stream: string, quantity: number, status = ProjectStatus.ACTIVE): Standing =>
      standingOf(stream, {
        status,
        designed: [{ measure: 'B1-1.schools', quantity }],
        contributions: units('B1-1.schools', 2),
      });
    expect(found('out-of-reach', [designed('project/1', 6), designed('project/2', 4)])).toEqual([]);
    // One that delivered more than it was designed for helps by what it delivered.
    expect(found('out-of-reach', [designed('project/1', 8), designed('project/2', 0)])).toEqual([]);
    // Of the cancelled one only the two it delivered remain.
    const [gap] = found('out-of-reach', [designed('project/1', 6), designed('project/2', 4, ProjectStatus.CANCELLED)]);
    expect(gap).toMatchObject({ node: 'measure/B1-1.schools', quantity: '2' });
    expect(gap?.text).toBe('关联项目全部完成也只有 8 所，需要 10 所，缺 2 所');
  });

  test('建成未投用 apart from what else does not count yet', () => {
    const waiting = (unit: string, reason: string) => ({
      measure: 'B1-1.schools',
      unit,
      reason,
      confidence: WIRE.claimed,
    });
    const standing = standingOf('project/1', {
      name: '小学',
      uncounted: [
        waiting('a', 'EDU_BUILT_NOT_OPENED'),
        waiting('b', 'EDU_NOT_HANDED_OVER'),
        waiting('c', 'HEA_NOT_OPENED'),
      ],
    });
    expect(found('built-not-in-use', [standing]).map(({ text }) => text)).toEqual([
      '小学 a：建成未投用（EDU_BUILT_NOT_OPENED）',
      '小学 c：建成未投用（HEA_NOT_OPENED）',
    ]);
    expect(found('uncounted', [standing])).toHaveLength(1);
  });

  test('open rosters, schemes without a status, measures past due', () => {
    expect(nodes(found('open-roster', []))).toEqual(['measure/B1-2.towns']);
    expect(nodes(found('scheme-without-status', []))).toEqual(['measure/B1-3.city']);
    expect(found('overdue', [])).toMatchObject([
      { node: 'measure/B1-4.studios', text: '2023-12-31 到期，逾期 182 天：核验 0，目标 12' },
    ]);
    expect(found('overdue', [], '2023-12-31')).toEqual([]);
  });
});
