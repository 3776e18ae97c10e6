import { MAPPED, type Network } from '../../estate/network.ts';
import { DASHES } from '../modifiers/windash.ts';
import type { Comparison } from '../plan/predicate.ts';
import { DOTTED_I, DOTTED_I_ASIDE, FOLD_FROM, FOLD_TO } from '../values/fold.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import { NUMBER_SYNTAX } from '../values/scalar.ts';
import type { Sql, SqlDialect } from './dialect.ts';

const OPERATORS: Readonly<Record<Comparison | 'equal', string>> = {
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  equal: '=',
};

/** DuckDB 1.5. Facts that shaped this file are measured and stand in SIGMA §6.1. */
export const duckdb: SqlDialect = {
  id: 'duckdb',
  title: 'DuckDB',
  columnsOf: (table) => `SELECT column_name AS name FROM (DESCRIBE ${identifier(table)})`,
  identifier,
  literal,
  truth: (value) => (value ? 'TRUE' : 'FALSE'),

  // `lower` is not simple folding (it misses Σ/ς and ſ/s and makes İ an i), but on ASCII it is, and most text is.
  fold: (text) =>
    `CASE WHEN strlen(${text}) = length(${text}) THEN lower(${text}) ELSE translate(lower(replace(${text}, ${literal(DOTTED_I)}, ${literal(DOTTED_I_ASIDE)})), ${literal(FOLD_FROM)}, ${literal(FOLD_TO)}) END`,
  equals: (text, values) =>
    values.length === 1
      ? `${text} = ${literal(values[0] ?? '')}`
      : `${text} IN (${values.map(literal).join(', ')})`,
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
  inNetwork,
  timePart(value, type, part, zone) {
    const unit = part === 'week' ? 'week' : part;
    const local =
      type === 'time' ? `timezone(${literal(zone)}, timezone('UTC', ${value}))` : localOfText(value, zone);
    return `date_part('${unit}', ${local})`;
  },

  any: (list, member, test) => `len(list_filter(${list}, lambda ${member}: ${test})) > 0`,
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
    return `regexp_matches(${text}, ${literal(regexOf(pattern))})`;
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

function regexOf(pattern: Pattern): string {
  const parts = pattern.map((part) => {
    if (part.kind === 'text') return part.text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
    return { any: '.*', one: '.', dash: `[${DASHES.replace('-', '\\-')}]`, bytes: '' }[part.kind];
  });
  return `(?s)^${parts.join('')}$`;
}

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const V4 = `${OCTET}(\\.${OCTET}){3}`;

/**
 * The address as 32 hexadecimal digits, so that a network is a range of texts: DuckDB's inet type is an extension
 * that would have to be downloaded. IPv6 is expanded: the groups before `::`, zeros, the groups behind it.
 */
function inNetwork(text: Sql, network: Network): Sql {
  const bare = `regexp_replace(regexp_replace(${text}, '^\\[(.*)\\]$', '\\1'), '%.*$', '')`;
  const octets = (address: Sql, from: number) =>
    [0, 1, 2, 3].map((i) => `CAST(split_part(${address}, '.', ${from + i}) AS INTEGER)`);
  const four = `'${MAPPED}' || printf('%02x%02x%02x%02x', ${octets(bare, 1).join(', ')})`;
  const isFour = `regexp_full_match(${bare}, ${literal(V4)})`;
  const range = (hex: Sql) => `${hex} BETWEEN ${literal(network.first)} AND ${literal(network.last)}`;
  // A mapped address may end as a dotted quad: two groups in its place.
  const tail = `regexp_extract(${bare}, ${literal(`${V4}$`)})`;
  const six = `CASE WHEN contains(${bare}, '.') THEN regexp_replace(${bare}, ${literal(`${V4}$`)}, '') || printf('%x:%x', ${[
    '1',
    '3',
  ]
    .map(
      (i) =>
        `TRY_CAST('0' || split_part(${tail}, '.', ${i}) AS INTEGER) * 256 + TRY_CAST('0' || split_part(${tail}, '.', ${Number(i) + 1}) AS INTEGER)`,
    )
    .join(', ')}) ELSE ${bare} END`;
  const groups = (half: Sql) => `list_filter(string_split(lower(${half}), ':'), lambda g: g <> '')`;
  const hexOf = (list: Sql) => `array_to_string(list_transform(${list}, lambda g: lpad(g, 4, '0')), '')`;
  const before = (a: Sql) => groups(`split_part(${a}, '::', 1)`);
  const after = (a: Sql) => groups(`split_part(${a}, '::', 2)`);
  const isSix = (a: Sql) =>
    `regexp_full_match(${a}, '(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(([0-9A-Fa-f]{1,4}:){0,6}[0-9A-Fa-f]{1,4})?::(([0-9A-Fa-f]{1,4}:){0,6}[0-9A-Fa-f]{1,4})?)') AND len(${before(a)}) + len(${after(a)}) <= CASE WHEN contains(${a}, '::') THEN 7 ELSE 8 END`;
  const hexSix = (a: Sql) =>
    `${hexOf(before(a))} || repeat('0000', 8 - len(${before(a)}) - len(${after(a)})) || ${hexOf(after(a))}`;
  const sixIn = `len(list_filter([${six}], lambda a: CASE WHEN ${isSix('a')} THEN ${range(`(${hexSix('a')})`)}${
    network.version === 4 || network.first.startsWith(MAPPED)
      ? ''
      : ` AND NOT starts_with(${hexSix('a')}, '${MAPPED}')`
  } ELSE FALSE END)) > 0`;
  const fourIn = network.version === 4 || network.first.startsWith(MAPPED) ? range(`(${four})`) : 'FALSE';
  return `CASE WHEN ${isFour} THEN ${fourIn} WHEN contains(${text}, ':') THEN ${sixIn} ELSE FALSE END`;
}

/** A text in ISO 8601 as local time of `zone`; one without offset is taken as that zone already. */
function localOfText(text: Sql, zone: string): Sql {
  const date = '\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d([.,]\\d+)?)?';
  return `CASE WHEN regexp_full_match(${text}, '${date}(Z|[+-]\\d\\d(:?\\d\\d)?))') THEN timezone(${literal(zone)}, TRY_CAST(${text} AS TIMESTAMPTZ)) WHEN regexp_full_match(${text}, '${date})?') THEN TRY_CAST(${text} AS TIMESTAMP) END`;
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
