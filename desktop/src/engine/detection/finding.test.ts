import type { Match } from '@dbwitness/shared/sigma/detection.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { expect, test } from 'vitest';
import { type EventFacts, findingGrouping, findingsOf } from './finding.ts';

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

test('events of one person in one session belong together, without a session those of one source', () => {
  const { key } = findingGrouping((exhibit) => (exhibit === 'E002' ? 'db1' : exhibit));
  const of = (exhibit: string, user?: string, session?: string, level = 0) =>
    key([exhibit, user, session], level);
  expect(of('E002', 'eve', 'a')).toBe(key(['db1', 'eve', 'a'], 0));
  expect(of('E002', 'eve', 'a')).not.toBe(of('E002', 'eve', 'b'));
  expect(of('E002', 'eve', 'a')).not.toBe(of('E003', 'eve', 'a'));
  expect(of('E002', 'eve', 'a', 1)).toBe(of('E002', 'eve', 'b', 1));
  expect(of('E002', 'eve', 'a', 1)).not.toBe(of('E002', 'bob', 'a', 1));
  expect(of('E002', 'eve', 'a', 2)).toBe(of('E002', 'bob', 'b', 2));
});

test('a match is a finding that says who and what its events are about', () => {
  const [found] = findingsOf(read, [match(1, 'E001:1', 'E001:2')], factsOf);
  expect(found).toMatchObject({
    id: `${read.key}@E001:1`,
    count: 2,
    user: 'eve',
    object: 'crm.customer and 1 more',
    first: 1,
    last: 2,
    events: ['E001:1', 'E001:2'],
    level: 'high',
    source: 'db1',
  });
});

test('each match of a correlation is a finding with an id of its own', () => {
  const found = findingsOf(many, [match(1, 'E001:1', 'E001:2'), match(1, 'E001:1', 'E001:4')], factsOf);
  expect(found.map(({ id, events }) => ({ id, events }))).toEqual([
    { id: `${many.key}@E001:1`, events: ['E001:1', 'E001:2'] },
    { id: `${many.key}@E001:1#2`, events: ['E001:1', 'E001:4'] },
  ]);
});
