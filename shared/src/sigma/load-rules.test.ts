import { describe, expect, it } from 'vitest';
import { entry } from '../text/yaml-value.ts';
import { loadRules } from './load-rules.ts';
import type { DetectionRule } from './rule.ts';

const rule = (body: string) => `title: Case\nlogsource: {category: database}\n${body}`;
const detection = (body: string, condition = 'sel') =>
  rule(`detection:\n  ${body}\n  condition: ${condition}\n`);
const problems = (text: string) =>
  loadRules([{ name: 'a.yml', text }]).problems.map(({ code, at }) => [code, at?.line]);

describe('loading rules', () => {
  it('keeps what a rule says of itself', () => {
    const { value, problems: found } = loadRules([
      {
        name: 'a.yml',
        text: `
title: A rule
id: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70
name: a-rule
status: test
level: high
date: 2026/1/5
author: Somebody
custom: kept
references: [https://example.org]
tags: [attack.collection]
falsepositives:
logsource: {category: database, product: PostgreSQL}
detection:
  sel: {user: x}
  condition: sel
`,
      },
    ]);
    expect(found).toEqual([]);
    expect(value.rules[0]).toMatchObject({
      kind: 'detection',
      key: '0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70',
      name: 'a-rule',
      level: 'high',
      date: '2026-01-05',
      author: 'Somebody',
      logsource: { category: 'database', product: 'postgresql' },
      tags: ['attack.collection'],
      falsepositives: [],
    });
    expect(value.rules[0]?.text).toContain('custom: kept');
  });

  it('reads many documents of a file, and skips empty ones', () => {
    const text = `---\n---\n${detection('sel: {user: a}')}---\n${detection('sel: {user: b}')}---\n`;
    expect(loadRules([{ name: 'a.yml', text }]).value.rules).toHaveLength(2);
  });

  it('keeps a faulty rule with its faults, and the others without', () => {
    const text = `${detection('sel: {user|nope: a}')}---\n${detection('sel: {user: b}')}`;
    const { value } = loadRules([{ name: 'a.yml', text }]);
    expect(value.rules.map((loaded) => loaded.faults.map((fault) => fault.code))).toEqual([
      ['sigma/unknown-modifier'],
      [],
    ]);
  });

  it('points at what is wrong, in UTF-16 units', () => {
    const text = detection("sel: {user|re: 'a(?=b)'}").replace('Case', 'Käse 🧀');
    const [problem] = loadRules([{ name: 'a.yml', text }]).problems;
    expect(problem?.at).toMatchObject({ file: 'a.yml', line: 4 });
    expect(text.slice(problem?.at?.span?.from, problem?.at?.span?.to)).toBe("'a(?=b)'");
  });

  it('points at the value among others, and at the key where that is wrong', () => {
    const where = (body: string) => {
      const text = detection(body);
      return loadRules([{ name: 'a.yml', text }]).problems.map(({ at }) =>
        text.slice(at?.span?.from, at?.span?.to),
      );
    };
    expect(where('sel: {client_ip|cidr: [10.0.0.0/8, 10.0.0.1/8, x]}')).toEqual(['10.0.0.1/8', 'x']);
    expect(where('sel: {client_ip|cidr|re: [a, b]}')).toEqual(['client_ip|cidr|re']);
  });

  it('Y5: a rule without detection, as it is being typed, has all that is there', () => {
    const { value, problems: found } = loadRules([
      { name: 'a.yml', text: 'title: T\nlogsource:\n  category: database\nlevel: low\ndetec' },
    ]);
    expect(found.map(({ code }) => code)).toContain('sigma/not-a-rule');
    expect(value.rules).toMatchObject([{ title: 'T', level: 'low', logsource: { category: 'database' } }]);
    expect(value.rules[0]?.faults).not.toEqual([]);
  });

  it('S5: keeps what the specification does not know', () => {
    const { value } = loadRules([
      { name: 'a.yml', text: `custom: {a: [1]}\n${detection('sel: {user: a}')}` },
    ]);
    expect(entry(value.documents[0]?.root, 'custom')?.value).toMatchObject({
      entries: [{ key: 'a', value: { items: [{ value: 1n }] } }],
    });
  });

  it('points into a condition', () => {
    const text = detection('sel: {user: a}', 'sel and seltion');
    const [problem] = loadRules([{ name: 'a.yml', text }]).problems;
    expect(text.slice(problem?.at?.span?.from, problem?.at?.span?.to)).toBe('seltion');
  });

  // biome-ignore format: a table of cases
  it.each([
    ['broken YAML', 'title: [', ['sigma/yaml', 1]],
    ['a duplicate key (Y4)', rule('detection:\n  sel: {user: a}\n  sel: {user: b}\n  condition: sel\n'), ['sigma/duplicate-key', 5]],
    ['no kind of rule', 'title: x\n', ['sigma/not-a-rule', 1]],
    ['no title', 'logsource: {category: database}\ndetection: {sel: {a: b}, condition: sel}', ['sigma/title', 1]],
    ['an id that is no UUID', `id: 7\n${detection('sel: {user: a}')}`, ['sigma/id', 1]],
    ['an unknown level', `level: severe\n${detection('sel: {user: a}')}`, ['sigma/level', 1]],
    ['a date that is none', `date: yesterday\n${detection('sel: {user: a}')}`, ['sigma/date', 1]],
    ['a tag without name space', `tags: [collection]\n${detection('sel: {user: a}')}`, ['sigma/tag', 1]],
    ['related without type', `related: [{id: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70}]\n${detection('sel: {user: a}')}`, ['sigma/related', 1]],
    ['another taxonomy (P3)', `taxonomy: ecs\n${detection('sel: {user: a}')}`, ['sigma/taxonomy', 1]],
    ['an empty log source', 'title: x\nlogsource: {}\ndetection: {sel: {a: b}, condition: sel}', ['sigma/logsource', 2]],
    ['an empty search', detection('sel: {}'), ['sigma/empty-search', 4]],
    ['an empty list (V2)', detection('sel: {user: []}'), ['sigma/empty-list', 4]],
    ['null in a list (V2)', detection('sel: {user: [a, null]}'), ['sigma/null-in-list', 4]],
    ['a map as value (V2)', detection('sel: {user: {a: b}}'), ['sigma/nested-value', 4]],
    ['a value without number', detection('sel: {rows: .inf}'), ['sigma/value-type', 4]],
    ['no condition', rule('detection:\n  sel: {user: a}\n'), ['sigma/condition-missing', 3]],
    ['a condition that is a number (C7)', detection('sel: {user: a}', '7'), ['sigma/condition-type', 5]],
    ['an upper-case operator (C2)', detection('sel: {user: a}', 'sel AND sel'), ['sigma/condition-operator-case', 5]],
    ['a pipe (C2)', detection('sel: {user: a}', 'sel | count() > 5'), ['sigma/condition-pipe', 5]],
    ['two of (C2)', detection('sel: {user: a}', '2 of sel*'), ['sigma/condition-quantifier', 5]],
    ['an open parenthesis', detection('sel: {user: a}', '(sel'), ['sigma/condition-syntax', 5]],
    ['a thousand parentheses', detection('sel: {user: a}', '('.repeat(1000)), ['sigma/condition-too-deep', 5]],
    ['a pattern that selects nothing (C4)', detection('sel: {user: a}', 'sel and 1 of zz*'), ['sigma/selector-matches-nothing', 5]],
    ['a search named like an operator (C6)', detection('and: {user: a}\n  sel: {user: b}'), ['sigma/reserved-name', 4]],
    ['a time frame (V4)', detection('sel: {user: a}\n  timeframe: 5m'), ['sigma/old-timeframe', 5]],
    ['two tests in one item (M1)', detection('sel: {user|re|cidr: a}'), ['sigma/modifier-contradiction', 4]],
    ['a regex option alone', detection('sel: {user|i: a}'), ['sigma/regex-option-without-re', 4]],
    ['contains with a comparison (M1)', detection('sel: {rows|contains|gt: 5}'), ['sigma/modifier-contradiction', 4]],
    ['a quoted number', detection("sel: {rows|gt: '5'}"), ['sigma/quoted-number', 4]],
    ['exists with text', detection('sel: {user|exists: yes}'), ['sigma/exists-not-bool', 4]],
    ['a network with host bits', detection('sel: {client_ip|cidr: 10.0.0.1/8}'), ['sigma/cidr-host-bits', 4]],
    ['a network that is none', detection('sel: {client_ip|cidr: 10.0.0/8}'), ['sigma/cidr', 4]],
    ['a regex with lookahead', detection("sel: {user|re: '(?=a)'}"), ['sigma/regex', 4]],
    ['a named group that RE2 refuses', detection("sel: {user|re: '(?<n>a)'}"), ['sigma/regex', 4]],
    ['hour 25', detection('sel: {time|hour: 25}'), ['sigma/time-range', 4]],
    ['an encoded wildcard', detection("sel: {user|base64: 'a*'}"), ['sigma/encoded-wildcard', 4]],
    ['UTF-16 without Base64', detection('sel: {user|wide: a}'), ['sigma/encoding-without-base64', 4]],
    ['expand without placeholder', detection('sel: {user|expand: a}'), ['sigma/placeholder-missing', 4]],
    ['brackets that choose nothing (S3)', `sigma-version: 3\n${detection("sel: {'objects[some]': a}")}`, ['sigma/array-selector', 5]],
    ['arrays within arrays without end', `sigma-version: 3\n${detection(`sel: {'a${'[0]'.repeat(20_000)}': a}`)}`, ['sigma/array-selector', 5]],
    ['keywords about a member', `sigma-version: 3\n${detection("sel: {'objects[any]': {'|contains': a, b: c}}")}`, ['sigma/keyword-in-block', 5]],
  ])('tells of %s and where', (_, text, expected) => {
    expect(problems(text)).toContainEqual(expected);
  });

  it('takes nothing as an error that the public corpus writes', () => {
    expect(
      problems(
        detection("sel: {user|contains|all: [a, b], 'rows': 5, client_ip|cidr: 10.0.0.0/8, q: '%TEMP%'}"),
      ),
    ).toEqual([]);
  });

  it('ends on aliases that multiply', () => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; i < 9; i++)
      text += `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    expect(
      problems(`title: x\n${text}detection: {sel: {a: *a8}, condition: sel}\n`).map(([code]) => code),
    ).toContain('sigma/too-large');
  });

  it('ends on conditions that multiply', () => {
    const searches = Array.from({ length: 2000 }, (_, i) => `s${i}: {user: a}`).join('\n  ');
    const condition = Array(2000).fill('1 of s*').join(' or ');
    expect(problems(detection(searches, condition)).map(([code]) => code)).toContain('sigma/too-large');
    const list = Array(1000).fill('a').join(', ');
    const again = Array(1000).fill('sel').join(' or ');
    expect(problems(detection(`sel: {user: [${list}]}`, again)).map(([code]) => code)).toContain(
      'sigma/too-large',
    );
  });

  it('never throws, whatever is cut off', () => {
    const text = detection(
      "sel:\n    - user|re|i: '^a.*'\n      client_ip|cidr: ['::/0']\n    - keyword\n  x: &x {a: *x}",
      '1 of sel* and not (x or sel)',
    );
    for (let end = 0; end <= text.length; end++)
      expect(() => loadRules([{ name: 'a.yml', text: text.slice(0, end) }])).not.toThrow();
  });
});

describe('old collections of rules (Y2)', () => {
  const load = (...documents: readonly string[]) =>
    loadRules([{ name: 'a.yml', text: documents.join('---\n') }]);
  const fieldOf = (rule: unknown) => JSON.stringify([...(rule as DetectionRule).detections]);
  const global =
    'action: global\ntitle: All\nlogsource:\n  category: database\ndetection:\n  condition: sel\n';
  const sel = (field: string) => `detection:\n  sel:\n    ${field}: x\n`;

  it('merges global into each rule that follows, until reset', () => {
    const { value, problems: found } = load(
      global,
      sel('one'),
      `logsource:\n  category: other\n  product: mysql\n${sel('two')}`,
      'action: reset\n',
      detection('sel: {three: x}'),
    );
    expect(found.map(({ code }) => code)).toEqual(['sigma/collection-action', 'sigma/collection-action']);
    expect(value.rules).toMatchObject([
      { title: 'All', logsource: { category: 'database' }, conditions: [{ name: 'sel' }] },
      // Global wins, as sigmac and pySigma have it.
      { title: 'All', logsource: { category: 'database', product: 'mysql' } },
      { title: 'Case' },
    ]);
    expect(value.rules.map((rule) => /one|two|three/.exec(fieldOf(rule))?.[0])).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('repeats the rule before, with changes', () => {
    const { value } = load(
      detection('sel: {one: x}'),
      'action: repeat\ntitle: Again\n',
      'action: repeat\nlevel: low\n',
    );
    expect(value.rules).toMatchObject([
      { title: 'Case' },
      { title: 'Again' },
      { title: 'Again', level: 'low' },
    ]);
  });

  it('leaves correlations and filters as they are', () => {
    const { value } = load(
      global,
      'title: F\nlogsource: {category: x}\nfilter: {rules: any, sel: {a: b}, condition: sel}\n',
    );
    expect(value.filters).toMatchObject([{ title: 'F', logsource: { category: 'x' } }]);
  });

  it('carries the faults of what is merged', () => {
    const { value } = load(
      `${global}level: severe\n`,
      sel('one'),
      'action: reset\n',
      detection('sel: {two: x}'),
    );
    expect(value.rules.map(({ faults }) => faults.map(({ code }) => code))).toEqual([['sigma/level'], []]);
  });

  it.each(['action: merge\n', 'action: [global]\n', 'action: repeat\n'])('refuses %j', (text) => {
    expect(load(`${text}${detection('sel: {a: x}')}`).value.rules[0]?.faults.map(({ code }) => code)).toEqual(
      ['sigma/collection-action-unknown'],
    );
  });
});

describe('loading correlations', () => {
  const correlation = (body: string) =>
    `title: C\ncorrelation:\n  type: event_count\n  rules: [base]\n  group-by: [user]\n  timespan: 5m\n  condition: {gte: 2}\n`.replace(
      ...(body.split(' => ') as [string, string]),
    );
  const base = `---\nname: base\n${detection('sel: {user: a}')}`;

  it('is without problem as written', () => {
    expect(problems(correlation('x => x') + base)).toEqual([]);
  });

  // biome-ignore format: a table of cases
  it.each([
    ['an unknown type', 'event_count => event_sum', 'sigma/correlation-type'],
    ['no rules', 'rules: [base] => fules: [base]', 'sigma/correlation'],
    ['a rule that is not there (K15)', 'rules: [base] => rules: [bass]', 'sigma/reference-not-found'],
    ['a blank in the timespan (K14)', '5m => 5 m', 'sigma/timespan'],
    ['no time at all (K14)', '5m => 0s', 'sigma/timespan'],
    ['months for minutes (K14)', '5m => 5M', 'sigma/timespan-unit'],
    ['an unknown operator (K6)', 'gte: 2 => min: 2', 'sigma/correlation-condition'],
    ['a quoted threshold (K6)', "gte: 2 => gte: '2'", 'sigma/threshold-text'],
    ['a condition that nothing satisfies best (K6)', 'gte: 2 => lt: 1', 'sigma/never-observable'],
    ['a value type without field', 'event_count => value_sum', 'sigma/correlation-condition'],
    ['an unknown window (K13)', 'timespan: 5m => timespan: 5m\n  window: hopping', 'sigma/window'],
    ['no group (K2)', 'group-by: [user] => group-bye: [user]', 'sigma/group-by-missing'],
  ])('tells of %s', (_, change, code) => {
    expect(problems(correlation(change) + base).map(([found]) => found)).toContain(code);
  });

  it('refuses a circle (K12)', () => {
    const one = correlation('rules: [base] => rules: [two]').replace('title: C', 'title: A\nname: one');
    const two = correlation('rules: [base] => rules: [one]').replace('title: C', 'title: B\nname: two');
    // What only leads into the circle is no part of it.
    const outer = correlation('rules: [base] => rules: [one]');
    expect(problems(`${outer}---\n${one}---\n${two}`).map(([code]) => code)).toEqual([
      'sigma/reference-cycle',
      'sigma/reference-cycle',
    ]);
    const self = correlation('rules: [base] => rules: [base, me]').replace('title: C', 'title: A\nname: me');
    expect(problems(self + base).map(([code]) => code)).toEqual(['sigma/reference-cycle']);
  });

  it.each([
    ['a rule that is not there', 'rules: [base] => rules: [base, nowhere]', 'nowhere'],
    ['itself', 'rules: [base] => rules: [base, me]', 'me'],
  ])('points at the reference to %s', (_, change, reference) => {
    const text = correlation(change).replace('title: C', 'title: C\nname: me') + base;
    const places = loadRules([{ name: 'a.yml', text }]).problems.map(({ at }) => at?.span);
    expect(places.map((span) => text.slice(span?.from, span?.to))).toEqual([reference]);
  });

  it('follows chains of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => ({
      name: `${i}.yml`,
      text: `title: C\nname: c${i}\ncorrelation:\n  type: event_count\n  rules:\n    - c${i + 1}\n  group-by:\n    - user\n  timespan: 5m\n  condition:\n    gte: 2\n`,
    }));
    expect(loadRules(chain).problems.map(({ code }) => code)).toEqual(['sigma/reference-not-found']);
  });

  it('finds rules in other files by id and by name', () => {
    const { value, problems: found } = loadRules([
      {
        name: 'c.yml',
        text: correlation('rules: [base] => rules: [base, 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70]'),
      },
      { name: 'b.yml', text: `name: base\n${detection('sel: {user: a}')}` },
      { name: 'd.yml', text: `id: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70\n${detection('sel: {user: a}')}` },
    ]);
    expect(found).toEqual([]);
    expect(value.rules).toHaveLength(3);
  });
});
