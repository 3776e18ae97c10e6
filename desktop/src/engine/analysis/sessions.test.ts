import { afterEach, beforeEach, expect, test } from 'vitest';
import { sessionFilterSchema, sessionsList } from '../../host/sessions.ts';
import { type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

async function sessionsOf(lines: readonly string[]) {
  const path = made.write('postgresql.log', `${lines.join('\n')}\n`);
  const { error } = await made.import(path, { source: 'db', zone: 'UTC' });
  expect(error).toBeUndefined();
  const { sessions } = await made.engine.request(sessionsList, {
    filter: sessionFilterSchema.parse({}),
    offset: 0,
    limit: 100,
  });
  return sessions.map(({ session, events }) => `${session}: ${events}`).sort();
}

test('a process id that returns after a restart is another session', async () => {
  const sessions = await sessionsOf([
    '2026-03-01 09:00:00.000 UTC [1] LOG:  starting PostgreSQL 16.4',
    '2026-03-01 09:00:01.000 UTC [1] LOG:  database system is ready to accept connections',
    '2026-03-01 10:00:00.000 UTC [100] LOG:  statement: SELECT 1',
    '2026-03-01 10:00:01.000 UTC [100] LOG:  statement: SELECT 2',
    '2026-03-01 18:00:00.000 UTC [1] LOG:  received fast shutdown request',
    '2026-03-01 18:00:00.100 UTC [100] FATAL:  terminating connection due to administrator command',
    '2026-03-01 18:00:01.000 UTC [1] LOG:  database system is shut down',
    '2026-03-02 09:00:00.000 UTC [1] LOG:  starting PostgreSQL 16.4',
    '2026-03-02 09:00:01.000 UTC [1] LOG:  database system is ready to accept connections',
    '2026-03-02 10:00:00.000 UTC [100] LOG:  statement: SELECT 3',
  ]);
  expect(sessions).toEqual(['100: 1', '100: 3', '1: 2', '1: 4']);
});

test('a process whose line numbers go on lived through the crash of others', async () => {
  const sessions = await sessionsOf([
    '2026-03-01 09:00:00.000 UTC [1]: [1-1] LOG:  starting PostgreSQL 16.4',
    '2026-03-01 09:00:01.000 UTC [1]: [2-1] LOG:  database system is ready to accept connections',
    '2026-03-01 10:00:00.000 UTC [100]: [1-1] LOG:  statement: SELECT 1',
    '2026-03-01 11:00:00.000 UTC [1]: [3-1] LOG:  all server processes terminated; reinitializing',
    '2026-03-01 11:00:01.000 UTC [1]: [4-1] LOG:  database system is ready to accept connections',
    '2026-03-01 12:00:00.000 UTC [100]: [1-1] LOG:  statement: SELECT 2',
  ]);
  expect(sessions).toEqual(['100: 1', '100: 1', '1: 4']);
});
