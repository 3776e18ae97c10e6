import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import { conditionUses } from '../condition/resolve-condition.ts';
import {
  CORRELATION_TYPES,
  type CorrelationCondition,
  type CorrelationType,
  isTemporal,
  meets,
  THRESHOLDS,
  type Threshold,
} from '../correlation/correlation-type.ts';
import { decimalOf } from '../correlation/decimal.ts';
import { wantedNames } from '../correlation/judge.ts';
import { isUnusualUnit, parseTimespan } from '../correlation/timespan.ts';
import type { CorrelationRule, RuleHead } from '../rule.ts';
import { defined, readTexts, textOf } from './read-head.ts';
import type { Reporter } from './report.ts';

/** Rules of one correlation: as many as an integer has bits that every engine keeps. */
const MOST_RULES = 30;

/** Reads the map below `correlation` (SIGMA §7). References are resolved over all files, later. */
export function readCorrelation(
  head: RuleHead,
  document: YamlValue,
  section: Entry,
  reporter: Reporter,
): CorrelationRule {
  const body = section.value;
  const texts = (key: string) => {
    const found = entry(body, key);
    return found === undefined ? [] : readTexts(found, reporter);
  };
  const duration = (key: string): number | undefined => {
    const found = entry(body, key);
    if (found === undefined) return undefined;
    const value = textOf(found.value) ?? '';
    const micros = parseTimespan(value);
    if (micros === undefined) reporter.report('sigma/timespan', found.value.span, { value });
    else if (isUnusualUnit(value)) reporter.report('sigma/timespan-unit', found.value.span, { value });
    return micros;
  };
  const type = readType(body, section, reporter);
  const rules = texts('rules').length > 0 ? texts('rules') : namedInCondition(body);
  if (rules.length === 0)
    reporter.report('sigma/correlation', section.keySpan, { what: 'rules: ids or names of rules' });
  if (rules.length > MOST_RULES)
    reporter.report('sigma/correlation', section.keySpan, { what: `at most ${MOST_RULES} rules` });
  const timespan = duration('timespan');
  if (entry(body, 'timespan') === undefined)
    reporter.report('sigma/correlation', section.keySpan, { what: 'a timespan' });
  const groupBy = texts('group-by');
  if (groupBy.length === 0) reporter.report('sigma/group-by-missing', section.keySpan);
  return {
    ...head,
    kind: 'correlation',
    type,
    rules,
    groupBy,
    timespan: timespan ?? 0,
    condition: readCondition(type, rules, body, section, reporter),
    aliases: readAliases(body, reporter),
    generate: readGenerate(document, body, reporter),
    ...readWindow(body, duration('gap'), reporter),
  };
}

/** Rules that a boolean condition names, where `rules` is left out as pySigma allows (SIGMA K10). */
function namedInCondition(body: YamlValue): readonly string[] {
  const condition = entry(body, 'condition')?.value;
  const text = condition?.kind === 'scalar' && typeof condition.value === 'string' ? condition.value : '';
  const parsed = text === '' ? undefined : parseCondition(text, () => undefined);
  const uses = parsed === undefined ? [] : [...conditionUses(parsed)];
  return [...new Set(uses.flatMap((use) => (use.kind === 'name' ? [use.name] : [])))];
}

function readType(body: YamlValue, section: Entry, reporter: Reporter): CorrelationType {
  const found = entry(body, 'type');
  const value = found === undefined ? undefined : textOf(found.value);
  const type = CORRELATION_TYPES.find((candidate) => candidate === value);
  if (value === undefined) reporter.report('sigma/correlation', section.keySpan, { what: 'a type' });
  else if (type === undefined)
    reporter.report('sigma/correlation-type', found?.value.span ?? section.keySpan, { value });
  return type ?? 'event_count';
}

function readCondition(
  type: CorrelationType,
  rules: readonly string[],
  body: YamlValue,
  section: Entry,
  reporter: Reporter,
): CorrelationCondition {
  const found = entry(body, 'condition');
  const all: CorrelationCondition = { thresholds: [{ is: 'gte', value: rules.length }], fields: [] };
  if (found === undefined) {
    if (!isTemporal(type)) reporter.report('sigma/correlation', section.keySpan, { what: 'a condition' });
    return all;
  }
  const wrong = (what: string) => reporter.report('sigma/correlation-condition', found.value.span, { what });
  if (found.value.kind === 'scalar' && typeof found.value.value === 'string') {
    if (!isTemporal(type)) wrong('names of rules are for temporal types');
    const expression = parseCondition(found.value.value, (code, data) =>
      reporter.report(code, found.value.span, data),
    );
    for (const use of expression === undefined ? [] : conditionUses(expression)) {
      if (use.kind === 'name' && !rules.includes(use.name)) wrong(`“${use.name}” is not below rules`);
    }
    // The absence of all is never observed (SIGMA K10).
    if (expression !== undefined && wantedNames(expression).length === 0)
      wrong('it names no rule that must be there');
    return { thresholds: [], fields: [], ...defined({ expression }) };
  }
  if (found.value.kind !== 'map') {
    wrong('it must be a map');
    return all;
  }
  const thresholds: Threshold[] = [];
  for (const { key, value } of found.value.entries) {
    if (key === 'field' || key === 'percentile') continue;
    const is = THRESHOLDS.find((candidate) => candidate === key);
    const written = value.kind === 'scalar' ? value.value : undefined;
    const isText = typeof written === 'string';
    const text = isText || typeof written === 'bigint' || typeof written === 'number' ? String(written) : '';
    const number = decimalOf(text)?.approximate;
    if (is === undefined) wrong(`there is no operator ${key}`);
    else if (number === undefined) wrong(`${key} needs a number`);
    else {
      if (isText) reporter.report('sigma/threshold-text', value.span, { value: text });
      thresholds.push({ is, value: number, ...(String(number) === text ? {} : { text }) });
    }
  }
  if (thresholds.length === 0 && !isTemporal(type)) wrong('it has no operator');
  if (
    thresholds.length > 0 &&
    (type.endsWith('_count') || isTemporal(type)) &&
    thresholds.every((threshold) => meets(0, threshold))
  ) {
    reporter.report('sigma/never-observable', found.value.span);
  }
  const fieldEntry = entry(found.value, 'field');
  const fields = fieldEntry === undefined ? [] : readTexts(fieldEntry, reporter);
  if (type.startsWith('value_') && fields.length === 0) wrong('it needs a field');
  if (fields.length > 1 && type !== 'value_count') wrong('it takes one field');
  const percentile = readPercentile(entry(found.value, 'percentile'), wrong);
  if (type === 'value_percentile' && entry(found.value, 'percentile') === undefined)
    reporter.report('sigma/percentile-missing', found.value.span);
  return {
    thresholds: thresholds.length === 0 ? all.thresholds : thresholds,
    fields,
    ...defined({ percentile }),
  };
}

function readPercentile(found: Entry | undefined, wrong: (what: string) => void): number | undefined {
  if (found === undefined) return undefined;
  const written = found.value.kind === 'scalar' ? found.value.value : undefined;
  const value = typeof written === 'number' || typeof written === 'bigint' ? Number(written) : Number.NaN;
  if (value >= 0 && value <= 100) return value;
  wrong('percentile goes from 0 to 100');
  return undefined;
}

function readAliases(body: YamlValue, reporter: Reporter): CorrelationRule['aliases'] {
  const found = entry(body, 'aliases');
  const aliases = new Map<string, ReadonlyMap<string, string>>();
  for (const alias of found?.value.kind === 'map' ? found.value.entries : []) {
    const fields = new Map<string, string>();
    for (const { key, value } of alias.value.kind === 'map' ? alias.value.entries : []) {
      const field = textOf(value);
      if (field === undefined) reporter.report('sigma/text', value.span, { key });
      else fields.set(key, field);
    }
    aliases.set(alias.key, fields);
  }
  return aliases;
}

function readGenerate(document: YamlValue, body: YamlValue, reporter: Reporter): boolean {
  const inner = entry(body, 'generate');
  if (inner !== undefined) reporter.report('sigma/generate-misplaced', inner.keySpan);
  const found = entry(document, 'generate') ?? inner;
  return found?.value.kind === 'scalar' && found.value.value === true;
}

function readWindow(
  body: YamlValue,
  gap: number | undefined,
  reporter: Reporter,
): Pick<CorrelationRule, 'window' | 'gap'> {
  const found = entry(body, 'window');
  const value = found === undefined ? 'sliding' : textOf(found.value);
  const window = (['sliding', 'tumbling', 'session'] as const).find((candidate) => candidate === value);
  if (window === undefined || (window === 'session' && gap === undefined)) {
    reporter.report('sigma/window', found?.value.span ?? body.span, { value: value ?? '' });
  }
  return { window: window ?? 'sliding', ...defined({ gap }) };
}
