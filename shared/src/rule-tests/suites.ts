import { type LoadedRules, ruleReferred } from '../sigma/load-rules.ts';
import type { FilterRule, Rule, RuleSet } from '../sigma/rule.ts';
import { type Problem, problem } from '../text/problem.ts';
import { RULE_TEST_PROBLEMS } from './problem-table.ts';
import { NONE, type RuleTest, type RuleTestFile } from './rule-test.ts';

/** The tests of one rule in one file, with the rules that are needed to run it. */
export interface TestSuite {
  readonly file: RuleTestFile;
  readonly rule: Rule;
  /** The rule, those that it refers to, and the filters of their files. */
  readonly set: RuleSet;
  readonly tests: readonly RuleTest[];
}

export interface GatheredSuites {
  readonly suites: readonly TestSuite[];
  /** Tests that nothing here can run: those of other tools. */
  readonly listed: readonly { readonly file: RuleTestFile; readonly test: RuleTest }[];
  /** Rules that no test is for, neither their own nor one of a correlation that refers to them. */
  readonly untested: readonly Rule[];
  readonly problems: readonly Problem[];
}

/** Brings tests and rules together: by the names of files, or by what the tests say. */
export function gatherSuites(loaded: LoadedRules, files: readonly RuleTestFile[]): GatheredSuites {
  const suites: TestSuite[] = [];
  const listed: { file: RuleTestFile; test: RuleTest }[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const byRule = new Map<Rule, RuleTest[]>();
    const told = new Set<string>();
    for (const test of file.tests) {
      if (test.notRunnable !== undefined && file.rule === undefined) {
        listed.push({ file, test });
        continue;
      }
      const found = ruleOf(test.rule ?? file.rule, file, loaded);
      if ('fault' in found) {
        // What is wrong with the file is said once, not for each of its cases.
        if (!told.has(found.fault.message)) problems.push({ ...found.fault, at: test.at });
        told.add(found.fault.message);
        continue;
      }
      byRule.set(found.rule, [...(byRule.get(found.rule) ?? []), test]);
    }
    if (file.othersMustNotMatch === true) addOthers(byRule, file, loaded);
    for (const [rule, tests] of byRule) {
      const siblings = siblingsOf(file.file);
      const set = setOf(rule, loaded, (filter) => siblings.includes(filter.file));
      suites.push({ file, rule, set, tests });
    }
  }
  const covered = new Set(suites.flatMap(({ set }) => set.rules));
  const untested = loaded.rules.filter((rule) => !covered.has(rule));
  return { suites, listed, untested, problems };
}

/** Rules of which a backtest says nothing must not match its data. */
function addOthers(byRule: Map<Rule, RuleTest[]>, file: RuleTestFile, { rules }: LoadedRules): void {
  const [first] = file.tests;
  if (first === undefined) return;
  const named = [...byRule.keys()];
  for (const rule of rules) {
    if (named.includes(rule)) continue;
    const { input } = first;
    byRule.set(rule, [
      {
        name: 'no unexpected match in the corpus',
        expect: 'no-match',
        count: NONE,
        wishes: {},
        input: input.kind === 'data' ? { ...input, path: input.path.split('/')[0] ?? input.path } : input,
        reading: first.reading,
        at: first.at,
      },
    ]);
  }
}

type FoundRule = { readonly rule: Rule } | { readonly fault: Problem };

function ruleOf(reference: string | undefined, file: RuleTestFile, loaded: LoadedRules): FoundRule {
  if (reference !== undefined) {
    const path = resolved(reference, file.file);
    if (loaded.documents.some((document) => document.file === path)) return mainRuleOf(path, loaded);
    const named =
      ruleReferred(loaded.rules, reference) ?? onlyOne(loaded.rules, ({ title }) => title === reference);
    const keyed = named ?? loaded.rules.find(({ key }) => key === reference);
    return keyed === undefined
      ? fault('rule-test/no-rule', {
          detail: `none of those read has the file, id, name or title ${reference}`,
        })
      : { rule: keyed };
  }
  const siblings = siblingsOf(file.file);
  const sibling = siblings.find((name) => loaded.documents.some((document) => document.file === name));
  return sibling === undefined
    ? fault('rule-test/no-rule', { detail: `there is no ${siblings[0] ?? 'rule'}` })
    : mainRuleOf(sibling, loaded);
}

/** The rule of a file that no other rule there refers to; of a filter's file the one rule that the filter is for. */
function mainRuleOf(path: string, { rules, filters }: LoadedRules): FoundRule {
  const here = rules.filter(({ file }) => file === path);
  const used = new Set(
    here.flatMap((rule) =>
      rule.kind === 'correlation' ? rule.rules.flatMap((name) => ruleReferred(rules, name) ?? []) : [],
    ),
  );
  const main = here.filter((rule) => !used.has(rule));
  const filtered = filters
    .filter(({ file }) => file === path)
    .flatMap((filter) => (filter.rules === 'any' ? [] : filter.rules))
    .flatMap((name) => ruleReferred(rules, name) ?? []);
  const candidates = main.length > 0 ? main : here.length > 0 ? here : [...new Set(filtered)];
  const [only, ...more] = candidates;
  if (only === undefined) return fault('rule-test/no-rule', { detail: `${path} holds no rule` });
  if (more.length === 0) return { rule: only };
  return fault('rule-test/which-rule', { titles: candidates.map(({ title }) => `“${title}”`).join(', ') });
}

/** The rule with all that it refers to, and the filters of their files and those that `isWanted` names. */
export function setOf(
  rule: Rule,
  { rules, filters }: RuleSet,
  isWanted: (filter: FilterRule) => boolean = () => false,
): RuleSet {
  const closure = new Set<Rule>();
  const take = (one: Rule): void => {
    if (closure.has(one)) return;
    closure.add(one);
    if (one.kind !== 'correlation') return;
    for (const reference of one.rules) {
      const referred = ruleReferred(rules, reference);
      if (referred !== undefined) take(referred);
    }
  };
  take(rule);
  const files = new Set([...closure].map(({ file }) => file));
  return {
    rules: rules.filter((one) => closure.has(one)),
    filters: filters.filter((filter) => files.has(filter.file) || isWanted(filter)),
  };
}

/** The rule files beside a test file, by its name. */
export function siblingsOf(testFile: string): readonly string[] {
  const stem = testFile.replace(/[._]test\.ya?ml$/i, '');
  return stem === testFile ? [] : [`${stem}.yml`, `${stem}.yaml`];
}

/** The names that a rule's test file can have. */
export function testFilesOf(ruleFile: string): readonly string[] {
  const stem = ruleFile.replace(/\.ya?ml$/i, '');
  return ['.test.yml', '.test.yaml', '_test.yml', '_test.yaml'].map((end) => stem + end);
}

/** A path relative to the folder of a file, with `/` between its parts. */
function resolved(path: string, file: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function onlyOne<T>(list: readonly T[], is: (one: T) => boolean): T | undefined {
  const [found, ...more] = list.filter(is);
  return more.length === 0 ? found : undefined;
}

function fault(
  code: keyof typeof RULE_TEST_PROBLEMS,
  data: Readonly<Record<string, string>>,
): { readonly fault: Problem } {
  return { fault: problem(RULE_TEST_PROBLEMS, code, data) };
}
