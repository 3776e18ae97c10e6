import { describe, expect, it } from 'vitest';
import { loadRules } from '../load-rules.ts';
import { ANY_EVENTS, CASE_EVENTS } from '../plan/event-kind.ts';
import { planRule } from '../plan/plan.ts';
import type { Predicate } from '../predicate.ts';
import type { DocumentFields } from './document.ts';
import { membersTest } from './members.ts';

function load(search: string, version = 3) {
  const lines = search
    .trim()
    .split('\n')
    .map((line) => `    ${line}`);
  const text = `title: x\nsigma-version: ${version}\nlogsource:\n  category: database\ndetection:\n  sel:\n${lines.join('\n')}\n  condition: sel\n`;
  const { value, problems } = loadRules([{ name: 'a.yml', text }]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [rule] = value.rules;
  if (rule?.kind !== 'detection') throw new Error('no rule');
  return rule;
}

function predicate(search: string, version?: number): Predicate {
  const made = planRule(load(search, version), [], undefined, ANY_EVENTS);
  if (!('plan' in made)) throw new Error(made.reason);
  return made.plan.selections.get('sel') ?? { kind: 'or', of: [] };
}

function holds(search: string, event: DocumentFields): boolean {
  const found = predicate(search);
  if (found.kind !== 'members') throw new Error(`not about members: ${found.kind}`);
  return membersTest(found, 'UTC')(event);
}

describe('array selectors (R17)', () => {
  const some = { a: [{ n: 1 }, { n: 2 }] };
  const every = { a: [{ n: 1 }, { n: 1 }] };
  const none = { a: [{ n: 2 }] };
  // biome-ignore format: a table of cases
  it.each([
    ['any', [true, true, false, false, false]],
    ['all', [false, true, false, false, false]],
    ['all_or_empty', [false, true, false, true, true]],
    ['none', [false, false, true, true, true]],
    ['0', [true, true, false, false, false]],
    ['-1', [false, true, false, false, false]],
    ['7', [false, false, false, false, false]],
  ])('[%s] of some, every, none, no member and no array', (which, expected) => {
    const rule = `a[${which}]:\n  n: 1`;
    expect([some, every, none, { a: [] }, { b: 1 }].map((event) => holds(rule, event))).toEqual(expected);
  });

  // biome-ignore format: a table of cases
  it.each<[string, string, readonly DocumentFields[], readonly DocumentFields[]]>([
    ['one member with all items', 'c[any]:\n  p: tcp\n  ip|cidr: 10.0.0.0/8', [{ c: [{ p: 'TCP', ip: '10.1.1.1' }] }], [{ c: [{ p: 'tcp', ip: '192.0.2.1' }, { p: 'udp', ip: '10.1.1.1' }] }]],
    ['alternatives', 'c[all]:\n  - p: tcp\n  - p: udp', [{ c: [{ p: 'tcp' }, { p: 'udp' }] }], [{ c: [{ p: 'tcp' }, { p: 'icmp' }] }]],
    ['plain values', 'c[none]|startswith: x', [{ c: ['ax', 'b'] }, {}], [{ c: ['a', 'Xb'] }]],
    ['a list of values', 'c[all]: [1, 2]', [{ c: [1, 2, '2'] }], [{ c: [1, 3] }]],
    ['a value alone as one member', 'c[all]: x', [{ c: 'X' }], [{ c: 'y' }]],
    ['a place', 'c[1]|re: ^b', [{ c: ['a', 'b'] }], [{ c: ['b', 'a'] }, { c: ['b'] }]],
    ['a place where nothing stands (R3)', 'c[3]: null', [{ c: ['a'] }, { c: [1, 2, 3, null] }, {}], [{ c: [1, 2, 3, 4] }]],
    ['not equal at a place', 'c[0]|neq: a', [{ c: ['b'] }, {}], [{ c: ['A', 'b'] }]],
    ['a path below a member', 'c[any].d.e|contains: x', [{ c: [{ d: { e: 'axb' } }] }, { c: [{ 'd.e': 'x' }] }], [{ c: [{ e: 'x' }] }]],
    ['a path above', 'r.c[any]: x', [{ r: { c: ['x'] } }, { 'R.C': ['x'] }], [{ c: ['x'] }]],
    ['members of members', 'c[any].d[all]: x', [{ c: [{ d: ['y'] }, { d: ['x', 'x'] }] }], [{ c: [{ d: ['x', 'y'] }, { d: ['y', 'x'] }] }]],
    ['places in places', 'c[0][-1]: x', [{ c: [['a', 'x'], ['y']] }], [{ c: [['x', 'a'], ['x']] }]],
    ['numbers as numbers', 'c[all]|gt: 4', [{ c: [5, '6'] }], [{ c: [5, 4] }, { c: ['x'] }]],
    ['times', 'c[any].t|hour: 3', [{ c: [{ t: '2026-01-02T03:04:05Z' }] }], [{ c: [{ t: 'never' }] }]],
    ['fields of one member', 'c[any]:\n  a|fieldref: b', [{ c: [{ a: 'x', b: 'X' }] }], [{ c: [{ a: 'x' }, { b: 'x' }] }]],
    ['a member without a field', 'c[any]:\n  a: null', [{ c: [{ a: 1 }, { b: 1 }] }], [{ c: [{ a: 1 }] }, {}]],
    ['the member itself', 'c[all]:\n  .|gte: 500\n  .|neq: 504', [{ c: [500, 503] }], [{ c: [500, 504] }]],
    ['a condition of its own', 'c[any]:\n  condition: in_range and not tcp\n  in_range:\n    ip|startswith: 10.\n  tcp:\n    p: tcp', [{ c: [{ ip: '10.1', p: 'udp' }] }], [{ c: [{ ip: '10.1', p: 'tcp' }, { ip: '9.1', p: 'udp' }] }]],
    ['escaped brackets', 'c\\[0\\][any]: x', [{ 'c[0]': ['x'] }], [{ c: [['x']] }]],
  ])('ask for %s', (_, rule, those, others) => {
    expect(those.map((event) => holds(rule, event))).toEqual(those.map(() => true));
    expect(others.map((event) => holds(rule, event))).toEqual(others.map(() => false));
  });

  it('S3: are part of the name before version 3', () => {
    expect(predicate('a[any]: x', 2)).toMatchObject({ kind: 'text', field: 'a[any]' });
  });

  it('keep a rule from events that are tables', () => {
    expect(planRule(load('flags[any]: x'), [], undefined, CASE_EVENTS)).toMatchObject({ status: 'skipped' });
  });
});
