/** First characters that make a spreadsheet take a cell for a formula, with their full-width forms (SECURITY OU-1). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** One row of CSV for people (RFC 4180): every field quoted, and a `'` before what a spreadsheet would run. */
export function csvRow(cells: readonly (string | readonly string[] | undefined)[]): string {
  const written = cells.map((cell = '') => {
    const text = typeof cell === 'string' ? cell : cell.join('; ');
    return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  });
  return `${written.join(',')}\r\n`;
}
