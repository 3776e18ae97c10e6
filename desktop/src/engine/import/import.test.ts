import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { casesCurrent, casesList, casesOpen } from '../../host/cases.ts';
import { eventsDetail, eventsPage, eventsView } from '../../host/events.ts';
import { evidenceBytes, evidenceList, evidenceSetOffset, evidenceVerify } from '../../host/evidence.ts';
import { Database, sqlText } from '../db/database.ts';
import { auditMessage, CSV_START, csvLine, csvLog, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

const everything = { filter: { clauses: [] } };

async function rows(fields: string[], count = 500) {
  const { view } = await made.engine.request(eventsView, everything);
  return made.engine.request(eventsPage, { view, from: 0, count, fields });
}

test('an imported file stands in the vault by its content, and its account tells of every byte', async () => {
  const log = csvLog(100);
  const outcome = await made.import(made.write('postgresql.csv', log));
  expect(outcome.error).toBeUndefined();
  const [exhibit] = outcome.exhibits;
  const sha256 = createHash('sha256').update(log).digest('hex');
  expect(exhibit).toMatchObject({
    id: 'E001',
    name: 'postgresql.csv',
    state: 'imported',
    bytes: log.length,
    sha256,
    sha512: createHash('sha512').update(log).digest('hex'),
    format: 'csvlog',
    product: 'postgresql',
    records: 100,
    first: CSV_START,
    last: CSV_START + 99 * 250_000,
    ranges: [{ kind: 'records', ranges: 1, bytes: log.length, records: 100 }],
  });
  const kept = join(made.root, 'vault', 'E001', sha256);
  expect(readFileSync(kept, 'utf8')).toBe(log);
  expect(statSync(kept).mode & 0o777).toBe(0o444);
  expect(statSync(made.root).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(made.root, 'index', 'E001.ranges.jsonl'), 'utf8')).toBe(
    `{"count":100,"first":0,"from":0,"k":"records","to":${log.length}}\n`,
  );
  expect(readdirSync(join(made.root, 'incoming'))).toEqual([]);
});

test('the ledger tells of the case and of each step of the import, in order', async () => {
  await made.import(made.write('a.csv', csvLog(3)));
  const acts = readFileSync(join(made.root, 'custody', 'ledger.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { act: string; object: string[] });
  expect(acts.map(({ act, object }) => [act, ...object])).toEqual([
    ['case.header'],
    ['exhibit.register', 'E001'],
    ['exhibit.import', 'E001'],
  ]);
});

test('events carry what the record and its statement say', async () => {
  await made.import(
    made.write(
      'a.csv',
      csvLine({
        at: 1,
        message: auditMessage(1, 'READ', 'SELECT', 'sales.customers', 'SELECT * FROM sales.customers'),
      }),
    ),
  );
  const [event] = await rows([
    'event_id',
    'time',
    'user',
    'client_ip',
    'client_port',
    'class',
    'action',
    'object',
    'objects',
    'flags',
    'statement',
    'extra',
    'line',
  ]);
  expect(event).toMatchObject({
    event_id: 'E001:0',
    time: '2026-03-02T10:00:00.001000Z',
    user: 'alice',
    client_ip: '10.0.0.7',
    client_port: '50123',
    class: 'data_read',
    action: 'SELECT',
    object: 'sales.customers',
    objects: ['table sales.customers (read)'],
    flags: ['bulk_read'],
    statement: 'SELECT * FROM sales.customers',
    line: '1',
  });
  expect(JSON.parse(String(event?.extra))).toMatchObject({
    pid: 4242,
    pgaudit_class: 'READ',
    audit_type: 'SESSION',
    backend_type: 'client backend',
  });
});

test('a statement that is run a thousand times stands once, with its uses', async () => {
  const log = Array.from({ length: 50 }, (_, i) =>
    csvLine({
      at: i,
      seq: i,
      message: auditMessage(i, 'READ', 'SELECT', 'hr.pay', 'SELECT sum(amount) FROM hr.pay'),
    }),
  );
  await made.import(made.write('a.csv', log.join('')));
  const { statement } = await made.engine.request(eventsDetail, { event: 'E001:7' });
  expect(statement).toMatchObject({ text: 'SELECT sum(amount) FROM hr.pay', uses: 50, class: 'data_read' });
});

test('the detail of an event holds the very bytes of its record', async () => {
  const log = csvLog(20);
  await made.import(made.write('a.csv', log));
  const lines = log.split('\n');
  const { raw } = await made.engine.request(eventsDetail, { event: 'E001:4' });
  expect(Buffer.from(raw.base64, 'base64').toString()).toBe(`${lines[4]}\n`);
  const bytes = await made.engine.request(evidenceBytes, { exhibit: 'E001', from: raw.from, to: raw.to });
  expect(bytes.base64).toBe(raw.base64);
});

test('files are put in one order of time, whatever the order of their import', async () => {
  await made.import(made.write('late.csv', csvLine({ at: 5000, message: 'second' })));
  await made.import(made.write('early.csv', csvLine({ at: 1000, message: 'first' })));
  expect((await rows(['event_id', 'message'])).map((row) => [row.event_id, row.message])).toEqual([
    ['E002:0', 'first'],
    ['E001:0', 'second'],
  ]);
});

test('the same bytes are not imported twice, under whatever name', async () => {
  const log = csvLog(10);
  await made.import(made.write('a.csv', log));
  const again = await made.import(made.write('copy of a.csv', log));
  expect(again.error).toMatchObject({
    code: 'intake/already-imported',
    message: expect.stringContaining('E001 (a.csv)'),
  });
  expect(await made.engine.request(evidenceList, {})).toHaveLength(1);
  expect((await made.engine.request(casesCurrent, {}))?.events).toBe(10);
});

test('the same records are not read twice, packed, plain or packed otherwise', async () => {
  const log = csvLog(10);
  await made.import(made.write('a.csv.gz', gzipSync(log)));
  const other = await made.import(made.write('b.csv.gz', gzipSync(log, { level: 0 })));
  expect(other.exhibits.map(({ id, state, records }) => [id, state, records])).toEqual([
    ['E002', 'registered', 0],
    ['E002.1', 'registered', 0],
  ]);
  expect(other.exhibits[1]).toMatchObject({
    derivation: 'gunzip',
    sha256: createHash('sha256').update(log).digest('hex'),
  });
  expect(other.error).toMatchObject({
    code: 'intake/already-imported',
    message: expect.stringContaining('E001.1 (a.csv)'),
  });
  const plain = await made.import(made.write('plain.csv', log));
  expect(plain.error?.message).toContain('E001.1 (a.csv)');
  expect((await made.engine.request(casesCurrent, {}))?.events).toBe(10);
  await made.import(made.write('next.csv', csvLog(5)));
  const packed = await made.import(made.write('next.csv.gz', gzipSync(csvLog(5))));
  expect(packed.error?.message).toContain('E003 (next.csv)');
  expect((await made.engine.request(casesCurrent, {}))?.events).toBe(15);
});

/** One record of a jsonlog, `at` milliseconds after the start of a csvlog. */
function jsonLine(at: number): string {
  const timestamp = new Date(CSV_START / 1000 + at).toISOString().replace('T', ' ').replace('Z', ' UTC');
  return `${JSON.stringify({ timestamp, user: 'alice', dbname: 'shop', pid: 4242, session_id: '65e2a000.1', line_num: 1, error_severity: 'LOG', message: 'tick', backend_type: 'client backend' })}\n`;
}

test('two formats of one server at one time become two sources, which says so', async () => {
  await made.import(made.write('main.csv', csvLog(400)));
  const both = jsonLine(0) + jsonLine(70_000);
  const { exhibits } = await made.import(made.write('main.json', both));
  expect(exhibits[0]).toMatchObject({
    source: 'postgresql jsonlog',
    problems: [{ code: 'intake/overlapping-formats', severity: 'warning' }],
  });
  const start = new Date(CSV_START / 1000).toISOString().slice(0, 19).replace('T', ' ');
  expect(exhibits[0]?.problems[0]?.message).toMatch(
    new RegExp(
      `E001 \\(main\\.csv, .*, 400 records\\).*this file \\(2 records\\).* from ${start} UTC to .* UTC\\.`,
    ),
  );
  const next = await made.import(made.write('main-2.json', jsonLine(500_000) + jsonLine(600_000)));
  expect(next.exhibits[0]).toMatchObject({ source: 'postgresql jsonlog', problems: [] });
  const csv = await made.import(made.write('main-2.csv', csvLine({ at: 500_000, message: 'later' })));
  expect(csv.exhibits[0]).toMatchObject({ source: 'postgresql', problems: [] });
});

test('who names one source for both is warned, and one format after the other is one trail', async () => {
  await made.import(made.write('main.csv', csvLog(400)), { source: 'db1' });
  const named = await made.import(made.write('main.json', jsonLine(0) + jsonLine(70_000)), { source: 'db1' });
  expect(named.exhibits[0]).toMatchObject({
    source: 'db1',
    problems: [{ code: 'intake/overlapping-formats' }],
  });
  const after = await made.import(made.write('later.json', jsonLine(99_000) + jsonLine(200_000)), {
    source: 'db1',
  });
  expect(after.exhibits[0]).toMatchObject({ source: 'db1', problems: [] });
});

test('LATIN1 beside UTF-8, and NUL, reach the events as they are', async () => {
  const utf8 = csvLine({ at: 1, message: 'Größe € ok' });
  const latin1 = Buffer.from(csvLine({ at: 2, message: 'Grüße' }), 'latin1');
  const nul = csvLine({ at: 3, message: 'a\0b' });
  const outcome = await made.import(
    made.write('mixed.csv', Buffer.concat([Buffer.from(utf8), latin1, Buffer.from(nul)])),
  );
  expect(outcome.exhibits[0]?.records).toBe(3);
  expect((await rows(['message'])).map(({ message }) => message)).toEqual(['Größe € ok', 'Grüße', 'a\0b']);
});

test('a clock offset moves the times of its source and nothing else', async () => {
  const { exhibits } = await made.import(made.write('a.csv', csvLog(3)), { source: 'db1' });
  await made.import(made.write('b.csv', csvLine({ at: 100, message: 'other' })), { source: 'db2' });
  expect(exhibits[0]?.source).toBe('db1');
  const changed = await made.engine.request(evidenceSetOffset, {
    source: 'db1',
    offsetMs: 60_000,
    method: 'ntp log',
    note: '',
  });
  expect(changed.map(({ id, offsetMs }) => [id, offsetMs])).toEqual([['E001', 60_000]]);
  expect(
    (await rows(['event_id', 'time', 'time_raw'])).map((row) => [row.event_id, row.time, row.time_raw]),
  ).toEqual([
    ['E002:0', '2026-03-02T10:00:00.100000Z', '2026-03-02 10:00:00.100 UTC'],
    ['E001:0', '2026-03-02T10:01:00.000000Z', '2026-03-02 10:00:00.000 UTC'],
    ['E001:1', '2026-03-02T10:01:00.250000Z', '2026-03-02 10:00:00.250 UTC'],
    ['E001:2', '2026-03-02T10:01:00.500000Z', '2026-03-02 10:00:00.500 UTC'],
  ]);
  expect((await rows(['time_basis'])).map((row) => row.time_basis)).toEqual([
    'in record',
    ...new Array(3).fill('in record, offset 60000 ms'),
  ]);
  await made.engine.request(evidenceSetOffset, { source: 'db1', offsetMs: 0, method: 'withdrawn', note: '' });
  expect((await rows(['time']))[0]?.time).toBe('2026-03-02T10:00:00.000000Z');
});

test('a case that is opened again is as it was, also without its event file', async () => {
  await made.import(made.write('a.csv', csvLog(30)));
  const before = await rows(['event_id', 'time', 'statement', 'statement_id', 'flags', 'extra']);
  const open = await made.engine.request(casesCurrent, {});
  await made.engine.context.closeCase();
  expect(existsSync(join(made.root, 'lock'))).toBe(false);
  const { rmSync } = await import('node:fs');
  rmSync(join(made.root, 'events.duckdb'));
  const [listed] = await made.engine.request(casesList, {});
  expect(listed).toMatchObject({ name: 'Review', exhibits: 1, events: 30 });
  await made.engine.request(casesOpen, { ref: open?.ref ?? '' });
  expect(await rows(['event_id', 'time', 'statement', 'statement_id', 'flags', 'extra'])).toEqual(before);
});

test.each([
  ['with the tables of an older version', 'DROP TABLE old.layout'],
  ['with other columns under the same tables', "UPDATE old.layout SET version = 'another'"],
])('an event file %s is made again from the vault', async (_, age) => {
  await made.import(made.write('a.csv', csvLog(30)));
  const before = await rows(['event_id', 'time', 'statement', 'flags', 'extra']);
  const open = await made.engine.request(casesCurrent, {});
  await made.engine.context.closeCase();
  const database = await Database.open({
    memoryMb: 200,
    threads: 1,
    tempDir: made.folder,
    maxTempGb: 1,
    allowedDir: made.root,
  });
  await database.run('import', `ATTACH ${sqlText(join(made.root, 'events.duckdb'))} AS old`);
  await database.run('import', 'DROP TABLE old.vocabulary');
  await database.run('import', age);
  await database.run('import', 'DETACH old');
  database.close();
  await made.engine.request(casesOpen, { ref: open?.ref ?? '' });
  expect(await rows(['event_id', 'time', 'statement', 'flags', 'extra'])).toEqual(before);
});

test('verifying finds a changed byte in the vault', async () => {
  const { exhibits } = await made.import(made.write('a.csv', csvLog(10)));
  expect(await made.engine.request(evidenceVerify, {})).toEqual([
    { exhibit: 'E001', ok: true, detail: expect.stringContaining('unchanged') },
  ]);
  const { chmodSync, writeFileSync } = await import('node:fs');
  const kept = join(made.root, 'vault', 'E001', exhibits[0]?.sha256 ?? '');
  chmodSync(kept, 0o600);
  writeFileSync(kept, csvLog(10).replace('alice', 'alicf'));
  expect(await made.engine.request(evidenceVerify, {})).toEqual([
    { exhibit: 'E001', ok: false, detail: 'its bytes are not those of the intake' },
  ]);
});
