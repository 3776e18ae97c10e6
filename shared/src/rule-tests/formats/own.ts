import { zoneNamed } from '../../logs/time/zone.ts';
import { readTimeText } from '../../sigma/values/local-time.ts';
import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import { isReading, READINGS } from '../readings.ts';
import {
  AT_LEAST_ONE,
  type Bounds,
  DEFAULT_START,
  type MatchWishes,
  NONE,
  type Reading,
  type RuleTest,
  type RuleTestFile,
  type TestEvent,
  type TestInput,
} from '../rule-test.ts';
import {
  itemsOf,
  readCount,
  readFields,
  readSpan,
  readText,
  readTexts,
  type TestSource,
  textOf,
} from '../test-source.ts';
import type { TestFormat } from './test-format.ts';

const FILE_KEYS = new Set([
  'rule',
  'source',
  'zone',
  'line_prefix',
  'start',
  'estate',
  'tests',
  'description',
]);
const CASE_KEYS = new Set([
  'name',
  'description',
  'rule',
  'expect',
  'match_count',
  'matches',
  'group',
  'window',
  'event',
  'events',
  'raw',
  'data',
  'source',
  'zone',
  'line_prefix',
]);
const EVENT_KEYS = new Set(['offset', 'repeat', 'every', 'event']);
const EXPECTATIONS = ['match', 'no-match', 'error'] as const;

/** Events of one case: more belong into a data file. */
const MOST_EVENTS = 100_000;

/** `x.test.yml` (SIGMA T1). */
export const ownFormat: TestFormat = {
  id: 'dbwitness',
  title: 'DB Witness, beside the rule',
  isIn: ([document]) => entry(document, 'tests') !== undefined,
  read([document], source) {
    const list = entry(document, 'tests')?.value;
    if (itemsOf(list).length === 0)
      source.report('rule-test/no-tests', {}, list?.span ?? document?.span ?? { from: 0, to: 0 });
    checkKeys(document, FILE_KEYS, source);
    const reading = readReading(document, source, {});
    const rule = readText(entry(document, 'rule'), source);
    const estate = readEstate(entry(document, 'estate'), source);
    const file: RuleTestFile = {
      file: source.file,
      format: ownFormat.id,
      start: readStart(entry(document, 'start'), source) ?? DEFAULT_START,
      tests: itemsOf(list).flatMap((item) => readCase(item, reading, source) ?? []),
      ...(rule === undefined ? {} : { rule }),
      ...(estate === undefined ? {} : { estate }),
    };
    const names = new Set<string>();
    for (const { name, at } of file.tests) {
      if (names.has(name) && at.span !== undefined) source.report('rule-test/name-twice', { name }, at.span);
      names.add(name);
    }
    return file;
  },
};

function readCase(item: YamlValue, ofFile: Reading, source: TestSource): RuleTest | undefined {
  const faults = source.problems.length;
  checkKeys(item, CASE_KEYS, source);
  const name = readText(entry(item, 'name'), source);
  if (entry(item, 'name') === undefined) source.report('rule-test/name', {}, item.span);
  const matchCount = readCount(entry(item, 'match_count'), source, 1e9);
  const expect = readExpectation(entry(item, 'expect'), matchCount, source);
  const reading = readReading(item, source, ofFile);
  const input = readInput(item, expect, source);
  const wishes = readWishes(item, input, source);
  checkWishes(item, expect, matchCount, source);
  const rule = readText(entry(item, 'rule'), source);
  const isFaulty = source.problems.slice(faults).some(({ severity }) => severity === 'error');
  if (name === undefined || input === undefined || isFaulty) return undefined;
  return {
    name,
    expect,
    count: boundsOf(expect, matchCount),
    wishes,
    input,
    reading,
    at: source.place(item.span),
    ...(rule === undefined ? {} : { rule }),
  };
}

function boundsOf(expect: RuleTest['expect'], matchCount: number | undefined): Bounds {
  if (expect !== 'match') return NONE;
  return matchCount === undefined ? AT_LEAST_ONE : { least: matchCount, most: matchCount };
}

function readExpectation(
  found: Entry | undefined,
  matchCount: number | undefined,
  source: TestSource,
): RuleTest['expect'] {
  if (found === undefined) return matchCount === 0 ? 'no-match' : 'match';
  const written = textOf(found.value);
  const expect = EXPECTATIONS.find((candidate) => candidate === written);
  if (expect === undefined) source.report('rule-test/expect', {}, found.value.span);
  return expect ?? 'match';
}

function checkWishes(
  item: YamlValue,
  expect: RuleTest['expect'],
  matchCount: number | undefined,
  source: TestSource,
): void {
  const wrong =
    expect === 'match'
      ? matchCount === 0
        ? ['match_count']
        : []
      : [...((matchCount ?? 0) > 0 ? ['match_count'] : []), 'matches', 'group', 'window'];
  for (const key of wrong) {
    const found = entry(item, key);
    if (found !== undefined) source.report('rule-test/contradiction', { expect, key }, found.keySpan);
  }
}

function readInput(item: YamlValue, expect: RuleTest['expect'], source: TestSource): TestInput | undefined {
  const given = ['event', 'events', 'raw', 'data'].flatMap((key) => entry(item, key) ?? []);
  const [found, ...more] = given;
  // A rule that cannot run needs nothing to be tried on.
  if (found === undefined && expect === 'error') return { kind: 'events', events: [] };
  if (found === undefined || more.length > 0) {
    source.report('rule-test/events', {}, more[0]?.keySpan ?? item.span);
    return undefined;
  }
  switch (found.key) {
    case 'event': {
      const fields = readFields(found.value, source);
      return fields === undefined ? undefined : { kind: 'events', events: [{ offset: undefined, fields }] };
    }
    case 'events':
      return readEvents(found, source);
    case 'raw':
      return readRaw(found, source);
    default: {
      const path = textOf(found.value) ?? '';
      if (path === '' || /^([\\/]|[a-z]:)/i.test(path)) {
        source.report('rule-test/data', {}, found.value.span);
        return undefined;
      }
      return { kind: 'data', path, upwards: false };
    }
  }
}

function readEvents(found: Entry, source: TestSource): TestInput | undefined {
  const events: TestEvent[] = [];
  const items = itemsOf(found.value);
  if (items.length === 0) source.report('rule-test/events', {}, found.value.span);
  for (const item of items) {
    checkKeys(item, EVENT_KEYS, source);
    const offset = readSpan(entry(item, 'offset'), source);
    const every = readSpan(entry(item, 'every'), source) ?? 0;
    const repeat = readCount(entry(item, 'repeat'), source, MOST_EVENTS) ?? 1;
    const event = entry(item, 'event');
    if (event === undefined) source.report('rule-test/event', {}, item.span);
    const fields = readFields(event?.value, source) ?? {};
    for (let i = 0; i < repeat && events.length < MOST_EVENTS; i++)
      events.push({
        offset: offset === undefined && repeat === 1 ? undefined : (offset ?? 0) + i * every,
        fields,
      });
  }
  return { kind: 'events', events };
}

function readRaw(found: Entry, source: TestSource): TestInput | undefined {
  const texts = (found.value.kind === 'list' ? found.value.items : [found.value]).map((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined,
  );
  const whole = texts.filter((text) => text !== undefined && text !== '');
  if (whole.length === 0 || whole.length < texts.length) {
    source.report('rule-test/raw', {}, found.value.span);
    return undefined;
  }
  return { kind: 'raw', text: `${whole.map((text) => text?.replace(/\n$/, '')).join('\n')}\n` };
}

function readWishes(item: YamlValue, input: TestInput | undefined, source: TestSource): MatchWishes {
  const events = readIndexes(entry(item, 'matches'), input, source);
  const groupEntry = entry(item, 'group');
  const group = groupEntry === undefined ? undefined : readTexts(groupEntry.value);
  if (groupEntry !== undefined && group === undefined)
    source.report('rule-test/group', {}, groupEntry.value.span);
  const windowEntry = entry(item, 'window');
  const first = readSpan(entry(windowEntry?.value, 'first'), source);
  const last = readSpan(entry(windowEntry?.value, 'last'), source);
  if (windowEntry !== undefined) {
    const keys = windowEntry.value.kind === 'map' ? windowEntry.value.entries.map(({ key }) => key) : [];
    if (keys.length === 0 || keys.some((key) => key !== 'first' && key !== 'last'))
      source.report('rule-test/window', {}, windowEntry.value.span);
  }
  return {
    ...(events === undefined ? {} : { events }),
    ...(group === undefined ? {} : { group }),
    ...(windowEntry === undefined
      ? {}
      : {
          window: {
            ...(first === undefined ? {} : { first }),
            ...(last === undefined ? {} : { last }),
          },
        }),
  };
}

function readIndexes(
  found: Entry | undefined,
  input: TestInput | undefined,
  source: TestSource,
): readonly number[] | undefined {
  if (found === undefined) return undefined;
  // How many records raw lines and files hold is known when they are read.
  const last = input?.kind === 'events' ? input.events.length - 1 : 1e9;
  const indexes = itemsOf(found.value).map((item) =>
    item.kind === 'scalar' && typeof item.value === 'bigint' ? Number(item.value) : -1,
  );
  if (indexes.length > 0 && indexes.every((index) => index >= 0 && index <= last))
    return [...new Set(indexes)].sort((a, b) => a - b);
  source.report('rule-test/matches', { last }, found.value.span);
  return undefined;
}

function readReading(map: YamlValue | undefined, source: TestSource, above: Reading): Reading {
  const text = (key: string) => readText(entry(map, key), source);
  const sourceName = text('source');
  const zone = text('zone');
  const linePrefix = text('line_prefix');
  if (sourceName !== undefined && !isReading(sourceName)) {
    const at = entry(map, 'source')?.value.span ?? { from: 0, to: 0 };
    source.report('rule-test/source', { value: sourceName, formats: READINGS.join(', ') }, at);
  }
  if (zone !== undefined && zoneNamed(zone) === undefined)
    source.report('rule-test/zone', { value: zone }, entry(map, 'zone')?.value.span ?? { from: 0, to: 0 });
  return {
    ...above,
    ...(sourceName === undefined ? {} : { source: sourceName }),
    ...(zone === undefined ? {} : { zone }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
  };
}

function readStart(found: Entry | undefined, source: TestSource): number | undefined {
  if (found === undefined) return undefined;
  const value = textOf(found.value) ?? '';
  const time = readTimeText(value);
  if (time !== undefined && !time.local) return time.millis * 1000 + time.micros;
  source.report('rule-test/start', { value }, found.value.span);
  return undefined;
}

function readEstate(found: Entry | undefined, source: TestSource): RuleTestFile['estate'] {
  if (found === undefined) return undefined;
  const { value } = found;
  if (value.kind === 'map') {
    // As a file of its own: the lines keep their blanks, and the first gets those that stand before it.
    const begin = source.text.lastIndexOf('\n', value.span.from - 1) + 1;
    const before = source.text.slice(begin, value.span.from);
    const text = source.text.slice(value.span.from, value.span.to);
    return { text: (/^\s*$/.test(before) ? before : '') + text };
  }
  const path = textOf(value) ?? '';
  if (path !== '' && !/^([\\/]|[a-z]:)/i.test(path)) return { path };
  source.report('rule-test/estate', {}, value.span);
  return undefined;
}

function checkKeys(map: YamlValue | undefined, known: ReadonlySet<string>, source: TestSource): void {
  for (const { key, keySpan } of map?.kind === 'map' ? map.entries : [])
    if (!known.has(key)) source.report('rule-test/unknown-key', { key }, keySpan);
}
