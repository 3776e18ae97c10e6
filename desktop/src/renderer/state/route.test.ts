import { expect, it } from 'vitest';
import { formatRoute, parseRoute, SCREENS } from './route.ts';

it('reads back what it writes, whatever a log calls a thing', () => {
  for (const screen of SCREENS)
    for (const item of [undefined, 'E001:41', 'pg/65e2.fa4/3', 'a%b', '⟪x⟫ #?&'])
      expect(parseRoute(formatRoute(item === undefined ? { screen } : { screen, item }))).toEqual(
        item === undefined ? { screen } : { screen, item },
      );
});

it('goes to the cases where the address says nothing known', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#main', '#/%'])
    expect(parseRoute(hash).screen).toBe('cases');
});

it('keeps the screen when only the item cannot be read', () => {
  expect(parseRoute('#/timeline/%')).toEqual({ screen: 'timeline' });
});
