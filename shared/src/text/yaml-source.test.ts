import { describe, expect, it } from 'vitest';
import { readBlockYaml } from './yaml-block.ts';
import { readAnyYaml } from './yaml-patient.ts';
import { YamlSource } from './yaml-source.ts';
import { entry, type YamlValue } from './yaml-value.ts';

const CODES = { syntax: 'syntax', duplicate: 'duplicate', size: 'size' } as const;
const TABLE = {
  syntax: { severity: 'error', message: '{detail}', help: '' },
  duplicate: { severity: 'error', message: '{key} {line}', help: '' },
  size: { severity: 'error', message: '', help: '' },
} as const;

function read(text: string) {
  const source = new YamlSource('a.yml', text, TABLE);
  return { documents: source.read(CODES), problems: source.problems };
}

/** The value of a one-key document. */
function readValue(text: string): YamlValue | undefined {
  return entry(read(text).documents[0]?.root, 'a')?.value;
}

describe('a YAML file', () => {
  // biome-ignore format: a table of cases
  it.each([
    ['yes', 'yes'], ['off', 'off'], ['010', 10n], ['0o17', 15n], ['0x1f', 31n], ['12:30:45', '12:30:45'],
    ['1_000', '1_000'], ['1e3', 1000], ['2024-01-01', '2024-01-01'], ['.inf', Number.POSITIVE_INFINITY], ['-.INF', Number.NEGATIVE_INFINITY],
    ['.nan', Number.NaN], ['9007199254740993', 9007199254740993n], ['-5', -5n], ['+5', 5n], ['5.0', 5], ['.5', 0.5], ['1.', 1],
    ['~', null], ['Null', null], ['True', true], ['FALSE', false], ['tRUE', 'tRUE'], ['+', '+'], ["'5'", '5'], ['"5"', '5'],
  ])('Y3: reads %s as YAML 1.2 does', (written, value) => {
    for (const text of [`a: ${written}\n`, `a: ${written}\nb: &x y\n`]) {
      const found = readValue(text);
      expect(found?.kind === 'scalar' ? found.value : undefined).toEqual(value);
    }
  });

  it('Y4: tells of a key that stands twice, with both places', () => {
    const { documents, problems } = read('a: 1\nb: 2\na: 3\n');
    expect(problems.map(({ message, at }) => [message, at?.line])).toEqual([['a 1', 3]]);
    expect(documents[0]?.faults).toEqual(problems);
  });

  it('Y5: keeps faults with their document', () => {
    const { documents } = read('a: 1\n---\na: [\n---\na: 2\n');
    expect(documents.map(({ faults }) => faults.length > 0)).toEqual([false, true, false]);
  });

  it('gives an alias the value of the last anchor before it', () => {
    const { documents } = read('x: &n [1]\ny: *n\nz: &n [2]\na: *n\nb: *m\n');
    const numbers = ['y', 'a'].map((key) => entry(documents[0]?.root, key)?.value);
    expect(numbers.map((value) => (value?.kind === 'list' ? value.items : undefined))).toMatchObject([
      [{ value: 1n }],
      [{ value: 2n }],
    ]);
  });

  it('looks anchors up without reading the document again', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `- &a${i} x\n- *a${i}\n`).join('');
    const { documents, problems } = read(`a:\n${many}`);
    expect(problems).toEqual([]);
    expect(entry(documents[0]?.root, 'a')?.value).toMatchObject({ items: { length: 40_000 } });
  });

  // Each of these makes Node.js abort, not throw, where it is composed recursively.
  it.each(['[', '- ', '? ', '{a: ', '[{'])('refuses 20,000 times %j', (part) => {
    const { problems } = read(part.repeat(20_000));
    expect(problems.map(({ code }) => code)).toContain('size');
  });

  it('reads long lists of documents in one pass', () => {
    expect(read('---\na: &x 1\n'.repeat(20_000)).documents).toHaveLength(20_000);
  });
});

describe('the fast reader', () => {
  const all = `# a rule
title: It's "one" rule:no, two
'quoted key': 'it''s'
"double": "a\\n\\"b\\""
description: |
    first

      further in
    last
folded: >-
    one
    two

    three
plain: goes on
    in the next line

    and one more # comment
list:
- a
-   b
- - c
  - d
-
    e: f
    g:
h: [a, 'b, c', "d", 5, ] # comment
empty: []
nothing:
last: x
---
second: document
`;

  it.each([
    ['line feeds', all],
    ['carriage returns', all.replaceAll('\n', '\r\n')],
    ['no last line end', all.trimEnd()],
  ])('gives what the patient one gives, with %s', (_, text) => {
    const patient = readAnyYaml(text);
    expect(patient.flatMap(({ faults }) => faults)).toEqual([]);
    expect(readBlockYaml(text)).toEqual(patient.map(({ root }) => root));
  });

  // biome-ignore format: a table of cases
  it.each([
    'a: &x b', 'a: *x', 'a: !t b', 'a: {b: c}', 'a:\tb', 'a: "b\n  c"', "a: 'b", 'a: b: c', 'a: b\na: c', 'a: - b', 'a: [b,\n  c]', 'a: [b',
    'a: |+\n  b', 'a: |2\n   b', 'a: >\n  b\n   c', '? a', 'a: @b', 'a: `b', 'a: %b', '%YAML 1.2\n---\na: b', 'a: b\n  # c\n  d', 'a:\n  b: c\n d: e',
    'text', '- a\nb: c', 'a: b\n...\n', '\ufeffa: b', 'a: "\\x41"', '[a]\nb: c', 'a: b\rc: d', "'a':b", 'a: "b" c', `a: ${'['.repeat(500)}`,
  ])('leaves %j to it', (text) => {
    expect(readBlockYaml(text)).toBeUndefined();
  });
});
