import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { casesAttachEstate, casesCreate, casesCurrent, casesList, casesOpen } from '../../host/cases.ts';
import { eventsPage, eventsView } from '../../host/events.ts';
import { createEngine } from '../engine.ts';
import { auditMessage, csvLine, NEW_CASE, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

test('a case that another process has open is refused, naming the process', async () => {
  const ref = (await made.engine.request(casesCurrent, {}))?.ref ?? '';
  await made.engine.context.closeCase();
  // The parent of the test runner is another process, and alive.
  writeFileSync(
    join(made.root, 'lock'),
    JSON.stringify({ pid: process.ppid, host: hostname(), started: '', at: '2026-03-02T10:00:00Z' }),
  );
  await expect(made.engine.request(casesOpen, { ref })).rejects.toMatchObject({
    error: { code: 'case/locked', message: expect.stringContaining(`process ${process.ppid}`) },
  });
  expect((await made.engine.request(casesList, {}))[0]?.lockedBy).toContain(`process ${process.ppid}`);
});

test('the lock of a process that is gone is taken over', async () => {
  const ref = (await made.engine.request(casesCurrent, {}))?.ref ?? '';
  await made.engine.context.closeCase();
  writeFileSync(
    join(made.root, 'lock'),
    JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: '', at: '' }),
  );
  await expect(made.engine.request(casesOpen, { ref })).resolves.toMatchObject({ ref });
});

test('a torn lock file is nobody’s', async () => {
  const ref = (await made.engine.request(casesCurrent, {}))?.ref ?? '';
  await made.engine.context.closeCase();
  writeFileSync(join(made.root, 'lock'), '{"pid":');
  await expect(made.engine.request(casesOpen, { ref })).resolves.toMatchObject({ ref });
});

test('a folder that is no case, and a way out of the folder of cases, are refused', async () => {
  for (const ref of ['..', 'a/b', '', 'nothing'])
    await expect(made.engine.request(casesOpen, { ref })).rejects.toMatchObject({
      error: { code: expect.stringMatching(/^case\//) },
    });
});

test('two cases of one name get two folders', async () => {
  const other = await made.engine.request(casesCreate, { ...NEW_CASE, name: 'Review' });
  expect(other.ref).toBe('Review-2');
  expect(await made.engine.request(casesList, {})).toHaveLength(2);
});

test('wrong parameters are told with their place', async () => {
  await expect(
    made.engine.handle('events/page', { view: 'x', from: -1, count: 1, fields: [] }),
  ).rejects.toMatchObject({
    error: { code: 'request/params', message: expect.stringContaining('from') },
  });
  await expect(made.engine.handle('no/such', {})).rejects.toMatchObject({
    error: { code: 'request/unknown' },
  });
});

test('a read-only engine has no request that changes a case', async () => {
  const engine = createEngine({
    casesDir: join(made.folder, 'cases'),
    profileDir: made.folder,
    readOnly: true,
  });
  await expect(engine.handle('cases/create', { name: 'x' })).rejects.toMatchObject({
    error: { code: 'request/unknown' },
  });
  await engine.close();
});

test('an estate flags what is sensitive, privileged, bulky and out of hours', async () => {
  const read = (at: number, user: string, rows: number) =>
    csvLine({
      at,
      user,
      message: `AUDIT: SESSION,1,1,READ,SELECT,TABLE,sales.customers,SELECT * FROM sales.customers WHERE id > 5,<none>,${rows}`,
    });
  const night = 10 * 3_600_000;
  await made.import(
    made.write(
      'a.csv',
      read(0, 'alice', 5) +
        read(1, 'dba', 20_000) +
        csvLine({
          at: night,
          message: auditMessage(2, 'READ', 'SELECT', 'sales.orders', 'SELECT 1 FROM sales.orders'),
        }),
    ),
  );
  const estate = made.write(
    'estate.yml',
    `zone: UTC\nhours:\n  days: [1, 2, 3, 4, 5]\n  from: "08:00"\n  to: "18:00"\nsensitive:\n  - object: sales.cust*\nprivileged_users: [DBA]\nbulk_rows: 10000\n`,
  );
  await made.engine.request(casesAttachEstate, { file: made.engine.files.add(estate) });
  const { view } = await made.engine.request(eventsView, { filter: { clauses: [] } });
  const rows = await made.engine.request(eventsPage, { view, from: 0, count: 10, fields: ['flags'] });
  expect(rows.map(({ flags }) => flags)).toEqual([
    ['sensitive_object'],
    ['sensitive_object', 'privileged_user', 'bulk_read'],
    ['off_hours'],
  ]);
  expect(readFileSync(join(made.root, 'custody', 'ledger.jsonl'), 'utf8')).toContain('"act":"policy.attach"');
});
