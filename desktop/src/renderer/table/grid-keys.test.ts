import { expect, it } from 'vitest';
import { moveCell } from './grid-keys.ts';

const move = (row: number, column: number, key: string, mod = false, rows = 100) =>
  moveCell({ row, column }, key, mod, rows, 5, 20);

it('moves by cells and stays inside', () => {
  expect(move(3, 2, 'ArrowDown')).toEqual({ row: 4, column: 2 });
  expect(move(99, 2, 'ArrowDown')).toEqual({ row: 99, column: 2 });
  expect(move(3, 4, 'ArrowRight')).toEqual({ row: 3, column: 4 });
  expect(move(3, 0, 'ArrowLeft')).toEqual({ row: 3, column: 0 });
});

it('goes up into the header and back', () => {
  expect(move(0, 2, 'ArrowUp')).toEqual({ row: -1, column: 2 });
  expect(move(-1, 2, 'ArrowDown')).toEqual({ row: 0, column: 2 });
});

it('moves by screens', () => {
  expect(move(50, 1, 'PageDown')).toEqual({ row: 70, column: 1 });
  expect(move(5, 1, 'PageUp')).toEqual({ row: 0, column: 1 });
});

it('goes to the ends of the row, and with the modifier of the table', () => {
  expect(move(7, 2, 'Home')).toEqual({ row: 7, column: 0 });
  expect(move(7, 2, 'End', true)).toEqual({ row: 99, column: 4 });
  expect(move(7, 2, 'Home', true)).toEqual({ row: 0, column: 0 });
});

it('has only a header where there are no rows', () => {
  expect(move(-1, 0, 'End', true, 0)).toEqual({ row: -1, column: 4 });
});

it('leaves other keys alone', () => {
  expect(move(1, 1, 'q')).toBeUndefined();
});
