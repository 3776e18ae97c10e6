import { expect, test } from 'vitest';
import { eventStorage } from './event-storage.ts';

const storage = eventStorage(new Set(['user', 'time_basis']));

test('values that the view changes are not judged as the records hold them', () => {
  expect(storage.values('user')).toBeDefined();
  // The view adds the clock offset of the source.
  expect(storage.values('time_basis')).toBeUndefined();
  expect(storage.values('message')).toBeUndefined();
});

test('a query reads no table but those of its columns', () => {
  expect(storage.events(new Set(['user', 'rows']))).not.toContain('JOIN');
  expect(storage.events(new Set(['statement']))).toContain('.statement s');
});
