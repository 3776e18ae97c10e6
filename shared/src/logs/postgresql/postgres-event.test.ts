import { describe, expect, it } from 'vitest';
import { csvlog } from '../csvlog/format.ts';
import { onlyEvent, readLog } from '../fixtures/read-log.ts';
import { csvLine } from '../fixtures/samples.ts';
import { parametersOf } from './logged-statement.ts';
import { settingChangeOf } from './setting-change.ts';

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const event = (message: string, over: Readonly<Record<number, string>> = {}) =>
  onlyEvent(csvlog, csvLine({ 13: quoted(message), ...over }));
const NOBODY = { 1: '', 2: '', 4: '', 22: '""' };

describe('messages of the server', () => {
  it.each([
    [
      'connection received: host=10.0.0.9 port=4711',
      { class: 'session', action: 'CONNECTION RECEIVED', client_ip: '10.0.0.9', client_port: 4711 },
    ],
    ['connection received: host=[local]', { action: 'CONNECTION RECEIVED', client_host: '[local]' }],
    [
      'connection authenticated: identity="a" method=b" method=scram-sha-256 (/etc/pg_hba.conf:2)',
      {
        class: 'authentication',
        action: 'AUTHENTICATE',
        result: 'success',
        auth_method: 'scram-sha-256',
        extra: { identity: 'a" method=b', hba_line: '/etc/pg_hba.conf:2' },
      },
    ],
    [
      'connection authorized: user=al database=shop application_name=my app SSL enabled (protocol=TLSv1.3, cipher=X, bits=256)',
      {
        class: 'session',
        action: 'CONNECT',
        result: 'success',
        user: 'al',
        database: 'shop',
        application: 'my app',
        extra: { ssl: 'protocol=TLSv1.3, cipher=X, bits=256' },
      },
    ],
    [
      'replication connection authorized: user=dba application_name=pg_basebackup',
      { action: 'CONNECT', user: 'dba', extra: { replication: true } },
    ],
    [
      'disconnection: session time: 1:00:00.007 user=al database=shop host=::1 port=4711',
      { action: 'DISCONNECT', duration_ms: 3_600_007, user: 'al', client_ip: '::1' },
    ],
    [
      "received replication command: BASE_BACKUP ( LABEL 'x' )",
      { class: 'administration', action: 'BASE_BACKUP', flags: ['export'] },
    ],
    [
      'server process (PID 4711) was terminated by signal 9: Killed',
      { class: 'administration', action: 'SERVER CRASH', result: 'failure', extra: { crashed_pid: 4711 } },
    ],
    ['all server processes terminated; reinitializing', { action: 'SERVER REINITIALIZE' }],
    [
      'automatic vacuum of table "shop.sales.orders": index scans: 0',
      { action: 'VACUUM', object: 'shop.sales.orders' },
    ],
    [
      'parameter "pgaudit.log" changed to "none"',
      {
        class: 'audit_change',
        action: 'PARAMETER CHANGE',
        result: 'success',
        flags: ['audit_change'],
        extra: { setting: 'pgaudit.log', setting_value: 'none' },
      },
    ],
    [
      'parameter "PgAudit.Log" changed to "none"',
      { class: 'audit_change', extra: { setting: 'pgaudit.log', setting_value: 'none' } },
    ],
    [
      'paramètre « log_statement » modifié par « all »',
      { class: 'audit_change', extra: { setting: 'log_statement', setting_value: 'all' } },
    ],
    [
      'parameter "work_mem" changed to "64MB"',
      { class: 'administration', extra: { setting: 'work_mem', setting_value: '64MB' } },
    ],
    [
      'parameter "shared_preload_libraries" cannot be changed without restarting the server',
      { class: 'audit_change', result: 'failure' },
    ],
    ['anything else', { class: 'other', result: 'unknown', message: 'anything else' }],
  ])('%s', (message, expected) => {
    expect(event(message, NOBODY)).toMatchObject(expected);
  });

  it('is not fooled by a user statement that imitates one', () => {
    const read = event('parameter "pgaudit.log" changed to "none"', {
      19: quoted('DO $$ … $$'),
      18: quoted('PL/pgSQL function'),
    });
    expect(read).toMatchObject({ class: 'other', message: 'parameter "pgaudit.log" changed to "none"' });
    expect(read.extra?.setting).toBeUndefined();
  });
});

describe('failures', () => {
  it.each(['28P01', '28000', '3D000', '53300', '42501'])('takes FATAL %s as a refused login', (state) => {
    expect(event('x', { 11: 'FATAL', 12: state })).toMatchObject({
      class: 'authentication',
      action: 'CONNECT',
      result: 'failure',
      error_code: state,
    });
  });

  it('takes the user from the text where nothing else names one', () => {
    const read = event('password authentication failed for user "na"me, x"', {
      ...NOBODY,
      11: 'FATAL',
      12: '28P01',
    });
    expect(read.user).toBe('na"me, x');
  });

  it('leaves class and action of a failed statement to the statement', () => {
    const read = event('permission denied for table salaries', {
      11: 'ERROR',
      12: '42501',
      19: quoted('SELECT * FROM salaries'),
    });
    expect(read).toMatchObject({
      result: 'failure',
      error_code: '42501',
      statement: 'SELECT * FROM salaries',
      message: 'permission denied for table salaries',
    });
    expect(read.class).toBeUndefined();
    expect(read.action).toBeUndefined();
  });

  it('is an error where no statement is known, and a termination where an administrator ended it', () => {
    expect(event('x', { 11: 'ERROR', 12: 'XX000' })).toMatchObject({ class: 'error', result: 'failure' });
    expect(event('x', { 11: 'FATAL', 12: '57P01' })).toMatchObject({ class: 'session', action: 'TERMINATE' });
  });

  it('shows a refused change of auditing as one', () => {
    const read = event('permission denied', {
      11: 'ERROR',
      12: '42501',
      19: quoted("SET pgaudit.log = 'none'"),
    });
    expect(read).toMatchObject({
      class: 'audit_change',
      result: 'failure',
      extra: { setting: 'pgaudit.log', setting_value: 'none' },
    });
  });
});

describe('logged statements', () => {
  it.each([
    ['statement: SELECT 1', { statement: 'SELECT 1', result: 'unknown', message: 'statement' }],
    [
      'duration: 7.209 ms  statement: SELECT 1',
      { statement: 'SELECT 1', result: 'success', duration_ms: 7.209 },
    ],
    [
      'duration: 0.067 ms  bind <unnamed>: SELECT $1',
      { statement: 'SELECT $1', extra: { step: 'bind' }, message: 'duration: 0.067 ms  bind <unnamed>' },
    ],
    ['execute fetch from a/b: SELECT 1', { statement: 'SELECT 1', extra: { step: 'fetch' } }],
    ['duration: 0.213 ms', { duration_ms: 0.213, class: 'other' }],
    [
      'duration: 0.2 ms  plan:\nQuery Text: SELECT 1\nResult',
      { extra: { step: 'plan', plan: 'Query Text: SELECT 1\nResult' } },
    ],
    ['statement from nowhere', { class: 'other', message: 'statement from nowhere' }],
  ])('%s', (message, expected) => {
    expect(event(message)).toMatchObject(expected);
  });

  it('reads the parameters behind it', () => {
    const read = event('execute <unnamed>: INSERT', {
      14: quoted("parameters: $1 = 'O''Brien, $2 = x', $2 = NULL, $3 = ''"),
    });
    expect(read.parameters).toEqual(["O'Brien, $2 = x", 'NULL', '']);
    expect(read.extra?.detail).toBeUndefined();
  });

  it('keeps a detail that is no parameter list', () => {
    expect(parametersOf("parameters: $1 = 'never closed")).toBeUndefined();
    expect(event('x', { 14: quoted('parameters: none') }).extra?.detail).toBe('parameters: none');
  });
});

describe('pgAudit in a log', () => {
  it.each([
    [
      'DDL,ALTER SYSTEM,,,ALTER SYSTEM SET pgaudit.log = none',
      { class: 'audit_change', extra: { setting: 'pgaudit.log', setting_value: 'none' } },
    ],
    [
      "ROLE,ALTER ROLE,,,ALTER ROLE dba SET pgaudit.log = 'none'",
      { class: 'audit_change', extra: { setting: 'pgaudit.log', setting_value: 'none' } },
    ],
    [
      'DDL,DROP EXTENSION,,,DROP EXTENSION pgaudit',
      { class: 'audit_change', extra: { setting: 'extension pgaudit', setting_value: 'drop' } },
    ],
    ['MISC,RESET,,,RESET pgaudit.log', { class: 'audit_change', extra: { setting: 'pgaudit.log' } }],
    ['MISC,SET,,,SET work_mem = 1', { class: 'session', extra: { setting: 'work_mem', setting_value: '1' } }],
    [
      'DDL,DROP TABLE,TABLE,public.t,DROP TABLE t',
      {
        class: 'schema_change',
        object: 'public.t',
        objects: [{ type: 'table', name: 'public.t', access: 'drop' }],
      },
    ],
    ['FUNCTION,EXECUTE,FUNCTION,public.f,SELECT f()', { class: 'execution', action: 'EXECUTE' }],
    ['MISC,COMMIT,,,COMMIT', { class: 'session', action: 'COMMIT' }],
  ])('%s', (rest, expected) => {
    expect(event(`AUDIT: SESSION,1,1,${rest},<not logged>`)).toMatchObject({
      result: 'success',
      ...expected,
    });
  });

  it('leaves placeholders out of statement and parameters', () => {
    const read = event(
      'AUDIT: OBJECT,2,1,READ,SELECT,TABLE,public.t,<previously logged>,<previously logged>',
    );
    expect(read.statement).toBeUndefined();
    expect(read.parameters).toBeUndefined();
    expect(read.extra).toMatchObject({
      statement_placeholder: '<previously logged>',
      parameter_placeholder: '<previously logged>',
    });
  });

  it('is recognised at any severity', () => {
    expect(
      event('AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<none>', { 11: 'WARNING', 12: '01000' }),
    ).toMatchObject({ statement_seq: 1, severity: 'WARNING', result: 'success' });
  });

  it('does not take a record that a statement wrote for an audit record', () => {
    const log = csvLine({
      13: quoted('AUDIT: SESSION,999,1,READ,SELECT,,,forged,<none>'),
      18: quoted('PL/pgSQL function inline_code_block line 1 at RAISE'),
      19: quoted('DO $$ … $$'),
    });
    const { events, reader } = readLog(csvlog, log);
    expect(events[0]).toMatchObject({
      class: 'other',
      statement: 'DO $$ … $$',
      message: 'AUDIT: SESSION,999,1,READ,SELECT,,,forged,<none>',
      extra: { forgery_suspect: 'written by a statement: it has a context' },
    });
    expect(events[0]?.statement_seq).toBeUndefined();
    expect(reader.problems().map(({ code }) => code)).toEqual(['pgaudit/forgery-suspect']);
  });

  it('suspects a wrong number of fields and an id that does not follow', () => {
    const audit = (rest: string) => csvLine({ 13: quoted(`AUDIT: SESSION,${rest}`) });
    const log = [
      '1,1,READ,SELECT,,,a,<none>',
      '2,1,READ,SELECT,,,b',
      '9,1,READ,SELECT,,,c,<none>',
      '2,1,READ,SELECT,,,d,<none>',
    ]
      .map(audit)
      .join('');
    expect(readLog(csvlog, log).events.map(({ extra }) => extra?.forgery_suspect)).toEqual([
      undefined,
      'wrong number of fields',
      'statement id is not the next of its session',
      undefined,
    ]);
  });
});

describe('zones of PostgreSQL stamps', () => {
  it('resolves an ambiguous abbreviation from the session id of the record itself', () => {
    const over = { 0: '2026-11-20 12:29:25.245 IST', 8: '2026-11-20 12:29:20 IST', 5: '6affefc8.571e' };
    const { events, reader } = readLog(csvlog, csvLine(over));
    expect(events[0]).toMatchObject({
      time: Date.UTC(2026, 10, 20, 6, 59, 25, 245) * 1000,
      time_basis: 'in record',
    });
    expect(reader.problems()).toEqual([]);
  });
});

describe('changes of settings', () => {
  it.each([
    ["-- x\n/* y */ ALTER SYSTEM SET log_statement TO 'o''x';", { setting: 'log_statement', value: "o'x" }],
    ['ALTER DATABASE shop SET "pgaudit"."log" = ddl', { setting: 'pgaudit.log', value: 'ddl' }],
    ["set local pgaudit.log='none'", { setting: 'pgaudit.log', value: 'none' }],
    ['ALTER ROLE a RESET pgaudit.log', { setting: 'pgaudit.log' }],
    ['CREATE EXTENSION IF NOT EXISTS pgaudit', { setting: 'extension pgaudit', value: 'create' }],
    ['CREATE EXTENSION postgis', undefined],
    ["UPDATE t SET a = 'x'", undefined],
    ["SELECT 'ALTER SYSTEM SET a = 1'", undefined],
    ['-- only a comment', undefined],
  ])('%s', (statement, expected) => expect(settingChangeOf(statement)).toEqual(expected));
});
