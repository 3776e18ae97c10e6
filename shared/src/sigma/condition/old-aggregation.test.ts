import { expect, it } from 'vitest';
import { loadRules } from '../load-rules.ts';
import { correlationOf } from './old-aggregation.ts';

// biome-ignore format: a table of cases
it.each([
  ['count() by user > 5', 'correlation: {type: event_count, rules: [r], group-by: [user], timespan: 5m, condition: {gt: 5}}'],
  ['count(dst_port) by src_ip >= 10', 'correlation: {type: value_count, rules: [r], group-by: [src_ip], timespan: 5m, condition: {gte: 10, field: dst_port}}'],
  [' sum( bytes )<1.5 ', 'correlation: {type: value_sum, rules: [r], timespan: 5m, condition: {lt: 1.5, field: bytes}}'],
  ['max(x) > 5', undefined], ['near a and b', undefined], ['sum() > 5', undefined], ['', undefined],
])('C2: | %s', (old, correlation) => {
  expect(correlationOf(old, 'r', '5m')).toBe(correlation);
});

it('C2: tells of an old aggregation with the correlation in its place, which is one', () => {
  const rule = (condition: string) =>
    `title: R\nname: logins\nlogsource: {category: database}\ndetection:\n  sel: {action: login}\n  timeframe: 10m\n  condition: ${condition}\n`;
  const [, message = ''] = loadRules([
    { name: 'a.yml', text: rule('sel | count() by user > 5') },
  ]).problems.map((problem) => problem.message);
  const draft = message.slice(message.indexOf('correlation: '));
  expect(draft).toContain('rules: [logins], group-by: [user], timespan: 10m');
  expect(
    loadRules([
      { name: 'b.yml', text: `${rule('sel').replace('  timeframe: 10m\n', '')}---\ntitle: C\n${draft}\n` },
    ]).problems,
  ).toEqual([]);
});
