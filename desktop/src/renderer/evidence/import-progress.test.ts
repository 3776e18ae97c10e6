import { expect, it } from 'vitest';
import { advance } from './import-progress.ts';

const message = (phase: string, done: number) => ({
  phase,
  done,
  total: 1000,
  unit: 'bytes' as const,
  subject: 'x',
});

it('knows rate and time left from the second message on', () => {
  const first = advance(undefined, message('hashing', 0), 1000);
  expect(first.rate).toBeUndefined();
  const second = advance(first, message('hashing', 500), 3000);
  expect(second).toMatchObject({ rate: 250, left: 2 });
});

it('takes a count of files as the end of the file that it names', () => {
  const first = advance(undefined, message('import', 400), 1000);
  const last = advance(first, { phase: 'files', done: 1, total: 3, unit: 'files', subject: 'x' }, 2000);
  expect(last).toEqual({ phase: 'done', done: 1000, total: 1000, unit: 'bytes', since: 2000 });
});

it('starts anew with another phase', () => {
  const first = advance(undefined, message('hashing', 900), 1000);
  expect(advance(first, message('reading', 100), 9000)).toMatchObject({ since: 9000, done: 100 });
});
