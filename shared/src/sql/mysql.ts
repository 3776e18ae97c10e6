import type { SqlDialect } from './dialect.ts';
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

/** MySQL and MariaDB with their default sql_mode: double quotes are strings, backslash escapes. */
export const mysql: SqlDialect = {
  id: 'mysql',
  tokenize,
  // Names keep their case: whether they are folded depends on lower_case_table_names, which no log tells.
  fold: (identifier) => identifier,
  value,
  spell: (name) => name,
  aliases: { schema: 'database' },
  selectInto: 'variable',
  routineBody: 'inline',
  auditSetting:
    /^(server_audit|audit_log|general_log|slow_query_log|log_|sql_log_|mysql_audit|query_response_time|long_query_time$|expire_logs_days$|binlog_expire_logs)/,
  auditModule: /^(server_audit|audit_log|mysql_audit|libaudit_plugin|component_audit)/,
  catalogue: /^(information_schema|performance_schema|sys)\./i,
};

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, from: number, to: number) => {
    const open = to < 0;
    tokens.push({ kind, from, to: open ? text.length : to, open });
  };
  let i = 0;
  let executable = 0;
  let delimiter = ';';
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) {
      i++;
      continue;
    }
    const from = i;
    const c = text[i] ?? '';
    const next = text[i + 1];
    if (text.startsWith(delimiter, i)) add('end', from, i + delimiter.length);
    else if (isWordStart(code)) {
      const to = endOfWord(text, i + 1);
      const quoted = endOfIntroduced(text, from, to);
      const changed = quoted === undefined ? newDelimiter(text, from, to, tokens) : undefined;
      if (quoted !== undefined) add('string', from, quoted);
      else if (changed !== undefined) {
        delimiter = changed.delimiter;
        add('meta', from, changed.to);
      } else add('word', from, to);
    } else if (isDigit(code) || (c === '.' && isDigit(text.charCodeAt(i + 1)) && !endsName(tokens, i))) {
      const to = endOfNumber(text, i);
      // Names may begin with digits: `2024_sales`.
      const word = c !== '.' && isWordStart(text.charCodeAt(to)) ? endOfWord(text, to) : to;
      add(word > to ? 'word' : 'number', from, word);
    } else if (c === "'" || c === '"') add('string', from, endOfQuoted(text, i + 1, c, 'backslash'));
    else if (c === '`') add('quoted', from, endOfQuoted(text, i + 1, c, 'doubled'));
    else if (c === '#' || (c === '-' && next === '-' && !(text.charCodeAt(i + 2) > 0x20)))
      add('comment', from, endOfLine(text, i));
    else if (c === '/' && next === '*') {
      const opening = /^\/\*M?!\d*/.exec(text.slice(i, i + 12))?.[0];
      if (opening === undefined) add('comment', from, endOfBlockComment(text, i + 2, 'flat'));
      else {
        executable++;
        add('comment', from, i + opening.length);
      }
    } else if (executable > 0 && c === '*' && next === '/') {
      executable--;
      add('comment', from, i + 2);
    } else if (c === '@') add('param', from, endOfVariable(text, i));
    else if ('(),.{}'.includes(c)) add('punct', from, i + 1);
    else add('operator', from, endOfOperator(text, i));
    i = tokens[tokens.length - 1]?.to ?? text.length;
  }
  return tokens;
}

/** `t.1st` is a name: the point belongs to no number. */
function endsName(tokens: readonly Token[], at: number): boolean {
  const last = tokens[tokens.length - 1];
  return last !== undefined && last.to === at && (last.kind === 'word' || last.kind === 'quoted');
}

/** `N'…'`, `X'…'`, `B'…'`, `_utf8mb4'…'`. */
function endOfIntroduced(text: string, from: number, to: number): number | undefined {
  const quote = text[to];
  if (quote !== "'" && quote !== '"') return undefined;
  const word = text.slice(from, to);
  return /^(?:[nxb]|_[a-z0-9]+)$/i.test(word) ? endOfQuoted(text, to + 1, quote, 'backslash') : undefined;
}

/** The mysql client's `DELIMITER //`, at the start of a statement. */
function newDelimiter(
  text: string,
  from: number,
  to: number,
  tokens: readonly Token[],
): { delimiter: string; to: number } | undefined {
  if (to - from !== 9 || text.slice(from, to).toUpperCase() !== 'DELIMITER') return undefined;
  const last = tokens.findLast((token) => token.kind !== 'comment');
  if (last !== undefined && last.kind !== 'end' && last.kind !== 'meta') return undefined;
  const end = endOfLine(text, to);
  const delimiter = text.slice(to, end).trim().split(/\s/)[0] ?? '';
  // The client takes short ones only; a long one would make every comparison long.
  return delimiter === '' || delimiter.length > 16 ? undefined : { delimiter, to: end };
}

/** `@name`, `@'quoted'`, `@@global.name`; the sign alone where nothing follows. */
function endOfVariable(text: string, at: number): number {
  let i = at + 1;
  if (text[i] === '@') i++;
  const quote = text[i];
  if (quote === "'" || quote === '"' || quote === '`') {
    return endOfQuoted(text, i + 1, quote, quote === '`' ? 'doubled' : 'backslash');
  }
  while (
    isWordStart(text.charCodeAt(i)) ||
    isDigit(text.charCodeAt(i)) ||
    text[i] === '.' ||
    text[i] === '$' ||
    text[i] === '%'
  )
    i++;
  return i;
}

const OPERATORS = ['<=>', '->>', ':=', '||', '&&', '->', '<=', '>=', '<>', '!=', '<<', '>>'];

function endOfOperator(text: string, at: number): number {
  return at + (OPERATORS.find((operator) => text.startsWith(operator, at))?.length ?? 1);
}

const ESCAPES: Readonly<Record<string, string>> = {
  0: '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  '%': '\\%',
  _: '\\_',
};

function value(token: string): string {
  const start = token.search(/['"`]/);
  if (start < 0) return token;
  const quote = token[start] ?? '';
  const closed = token.length > start + 1 && token.endsWith(quote);
  const body = token.slice(start + 1, closed ? -1 : undefined);
  if (quote === '`') return body.replaceAll('``', '`');
  return body.replace(/\\([\s\S])|''|""/g, (all, escaped?: string) =>
    escaped !== undefined ? (ESCAPES[escaped] ?? escaped) : all[0] === quote ? quote : all,
  );
}
