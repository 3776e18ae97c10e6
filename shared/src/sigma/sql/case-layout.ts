import { FIELDS, type Field, type FieldName, fieldNamed } from '../../events/fields.ts';
import { KEYWORD_FIELDS } from '../../events/keyword-fields.ts';
import type { SqlEngine } from '../detection.ts';
import { NOTHING, type Predicate } from '../predicate.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import type { Home, KeywordLeaf, Layout, Operand, Place } from './layout.ts';
import { type Storage, VIEW_ONLY } from './storage.ts';

/** Which columns the view `event` and the table `statement` have, which keys the JSON column `extra`, and how it is kept. */
export interface CaseColumns {
  readonly event: ReadonlySet<string>;
  readonly statement: ReadonlySet<string>;
  /** `any`: not looked up, every name may be one. */
  readonly extra: ReadonlySet<string> | 'any';
  readonly storage: Storage;
}

/** The events of a case: the view `event` over the tables `record` and `statement`. */
export class CaseLayout implements Layout {
  readonly source = 'exhibit';
  readonly #columns: CaseColumns;

  constructor(columns: CaseColumns) {
    this.#columns = columns;
  }

  order(column: (name: string) => Sql): readonly Sql[] {
    return ['time', 'exhibit', 'byte_offset'].map(column);
  }

  events(columns: ReadonlySet<string>, ids?: readonly string[]): Sql {
    return this.#columns.storage.events(columns, ids);
  }

  bind(field: string, dialect: SqlDialect, column: (name: string) => Sql): Operand {
    return bindField(field, this.#columns, dialect, column);
  }

  keyword(leaf: KeywordLeaf): Predicate {
    return { kind: 'or', of: keywordFields(this.#columns).map((field) => ({ ...leaf, field })) };
  }

  /** Rules that ask for it are not planned for a case (`EventKind.nested`). */
  members(): Predicate {
    return NOTHING;
  }

  homeOf(field: string): Home {
    return homeOf(field, this.#columns);
  }

  columnAt(home: Home, name: string): string {
    return home === 'statement' ? statementColumn(name) : 'value';
  }

  placeOf(home: Home, dialect: SqlDialect): Place {
    if (home === 'statement') return { from: 'statement', key: 'statement_id', on: 'statement_id' };
    const { storage } = this.#columns;
    const kept = storage.values(home);
    if (kept !== undefined) return { from: kept.from, key: 'key', on: kept.on };
    const value = `e.${dialect.identifier(home)}`;
    return {
      from: `(SELECT DISTINCT ${value} AS value FROM ${storage.events(new Set([home]))} AS e)`,
      key: 'value',
      on: home,
    };
  }

  shared(field: string): { readonly own: string; readonly apart: boolean } | undefined {
    const column = sharedList(field, this.#columns);
    const { storage } = this.#columns;
    const own = column === undefined ? undefined : storage.own(column);
    return own === undefined ? undefined : { own, apart: storage.values(own) !== undefined };
  }

  micros(time: Sql, dialect: SqlDialect): Sql {
    return dialect.micros(time);
  }

  among(id: Sql, ids: readonly string[], dialect: SqlDialect): Sql {
    return dialect.equals(id, ids);
  }
}

/** What the field dictionary promises, for showing SQL without data. */
export const DICTIONARY_COLUMNS: CaseColumns = {
  event: new Set(FIELDS.map((field) => field.name).filter((name) => name !== 'raw')),
  statement: new Set(['statement_id', 'text', 'fingerprint']),
  extra: 'any',
  storage: VIEW_ONLY,
};

export const DICTIONARY_LAYOUT: Layout = new CaseLayout(DICTIONARY_COLUMNS);

/**
 * Asks the engine. Keys of `extra` are looked for only when a rule names a field that is no column: that reads the
 * whole column once.
 */
export async function readCaseLayout(
  engine: SqlEngine,
  dialect: SqlDialect,
  fields: Iterable<string>,
  storage: Storage = VIEW_ONLY,
): Promise<Layout> {
  const names = async (sql: Sql) => new Set((await engine.all(sql, [])).map((row) => String(row.name)));
  const event = await names(dialect.columnsOf('event'));
  const statement = await names(dialect.columnsOf('statement'));
  const beyond = [...fields].some(
    (field) => columnOf(field, event) === undefined && objectMember(field, { event }) === undefined,
  );
  const extra =
    beyond && event.has('extra') ? await names(dialect.jsonKeys('event', 'extra')) : new Set<string>();
  return new CaseLayout({ event, statement, extra, storage });
}

const ABSENT: Operand = { type: 'absent', sql: 'NULL' };

/** Columns of a few thousand distinct values at most, whatever the case: names, kinds, places. */
const FEW_VALUES: ReadonlySet<string> = new Set<FieldName>([
  'product',
  'format',
  'server',
  'user',
  'effective_user',
  'os_user',
  'role',
  'client_ip',
  'client_host',
  'application',
  'database',
  'schema',
  'action',
  'class',
  'object_type',
  'object',
  'flags',
  'result',
  'error_code',
  'severity',
]);

/** The best home for tests of `field`. */
function homeOf(field: string, layout: CaseColumns): Home {
  const column = columnOf(field, layout.event) ?? (objectMember(field, layout) && 'objects');
  const known = column === undefined ? undefined : fieldNamed(column);
  if (known === undefined) return 'event';
  if (known.home === 'statement' && layout.statement.has(statementColumn(known.name))) return 'statement';
  const few = FEW_VALUES.has(known.name) || layout.storage.values(known.name) !== undefined;
  return few ? known.name : 'event';
}

/**
 * Binds a field that a rule names (SIGMA R18, R19): column, member of a list of objects, else key of `extra`. `column`
 * gives the SQL of the column of that name where the test is judged.
 */
function bindField(
  field: string,
  layout: CaseColumns,
  dialect: SqlDialect,
  column: (name: string) => Sql,
): Operand {
  const name = columnOf(field, layout.event);
  const known = name === undefined ? undefined : fieldNamed(name);
  if (known !== undefined) return ofColumn(known, column(known.name), dialect);
  const member = objectMember(field, layout);
  if (member !== undefined) return { type: 'list', sql: dialect.memberOf(column('objects'), member) };
  const key = extraKey(field, layout.extra);
  return key === undefined ? ABSENT : { type: 'list', sql: dialect.jsonValues(column('extra'), key) };
}

/** The column that holds a field, where its statement adds to what its record says. */
function sharedList(field: string, layout: CaseColumns): string | undefined {
  const name = columnOf(field, layout.event) ?? (objectMember(field, layout) && 'objects');
  const known = name === undefined ? undefined : fieldNamed(name);
  return known?.statementAdds === true && layout.statement.has(known.name) ? known.name : undefined;
}

/** `type`, `name` or `access` of the event's objects, where `field` is such a path. */
function objectMember(field: string, layout: Pick<CaseColumns, 'event'>): string | undefined {
  const member = /^objects\.(type|name|access)$/i.exec(field)?.[1];
  return layout.event.has('objects') ? member?.toLowerCase() : undefined;
}

/** Fields whose every value a keyword looks at (SIGMA R11): what the event says, not where the record stands. */
function keywordFields(layout: CaseColumns): readonly string[] {
  return KEYWORD_FIELDS.filter((name) => layout.event.has(name));
}

/** `name` as the columns spell it: exactly, else in another case. */
function columnOf(name: string, columns: ReadonlySet<string>): string | undefined {
  if (columns.has(name)) return name;
  const lower = name.toLowerCase();
  return columns.has(lower) ? lower : undefined;
}

/** The column of the table `statement` that holds a field. */
function statementColumn(field: string): string {
  return field === 'statement' ? 'text' : field;
}

function ofColumn(field: Field, sql: Sql, dialect: SqlDialect): Operand {
  switch (field.type) {
    case 'text':
      return { type: 'text', sql };
    case 'integer':
    case 'number':
      return { type: field.type, sql };
    case 'timestamp':
      return { type: 'time', sql };
    case 'text list':
      return { type: 'list', sql };
    case 'object list':
      return { type: 'list', sql: dialect.memberOf(sql, 'name') };
    case 'json':
      return { type: 'list', sql: dialect.jsonValues(sql, undefined) };
  }
}

function extraKey(field: string, keys: CaseColumns['extra']): string | undefined {
  const names = field.toLowerCase().startsWith('extra.') ? [field.slice('extra.'.length), field] : [field];
  if (keys === 'any') return names[0];
  for (const name of names) {
    if (keys.has(name) || keys.has(name.split('.')[0] ?? '')) return name;
    const key = [...keys].find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (key !== undefined) return key;
  }
  return undefined;
}
