import { expect, test } from '@jest/globals';
import { toCsv } from './csv.js';

test('a spreadsheet is told that it is UTF-8, and quotes what would break a row', () => {
  expect(
    toCsv([
      ['名称', '说明'],
      ['甲,乙', '他说"好"\n了'],
    ]),
  ).toBe('\uFEFF名称,说明\r\n"甲,乙","他说""好""\n了"\r\n');
});

test('what a spreadsheet would run stays text', () => {
  expect(toCsv([['=1+1', '+1', '-5.0', '@a', '100%']])).toBe("\uFEFF'=1+1,'+1,'-5.0,'@a,100%\r\n");
});
