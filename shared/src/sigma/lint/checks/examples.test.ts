import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../load-rules.ts';
import { planRule } from '../../plan/plan.ts';
import type { Predicate } from '../../predicate.ts';
import { applyFixes } from '../apply-fixes.ts';
import type { Check, Example } from '../check.ts';
import { lintDocuments } from '../lint-documents.ts';
import { readKnowledge } from '../read-knowledge.ts';
import { CHECKS } from './index.ts';

const content = new URL('../../../../content/knowledge/', import.meta.url);
const file = (name: string) => readFileSync(new URL(`${name}.json`, content), 'utf8');
const { value: knowledge } = readKnowledge({
  attack: file('attack'),
  d3fend: file('d3fend'),
  taxonomy: file('taxonomy'),
});

/** Examples may leave out what does not matter to their check; this makes rules of them. */
const REST = '\ndetection: {sel: {Image: x}, condition: sel}\n';
const IS_RULE = /^(detection|correlation|filter):/m;

function run(check: Check, example: Example) {
  const named = typeof example === 'string' ? { 'example_rule.yml': example } : example;
  const files = Object.entries(named)
    .filter(([name]) => !name.endsWith('.test.yml'))
    .map(([name, text]) => ({ name, text: IS_RULE.test(text) ? text : text + REST }));
  const tested = files.filter(({ name }) => name.replace('.yml', '.test.yml') in named);
  const { findings } = lintDocuments(files, {
    knowledge,
    today: '2026-11-20',
    tested: new Set(tested.map(({ name }) => name)),
    checks: [{ check, severity: check.severity, options: {} }],
    keep: ({ code }) => code === check.id,
  });
  const textOf = (name: string | undefined) => files.find((candidate) => candidate.name === name)?.text ?? '';
  return {
    marks: findings.map(({ at }) => textOf(at?.file).slice(at?.span?.from, at?.span?.to)),
    text: files[0]?.text ?? '',
    fixed: applyFixes(files[0]?.text ?? '', findings, 'all').text.replace(REST, ''),
    safelyFixed: applyFixes(files[0]?.text ?? '', findings, 'safe').text,
  };
}

/** Checks whose safe fixes change what is asked, but not what is found, and why. */
const PROVEN: Readonly<Record<string, string>> = {
  cidr_subsumed: 'the wider range holds the narrower one',
  lone_star: 'any text at all is a field that is there (SIGMA R6)',
  regex_inline_flag: '(?i) and |i are the same flag',
  regex_is_literal: 'an expression without operators is the text that it is',
  regex_redundant_wildcard: 'a search need not match the text around (SIGMA R12)',
  value_subsumed: 'the shorter text is in each that has the longer',
};

/** What a rule's searches and conditions ask, in a form that is the same for rules that mean the same in a plain way. */
function meaning(text: string): readonly string[] {
  return loadRules([{ name: 'a.yml', text }]).value.rules.flatMap((rule) => {
    if (rule.kind !== 'detection') return [];
    // Examples leave out what does not matter, such as titles.
    const planned = planRule({ ...rule, faults: [], logsource: { category: 'database' } }, [], undefined);
    return 'plan' in planned ? [asked(planned.plan.where, planned.plan.selections)] : [];
  });
}

function asked(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): string {
  if (predicate.kind === 'and' || predicate.kind === 'or') {
    const parts = [...new Set(predicate.of.map((part) => asked(part, selections)))].sort();
    return parts.length === 1 ? (parts[0] ?? '') : `${predicate.kind}(${parts.join(', ')})`;
  }
  if (predicate.kind === 'not') return `not(${asked(predicate.of, selections)})`;
  const search = predicate.kind === 'selection' ? selections.get(predicate.name) : undefined;
  if (search !== undefined) return asked(search, selections);
  // Without `cased` case does not count (SIGMA R4).
  return JSON.stringify(predicate).toLowerCase();
}

describe.each(CHECKS.map((check) => [check.id, check] as const))('%s', (_, check) => {
  it('marks what its invalid examples say, and mends them so', () => {
    expect(check.examples.invalid.length).toBeGreaterThan(0);
    for (const { rule, marks, fixed } of check.examples.invalid) {
      const found = run(check, rule);
      expect(found.marks, String(rule)).toEqual(marks);
      if (fixed !== undefined) expect(found.fixed).toBe(fixed);
      else if (typeof rule === 'string') expect(found.fixed, 'a fix without its example').toBe(rule);
    }
  });

  it.skipIf(check.id in PROVEN)('mends safely only what means the same afterwards', () => {
    for (const { rule } of check.examples.invalid) {
      const { text, safelyFixed } = run(check, rule);
      expect(meaning(safelyFixed)).toEqual(meaning(text));
    }
  });

  it('passes its valid examples', () => {
    expect(check.examples.valid.length).toBeGreaterThan(0);
    for (const rule of check.examples.valid) expect(run(check, rule).marks, String(rule)).toEqual([]);
  });

  it('says what it is in the words that references and hovers print', () => {
    expect(check.id).toMatch(/^[a-z0-9_]+$/);
    expect(check.about).toMatch(/^[^A-Z\s].*[^.]$/s);
    expect(check.help).toMatch(/[.!]$/);
  });
});

describe('rules that are being typed', () => {
  const active = CHECKS.map((check) => ({ check, severity: check.severity, options: {} }));
  const texts = CHECKS.flatMap(({ examples }) => examples.invalid.map(({ rule }) => rule)).filter(
    (rule) => typeof rule === 'string',
  );

  it('never make a check throw, wherever they break off', () => {
    // A step that shares no factor with lines of usual length, so that the breaks fall everywhere.
    for (const text of texts) {
      for (let length = 0; length < text.length; length += 17) {
        const files = [{ name: 'a.yml', text: text.slice(0, length) }];
        const { findings } = lintDocuments(files, { knowledge, today: '2026-11-20', checks: active });
        const ends = findings.filter(({ code }) => !code.includes('/')).map(({ at }) => at?.span?.to ?? 0);
        expect(Math.max(0, ...ends)).toBeLessThanOrEqual(length);
      }
    }
  });
});

describe('the registry of checks', () => {
  it('has every id once', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(['pysigma', 'sigmahq', 'others', 'own'] as const)('lists every file of %s', (origin) => {
    const folder = readdirSync(new URL(`./${origin}/`, import.meta.url));
    const named = folder.filter((name) => name !== 'index.ts' && !name.endsWith('.test.ts'));
    const listed = CHECKS.filter((check) => check.origin === origin);
    expect(named.sort()).toEqual(listed.map(({ id }) => `${id.replaceAll('_', '-')}.ts`).sort());
  });
});
