import { expect, test } from 'vitest';
import { Gatherer } from './gather.ts';

/** Gathers single events, given as user and session; at most two groups of each level. */
function gathered(...events: readonly (readonly [user: string, session: string])[]) {
  const gatherer = new Gatherer(2, 3);
  for (const [i, [user, session]] of events.entries()) {
    const at = i + 1;
    gatherer.take(
      { events: [`E001:${i}`], count: 1, first: at, last: at, fired_at: at, held: 1 << (i % 2) },
      (level) => [`${user} ${session}`, user, ''][level] ?? '',
    );
  }
  return gatherer.matches('rule', ['one', 'other']);
}

test('matches of one group are one, with what all of them met', () => {
  expect(gathered(['eve', 'a'], ['bob', 'b'], ['bob', 'b'])).toEqual([
    { rule: 'rule', events: ['E001:0'], count: 1, first: 1, last: 1, fired_at: 1, selections: ['one'] },
    {
      rule: 'rule',
      events: ['E001:1', 'E001:2'],
      count: 2,
      first: 2,
      last: 3,
      fired_at: 2,
      selections: ['one', 'other'],
    },
  ]);
});

test('with too many groups, none is left out: the rest go to coarser ones', () => {
  const events = ['a', 'b', 'c', 'd', 'e'].flatMap((user) => [[user, '1'] as const, [user, '2'] as const]);
  const counts = gathered(...events).map(({ events: cited, count }) => [cited[0], count]);
  expect(counts).toEqual([
    ['E001:0', 1],
    ['E001:1', 1],
    ['E001:2', 2],
    ['E001:4', 2],
    ['E001:6', 4],
  ]);
});

test('a group cites its first thousand events and counts all', () => {
  const [match] = gathered(...Array.from({ length: 1500 }, () => ['eve', 'a'] as const));
  expect(match).toMatchObject({ count: 1500, first: 1, last: 1500 });
  expect(match?.events).toHaveLength(1000);
});
