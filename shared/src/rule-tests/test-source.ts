import type { DocumentFields, DocumentValue } from '../sigma/documents/document.ts';
import { canonicalText } from '../sigma/values/scalar.ts';
import { YamlSource } from '../text/yaml-source.ts';
import type { Entry, YamlValue } from '../text/yaml-value.ts';
import { RULE_TEST_PROBLEMS } from './problem-table.ts';

export const YAML_CODES = {
  syntax: 'rule-test/yaml',
  duplicate: 'rule-test/duplicate-key',
  size: 'rule-test/too-large',
} as const;

/** A file that holds tests: its YAML with places, and what is wrong with it. */
export class TestSource extends YamlSource<typeof RULE_TEST_PROBLEMS> {
  constructor(file: string, text: string) {
    super(file, text, RULE_TEST_PROBLEMS);
  }
}

const UNITS: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
};

/** A time span such as `90s` in microseconds; a bare 0 is one too. */
export function readSpan(found: Entry | undefined, source: TestSource): number | undefined {
  if (found === undefined) return undefined;
  const value = textOf(found.value) ?? '';
  const [, count, unit] = /^(\d{1,12})(us|ms|[smhd])$/.exec(value) ?? [];
  const micros =
    value === '0' ? 0 : count === undefined ? Number.NaN : Number(count) * (UNITS[unit ?? ''] ?? 0);
  if (Number.isSafeInteger(micros)) return micros;
  source.report('rule-test/offset', { value }, found.value.span);
  return undefined;
}

/** A whole number from 0 to `most`. */
export function readCount(found: Entry | undefined, source: TestSource, most: number): number | undefined {
  if (found === undefined) return undefined;
  const value = found.value.kind === 'scalar' ? found.value.value : undefined;
  if (typeof value === 'bigint' && value >= 0n && value <= BigInt(most)) return Number(value);
  source.report('rule-test/count', { key: found.key, most }, found.value.span);
  return undefined;
}

/** Text, or what was written where YAML makes a number or a date of it. */
export function textOf(value: YamlValue | undefined): string | undefined {
  if (value?.kind !== 'scalar' || value.value === null) return undefined;
  return typeof value.value === 'string' ? value.value : value.source;
}

/** The text of `key`; anything else is a problem. */
export function readText(found: Entry | undefined, source: TestSource): string | undefined {
  if (found === undefined) return undefined;
  const text = textOf(found.value);
  if (text === undefined || text === '')
    source.report('rule-test/text', { key: found.key }, found.value.span);
  return text === '' ? undefined : text;
}

/** The fields of an event; undefined, with a problem, where it is no map. */
export function readFields(value: YamlValue | undefined, source: TestSource): DocumentFields | undefined {
  if (value?.kind === 'map') return mapOf(value);
  if (value !== undefined) source.report('rule-test/event', {}, value.span);
  return undefined;
}

/** Plain values by name: what a group is compared with. */
export function readTexts(value: YamlValue): Readonly<Record<string, string>> | undefined {
  if (value.kind !== 'map' || value.entries.length === 0) return undefined;
  const texts: [string, string][] = [];
  for (const { key, value: inner } of value.entries) {
    if (inner.kind !== 'scalar' || inner.value === null) return undefined;
    texts.push([key, typeof inner.value === 'string' ? inner.value : canonicalText(inner.value)]);
  }
  return Object.fromEntries(texts);
}

export function itemsOf(value: YamlValue | undefined): readonly YamlValue[] {
  return value?.kind === 'list' ? value.items : [];
}

function plainOf(value: YamlValue): DocumentValue {
  if (value.kind === 'scalar') return value.value;
  return value.kind === 'list' ? value.items.map(plainOf) : mapOf(value);
}

function mapOf(map: Extract<YamlValue, { kind: 'map' }>): DocumentFields {
  return Object.fromEntries(map.entries.map(({ key, value }) => [key, plainOf(value)]));
}
