/**
 * Characters that get lost between SQLite in WebAssembly and its functions: a text that comes from C ends at U+0000, and
 * its decoder drops a byte order mark at the start. Inside, noncharacters stand for them, which no text may hold.
 */
const ASIDE = [
  ['\0', '\u{10fffe}'],
  ['\ufeff', '\u{ffffe}'],
] as const;

/** A text as SQLite has it. */
export function textForSqlite(text: string): string {
  return ASIDE.reduce((inside, [lost, aside]) => inside.replaceAll(lost, aside), text);
}

/** The text that SQLite has as `text`. */
export function textFromSqlite(text: string): string {
  return ASIDE.reduce((outside, [lost, aside]) => outside.replaceAll(aside, lost), text);
}
