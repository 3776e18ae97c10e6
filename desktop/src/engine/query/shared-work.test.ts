import { expect, test } from 'vitest';
import { SharedWork } from './shared-work.ts';

/** Work that ends when it is told to, and tells whether it was cancelled. */
function held() {
  let finish: (value: string) => void = () => undefined;
  let cancelled = false;
  const work = new SharedWork<string>(
    (signal) =>
      new Promise((resolve, reject) => {
        finish = resolve;
        signal.addEventListener('abort', () => {
          cancelled = true;
          reject(signal.reason);
        });
      }),
  );
  return { work, finish: (value: string) => finish(value), cancelled: () => cancelled };
}

test('who leaves does not stop the answer of another', async () => {
  const { work, finish, cancelled } = held();
  const leaving = new AbortController();
  const first = work.wait(leaving.signal);
  const second = work.wait(new AbortController().signal);
  leaving.abort(new Error('left'));
  await expect(first).rejects.toThrow('left');
  expect(cancelled()).toBe(false);
  finish('done');
  expect(await second).toBe('done');
});

test('work that nobody waits for any more is cancelled', async () => {
  const { work, cancelled } = held();
  const signals = [new AbortController(), new AbortController()];
  const waiting = signals.map(({ signal }) => work.wait(signal));
  for (const signal of signals) signal.abort(new Error('left'));
  for (const one of waiting) await expect(one).rejects.toThrow('left');
  expect(cancelled()).toBe(true);
  expect(work.abandoned).toBe(true);
});

test('what is done stays, whoever leaves later', async () => {
  const { work, finish } = held();
  const late = new AbortController();
  finish('done');
  expect(await work.wait()).toBe('done');
  late.abort(new Error('left'));
  await expect(work.wait(late.signal)).rejects.toThrow('left');
  expect(work.abandoned).toBe(false);
});
