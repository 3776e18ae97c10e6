import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Gap, timelineGaps } from '../../host/timeline.ts';
import { auditMessage, CSV_START, csvLine, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

async function gapsOf(name: string, content: string, kind: Gap['kind']) {
  await made.import(made.write(name, content), { source: 'db', zone: 'UTC' });
  const gaps = await made.engine.request(timelineGaps, {});
  return gaps.filter((gap) => gap.kind === kind);
}

/** One line of server_audit. */
function query(clock: string, id: number, statement: string): string {
  return `20260302 ${clock},db,dba,localhost,7,${id},QUERY,mysql,'${statement.replaceAll("'", "\\'")}',0\n`;
}

test('audit that was off ends with the records after a restart', async () => {
  const gaps = await gapsOf(
    'server_audit.log',
    [
      query('03:00:00', 9000, 'SELECT 1'),
      query('03:11:00', 9001, 'SET GLOBAL server_audit_logging=OFF'),
      // What ran in that moment still ends.
      query('03:11:00', 9002, 'SELECT 2'),
      query('05:11:00', 4, 'SELECT 3'),
      query('06:11:00', 5, 'SELECT 4'),
    ].join(''),
    'not_recorded',
  );
  expect(gaps).toMatchObject([
    { from: Date.UTC(2026, 2, 2, 3, 11) * 1000, to: Date.UTC(2026, 2, 2, 5, 11) * 1000, after: 'E001:3' },
  ]);
  expect(gaps[0]?.what).toContain('ended without a record of who switched it on');
});

test('pgAudit off ends with the next audited statement, except of a role that is audited by itself', async () => {
  const minute = 60_000;
  const audit = (at: number, user: string, statement: string) =>
    csvLine({
      at: at * minute,
      user,
      seq: at + 1,
      message: auditMessage(at + 1, 'READ', 'SELECT', 'a.b', statement),
    });
  const gaps = await gapsOf(
    'a.csv',
    [
      csvLine({
        at: 0,
        user: 'dba',
        message: auditMessage(1, 'ROLE', 'ALTER ROLE', '', "ALTER ROLE bob SET pgaudit.log = 'all'"),
      }),
      csvLine({ at: minute, seq: 2, message: 'parameter "pgaudit.log" changed to "none"' }),
      audit(10, 'bob', 'SELECT 1'),
      csvLine({ at: 15 * minute, seq: 12, message: 'connection authorized: user=alice database=shop' }),
      audit(20, 'alice', 'SELECT 2'),
    ].join(''),
    'not_recorded',
  );
  expect(gaps).toMatchObject([{ to: (Date.UTC(2026, 2, 2, 10) + 20 * minute) * 1000, after: 'E001:4' }]);
});

test('SET LOCAL ends with its transaction, not with its session', async () => {
  const statement = (at: number, class_: string, command: string, text: string, transaction: string) =>
    csvLine({ at: at * 1000, seq: at + 1, message: auditMessage(at + 1, class_, command, '', text) }).replace(
      '3/7',
      transaction,
    );
  const gaps = await gapsOf(
    'a.csv',
    [
      statement(0, 'MISC', 'BEGIN', 'BEGIN', '3/8'),
      statement(1, 'MISC', 'SET', "SET LOCAL pgaudit.log = 'none'", '3/8'),
      statement(60, 'READ', 'SELECT', 'SELECT 1', '3/9'),
      statement(600, 'READ', 'SELECT', 'SELECT 2', '3/10'),
    ].join(''),
    'narrowed',
  );
  expect(gaps).toMatchObject([{ from: CSV_START + 1_000_000, to: CSV_START + 60_000_000 }]);
});

test('a hole of a session is told once where two formats of a source hold it', async () => {
  const json = (seq: number) =>
    JSON.stringify({
      timestamp: `2026-03-02 10:00:0${seq}.000 UTC`,
      user: 'alice',
      dbname: 'shop',
      pid: 4242,
      session_id: '65e2a000.1',
      line_num: seq,
      session_start: '2026-03-02 09:59:00 UTC',
      error_severity: 'LOG',
      message: 'statement: SELECT 1',
      backend_type: 'client backend',
    });
  await gapsOf('a.json', `${[1, 2, 3, 4].map(json).join('\n')}\n`, 'hole');
  const csv = [1, 4].map((seq) => csvLine({ at: seq * 1000, seq, message: 'statement: SELECT 1' })).join('');
  expect(await gapsOf('b.csv', csv, 'hole')).toMatchObject([{ session: '65e2a000.1', missing: 2 }]);
});
