import { DASHES } from '../modifiers/windash.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import { equalToOne, OPERATORS } from './comparison.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import { textForSqlite } from './sqlite-text.ts';

/**
 * SQLite, with functions of ours: `sqliteFunctions` has them. Its own LIKE folds ASCII only, its comparisons convert
 * numbers, and it has no regular expressions (SIGMA §6.1); plain equality, GLOB, instr and substr work on code points.
 * Lists are JSON arrays of texts.
 */
export const sqlite: SqlDialect = {
  id: 'sqlite',
  title: 'SQLite',
  columnsOf: (table) => `SELECT name FROM pragma_table_info(${literal(table)})`,
  identifier,
  literal,
  truth: (value) => (value ? 'TRUE' : 'FALSE'),

  fold: (text) => `sigma_fold(${text})`,
  equals: equalToOne(literal),
  like,
  search: (text, source, flags) =>
    `sigma_search(${text}, ${literal(flags === '' ? source : `(?${flags})${source}`)})`,
  contains: (text, part) => `instr(${text}, ${part}) > 0`,
  startsWith: (text, part) => `substr(${text}, 1, length(${part})) = ${part}`,
  // substr from -0 would be the whole text.
  endsWith: (text, part) =>
    `(substr(${text}, -length(${part})) = ${part} OR (${part} = '' AND ${text} IS NOT NULL))`,

  textOfInteger: (value) => `CAST(${value} AS TEXT)`,
  textOfNumber: (value) => `sigma_number_text(${value})`,
  textOfTime: (value) => `sigma_time_text(${value})`,
  compareNumber: (value, is, to) => `${value} ${OPERATORS[is]} ${to}`,
  compareText: (text, is, to) => `sigma_compare(${text}, ${literal(to)}) ${OPERATORS[is]} 0`,
  address: (text) => `sigma_address(${text})`,
  timePart: (value, type, part, zone) =>
    `sigma_${type === 'time' ? 'instant' : 'text'}_part(${value}, ${literal(part)}, ${literal(zone)})`,

  any: (list, member, test) =>
    `EXISTS (SELECT 1 FROM (SELECT value AS ${member} FROM json_each(${list})) WHERE ${test})`,
  hasMember: (list) => `EXISTS (SELECT 1 FROM json_each(${list}) WHERE value IS NOT NULL)`,
  joined: (list) => `(SELECT group_concat(value, char(31)) FROM json_each(${list}))`,
  memberOf: (list, name) =>
    `(SELECT json_group_array(json_extract(value, ${literal(`$.${name}`)})) FROM json_each(${list}))`,
  jsonValues: (json, key) => `sigma_json_values(${json}, ${key === undefined ? 'NULL' : literal(key)})`,
  jsonKeys: (table, column) =>
    `SELECT DISTINCT key AS name FROM ${identifier(table)}, json_each(${identifier(table)}.${identifier(column)})`,
  micros: (time) => time,
  bits: (tests) => tests.map((test, i) => `CASE WHEN ${test} THEN ${2 ** i} ELSE 0 END`).join(' + ') || '0',
};

function identifier(name: string): Sql {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): Sql {
  return `'${textForSqlite(text).replaceAll("'", "''")}'`;
}

function like(text: Sql, pattern: Pattern): Sql {
  const open = {
    start: pattern[0]?.kind === 'any',
    end: pattern.length > 0 && pattern.at(-1)?.kind === 'any',
  };
  if (pattern.length === 1 && open.start) return `${text} IS NOT NULL`;
  const inner = literalText(pattern.slice(open.start ? 1 : 0, open.end ? -1 : undefined));
  if (inner === undefined) return `${text} GLOB ${literal(pattern.map(globOf).join(''))}`;
  if (open.start && open.end) return `instr(${text}, ${literal(inner)}) > 0`;
  const length = [...inner].length;
  if (open.start) return `substr(${text}, ${-length}) = ${literal(inner)}`;
  if (open.end) return `substr(${text}, 1, ${length}) = ${literal(inner)}`;
  return `${text} = ${literal(inner)}`;
}

/** GLOB compares code points; in brackets, a character that it would read as its own is itself. */
function globOf(part: Pattern[number]): string {
  switch (part.kind) {
    case 'text':
      return part.text.replace(/[[*?]/g, '[$&]');
    case 'any':
      return '*';
    case 'one':
      return '?';
    case 'dash':
      // A dash that stands last in brackets is one.
      return `[${DASHES.replace('-', '')}-]`;
    case 'bytes':
      return '';
  }
}
