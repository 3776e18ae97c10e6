import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { describe, expect, it } from 'vitest';
import { ourTrees, theirTrees } from './pysigma-tree.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));

/** One line of what pySigma 1.5 makes of a file; corpus/sigma/README.md says how it was produced. */
interface Expected {
  readonly path: string;
  readonly ok: boolean;
  readonly errors: readonly string[];
  readonly kinds: readonly string[];
  readonly ids: readonly (string | null)[];
  /** One a detection rule; a text where pySigma refused a condition, which it finds out late. */
  readonly ast: readonly unknown[];
}

const YAML_12 = 'yes and no are text in YAML 1.2 (SIGMA Y3)';
const ONE_TEXT = 'one text is as good as a list of one, and such rules run elsewhere';
const TAXONOMY = 'fields of a taxonomy that has no mapping would be looked for in vain (SIGMA P3)';
const TWICE = 'of a key that stands twice pySigma keeps the last without a word (SIGMA Y4)';

/** Where we answer otherwise on purpose: what we say, or `accept`, and why. */
// biome-ignore format: a table
const DIFFERENCES: Readonly<Record<string, readonly [ours: string, because: string]>> = {
  'correlation-examples/hayabusa/Sec_4625_Med_LogonFail_UserGuessing_Correlation.yml': ['accept', ONE_TEXT],
  'correlation-examples/hayabusa/Sec_4625_Med_LogonFail_WrongPW_PW-Guessing_Correlation.yml': ['accept', ONE_TEXT],
  'correlation-examples/hayabusa/Sec_4648_Med_ExplicitLogon_PW-Spray_Correlation.yml': ['accept', ONE_TEXT],
  'correlation-examples/pysigma/test_conversion_base_043.yml': ['sigma/exists-not-bool', YAML_12],
  'correlation-examples/pysigma/test_conversion_base_044.yml': ['sigma/exists-not-bool', YAML_12],
  'correlation-examples/pysigma/test_conversion_base_045.yml': ['sigma/exists-not-bool', YAML_12],
  'correlation-examples/pysigma/test_conversion_base_060.yml': ['another tree', 're with endswith searches anyway; pySigma puts .* before it (SIGMA §4)'],
  'correlation-examples/pysigma/test_conversion_base_091.yml': ['sigma/null-in-list', 'the specification forbids null in a list (SIGMA V2)'],
  'correlation-examples/pysigma/test_conversion_base_105.yml': ['sigma/keyword-modifier', 'an address range is a test of a field, not a word to search for'],
  'correlation-examples/pysigma/test_processing_conditions_000.yml': ['sigma/taxonomy', TAXONOMY],
  'correlation-examples/pysigma/test_rule_045.yml': ['sigma/date', 'a date is a day; this one has a time (SIGMA Y6)'],
  'correlation-examples/pysigma/test_rule_053.yml': ['sigma/taxonomy', TAXONOMY],
  'correlation-examples/pysigma/test_rule_054.yml': ['sigma/taxonomy', TAXONOMY],
  'correlation-examples/pysigma/test_rule_055.yml': ['sigma/duplicate-key', TWICE],
  'correlation-examples/pysigma/test_rule_056.yml': ['sigma/duplicate-key', TWICE],
  'correlation-examples/pysigma/test_validators_condition_000.yml': ['sigma/selector-matches-nothing', 'pySigma drops a selector that selects nothing (SIGMA C4)'],
  'correlation-examples/pysigma/test_validators_modifiers_006.yml': ['sigma/modifier-contradiction', 'base64offset of base64offset makes nine needles of one value, and more of more'],
  'correlation-examples/spec/filter/filter_ecs.yml': ['sigma/taxonomy', TAXONOMY],
  'correlation-examples/spec/rules/rule_ecs.yml': ['sigma/taxonomy', TAXONOMY],
};

/** How our reading of a file differs from pySigma's; undefined where it does not. */
function differenceFrom(expected: Expected): string | undefined {
  const text = readFileSync(join(corpus, expected.path), 'utf8');
  const { value, problems } = loadRules([{ name: expected.path, text }]);
  const refusals = [
    ...new Set(problems.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))),
  ];
  const theyAccept = expected.ok && expected.ast.every((trees) => typeof trees !== 'string');
  if (refusals.length > 0 && theyAccept) return refusals.sort().join(' ');
  if (refusals.length === 0 && !theyAccept) return 'accept';
  // It breaks off at such a document with a Python error.
  if (expected.errors.some((error) => error.startsWith('UnboundLocalError'))) return undefined;
  // pySigma moves correlations behind what they refer to.
  const kinds = value.documents.map(({ rule }) => (rule.kind === 'detection' ? 'rule' : rule.kind));
  if (kinds.sort().join() !== expected.kinds.toSorted().join()) return `kinds ${kinds}`;
  const ids = value.documents.map(({ rule }) => rule.id?.toLowerCase() ?? null);
  if (ids.sort().join() !== expected.ids.toSorted().join()) return `ids ${ids}`;
  if (refusals.length > 0) return undefined;
  const ours = value.rules.flatMap((rule) => (rule.kind === 'detection' ? [ourTrees(rule)] : []));
  const same = JSON.stringify(ours) === JSON.stringify(expected.ast.map(theirTrees));
  return same ? undefined : 'another tree';
}

// Third-party rules (DRL 1.1) are no part of this repository: read where they stand beside the checkout.
describe.skipIf(!existsSync(corpus))('the syntax of Sigma, against pySigma', () => {
  it.each(['pysigma', 'pysigma_examples'])(
    'reads every file of %s as it does, but for the listed ones',
    (list) => {
      const lines = readFileSync(join(corpus, `expected/${list}.jsonl`), 'utf8')
        .trim()
        .split('\n');
      const rows = lines.map((line) => JSON.parse(line) as Expected);
      const found = rows.flatMap((row) => {
        const difference = differenceFrom(row);
        return difference === undefined ? [] : [[row.path, difference]];
      });
      const listed = Object.entries(DIFFERENCES).filter(([path]) => rows.some((row) => row.path === path));
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(listed.map(([path, [ours]]) => [path, ours])),
      );
    },
  );
});
