import { describe, expect, it } from 'vitest';
import { onlyEvent, readLog } from '../fixtures/read-log.ts';
import { csvLine } from '../fixtures/samples.ts';
import { csvlog } from './format.ts';

const event = (over: Readonly<Record<number, string>> = {}) => onlyEvent(csvlog, csvLine(over));

describe('csvlog', () => {
  it('reads a pgAudit record into its fields', () => {
    const statement = `SELECT *\n FROM sales.customers WHERE name = 'O''Brien, "x"'`;
    const quoted = `""${statement.replaceAll('"', '""""')}""`;
    expect(
      event({ 13: `"AUDIT: SESSION,5,1,READ,SELECT,TABLE,sales.customers,${quoted},<none>,2"` }),
    ).toEqual({
      time: Date.UTC(2026, 10, 20, 6, 59, 20, 245) * 1000,
      time_raw: '2026-11-20 06:59:20.245 UTC',
      time_basis: 'in record',
      product: 'postgresql',
      session: '6affefc8.571e',
      session_seq: 13,
      transaction: '3/110',
      statement_seq: 5,
      user: 'alice',
      database: 'shop',
      client_ip: '127.0.0.1',
      client_port: 52938,
      application: 'psql',
      action: 'SELECT',
      class: 'data_read',
      object_type: 'table',
      object: 'sales.customers',
      objects: [{ type: 'table', name: 'sales.customers', access: 'read' }],
      statement,
      result: 'success',
      rows: 2,
      severity: 'LOG',
      extra: {
        pid: 22302,
        session_start: '2026-11-20 06:59:20 UTC',
        ps: 'SELECT',
        backend_type: 'client backend',
        query_id: '-2681828915045590680',
        audit_type: 'SESSION',
        substatement_id: 1,
        pgaudit_class: 'READ',
      },
    });
  });

  it.each([23, 24, 26])('reads records of %i columns, mixed in one file', (columns) => {
    const line = `${csvLine().trimEnd().split(',').slice(0, columns).join(',')}\n`;
    const { events } = readLog(csvlog, csvLine() + line + csvLine());
    expect(events).toHaveLength(3);
    expect(events[1]?.application).toBe('psql');
    expect(events[1]?.extra?.backend_type).toBe(columns > 23 ? 'client backend' : undefined);
  });

  it('rejects other numbers of columns with the number', () => {
    const { pieces } = readLog(csvlog, csvLine().replace(',"client backend"', ''));
    expect(pieces).toMatchObject([
      {
        kind: 'rejected',
        code: 'csvlog/column-count',
        message: 'The record has 25 columns; csvlog has 23, 24 or 26.',
      },
    ]);
  });

  it('leaves out what is empty: no user, no database, no address, no SQLSTATE 00000', () => {
    const read = event({ 1: '', 2: '', 4: '', 7: '', 9: '', 22: '""', 25: '0' });
    for (const field of [
      'user',
      'database',
      'client_ip',
      'client_host',
      'transaction',
      'application',
      'error_code',
    ]) {
      expect(read).toHaveProperty(field, undefined);
    }
    expect(read.extra).toEqual({
      pid: 22302,
      session_start: '2026-11-20 06:59:20 UTC',
      backend_type: 'client backend',
    });
  });

  it('keeps names with commas and doubled quotes', () => {
    expect(event({ 1: '"na""me, x"', 22: '"node ""v1"", beta"' })).toMatchObject({
      user: 'na"me, x',
      application: 'node "v1", beta',
    });
  });

  it.each([
    ['"[local]"', { client_host: '[local]' }],
    ['"::1:4711"', { client_ip: '::1', client_port: 4711 }],
    ['"db.example.org:4711"', { client_host: 'db.example.org', client_port: 4711 }],
  ])('reads the peer %s', (column, peer) => {
    expect(event({ 4: column })).toMatchObject(peer);
  });

  it('keeps a line that imitates a record inside a message as text', () => {
    const forged = csvLine({ 1: '"root"' }).replaceAll('"', '""');
    const { events } = readLog(csvlog, csvLine({ 13: `"first\n${forged}last"` }) + csvLine());
    expect(events).toHaveLength(2);
    expect(events[0]?.message).toBe(`first\n${csvLine({ 1: '"root"' })}last`);
  });

  it('reads on behind a record that was cut, and marks what may be text of it', () => {
    const cut = csvLine({ 13: '"never closed' }).slice(0, 150).trimEnd();
    const { pieces, events } = readLog(csvlog, `${cut}\n${csvLine()}${csvLine()}`);
    expect(pieces[0]).toMatchObject({ kind: 'rejected', line: 1 });
    expect(events).toHaveLength(2);
    expect(events[0]?.extra?.recovered).toBe(true);
  });

  it('decodes each record alone and says which was not UTF-8', () => {
    const latin = Buffer.from(csvLine({ 13: '"prix 10 \u0080 caf\u00e9"' }), 'latin1');
    const utf8 = Buffer.from(csvLine({ 13: '"prix 10 € café"' }), 'utf8');
    const { events, reader } = readLog(csvlog, Buffer.concat([latin, utf8]));
    expect(events.map(({ message }) => message)).toEqual(['prix 10 € café', 'prix 10 € café']);
    expect(events.map(({ extra }) => extra?.encoding)).toEqual(['cp1252', undefined]);
    expect(reader.problems().map(({ code }) => code)).toEqual(['log/encoding']);
    expect(readLog(csvlog, latin, { encoding: 'latin1' }).events[0]?.message).toBe('prix 10 \u0080 café');
  });

  it('accepts carriage returns of a converted file, a byte order mark and blank lines', () => {
    const { pieces, events } = readLog(csvlog, `\ufeff${csvLine().replace('\n', '\r\n')}\r\n\n${csvLine()}`);
    expect(pieces.map(({ kind }) => kind)).toEqual(['ignored', 'record', 'ignored', 'ignored', 'record']);
    expect(events[0]?.extra?.query_id).toBe('-2681828915045590680');
  });

  it('says that the last record has no line end', () => {
    expect(onlyEvent(csvlog, csvLine().trimEnd()).extra?.unterminated).toBe(true);
  });

  it('reads a jsonlog line that landed in the file', () => {
    const json = '{"timestamp":"2026-11-20 06:59:20.245 UTC","pid":1,"error_severity":"LOG","message":"x"}\n';
    expect(readLog(csvlog, csvLine() + json).events[1]).toMatchObject({ message: 'x', extra: { pid: 1 } });
  });

  it('rejects a header and other text line by line', () => {
    const { pieces } = readLog(csvlog, `log_time,user_name\n${csvLine()}`);
    expect(pieces).toMatchObject([
      { kind: 'rejected', code: 'csvlog/not-a-record' },
      { kind: 'record', line: 2 },
    ]);
  });
});
