import type { ReadDocument } from '../sigma/load-rules.ts';
import type { Parsed } from '../text/problem.ts';
import { entry } from '../text/yaml-value.ts';
import { INLINE_FORMATS, TEST_FORMATS } from './formats/index.ts';
import { DEFAULT_START, type RuleTestFile } from './rule-test.ts';
import { TestSource, textOf, YAML_CODES } from './test-source.ts';

/** Whether a file holds the tests of a rule beside it, by its name. */
export function isTestFileName(name: string): boolean {
  return /[._]test\.ya?ml$/i.test(name);
}

/**
 * Reads a file of tests in any known format (SIGMA T1, T2). Never throws; a faulty case is left out with its problem.
 * Undefined where the file is none: one that is called like a test file always is.
 */
export function readRuleTests(text: string, file: string): Parsed<RuleTestFile> | undefined {
  const source = new TestSource(file, text);
  const documents = source.documents(YAML_CODES);
  const format = TEST_FORMATS.find((candidate) => candidate.isIn(documents));
  if (format !== undefined) return { value: format.read(documents, source), problems: source.problems };
  if (!isTestFileName(file)) return undefined;
  source.report('rule-test/no-tests', {}, documents[0]?.span ?? { from: 0, to: 0 });
  return {
    value: { file, format: TEST_FORMATS[1].id, start: DEFAULT_START, tests: [] },
    problems: source.problems,
  };
}

/** The tests that stand within the document of a rule, for that rule. */
export function readInlineTests({ file, text, root, rule }: ReadDocument): readonly Parsed<RuleTestFile>[] {
  if (rule.kind === 'filter') return [];
  return INLINE_FORMATS.flatMap((format) => {
    const source = new TestSource(file, text);
    const value = format.read(root, source);
    return value === undefined ? [] : [{ value: { ...value, rule: rule.key }, problems: source.problems }];
  });
}

/** Where the rule says that SigmaHQ's regression tests of it are; the path begins in some folder above. */
export function regressionTestsPath({ root }: ReadDocument): string | undefined {
  return textOf(entry(root, 'regression_tests_path')?.value);
}
