import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cli, jsonLines, openCli } from '../cli/run-cli.ts';
import { CSVLOG, csvRecord, csvRecords, SERVER_AUDIT } from '../cli/small-logs.ts';

/** A folder of bad files: imported into a case, parsed without one, and imported once more to see what people are told. */
let cli: Cli;
let socket: Server;
let outcomes: readonly Outcome[];
let accounts: readonly Account[];
let codes: readonly (number | null)[];
let told: string;

interface Outcome {
  readonly name: string;
  readonly exhibits: readonly {
    readonly bytes: number;
    readonly state: string;
    readonly records: number;
    readonly ranges: readonly { readonly kind: string; readonly bytes: number; readonly records: number }[];
  }[];
  readonly error?: { readonly code: string; readonly message: string };
}
interface Account {
  readonly file: string;
  readonly bytes: number;
  readonly inflatedBytes?: number;
  readonly records: number;
  readonly recordBytes: number;
  readonly ignored: readonly Range[];
  readonly unreadable: readonly Range[];
  readonly problems: readonly { readonly message: string }[];
  readonly error?: { readonly code: string; readonly message: string };
}
interface Range {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly message: string;
}

const THREE = csvRecords(3);
const OPEN = csvRecord(4, 'statement: SELECT 1').subarray(0, 150);
const GZ = gzipSync(CSVLOG);
const AUDIT_LINES = SERVER_AUDIT.subarray(0, SERVER_AUDIT.indexOf(10, 200) + 1);
const LONG = 100 * 2 ** 20;

beforeAll(async () => {
  cli = await openCli();
  await cli.write('bad/empty.csv', '');
  await cli.write('bad/mid-quote.csv', Buffer.concat([THREE, OPEN]));
  await cli.write('bad/cut.csv.gz', GZ.subarray(0, GZ.length / 2));
  await cli.write('bad/noise.bin', Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) % 256)));
  await cli.write(
    'bad/nul.csv',
    Buffer.concat([THREE, csvRecord(4, 'a\0b'), Buffer.alloc(4096), csvRecord(5, 'after')]),
  );
  await cli.write(
    'bad/encoding.csv',
    Buffer.concat([
      THREE,
      csvRecord(4, Buffer.from([0x63, 0x61, 0x66, 0xe9])),
      csvRecord(5, Buffer.from([0xff, 0x81, 0xfe])),
    ]),
  );
  await cli.write('bad/mixed.csv', Buffer.concat([THREE, AUDIT_LINES, csvRecords(2, 4)]));
  await cli.write(
    'bad/line.csv',
    Buffer.concat([THREE, Buffer.alloc(LONG, 'x'), Buffer.from('\n'), csvRecords(2, 4)]),
  );
  await cli.write('bad/whole.csv', csvRecords(10, 20));
  execFileSync('mkfifo', [cli.path('bad', 'fifo')]);
  symlinkSync('/nowhere/at/all', cli.path('bad', 'dangling'));
  mkdirSync(cli.path('elsewhere'));
  symlinkSync(cli.path('elsewhere'), cli.path('bad', 'folder-link'));
  socket = createServer();
  await new Promise<void>((resolve) => socket.listen(cli.path('bad', 'socket'), resolve));

  const imported = await cli.json(['import', 'case', 'bad']);
  outcomes = imported.value as readonly Outcome[];
  const parsed = await cli.run(['parse', 'bad', '--account']);
  accounts = jsonLines(parsed.out) as unknown as readonly Account[];
  const shown = await cli.run(['import', 'shown', 'bad']);
  told = shown.out + shown.err;
  codes = [imported.code, parsed.code, shown.code];
});
afterAll(async () => {
  socket.close();
  await cli.close();
});

function outcome(file: string): Outcome {
  const found = outcomes.find(({ name }) => name === `bad/${file}`);
  if (found === undefined) throw new Error(`nothing is said of ${file}`);
  return found;
}

function account(file: string): Account {
  const found = accounts.find((candidate) => candidate.file === `bad/${file}`);
  if (found === undefined) throw new Error(`no account of ${file}`);
  return found;
}

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['empty.csv', 'intake/empty', /is empty: it holds 0 bytes/],
  ['noise.bin', 'intake/unknown-format', /nothing at byte 0 looks like a log record/],
  ['fifo', 'intake/not-a-file', /is a FIFO/],
  ['socket', 'intake/not-a-file', /is a socket/],
  ['dangling', 'intake/not-a-file', /is a symbolic link/],
  ['folder-link', 'intake/not-a-file', /is a symbolic link/],
];

test.each(REFUSED)('%s is refused in words that name it, and nothing of it is kept', (file, code, words) => {
  for (const { error } of [outcome(file), account(file)]) {
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(error?.message).toContain(file);
  }
  expect(outcome(file).exhibits).toEqual([]);
  expect(told).toContain(`bad/${file}`);
});

test('what is bad makes exit code 3, and what is whole is read beside it', () => {
  expect(codes).toEqual([3, 3, 3]);
  expect(outcome('whole.csv').exhibits).toMatchObject([{ state: 'imported', records: 10 }]);
  expect(account('whole.csv')).toMatchObject({ records: 10, unreadable: [] });
});

test('every byte of every file that was kept is a record’s or in a listed range, in the case and without one', () => {
  const kept = outcomes.flatMap(({ exhibits }) => exhibits).filter(({ state }) => state === 'imported');
  expect(kept.length).toBe(7);
  for (const { ranges, bytes } of kept)
    expect(ranges.reduce((sum, range) => sum + range.bytes, 0)).toBe(bytes);
  for (const { bytes, inflatedBytes, recordBytes, ignored, unreadable, error } of accounts) {
    if (error?.code === 'intake/not-a-file') continue;
    const unread = [...ignored, ...unreadable].reduce((sum, { from, to }) => sum + to - from, 0);
    expect(recordBytes + unread).toBe(inflatedBytes ?? bytes);
  }
});

/** File, records, and where the only unreadable range stands: from, to, line. */
const DAMAGED: readonly (readonly [string, number, readonly [number, number, number]])[] = [
  ['mid-quote.csv', 3, [THREE.length, THREE.length + OPEN.length, 4]],
  ['mixed.csv', 5, [THREE.length, THREE.length + AUDIT_LINES.length, 4]],
  ['line.csv', 5, [THREE.length, THREE.length + LONG + 1, 4]],
];

test.each(DAMAGED)(
  '%s: what is a record is read, and the rest is told by byte and line',
  (file, records, [from, to, line]) => {
    expect(account(file)).toMatchObject({ records, unreadable: [{ from, to, line }] });
    expect(outcome(file).exhibits).toMatchObject([{ state: 'imported', records }]);
    expect(told).toContain(`bad/${file}: bytes ${from} to ${to}, line ${line}, not read: `);
  },
);

test('NUL in a text is kept; a stretch of NULs is told by byte, and what follows is read', () => {
  const from = THREE.length + csvRecord(4, 'a\0b').length;
  const { records, unreadable } = account('nul.csv');
  expect(unreadable[0]).toMatchObject({ from });
  expect(records).toBeGreaterThanOrEqual(4);
  expect(outcome('nul.csv').exhibits[0]?.records).toBe(records);
});

test('bytes that are no UTF-8 are decoded by record, and it is said', () => {
  expect(account('encoding.csv')).toMatchObject({ records: 5, unreadable: [] });
  expect(account('encoding.csv').problems.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/2 records are not valid UTF-8/),
  );
});

test('a gzip file that was cut: what comes out is read, and where the file breaks off is told', () => {
  const { error, exhibits } = outcome('cut.csv.gz');
  const bytes = Math.floor(GZ.length / 2);
  expect(error).toBeUndefined();
  expect(exhibits).toMatchObject([
    { state: 'registered', bytes, records: 0, problems: [{ code: 'compressed/cut', byte: bytes }] },
    { state: 'imported', derivation: expect.stringMatching(`^gunzip-prefix:${bytes}:`) },
  ]);
  expect(told).toContain(`cut.csv.gz breaks off at byte ${bytes}`);
  expect(account('cut.csv.gz')).toMatchObject({ error: { code: 'compressed/cut' } });
  expect(account('cut.csv.gz').records).toBeGreaterThan(1000);
  expect(exhibits[1]?.records).toBe(account('cut.csv.gz').records);
});

describe('a wrong format that was named', () => {
  test('is told with file, byte, line and the likelier one, and nothing is kept', async () => {
    const file = await cli.write('audit.log', AUDIT_LINES);
    const { code, value } = await cli.json(['import', 'wrong', file, '--format', 'csvlog']);
    expect(code).toBe(3);
    expect(value).toMatchObject([
      {
        exhibits: [],
        error: {
          code: 'intake/wrong-format',
          message: expect.stringMatching(/audit\.log .*Byte 0, line 1: /),
          next: expect.stringContaining('import it as server-audit'),
        },
      },
    ]);
    const parsed = await cli.run(['parse', file, '--format', 'csvlog', '--account']);
    expect(parsed.code).toBe(3);
    expect(jsonLines(parsed.out)).toMatchObject([
      {
        records: 0,
        unreadable: [{ from: 0, to: AUDIT_LINES.length }],
        error: { code: 'intake/wrong-format' },
      },
    ]);
  });
});
