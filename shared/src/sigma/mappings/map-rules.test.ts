import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIELDS, fieldNamed } from '../../events/fields.ts';
import { planAsText } from '../convert/show-plan.ts';
import { loadRules } from '../load-rules.ts';
import { ANY_EVENTS } from '../plan/event-kind.ts';
import { planRule } from '../plan/plan.ts';
import { mapRules } from './map-rules.ts';
import { readPipeline } from './read-pipeline.ts';

const SHIPPED = 'shared/content/mappings';
const shipped = readdirSync(SHIPPED).map((name) =>
  readPipeline(name, readFileSync(join(SHIPPED, name), 'utf8')),
);

function pipeline(text: string) {
  const { value, problems } = readPipeline('p.yml', text);
  expect(problems).toEqual([]);
  return value;
}

/** The plan of the first rule after the mapping, in words, without its title. */
function planned(rules: string, ...texts: readonly string[]): string {
  const set = mapRules(loadRules([{ name: 'r.yml', text: rules }]).value, texts.map(pipeline));
  const [rule] = set.rules;
  if (rule?.kind !== 'detection') throw new Error('no rule');
  const made = planRule(rule, set.filters, undefined, ANY_EVENTS);
  return 'plan' in made ? planAsText(made.plan).split('\n').slice(1).join('\n') : made.reason;
}

const rule = (detection: string, head = '') =>
  `title: T\nname: t\n${head}logsource: {category: database, product: x}\ndetection:\n${detection}\n`;

const MAPPING = `name: names
transformations:
  - type: field_name_mapping
    mapping: {a: user, b: [client_ip, client_host], c: rows}
`;

describe('mapRules', () => {
  it('renames fields, one to several: any of them, and for neq all', () => {
    expect(planned(rule('  s: {a: x, b: y, b|neq: z, "a|fieldref": c}\n  condition: s'), MAPPING)).toBe(`  s
  s:
    all of
      user is x
      one of
        client_ip is y
        client_host is y
      all of
        not
          client_ip is z
        not
          client_host is z
      user is the same as rows`);
  });

  it('keeps what the rule wrote, through several mappings', () => {
    const set = mapRules(loadRules([{ name: 'r.yml', text: rule('  s: {z: x}\n  condition: s') }]).value, [
      pipeline('priority: 20\ntransformations:\n  - {type: field_name_mapping, mapping: {a: user}}\n'),
      pipeline('priority: 10\ntransformations:\n  - {type: field_name_mapping, mapping: {z: a}}\n'),
    ]);
    const [made] = set.rules;
    expect(made?.kind === 'detection' && [...(made.written ?? [])]).toEqual([
      ['a', 'z'],
      ['user', 'z'],
    ]);
  });

  it('adds conditions, changes log sources and values, each where its conditions hold', () => {
    const text = `transformations:
  - type: map_string
    field_name_conditions: [{type: include_fields, fields: [a]}]
    mapping: {READ: [r1, r2]}
  - type: replace_string
    regex: '^C:(.*)$'
    replacement: 'D:\\1'
  - type: set_value
    value: 7
    field_name_conditions: [{type: exclude_fields, fields: [a, b]}]
  - type: add_condition
    conditions: {format: csvlog}
    negated: true
    rule_conditions: [{type: logsource, category: database}]
  - type: add_condition
    conditions: {never: 1}
    rule_conditions: [{type: logsource, category: other}]
`;
    expect(planned(rule('  s: {a: READ, b: "C:x", c: 1}\n  condition: all of them'), text)).toBe(`  all of
    not
      _mapping_1
    s
  s:
    all of
      one of
        a is r1
        a is r2
      b is D:x
      c is 7
  _mapping_1:
    format is csvlog`);
  });

  it('puts values of a pipeline in the place of placeholders, and leaves the others open (P1, P2)', () => {
    const text = 'vars: {ops: [ann, "b*"], one: x}\ntransformations:\n  - type: value_placeholders\n';
    expect(planned(rule('  s: {a|expand: "%ops%-%one%"}\n  condition: s'), text)).toBe(
      '  s\n  s:\n    one of\n      a is ann-x\n      a is b*-x',
    );
    expect(planned(rule('  s: {a|expand: "%other%"}\n  condition: s'), text)).toContain('%other%');
  });

  it('translates filters, and groups and aliases of correlations', () => {
    const text = `${rule('  s: {a: x}\n  condition: s')}---
title: F
logsource: {category: database}
filter: {rules: any, f: {a: y}, condition: not f}
---
title: C
correlation:
  type: value_count
  rules: [t]
  group-by: [a, who]
  timespan: 5m
  condition: {field: a, gte: 2}
  aliases: {who: {t: a}}
`;
    const set = mapRules(loadRules([{ name: 'r.yml', text }]).value, [pipeline(MAPPING)]);
    expect(set.rules[1]).toMatchObject({ groupBy: ['user', 'who'], condition: { fields: ['user'] } });
    expect(set.rules[1]?.kind === 'correlation' && set.rules[1].aliases.get('who')?.get('t')).toBe('user');
    expect(planned(text, MAPPING)).toContain('filter 0 f:\n    user is y');
  });

  it('uses a mapping with a taxonomy for the rules of that taxonomy alone, which then run (P3)', () => {
    const of = (taxonomy: string) =>
      planned(rule('  s: {a: x}\n  condition: s', taxonomy), `taxonomy: mine\n${MAPPING}`);
    expect(of('')).toContain('a is x');
    expect(of('taxonomy: mine\n')).toContain('user is x');
    expect(of('taxonomy: theirs\n')).toContain('No mapping is known for the taxonomy');
  });
});

describe('readPipeline', () => {
  it.each([
    ['transformations:\n  - {type: query_expression_placeholders}\n', 'mapping/transformation'],
    [
      'transformations:\n  - {type: set_value, value: 1, rule_conditions: [{type: tag, tag: x}]}\n',
      'mapping/condition',
    ],
    ['transformations:\n  - {type: set_value, value: 1, rule_cond_op: or}\n', 'mapping/unknown-key'],
    ['postprocessing: []\n', 'mapping/unknown-key'],
    ['transformations: {}\n', 'mapping/shape'],
    ['transformations:\n  - {type: field_name_mapping}\n', 'mapping/shape'],
    ['transformations:\n  - {type: replace_string, regex: "(", replacement: x}\n', 'mapping/expression'],
    ['name: "x\n', 'mapping/yaml'],
    ['- a\n', 'mapping/shape'],
  ])('refuses %j', (text, code) => {
    expect(readPipeline('p.yml', text).problems.map((problem) => problem.code)).toContain(code);
  });
});

describe('the mappings that ship', () => {
  it('are read without a problem and lead to fields of the dictionary', () => {
    for (const { value, problems } of shipped) {
      expect(problems, value.file).toEqual([]);
      for (const made of value.transformations) {
        if (made.type !== 'field_name_mapping') continue;
        for (const name of [...made.mapping.values()].flat())
          expect(fieldNamed(name.split('.')[0] ?? ''), `${value.file}: ${name}`).toBeDefined();
      }
    }
  });

  it.each(['ecs', 'ocsf', 'otel'] as const)('say of %s what the dictionary says', (standard) => {
    const { value } = shipped.find((one) => one.value.taxonomies?.includes(standard)) ?? {};
    const mapping = new Map(
      value?.transformations.flatMap((made) => (made.type === 'field_name_mapping' ? [...made.mapping] : [])),
    );
    for (const field of FIELDS) {
      const name: string | undefined = standard in field ? field[standard as keyof typeof field] : undefined;
      // Nanoseconds there, milliseconds here: a number of a rule would mean another time. `unmapped` is an object of its own.
      if (name === undefined || name === 'event.duration' || name === 'unmapped') continue;
      expect(mapping.get(String(name)), String(name)).toEqual([field.name]);
    }
  });
});
