import { DASHES } from '../modifiers/windash.ts';
import type { Pattern } from '../values/pattern.ts';

/** `pattern` as a regular expression in RE2's syntax that the whole text must match. */
export function patternRegex(pattern: Pattern): string {
  const parts = pattern.map((part) => {
    if (part.kind === 'text') return part.text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
    return { any: '.*', one: '.', dash: `[${DASHES.replace('-', '\\-')}]`, bytes: '' }[part.kind];
  });
  return `(?s)^${parts.join('')}$`;
}
