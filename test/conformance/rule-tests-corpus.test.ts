import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeMutants } from '@dbwitness/shared/rule-tests/mutate/make-mutants.ts';
import { DEFAULT_START } from '@dbwitness/shared/rule-tests/rule-test.ts';
import { setOf } from '@dbwitness/shared/rule-tests/suites.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { ANY_EVENTS } from '@dbwitness/shared/sigma/plan/event-kind.ts';
import { expect, it } from 'vitest';

// Third-party rules stand beside a checkout, never in it.
const CORPUS = new URL('../../../shared/corpus/sigma/', import.meta.url);
const WITHOUT = !existsSync(CORPUS);

it.skipIf(WITHOUT)('every public rule has mutants, and each changes what it says it changes', () => {
  // Each fifth of them: all have more than seven thousand.
  const names = ['rules/', 'correlation-examples/spec/', 'db-rules/'].flatMap((folder) =>
    readdirSync(new URL(folder, CORPUS), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yml'))
      .map((name) => folder + name)
      .filter((_, i) => i % 5 === 0),
  );
  let mutants = 0;
  let rules = 0;
  for (const name of names) {
    const text = readFileSync(fileURLToPath(new URL(name, CORPUS)), 'utf8');
    const { value } = loadRules([{ name, text }]);
    for (const rule of value.rules) {
      const set = setOf(rule, value);
      if (set.rules.some(({ faults }) => faults.length > 0)) continue;
      const file = { file: name, format: 'dbwitness', start: DEFAULT_START, tests: [] };
      const made = makeMutants({ file, rule, set, tests: [] }, value.documents, undefined, ANY_EVENTS);
      rules++;
      mutants += made.mutants.length;
      expect(made.mutants.length, name).toBeGreaterThan(0);
      const diffs = made.mutants.map(({ change }) => change.diff);
      expect(
        diffs.every((diff) => /^[-+] /.test(diff)),
        name,
      ).toBe(true);
    }
  }
  expect(rules).toBeGreaterThan(100);
  expect(mutants).toBeGreaterThan(5 * rules);
});
