import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { JSON_EVENTS } from '../readings.ts';
import { AT_LEAST_ONE, DEFAULT_START, type RuleTest } from '../rule-test.ts';
import { itemsOf, readCount, type TestSource, textOf } from '../test-source.ts';
import type { TestFormat } from './test-format.ts';

/** `info.yml` that a rule's `regression_tests_path` names (SigmaHQ's convention, draft of Sigma 2.2). */
export const sigmaHqFormat: TestFormat = {
  id: 'sigmahq',
  title: 'SigmaHQ regression tests',
  isIn: ([document]) => entry(document, 'regression_tests_info') !== undefined,
  read([document], source) {
    const list = entry(document, 'regression_tests_info')?.value;
    const rule = textOf(entry(itemsOf(entry(document, 'rule_metadata')?.value)[0], 'id')?.value);
    if (itemsOf(list).length === 0) source.report('rule-test/no-tests', {}, list?.span ?? { from: 0, to: 0 });
    return {
      file: source.file,
      format: sigmaHqFormat.id,
      start: DEFAULT_START,
      tests: itemsOf(list).flatMap((item, i) => readItem(item, i, source) ?? []),
      ...(rule === undefined ? {} : { rule }),
    };
  },
};

function readItem(item: YamlValue, i: number, source: TestSource): RuleTest | undefined {
  const path = textOf(entry(item, 'path')?.value) ?? '';
  // It is required, and missing in some of the files: then a match is expected.
  const count = readCount(entry(item, 'match_count'), source, 1e9);
  if (path === '' || /^([\\/]|[a-z]:)/i.test(path)) {
    source.report('rule-test/data', {}, item.span);
    return undefined;
  }
  const type = (textOf(entry(item, 'type')?.value) ?? /\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase();
  const isJson = /^(json|jsonl|ndjson)$/.test(type);
  return {
    name: textOf(entry(item, 'name')?.value) ?? String(i),
    expect: count === 0 ? 'no-match' : 'match',
    count: count === undefined ? AT_LEAST_ONE : { least: count, most: count },
    wishes: {},
    input: { kind: 'data', path, upwards: true },
    reading: { source: JSON_EVENTS },
    at: source.place(item.span),
    ...(isJson ? {} : { notRunnable: whyNot(type) }),
  };
}

function whyNot(type: string): string {
  return type === 'evtx'
    ? 'its data is a Windows event log (evtx), a binary format that is not read; convert it to JSON with the fields of the rule'
    : `data of the type ${type === '' ? '(none)' : type} is not read; json, jsonl and ndjson are`;
}
