import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { AT_LEAST_ONE, DEFAULT_START, NONE, type RuleTest, type TestEvent } from '../rule-test.ts';
import { itemsOf, readFields, readSpan, type TestSource, textOf } from '../test-source.ts';
import type { InlineFormat } from './test-format.ts';

const KEY = 'rsigma.exemplars';

/** `rsigma.exemplars` below `custom_attributes`, or as a key of the rule itself (rsigma 0.22). */
export const rsigmaExemplars: InlineFormat = {
  id: 'rsigma-exemplars',
  title: 'rsigma exemplars within the rule',
  read(document, source) {
    const found = entry(entry(document, 'custom_attributes')?.value, KEY) ?? entry(document, KEY);
    if (found === undefined) return undefined;
    if (itemsOf(found.value).length === 0) source.report('rule-test/no-tests', {}, found.value.span);
    const tests = itemsOf(found.value).flatMap((item, i) => readExemplar(item, i, source) ?? []);
    return { file: source.file, format: rsigmaExemplars.id, start: DEFAULT_START, tests };
  },
};

function readExemplar(item: YamlValue, i: number, source: TestSource): RuleTest | undefined {
  const expectation = textOf(entry(item, 'expect')?.value);
  const expect = (['match', 'no-match'] as const).find((candidate) => candidate === expectation);
  if (expect === undefined) source.report('rule-test/expect', {}, item.span);
  const events = eventsOf(item, source);
  if (events.length === 0) source.report('rule-test/events', {}, item.span);
  if (expect === undefined || events.length === 0) return undefined;
  return {
    name: textOf(entry(item, 'name')?.value)?.trim() || String(i),
    expect,
    count: expect === 'match' ? AT_LEAST_ONE : NONE,
    wishes: {},
    input: { kind: 'events', events },
    reading: {},
    at: source.place(item.span),
  };
}

function eventsOf(item: YamlValue, source: TestSource): readonly TestEvent[] {
  const one = entry(item, 'event');
  if (one !== undefined) {
    const fields = readFields(one.value, source);
    return fields === undefined ? [] : [{ offset: undefined, fields }];
  }
  return itemsOf(entry(item, 'events')?.value).flatMap((timed) => {
    const fields = readFields(entry(timed, 'event')?.value, source);
    const offset = readSpan(entry(timed, 'offset'), source) ?? 0;
    return fields === undefined ? [] : [{ offset, fields }];
  });
}
