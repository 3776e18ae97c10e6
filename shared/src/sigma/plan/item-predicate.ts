import { RE2JS } from 're2js';
import { parseNetwork } from '../../estate/network.ts';
import type { Scalar } from '../../text/yaml-value.ts';
import { expandRegex } from '../modifiers/expand-regex.ts';
import { modifierNamed } from '../modifiers/index.ts';
import type { Modifier, ModifierContext } from '../modifiers/modifier.ts';
import { and, NOTHING, or, type Predicate, type TimePart } from '../predicate.ts';
import type { DetectionItem } from '../rule.ts';
import { openEnd, openStart, type Pattern, parsePattern } from '../values/pattern.ts';
import { canonicalText } from '../values/scalar.ts';

export type ItemFault =
  | Parameters<ModifierContext['fault']>[0]
  | 'sigma/unknown-modifier'
  | 'sigma/modifier-contradiction'
  | 'sigma/regex-option-without-re'
  | 'sigma/encoding-without-base64'
  | 'sigma/value-type'
  | 'sigma/cidr'
  | 'sigma/cidr-host-bits'
  | 'sigma/regex'
  | 'sigma/exists-not-bool'
  | 'sigma/quoted-number'
  | 'sigma/time-range'
  | 'sigma/keyword-modifier';

export interface ItemContext {
  placeholder(name: string): readonly string[] | undefined;
  /** `value`: which of the item's values is at fault; undefined where its key is. */
  fault(code: ItemFault, data: Readonly<Record<string, string>>, value?: number): void;
}

type Match = Extract<Modifier, { role: 'match' | 'compare' | 'time' }>;

/** One detection item as a predicate (SIGMA §3 and §4). Where a value cannot be used, `fault` says so and it matches nothing. */
export function itemPredicate(item: DetectionItem, context: ItemContext): Predicate {
  const modifiers: Modifier[] = [];
  for (const name of item.modifiers) {
    const modifier = modifierNamed(name);
    if (modifier === undefined) context.fault('sigma/unknown-modifier', { name });
    else modifiers.push(modifier);
  }
  if (modifiers.length < item.modifiers.length) return NOTHING;
  const contradiction = contradictionIn(modifiers);
  if (contradiction !== undefined) {
    context.fault('sigma/modifier-contradiction', contradiction);
    return NOTHING;
  }
  const named = (name: string) => modifiers.some((modifier) => modifier.name === name);
  const option = modifiers.findIndex((modifier) => modifier.role === 'regex option');
  if (option >= 0 && !modifiers.slice(0, option).some((modifier) => modifier.name === 're')) {
    context.fault('sigma/regex-option-without-re', {});
    return NOTHING;
  }
  let at = 0;
  const ofValue: ItemContext = {
    placeholder: (name) => context.placeholder(name),
    fault: (code, data) => context.fault(code, data, at),
  };
  const leaves = item.values.map((value, index) => {
    at = index;
    return valuePredicate(item, value, modifiers, ofValue);
  });
  const joined = named('all') ? and(leaves) : or(leaves);
  return named('neq') ? { kind: 'not', of: joined } : joined;
}

function valuePredicate(
  item: DetectionItem,
  value: Scalar,
  modifiers: readonly Modifier[],
  context: ItemContext,
): Predicate {
  const { field } = item;
  const matches = modifiers.filter(
    (m): m is Match => m.role === 'match' || m.role === 'compare' || m.role === 'time',
  );
  const time = matches.find((match) => match.role === 'time');
  const compare = matches.find((match) => match.role === 'compare');
  const test = matches.find((match) => match.role === 'match');
  if (value === null) {
    if (field !== undefined && matches.length === 0) return { kind: 'absent', field };
    return wrong(context, 'sigma/value-type', { value: 'null' });
  }
  if (test?.test === 're') return regex(field, value, modifiers, context);
  if (matches.length === 0) return text(field, value, modifiers, context);
  if (field === undefined) return wrong(context, 'sigma/keyword-modifier', { name: matches[0]?.name ?? '' });
  if (time !== undefined) return timePart(field, time.part, compare?.is ?? 'equal', value, context);
  if (compare !== undefined) {
    if (typeof value !== 'number' && typeof value !== 'bigint')
      return wrong(context, 'sigma/quoted-number', { value: String(value) });
    return { kind: 'number', field, is: compare.is, value: canonicalText(value) };
  }
  switch (test?.test) {
    case 'cidr':
      return cidr(field, value, context);
    case 'exists': {
      if (typeof value !== 'boolean')
        return wrong(context, 'sigma/exists-not-bool', { value: String(value) });
      const absent: Predicate = { kind: 'absent', field };
      return value ? { kind: 'not', of: absent } : absent;
    }
    default:
      return fieldReference(field, value, modifiers, context);
  }
}

function text(
  field: string | undefined,
  value: Exclude<Scalar, null>,
  modifiers: readonly Modifier[],
  context: ItemContext,
): Predicate {
  let patterns: readonly Pattern[] = [parsePattern(canonicalText(value))];
  for (const modifier of modifiers) {
    if (modifier.role !== 'pattern') continue;
    patterns = patterns.flatMap((pattern) => modifier.apply(pattern, context));
  }
  if (patterns.some((pattern) => pattern.some((part) => part.kind === 'bytes'))) {
    return wrong(context, 'sigma/encoding-without-base64', {});
  }
  const cased = modifiers.some((modifier) => modifier.name === 'cased');
  // A keyword stands anywhere in a value (R11).
  const whole = field === undefined ? patterns.map((pattern) => openEnd(openStart(pattern))) : patterns;
  return or(whole.map((pattern): Predicate => ({ kind: 'text', field, pattern, cased })));
}

function regex(
  field: string | undefined,
  value: Exclude<Scalar, null>,
  modifiers: readonly Modifier[],
  context: ItemContext,
): Predicate {
  const expands = modifiers.some((modifier) => modifier.name === 'expand');
  const source = expands ? expandRegex(String(value), context) : String(value);
  if (source === undefined) return NOTHING;
  const flags = modifiers
    .flatMap((modifier) => (modifier.role === 'regex option' ? [modifier.name] : []))
    .join('');
  try {
    // re2js takes `(?<n>…)`, which DuckDB's RE2 refuses.
    if (/\(\?<[A-Za-z_]/.test(source)) throw new Error('write (?P<name>…) for a named group');
    RE2JS.compile(source);
  } catch (error) {
    return wrong(context, 'sigma/regex', { detail: error instanceof Error ? error.message : String(error) });
  }
  return { kind: 'regex', field, source, flags };
}

function cidr(field: string, value: Exclude<Scalar, null>, context: ItemContext): Predicate {
  const network = parseNetwork(String(value));
  if (network === undefined) return wrong(context, 'sigma/cidr', { value: String(value) });
  if (network.hostBits) context.fault('sigma/cidr-host-bits', { value: network.text });
  return { kind: 'network', field, network };
}

function fieldReference(
  field: string,
  value: Exclude<Scalar, null>,
  modifiers: readonly Modifier[],
  context: ItemContext,
): Predicate {
  if (typeof value !== 'string' || value === '')
    return wrong(context, 'sigma/value-type', { value: String(value) });
  const named = (name: string) => modifiers.some((modifier) => modifier.name === name);
  const starts = named('startswith');
  const ends = named('endswith');
  const is =
    named('contains') || (starts && ends) ? 'contains' : starts ? 'startswith' : ends ? 'endswith' : 'equal';
  return { kind: 'field', field, other: value, is, cased: named('cased') };
}

const RANGES: Readonly<Record<TimePart, readonly [number, number]>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1, 9999],
};

function timePart(
  field: string,
  part: TimePart,
  is: Extract<Predicate, { kind: 'time' }>['is'],
  value: Exclude<Scalar, null>,
  context: ItemContext,
): Predicate {
  if (typeof value !== 'number' && typeof value !== 'bigint')
    return wrong(context, 'sigma/quoted-number', { value: String(value) });
  const [least, most] = RANGES[part];
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    return wrong(context, 'sigma/time-range', {
      value: String(value),
      part,
      least: String(least),
      most: String(most),
    });
  }
  return { kind: 'time', field, part, is, value: number };
}

/**
 * Modifiers of the value that a test of its own kind takes. `re|contains` has no effect and does no harm: a regular
 * expression searches anyway. Placeholders stand in it as in texts.
 */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  re: ['contains', 'startswith', 'endswith', 'expand'],
  fieldref: ['contains', 'startswith', 'endswith'],
};

/** Base64 of Base64 is legal (M1), but each makes the value a third longer; these make three values, or thousands, of each. */
const MOST_TIMES: Readonly<Record<string, number>> = { base64: 4, base64offset: 1, expand: 1 };

/** Two modifiers that cannot stand together (SIGMA M1), as data for the message. */
function contradictionIn(
  modifiers: readonly Modifier[],
): { readonly one: string; readonly other: string } | undefined {
  const matches = modifiers.filter((m) => m.role === 'match' || m.role === 'compare' || m.role === 'time');
  const [first, second, third] = matches;
  if (first !== undefined && second !== undefined) {
    const timeComparison =
      third === undefined && new Set([first.role, second.role, 'time', 'compare']).size === 2;
    if (!timeComparison || first.role === second.role) return { one: first.name, other: second.name };
  }
  const takes = first === undefined ? undefined : TAKES[first.name];
  const shaped = modifiers.find((m) => m.role === 'pattern' && takes?.includes(m.name) !== true);
  if (first !== undefined && shaped !== undefined) return { one: shaped.name, other: first.name };
  const encodings = modifiers.filter((m) => m.name.startsWith('utf16'));
  if (encodings[0] !== undefined && encodings[1] !== undefined)
    return { one: encodings[0].name, other: encodings[1].name };
  const names = modifiers.map((modifier) => modifier.name);
  if (names.includes('base64') && names.includes('base64offset'))
    return { one: 'base64', other: 'base64offset' };
  const times = (name: string) => names.filter((other) => other === name).length;
  const [repeated] = Object.entries(MOST_TIMES).find(([name, most]) => times(name) > most) ?? [];
  return repeated === undefined ? undefined : { one: repeated, other: repeated };
}

function wrong(context: ItemContext, code: ItemFault, data: Readonly<Record<string, string>>): Predicate {
  context.fault(code, data);
  return NOTHING;
}
