import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '@dbwitness/shared/sigma/lint/checks/index.ts';
import type { Finding } from '@dbwitness/shared/sigma/lint/finding.ts';
import { lintDocuments } from '@dbwitness/shared/sigma/lint/lint-documents.ts';
import { mend } from '@dbwitness/shared/sigma/lint/mend.ts';
import { readKnowledge } from '@dbwitness/shared/sigma/lint/read-knowledge.ts';
import { describe, expect, it } from 'vitest';

const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));
const content = new URL('../../shared/content/knowledge/', import.meta.url);
const knowledgeFile = (name: string) => readFileSync(new URL(`${name}.json`, content), 'utf8');
const { value: knowledge } = readKnowledge({
  attack: knowledgeFile('attack'),
  d3fend: knowledgeFile('d3fend'),
  taxonomy: knowledgeFile('taxonomy'),
});

/** pySigma's and SigmaHQ's checks, all of them, as the reference results have them. */
const checks = CHECKS.filter(({ origin }) => origin === 'pysigma' || origin === 'sigmahq').map((check) => ({
  check,
  severity: check.severity,
  options: {},
}));

/** One line of the reference results: what pySigma says of a file. */
interface Reference {
  readonly path: string;
  readonly errors: readonly string[];
  readonly kinds: readonly string[];
  readonly validator_issues: readonly {
    readonly validator: string;
    readonly issue: string;
    readonly severity: string;
  }[];
}

interface Disagreement {
  readonly reference: Reference;
  readonly check: string;
  readonly ours: number;
  readonly theirs: number;
}

/** Where we mean to differ from pySigma, and why. What no row covers is a mistake of ours. */
const DIFFERENCES: readonly {
  readonly because: string;
  readonly covers: (found: Disagreement) => boolean;
}[] = [
  {
    because: 'pySigma runs no validator on filters',
    covers: ({ reference, ours, theirs }) => reference.kinds.includes('filter') && ours > theirs,
  },
  {
    because: 'pySigma dies of the file (UnboundLocalError), we go on',
    covers: ({ reference }) => reference.errors.some((error) => error.startsWith('UnboundLocalError')),
  },
  {
    because: 'the validator itself crashes',
    covers: ({ reference, check }) =>
      reference.validator_issues.some(({ validator, issue }) => validator === check && issue === 'CRASH'),
  },
  {
    because: 'references that are one text are one reference; pySigma takes each character for one',
    covers: ({ reference, check }) =>
      reference.errors.some((error) => error.includes('references must be a list')) &&
      ['duplicate_references', 'sigmahq_mitre_link'].includes(check),
  },
  {
    because: 'one finding a key; pySigma tells of all unknown keys at once',
    covers: ({ check, ours, theirs }) => check === 'sigmahq_unknown_field' && ours > theirs && theirs > 0,
  },
  {
    because: 'a date that cannot be read is reported as such and is not missing',
    covers: ({ reference, check }) =>
      check === 'sigmahq_date_existence' &&
      reference.errors.some((error) => /Date|SigmaIdentifierError/.test(error)),
  },
  {
    because:
      'of two searches of one name pySigma sees the last alone; we report the name as used twice (SIGMA Y4)',
    covers: ({ reference, check }) =>
      /test_rule_05[56]\.yml$/.test(reference.path) && check.includes('them_condition'),
  },
  {
    because: 'pySigma looks for “legitim” with a blank behind it, among words without blanks',
    covers: ({ check, ours, theirs }) => check === 'sigmahq_falsepositives_typo_word' && ours > theirs,
  },
  {
    because: 'names of D3FEND techniques are not shipped, so that only their form is checked',
    covers: ({ reference, check }) =>
      reference.path.endsWith('test_validators_tags_010.yml') && check === 'd3_fendtag',
  },
];

function references(name: string): readonly Reference[] {
  const text = readFileSync(join(corpus, 'expected', name), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Reference);
}

function lint(path: string) {
  const files = [{ name: path, text: readFileSync(join(corpus, path), 'utf8') }];
  // The day of the reference run: one check is of age.
  const { findings } = lintDocuments(files, { knowledge, today: '2026-11-20', checks });
  return findings.filter(({ code }) => checks.some(({ check }) => check.id === code));
}

function counted(codes: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A text with a few characters taken out, doubled or put in, and perhaps broken off. */
function mutilated(text: string, random: () => number): string {
  const odd = [
    ':',
    '-',
    '[',
    '{',
    "'",
    '"',
    '|',
    '*',
    '\n',
    '\t',
    ' ',
    '&a ',
    '*a',
    '---\n',
    '\u0000',
    '\ud800',
    'null',
  ];
  let made = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const at = Math.floor(random() * made.length);
    const put = random() < 0.5 ? '' : (odd[Math.floor(random() * odd.length)] ?? '');
    made = made.slice(0, at) + put + made.slice(at + Math.floor(random() * 3));
  }
  return random() < 0.3 ? made.slice(0, Math.floor(random() * made.length)) : made;
}

function disagreements(reference: Reference): readonly Disagreement[] {
  const ours = counted(lint(reference.path).map(({ code }) => code));
  const theirs = counted(
    reference.validator_issues.flatMap(({ validator, issue }) => (issue === 'CRASH' ? [] : [validator])),
  );
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .map((check) => ({ reference, check, ours: ours.get(check) ?? 0, theirs: theirs.get(check) ?? 0 }))
    .filter((found) => found.ours !== found.theirs);
}

// Third-party rules and what pySigma says of them stand beside the checkout, not in it (SIGMA §17).
describe.skipIf(!existsSync(corpus))("lint beside pySigma's", () => {
  it('has all 80 checks (SIGMA §9.1, §9.2)', () => {
    expect(checks.length).toBe(80);
  });

  it('finds on the 688 public rules what pySigma finds: 20 in 3 kinds (SIGMA L3)', () => {
    const files = references('pysigma.jsonl');
    expect(files.flatMap(disagreements)).toEqual([]);
    expect(files.length).toBe(688);
    expect(
      Object.fromEntries(counted(files.flatMap(({ path }) => lint(path).map(({ code }) => code)))),
    ).toEqual({
      sigmahq_logsource_unknown: 10,
      escaped_wildcard: 5,
      number_as_string: 5,
    });
  });

  it('has the severities of pySigma: high is an error, medium a warning, low a hint (SIGMA L1)', () => {
    const severities: Readonly<Record<string, string>> = { high: 'error', medium: 'warning', low: 'info' };
    const wrong = ['pysigma.jsonl', 'pysigma_examples.jsonl'].flatMap((name) =>
      references(name).flatMap((reference) =>
        reference.validator_issues.filter(
          ({ validator, issue, severity }) =>
            issue !== 'CRASH' &&
            // The one check whose issues differ; it has the severity of most of them.
            issue !== 'ModifierAppliedMultipleIssue' &&
            checks.find(({ check }) => check.id === validator)?.severity !== severities[severity],
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('takes any text, however it is mutilated', () => {
    const random = randomFrom(20261120);
    const paths = ['pysigma.jsonl', 'pysigma_examples.jsonl'].flatMap((name) =>
      references(name).map(({ path }) => path),
    );
    const active = CHECKS.map((check) => ({ check, severity: check.severity, options: {} }));
    for (const path of paths) {
      const text = mutilated(readFileSync(join(corpus, path), 'utf8'), random);
      const run = () =>
        lintDocuments([{ name: path, text }], { knowledge, today: '2026-11-20', checks: active });
      expect(run, `${path}: ${text}`).not.toThrow();
    }
  });

  it('mends in the end, and brings no error into a rule', () => {
    const active = CHECKS.map((check) => ({ check, severity: check.severity, options: {} }));
    const errorsOf = (findings: readonly Finding[]) =>
      findings.filter(({ code, severity }) => severity === 'error' && code.startsWith('sigma/')).length;
    for (const { path } of ['pysigma.jsonl', 'pysigma_examples.jsonl'].flatMap(references)) {
      const file = { name: path, text: readFileSync(join(corpus, path), 'utf8') };
      const run = (files: readonly (typeof file)[]) =>
        lintDocuments(files, { knowledge, today: '2026-11-20', checks: active });
      const before = run([file]);
      const { result } = mend([file], run);
      expect(errorsOf(result.findings), path).toBeLessThanOrEqual(errorsOf(before.findings));
      const left = result.findings.filter(({ fix }) => fix?.safe === true).map(({ code }) => code);
      expect(left, path).toEqual([]);
    }
  });

  it('differs on the odd examples only where it means to', () => {
    const found = references('pysigma_examples.jsonl').flatMap(disagreements);
    const unexplained = found.filter((one) => !DIFFERENCES.some(({ covers }) => covers(one)));
    expect(
      unexplained.map(({ reference, check, ours, theirs }) => [reference.path, check, ours, theirs]),
    ).toEqual([]);
    expect(DIFFERENCES.filter(({ covers }) => !found.some(covers)).map(({ because }) => because)).toEqual([]);
  });
});
