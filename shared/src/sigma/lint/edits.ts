import type { Span } from '../../text/span.ts';
import type { Entry } from '../../text/yaml-source.ts';
import type { Edit, Fix } from './finding.ts';
import type { LintDocument, LintItem } from './lint-document.ts';

/** A fix of one replacement. */
export function replace(title: string, span: Span, text: string, safe = true): Fix {
  return { title, edits: [{ span, text }], safe };
}

/** Takes a list's member out: its lines, or in a `[flow, list]` it and its comma. */
export function removeMember({ text }: LintDocument, span: Span): Edit | undefined {
  const from = lineStart(text, span.from);
  if (/^[ \t]*-[ \t]+$/.test(text.slice(from, span.from))) {
    return { span: { from, to: lineEnd(text, span.to) }, text: '' };
  }
  const after = /^\s*,\s*/.exec(text.slice(span.to));
  if (after !== null) return { span: { from: span.from, to: span.to + after[0].length }, text: '' };
  const before = /\s*,\s*$/.exec(text.slice(0, span.from));
  return before === null ? undefined : { span: { from: before.index, to: span.to }, text: '' };
}

/** Takes a key and its value out, where it has its lines for itself. */
export function removeEntry({ text }: LintDocument, { keySpan, value }: Entry): Edit | undefined {
  const from = lineStart(text, keySpan.from);
  if (/\S/.test(text.slice(from, keySpan.from))) return undefined;
  const to = Math.max(keySpan.to, from + text.slice(from, value.span.to).trimEnd().length);
  return { span: { from, to: lineEnd(text, to) }, text: '' };
}

/** Adds members behind the last one of a list. */
export function addMembers({ text }: LintDocument, last: Span, members: readonly string[]): Edit {
  const head = text.slice(lineStart(text, last.from), last.from);
  if (/^[ \t]*-[ \t]+$/.test(head)) {
    const newline = text.indexOf('\n', last.to);
    const at = newline < 0 ? text.length : newline;
    return { span: { from: at, to: at }, text: members.map((member) => `\n${head}${member}`).join('') };
  }
  return { span: { from: last.to, to: last.to }, text: members.map((member) => `, ${member}`).join('') };
}

/** The key of an item with other modifiers; undefined where it is not written plainly. */
export function withModifiers(
  { text }: LintDocument,
  { keySpan, field, modifiers }: LintItem,
  wanted: readonly string[],
): Edit | undefined {
  const key = [field ?? '', ...modifiers].join('|');
  const written = text.slice(keySpan.from, keySpan.to);
  const quotes = written === key ? 0 : written.slice(1, -1) === key ? 1 : undefined;
  if (quotes === undefined) return undefined;
  const span = { from: keySpan.from + quotes, to: keySpan.to - quotes };
  return { span, text: [field ?? '', ...wanted].join('|') };
}

/** A fix of edits that could all be made; undefined where one could not. */
export function fixOf(title: string, edits: readonly (Edit | undefined)[], safe = true): Fix | undefined {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === edits.length ? { title, edits: made, safe } : undefined;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}
