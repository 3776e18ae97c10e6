import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import { AT_LEAST_ONE, DEFAULT_START, NONE, type RuleTest } from '../rule-test.ts';
import { itemsOf, readFields, type TestSource } from '../test-source.ts';
import type { InlineFormat, TestFormat } from './test-format.ts';

/** `<rule>_test.yaml` of sigma-test 2: a document a case, which matches where it does not say otherwise. */
export const sigmaTestFile: TestFormat = {
  id: 'sigma-test',
  title: 'sigma-test, beside the rule',
  isIn: (documents) =>
    documents.some(
      (document) => entry(document, 'event') !== undefined && entry(document, 'tests') === undefined,
    ),
  read: (documents, source) => ({
    file: source.file,
    format: sigmaTestFile.id,
    start: DEFAULT_START,
    tests: documents.flatMap((document, i) => {
      const match = entry(document, 'match')?.value;
      const matches = !(match?.kind === 'scalar' && match.value === false);
      return readCase(`${i}`, entry(document, 'event')?.value ?? document, matches, source) ?? [];
    }),
  }),
};

/** `testcases` within the rule, of sigma-test 1. */
export const sigmaTestInline: InlineFormat = {
  id: 'sigma-test-inline',
  title: 'sigma-test, within the rule',
  read(document, source) {
    const found = entry(document, 'testcases');
    if (found === undefined) return undefined;
    const ofKind = (list: Entry | undefined, matches: boolean) =>
      itemsOf(list?.value).flatMap((item, i) => readCase(`${list?.key} ${i}`, item, matches, source) ?? []);
    const tests = [
      ...ofKind(entry(found.value, 'match'), true),
      ...ofKind(entry(found.value, 'dont-match'), false),
    ];
    if (tests.length === 0) source.report('rule-test/no-tests', {}, found.value.span);
    return { file: source.file, format: sigmaTestInline.id, start: DEFAULT_START, tests };
  },
};

function readCase(
  name: string,
  event: YamlValue,
  matches: boolean,
  source: TestSource,
): RuleTest | undefined {
  const fields = readFields(event, source);
  if (fields === undefined) return undefined;
  return {
    name,
    expect: matches ? 'match' : 'no-match',
    count: matches ? AT_LEAST_ONE : NONE,
    wishes: {},
    input: { kind: 'events', events: [{ offset: undefined, fields }] },
    reading: {},
    at: source.place(event.span),
  };
}
