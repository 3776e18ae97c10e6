import { expect, it } from 'vitest';
import { matchActions } from '../shell/match-actions.ts';
import { pressedKeys } from './actions.ts';

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  [{ ...NONE, key: 'k', ctrlKey: true }, 'Mod+K'],
  [{ ...NONE, key: 'k', metaKey: true }, 'Mod+K'],
  [{ ...NONE, key: '?', shiftKey: true }, '?'],
  [{ ...NONE, key: 'U', shiftKey: true }, 'U'],
  [{ ...NONE, key: 'ArrowLeft', shiftKey: true }, 'Shift+ArrowLeft'],
  [{ ...NONE, key: 'g' }, 'g'],
])('names the pressed keys', (event, keys) => {
  expect(pressedKeys(event)).toBe(keys);
});

it('finds commands by every word, titles that begin so first', () => {
  const action = (title: string) => ({ id: title, group: 'Go to', title });
  const list = [action('New case'), action('Cases'), action('Close case')];
  expect(matchActions(list, 'case').map((one) => one.title)).toEqual(['Cases', 'New case', 'Close case']);
  expect(matchActions(list, 'go clo').map((one) => one.title)).toEqual(['Close case']);
  expect(matchActions(list, '').length).toBe(3);
});
