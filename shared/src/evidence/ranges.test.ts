import { expect, test } from 'vitest';
import {
  type RangePiece,
  type RangeRun,
  RangeTable,
  rangesText,
  readRangeRun,
  tilingProblem,
} from './ranges.ts';

const table = (pieces: readonly RangePiece[]) => {
  const built = new RangeTable();
  for (const piece of pieces) built.add(piece);
  return built.runs();
};

const PIECES: readonly RangePiece[] = [
  { kind: 'record', from: 0, to: 10 },
  { kind: 'record', from: 10, to: 12 },
  { kind: 'ignored', from: 12, to: 13, code: 'blank-line' },
  { kind: 'ignored', from: 13, to: 14, code: 'blank-line' },
  { kind: 'rejected', from: 14, to: 20, code: 'x/bad' },
  { kind: 'rejected', from: 20, to: 21, code: 'x/worse' },
  { kind: 'record', from: 21, to: 30 },
];

test('pieces become maximal runs, records counted through', () => {
  const runs = table(PIECES);
  expect(runs).toEqual([
    { k: 'records', from: 0, to: 12, first: 0, count: 2 },
    { k: 'ignored', from: 12, to: 14, code: 'blank-line' },
    { k: 'rejected', from: 14, to: 20, code: 'x/bad' },
    { k: 'rejected', from: 20, to: 21, code: 'x/worse' },
    { k: 'records', from: 21, to: 30, first: 2, count: 1 },
  ]);
  expect(tilingProblem(runs, 30)).toBeUndefined();
  expect(tilingProblem([], 0)).toBeUndefined();
});

test('the file reads back line by line', () => {
  const runs = table(PIECES);
  const text = rangesText(runs);
  expect(text.split('\n')[0]).toBe('{"count":2,"first":0,"from":0,"k":"records","to":12}');
  expect(text.trimEnd().split('\n').map(readRangeRun)).toEqual(runs);
  for (const bad of [
    '',
    '{}',
    '{"from":0,"k":"records","to":1}',
    '{"code":"x","from":-1,"k":"ignored","to":1}',
    '{"from":0,"k":"ignored","to":1}',
  ]) {
    expect(readRangeRun(bad), bad).toBeUndefined();
  }
});

test('whatever does not tile is named with its byte', () => {
  const [first, second] = table(PIECES) as [RangeRun, RangeRun];
  expect(tilingProblem([first], 30)).toBe('the runs end at byte 12 of 30');
  expect(tilingProblem([second], 14)).toBe('a hole between byte 0 and byte 12');
  expect(tilingProblem([first, first], 24)).toBe('an overlap between byte 12 and byte 0');
  expect(tilingProblem([{ k: 'ignored', from: 0, to: 0, code: 'x' }], 0)).toBe('an empty run at byte 0');
  expect(tilingProblem([{ k: 'records', from: 0, to: 4, first: 1, count: 1 }], 4)).toBe(
    'record 0 is called 1 at byte 0',
  );
  expect(tilingProblem([{ k: 'records', from: 0, to: 4, first: 0, count: 5 }], 4)).toBe(
    '5 records in 4 bytes at 0',
  );
});
