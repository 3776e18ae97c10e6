import type { SqlDialect } from './dialect.ts';
import { RESERVED } from './keywords.ts';
import {
  endOfBlockComment,
  endOfLine,
  endOfNumber,
  endOfQuoted,
  endOfWord,
  isDigit,
  isSpace,
  isWordStart,
} from './scan.ts';
import type { Token, TokenKind } from './token.ts';

/** PostgreSQL 9.5 to 19, as its own scanner (scan.l) cuts, with psql's backslash commands at the start of a statement. */
export const postgresql: SqlDialect = {
  id: 'postgresql',
  tokenize,
  fold: foldAscii,
  value,
  // As pgAudit writes names (quote_identifier), so that both can be compared.
  spell: (name) =>
    /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name.toUpperCase())
      ? name
      : `"${name.replaceAll('"', '""')}"`,
  aliases: { user: 'role', group: 'role', 'foreign server': 'server' },
  selectInto: 'table',
  routineBody: 'string',
  auditSetting:
    /^(pgaudit\.|log_|logging_collector$|syslog_|event_source$|(shared|session|local)_preload_libraries$)/,
  auditModule: /^pgaudit/,
  // What holds passwords is not exempt.
  catalogue: /^(information_schema\.|(pg_catalog\.)?pg_(?!authid|shadow|user_mapping))/,
};

const OPERATOR = /[-+*/<>=~!@#%^&|`?]/;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, from: number, to: number) => {
    const open = to < 0;
    tokens.push({ kind, from, to: open ? text.length : to, open });
  };
  let i = 0;
  let meta = false;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) {
      // A backslash command ends with its line.
      if (meta && code === 0x0a) {
        add('end', i, i + 1);
        meta = false;
      }
      i++;
      continue;
    }
    const from = i;
    const c = text[i] ?? '';
    const next = text[i + 1];
    if (isWordStart(code)) {
      const prefixed = next === "'" || next === '&' ? prefixedString(text, i) : undefined;
      if (prefixed !== undefined) add(prefixed.kind, from, prefixed.to);
      else add('word', from, endOfWord(text, i + 1));
    } else if (isDigit(code) || (c === '.' && isDigit(text.charCodeAt(i + 1))))
      add('number', from, endOfNumber(text, i));
    else if (c === "'") add('string', from, endOfQuoted(text, i + 1, c, 'doubled'));
    else if (c === '"') add('quoted', from, endOfQuoted(text, i + 1, c, 'doubled'));
    else if (c === '$') {
      const to = endOfDollar(text, i);
      if (isDigit(text.charCodeAt(i + 1))) add('param', from, endOfWord(text, i + 1));
      else if (to === undefined) add('operator', from, i + 1);
      else add('string', from, to);
    } else if (c === '-' && next === '-') add('comment', from, endOfLine(text, i));
    else if (c === '/' && next === '*') add('comment', from, endOfBlockComment(text, i + 2, 'nested'));
    else if (c === ';') {
      add('end', from, i + 1);
      meta = false;
    } else if (c === '\\') {
      const last = tokens.findLast((token) => token.kind !== 'comment');
      if (last === undefined || last.kind === 'end') {
        add('meta', from, endOfWord(text, i + 1));
        meta = true;
      } else add('operator', from, i + 1);
    } else if ('(),.[]{}'.includes(c)) {
      add('punct', from, i + 1);
    } else if (c === ':')
      add(
        next === ':' || next === '=' ? 'operator' : 'punct',
        from,
        next === ':' || next === '=' ? i + 2 : i + 1,
      );
    else add('operator', from, endOfOperator(text, i));
    i = tokens[tokens.length - 1]?.to ?? text.length;
  }
  return tokens;
}

/** `E'…'`, `B'…'`, `X'…'`, `N'…'`, `U&'…'`, `U&"…"`. */
function prefixedString(text: string, at: number): { kind: TokenKind; to: number } | undefined {
  const letter = text.charCodeAt(at) | 0x20;
  if (text[at + 1] === "'") {
    if (letter === 0x65) return { kind: 'string', to: endOfQuoted(text, at + 2, "'", 'backslash') };
    if (letter === 0x62 || letter === 0x78 || letter === 0x6e)
      return { kind: 'string', to: endOfQuoted(text, at + 2, "'", 'doubled') };
    return undefined;
  }
  const quote = text[at + 2];
  if (letter !== 0x75 || (quote !== "'" && quote !== '"')) return undefined;
  return { kind: quote === "'" ? 'string' : 'quoted', to: endOfQuoted(text, at + 3, quote, 'doubled') };
}

/** End of `$tag$ … $tag$`; -1 when it is not closed; undefined when no such string starts here. */
function endOfDollar(text: string, at: number): number | undefined {
  let i = at + 1;
  if (isWordStart(text.charCodeAt(i))) {
    while (isWordStart(text.charCodeAt(i)) || isDigit(text.charCodeAt(i))) i++;
  }
  if (text[i] !== '$') return undefined;
  const tag = text.slice(at, i + 1);
  const close = text.indexOf(tag, i + 1);
  return close < 0 ? -1 : close + tag.length;
}

function endOfOperator(text: string, at: number): number {
  let i = at;
  while (OPERATOR.test(text[i] ?? '')) {
    if (i > at && ((text[i] === '-' && text[i + 1] === '-') || (text[i] === '/' && text[i + 1] === '*')))
      break;
    i++;
  }
  if (i === at) return at + 1;
  // An operator of several characters does not end in + or - unless it has one of ~ ! @ # % ^ & | ` ? (scan.l).
  if (!/[~!@#%^&|`?]/.test(text.slice(at, i))) {
    while (i > at + 1 && (text[i - 1] === '+' || text[i - 1] === '-')) i--;
  }
  return i;
}

/** The server folds ASCII only in multi-byte encodings. */
function foldAscii(identifier: string): string {
  return /[A-Z]/.test(identifier)
    ? identifier.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    : identifier;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function value(token: string): string {
  const dollar = /^\$[^$]*\$/.exec(token)?.[0];
  if (dollar !== undefined)
    return token.slice(
      dollar.length,
      token.endsWith(dollar, token.length) && token.length >= 2 * dollar.length ? -dollar.length : undefined,
    );
  const start = token.search(/['"]/);
  if (start < 0) return token;
  const quote = token[start] ?? '';
  const closed = token.length > start + 1 && token.endsWith(quote);
  const body = token.slice(start + 1, closed ? -1 : undefined).replaceAll(quote + quote, quote);
  const prefix = token.slice(0, start).toUpperCase();
  if (prefix === 'U&')
    return body.replace(/\\(?:\+([0-9a-f]{6})|([0-9a-f]{4}))/gi, (all, six?: string, four?: string) =>
      character(six ?? four, all),
    );
  if (prefix !== 'E') return body;
  return body.replace(
    /\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi,
    (all, u4?: string, u8?: string, x?: string, octal?: string, other?: string) =>
      octal !== undefined
        ? String.fromCharCode(Number.parseInt(octal, 8))
        : other !== undefined
          ? (ESCAPES[other] ?? other)
          : character(u4 ?? u8 ?? x, all),
  );
}

function character(hex: string | undefined, otherwise: string): string {
  const code = Number.parseInt(hex ?? '', 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
