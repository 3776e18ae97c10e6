import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../text/yaml-value.ts';
import { MODIFIERS } from '../modifiers/index.ts';
import { showPattern } from '../values/pattern.ts';
import { itemPredicate } from './item-predicate.ts';

function item(key: string, ...values: readonly Scalar[]) {
  const [field = '', ...modifiers] = key.split('|');
  const faults: string[] = [];
  const predicate = itemPredicate(
    { field: field === '' ? undefined : field, modifiers, values, span: { from: 0, to: 0 } },
    { placeholder: (name) => [name], fault: (code) => faults.push(code) },
  );
  return { predicate, faults };
}

/** Values that each modifier can use, so that only their company can be wrong. */
const VALUES: Readonly<Record<string, Scalar>> = {
  cidr: '10.0.0.0/8',
  exists: true,
  expand: '%x%',
  ...Object.fromEntries(
    ['lt', 'lte', 'gt', 'gte', 'minute', 'hour', 'day', 'week', 'month', 'year'].map((name) => [name, 5n]),
  ),
};

/** Modifiers of one kind are treated alike; these stand for theirs. */
const KINDS = {
  affix: ['contains', 'startswith', 'endswith'],
  encoding: ['base64', 'base64offset'],
  wide: ['utf16le', 'utf16be', 'utf16'],
  windash: ['windash'],
  expand: ['expand'],
  re: ['re'],
  cidr: ['cidr'],
  exists: ['exists'],
  fieldref: ['fieldref'],
  comparison: ['lt', 'lte', 'gt', 'gte'],
  time: ['minute', 'hour', 'day', 'week', 'month', 'year'],
  free: ['all', 'neq', 'cased'],
} as const;
type Kind = keyof typeof KINDS;

/** M1, and what a field reference cannot take. Kinds with themselves are told apart below. */
const CONTRADICTIONS: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
  re: ['cidr', 'exists', 'fieldref', 'comparison', 'time', 'encoding', 'wide', 'windash'],
  cidr: ['exists', 'fieldref', 'comparison', 'time', 'affix', 'encoding', 'wide', 'windash', 'expand'],
  exists: ['fieldref', 'comparison', 'time', 'affix', 'encoding', 'wide', 'windash', 'expand'],
  fieldref: ['comparison', 'time', 'encoding', 'wide', 'windash', 'expand'],
  comparison: ['affix', 'encoding', 'wide', 'windash', 'expand'],
  time: ['affix', 'encoding', 'wide', 'windash', 'expand'],
};

describe('modifiers together (M1)', () => {
  const all = Object.values(KINDS).flat();
  const kindOf = (name: string) =>
    (Object.keys(KINDS) as Kind[]).find((kind) => (KINDS[kind] as readonly string[]).includes(name)) ??
    'free';

  it('are all that there are, but for options of regular expressions', () => {
    const known = MODIFIERS.flatMap(({ name, role }) => (role === 'regex option' ? [] : [name]));
    expect(all.toSorted()).toEqual(known.toSorted());
  });

  it.each(all)('%s stands with what it can, in either order', (one) => {
    for (const other of all) {
      const [a, b] = [kindOf(one), kindOf(other)];
      // Base64 of Base64 is legal; a kind that excludes others excludes its own.
      const alone = ['encoding', 'wide', 'expand'].includes(a) || CONTRADICTIONS[a] !== undefined;
      const twice = a === b && alone && !(one === 'base64' && other === 'base64');
      const wrong =
        twice || CONTRADICTIONS[a]?.includes(b) === true || CONTRADICTIONS[b]?.includes(a) === true;
      const { faults } = item(`f|${one}|${other}`, VALUES[other] ?? VALUES[one] ?? 'x');
      expect([other, faults.includes('sigma/modifier-contradiction')]).toEqual([other, wrong]);
    }
  });

  it('make no value larger without end', () => {
    expect(item(`f${'|base64'.repeat(60)}`, 'x').faults).toEqual(['sigma/modifier-contradiction']);
    expect(item('f|base64', 'x'.repeat(300_000)).faults).toEqual([]);
  });

  it('name the modifiers by the names of pySigma too', () => {
    expect(item('f|re|ignorecase|multiline|dotall', 'x').predicate).toMatchObject({ flags: 'ims' });
    expect(item('f|wide|base64', 'x').predicate).toEqual(item('f|utf16le|base64', 'x').predicate);
  });

  it.each(['f|i', 'f|i|re', 'f|contains|s'])(
    '%s: an option of a regular expression stands behind re',
    (key) => {
      expect(item(key, 'x').faults).toEqual(['sigma/regex-option-without-re']);
    },
  );

  it.each(['Contains', 'ALL', 'startsWith', '', 'contains '])('“%s” is none', (name) => {
    expect(item(`f|${name}`, 'x').faults).toEqual(['sigma/unknown-modifier']);
  });
});

describe('values', () => {
  it.each<[string, Scalar, string]>([
    ['f|contains', 42n, '*42*'],
    ['f|startswith|endswith', 'x', '*x*'],
    ['f|contains', '', '*'],
    ['f|base64', 'a\\*', 'YSo='],
    ['f|base64|base64', 'a', 'WVE9PQ=='],
    ['f|utf16|base64', 'a', '//5hAA=='],
    ['f', true, 'true'],
    ['f', 5, '5'],
    ['f', 9007199254740993n, '9007199254740993'],
  ])('%s: %s asks for %s', (key, value, expected) => {
    const { predicate, faults } = item(key, value);
    expect(faults).toEqual([]);
    expect(predicate.kind === 'text' ? showPattern(predicate.pattern) : predicate.kind).toBe(expected);
  });

  it('neq is not the whole item, and neq with all not all of them', () => {
    expect(item('f|neq', 'a', 'b').predicate).toMatchObject({ kind: 'not', of: { kind: 'or' } });
    expect(item('f|all|neq', 'a', 'b').predicate).toMatchObject({ kind: 'not', of: { kind: 'and' } });
  });

  it('re with all is a real AND', () => {
    expect(item('f|re|all', 'a', 'b').predicate).toMatchObject({ kind: 'and', of: [{}, {}] });
  });
});
