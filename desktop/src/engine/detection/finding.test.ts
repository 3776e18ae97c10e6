import type { Match } from '@dbwitness/shared/sigma/detection.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { expect, test } from 'vitest';
import { type EventFacts, findingsOf } from './finding.ts';

const { value: rules } = loadRules([
  {
    name: 'read.yml',
    text: `title: Read of a table
id: 5c1e1a52-5d6c-4b0e-9d1c-0d9d4d1f0001
name: read
level: high
logsource: { category: database }
detection: { selection: { action: SELECT }, condition: selection }
---
title: Many reads
id: 5c1e1a52-5d6c-4b0e-9d1c-0d9d4d1f0002
correlation: { type: event_count, rules: [read], group-by: [user], timespan: 1h, condition: { gte: 2 } }
`,
  },
]);
const [read, many] = rules.rules;
if (read === undefined || many === undefined) throw new Error('the rules did not load');

function match(time: number, ...events: string[]): Match {
  return {
    rule: 'x',
    events,
    count: events.length,
    first: time,
    last: time + events.length - 1,
    fired_at: time,
  };
}

const facts = new Map<string, EventFacts>([
  ['E001:1', { source: 'db1', session: 'a', user: 'eve', object: 'crm.customer' }],
  ['E001:2', { source: 'db1', session: 'a', user: 'eve', object: 'crm.card' }],
  ['E001:3', { source: 'db1', session: 'b', user: 'eve', object: 'crm.customer' }],
  ['E001:4', { source: 'db1', session: 'a', user: 'bob' }],
]);
const factsOf = (event: string) => facts.get(event);

test('single events of one person in one session are one finding, others their own', () => {
  const found = findingsOf(
    read,
    [match(1, 'E001:1'), match(2, 'E001:2'), match(3, 'E001:3'), match(4, 'E001:4')],
    factsOf,
  );
  expect(found.map(({ id, count, user, object }) => ({ id, count, user, object }))).toEqual([
    { id: `${read.key}@E001:1`, count: 2, user: 'eve', object: 'crm.customer and 1 more' },
    { id: `${read.key}@E001:3`, count: 1, user: 'eve', object: 'crm.customer' },
    { id: `${read.key}@E001:4`, count: 1, user: 'bob', object: undefined },
  ]);
  expect(found[0]).toMatchObject({
    first: 1,
    last: 2,
    events: ['E001:1', 'E001:2'],
    level: 'high',
    source: 'db1',
  });
});

test('each match of a correlation is a finding of its own', () => {
  const found = findingsOf(many, [match(1, 'E001:1', 'E001:2'), match(9, 'E001:3', 'E001:4')], factsOf);
  expect(found.map(({ count, events }) => ({ count, events }))).toEqual([
    { count: 2, events: ['E001:1', 'E001:2'] },
    { count: 2, events: ['E001:3', 'E001:4'] },
  ]);
});

test('a finding cites at most a thousand events and still counts them all', () => {
  const matches = Array.from({ length: 1500 }, (_, i) => match(i, `E002:${i}`));
  const [found] = findingsOf(read, matches, () => ({ source: 'db1', session: 's', user: 'u' }));
  expect(found).toMatchObject({ count: 1500 });
  expect(found?.events).toHaveLength(1000);
});
