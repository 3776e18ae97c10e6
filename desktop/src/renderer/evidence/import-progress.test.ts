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

it('starts anew with another phase', () => {
  const first = advance(undefined, message('hashing', 900), 1000);
  expect(advance(first, message('reading', 100), 9000)).toMatchObject({ since: 9000, done: 100 });
});
