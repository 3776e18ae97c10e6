import { isIPv4 } from 'node:net';
import { ecmaScriptText } from './regex.ts';
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
import { timePart } from './time-part.ts';

/**
 * The searches of a rule that hold for an event, where the rule matches it, straight from SIGMA §3 to §6: it shares no code
 * with the product, and takes the slow and obvious way wherever there is one.
 */
export function held(rule: TestRule, event: TestEvent, zone: string): readonly string[] | undefined {
  const names = Object.keys(rule.selections);
  const holds = new Set(
    names.filter((name) => {
      const selection = rule.selections[name];
      return selection !== undefined && selectionHolds(selection, event, zone);
    }),
  );
  const matches = rule.conditions.some((condition) =>
    conditionHolds(condition, names, (name) => holds.has(name)),
  );
  return matches ? [...holds] : undefined;
}

/** §5. */
function conditionHolds(
  condition: Condition,
  names: readonly string[],
  held: (name: string) => boolean,
): boolean {
  const again = (of: Condition) => conditionHolds(of, names, held);
  switch (condition.kind) {
    case 'name':
      return held(condition.name);
    case 'not':
      return !again(condition.of);
    case 'and':
      return condition.of.every(again);
    case 'or':
      return condition.of.some(again);
    case 'quantified': {
      const pattern = condition.of === 'them' ? '*' : condition.of;
      const [before = '', after] = pattern.split('*');
      const meant = names.filter(
        (name) =>
          // C5
          (pattern.startsWith('_') || !name.startsWith('_')) &&
          (after === undefined
            ? name === before
            : name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)),
      );
      // C4
      return meant.length > 0 && (condition.least === 'all' ? meant.every(held) : meant.some(held));
    }
  }
}

/** V1. */
function selectionHolds({ entries }: Selection, event: TestEvent, zone: string): boolean {
  return entries.some((entry) =>
    'keyword' in entry
      ? itemHolds({ field: '', modifiers: [], values: [entry.keyword] }, event, zone)
      : entry.every((item) => itemHolds(item, event, zone)),
  );
}

function itemHolds(item: Item, event: TestEvent, zone: string): boolean {
  const leaf = (value: RuleValue, i: number) => leafHolds(item, value, item.regexes?.[i], event, zone);
  const joined = item.modifiers.includes('all') ? item.values.every(leaf) : item.values.some(leaf);
  return item.modifiers.includes('neq') ? !joined : joined;
}

function leafHolds(
  item: Item,
  value: RuleValue,
  regex: Regex | undefined,
  event: TestEvent,
  zone: string,
): boolean {
  const { field, modifiers } = item;
  const has = (name: string) => modifiers.includes(name);
  // R11, R16: any member, any value.
  const texts = field === '' ? scalarsOf(event) : valuesOf(event, field);
  if (value === null) return texts.length === 0;
  if (has('exists')) return texts.length > 0 === value;
  if (has('re')) {
    if (regex === undefined) throw new Error('a regular expression without its structure');
    const flags = modifiers.filter((name) => ['i', 'm', 's'].includes(name)).join('');
    const compiled = new RegExp(ecmaScriptText(regex, flags), flags.includes('i') ? 'iu' : 'u');
    return texts.some((text) => compiled.test(text));
  }
  if (has('cidr')) return texts.some((text) => inNetwork(text, String(value)));
  const part = PARTS.find(has);
  const comparison = COMPARISONS.find(has);
  if (part !== undefined)
    return texts.some((text) => {
      const number = timePart(text, part, zone);
      return number !== undefined && compared(number - Number(value), comparison);
    });
  if (comparison !== undefined)
    return texts.some(
      (text) => NUMBER.test(text) && compared(difference(text, canonical(value)), comparison),
    );
  const equal = has('cased') ? (a: string, b: string) => a === b : sameLetter;
  if (has('fieldref')) {
    const others = valuesOf(event, String(value));
    return texts.some((text) =>
      others.some((other) => globMatches(shaped([...other], modifiers, false), text, equal)),
    );
  }
  return patternsOf(canonical(value), modifiers).some((pattern) => {
    const glob = shaped(pattern, modifiers, field === '');
    return texts.some((text) => globMatches(glob, text, equal));
  });
}

const PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const COMPARISONS = ['lt', 'lte', 'gt', 'gte'] as const;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function compared(difference: number, comparison: (typeof COMPARISONS)[number] | undefined): boolean {
  if (comparison === undefined) return difference === 0;
  return { lt: difference < 0, lte: difference <= 0, gt: difference > 0, gte: difference >= 0 }[comparison];
}

/** R10: the sign of one number less another; whole numbers exactly, else as doubles. */
function difference(one: string, other: string): number {
  const whole = /^[+-]?\d+$/;
  const [a, b] =
    whole.test(one) && whole.test(other)
      ? [BigInt(one.replace('+', '')), BigInt(other.replace('+', ''))]
      : [Number(one), Number(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** R8, R9. */
function canonical(value: Exclude<RuleValue, null>): string {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}

/** Every scalar at any depth (R11). */
function scalarsOf(value: EventValue): readonly string[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [canonical(value)];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap(scalarsOf);
}

/** R18, R16, R2: the literal key before the path, the exact name before another case; what holds nothing is not there. */
function valuesOf(event: TestEvent, field: string): readonly string[] {
  const literal = member(event, field, (value) => flat(value));
  return literal.length > 0 ? literal : walk(event, field.split('.'));
}

function walk(value: EventValue, [name, ...rest]: readonly string[]): readonly string[] {
  if (name === undefined) return flat(value);
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((of) => walk(of, [name, ...rest]));
  return member(value as TestEvent, name, (of) => walk(of, rest));
}

function member(
  of: TestEvent,
  name: string,
  values: (value: EventValue) => readonly string[],
): readonly string[] {
  const own = Object.hasOwn(of, name) ? values(of[name] ?? null) : [];
  if (own.length > 0) return own;
  for (const [other, value] of Object.entries(of)) {
    if (other === name || !globMatches([...name], other, sameLetter)) continue;
    const found = values(value);
    if (found.length > 0) return found;
  }
  return [];
}

function flat(value: EventValue): readonly string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap(flat);
  if (typeof value === 'object') throw new Error('a rule names a field that is an object');
  return [canonical(value as Exclude<RuleValue, null>)];
}

/** A character, a run of any (`*`), any one (`?`), or any of the dashes. */
type Part = string | { readonly kind: '*' | '?' | 'dash' };

const ANY: Part = { kind: '*' };
const DASHES = '-/–—―';

/** V3 and the modifiers that change a value, in their order. */
function patternsOf(value: string, modifiers: readonly string[]): readonly (readonly Part[])[] {
  let parts: Part[] = [];
  for (const [written] of value.matchAll(/\\[*?\\]|./gsu)) {
    if (written === '*' || written === '?') parts.push({ kind: written });
    else parts.push(written.length === 2 && written.startsWith('\\') ? written.slice(1) : written);
  }
  if (modifiers.includes('windash')) {
    parts = parts.map((part, i) => {
      const before = parts[i - 1];
      const starts = typeof before !== 'string' || !/[\p{L}\p{N}_]/u.test(before);
      return typeof part === 'string' && DASHES.includes(part) && starts ? { kind: 'dash' } : part;
    });
  }
  const encoding = modifiers.find((name) => ['base64', 'base64offset'].includes(name));
  if (encoding === undefined) return [parts];
  const plain = parts.join('');
  const utf16 = Buffer.from(plain, 'utf16le');
  const bytes = modifiers.some((name) => ['wide', 'utf16le'].includes(name))
    ? utf16
    : modifiers.includes('utf16be')
      ? Buffer.from(utf16).swap16()
      : modifiers.includes('utf16')
        ? Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])
        : Buffer.from(plain);
  if (encoding === 'base64') return [[...bytes.toString('base64')]];
  // Characters that hold bits of what stands beside it are cut.
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = (shift + bytes.length) % 3 === 0;
    return [...text.slice(Math.ceil((shift * 8) / 6), whole ? undefined : -1)];
  });
}

/** The pattern as contains, startswith and endswith have it; a keyword is always contained (R11). */
function shaped(parts: readonly Part[], modifiers: readonly string[], keyword: boolean): readonly Part[] {
  const inside = keyword || modifiers.includes('contains');
  return [
    ...(inside || modifiers.includes('endswith') ? [ANY] : []),
    ...parts,
    ...(inside || modifiers.includes('startswith') ? [ANY] : []),
  ];
}

/** R6. Remembers the last `*` and lets it take one character more where it goes wrong. */
function globMatches(glob: readonly Part[], text: string, equal: (a: string, b: string) => boolean): boolean {
  const characters = [...text];
  let [at, part, star, from] = [0, 0, -1, 0];
  while (at < characters.length) {
    const wanted = glob[part];
    const character = characters[at] ?? '';
    if (wanted !== undefined && typeof wanted === 'object' && wanted.kind === '*') {
      star = part++;
      from = at;
    } else if (
      typeof wanted === 'string'
        ? equal(wanted, character)
        : wanted !== undefined && (wanted.kind === '?' || DASHES.includes(character))
    ) {
      at++;
      part++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++from;
    } else return false;
  }
  return glob.slice(part).every((rest) => typeof rest === 'object' && rest.kind === '*');
}

const same = new Map<string, boolean>();

/** R4: the relation of ECMAScript's `/iu`, which is simple case folding. */
function sameLetter(a: string, b: string): boolean {
  if (a === b) return true;
  const key = `${a} ${b}`;
  let known = same.get(key);
  if (known === undefined) {
    known = new RegExp(`^\\u{${(a.codePointAt(0) ?? 0).toString(16)}}$`, 'iu').test(b);
    same.set(key, known);
  }
  return known;
}

/** R13, by way of the addresses of URLs. */
function inNetwork(text: string, network: string): boolean {
  const [first = '', bits] = network.split('/');
  const [of, value] = [
    addressOf(first),
    addressOf(/^\[([^\n]*)\]$/.exec(text)?.[1]?.replace(/%.*$/, '') ?? text.replace(/%.*$/, '')),
  ];
  if (of === undefined || value === undefined) return false;
  const mapped = 0xffffn;
  const isMapped = (address: bigint) => address >> 32n === mapped;
  const width = first.includes(':') ? 128 : 32;
  const open = BigInt(width - Number(bits ?? width));
  // An IPv6 network holds IPv4 addresses only where it is one of mapped addresses.
  if (isMapped(value) && !isMapped(of)) return false;
  return value >> open === of >> open;
}

function addressOf(text: string): bigint | undefined {
  if (isIPv4(text)) return text.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0xffffn);
  if (!/^[0-9A-Fa-f:.]+$/.test(text) || !text.includes(':')) return undefined;
  const tail = /[^:]*\.[^:]*$/.exec(text)?.[0];
  if (tail !== undefined && !isIPv4(tail)) return undefined;
  if (!URL.canParse(`http://[${text}]/`)) return undefined;
  const [left = '', right] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const [a, b] = [groups(left), groups(right ?? '')];
  const all = right === undefined ? a : [...a, ...Array<string>(8 - a.length - b.length).fill('0'), ...b];
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
