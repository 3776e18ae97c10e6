/** Lines of one side that are shown. */
const MOST_LINES = 6;
/** Characters of a line that are shown. */
const MOST_CHARS = 160;

/** The lines that differ between two texts, which differ in one place: those of the first with `-`, of the second with `+`. */
export function textDiff(before: string, after: string): { readonly line: number; readonly diff: string } {
  const one = before.split('\n');
  const other = after.split('\n');
  let from = 0;
  while (from < one.length && from < other.length && one[from] === other[from]) from++;
  let [end, otherEnd] = [one.length, other.length];
  while (end > from && otherEnd > from && one[end - 1] === other[otherEnd - 1]) {
    end--;
    otherEnd--;
  }
  const diff = [...shown('-', one.slice(from, end)), ...shown('+', other.slice(from, otherEnd))];
  return { line: from + 1, diff: diff.join('\n') };
}

function shown(sign: string, lines: readonly string[]): readonly string[] {
  const cut = lines
    .slice(0, MOST_LINES)
    .map((line) => `${sign} ${line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line}`);
  return lines.length > MOST_LINES ? [...cut, `${sign} … ${lines.length - MOST_LINES} more lines`] : cut;
}
