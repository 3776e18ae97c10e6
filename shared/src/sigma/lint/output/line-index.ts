import type { Span } from '../../../text/span.ts';

/** Lines and columns from 1; columns count UTF-16 code units, as editors, SARIF and GitHub do. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface LineIndex {
  region(span: Span): Region;
  /** A line without its end. */
  line(number: number): string;
}

/** Where the lines of a text begin; found once for all places in it. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const place = (offset: number): readonly [number, number] => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - (starts[low] ?? 0) + 1];
  };
  return {
    region: ({ from, to }) => {
      const [startLine, startColumn] = place(from);
      const [endLine, endColumn] = place(Math.max(from, to));
      return { startLine, startColumn, endLine, endColumn };
    },
    line: (number) => {
      const from = starts[number - 1] ?? text.length;
      const line = text.slice(from, starts[number] ?? text.length);
      return line.replace(/\r?\n$/, '');
    },
  };
}
