import type { Entry, YamlScalar, YamlValue } from '../../text/yaml-value.ts';
import { indentOf, isBlank, isComment, type SourceLines } from './source-lines.ts';

/** What a level of a map is indented by. */
const STEP = 4;
/** What the text of a list's item is indented by: the dash and a blank. */
const DASH = 2;

/**
 * How the lines of one document are to be indented. A line that begins a key or an item is put where it belongs, and the
 * lines of a value follow their first; what a value says is not touched.
 */
export class LinePlan {
  readonly #source: SourceLines;
  readonly #shift = new Map<number, number>();
  /** Lines of a scalar behind its first: blanks at their ends and blank lines can be part of what it says. */
  readonly #inside = new Set<number>();
  /** Text within a line, by place, that is put differently. */
  readonly #changes = new Map<number, { from: number; to: number; text: string }[]>();

  constructor(source: SourceLines, root: YamlValue) {
    this.#source = source;
    this.#value(root, 0, source.lineOf(root.span.from));
  }

  /** Whether the line stands within a scalar, so that nothing but its indentation may change. */
  isInside(line: number): boolean {
    return this.#inside.has(line);
  }

  /** The lines from `from` on and before `to` as they are to be. */
  lines(from: number, to: number): readonly string[] {
    return Array.from({ length: to - from }, (_, i) => this.#line(from + i, from, to));
  }

  #line(line: number, from: number, to: number): string {
    const inside = this.#inside.has(line);
    const written = inside ? this.#source.line(line) : this.#changed(line).trimEnd();
    if (written === '') return '';
    const shift = this.#shift.get(line) ?? (isComment(written) ? this.#commentShift(line, from, to) : 0);
    return ' '.repeat(Math.max(0, indentOf(written) + shift)) + written.trimStart();
  }

  /** A comment goes with the line below where they stand at one column, else with the one that it is deeper than. */
  #commentShift(line: number, from: number, to: number): number {
    const near = (step: 1 | -1) => {
      for (let i = line + step; i >= from && i < to; i += step) if (this.#shift.has(i)) return i;
      return undefined;
    };
    const [above, below] = [near(-1), near(1)];
    const column = this.#source.column(line);
    const deeper = below !== undefined && column > this.#source.column(below);
    const guide = below === undefined || (deeper && above !== undefined) ? above : below;
    if (guide === undefined || column === 0) return 0;
    return this.#shift.get(guide) ?? 0;
  }

  /** `column`: where the value stands if it has lines of its own. `holder`: the line that its other lines follow. */
  #value(value: YamlValue, column: number, holder: number): void {
    const flow = /[[{]/.test(this.#source.text.charAt(value.span.from));
    if (value.kind === 'scalar') this.#scalar(value, column, holder);
    else if (flow) this.#follow(holder, this.#source.lastLineOf(value.span));
    else if (value.kind === 'map') this.#map(value.entries, column);
    else this.#list(value.items, column);
  }

  #map(entries: readonly Entry[], column: number): void {
    for (const { keySpan, value } of entries) {
      const line = this.#begin(keySpan.from, column);
      const between = this.#source.text.slice(keySpan.to, value.span.from);
      if (/^ *: +$/.test(between)) this.#change(line, keySpan.to, value.span.from, ': ');
      this.#value(value, column + STEP, line);
    }
  }

  #list(items: readonly YamlValue[], column: number): void {
    const { text } = this.#source;
    for (const item of items) {
      const dash = /-\s*$/.exec(text.slice(this.#source.startBefore(item.span.from), item.span.from));
      // Behind a comment, an anchor or a tag: the item stays where it is.
      if (dash === null) continue;
      const at = item.span.from - dash[0].length;
      const line = this.#begin(at, column);
      if (/^- {2,}$/.test(dash[0])) this.#change(line, at, item.span.from, '- ');
      this.#value(item, column + DASH, line);
    }
  }

  /** What begins at `at` goes to `column`, unless a dash of an outer list stands before it. */
  #begin(at: number, column: number): number {
    const line = this.#source.lineOf(at);
    if (this.#source.startOf(line) + this.#source.column(line) === at)
      this.#shift.set(line, column - this.#source.column(line));
    return line;
  }

  #scalar(value: YamlScalar, column: number, holder: number): void {
    const first = this.#source.lineOf(value.span.from);
    const last = this.#source.lastLineOf(value.span);
    const header = /^[|>]([^\s#]*)/.exec(this.#source.text.slice(value.span.from, value.span.to))?.[1];
    if (value.plain || header === undefined) {
      this.#follow(holder, last);
      for (let line = first + 1; line <= last; line++) this.#inside.add(line);
      return;
    }
    let end = last;
    if (!header.includes('+')) while (end > first && isBlank(this.#source.line(end))) end--;
    const start = this.#firstText(first + 1, end);
    // Where the header counts the blanks, they are counted from the parent, and the text moves with it.
    const shift = /\d/.test(header)
      ? (this.#shift.get(holder) ?? 0)
      : column - this.#source.column(start ?? first);
    for (let line = first + 1; line <= end; line++) {
      this.#inside.add(line);
      if (start !== undefined) this.#shift.set(line, shift);
    }
  }

  #firstText(from: number, to: number): number | undefined {
    for (let line = from; line <= to; line++) if (!isBlank(this.#source.line(line))) return line;
    return undefined;
  }

  /** The lines behind `holder` up to `last` keep their place relative to it. */
  #follow(holder: number, last: number): void {
    const shift = this.#shift.get(holder) ?? 0;
    for (let line = holder + 1; line <= last; line++) this.#shift.set(line, shift);
  }

  #change(line: number, from: number, to: number, text: string): void {
    const start = this.#source.startOf(line);
    this.#changes.set(line, [
      ...(this.#changes.get(line) ?? []),
      { from: from - start, to: to - start, text },
    ]);
  }

  #changed(line: number): string {
    let written = this.#source.line(line);
    const changes = [...(this.#changes.get(line) ?? [])].sort((a, b) => b.from - a.from);
    for (const { from, to, text } of changes) written = written.slice(0, from) + text + written.slice(to);
    return written;
  }
}
