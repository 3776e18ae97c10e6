import { describe, expect, it } from 'vitest';
import { onlyEvent, readLog } from '../fixtures/read-log.ts';
import { serverAudit } from './format.ts';
import { unescapeQuery } from './server-audit-line.ts';

const event = (rest: string) => onlyEvent(serverAudit, `20261120 07:11:37,${rest}\n`);

describe('server_audit', () => {
  it('reads a query and leaves class and action to its text', () => {
    expect(event("vm,alice,10.0.0.5,5,24,QUERY,shop,'SELECT \\'a\\\\b\\',\\n 1, \\'x,y\\'',0")).toEqual({
      time: Date.UTC(2026, 10, 20, 7, 11, 37) * 1000,
      time_raw: '20261120 07:11:37',
      time_basis: 'assumed UTC',
      product: 'mariadb',
      server: 'vm',
      session: '5',
      statement_seq: 24,
      user: 'alice',
      client_ip: '10.0.0.5',
      database: 'shop',
      statement: "SELECT 'a\\b',\n 1, 'x,y'",
      result: 'success',
      extra: { operation: 'QUERY' },
    });
  });

  it.each([
    [
      "vm,user,comma,localhost,14,143,QUERY,shop,'select 1',0",
      { user: 'user,comma', client_host: 'localhost', session: '14' },
    ],
    [
      'vm,,localhost,16,0,FAILED_CONNECT,,,1156',
      { class: 'authentication', result: 'failure', error_code: '1156', action: 'FAILED_CONNECT' },
    ],
    ['vm,alice,localhost,5,0,CONNECT,a,b,,0', { database: 'a,b', class: 'session', result: 'success' }],
    [
      'vm,alice,h:4711,5,0,CONNECT,d,TLSv1.3,0',
      { client_host: 'h', client_port: 4711, extra: { operation: 'CONNECT', tls_version: 'TLSv1.3' } },
    ],
    [
      'vm,root,localhost,4,26,CREATE,shop,weird "table", x,',
      { object: 'shop.weird "table", x', object_type: 'table', class: 'schema_change', result: 'success' },
    ],
    [
      'vm,alice,localhost,5,80,RENAME,shop,copy_of|shop.copy_of2,',
      { object: 'shop.copy_of', extra: { operation: 'RENAME', renamed_to: 'shop.copy_of2' } },
    ],
    [
      "ip-172-27-1-97,admin,10.1.2.3,33303,161152,QUERY,db,'select 1',0,,",
      { statement: 'select 1', result: 'success' },
    ],
    [
      "vm,a,h,1,2,QUERY,db,'it\\'s ',0,h,3,4,QUERY,x,',0",
      { statement: "it's ',0,h,3,4,QUERY,x,", database: 'db' },
    ],
  ])('reads %s', (rest, expected) => {
    expect(event(rest)).toMatchObject(expected);
  });

  it('flags a user name that imitates a record', () => {
    const read = event('vm,bob,h,3,0,CONNECT,shop,,0,realhost,9,0,FAILED_CONNECT,,,1045');
    expect(read).toMatchObject({
      session: '9',
      client_host: 'realhost',
      result: 'failure',
      extra: { ambiguous_cut: true },
    });
  });

  it('marks queries behind a change of user as uncertain until the session ends', () => {
    const { events } = readLog(
      serverAudit,
      [
        "20261120 07:11:38,vm,alice,h,6,1,QUERY,shop,'SELECT 1',0",
        '20261120 07:11:38,vm,,,6,0,CHANGEUSER,,,0',
        "20261120 07:11:38,vm,alice,h,6,138,QUERY,shop,'SELECT 2',0",
        '20261120 07:11:39,vm,svc_etl,h,6,0,DISCONNECT,shop,,0',
        "20261120 07:11:40,vm,alice,h,6,2,QUERY,shop,'SELECT 3',0",
        '',
      ].join('\n'),
    );
    expect(events.map(({ extra }) => extra?.user_uncertain)).toEqual([
      undefined,
      undefined,
      true,
      undefined,
      undefined,
    ]);
  });

  it('flags statements that reach the limit, and learns the limit from the log', () => {
    const query = (text: string) => `20261120 07:11:38,vm,a,h,6,1,QUERY,shop,'${text}',0\n`;
    const log =
      query('x'.repeat(1021)) +
      query('x'.repeat(1022)) +
      query('€'.repeat(341)) +
      query('SET GLOBAL server_audit_query_log_limit=64') +
      query('y'.repeat(62));
    const { events } = readLog(serverAudit, log);
    expect(events.map(({ flags }) => flags?.includes('truncated') === true)).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
  });

  it.each([
    ['SET GLOBAL server_audit_logging = OFF', 'server_audit_logging', 'OFF'],
    ["set @@global.server_audit_excl_users := 'a,b'", 'server_audit_excl_users', 'a,b'],
    ['/* maintenance */ SET GLOBAL general_log=0', 'general_log', '0'],
    ['UNINSTALL PLUGIN server_audit', 'plugin server_audit', 'uninstall'],
    ["INSTALL SONAME 'server_audit'", 'plugin server_audit', 'install'],
  ])('takes %s as a change of auditing', (statement, setting, value) => {
    const read = event(`vm,root,h,4,9,QUERY,,'${statement.replaceAll("'", "\\'")}',0`);
    expect(read).toMatchObject({
      class: 'audit_change',
      flags: ['audit_change'],
      extra: { setting, setting_value: value },
    });
  });

  it('does not take other settings as such', () => {
    expect(event("vm,root,h,4,9,QUERY,,'SET GLOBAL max_connections=5',0").class).toBeUndefined();
  });

  it('uses the zone that the examiner states, and asks for it where none is stated', () => {
    const line = "20261025 02:30:00,vm,a,h,1,1,QUERY,,'x',0\n";
    const stated = readLog(serverAudit, line, { zone: 'Europe/Berlin' });
    expect(stated.events[0]).toMatchObject({
      time: Date.UTC(2026, 9, 25, 0, 30) * 1000,
      time_basis: 'examiner',
      extra: { time_fold: true },
    });
    expect(stated.reader.problems().map(({ code }) => code)).toEqual(['time/fold']);
    expect(
      readLog(serverAudit, line)
        .reader.problems()
        .map(({ code }) => code),
    ).toEqual(['time/zone-assumed']);
  });

  it('keeps NUL bytes and other encodings of a query', () => {
    const bytes = Buffer.from(
      "20261120 07:11:38,vm,a,h,6,1,QUERY,shop,'SELECT \\'a\0b caf\u00e9\\'',0\n",
      'latin1',
    );
    expect(onlyEvent(serverAudit, bytes)).toMatchObject({
      statement: "SELECT 'a\0b café'",
      extra: { encoding: 'cp1252' },
    });
  });

  it.each([
    ["20261120 07:11:38,vm,a,h,6,1,QUERY,shop,'never clo", 'server-audit/truncated'],
    ['20261120 07:11:38,vm,a,h,6,1,NOSUCH,shop,x,0\n', 'server-audit/no-anchor'],
    ['2026-11-20 07:11:38,vm,a,h,6,1,CONNECT,,,0\n', 'server-audit/no-anchor'],
    ['x\n', 'server-audit/no-anchor'],
  ])('rejects %j as %s', (line, code) => {
    expect(readLog(serverAudit, line).pieces).toMatchObject([{ kind: 'rejected', code }]);
  });
});

describe('unescapeQuery', () => {
  it('undoes the pairs that the plugin writes and keeps others whole', () => {
    expect(unescapeQuery("\\'\\\\\\n\\r\\t\\b\\f\\q\\")).toBe("'\\\n\r\t\b\f\\q\\");
  });
});
