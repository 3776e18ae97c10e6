import { KEYWORDS } from './keywords.ts';
import type { Token } from './token.ts';

/** Signs, in the very letters of a text, that it hides what it does. */
export interface Suspicion {
  readonly obfuscated: boolean;
  /** Text that is to be decoded before it is run or stored: hex, base64, a conversion of bytes to text. */
  readonly encoded: boolean;
}

const CALM: Suspicion = { obfuscated: false, encoded: false };

/** Calls of CHAR or CHR, or numbers in one, from which a text is spelled rather than a character asked for. */
const SPELLED = 4;
/** Literals joined to literals: nobody writes `'DR' || 'OP'` for its own sake; long texts are sometimes cut in a few lines. */
const JOINED = 8;
/** Escapes of plain ASCII characters in one literal. */
const ESCAPED = 6;
/** Key words in mIxEd case. */
const MIXED = 2;

/** NUL, bidirectional controls, zero-width characters: invisible where people read the text. In a string they are data. */
const INVISIBLE = /[\u0000\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const SQL_TEXT =
  /\b(?:select|insert|update|delete|drop|alter|create|grant|exec(?:ute)?|union|truncate|copy)\b/i;
const HEX_DECODERS = new Set(['UNHEX', 'FROM_BASE64', 'DECODE', 'CONVERT_FROM']);

/** One pass over the tokens; what is looked at costs only where it stands. */
export function suspicion(text: string, tokens: readonly Token[]): Suspicion {
  let spelled = 0;
  let joined = 0;
  let mixed = 0;
  let decoders = 0;
  let obfuscated =
    INVISIBLE.test(text) &&
    tokens.some((token) => token.kind !== 'string' && INVISIBLE.test(text.slice(token.from, token.to)));
  let encoded = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    switch (token.kind) {
      case 'comment':
        obfuscated ||= splitsWords(text, tokens, i);
        break;
      case 'word': {
        const raw = text.slice(token.from, token.to);
        if (raw.length > 2 && isMixed(raw) && KEYWORDS.has(raw.toUpperCase())) mixed++;
        if (text.charCodeAt(token.to) === 0x28) {
          const name = raw.toUpperCase();
          if (name === 'CHR' || name === 'CHAR' || name === 'NCHR') spelled += numbersIn(tokens, text, i + 2);
          else if (HEX_DECODERS.has(name)) decoders++;
          else if (name === 'CONCAT') joined += stringsIn(tokens, text, i + 2);
        }
        break;
      }
      case 'string': {
        if (text[token.from - 1] !== '|' && tokens[i + 1]?.kind === 'operator' && joins(text, tokens, i))
          joined++;
        else if (tokens[i - 1]?.kind === 'operator' && joins(text, tokens, i)) joined++;
        const hidden = hides(text, token);
        obfuscated ||= hidden === 'escapes';
        encoded ||= hidden === 'code';
        break;
      }
      case 'quoted':
        // U&"d\0061t\+000061": no tool writes ASCII so.
        obfuscated ||=
          asciiEscapes(text.slice(token.from, token.to)) > 0 &&
          /^u&/i.test(text.slice(token.from, token.from + 2));
        break;
      case 'number':
        encoded ||=
          text.charCodeAt(token.from + 1) === 0x78 && isSql(hexText(text.slice(token.from + 2, token.to)));
        break;
      default:
    }
  }
  // CONVERT_FROM(DECODE(…)): bytes that become text; one alone is how binary data is written.
  encoded ||= decoders >= 2;
  obfuscated ||= encoded || spelled >= SPELLED || joined >= JOINED || mixed >= MIXED;
  return obfuscated ? { obfuscated, encoded } : CALM;
}

// `DROP/**/TABLE`: a comment in place of the blank between two words, or MySQL's `/*!50000SELECT*/`.
function splitsWords(text: string, tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (token === undefined || after === undefined || after.from !== token.to || after.kind !== 'word')
    return false;
  if (text.startsWith('/*!', token.from) || text.startsWith('/*M!', token.from)) {
    return (
      KEYWORDS.has(text.slice(after.from, after.to).toUpperCase()) &&
      /\d$/.test(text.slice(token.from, token.to))
    );
  }
  return (
    before !== undefined && before.to === token.from && (before.kind === 'word' || before.kind === 'punct')
  );
}

function isMixed(word: string): boolean {
  return /[A-Z]/.test(word) && /[a-z]/.test(word) && !/^[A-Z][a-z]+$/.test(word);
}

/** Numbers in an argument list that begins at token `at`. */
function numbersIn(tokens: readonly Token[], text: string, at: number): number {
  let count = 0;
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.kind === 'number') count++;
    else if (token === undefined || text[token.from] !== ',') return count;
  }
  return count;
}

function stringsIn(tokens: readonly Token[], text: string, at: number): number {
  let count = 0;
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.kind === 'string') count++;
    else if (token === undefined || text[token.from] !== ',') return count;
  }
  return count;
}

/** Whether the string at `at` is joined by `||` to another literal or to CHR. */
function joins(text: string, tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  return (
    (before !== undefined && text.startsWith('||', before.from) && isLiteralish(tokens[at - 2], text)) ||
    (after !== undefined && text.startsWith('||', after.from) && isLiteralish(tokens[at + 2], text))
  );
}

function isLiteralish(token: Token | undefined, text: string): boolean {
  return token !== undefined && (token.kind === 'string' || text[token.from] === ')');
}

/** What a literal hides: SQL in hex or base64, or plain characters behind escapes. */
function hides(text: string, token: Token): 'code' | 'escapes' | undefined {
  const length = token.to - token.from;
  if (length < 12) return undefined;
  const prefix = text[token.from]?.toUpperCase();
  const raw =
    length > 65_536 ? text.slice(token.from, token.from + 65_536) : text.slice(token.from, token.to);
  if (prefix === 'E' || prefix === 'U') return asciiEscapes(raw) >= ESCAPED ? 'escapes' : undefined;
  const body = raw
    .replace(/^(?:[xX]?'|"|\$\w*\$)(?:\\x)?/, '')
    .replace(/(?:'|"|\$\w*\$)$/, '')
    .trim();
  // One run of digits: a sentence of words has blanks where no encoder puts them.
  if (!/^[A-Za-z0-9+/=\n\r]{10,}$/.test(body)) return undefined;
  return isSql(hexText(body)) || isSql(base64Text(body)) ? 'code' : undefined;
}

/** Escapes that stand for printable ASCII, which needs none. */
function asciiEscapes(raw: string): number {
  let count = 0;
  for (const match of raw.matchAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|\+?0*([0-9a-f]{2})(?![0-9a-f]))/gi)) {
    const code = Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16);
    if (code >= 0x20 && code < 0x7f && raw[match.index - 1] !== '\\') count++;
  }
  return count;
}

function isSql(text: string): boolean {
  return text.length >= 6 && SQL_TEXT.test(text);
}

/** Hex digits as ASCII; empty where they are something else. */
function hexText(hex: string): string {
  if (hex.length < 12 || hex.length % 2 === 1 || !/^[0-9a-f]+$/i.test(hex)) return '';
  let out = '';
  for (let i = 0; i < hex.length && i < 8192; i += 2)
    out += String.fromCharCode(Number.parseInt(hex.slice(i, i + 2), 16));
  return printable(out);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 as ASCII; empty where it is something else. */
function base64Text(base64: string): string {
  const digits = base64.replace(/\s/g, '').replace(/={1,2}$/, '');
  if (digits.length < 12 || digits.length % 4 === 1) return '';
  let out = '';
  let bits = 0;
  let value = 0;
  for (let i = 0; i < digits.length && i < 8192; i++) {
    value = ((value << 6) | BASE64.indexOf(digits[i] ?? '')) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += String.fromCharCode((value >> bits) & 0xff);
    }
  }
  return printable(out);
}

function printable(text: string): string {
  return /^[\t\n\r\x20-\x7e]*$/.test(text) ? text : '';
}
