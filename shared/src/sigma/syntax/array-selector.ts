import { type ArraySelector, MEMBER } from '../predicate.ts';

/** `array[which].rest`; without `rest` the member itself is meant. */
export interface SelectedMembers {
  readonly array: string;
  readonly which: ArraySelector;
  readonly rest: string | undefined;
}

/** No bracket that is escaped. */
const SELECTOR = /(?<!\\)\[([^[\]]*)(?<!\\)\]/;
/** Arrays within arrays that no data has; each is read by itself. */
const MOST_SELECTORS = 20;

const WORDS = ['any', 'all', 'all_or_empty', 'none'] as const;

/**
 * The first array selector of a field's name (SIGMA R17, S3); undefined where it has none. `wrong` are brackets that select
 * nothing: in version 3 a bracket of the name itself is escaped.
 */
export function selectedMembers(name: string): SelectedMembers | 'wrong' | undefined {
  const found = SELECTOR.exec(name);
  if (found === null) return undefined;
  if (name.split('[').length > MOST_SELECTORS) return 'wrong';
  const word = found[1] ?? '';
  const which =
    WORDS.find((known) => known === word) ?? (/^-?\d{1,6}$/.test(word) ? Number(word) : undefined);
  const rest = name.slice(found.index + found[0].length);
  // `[0][1]` is a member of a member: the second has no name before it.
  const array = found.index === 0 ? MEMBER : name.slice(0, found.index);
  if (which === undefined || !/^(\..|\[|$)/.test(rest)) return 'wrong';
  return {
    array: withoutEscapes(array),
    which,
    rest: rest === '' ? undefined : rest.startsWith('.') ? rest.slice(1) : rest,
  };
}

/** A field's name with its escaped brackets as brackets. */
export function withoutEscapes(name: string): string {
  return name.replace(/\\([[\]])/g, '$1');
}
