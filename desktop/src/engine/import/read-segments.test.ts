import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { csvLine } from '../fixtures/engine-kit.ts';
import { DICTIONARY_COLUMNS, NUMBER_COLUMNS } from '../store/columns.ts';
import type { RowBatch, StatementRow } from '../store/row-batch.ts';
import type { ReadAccount } from './exhibit-reader.ts';
import { readersHere } from './read-here.ts';
import { readersOver } from './read-in-threads.ts';
import type { Readers, ReadingSpec } from './reading.ts';
import type { OpenChannel } from './reading-thread.ts';
import { SegmentService } from './segment-service.ts';

/** A reading thread on this one: everything that crosses is copied, and comes later. */
const nearby: OpenChannel = (answered, failed) => {
  const service = new SegmentService((message) => {
    if (message.kind === 'end' && message.again) readAgain++;
    const copy = structuredClone(message);
    queueMicrotask(() => {
      try {
        answered(copy);
      } catch (error) {
        failed(error);
      }
    });
  });
  return { post: (message) => service.take(structuredClone(message)), close: async () => undefined };
};
let readAgain = 0;

/** What the store is given of an exhibit, in terms that do not know of parts and codes. */
interface Delivered {
  readonly account: ReadAccount;
  /** Each with all its columns, in order. */
  readonly records: readonly string[];
  /** Distinct statements, numbered as they come first. */
  readonly statements: readonly string[];
  /** Values of each coded column: they become its vocabulary. */
  readonly vocabulary: readonly string[];
}

async function read(
  readers: Readers,
  spec: ReadingSpec,
  bytes: Uint8Array,
  chunk = 1 << 20,
): Promise<Delivered> {
  const batches: RowBatch[] = [];
  const reading = await readers.start(spec, async (batch) => {
    batches.push(batch);
  });
  for (let at = 0; at < bytes.length; at += chunk)
    await reading.push(new Uint8Array(bytes.subarray(at, at + chunk)));
  const account = await reading.end();
  await readers.close();
  return { account, ...delivered(batches) };
}

function delivered(batches: readonly RowBatch[]): Omit<Delivered, 'account'> {
  const values = new Map<string, string>();
  const statements = new Map<string, StatementRow>();
  const firsts = new Map<string, number>();
  const dense = new Map<string, number>();
  const vocabulary = new Set<string>();
  const records: string[] = [];
  for (const batch of batches) {
    const { part, firstOrdinal, rows } = batch;
    const added: { column: number[]; code: number[]; value: string[] } | undefined =
      batch.dictionary === undefined ? undefined : JSON.parse(batch.dictionary);
    for (const [i, column] of (added?.column ?? []).entries()) {
      const code = added?.code[i] ?? 0;
      const value = added?.value[i] ?? '';
      // Codes of a part count from 1 without a gap: the store finds them by place.
      const before = dense.get(`${part} ${column}`) ?? 0;
      if (code !== before + 1) throw new Error(`code ${code} of part ${part} after ${before}`);
      dense.set(`${part} ${column}`, code);
      values.set(`${part} ${column} ${code}`, value);
      vocabulary.add(`${DICTIONARY_COLUMNS[column]} ${value}`);
    }
    const fresh: StatementRow[] = batch.statements === undefined ? [] : JSON.parse(batch.statements);
    for (const statement of fresh) {
      statements.set(`${part} ${statement.id}`, statement);
      const { id: _, row = Number.NaN, ...rest } = statement;
      const text = JSON.stringify(rest);
      firsts.set(text, Math.min(firsts.get(text) ?? Number.POSITIVE_INFINITY, firstOrdinal + row));
    }
    for (let row = 0; row < rows; row++) {
      const record: Record<string, unknown> = {};
      for (const [column, field] of NUMBER_COLUMNS.entries()) {
        const value = batch.numbers[column]?.[row] ?? Number.NaN;
        const isStatement = field.name === 'statement_id' && !Number.isNaN(value);
        record[field.name] = isStatement ? statements.get(`${part} ${value}`)?.text : value;
        if (isStatement && record[field.name] === undefined)
          throw new Error(`no statement ${value} of part ${part}`);
      }
      for (const [column, name] of DICTIONARY_COLUMNS.entries()) {
        const code = batch.codes[column]?.[row] ?? 0;
        if (code === 0) continue;
        record[name] = values.get(`${part} ${column} ${code}`);
        if (record[name] === undefined) throw new Error(`no code ${code} of ${name} in part ${part}`);
      }
      const ordinal = firstOrdinal + row;
      if (records[ordinal] !== undefined) throw new Error(`record ${ordinal} comes twice`);
      records[ordinal] = JSON.stringify(record);
    }
  }
  const inOrder = [...firsts].sort((a, b) => a[1] - b[1]).map(([text, first]) => `${first} ${text}`);
  return { records, statements: inOrder, vocabulary: [...vocabulary].sort() };
}

/** Segments of so many bytes: each of them begins in other places. */
const SIZES = [1, 190, 333, 1_999];

async function same(
  spec: ReadingSpec,
  log: Uint8Array | string,
  sizes: readonly number[] = SIZES,
): Promise<number> {
  const bytes = typeof log === 'string' ? Buffer.from(log, 'utf8') : log;
  const one = await read(readersHere(), spec, bytes);
  readAgain = 0;
  for (const segmentBytes of sizes)
    for (const threads of [2 + (segmentBytes % 2)]) {
      const many = await read(readersOver(nearby, { threads, segmentBytes }), spec, bytes, 4_096);
      expect(many.account, `${threads} threads, segments of ${segmentBytes}`).toEqual(one.account);
      for (const [ordinal, record] of many.records.entries())
        if (record !== one.records[ordinal])
          expect(JSON.parse(record)).toEqual(JSON.parse(one.records[ordinal] ?? '{}'));
      expect(many.records).toEqual(one.records);
      expect(many.statements).toEqual(one.statements);
      expect(many.vocabulary).toEqual(one.vocabulary);
    }
  return readAgain;
}

const CSV: ReadingSpec = { format: 'csvlog' };
const JSONLOG: ReadingSpec = { format: 'jsonlog' };

const TABLETOP = fileURLToPath(new URL('../../../../test/fixtures/tabletop/logs/', import.meta.url));

test.each([
  ['csvlog', 'db1/postgresql-2026-11-16.csv.gz'],
  ['csvlog', 'db1/postgresql-2026-11-17.csv'],
  ['jsonlog', 'db2/postgresql-2026-11-17.json'],
  ['stderr', 'db2/postgresql-2026-11-17.log'],
  ['server-audit', 'db3/server_audit.log'],
])(
  '%s of the tabletop (%s) is read alike by one thread and by several',
  async (format, name) => {
    const file = readFileSync(`${TABLETOP}${name}`);
    const bytes = (name.endsWith('.gz') ? gunzipSync(file) : file).subarray(0, 300_000);
    await same({ format }, bytes, [2_000, 60_001]);
  },
  120_000,
);

/** A record of its own session, whose text stands in quotes. */
function record(i: number, message: string, session = `65e2a000.${(i % 7) + 1}`): string {
  return csvLine({ at: i * 1000, session, seq: i + 1, message });
}

function records(count: number, message: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => record(i, message(i))).join('');
}

function audit(id: number, statement = 'SELECT 1'): string {
  return `AUDIT: SESSION,${id},1,READ,SELECT,TABLE,a.b,${statement},<none>`;
}

test('text inside quotes that looks like records, at every place', async () => {
  const forged = record(99, 'forged by somebody').replaceAll('"', '""');
  const again = await same(
    CSV,
    records(40, (i) => (i % 3 === 0 ? `first line\n${record(98, 'x')}${record(97, 'y')}` : `SELECT ${i}`)),
  );
  expect(again).toBeGreaterThan(0);
  await same(
    CSV,
    `${records(10, String)}${record(11, `all of it:\n${forged.repeat(60)}`)}${records(10, String)}`,
  );
});

test('quotes that are not closed: what follows is recovered', async () => {
  const cut = record(5, 'SELECT 1').replace('"SELECT 1"', '"SELECT 1');
  await same(CSV, `${records(30, String)}${cut}${records(30, String)}`);
  await same(CSV, `${records(5, String)}${cut}${records(5, String)}${cut}${records(30, String)}`);
  await same(CSV, records(40, String).slice(100, -100));
});

test('records that are longer than may be held', async () => {
  const long = `${record(1, 'x'.repeat(17 << 20))}${record(2, `\n${record(3, 'y').repeat(90_000)}`)}`;
  await same(CSV, `${records(5, String)}${long}${records(50, String)}`, [(3 << 19) + 1]);
}, 60_000);

test('lines of other programs, blank lines, line ends and a byte order mark', async () => {
  const mixed = `\ufeff${records(9, String)}\n\r\n2026-01-01 10:00:00,no record\n${records(5, String).replaceAll('\n', '\r\n')}what is this?\n${'z'.repeat(500)}\n\n\n`;
  await same(CSV, mixed.repeat(4));
  await same(JSONLOG, mixed.repeat(2));
});

test('pgAudit ids are followed from segment to segment', async () => {
  // A session's ids go on, stop, come again and are invented.
  const jumping = records(90, (i) => audit(i % 23 === 7 ? 500 + i : Math.floor(i / 7) + (i > 60 ? 2 : 1)));
  const again = await same(CSV, jumping);
  expect(again).toBeGreaterThan(0);
  const { account, records: read1 } = await read(readersHere(), CSV, Buffer.from(jumping));
  expect(account.problems.map(({ code }) => code)).toContain('pgaudit/forgery-suspect');
  expect(read1.some((text) => text.includes('forgery_suspect'))).toBe(true);
});

test('a zone that one record tells holds for the records behind it, and not for those before', async () => {
  const early = records(12, String).replaceAll(' UTC,', ' IST,');
  // Session 65e2a000 began at 03:42:40 UTC.
  const telling = record(13, 'hello')
    .replaceAll(' UTC,', ' IST,')
    .replace('2026-03-02 09:59:00', '2024-03-02 09:12:40');
  await same(CSV, early + telling + records(40, String).replaceAll(' UTC,', ' IST,'));
});

test('an hour that comes twice', async () => {
  const local = (i: number) => `2026-10-25 0${1 + Math.floor((i % 90) / 30)}:${10 + (i % 30)}:00.000`;
  const log = Array.from({ length: 180 }, (_, i) =>
    record(i, String(i)).replace(/^[^,]*/, i % 50 === 49 ? `${local(i)} UTC` : `${local(i)} XYZ`),
  ).join('');
  await same({ ...CSV, zone: 'Europe/Berlin' }, log);
  await same({ ...CSV, zone: 'Nowhere/AtAll' }, log, [190]);
});

test('more things are noticed than are told apart', async () => {
  const letter = (i: number) => String.fromCharCode(65 + (i % 26));
  const zone = (i: number) => `Q${letter(Math.floor(i / 26))}${letter(i)}`;
  const log = Array.from({ length: 200 }, (_, i) =>
    record(i, String(i)).replace(' UTC,', ` ${zone(i % 150)},`),
  ).join('');
  await same(CSV, log, [151, 20_000]);
});

test('members of extra get their places in the order in which they come', async () => {
  const line = (i: number) =>
    JSON.stringify({
      timestamp: '2026-03-02 10:00:00.000 UTC',
      pid: 7,
      session_id: '65e2a000.1',
      line_num: i + 1,
      error_severity: 'LOG',
      message: `statement: SELECT ${i % 9}`,
      ...Object.fromEntries(Array.from({ length: (i * 7) % 5 }, (_, k) => [`key${(i * i + k * 3) % 37}`, i])),
    });
  const log = `${Array.from({ length: 120 }, (_, i) => line(i)).join('\n')}\n`;
  const again = await same(JSONLOG, log);
  expect(again).toBeGreaterThan(0);
});

test('text in several encodings, and lines of both forms in one file', async () => {
  const latin = Buffer.from(
    records(20, (i) => `caf\u00e9 ${i}`),
    'latin1',
  );
  const json = Buffer.from(
    `{"timestamp":"2026-03-02 10:00:00.000 UTC","pid":1,"error_severity":"LOG","message":"hi"}\n`.repeat(9),
  );
  const utf8 = Buffer.from(records(20, (i) => `漢字 🐎 ${i}`));
  await same(CSV, Buffer.concat([utf8, json, latin, json, utf8]));
  await same(JSONLOG, Buffer.concat([json, utf8, json, latin]));
});

test('any bytes at all', async () => {
  let state = 12345;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  for (let round = 0; round < 15; round++) {
    const bytes = Buffer.from(records(24, (i) => (i % 4 === 0 ? `a\nb ${i}` : audit(1 + Math.floor(i / 7)))));
    for (let edits = 0; edits < 12; edits++) {
      const hostile = [34, 34, 10, 44, 45, Math.floor(next() * 256)];
      bytes[Math.floor(next() * bytes.length)] = hostile[Math.floor(next() * hostile.length)] ?? 34;
    }
    await same(CSV, bytes, [97 + round * 13, 640]);
  }
}, 60_000);
