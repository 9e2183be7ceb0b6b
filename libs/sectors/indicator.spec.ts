import { describe, expect, test } from '@jest/globals';
import type { Entry, EventInit } from '@planledger/contracts';
import { Maturity } from '@planledger/contracts';
import fc from 'fast-check';
import { writeStream } from './conformance-history.js';
import { emptyIndicator, evolveIndicator, foldIndicator, indicatorStanding, type IndicatorState } from './indicator.js';

const STREAM = 'indicator/I18';

const observed = (period: string, value: string, maturity = Maturity.FLASH, county = ''): EventInit => ({
  case: 'indicatorObserved',
  value: { period, county, value, maturity, source: '市统计局' },
});
const revised = (observation: number, value: string, maturity = Maturity.FINAL): EventInit => ({
  case: 'indicatorRevised',
  value: { observation, value, maturity, source: '市统计局' },
});

describe('an indicator’s stream', () => {
  test('keeps the newest value of each period and county, on the last day of the period', () => {
    const { entries, add } = writeStream(STREAM);
    add('2023-06-30', observed('2023-Q2', '45'));
    add('2023-06-30', observed('2023-Q2', '40', Maturity.FLASH, '410221'));
    add('2023-06-30', observed('2023-Q2', '46', Maturity.PRELIMINARY));
    const { observations } = foldIndicator(STREAM, entries);
    expect([...observations.values()].map(({ county, value, on }) => [county, value, on])).toEqual([
      ['', '46', '2023-06-30'],
      ['410221', '40', '2023-06-30'],
    ]);
  });

  test('a revision replaces the value it names and is listed with it', () => {
    const { entries, add } = writeStream(STREAM);
    const first = add('2022-12-31', observed('2022', '45'));
    add('2023-12-31', observed('2023', '50'));
    const revision = add('2023-03-01', revised(first, '45.5'));
    const { observations } = foldIndicator(STREAM, entries);
    expect(observations.get('2022|')).toMatchObject({
      ...{ value: '45.5', maturity: Maturity.FINAL, on: '2022-12-31', positions: [first, revision] },
    });
    expect(observations.get('2023|')).toMatchObject({ value: '50' });
  });

  test('a correction counts in the place of what it corrects, a retraction leaves the older value', () => {
    const { entries, add, correct, retract } = writeStream(STREAM);
    add('2022-12-31', observed('2022', '45'));
    const second = add('2022-12-31', observed('2022', '54', Maturity.FINAL));
    correct(second, '2022-12-31', observed('2022', '44', Maturity.FINAL));
    expect(foldIndicator(STREAM, entries).observations.get('2022|')).toMatchObject({ value: '44' });
    retract(second);
    expect(foldIndicator(STREAM, entries).observations.get('2022|')).toMatchObject({ value: '45' });
  });

  test('its standing carries every observation with its entries and the version seen', () => {
    const { entries, add } = writeStream(STREAM);
    const position = add('2022-12-31', observed('2022', '45', Maturity.FINAL));
    const standing = indicatorStanding('elderly-care', 'v0', foldIndicator(STREAM, entries), 'p', 3);
    expect(standing).toMatchObject({
      ...{ plan: 'p', stream: STREAM, sector: 'elderly-care', rules: 'v0', generation: 3, version: 1, position },
      observations: [{ period: '2022', value: '45', maturity: 'final', on: '2022-12-31', entries: [position] }],
    });
  });

  test('folded one by one or all at once it is the same', () => {
    const steps = fc.array(
      fc.record({ what: fc.nat(3), n: fc.nat(30), period: fc.constantFrom('2022', '2023-Q1', '2023-04') }),
      {
        minLength: 1,
        maxLength: 25,
      },
    );
    fc.assert(
      fc.property(steps, (given) => {
        const { entries, add, correct, retract } = writeStream(STREAM);
        for (const { what, n, period } of given) {
          const named = entries[n % Math.max(1, entries.length)]?.position ?? 0;
          const observation = entries.find(({ position }) => position === named)?.event.case === 'indicatorObserved';
          if (what === 0 || !observation) add('2023-01-01', observed(period, String(n)));
          else if (what === 1) add('2023-01-01', revised(named, String(n)));
          else if (what === 2) correct(named, '2023-01-01', observed(period, String(n)));
          else retract(named);
        }
        const step = (state: IndicatorState, entry: Entry): IndicatorState => {
          const next = evolveIndicator(state, entry);
          return next === 'refold' ? foldIndicator(STREAM, entries.slice(0, entry.version)) : next;
        };
        expect(entries.reduce(step, emptyIndicator(STREAM))).toEqual(foldIndicator(STREAM, entries));
      }),
      { numRuns: 300 },
    );
  });
});
