import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cli, jsonLines, openCli, TABLETOP } from './run-cli.ts';
import {
  CSVLOG,
  CSVLOG_PATH,
  CSVLOG_RECORDS,
  csvRecord,
  SERVER_AUDIT,
  SERVER_AUDIT_RECORDS,
} from './small-logs.ts';
import { until } from './until.ts';

let cli: Cli;
beforeAll(async () => {
  cli = await openCli();
});
afterAll(() => cli.close());

type Account = {
  readonly bytes: number;
  readonly inflatedBytes?: number;
  readonly recordBytes: number;
  readonly ignored: readonly Range[];
  readonly unreadable: readonly Range[];
};
type Range = { readonly from: number; readonly to: number };

describe('parse', () => {
  test('events go to stdout, one a line, and where they stand cuts the file into records', async () => {
    const { code, out, err } = await cli.run(['parse', CSVLOG_PATH]);
    expect(code).toBe(0);
    expect(err).toContain(`PostgreSQL csvlog, ${CSVLOG_RECORDS} events, 0 B not read`);
    const events = jsonLines(out);
    expect(events).toHaveLength(CSVLOG_RECORDS);
    let at = 0;
    for (const { byte_offset, byte_length } of events) {
      expect(byte_offset).toBe(at);
      at += Number(byte_length);
    }
    expect(at).toBe(CSVLOG.length);
  });

  test('a pipe, a gzip file and a folder are read like the file itself', async () => {
    const plain = (await cli.run(['parse', CSVLOG_PATH])).out;
    expect((await cli.run(['parse', '-'], { stdin: CSVLOG })).out).toBe(plain);
    const gz = await cli.write('deep/er/log.csv.gz', gzipSync(CSVLOG));
    expect((await cli.run(['parse', gz])).out).toBe(plain);
    expect((await cli.run(['parse', 'deep'])).out).toBe(plain);
  });

  test('the account tiles every file, also one that is compressed', async () => {
    const { code, out } = await cli.run(['parse', TABLETOP, '--account']);
    expect(code).toBe(0);
    const accounts = jsonLines(out) as unknown as readonly Account[];
    expect(accounts).toHaveLength(8);
    for (const { bytes, inflatedBytes, recordBytes, ignored, unreadable } of accounts) {
      const unread = [...ignored, ...unreadable].reduce((sum, { from, to }) => sum + to - from, 0);
      expect(recordBytes + unread).toBe(inflatedBytes ?? bytes);
    }
  });

  test('what cannot be read ends in exit code 3, and the other files are read all the same', async () => {
    const noise = await cli.write('noise.bin', Buffer.from([0, 1, 2, 3, 255, 254]));
    const { code, out } = await cli.run(['parse', noise, 'none.log', CSVLOG_PATH, '--account']);
    expect(code).toBe(3);
    expect(jsonLines(out)).toMatchObject([
      { error: { code: 'intake/unknown-format', at: { byte: 0 } }, unreadable: [{ from: 0, to: 6 }] },
      { error: { code: 'intake/missing' } },
      { format: 'csvlog', records: CSVLOG_RECORDS },
    ]);
  });

  test('a reader that goes away is no error', async () => {
    const { code, err } = await cli.run(['parse', TABLETOP], {
      onOutput: (_, child) => child.stdout.destroy(),
    });
    expect({ code, err: err.includes('EPIPE') }).toEqual({ code: 0, err: false });
  });
});

describe('events', () => {
  beforeAll(async () => {
    await cli.write('db3/server_audit.log', SERVER_AUDIT);
    const { code } = await cli.run([
      'import',
      'case',
      CSVLOG_PATH,
      'db3/server_audit.log',
      '--timezone',
      'UTC',
    ]);
    expect(code).toBe(0);
  });

  test('a case has the very events that parsing its files gives, in order of time', async () => {
    const exported = jsonLines((await cli.run(['events', 'case'])).out);
    expect(exported).toHaveLength(CSVLOG_RECORDS + SERVER_AUDIT_RECORDS);
    const times = exported.map(({ time }) => String(time));
    expect(times).toEqual([...times].sort());
    const parsed = jsonLines((await cli.run(['parse', CSVLOG_PATH, 'db3', '--timezone', 'UTC'])).out);
    const place = ({ format, byte_offset }: Record<string, unknown>) =>
      `${String(format)} ${String(byte_offset)}`;
    const byPlace = new Map(parsed.map((event) => [place(event), event]));
    for (const { event_id, exhibit, statement_id, flags, ...event } of exported) {
      const { flags: parsedFlags, ...same } = byPlace.get(place(event)) ?? {};
      expect(event).toEqual(same);
      expect(new Set(flags as string[])).toEqual(new Set(parsedFlags as string[]));
      expect(event_id).toMatch(new RegExp(`^${String(exhibit)}:\\d+$`));
    }
  });

  test('a filter gives those that meet it, as often as the timeline counts them', async () => {
    const where = ['--where', 'class=data_read', '--where', 'user!=monitor', '--text', 'select'];
    const events = jsonLines((await cli.run(['events', 'case', ...where])).out);
    const { value } = await cli.json(['timeline', 'case', '--bins', '1', ...where]);
    const { histogram } = value as { histogram: { series: number[][]; unplaced: number } };
    expect(events.length).toBe(
      histogram.series.flat().reduce((sum, count) => sum + count, histogram.unplaced),
    );
    expect(events.length).toBeGreaterThan(100);
    for (const { class: kind, user } of events)
      expect([kind, user === 'monitor']).toEqual(['data_read', false]);
  });

  test('CSV and Parquet are new files of their owner, with as many events', async () => {
    const { code, value } = await cli.json(['events', 'case', '--format', 'csv', '--out', 'e.csv']);
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { events: CSVLOG_RECORDS + SERVER_AUDIT_RECORDS },
    });
    expect(readFileSync(cli.path('e.csv'), 'utf8')).toMatch(/^"event_id","time",.*\r\n"E00/);
    const parquet = await cli.json([
      'events',
      'case',
      '--where',
      'user=root',
      '--format',
      'parquet',
      '--out',
      'e.pq',
    ]);
    expect(parquet.code).toBe(0);
    const bytes = readFileSync(cli.path('e.pq'));
    expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', bytes.length - 4)]).toEqual([
      'PAR1',
      'PAR1',
    ]);
    for (const file of ['e.csv', 'e.pq']) expect(statSync(cli.path(file)).mode & 0o777).toBe(0o600);
    expect(readdirSync(cli.folder).filter((name) => name.startsWith('.e.'))).toEqual([]);
  });

  test('| head leaves no locked case behind', async () => {
    const { code } = await cli.run(['events', 'case'], { onOutput: (_, child) => child.stdout.destroy() });
    expect(code).toBe(0);
    expect(existsSync(cli.path('case', 'lock'))).toBe(false);
  });
});

describe('hostile text', () => {
  const hostile = 'statement: SELECT \u001b]8;;http://x\u0007 \u202Egnp.exe \u0000 =1+1';

  test('acts on no terminal, and stays what it is in the exact form', async () => {
    const log = await cli.write(
      'hostile.csv',
      Buffer.concat([csvRecord(1, hostile, 'ro\u001b[2Jot'), csvRecord(2, hostile, 'ro\u001b[2Jot')]),
    );
    expect((await cli.run(['import', 'h\u001b[31m', log])).err).not.toContain('\u001b');
    const sessions = await cli.run(['sessions', 'h\u001b[31m']);
    expect(sessions.out).toContain('ro␛[2Jot');
    const timeline = await cli.run(['timeline', 'h\u001b[31m', '--by', 'user']);
    for (const { out } of [sessions, timeline]) expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    const [event] = jsonLines((await cli.run(['events', 'h\u001b[31m'])).out);
    expect(event).toMatchObject({ user: 'ro\u001b[2Jot', statement: hostile.slice('statement: '.length) });
  });
});

describe('Ctrl+C during an import', () => {
  test('keeps what was done, leaves nothing half-done, and the same import again completes', async () => {
    for (let n = 0; n < 6; n++)
      await cli.write(`many/${n}.csv`, Buffer.concat([csvRecord(n, `message ${n}`), CSVLOG]));
    let stopped: Promise<unknown> | undefined;
    const { code, err } = await cli.run(['import', 'stopped', 'many'], {
      onStart: (child) => {
        stopped = until(
          () => existsSync(cli.path('stopped', 'vault', 'E001')),
          () => child.exitCode !== null,
        ).then(() => child.kill('SIGINT'));
      },
    });
    await stopped;
    expect({ code, err }).toEqual({
      code: 130,
      err: expect.stringContaining('What was reported done is kept'),
    });
    expect(existsSync(cli.path('stopped', 'lock'))).toBe(false);
    expect(readdirSync(cli.path('stopped', 'incoming'))).toEqual([]);
    const kept = readdirSync(cli.path('stopped', 'vault')).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(6);
    expect(jsonLines((await cli.run(['events', 'stopped'])).out)).toHaveLength(kept * (CSVLOG_RECORDS + 1));
    expect((await cli.run(['import', 'stopped', 'many'])).code).toBe(0);
    expect(jsonLines((await cli.run(['events', 'stopped'])).out)).toHaveLength(6 * (CSVLOG_RECORDS + 1));
  });
});

test('a pipe of any length is parsed in flat memory', async () => {
  const size = 64 * 2 ** 20;
  let peak = 0;
  let fed: Promise<void> | undefined;
  const { code } = await cli.run(['parse', '-', '--account'], {
    stdin: 'stream',
    onStart: (child) => {
      fed = (async () => {
        for (let sent = 0; sent < size; sent += CSVLOG.length) {
          for await (const chunk of createReadStream(CSVLOG_PATH))
            if (!child.stdin.write(chunk)) await new Promise((resolve) => child.stdin.once('drain', resolve));
          peak = Math.max(peak, residentBytes(child.pid));
        }
        child.stdin.end();
      })();
    },
  });
  await fed;
  expect(code).toBe(0);
  expect(peak).toBeLessThan(500e6);
});

function residentBytes(pid: number | undefined): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}
