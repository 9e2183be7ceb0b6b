import { describe, expect, test } from '@jest/globals';
import type { EventInit } from '@planledger/contracts';
import { inputOf, planOf, standingOf, type StandingFixture } from './fixtures.js';
import { explain } from './explain.js';
import type { Lamp, LampName } from './lamp.js';
import { projectLamps, recomputeLamp } from './lamps.js';
import { readingOf } from './reading.js';

type Later = EventInit & { readonly on?: string };
const start = { milestone: 'start', weight: 10, type: 'start' };

function lampOf(name: LampName, fixture: StandingFixture, on: string, later: readonly Later[] = []): Lamp | undefined {
  const plan = planOf({ later });
  const standing = standingOf('project/1', { name: '小学', milestones: [start], ...fixture });
  const input = inputOf(plan, [standing], on);
  const { baseline } = readingOf(input, 'b0');
  const lamp = projectLamps({ plan, on, confidence: 'claimed', baseline }, standing)?.lamps.find(
    (each) => each.lamp === name,
  );
  if (lamp) {
    expect(recomputeLamp(lamp)).toBe(lamp.colour);
    expect(explain(input, `lamp/${name}/project/1`, 'claimed')).toMatchObject({ colour: lamp.colour });
  }
  return lamp;
}
const thresholds = (values: Record<string, string>): Later => ({
  case: 'thresholdsApproved',
  value: { document: '汴发改〔2024〕1号', inForceFrom: '2024-01-01', values },
});

describe('支付灯', () => {
  const money = [
    { year: 2023, claimed: 600_000n, verified: 500_000n },
    { year: 2024, claimed: 1_000_000n, verified: 500_000n },
  ];
  const paying = (used: bigint, usedOn = '2023-12-01'): StandingFixture => ({
    money,
    elements: [
      { kind: 'funds', used, usedOn, entries: [5] },
      { kind: 'land', used: 9_000_000n },
    ],
  });

  test('is green from four fifths of the completed works on, and red below', () => {
    expect(lampOf('payment', paying(800_000n), '2024-06-30')).toMatchObject({
      ...{ colour: 'green', grey: false, entries: [5] },
      inputs: { paid: '800000', completed: '1000000', required: '80' },
      text: '已支付 800000 元，为已完成投资 1000000 元的 80.0%；要求不低于 80.0%',
    });
    expect(lampOf('payment', paying(799_999n), '2024-06-30')?.colour).toBe('red');
  });

  test('sees what was completed and paid by the day', () => {
    expect(lampOf('payment', paying(480_000n), '2023-12-31')?.colour).toBe('green');
    expect(lampOf('payment', paying(480_000n), '2024-01-01')?.colour).toBe('red');
    expect(lampOf('payment', paying(480_000n, '2023-12-31'), '2023-12-30')?.inputs['paid']).toBe('0');
  });

  test('by the requirement in force', () => {
    expect(
      lampOf('payment', paying(799_999n), '2024-06-30', [thresholds({ 'lamp/payment-percent': '75.5' })])?.colour,
    ).toBe('green');
  });

  test('is none without funds, and none before anything was completed', () => {
    expect(lampOf('payment', { money }, '2024-06-30')).toBeUndefined();
    expect(lampOf('payment', paying(800_000n), '2022-06-30')).toBeUndefined();
  });
});

describe('入库灯', () => {
  const begun = { startedOn: '2024-03-15', estimateB0: 5_000_000n, estimate: 4_000_000n };
  const colour = (fixture: StandingFixture, on: string, later: readonly Later[] = []) =>
    lampOf('stock-entry', fixture, on, later)?.colour;

  test('of a project that is not in the library: yellow a month after its start, red after two', () => {
    expect(['2024-04-14', '2024-04-15', '2024-05-14', '2024-05-15'].map((on) => colour(begun, on))).toEqual([
      ...['green', 'yellow', 'yellow', 'red'],
    ]);
  });

  test('is green from the day it is in the library, with the entry that says so', () => {
    const entered = { ...begun, statisticsFrom: '2024-06-01', statisticsEntries: [77] };
    expect(colour(entered, '2024-05-31')).toBe('red');
    expect(lampOf('stock-entry', entered, '2024-06-01')).toMatchObject({ colour: 'green', entries: [77] });
    expect(lampOf('stock-entry', entered, '2024-06-01')?.text).toBe('2024-03-15 开工，2024-06-01 入统计库');
  });

  test('is none before the start, of a smaller project, of one begun before the system, and of work without a start', () => {
    expect(colour({ ...begun, startedOn: '' }, '2024-06-30')).toBeUndefined();
    expect(colour(begun, '2024-03-14')).toBeUndefined();
    expect(colour({ ...begun, estimateB0: 4_999_999n }, '2024-06-30')).toBeUndefined();
    expect(colour({ ...begun, startedOn: '2023-12-31' }, '2024-06-30')).toBeUndefined();
    expect(colour({ ...begun, milestones: [{ milestone: 'quantity', weight: 100 }] }, '2024-06-30')).toBeUndefined();
  });

  test('by the size and the months in force', () => {
    const said = thresholds({ 'lamp/stock-entry-yuan': '5000001' });
    expect(colour(begun, '2024-06-30', [said])).toBeUndefined();
    const later = thresholds({ 'lamp/stock-entry-yellow-months': '3', 'lamp/stock-entry-red-months': '6' });
    expect(['2024-06-14', '2024-06-15', '2024-09-15'].map((on) => colour(begun, on, [later]))).toEqual([
      ...['green', 'yellow', 'red'],
    ]);
  });
});
