import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import type { StatementFacts } from '@dbwitness/shared/events/statement-facts.ts';
import type { DocumentFields, DocumentValue } from '@dbwitness/shared/sigma/documents/document.ts';
import type { Storage } from '@dbwitness/shared/sigma/sql/storage.ts';
import type { PgParser } from '@dbwitness/shared/sql/facts.ts';
import { understand } from '@dbwitness/shared/sql/understand.ts';
import type { DuckDBConnection } from '@duckdb/node-api';

export type Row = DocumentFields;

const OBJECTS = 'STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[]';

/**
 * Makes the tables `record` and `statement` and the view `event` of given events, in the shape that the workbench
 * has. What an event says itself stands; the rest of it comes from its statement, as in the product.
 * Times: the event's own `time`, else `at` (microseconds since 1970).
 */
export async function makeTables(
  connection: DuckDBConnection,
  events: readonly { readonly at: number; readonly fields: Row }[],
  pgParser?: PgParser,
): Promise<void> {
  const statements = new Map<string, { readonly id: number; readonly facts: StatementFacts }>();
  const records = events.map(({ at, fields }, i) => {
    const text = typeof fields.statement === 'string' ? fields.statement : undefined;
    let statement = text === undefined ? undefined : statements.get(text);
    if (text !== undefined && statement === undefined) {
      const dialect = /mysql|mariadb/.test(String(fields.product)) ? 'mysql' : 'postgresql';
      const facts = understand(text, { dialect, ...(pgParser === undefined ? {} : { pgParser }) });
      statement = { id: statements.size + 1, facts };
      statements.set(text, statement);
    }
    return {
      ...record(fields, statement?.facts),
      event_id: `E001:${i}`,
      exhibit: 'E001',
      byte_offset: i * 100,
      time: timeOf(fields, at),
      statement_id: statement?.id ?? null,
    };
  });
  const columns = FIELDS.filter((field) => field.home !== 'statement' && field.name !== 'raw');
  const statementRows = [...statements].map(([text, { id, facts }]) => ({
    statement_id: id,
    text,
    fingerprint: facts.fingerprint,
    columns: facts.columns,
    flags: facts.flags,
    objects: facts.objects,
  }));
  await load(
    connection,
    'record',
    columns.map(({ name, sqlType }) => ({ name, sqlType })),
    records,
  );
  await load(
    connection,
    'statement',
    [
      { name: 'statement_id', sqlType: 'BIGINT' },
      { name: 'text', sqlType: 'VARCHAR' },
      { name: 'fingerprint', sqlType: 'VARCHAR' },
      { name: 'columns', sqlType: 'VARCHAR[]' },
      { name: 'flags', sqlType: 'VARCHAR[]' },
      { name: 'objects', sqlType: OBJECTS },
    ],
    statementRows,
  );
  const selected = FIELDS.filter((field) => field.name !== 'raw').map((field) => {
    if (field.name === 'statement') return 's.text AS statement';
    if (field.name === 'fingerprint') return 's.fingerprint';
    if ('statementAdds' in field) {
      return `CASE WHEN r.${field.name} IS NULL THEN s.${field.name} WHEN s.${field.name} IS NULL THEN r.${field.name} ELSE list_distinct(list_concat(r.${field.name}, s.${field.name})) END AS ${field.name}`;
    }
    return `r."${field.name}"`;
  });
  await connection.run(
    `CREATE OR REPLACE VIEW event AS SELECT ${selected.join(', ')} FROM record r LEFT JOIN statement s ON s.statement_id = r.statement_id`,
  );
}

/**
 * These tables as a store that keeps much apart: lists of records and values of two columns beside the events, under
 * numbers of their own or the values themselves. What it finds must be what the view finds.
 */
export const TABLE_STORAGE: Storage = {
  events: (columns) => {
    const own = [...columns].filter((name) => name.startsWith('own '));
    const others = [...columns].filter((name) => !name.startsWith('own '));
    const selected = [
      ...others.map((name) => `e."${name}"`),
      ...own.map((name) => `r.${name.slice('own '.length)} AS "${name}"`),
    ];
    return `(SELECT ${selected.join(', ') || '1'} FROM event e JOIN record r ON r.event_id = e.event_id)`;
  },
  values(name) {
    const column = name.startsWith('own ') ? name.slice('own '.length) : name;
    if (!['own objects', 'own flags', 'action', 'rows'].includes(name)) return undefined;
    const values = `SELECT DISTINCT ${column} AS value FROM record WHERE ${column} IS NOT NULL`;
    return { from: `(SELECT value AS key, value FROM (${values}))`, on: name };
  },
  own: (field) => `own ${field}`,
};

/** The record's own columns; class, action and main object come from the statement where the source says nothing. */
function record(fields: Row, facts: StatementFacts | undefined): Record<string, DocumentValue> {
  const row: Record<string, DocumentValue> = {};
  const extra: Record<string, DocumentValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (FIELDS.some((field) => field.name === name)) row[name] = value;
    else extra[name] = value;
  }
  delete row.statement;
  if (Object.keys(extra).length > 0)
    row.extra = JSON.stringify(extra, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  if (facts !== undefined) {
    row.class ??= facts.class;
    row.action ??= facts.action;
    row.object ??= facts.objects[0]?.name ?? null;
    row.object_type ??= facts.objects[0]?.type ?? null;
  }
  return row;
}

function timeOf(fields: Row, at: number): string | null {
  if (fields.time === null) return null;
  const own = fields.time;
  if (typeof own === 'string') return own.replace('T', ' ').replace('Z', '');
  const micros = String(at % 1e6).padStart(6, '0');
  return new Date(Math.floor(at / 1e6) * 1000).toISOString().replace('T', ' ').replace('.000Z', `.${micros}`);
}

async function load(
  connection: DuckDBConnection,
  table: string,
  columns: readonly { readonly name: string; readonly sqlType: string }[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TABLE ${table} (${columns.map(({ name, sqlType }) => `"${name}" ${sqlType}`).join(', ')})`,
  );
  const values = rows.map(
    (row) => `(${columns.map(({ name, sqlType }) => literal(row[name], sqlType)).join(', ')})`,
  );
  if (values.length > 0) await connection.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
}

function literal(value: unknown, sqlType: string): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value))
    return `CAST([${value.map((member) => literal(member, sqlType.replace(/\[\]$/, ''))).join(', ')}] AS ${sqlType})`;
  if (typeof value === 'object') {
    const of = value as Record<string, unknown>;
    return `{'type': ${literal(of.type, 'VARCHAR')}, 'name': ${literal(of.name, 'VARCHAR')}, 'access': ${literal(of.access, 'VARCHAR')}}`;
  }
  // A NUL would end the statement's text.
  const parts = String(value)
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`);
  return `CAST(${parts.join(' || chr(0) || ')} AS ${sqlType})`;
}
