import { parsePattern } from '../values/pattern.ts';
import { PLACEHOLDER } from './expand.ts';
import type { ModifierContext } from './modifier.ts';

/**
 * A regular expression with each `%name%` replaced by its values, as literal text but for their wildcards (SIGMA P1).
 * Undefined where a name is not defined, or has no value that could match.
 */
export function expandRegex(source: string, context: ModifierContext): string | undefined {
  let expanded = '';
  let rest = source;
  for (let match = PLACEHOLDER.exec(rest); match !== null; match = PLACEHOLDER.exec(rest)) {
    const name = match[1] ?? '';
    const values = context.placeholder(name);
    if (values === undefined) context.fault('sigma/placeholder-unresolved', { name });
    if (values === undefined || values.length === 0) return undefined;
    expanded += `${rest.slice(0, match.index)}(?:${values.map(literal).join('|')})`;
    rest = rest.slice(match.index + match[0].length);
  }
  if (expanded === '') context.fault('sigma/placeholder-missing', {});
  return expanded + rest;
}

function literal(value: string): string {
  return parsePattern(value)
    .map((part) =>
      part.kind === 'text'
        ? part.text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
        : part.kind === 'any'
          ? '.*'
          : '.',
    )
    .join('');
}
