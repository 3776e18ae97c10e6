import type { TimePart } from '../predicate.ts';
import { DOTTED_I, DOTTED_I_ASIDE, FOLD_FROM, FOLD_TO } from '../values/fold.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import { address } from './clickhouse-address.ts';
import { jsonMembers, jsonTexts } from './clickhouse-json.ts';
import { compareNumber, compareText, textOfNumber } from './clickhouse-number.ts';
import { identifier, literal } from './clickhouse-quote.ts';
import { partOfText, partOfTime } from './clickhouse-time.ts';
import { equalToOne } from './comparison.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import { patternRegex } from './pattern-regex.ts';

/**
 * What queries need beyond ClickHouse's defaults: missing rows of a join are NULL, decimals are read to the last bit, and
 * many rules make long queries.
 */
export const CLICKHOUSE_SETTINGS = {
  join_use_nulls: 1,
  precise_float_parsing: 1,
  max_query_size: 1_000_000_000,
  max_ast_elements: 100_000_000,
  max_expanded_ast_elements: 100_000_000,
  max_ast_depth: 100_000,
  max_parser_backtracks: 1_000_000_000,
  output_format_json_quote_64bit_integers: 0,
} as const;

/** ClickHouse 24 and newer. Facts that shaped this file are measured with the engine's build 26.7. */
export const clickhouse: SqlDialect = {
  id: 'clickhouse',
  title: 'ClickHouse',
  columnsOf: (table) =>
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ${literal(table)}`,
  identifier,
  literal,
  truth: (value) => (value ? 'true' : 'false'),

  fold,
  equals: equalToOne(literal),
  like,
  // A dot is any character to `match` unless it is told otherwise.
  search: (text, source, flags) =>
    `match(${text}, ${literal(`(?${flags}${flags.includes('s') ? '' : '-s'})${source}`)})`,
  contains: (text, part) => `position(${text}, ${part}) > 0`,
  startsWith: (text, part) => `startsWith(${text}, ${part})`,
  endsWith: (text, part) => `endsWith(${text}, ${part})`,

  textOfInteger: (value) => `toString(${value})`,
  textOfNumber,
  textOfTime: (value) => `formatDateTime(toDateTime64(${value}, 6, 'UTC'), '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`,
  compareNumber,
  compareText,
  address,
  timePart: (value, type, part: TimePart, zone) =>
    type === 'time' ? partOfTime(value, part, zone) : partOfText(value, part, zone),

  any: (list, member, test) => `arrayExists(${member} -> coalesce(${test}, false), ${list})`,
  hasMember: (list) => `arrayExists(m -> m IS NOT NULL, ${list})`,
  // Lists are never NULL here: an empty one is what is absent.
  joined: (list) => `if(empty(${list}), NULL, arrayStringConcat(${list}, char(31)))`,
  memberOf: (list, name) => `arrayMap(o -> tupleElement(o, ${literal(name)}), ${list})`,
  jsonValues: (json, key) => (key === undefined ? jsonTexts(json) : jsonMembers(json, key)),
  jsonKeys: (table, column) =>
    `SELECT DISTINCT arrayJoin(JSONExtractKeys(assumeNotNull(${identifier(column)}))) AS name FROM ${identifier(table)} WHERE ${identifier(column)} IS NOT NULL`,
  micros: (time) => `toUnixTimestamp64Micro(toDateTime64(${time}, 6))`,
  bits: (tests) => tests.map((test, i) => `if(${test}, ${2 ** i}, 0)`).join(' + ') || '0',
};

// `lowerUTF8` is full lower case, not simple folding; on ASCII both are one, and most text is.
function fold(text: Sql): Sql {
  const aside = `replaceAll(${text}, ${literal(DOTTED_I)}, ${literal(DOTTED_I_ASIDE)})`;
  return `if(length(${text}) = lengthUTF8(${text}), lower(${text}), translateUTF8(lowerUTF8(${aside}), ${literal(FOLD_FROM)}, ${literal(FOLD_TO)}))`;
}

function like(text: Sql, pattern: Pattern): Sql {
  if (pattern.some((part) => part.kind === 'dash'))
    return `match(${text}, ${literal(patternRegex(pattern))})`;
  const start = pattern[0]?.kind === 'any';
  const end = pattern.length > 0 && pattern.at(-1)?.kind === 'any';
  if (pattern.length === 1 && start) return `${text} IS NOT NULL`;
  const inner = literalText(pattern.slice(start ? 1 : 0, end ? -1 : undefined));
  if (inner !== undefined) {
    if (start && end) return `position(${text}, ${literal(inner)}) > 0`;
    if (start) return `endsWith(${text}, ${literal(inner)})`;
    if (end) return `startsWith(${text}, ${literal(inner)})`;
    return `${text} = ${literal(inner)}`;
  }
  const wild = pattern.map((part) => {
    if (part.kind === 'text') return part.text.replace(/[\\%_]/g, '\\$&');
    return part.kind === 'any' ? '%' : '_';
  });
  return `${text} LIKE ${literal(wild.join(''))}`;
}

/** The same for people: what is long stands once, in front of the query and no longer than it. */
export const clickhouseText: SqlDialect = {
  ...clickhouse,
  fold: (text) => `sigma_fold(${text})`,
  address: (text) => `sigma_address(${text})`,
  macros: [
    { name: 'sigma_fold', sql: `(t) -> ${fold('t')} AS sigma_fold` },
    { name: 'sigma_address', sql: `(t) -> ${address('t')} AS sigma_address` },
  ],
  defining: (macros) => `WITH\n  ${macros.join(',\n  ')}\n`,
};
