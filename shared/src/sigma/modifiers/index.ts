import { contains, endswith, startswith } from './affixes.ts';
import { base64Offset, base64Whole, utf16be, utf16le, utf16WithMark } from './encodings.ts';
import { expand } from './expand.ts';
import type { Modifier } from './modifier.ts';
import { windash } from './windash.ts';

/** Every modifier of Sigma 2.1 (SIGMA §4). */
export const MODIFIERS = [
  contains,
  startswith,
  endswith,
  windash,
  base64Whole,
  base64Offset,
  utf16le,
  utf16be,
  utf16WithMark,
  expand,
  { name: 'all', role: 'list' },
  { name: 'neq', role: 'list' },
  { name: 'cased', role: 'option' },
  { name: 're', role: 'match', test: 're' },
  { name: 'cidr', role: 'match', test: 'cidr' },
  { name: 'exists', role: 'match', test: 'exists' },
  { name: 'fieldref', role: 'match', test: 'fieldref' },
  { name: 'i', aliases: ['ignorecase'], role: 'regex option' },
  { name: 'm', aliases: ['multiline'], role: 'regex option' },
  { name: 's', aliases: ['dotall'], role: 'regex option' },
  { name: 'lt', role: 'compare', is: 'lt' },
  { name: 'lte', role: 'compare', is: 'lte' },
  { name: 'gt', role: 'compare', is: 'gt' },
  { name: 'gte', role: 'compare', is: 'gte' },
  { name: 'minute', role: 'time', part: 'minute' },
  { name: 'hour', role: 'time', part: 'hour' },
  { name: 'day', role: 'time', part: 'day' },
  { name: 'week', role: 'time', part: 'week' },
  { name: 'month', role: 'time', part: 'month' },
  { name: 'year', role: 'time', part: 'year' },
] as const satisfies readonly Modifier[];

const BY_NAME: ReadonlyMap<string, Modifier> = new Map(
  MODIFIERS.flatMap((modifier: Modifier) =>
    [modifier.name, ...(modifier.aliases ?? [])].map((name) => [name, modifier] as const),
  ),
);

/** The modifier that a rule calls `name`; names are lower case and exact. */
export function modifierNamed(name: string): Modifier | undefined {
  return BY_NAME.get(name);
}
