import type { Parsed } from '../text/problem.ts';
import { type Entry, entry, YamlSource, type YamlValue } from '../text/yaml-source.ts';
import { RULE_TEST_PROBLEMS } from './problem-table.ts';
import type { RuleTest, RuleTestFile, TestEvent, TestValue } from './rule-test.ts';

const CODES = {
  syntax: 'rule-test/yaml',
  duplicate: 'rule-test/duplicate-key',
  size: 'rule-test/too-large',
} as const;

const UNITS: Readonly<Record<string, number>> = { ms: 1e3, s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 };

type Source = YamlSource<typeof RULE_TEST_PROBLEMS>;

/** Reads `x.test.yml` (SIGMA T1). Never throws; a faulty case is left out with its problem. */
export function readRuleTests(text: string, file: string): Parsed<RuleTestFile> {
  const source: Source = new YamlSource(file, text, RULE_TEST_PROBLEMS);
  const [document] = source.documents(CODES);
  const list = entry(document, 'tests')?.value;
  const items = list?.kind === 'list' ? list.items : [];
  if (items.length === 0) source.report('rule-test/no-tests', {}, document?.span ?? { from: 0, to: 0 });
  const rule = textOf(entry(document, 'rule')?.value);
  const tests = items.flatMap((item) => readCase(item, source));
  return { value: { tests, ...(rule === undefined ? {} : { rule }) }, problems: source.problems };
}

function readCase(item: YamlValue, source: Source): RuleTest[] {
  const name = textOf(entry(item, 'name')?.value);
  const expectation = textOf(entry(item, 'expect')?.value);
  const expect = (['match', 'no-match', 'error'] as const).find((candidate) => candidate === expectation);
  const matchCount = readCount(entry(item, 'match_count'), source);
  const events = readEvents(item, source);
  if (name === undefined) source.report('rule-test/name', {}, item.span);
  if (expect === undefined) source.report('rule-test/expect', {}, item.span);
  if (events.length === 0) source.report('rule-test/events', {}, item.span);
  if (name === undefined || expect === undefined || events.length === 0) return [];
  const line = source.place(item.span).line ?? 0;
  return [{ name, expect, events, line, ...(matchCount === undefined ? {} : { matchCount }) }];
}

function readEvents(item: YamlValue, source: Source): readonly TestEvent[] {
  const single = entry(item, 'event');
  if (single !== undefined) return [{ offset: 0, fields: fieldsOf(single.value) }];
  const list = entry(item, 'events')?.value;
  return (list?.kind === 'list' ? list.items : []).flatMap((event) => {
    const offset = readOffset(entry(event, 'offset'), source);
    const every = readOffset(entry(event, 'every'), source);
    const repeat = readCount(entry(event, 'repeat'), source) ?? 1;
    const fields = fieldsOf(entry(event, 'event')?.value);
    return Array.from({ length: repeat }, (_, i) => ({ offset: offset + i * every, fields }));
  });
}

function readOffset(found: Entry | undefined, source: Source): number {
  if (found === undefined) return 0;
  const value = textOf(found.value) ?? '';
  const [, count, unit] = /^(\d+)(ms|[smhd])$/.exec(value) ?? [];
  if (count === undefined || unit === undefined) {
    source.report('rule-test/offset', { value }, found.value.span);
    return 0;
  }
  return Number(count) * (UNITS[unit] ?? 0);
}

function readCount(found: Entry | undefined, source: Source): number | undefined {
  if (found === undefined) return undefined;
  if (found.value.kind === 'scalar' && typeof found.value.value === 'bigint')
    return Number(found.value.value);
  source.report('rule-test/count', { key: found.key }, found.value.span);
  return undefined;
}

function fieldsOf(value: YamlValue | undefined): Readonly<Record<string, TestValue>> {
  const plain = value === undefined ? {} : plainOf(value);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain)
    ? (plain as Record<string, TestValue>)
    : {};
}

function plainOf(value: YamlValue): TestValue {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(plainOf);
  return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, plainOf(inner)]));
}

function textOf(value: YamlValue | undefined): string | undefined {
  if (value?.kind !== 'scalar' || value.value === null) return undefined;
  return typeof value.value === 'string' ? value.value : value.source;
}
