/** Character classes and delimited runs that every dialect's tokenizer needs. All positions are UTF-16 units. */

const SPACE = 1;
const WORD_START = 2;
const DIGIT = 4;
const CLASSES = new Uint8Array(128);
for (const c of '\t\n\v\f\r ') CLASSES[c.charCodeAt(0)] = SPACE;
for (let c = 0; c < 26; c++) {
  CLASSES[0x41 + c] = WORD_START;
  CLASSES[0x61 + c] = WORD_START;
}
CLASSES[0x5f] = WORD_START;
for (let c = 0x30; c <= 0x39; c++) CLASSES[c] = DIGIT;

export function isSpace(code: number): boolean {
  return code < 128 && CLASSES[code] === SPACE;
}

/** Letters, underscore and everything beyond ASCII, as both PostgreSQL and MySQL have it. NaN (end of text) is none. */
export function isWordStart(code: number): boolean {
  return code >= 128 || CLASSES[code] === WORD_START;
}

export function isDigit(code: number): boolean {
  return code < 128 && CLASSES[code] === DIGIT;
}

/** End of a run of letters, digits, `_`, `$` that starts at or before `at`. */
export function endOfWord(text: string, at: number): number {
  let i = at;
  for (;;) {
    const code = text.charCodeAt(i);
    if (!(isWordStart(code) || isDigit(code) || code === 0x24)) return i;
    i++;
  }
}

/** End of the line's text: the position of its line feed or carriage return, or the end of the text. */
export function endOfLine(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || code === 0x0d) return i;
  }
  return text.length;
}

/**
 * End of a quoted run whose opening quote is before `at`, closing quote included; doubled quotes stay inside.
 * Returns -1 when the text ends first.
 */
export function endOfQuoted(
  text: string,
  at: number,
  quote: string,
  escapes: 'backslash' | 'doubled',
): number {
  let i = at;
  for (;;) {
    const close = text.indexOf(quote, i);
    if (close < 0) return -1;
    if (escapes === 'backslash') {
      let slashes = 0;
      while (close - 1 - slashes >= i && text.charCodeAt(close - 1 - slashes) === 0x5c) slashes++;
      if (slashes % 2 === 1) {
        i = close + 1;
        continue;
      }
    }
    if (text[close + 1] !== quote) return close + 1;
    i = close + 2;
  }
}

/** End of a block comment whose `/*` is before `at`. Returns -1 when the text ends first. */
export function endOfBlockComment(text: string, at: number, nesting: 'nested' | 'flat'): number {
  let depth = 1;
  let i = at;
  let opening = nesting === 'nested' ? text.indexOf('/*', i) : -1;
  for (;;) {
    const close = text.indexOf('*/', i);
    if (close < 0) return -1;
    while (opening >= 0 && opening < close) {
      depth++;
      opening = text.indexOf('/*', opening + 2);
    }
    depth--;
    i = close + 2;
    if (depth === 0) return i;
    // `/*/` opens and does not close: the next opening mark may overlap the one that was found.
    if (opening >= 0 && opening < i) opening = text.indexOf('/*', i);
  }
}

/** End of a number that starts at `at` (digit, or point and digit): decimal, exponent, 0x/0o/0b, `_` between digits. */
export function endOfNumber(text: string, at: number): number {
  const second = text.charCodeAt(at + 1) | 0x20;
  if (text[at] === '0' && (second === 0x78 || second === 0x62 || second === 0x6f)) {
    let i = at + 2;
    while (/[0-9a-fA-F_]/.test(text[i] ?? '')) i++;
    if (i > at + 2) return i;
  }
  let i = endOfDigits(text, at);
  // `1..10` is a range in PL/pgSQL, not two numbers with points.
  if (text[i] === '.' && text[i + 1] !== '.') i = endOfDigits(text, i + 1);
  if ((text.charCodeAt(i) | 0x20) === 0x65) {
    const sign = text[i + 1] === '+' || text[i + 1] === '-' ? 1 : 0;
    if (isDigit(text.charCodeAt(i + 1 + sign))) i = endOfDigits(text, i + 1 + sign);
  }
  return i;
}

function endOfDigits(text: string, at: number): number {
  let i = at;
  while (isDigit(text.charCodeAt(i)) || (text[i] === '_' && isDigit(text.charCodeAt(i + 1)))) i++;
  return i;
}
