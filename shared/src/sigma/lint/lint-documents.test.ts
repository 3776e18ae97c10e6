import { describe, expect, it } from 'vitest';
import type { DocumentCheck } from './check.ts';
import type { Knowledge } from './lint-context.ts';
import { lintDocuments } from './lint-documents.ts';

const NOTHING: Knowledge = {
  attack: {
    version: '',
    tactics: new Set(),
    techniques: new Map(),
    names: new Map(),
    others: new Set(),
    revoked: new Map(),
  },
  d3fend: { version: '', tactics: new Set(), techniques: new Set(), artefacts: new Set() },
  taxonomy: {
    logsources: new Map(),
    categoriesWithEventId: new Set(),
    providers: new Map(),
    prefixes: new Map(),
  },
};

/** Marks every field that its option names. */
const marksFields: DocumentCheck = {
  id: 'marks_fields',
  origin: 'own',
  severity: 'info',
  about: 'a field',
  help: '',
  options: { fields: ['a'] },
  examples: { invalid: [], valid: [] },
  check(document, report, context) {
    for (const { field, keySpan } of document.items)
      if (field !== undefined && context.option<readonly string[]>('fields').includes(field))
        report(keySpan, `the field\u202e ${field}`);
  },
};

const rule = (body: string, condition = 'sel') =>
  `title: x\nlogsource: {category: database}\ndetection:\n  sel:\n${body}  condition: ${condition}\n`;

function lint(files: Readonly<Record<string, string>>, options: Record<string, readonly string[]> = {}) {
  return lintDocuments(
    Object.entries(files).map(([name, text]) => ({ name, text })),
    {
      knowledge: NOTHING,
      today: '2026-11-20',
      checks: [{ check: marksFields, severity: 'warning', options }],
    },
  );
}

describe('linting files', () => {
  it('tells in the order of files and places what reading and checking found', () => {
    const { findings } = lint({
      'b.yml': rule('    a: 1\n', 'nothing'),
      'a.yml': `${rule('    a: 1\n    a|contains: 2\n')}---\n${rule('    - a: 3\n    - b: 4\n')}`,
    });
    expect(findings.map(({ at, code }) => `${at?.file}:${at?.line} ${code}`)).toEqual([
      'b.yml:5 marks_fields',
      'b.yml:6 sigma/condition-unknown-name',
      'a.yml:5 marks_fields',
      'a.yml:6 marks_fields',
      'a.yml:13 marks_fields',
    ]);
  });

  it('gives checks the severity and the parameters of the configuration', () => {
    const [finding, ...others] = lint({ 'a.yml': rule('    a: 1\n    b: 2\n') }, { fields: ['b'] }).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', at: { line: 6 } });
  });

  it('lets nothing of a rule act on the terminal by way of a message', () => {
    expect(lint({ 'a.yml': rule('    a: 1\n') }).findings[0]?.message).toBe('the field⟪U+202E⟫ a');
  });

  it('asks whether a finding counts, with the rule that it is in', () => {
    const files = [
      { name: 'a.yml', text: `${rule('    a: 1\n')}---\n${rule('    a: 1\n').replace('x', 'y')}` },
    ];
    const { findings } = lintDocuments(files, {
      knowledge: NOTHING,
      today: '2026-11-20',
      checks: [{ check: marksFields, severity: 'info', options: {} }],
      keep: (_, document) => document?.rule.title === 'y',
    });
    expect(findings.map(({ at }) => at?.line)).toEqual([12]);
  });

  it('sees keywords beside fields, each item once, in their order', () => {
    const { documents } = lint({
      'a.yml': rule("    - one\n    - f|re: 'x'\n    - two\n    - '|all': [p, q]\n"),
    });
    expect(
      documents[0]?.items.map(({ field, modifiers, values }) => [
        field,
        modifiers,
        values.map(({ value }) => value),
      ]),
    ).toEqual([
      [undefined, [], ['one', 'two']],
      ['f', ['re'], ['x']],
      [undefined, ['all'], ['p', 'q']],
    ]);
  });
});
