import { describe, expect, it } from 'vitest';
import type { AuditEvent } from './audit-event.ts';
import { FIELDS, type Field, type FieldName, fieldNamed } from './fields.ts';

/** The compiler refuses a field of the event that is missing here, and one that the dictionary does not know. */
const EVERY_FIELD: Record<keyof AuditEvent & FieldName, true> & Record<keyof AuditEvent, true> = {
  time: true,
  time_raw: true,
  time_basis: true,
  product: true,
  server: true,
  instance: true,
  session: true,
  session_seq: true,
  transaction: true,
  statement_seq: true,
  user: true,
  effective_user: true,
  os_user: true,
  role: true,
  client_ip: true,
  client_port: true,
  client_host: true,
  application: true,
  auth_method: true,
  database: true,
  schema: true,
  action: true,
  class: true,
  object_type: true,
  object: true,
  objects: true,
  columns: true,
  statement: true,
  parameters: true,
  flags: true,
  result: true,
  error_code: true,
  message: true,
  rows: true,
  duration_ms: true,
  severity: true,
  ticket: true,
  extra: true,
};

/** What a reader cannot know of its own record: where it stands, and what is made of it later. */
const OUTSIDE_THE_EVENT = [
  'event_id',
  'exhibit',
  'byte_offset',
  'byte_length',
  'line',
  'format',
  'statement_id',
  'fingerprint',
  'raw',
];

describe('field dictionary', () => {
  it('covers every field of the audit event and nothing unexplained', () => {
    const names = FIELDS.map((field) => field.name).sort();
    expect(names).toEqual([...Object.keys(EVERY_FIELD), ...OUTSIDE_THE_EVENT].sort());
  });

  it('names every field once, in lower case', () => {
    const names = FIELDS.map((field) => field.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it('gives no two fields the same outside name', () => {
    for (const schema of ['ecs', 'ocsf', 'otel'] as const) {
      const given = (FIELDS as readonly Field[]).flatMap((field) => field[schema] ?? []);
      expect(new Set(given).size).toBe(given.length);
    }
  });

  it('has a SQL type that fits the type', () => {
    const fitting: Record<Field['type'], readonly string[]> = {
      text: ['VARCHAR'],
      json: ['VARCHAR'],
      integer: ['BIGINT', 'INTEGER'],
      number: ['DOUBLE'],
      timestamp: ['TIMESTAMP'],
      'text list': ['VARCHAR[]'],
      'object list': ['STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[]'],
    };
    for (const field of FIELDS) expect(fitting[field.type]).toContain(field.sqlType);
  });

  it('is looked up by the name that a rule author types', () => {
    expect(fieldNamed('user')?.ecs).toBe('user.name');
    expect(fieldNamed('constructor')).toBeUndefined();
  });
});
