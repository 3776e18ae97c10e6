import type { Random } from './random.ts';
import { re2Text } from './regex.ts';
import type {
  Condition,
  EventValue,
  Item,
  Regex,
  RuleValue,
  Selection,
  TestEvent,
  TestRule,
} from './rule.ts';
import { ADDRESSES, NETWORKS, TIMES, WORDS } from './words.ts';

/** Fields that rules name. None is an object in any event: what an object is to a rule, SIGMA does not say. */
const FIELDS = [
  'user',
  'USER',
  'cmd',
  'list',
  'a.b',
  'A.B',
  'deep.er.X',
  'rows.k',
  'missing',
  'we"ird',
  'sp ace',
  "quo'te",
  'back\\slash',
  'ünï',
  'number',
] as const;

const NUMBERS: readonly (number | bigint)[] = [
  0,
  -0,
  1,
  5,
  -5,
  5.5,
  42,
  1000,
  0.1,
  1e-7,
  2 ** 53,
  2n ** 53n + 1n,
  12345678901234567890n,
  -(2n ** 63n),
  1e21,
  10n ** 25n,
  1.5e-300,
];

/** An event, flat and nested, of values that rules look for. */
export function randomEvent(random: Random): TestEvent {
  const event: Record<string, EventValue> = {};
  const put = (name: string, make: () => EventValue) => {
    if (random.chance(0.55)) event[name] = random.chance(0.08) ? null : make();
  };
  const any = () => anyValue(random);
  // Never two names that differ in case alone and both from what a rule says.
  for (const name of random.pick([['user'], ['USER'], ['User'], ['user', 'USER']])) put(name, any);
  put(random.pick(['cmd', 'CMD']), any);
  put('list', () => random.some(0, 4, () => (random.chance(0.1) ? random.some(0, 2, any) : any())));
  put(random.pick(['a.b', 'A.b']), any);
  put('a', () => ({ [random.pick(['b', 'B'])]: any() }));
  put('deep', () => ({ er: random.chance(0.3) ? random.some(0, 2, () => ({ X: any() })) : { x: any() } }));
  put('rows', () => random.some(0, 3, () => ({ k: any(), z: any() })));
  put('we"ird', any);
  put('sp ace', any);
  put("quo'te", any);
  put('back\\slash', any);
  put('ünï', any);
  put('number', () => (random.chance(0.7) ? random.pick(NUMBERS) : random.pick(WORDS)));
  put('address', () => random.pick(ADDRESSES));
  put('at', () => (random.chance(0.2) ? random.some(0, 2, () => random.pick(TIMES)) : random.pick(TIMES)));
  put('code', () =>
    encoded(random, `${random.pick(['', 'x', 'xy'])}${shortWord(random)}${random.pick(['', 'z'])}`),
  );
  return event;
}

function anyValue(random: Random): EventValue {
  const kind = random.next();
  if (kind < 0.08) return random.pick([true, false]);
  if (kind < 0.2) return random.pick(NUMBERS);
  if (kind < 0.3) return `${shortWord(random)}${random.pick(['', ' ', '\n', '\\', '*'])}${shortWord(random)}`;
  return random.pick(WORDS);
}

export function randomRule(random: Random): TestRule {
  const names = ['sel_a', 'sel_b', 'other', '_own', 'notepad'].slice(0, 1 + random.below(5));
  const selections = Object.fromEntries(names.map((name) => [name, randomSelection(random)]));
  return {
    selections,
    conditions: random.some(1, random.chance(0.15) ? 2 : 1, () => randomCondition(random, names, 3)),
  };
}

function randomCondition(random: Random, names: readonly string[], depth: number): Condition {
  const again = () => randomCondition(random, names, depth - 1);
  const kind = depth === 0 ? 0 : random.next();
  if (kind < 0.45) return { kind: 'name', name: random.pick(names) };
  if (kind < 0.6) {
    // A pattern that selects nothing is an error (C4).
    const patterns = [
      '*',
      ...names.map((name) =>
        random.pick([`${name.slice(0, 3)}*`, `*${name.slice(-2)}`, `${name.slice(0, 2)}*${name.slice(-1)}`]),
      ),
    ].filter((pattern) => pattern !== '*' && names.some((name) => selects(pattern, name)));
    const them = names.some((name) => !name.startsWith('_'));
    const of =
      them && (patterns.length === 0 || random.chance(0.4))
        ? 'them'
        : patterns[0] === undefined
          ? undefined
          : random.pick(patterns);
    if (of !== undefined) return { kind: 'quantified', least: random.pick(['1', 'any', 'all']), of };
    return again();
  }
  if (kind < 0.75) return { kind: 'not', of: again() };
  return { kind: random.pick(['and', 'or']), of: random.some(2, 3, again) };
}

function selects(pattern: string, name: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  const long = name.length >= before.length + after.length;
  return (
    long &&
    name.startsWith(before) &&
    name.endsWith(after) &&
    (pattern.startsWith('_') || !name.startsWith('_'))
  );
}

function randomSelection(random: Random): Selection {
  const map = () => distinct(random.some(1, random.chance(0.3) ? 3 : 1, () => randomItem(random)));
  if (random.chance(0.75)) return { entries: [map()] };
  const keyword = () => ({
    keyword: random.chance(0.1) ? random.pick([5, true, 42n]) : valueText(random, true),
  });
  const all = random.next();
  return {
    entries: random.some(2, 3, () =>
      all < 0.4 ? keyword() : all < 0.7 || random.chance(0.5) ? map() : keyword(),
    ),
  };
}

/** A map has each key once (Y4). */
function distinct(items: readonly Item[]): readonly Item[] {
  const keys = items.map(({ field, modifiers }) => [field, ...modifiers].join('|'));
  return items.filter((_, i) => keys.indexOf(keys[i] ?? '') === i);
}

function randomItem(random: Random): Item {
  const field = random.chance(0.08) ? '' : random.pick(FIELDS);
  const neq = random.chance(0.15) ? ['neq'] : [];
  const kind = random.next();
  if (kind < 0.12) return regexItem(random, field, neq);
  // A keyword has no field that could be absent, a number, another field.
  if (field !== '') {
    if (kind < 0.2)
      return {
        field: random.pick([field, 'number', 'cmd']),
        modifiers: [random.pick(['lt', 'lte', 'gt', 'gte']), ...neq],
        values: [random.pick([...NUMBERS, 10, -0.5, 1e3])],
      };
    if (kind < 0.23)
      return {
        field: random.pick([field, 'address', 'address', 'address']),
        modifiers: ['cidr', ...neq],
        values: random.some(1, 2, () => random.pick(NETWORKS)),
      };
    if (kind < 0.27) return { field, modifiers: ['exists'], values: [random.chance(0.5)] };
    if (kind < 0.31) return { field, modifiers: neq, values: [null] };
    if (kind < 0.38) return referenceItem(random, field, neq);
    if (kind < 0.45) return timeItem(random, neq);
    if (kind < 0.52) return encodedItem(random, neq);
  }
  return textItem(random, field, neq);
}

function textItem(random: Random, field: string, neq: readonly string[]): Item {
  const affix = random.chance(0.55) ? [random.pick(['contains', 'startswith', 'endswith'])] : [];
  const windash = random.chance(0.08) ? ['windash'] : [];
  const cased = random.chance(0.2) ? ['cased'] : [];
  const values: RuleValue[] = random.some(1, random.chance(0.4) ? 3 : 1, () => {
    if (windash.length > 0) return random.pick(['word -x', '-x', ' /x', ' —', 'a –b']);
    if (random.chance(0.12)) return random.pick([...NUMBERS, true, false]);
    return valueText(random, affix.length > 0 || field === '');
  });
  const all = values.length > 1 && random.chance(0.3) ? ['all'] : [];
  const modifiers = [...affix, ...windash, ...cased, ...all, ...neq];
  // A keyword with a key has a modifier.
  return { field, modifiers: field === '' && modifiers.length === 0 ? ['contains'] : modifiers, values };
}

/** A value as a rule writes it: with escapes, wildcards, of a word or a part of one. */
function valueText(random: Random, part: boolean): string {
  const word: readonly string[] = [...random.pick(WORDS)];
  const from = part && random.chance(0.4) ? random.below(word.length + 1) : 0;
  const characters = part && random.chance(0.5) ? word.slice(from, from + 1 + random.below(4)) : word;
  // As it stands it may hold wildcards and half escapes.
  if (random.chance(0.3)) return characters.join('');
  const written = characters.map((character) => {
    if (characters.length < 50 && random.chance(0.06)) return random.pick(['*', '?', '**', '?*']);
    return '*?\\'.includes(character) ? `\\${character}` : character;
  });
  const swapped = random.chance(0.2)
    ? written.map((c) => (c.toUpperCase().length === c.length ? c.toUpperCase() : c))
    : written;
  return `${random.chance(0.08) ? '*' : ''}${swapped.join('')}${random.chance(0.08) ? random.pick(['*', '?', '\\', '\\*']) : ''}`;
}

function referenceItem(random: Random, field: string, neq: readonly string[]): Item {
  const affix = random.chance(0.5) ? [random.pick(['contains', 'startswith', 'endswith'])] : [];
  const cased = random.chance(0.2) ? ['cased'] : [];
  return { field, modifiers: ['fieldref', ...affix, ...cased, ...neq], values: [random.pick(FIELDS)] };
}

const MOST = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1, 9999],
} as const;

function timeItem(random: Random, neq: readonly string[]): Item {
  const part = random.pick(['minute', 'hour', 'day', 'week', 'month', 'year'] as const);
  const [least, most] = MOST[part];
  const comparison = random.chance(0.5) ? [random.pick(['lt', 'lte', 'gt', 'gte'])] : [];
  const usual = {
    minute: [0, 30],
    hour: [9, 10, 22],
    day: [1, 29, 31],
    week: [1, 5, 53],
    month: [1, 2, 12],
    year: [2026, 2024, 1850, 1],
  };
  const value = () =>
    random.chance(0.7) ? random.pick(usual[part]) : least + random.below(most - least + 1);
  return {
    field: random.pick(['at', 'at', 'at', 'cmd']),
    modifiers: [part, ...comparison, ...neq],
    values: random.some(1, comparison.length > 0 ? 1 : 2, value),
  };
}

function encodedItem(random: Random, neq: readonly string[]): Item {
  const wide = random.chance(0.3) ? [random.pick(['wide', 'utf16le', 'utf16be', 'utf16'])] : [];
  const cased = random.chance(0.3) ? ['cased'] : [];
  const offset = random.chance(0.6);
  const kind = offset
    ? ['base64offset', 'contains']
    : ['base64', ...(random.chance(0.5) ? ['contains'] : [])];
  return { field: 'code', modifiers: [...wide, ...kind, ...cased, ...neq], values: [shortWord(random)] };
}

function shortWord(random: Random): string {
  return random.pick([
    'admin',
    'Zürich',
    'ab',
    'abc',
    'drop table',
    '\u{1f600}',
    'ΣΟΣ',
    'sa',
    'İd',
    'ſ',
    'K',
  ]);
}

function encoded(random: Random, text: string): string {
  const bytes = random.chance(0.3) ? Buffer.from(text, 'utf16le') : Buffer.from(text);
  return `${random.chance(0.5) ? '' : 'run '}${bytes.toString('base64')}`;
}

function regexItem(random: Random, field: string, neq: readonly string[]): Item {
  const flags = ['i', 'm', 's'].filter(() => random.chance(0.25));
  const regexes = random.some(1, random.chance(0.2) ? 2 : 1, () =>
    randomRegex(random, 3, flags.includes('i')),
  );
  const all = regexes.length > 1 && random.chance(0.4) ? ['all'] : [];
  return { field, modifiers: ['re', ...flags, ...all, ...neq], values: regexes.map(re2Text), regexes };
}

function randomRegex(random: Random, depth: number, folded: boolean): Regex {
  const again = () => randomRegex(random, depth - 1, folded);
  const kind = depth === 0 ? random.next() * 0.55 : random.next();
  if (kind < 0.3)
    return {
      kind: 'text',
      text: random.chance(0.5)
        ? random.pick([...random.pick(WORDS).slice(0, 40), 'a'])
        : random
            .pick(WORDS)
            .slice(0, 6)
            .replace(/[\ud800-\udfff]/g, 'b') || 'a',
    };
  if (kind < 0.5) {
    // Whether a word's edge lies beside ſ is for people who fold it.
    const kinds = ['dot', 'start', 'end', 'digit', 'word', 'no word', 'blank', 'edge'] as const;
    const one = random.pick(kinds);
    return { kind: folded && one === 'edge' ? 'dot' : one };
  }
  if (kind < 0.6)
    return {
      kind: 'class',
      members: random.pick(['abc', 'äσ', 'Ks', '\\', '^-]', '\u{1f600}b', 'ςx']),
      negated: random.chance(0.3),
    };
  if (kind < 0.75) {
    const of = again();
    return { kind: 'repeat', of, times: random.pick(['*', '+', '?', '{2}', '{1,3}', '*?']) };
  }
  return { kind: random.chance(0.7) ? 'all' : 'any', of: random.some(2, 3, again) };
}
