import type { Regex } from './rule.ts';

/** As a rule has it, in RE2's syntax. */
export function re2Text(regex: Regex): string {
  switch (regex.kind) {
    case 'text':
      return quoted(regex.text);
    case 'class':
      return `[${regex.negated ? '^' : ''}${regex.members.replace(/[\\\]^-]/g, '\\$&')}]`;
    case 'repeat':
      return `(?:${re2Text(regex.of)})${regex.times}`;
    case 'all':
      return regex.of.map(re2Text).join('');
    case 'any':
      return `(${regex.of.map(re2Text).join('|')})`;
    default:
      return {
        dot: '.',
        start: '^',
        end: '$',
        digit: '\\d',
        word: '\\w',
        'no word': '\\W',
        blank: '\\s',
        edge: '\\b',
      }[regex.kind];
  }
}

/**
 * The same for ECMAScript, with what R12 says of RE2 written out: a line ends with a line feed only, `\w` and its kin are
 * ASCII, `$` is the end of the text.
 */
export function ecmaScriptText(regex: Regex, flags: string): string {
  const again = (of: Regex) => ecmaScriptText(of, flags);
  switch (regex.kind) {
    case 'text':
      return quoted(regex.text);
    case 'class':
      return re2Text(regex);
    case 'repeat':
      return `(?:${again(regex.of)})${regex.times}`;
    case 'all':
      return regex.of.map(again).join('');
    case 'any':
      return `(?:${regex.of.map(again).join('|')})`;
    case 'dot':
      return flags.includes('s') ? '[^]' : '[^\\n]';
    case 'start':
      return flags.includes('m') ? '(?<![^\\n])' : '(?<![^])';
    case 'end':
      return flags.includes('m') ? '(?![^\\n])' : '(?![^])';
    case 'digit':
      return '[0-9]';
    case 'word':
      return '[0-9A-Za-z_]';
    case 'no word':
      return '[^0-9A-Za-z_]';
    case 'blank':
      return '[\\t\\n\\f\\r ]';
    case 'edge':
      return '(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))';
  }
}

function quoted(text: string): string {
  return text
    .replace(/[\\.+*?()|[\]{}^$/]/g, '\\$&')
    .replaceAll('\\/', '/')
    .replaceAll('/', '\\x2f');
}
