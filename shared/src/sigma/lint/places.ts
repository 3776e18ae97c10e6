import type { Span } from '../../text/span.ts';
import type { LintDocument, LintText } from './lint-document.ts';

/** Where what concerns a rule as a whole is marked: its title, else its first key. */
export function headSpan(document: LintDocument): Span {
  return document.textOf('title')?.span ?? document.root.entries[0]?.keySpan ?? document.root.span;
}

/** Where `text.slice(from, to)` stands in the file, where the value is written as it reads; else the whole value. */
export function partSpan(document: LintDocument, { text, span }: LintText, from: number, to: number): Span {
  const written = document.text.slice(span.from, span.to);
  const quotes = written === text ? 0 : written.slice(1, -1) === text ? 1 : undefined;
  if (quotes !== undefined) return { from: span.from + quotes + from, to: span.from + quotes + to };
  const part = text.slice(from, to);
  const at = written.indexOf(part);
  // Folded and escaped values shift what stands where; a part that stands there once is found again.
  if (part === '' || at < 0 || written.includes(part, at + 1)) return span;
  return { from: span.from + at, to: span.from + at + part.length };
}
