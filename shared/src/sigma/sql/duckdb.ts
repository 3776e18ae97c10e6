import { MAPPED } from '../../estate/network.ts';
import { DOTTED_I, DOTTED_I_ASIDE, FOLD_FROM, FOLD_TO } from '../values/fold.ts';
import { CLOCK_SYNTAX, DATE_SYNTAX, OFFSET_SYNTAX } from '../values/local-time.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import { NUMBER_SYNTAX } from '../values/scalar.ts';
import { equalToOne, OPERATORS } from './comparison.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import { patternRegex } from './pattern-regex.ts';

/** DuckDB 1.5. Facts that shaped this file are measured and stand in SIGMA §6.1. */
export const duckdb: SqlDialect = {
  id: 'duckdb',
  title: 'DuckDB',
  columnsOf: (table) => `SELECT column_name AS name FROM (DESCRIBE ${identifier(table)})`,
  identifier,
  literal,
  truth: (value) => (value ? 'TRUE' : 'FALSE'),

  fold,
  equals: equalToOne(literal),
  like,
  // Flags go inline: the option 'm' of regexp_matches is not (?m). `~` would be a full match.
  search: (text, source, flags) =>
    `regexp_matches(${text}, ${literal(flags === '' ? source : `(?${flags})${source}`)})`,
  contains: (text, part) => `contains(${text}, ${part})`,
  startsWith: (text, part) => `starts_with(${text}, ${part})`,
  endsWith: (text, part) => `ends_with(${text}, ${part})`,

  textOfInteger: (value) => `CAST(${value} AS VARCHAR)`,
  // Shortest digits as ECMAScript prints them: whole numbers without point, exponents without leading zero.
  textOfNumber: (value) =>
    `CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 1e38 THEN CAST(CAST(${value} AS HUGEINT) AS VARCHAR) ELSE regexp_replace(CAST(${value} AS VARCHAR), 'e([+-])0', 'e\\1') END`,
  textOfTime: (value) => `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%fZ')`,
  compareNumber: (value, is, to) => `${value} ${OPERATORS[is]} ${number(to)}`,
  // Guarded by syntax because TRY_CAST also takes blanks, `_`, Infinity and nan.
  compareText: (text, is, to) =>
    `CASE WHEN NOT regexp_full_match(${text}, ${literal(NUMBER_SYNTAX)}) THEN FALSE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,38}') THEN TRY_CAST(ltrim(${text}, '+') AS HUGEINT) ${OPERATORS[is]} ${number(to)} ELSE TRY_CAST(${text} AS DOUBLE) ${OPERATORS[is]} ${number(to)} END`,
  address: addressOf,
  timePart(value, type, part, zone) {
    const unit = part === 'week' ? 'week' : part;
    const local =
      type === 'time' ? `timezone(${literal(zone)}, timezone('UTC', ${value}))` : localOfText(value, zone);
    return `date_part('${unit}', ${local})`;
  },

  any: (list, member, test) => `len(list_filter(${list}, lambda ${member}: ${test})) > 0`,
  each: (list, member, value) => `list_transform(${list}, lambda ${member}: ${value})`,
  hasMember: (list) => `len(list_filter(${list}, lambda m: m IS NOT NULL)) > 0`,
  joined: (list) => `array_to_string(${list}, chr(31))`,
  memberOf: (list, name) => `list_transform(${list}, lambda o: o.${identifier(name)})`,
  jsonValues: (json, key) =>
    key === undefined ? `json_extract_string(${json}, '$..*')` : jsonMembers(json, key),
  jsonKeys: (table, column) =>
    `SELECT DISTINCT unnest(json_keys(${identifier(column)})) AS name FROM ${identifier(table)} WHERE ${identifier(column)} IS NOT NULL`,
  micros: (time) => `epoch_us(${time})`,
  bits: (tests) => tests.map((test, i) => `CASE WHEN ${test} THEN ${2 ** i} ELSE 0 END`).join(' + ') || '0',
};

// `lower` is not simple folding (it misses Σ/ς and ſ/s and makes İ an i), but on ASCII it is, and most text is.
function fold(text: Sql): Sql {
  const aside = `replace(${text}, ${literal(DOTTED_I)}, ${literal(DOTTED_I_ASIDE)})`;
  return `CASE WHEN strlen(${text}) = length(${text}) THEN lower(${text}) ELSE translate(lower(${aside}), ${literal(FOLD_FROM)}, ${literal(FOLD_TO)}) END`;
}

function identifier(name: string): Sql {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): Sql {
  // A NUL would end the statement's text: it goes in as a function call.
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(' || chr(0) || ')})`;
}

/** A number of a rule. Its text comes from a parsed number, never from the file. */
function number(text: string): Sql {
  return /[eE.]/.test(text) ? `CAST(${literal(text)} AS DOUBLE)` : text;
}

function like(text: Sql, pattern: Pattern): Sql {
  if (pattern.some((part) => part.kind === 'dash'))
    return `regexp_matches(${text}, ${literal(patternRegex(pattern))})`;
  const open = {
    start: pattern[0]?.kind === 'any',
    end: pattern.length > 0 && pattern.at(-1)?.kind === 'any',
  };
  const inner = literalText(pattern.slice(open.start ? 1 : 0, open.end ? -1 : undefined));
  if (pattern.length === 1 && open.start) return `${text} IS NOT NULL`;
  if (inner !== undefined) {
    if (open.start && open.end) return `contains(${text}, ${literal(inner)})`;
    if (open.start) return `ends_with(${text}, ${literal(inner)})`;
    if (open.end) return `starts_with(${text}, ${literal(inner)})`;
    return `${text} = ${literal(inner)}`;
  }
  const wild = pattern.map((part) => {
    if (part.kind === 'text') return part.text.replace(/[\\%_]/g, '\\$&');
    return part.kind === 'any' ? '%' : '_';
  });
  return `${text} LIKE ${literal(wild.join(''))} ESCAPE '\\'`;
}

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const V4 = `${OCTET}(\\.${OCTET}){3}`;
const GROUP = '[0-9A-Fa-f]{1,4}';
const GROUPS = `((${GROUP}:){0,6}${GROUP})?`;
const V6 = `((${GROUP}:){7}${GROUP}|${GROUPS}::${GROUPS})`;

/**
 * The address in `text` as 32 hexadecimal digits, so that a network is a range of texts; NULL where it is none (SIGMA
 * R13). DuckDB's inet type is an extension that would have to be downloaded. IPv6 is expanded: the groups before `::`,
 * zeros, the groups behind it; an address that ends as a dotted quad has two groups in its place.
 */
function addressOf(text: Sql): Sql {
  const bare = `regexp_replace(regexp_replace(${text}, '^\\[(.*)\\]$', '\\1'), '%.*$', '')`;
  const octet = (address: Sql, i: number) => `TRY_CAST(split_part(${address}, '.', ${i}) AS INTEGER)`;
  const four = `'${MAPPED}' || printf('%02x%02x%02x%02x', ${[1, 2, 3, 4].map((i) => octet(bare, i)).join(', ')})`;
  const tail = `regexp_extract(${bare}, ${literal(`${V4}$`)})`;
  const tailGroups = [1, 3].map((i) => `${octet(tail, i)} * 256 + ${octet(tail, i + 1)}`).join(', ');
  const six = `CASE WHEN contains(${bare}, '.') THEN regexp_replace(${bare}, ${literal(`${V4}$`)}, '') || printf('%x:%x', ${tailGroups}) ELSE ${bare} END`;
  // A list of one, so that what is expanded is written, and worked out, once.
  return `CASE WHEN regexp_full_match(${bare}, ${literal(V4)}) THEN ${four} WHEN contains(${text}, ':') THEN list_transform([${six}], lambda a: ${expanded('a')})[1] END`;
}

/** The digits of an IPv6 address without dotted quad; NULL where it is none. */
function expanded(address: Sql): Sql {
  const half = (i: 1 | 2) =>
    `list_filter(string_split(lower(split_part(${address}, '::', ${i})), ':'), lambda g: g <> '')`;
  const digits = (groups: Sql) => `array_to_string(list_transform(${groups}, lambda g: lpad(g, 4, '0')), '')`;
  const count = `len(${half(1)}) + len(${half(2)})`;
  const most = `CASE WHEN contains(${address}, '::') THEN 7 ELSE 8 END`;
  return `CASE WHEN regexp_full_match(${address}, '${V6}') AND ${count} <= ${most} THEN ${digits(half(1))} || repeat('0000', 8 - (${count})) || ${digits(half(2))} END`;
}

/** A text in ISO 8601 as local time of `zone`; one without offset is taken as that zone already. */
function localOfText(text: Sql, zone: string): Sql {
  const is = (syntax: string) => `regexp_full_match(${text}, ${literal(syntax)})`;
  // ISO 8601 takes a comma before the fraction too, and an offset behind hours and minutes alone.
  const point = `replace(${text}, ',', '.')`;
  const seconds = `regexp_replace(${point}, '^(.{16})([Z+-].*)$', '\\1:00\\2')`;
  return `CASE WHEN ${is(DATE_SYNTAX + CLOCK_SYNTAX + OFFSET_SYNTAX)} THEN timezone(${literal(zone)}, TRY_CAST(${seconds} AS TIMESTAMPTZ)) WHEN ${is(`${DATE_SYNTAX}(${CLOCK_SYNTAX})?`)} THEN TRY_CAST(${point} AS TIMESTAMP) END`;
}

/** Values at a key: the literal key first, else the path that its dots name (SIGMA R18); arrays give their members. */
function jsonMembers(json: Sql, key: string): Sql {
  const step = (name: string) => `."${name.replace(/["\\]/g, '\\$&')}"`;
  const paths = [`$${step(key)}`, ...(key.includes('.') ? [`$${key.split('.').map(step).join('')}`] : [])];
  const values = paths.map((path) => {
    const at = `json_extract(${json}, ${literal(path)})`;
    return `CASE coalesce(json_type(${at}), 'NULL') WHEN 'ARRAY' THEN json_extract_string(${at}, '$[*]') WHEN 'NULL' THEN NULL WHEN 'DOUBLE' THEN [${duckdb.textOfNumber(`CAST(${at} AS DOUBLE)`)}] ELSE [json_extract_string(${json}, ${literal(path)})] END`;
  });
  return values.length === 1 ? (values[0] ?? 'NULL') : `coalesce(${values.join(', ')})`;
}

/** The same for people: what is long stands in macros, which the text defines before it uses them. */
export const duckdbText: SqlDialect = {
  ...duckdb,
  fold: (text) => `sigma_fold(${text})`,
  address: (text) => `sigma_address(${text})`,
  macros: [
    { name: 'sigma_fold', sql: `CREATE OR REPLACE TEMP MACRO sigma_fold(t) AS ${fold('t')};` },
    { name: 'sigma_address', sql: `CREATE OR REPLACE TEMP MACRO sigma_address(t) AS ${addressOf('t')};` },
  ],
};
