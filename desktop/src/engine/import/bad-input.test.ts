import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, symlinkSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { casesCurrent } from '../../host/cases.ts';
import { eventsDetail } from '../../host/events.ts';
import { evidenceImport, evidenceList, evidenceRanges, evidenceVerify } from '../../host/evidence.ts';
import { timelineGaps } from '../../host/timeline.ts';
import { auditMessage, csvLine, csvLog, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

/** Nothing of a file that was refused is left anywhere. */
async function expectNothingKept(): Promise<void> {
  expect(await made.engine.request(evidenceList, {})).toEqual([]);
  expect(readdirSync(join(made.root, 'incoming'))).toEqual([]);
  expect(readdirSync(join(made.root, 'vault'))).toEqual([]);
  expect((await made.engine.request(casesCurrent, {}))?.events).toBe(0);
}

test('an empty file is said to be empty', async () => {
  const { error } = await made.import(made.write('empty.csv', ''));
  expect(error).toMatchObject({ code: 'intake/empty', message: 'empty.csv is empty: it holds 0 bytes.' });
  await expectNothingKept();
});

test('a binary file is of no known format', async () => {
  const { error } = await made.import(
    made.write(
      'noise.bin',
      Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256),
    ),
  );
  expect(error).toMatchObject({
    code: 'intake/unknown-format',
    message: expect.stringContaining('noise.bin'),
  });
  await expectNothingKept();
});

test('a wrong format that was named is told with file, byte and the likelier format', async () => {
  const { error } = await made.import(made.write('a.csv', csvLog(5)), { format: 'server-audit' });
  expect(error).toMatchObject({
    code: 'intake/wrong-format',
    message: expect.stringMatching(/a\.csv.*Byte 0, line 1/s),
    next: expect.stringContaining('csvlog'),
  });
  await expectNothingKept();
});

test('a format that does not exist is told with those that do', async () => {
  const { error } = await made.import(made.write('a.csv', csvLog(1)), { format: 'csv' });
  expect(error).toMatchObject({ code: 'format/unknown', next: expect.stringContaining('csvlog') });
});

test('bytes that are no record are kept, counted and listed', async () => {
  const good = csvLog(2);
  const { exhibits } = await made.import(
    made.write('torn.csv', `${good}this is no record\n${csvLine({ at: 9000, message: 'after' })}`),
  );
  expect(exhibits[0]?.records).toBe(3);
  const ranges = await made.engine.request(evidenceRanges, { exhibit: 'E001', offset: 0, limit: 10 });
  expect(ranges).toEqual([
    expect.objectContaining({ kind: 'rejected', from: good.length, to: good.length + 18, line: 3 }),
  ]);
});

test('what is no regular file in a folder is refused one by one, and the rest is imported', async () => {
  const folder = join(made.folder, 'logs');
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  made.write('logs/b.csv', csvLog(3));
  made.write('logs/deeper/c.csv', csvLog(4));
  symlinkSync('/etc/passwd', join(folder, 'a-link.csv'));
  symlinkSync('/etc', join(folder, 'link-to-folder'));
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const outcomes = await made.engine.request(evidenceImport, {
      items: [{ file: made.engine.files.add(folder) }],
    });
    expect(
      outcomes.map(({ name, error, exhibits }) => [
        name,
        error?.code ?? exhibits.map(({ records }) => records),
      ]),
    ).toEqual([
      ['logs/a-link.csv', 'intake/not-a-file'],
      ['logs/b.csv', [3]],
      ['logs/deeper/c.csv', [4]],
      ['logs/link-to-folder', 'intake/not-a-file'],
      ['logs/pipe.csv', 'intake/not-a-file'],
      ['logs/socket', 'intake/not-a-file'],
    ]);
  } finally {
    server.close();
  }
});

test('a file that is written to while it is read is refused', async () => {
  const path = made.write('live.csv', csvLog(8000));
  let grown = false;
  const { error } = await made.import(
    path,
    {},
    {
      onProgress: ({ phase }) => {
        if (phase !== 'import' || grown) return;
        grown = true;
        appendFileSync(path, csvLog(1));
      },
    },
  );
  expect(error).toMatchObject({
    code: 'intake/changed-while-reading',
    message: expect.stringContaining('live.csv'),
  });
  await expectNothingKept();
});

test('a cancelled import keeps the files that were done, and nothing of the one under way', async () => {
  const first = made.engine.files.add(made.write('first.csv', csvLog(10)));
  const second = made.engine.files.add(made.write('second.csv', csvLog(8000)));
  const abort = new AbortController();
  const importing = made.engine.request(
    evidenceImport,
    { items: [{ file: first }, { file: second }] },
    {
      signal: abort.signal,
      onProgress: ({ phase, subject }) => phase === 'import' && subject === 'second.csv' && abort.abort(),
    },
  );
  await expect(importing).rejects.toThrow(/abort/i);
  expect((await made.engine.request(evidenceList, {})).map(({ name }) => name)).toEqual(['first.csv']);
  expect(readdirSync(join(made.root, 'incoming'))).toEqual([]);
  expect((await made.engine.request(casesCurrent, {}))?.events).toBe(10);
});

test('a gzip file becomes an exhibit and what it holds another, read from its bytes', async () => {
  const log = csvLog(40);
  const { exhibits, error } = await made.import(made.write('a.csv.gz', gzipSync(log)));
  expect(error).toBeUndefined();
  expect(
    exhibits.map(({ id, state, derivation, records, bytes }) => [id, state, derivation, records, bytes]),
  ).toEqual([
    ['E001', 'registered', undefined, 0, gzipSync(log).length],
    ['E001.1', 'imported', 'gunzip', 40, log.length],
  ]);
  const { raw } = await made.engine.request(eventsDetail, { event: 'E001.1:3' });
  expect(Buffer.from(raw.base64, 'base64').toString()).toBe(`${log.split('\n')[3]}\n`);
});

test('a zstd file is read like a gzip file', async () => {
  const log = csvLog(40);
  const { exhibits, error } = await made.import(made.write('a.csv.zst', zstdStored(Buffer.from(log))));
  expect(error).toBeUndefined();
  expect(exhibits.map(({ id, derivation, records }) => [id, derivation, records])).toEqual([
    ['E001', undefined, 0],
    ['E001.1', 'unzstd', 40],
  ]);
});

test('a zstd file whose content is not that of its checksum is kept, told of and not read', async () => {
  const frame = zstdStored(Buffer.from(csvLog(40)));
  frame[4] = 0xe4;
  const { exhibits, error } = await made.import(
    made.write('a.csv.zst', Buffer.concat([frame, Buffer.from('none')])),
  );
  expect(error).toMatchObject({ code: 'compressed/damaged', message: expect.stringContaining('checksum') });
  expect(exhibits.map(({ id, state }) => [id, state])).toEqual([['E001', 'registered']]);
  expect((await made.engine.request(casesCurrent, {}))?.events).toBe(0);
});

test('of a gzip file that was cut, what comes out is read, and where it breaks off is told', async () => {
  const log = csvLog(4000);
  const { exhibits, error } = await made.import(made.write('cut.csv.gz', gzipSync(log).subarray(0, 20_000)));
  expect(error).toBeUndefined();
  const [cut, prefix] = exhibits;
  const bytes = prefix?.bytes ?? 0;
  expect(exhibits).toMatchObject([
    { id: 'E001', state: 'registered', bytes: 20_000 },
    { id: 'E001.1', state: 'imported', derivation: `gunzip-prefix:20000:${bytes}` },
  ]);
  const whole = log.slice(0, bytes).split('\n').length - 1;
  expect(bytes).toBeGreaterThan(20_000);
  expect(prefix?.records).toBe(whole);
  expect(cut?.problems).toMatchObject([{ code: 'compressed/cut', severity: 'error', byte: 20_000 }]);
  expect(prefix?.problems[0]?.message).toMatch(
    new RegExp(`cut\\.csv\\.gz breaks off at byte 20000.*${bytes} bytes came out`),
  );
  const { raw } = await made.engine.request(eventsDetail, { event: `E001.1:${whole - 1}` });
  expect(log.startsWith(Buffer.from(raw.base64, 'base64').toString(), raw.from)).toBe(true);
  const gaps = await made.engine.request(timelineGaps, {});
  expect(gaps).toContainEqual(
    expect.objectContaining({
      kind: 'outside_export',
      what: expect.stringContaining('breaks off at byte 20000'),
    }),
  );
  expect(await made.engine.request(evidenceVerify, {})).toMatchObject([{ ok: true }, { ok: true }]);
});

test('bytes behind the end of compressed data are kept, told of and not read', async () => {
  const packed = gzipSync(csvLog(40));
  const file = made.write('a.csv.gz', Buffer.concat([packed, packed, Buffer.alloc(512)]));
  const { exhibits, error } = await made.import(file);
  expect(error).toBeUndefined();
  expect(exhibits).toMatchObject([
    {
      bytes: 2 * packed.length + 512,
      problems: [{ code: 'compressed/followed', severity: 'warning', byte: 2 * packed.length }],
    },
    { derivation: `gunzip-prefix:${2 * packed.length}:${2 * csvLog(40).length}`, records: 80 },
  ]);
});

test('a gzip file that is cut in its head has nothing to read', async () => {
  const { exhibits, error } = await made.import(made.write('a.csv.gz', gzipSync(csvLog(4)).subarray(0, 9)));
  expect(error).toMatchObject({ code: 'compressed/cut', message: expect.stringContaining('byte 9') });
  expect(exhibits).toMatchObject([{ id: 'E001', state: 'registered', bytes: 9 }]);
});

test('a file that inflates beyond what logs do is refused', async () => {
  const { error } = await made.import(
    made.write('bomb.gz', gzipSync(gzipSync(Buffer.alloc(1 << 28), { level: 9 }), { level: 9 })),
  );
  expect(error?.code).toMatch(/^(intake\/unknown-format|compressed\/too-large)$/);
});

test('a single line of 100 MB is a rejected range and what follows is read', async () => {
  const path = join(made.folder, 'long.csv');
  const file = openSync(path, 'w');
  writeSync(file, csvLog(5));
  const start = csvLine({ at: 9000, message: 'x' });
  writeSync(file, start.slice(0, start.indexOf('"x"') + 1));
  const mega = Buffer.alloc(1_000_000, 120);
  for (let i = 0; i < 100; i++) writeSync(file, mega);
  writeSync(file, start.slice(start.indexOf('"x"') + 2));
  writeSync(file, csvLine({ at: 9500, message: 'after' }));
  closeSync(file);
  const { exhibits, error } = await made.import(path);
  expect(error).toBeUndefined();
  expect(exhibits[0]?.ranges.map(({ kind, records }) => [kind, records])).toEqual(
    expect.arrayContaining([
      ['records', 6],
      ['rejected', 0],
    ]),
  );
}, 120_000);

test('a file whose first record is longer than the sample is recognised, packed or not', async () => {
  const values = Array.from({ length: 30_000 }, (_, i) => `(${i}, 'x')`).join(',\n');
  const bulk = auditMessage(
    1,
    'WRITE',
    'INSERT',
    'sales.orders',
    `INSERT INTO sales.orders VALUES ${values}`,
  );
  const log = csvLine({ at: 0, message: bulk }) + csvLine({ at: 5, message: 'after' });
  const plain = await made.import(made.write('bulk.csv', log));
  expect(plain.error).toBeUndefined();
  expect(plain.exhibits[0]).toMatchObject({ format: 'csvlog', records: 2 });
  const more = gzipSync(log + csvLine({ at: 9, message: 'more' }));
  const packed = await made.import(made.write('more.csv.gz', more));
  expect(packed.exhibits[1]).toMatchObject({ format: 'csvlog', records: 3 });
});

test('a digest that the provider gave is compared', async () => {
  const path = made.write('a.csv', csvLog(2));
  const { exhibits } = await made.import(path, { providerDigest: `SHA256 (a.csv) = ${'0'.repeat(64)}` });
  expect(exhibits[0]?.providerDigest).toBe('differs');
});

/** A zstd frame of stored blocks (RFC 8878 §3.1.1): Node 20 can not compress zstd. */
function zstdStored(bytes: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32LE(0xfd2fb528, 0);
  header[4] = 0xe0;
  header.writeBigUInt64LE(BigInt(bytes.length), 5);
  const parts: Buffer[] = [header];
  for (let from = 0; from < bytes.length; from += 65_536) {
    const block = bytes.subarray(from, from + 65_536);
    const last = from + 65_536 >= bytes.length ? 1 : 0;
    const size = Buffer.alloc(3);
    size.writeUIntLE(last | (block.length << 3), 0, 3);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}
