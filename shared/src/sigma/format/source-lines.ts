import type { Span } from '../../text/span.ts';

/** A text with LF line ends as lines, and the line of each place. */
export class SourceLines {
  readonly text: string;
  readonly lines: readonly string[];
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.lines = text.split('\n');
    const starts: number[] = [];
    let at = 0;
    for (const line of this.lines) {
      starts.push(at);
      at += line.length + 1;
    }
    this.#starts = starts;
  }

  /** The line, counted from 0, that holds the place. */
  lineOf(at: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Where the line of `at` begins, or the one above where `at` is the first of its line. */
  startBefore(at: number): number {
    const line = this.lineOf(at);
    return this.startOf(isBlank(this.text.slice(this.startOf(line), at)) ? Math.max(0, line - 1) : line);
  }

  /** The last line of a value: a block's span ends behind its line feed. */
  lastLineOf({ from, to }: Span): number {
    return this.lineOf(Math.max(from, this.text.charAt(to - 1) === '\n' ? to - 1 : to));
  }

  startOf(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  line(line: number): string {
    return this.lines[line] ?? '';
  }

  /** How far a line is indented. */
  column(line: number): number {
    return indentOf(this.line(line));
  }
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

export function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}
