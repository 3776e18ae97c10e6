import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import { type Filter, NO_FILTER } from '../../host/filter.ts';
import { addValue, type Operator, withText } from './filter.ts';

export interface ParsedQuery {
  readonly filter: Filter;
  /** Words of the form `x:…` whose `x` is no field; they were taken as plain text. */
  readonly unknownFields: readonly string[];
}

const KNOWN = new Set<string>(FIELDS.map((field) => field.name));
/** A word: optional minus, optional field, then a quoted text, a /pattern/ or a run without spaces. */
const WORD = /(-?)(?:([a-z][a-z_]*):)?(?:"((?:[^"\\]|\\.)*)"|\/((?:[^/\\]|\\.)+)\/(?=\s|$)|(\S+))/gy;

/**
 * The search line: `user:dba_shared -class:session rows:>=1000 object:crm.* statement:/copy.+program/ free text`.
 * Values of one field are alternatives; `field:*` asks that the field is there; patterns are RE2.
 */
export function parseQuery(text: string): ParsedQuery {
  let filter: Filter = NO_FILTER;
  const unknownFields: string[] = [];
  const plain: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (match === null) {
      plain.push(text.slice(at));
      break;
    }
    at = WORD.lastIndex;
    const [whole, minus, field, quoted, pattern, bare] = match;
    if (field === undefined || !KNOWN.has(field)) {
      if (field !== undefined) unknownFields.push(field);
      plain.push(quoted !== undefined && field === undefined && minus === '' ? unquote(quoted) : whole);
      continue;
    }
    const [operator, value] =
      pattern !== undefined
        ? (['matches', pattern] as const)
        : quoted !== undefined
          ? (['is', unquote(quoted)] as const)
          : readBare(bare ?? '');
    filter = addValue(filter, field, value, minus === '-', operator);
  }
  return { filter: withText(filter, plain.join(' ')), unknownFields };
}

function readBare(text: string): readonly [Operator, string] {
  if (text === '*') return ['exists', ''];
  if (text.startsWith('>=')) return ['at_least', text.slice(2)];
  if (text.startsWith('<=')) return ['at_most', text.slice(2)];
  if (text.length > 2 && text.startsWith('*') && text.endsWith('*')) return ['contains', text.slice(1, -1)];
  if (text.length > 1 && text.endsWith('*')) return ['starts', text.slice(0, -1)];
  return ['is', text];
}

function unquote(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
