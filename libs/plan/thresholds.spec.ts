import { describe, expect, test } from '@jest/globals';
import type { EventInit } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import { decided } from './fixtures.js';
import { crossedOn, fitsThreshold, isThreshold, thresholdOn, thresholdsOn, toleranceOn } from './thresholds.js';

const approve = (values: Record<string, string>, inForceFrom: string, document: string): EventInit => ({
  case: 'thresholdsApproved',
  value: { values, inForceFrom, document },
});
const plan = decided(
  approve({ 'lamp/progress-red': '25', 'tolerance/I01': '0.1' }, '2025-01-01', '样发改〔2024〕1号'),
  approve({ 'lamp/progress-red': '40' }, '2026-01-01', '样发改〔2024〕2号'),
  approve({ 'lamp/progress-red': '28' }, '2025-07-01', '样发改〔2024〕3号'),
);

describe('a threshold', () => {
  test('has what is built in until a document sets another, and then the one whose force began last', () => {
    const red = (on: string) => thresholdOn(plan, 'lamp/progress-red', on);
    expect(['2024-12-31', '2025-01-01', '2025-07-01', '2026-01-01'].map(red)).toEqual(
      [30, 25, 28, 40].map((value) => fraction(value)),
    );
    expect([toleranceOn(plan, 'I01', '2024-12-31'), toleranceOn(plan, 'I01', '2025-01-01')]).toEqual([
      fraction(0),
      fraction(1, 10),
    ]);
  });

  test('is listed with the document that set it', () => {
    const listed = new Map(thresholdsOn(plan, '2025-08-01').map((row) => [row.name, row]));
    expect(listed.get('lamp/progress-red')).toMatchObject({ value: '28', document: '样发改〔2024〕3号' });
    expect(listed.get('lamp/item-green')).toMatchObject({ value: '0.95', document: '', position: null });
    expect(listed.get('tolerance/I01')).toMatchObject({ value: '0.1', document: '样发改〔2024〕1号' });
  });

  test('is known by its name, is not below 0, and whole where it counts days, months or times', () => {
    expect(['gap/stale-report-days', 'tolerance/I08', 'tolerance/', 'constructor', 'lamp'].map(isThreshold)).toEqual([
      ...[true, true, false, false, false],
    ]);
    const given: [string, string][] = [
      ...([
        ['grade/faster', '1.05'],
        ['grade/faster', '-0.1'],
        ['lamp/start-red-months', '2.5'],
        ['lamp/start-red-months', '2'],
      ] as [string, string][]),
    ];
    expect(given.map(([name, value]) => fitsThreshold(name, value))).toEqual([true, false, false, true]);
  });

  test('is crossed where the lower of a pair stands above the upper', () => {
    const crossed = decided(approve({ 'lamp/progress-yellow': '35' }, '2025-01-01', '样发改〔2024〕4号'));
    expect([crossedOn(crossed, '2024-12-31'), crossedOn(crossed, '2025-01-01')]).toEqual([
      [],
      [['lamp/progress-yellow', 'lamp/progress-red']],
    ]);
  });
});
