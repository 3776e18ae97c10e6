import { afterEach, beforeEach, expect, test } from 'vitest';
import { timelineGaps } from '../../host/timeline.ts';
import { auditMessage, csvLine, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

async function notRecorded(name: string, content: string) {
  await made.import(made.write(name, content), { source: 'db', zone: 'UTC' });
  const gaps = await made.engine.request(timelineGaps, {});
  return gaps.filter(({ kind }) => kind === 'not_recorded');
}

/** One line of server_audit. */
function query(clock: string, id: number, statement: string): string {
  return `20260302 ${clock},db,dba,localhost,7,${id},QUERY,mysql,'${statement.replaceAll("'", "\\'")}',0\n`;
}

test('audit that was off ends with the records after a restart', async () => {
  const gaps = await notRecorded(
    'server_audit.log',
    [
      query('03:00:00', 9000, 'SELECT 1'),
      query('03:11:00', 9001, 'SET GLOBAL server_audit_logging=OFF'),
      // What ran in that moment still ends.
      query('03:11:00', 9002, 'SELECT 2'),
      query('05:11:00', 4, 'SELECT 3'),
      query('06:11:00', 5, 'SELECT 4'),
    ].join(''),
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
  const gaps = await notRecorded(
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
  );
  expect(gaps).toMatchObject([{ to: (Date.UTC(2026, 2, 2, 10) + 20 * minute) * 1000, after: 'E001:4' }]);
});
