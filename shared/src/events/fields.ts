/** How a field's value is shaped, independent of any engine. */
export type FieldType = 'text' | 'integer' | 'number' | 'timestamp' | 'text list' | 'object list' | 'json';

/** Column types of DuckDB, the engine of the workbench; other engines map from `FieldType`. */
export type FieldSqlType =
  | 'VARCHAR'
  | 'TIMESTAMP'
  | 'BIGINT'
  | 'INTEGER'
  | 'DOUBLE'
  | 'VARCHAR[]'
  | 'STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[]';

/** One row of the field dictionary. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** One sentence for people: reference, hover, completion. */
  readonly meaning: string;
  readonly sqlType: FieldSqlType;
  /** `record`: a column of each log record; `statement`: of the distinct text only; `computed`: stored in neither. */
  readonly home: 'record' | 'statement' | 'computed';
  /** The record holds what it says itself, and the view adds what its statement's text says. */
  readonly statementAdds?: true;
  /** Elastic Common Schema name. */
  readonly ecs?: string;
  /** Open Cybersecurity Schema Framework attribute (Datastore Activity 6005, Authentication 3002, …). */
  readonly ocsf?: string;
  /** OpenTelemetry semantic convention attribute. */
  readonly otel?: string;
}

const OBJECTS = 'STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[]';

/**
 * The field dictionary (EVENTS.md): every field of the event, once. Documentation, completion, hovers, DDL and
 * the exports to ECS, OCSF and OpenTelemetry are made from this table.
 */
// biome-ignore format: one field a line reads as the table that it is
export const FIELDS = [
  { name: 'event_id', type: 'text', sqlType: 'VARCHAR', home: 'computed', ecs: 'event.id', ocsf: 'metadata.uid', meaning: 'Exhibit and record ordinal, `E001:41`: the same after every import of the same bytes.' },
  { name: 'time', type: 'timestamp', sqlType: 'TIMESTAMP', home: 'record', ecs: '@timestamp', ocsf: 'time', meaning: 'When it happened: UTC to the microsecond, after zone and clock-offset correction.' },
  { name: 'time_raw', type: 'text', sqlType: 'VARCHAR', home: 'record', ocsf: 'metadata.original_time', meaning: 'The time as the log writes it.' },
  { name: 'time_basis', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'How the zone was known (`in record`, `log setting`, `examiner`, `assumed UTC`) and the offset applied.' },
  { name: 'exhibit', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'log.file.path', meaning: 'The exhibit that holds the record.' },
  { name: 'byte_offset', type: 'integer', sqlType: 'BIGINT', home: 'record', ecs: 'log.offset', meaning: 'First byte of the record in the exhibit, from 0.' },
  { name: 'byte_length', type: 'integer', sqlType: 'BIGINT', home: 'record', meaning: 'Length of the record in bytes.' },
  { name: 'line', type: 'integer', sqlType: 'INTEGER', home: 'record', meaning: 'Line on which the record starts, from 1.' },
  { name: 'product', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'service.type', ocsf: 'metadata.product.name', otel: 'db.system.name', meaning: 'Database product: postgresql, mysql, mariadb, oracle, mssql, …' },
  { name: 'format', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'event.dataset', ocsf: 'metadata.log_name', meaning: 'The reader that read the record.' },
  { name: 'server', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'host.name', ocsf: 'dst_endpoint.hostname', otel: 'server.address', meaning: 'Host or cluster that wrote the record.' },
  { name: 'instance', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Instance of the host or cluster that wrote the record.' },
  { name: 'session', type: 'text', sqlType: 'VARCHAR', home: 'record', ocsf: 'session.uid', meaning: "The server's session or connection id." },
  { name: 'session_seq', type: 'integer', sqlType: 'BIGINT', home: 'record', ecs: 'event.sequence', meaning: 'Running number of the record in its session, where the source counts.' },
  { name: 'transaction', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Transaction id as the source writes it.' },
  { name: 'statement_seq', type: 'integer', sqlType: 'BIGINT', home: 'record', meaning: 'Running number of the statement, where the source counts.' },
  { name: 'user', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'user.name', ocsf: 'actor.user.name', meaning: 'Login name.' },
  { name: 'effective_user', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'user.effective.name', meaning: 'User whose rights applied: after SET ROLE, or the definer.' },
  { name: 'os_user', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Operating-system user of the client.' },
  { name: 'role', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Role in force.' },
  { name: 'client_ip', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'source.ip', ocsf: 'src_endpoint.ip', otel: 'client.address', meaning: 'Address that the client came from.' },
  { name: 'client_port', type: 'integer', sqlType: 'INTEGER', home: 'record', ecs: 'source.port', ocsf: 'src_endpoint.port', otel: 'client.port', meaning: 'Port that the client came from.' },
  { name: 'client_host', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'source.domain', ocsf: 'src_endpoint.hostname', meaning: 'Host name that the client came from; `[local]` is a socket on the server itself.' },
  { name: 'application', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Program, as it named itself.' },
  { name: 'auth_method', type: 'text', sqlType: 'VARCHAR', home: 'record', ocsf: 'auth_protocol', meaning: 'How the login was proved: password, scram-sha-256, cert, peer, …' },
  { name: 'database', type: 'text', sqlType: 'VARCHAR', home: 'record', ocsf: 'database.name', otel: 'db.namespace', meaning: 'Database of the session.' },
  { name: 'schema', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Schema in force.' },
  { name: 'action', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'event.action', ocsf: 'activity_name', otel: 'db.operation.name', meaning: 'Verb: CONNECT, DISCONNECT, SELECT, INSERT, GRANT, ALTER ROLE, COPY TO, …' },
  { name: 'class', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'event.category', ocsf: 'class_uid', meaning: 'What kind of thing happened: one of the event classes.' },
  { name: 'object_type', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Type of the main object: table, view, function, role, …' },
  { name: 'object', type: 'text', sqlType: 'VARCHAR', home: 'record', ocsf: 'table.name', otel: 'db.collection.name', meaning: 'Main object, schema-qualified where known, folded as the dialect folds.' },
  { name: 'objects', type: 'object list', sqlType: OBJECTS, home: 'record', statementAdds: true, meaning: 'Every object that the record or its statement names, with its type and access.' },
  { name: 'columns', type: 'text list', sqlType: 'VARCHAR[]', home: 'record', statementAdds: true, meaning: 'Columns, where the source or the parser knows them.' },
  { name: 'statement', type: 'text', sqlType: 'VARCHAR', home: 'statement', ocsf: 'query_info.query_string', otel: 'db.query.text', meaning: 'Statement text as logged.' },
  { name: 'statement_id', type: 'integer', sqlType: 'BIGINT', home: 'record', ocsf: 'query_info.uid', meaning: 'Number of the distinct statement text in this case.' },
  { name: 'fingerprint', type: 'text', sqlType: 'VARCHAR', home: 'statement', otel: 'db.query.summary', meaning: 'Normalised text without literals: the same for statements that differ only in values.' },
  { name: 'parameters', type: 'text list', sqlType: 'VARCHAR[]', home: 'record', otel: 'db.query.parameter', meaning: 'Values bound to the statement, in order.' },
  { name: 'flags', type: 'text list', sqlType: 'VARCHAR[]', home: 'record', statementAdds: true, ecs: 'tags', meaning: 'What makes the event worth a look.' },
  { name: 'result', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'event.outcome', ocsf: 'status', meaning: '`success`, `failure` or `unknown`.' },
  { name: 'error_code', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'error.code', ocsf: 'status_code', otel: 'db.response.status_code', meaning: 'SQLSTATE, errno or native code.' },
  { name: 'message', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'error.message', ocsf: 'status_detail', meaning: 'Native text of the message.' },
  { name: 'rows', type: 'integer', sqlType: 'BIGINT', home: 'record', otel: 'db.response.returned_rows', meaning: 'Rows affected or returned.' },
  { name: 'duration_ms', type: 'number', sqlType: 'DOUBLE', home: 'record', ecs: 'event.duration', ocsf: 'duration', meaning: 'How long it took, in milliseconds.' },
  { name: 'severity', type: 'text', sqlType: 'VARCHAR', home: 'record', ecs: 'log.level', ocsf: 'severity', meaning: 'Severity as the source writes it: LOG, WARNING, ERROR, FATAL, …' },
  { name: 'ticket', type: 'text', sqlType: 'VARCHAR', home: 'record', meaning: 'Change reference found in the record.' },
  { name: 'raw', type: 'text', sqlType: 'VARCHAR', home: 'computed', ecs: 'event.original', ocsf: 'raw_data', meaning: 'The record itself, fetched from the exhibit by its offset.' },
  { name: 'extra', type: 'json', sqlType: 'VARCHAR', home: 'record', ocsf: 'unmapped', meaning: 'Every field of the source that has no column of its own, as a JSON object.' },
] as const satisfies readonly Field[];

export type FieldName = (typeof FIELDS)[number]['name'];

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));

/** The dictionary's row of `name`, or undefined: rule authors type names. */
export function fieldNamed(name: string): Field | undefined {
  return BY_NAME.get(name);
}
