import type { Span } from '../../text/span.ts';
import type { Entry, YamlScalar, YamlValue } from '../../text/yaml-value.ts';
import type { Edit, Fix } from './finding.ts';
import type { LintItem } from './lint-document.ts';

/** A fix of one edit, safe unless said otherwise. */
export function fixBy(title: string, edit: Edit, safe = true): Fix {
  return { title, edits: [edit], safe };
}

/** Takes `node` out of its list: with its line where it stands on one of its own, else with the comma before or after it. */
export function withoutItem(text: string, node: { readonly span: Span }): Edit {
  const line = linesOf(text, node.span);
  if (/^\s*-\s+$/.test(text.slice(line.from, node.span.from)) && isRest(text, node.span.to, line.to)) {
    return { span: line, text: '' };
  }
  return withComma(text, node.span);
}

/** Takes a key with its value out of its map: with their lines where they have them for themselves, else with a comma. */
export function withoutEntry(text: string, { keySpan, value }: Entry): Edit {
  // The span of a block value ends behind its line feed, and behind blank lines.
  const to = keySpan.from + text.slice(keySpan.from, Math.max(keySpan.to, value.span.to)).trimEnd().length;
  const span = { from: keySpan.from, to };
  const line = linesOf(text, span);
  if (/^\s*$/.test(text.slice(line.from, span.from)) && isRest(text, to, line.to))
    return { span: line, text: '' };
  return withComma(text, span);
}

/** Adds texts to a list, behind its last item. */
export function withItems(text: string, last: { readonly span: Span }, added: readonly string[]): Edit {
  const line = linesOf(text, last.span);
  const head = text.slice(line.from, last.span.from);
  if (!/^\s*-\s+$/.test(head)) {
    const at = last.span.to;
    return { span: { from: at, to: at }, text: added.map((item) => `, ${item}`).join('') };
  }
  const at = text.charAt(line.to - 1) === '\n' ? line.to - 1 : line.to;
  return { span: { from: at, to: at }, text: added.map((item) => `\n${head}${item}`).join('') };
}

/** The key of an item with other modifiers, as far as its quotes allow; the field stays as it is. */
export function withModifiers(item: LintItem, text: string, modifiers: readonly string[]): Edit {
  const written = text.slice(item.keySpan.from, item.keySpan.to);
  const quote = /^['"]/.exec(written)?.[0] ?? '';
  const [field = ''] = written.slice(quote.length).split('|');
  const bare = quote !== '' && field.endsWith(quote) ? field.slice(0, -1) : field;
  return { span: item.keySpan, text: `${quote}${[bare, ...modifiers].join('|')}${quote}` };
}

/** Puts another text in the place of a value, quoted as the value was, or with single quotes where it has to be. */
export function withText(text: string, scalar: YamlScalar | { readonly span: Span }, put: string): Edit {
  const written = text.slice(scalar.span.from, scalar.span.to);
  return {
    span: scalar.span,
    text: quoted(put, written.startsWith('"') ? '"' : written.startsWith("'") ? "'" : ''),
  };
}

/** Whether the value stands on one line, so that another can be put in its place: no block, nothing folded. */
export function isOnOneLine(text: string, { span }: YamlValue): boolean {
  const written = text.slice(span.from, span.to);
  return !/[\r\n]/.test(written) && !/^[|>&*!]/.test(written);
}

function quoted(put: string, quote: string): string {
  if (quote === '"') return JSON.stringify(put);
  if (
    quote === '' &&
    /^[A-Za-z0-9_./\\][\w ./\\%-]*$/.test(put) &&
    !/^[\d.+-]|\s$|^(true|false|null|yes|no|on|off)$/i.test(put)
  )
    return put;
  return `'${put.replaceAll("'", "''")}'`;
}

/** Takes out what stands in a `[flow, list]` or `{flow: map}`, with the comma before or after it. */
function withComma(text: string, span: Span): Edit {
  const before = /,\s*$/.exec(text.slice(0, span.from));
  if (before !== null) return { span: { from: before.index, to: span.to }, text: '' };
  const after = /^\s*,\s*/.exec(text.slice(span.to));
  return { span: { from: span.from, to: span.to + (after?.[0].length ?? 0) }, text: '' };
}

/** From the start of the line of `span.from` to the end of that of `span.to`, with its line feed. */
function linesOf(text: string, span: Span): Span {
  const from = text.lastIndexOf('\n', span.from - 1) + 1;
  // The span of a block value ends behind its line feed.
  if (span.to > span.from && text.charAt(span.to - 1) === '\n') return { from, to: span.to };
  const end = text.indexOf('\n', span.to);
  return { from, to: end < 0 ? text.length : end + 1 };
}

function isRest(text: string, from: number, to: number): boolean {
  const rest = text.slice(from, to).trim();
  return rest === '' || rest.startsWith('#');
}
