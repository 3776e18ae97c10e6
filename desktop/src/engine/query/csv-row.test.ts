import { expect, test } from 'vitest';
import { csvRow } from './csv-row.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'])(
  'a spreadsheet does not run %j',
  (cell) => {
    expect(csvRow([cell])).toBe(`"'${cell}"\r\n`);
  },
);

test('every cell is quoted, absent ones are empty, lists stand in one cell', () => {
  expect(csvRow(['a', undefined, ['x', 'y'], 'say "no", 1=1'])).toBe('"a","","x; y","say ""no"", 1=1"\r\n');
});
