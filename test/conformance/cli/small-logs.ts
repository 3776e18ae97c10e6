import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLETOP } from './run-cli.ts';

/** A log of MariaDB server_audit, as the server wrote it: 1130 records. */
export const SERVER_AUDIT = readFileSync(join(TABLETOP, 'db3', 'server_audit.log'));
export const SERVER_AUDIT_RECORDS = 1130;

/** A csvlog of PostgreSQL with pgAudit, UTF-8 and LATIN1 records in it. */
export const CSVLOG_PATH = join(TABLETOP, 'db1', 'postgresql-2026-11-17.csv');
export const CSVLOG = readFileSync(CSVLOG_PATH);
export const CSVLOG_RECORDS = 4091;

/** One record of a csvlog with a text of the test's own; `number` is its place in the session and its second. */
export function csvRecord(number: number, message: string | Uint8Array, user = 'alice'): Buffer {
  const stamp = new Date(Date.UTC(2026, 2, 2, 10, 0, number)).toISOString().slice(0, 23).replace('T', ' ');
  const text = Buffer.from(Buffer.from(message).toString('latin1').replaceAll('"', '""'), 'latin1');
  return Buffer.concat([
    Buffer.from(
      `${stamp} UTC,"${user}","shop",4242,"10.0.0.7:50123",65e2a000.1092,${number},"SELECT",2026-03-02 09:59:00 UTC,3/7,0,LOG,00000,"`,
    ),
    text,
    Buffer.from('",,,,,,,,,"psql","client backend",,0\n'),
  ]);
}

/** `count` plain records. */
export function csvRecords(count: number, from = 1): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      csvRecord(from + index, `statement: SELECT * FROM orders WHERE id = ${from + index}`),
    ),
  );
}
