import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../events/audit-event.ts';
import { csvlog } from './csvlog/format.ts';
import { CORPUS, corpusFile, readLog, text, WITHOUT_CORPUS } from './fixtures/read-log.ts';
import { jsonlog } from './jsonlog/format.ts';
import { auditRecord } from './pgaudit/audit-record.ts';
import { recogniseFormat } from './recognition.ts';
import { serverAudit } from './server-audit/format.ts';
import { stderr } from './stderr/format.ts';

const NAMES = [
  'main',
  'berlin',
  'kolkata-saopaulo',
  'logstatement',
  'french',
  'rich-prefix',
  'rds-prefix',
  'debian-prefix',
  'default-prefix',
];
const RICH = '%m|%n|%c|%l|%s|%v|%x|%b|%P|%p|%L|%i|%e|%Q|%r|%u|%d|%a: ';

const pg = (name: string) => corpusFile(`real/postgresql/${name}`);
const csv = (name: string) => readLog(csvlog, pg(`${name}.csv`));
const json = (name: string) => readLog(jsonlog, pg(`${name}.json`));
const log = (name: string) =>
  readLog(stderr, pg(`${name}.log`), name === 'rich-prefix' ? { linePrefix: RICH } : {});

/** Messages of different processes may change places between two files: compared in one order. */
function inOrder(events: readonly AuditEvent[], key: (event: AuditEvent) => string): readonly AuditEvent[] {
  return events
    .map((event, at) => ({ event, at, key: key(event) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at))
    .map(({ event }) => event);
}

function defined(event: AuditEvent, without: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event).filter(([name, value]) => value !== undefined && !without.includes(name)),
  );
}

describe.skipIf(WITHOUT_CORPUS)(
  'real logs (skipped where the corpus does not stand beside the checkout)',
  () => {
    it.each(NAMES)('reads every byte of %s in all three forms, as equally many records', (name) => {
      const all = [csv(name), json(name), log(name)];
      for (const { pieces } of all) expect(pieces.filter(({ kind }) => kind !== 'record')).toEqual([]);
      expect(new Set(all.map(({ events }) => events.length)).size).toBe(1);
    });

    it.each(NAMES)('reads the same events from csvlog and jsonlog of %s', (name) => {
      const order = (event: AuditEvent) =>
        `${event.session} ${event.time} ${event.message ?? event.statement}`;
      const normal = (event: AuditEvent) => {
        const { severity_as_written: _, ...extra } = event.extra ?? {};
        return { ...defined(event, ['session_seq', 'extra', 'time', 'time_raw', 'duration_ms']), extra };
      };
      // The server takes the time once for each destination: a millisecond may lie between.
      expect(inOrder(csv(name).events, order).map(normal)).toEqual(
        inOrder(json(name).events, order).map(normal),
      );
    });

    it.each(NAMES)('reads from stderr of %s what its prefix holds, as csvlog has it', (name) => {
      const order = (event: AuditEvent) => `${event.extra?.pid ?? ''} ${event.message ?? event.statement}`;
      const full = inOrder(csv(name).events, order);
      // A prefix without pid (%q in a background process) leaves nothing to put in order by.
      for (const [at, event] of name === 'french' ? [] : inOrder(log(name).events, order).entries()) {
        const other = full[at];
        const own = defined(event, ['session', 'session_seq', 'extra', 'time', 'time_raw', 'duration_ms']);
        expect(other).toMatchObject(own);
        const { session_seq_last: _, ...extra } = event.extra ?? {};
        expect(other?.extra).toMatchObject(extra);
        for (const field of [
          'statement',
          'message',
          'class',
          'action',
          'result',
          'severity',
          'objects',
          'parameters',
        ] as const) {
          expect(event[field]).toEqual(other?.[field]);
        }
        // Whole seconds where the prefix has %t, and some milliseconds between the destinations.
        expect(Math.abs((event.time ?? 0) - (other?.time ?? 0))).toBeLessThan(1_100_000);
      }
    });

    it('finds the one forged audit record, and no true one', () => {
      const written =
        pg('main.csv')
          .toString('latin1')
          .match(/,"AUDIT: (?:SESSION|OBJECT),/g)?.length ?? 0;
      for (const { events } of [csv('main'), json('main'), log('main')]) {
        const suspects = events.filter(({ extra }) => extra?.forgery_suspect !== undefined);
        expect(suspects.map(({ message }) => message)).toEqual([
          'AUDIT: SESSION,999,1,READ,SELECT,,,"forged, by user",<none>',
        ]);
        expect(events.filter(({ statement_seq }) => statement_seq !== undefined).length).toBe(written - 1);
      }
    });

    it('reads the records of the LATIN1 database', () => {
      for (const { events } of [csv('main'), json('main'), log('main')]) {
        const latin = events.filter(({ extra }) => extra?.encoding === 'cp1252');
        expect(latin.map(({ database }) => database)).toEqual(['latin', 'latin']);
        expect(latin[0]?.statement).toMatch(/[àâçéèêëîïôöûùüäß]/);
      }
    });

    it('has no hole in the line numbers of any csvlog session', () => {
      const last = new Map<string, number>();
      for (const { session = '', session_seq = 0 } of csv('main').events) {
        if (last.has(session)) expect(session_seq).toBe((last.get(session) ?? 0) + 1);
        last.set(session, session_seq);
      }
      expect(last.size).toBeGreaterThan(40);
    });

    it('reads the file in which all three forms stand', () => {
      const { events, pieces } = readLog(stderr, pg('syslog.log'));
      expect(pieces.every(({ kind }) => kind === 'record')).toBe(true);
      expect(events.map(({ extra }) => extra?.setting)).toEqual([
        'log_destination',
        'log_destination',
        'log_destination',
      ]);
    });

    it('knows the format of every real file that it reads, and of no other', () => {
      const best = (path: string) => {
        const bytes = corpusFile(path);
        const half = bytes.length >> 1;
        const middle = bytes.length > 131_072 ? { middle: bytes.subarray(half, half + 65_536) } : {};
        return recogniseFormat({ name: path, head: bytes.subarray(0, 65_536), ...middle }, text).best?.format
          .id;
      };
      for (const name of readdirSync(join(CORPUS, 'real/postgresql'))) {
        const expected = name.endsWith('.csv')
          ? 'csvlog'
          : name.endsWith('.json')
            ? 'jsonlog'
            : name.endsWith('.log') && name !== 'rich-prefix.log'
              ? 'stderr'
              : undefined;
        expect([name, best(`real/postgresql/${name}`)]).toEqual([name, expected]);
      }
      for (const name of readdirSync(join(CORPUS, 'real/mariadb'))) {
        expect([name, best(`real/mariadb/${name}`)]).toEqual([
          name,
          name.startsWith('server_audit') ? 'server-audit' : undefined,
        ]);
      }
    });

    it('reads every byte of every server_audit file', () => {
      const names = readdirSync(join(CORPUS, 'real/mariadb')).filter((name) =>
        name.startsWith('server_audit'),
      );
      for (const name of names) {
        const { pieces } = readLog(serverAudit, corpusFile(`real/mariadb/${name}`));
        expect(pieces.filter(({ kind }) => kind !== 'record')).toEqual([]);
      }
      expect(names.length).toBeGreaterThan(10);
    });

    it('reads the odd users, the NUL byte and the cut query of server_audit', () => {
      const { events } = readLog(serverAudit, corpusFile('real/mariadb/server_audit.all-events.log'));
      expect(
        events
          .filter(({ user }) => user === 'user,comma')
          .map(({ action, statement }) => action ?? statement),
      ).toEqual(['CONNECT', 'select 1', 'DISCONNECT']);
      expect(events.filter(({ statement }) => statement?.includes("'a\0b'")).length).toBe(1);
      const cut = events.filter(({ flags }) => flags?.includes('truncated'));
      expect(cut.length).toBe(1);
      expect(events.filter(({ extra }) => extra?.user_uncertain).map(({ statement }) => statement)).toEqual([
        'SELECT count(*) FROM orders',
      ]);
      expect(
        events
          .filter(({ extra }) => extra?.setting === 'server_audit_logging')
          .map(({ extra }) => extra?.setting_value),
      ).toEqual(['OFF', 'ON']);
    });

    it('learns the limit of 64 from the statement that set it', () => {
      const { events } = readLog(serverAudit, corpusFile('real/mariadb/server_audit.limit64.log'));
      for (const { statement = '', flags, extra } of events) {
        if (extra?.operation === 'QUERY' && statement.length > 64) expect(flags).toContain('truncated');
      }
      expect(events.filter(({ flags }) => flags?.includes('truncated')).length).toBeGreaterThan(20);
    });
  },
);

describe.skipIf(WITHOUT_CORPUS)(
  'third-party logs (skipped where the corpus does not stand beside the checkout)',
  () => {
    it('reads every audit line of the regression tests of every pgAudit version', () => {
      let lines = 0;
      for (const branch of readdirSync(join(CORPUS, 'thirdparty/pgaudit'))) {
        const output = corpusFile(`thirdparty/pgaudit/${branch}/pgaudit.out`).toString('utf8');
        for (const { index } of output.matchAll(/^(?:NOTICE|WARNING|LOG|INFO): {2}(?=AUDIT: )/gm)) {
          const from = output.indexOf('AUDIT: ', index);
          const read = auditRecord(output.slice(from, endOfRecord(output, from)));
          expect(read).toMatchObject({
            statementId: expect.any(Number),
            subject: expect.stringMatching(/^(READ|WRITE|FUNCTION|ROLE|DDL|MISC),/),
          });
          lines++;
        }
      }
      expect(lines).toBeGreaterThan(3000);
    });

    it("reads every line of MariaDB's own server_audit tests", () => {
      for (const name of ['server_audit.result', 'thread_pool_server_audit.result']) {
        const masked = corpusFile(`thirdparty/mariadb-server/${name}`)
          .toString('utf8')
          .split('\n')
          .filter((line) => line.startsWith('TIME,'));
        const lines = masked.map((line) => line.replace('TIME', '20261120 07:11:37').replaceAll(',ID', ',7'));
        const { pieces } = readLog(serverAudit, `${lines.join('\n')}\n`);
        expect(pieces.filter(({ kind }) => kind === 'rejected')).toEqual([]);
        expect(pieces.length).toBe(lines.length);
      }
    });

    it('agrees with the cases of an RDS log tool', () => {
      const { events } = readLog(serverAudit, corpusFile('thirdparty/personio/server_audit.rds-mysql.log'));
      const hours = events.map(({ time = 0 }) => new Date(time / 1000).toISOString().slice(0, 13));
      expect(events.length).toBe(25);
      expect([...new Set(hours)]).toEqual(['2020-07-14T10', '2020-07-14T11', '2020-07-14T12']);
    });

    it.each([
      ['stmt_type.log', '%m [%p] ', 12],
      ['begin_end.log', '%t [%p]: db=%d,user=%u,app=%a,client=%h ', 24],
      ['multiline_param.log', '%m [%p] user=%u,db=%d ', 8],
      ['postgresql_param_range.log', '%t [%p]: [%l-1] [%x] usr=%u,db=%d,appli=%a ', 3],
      ['pg_vacuums.log.gz', '%t [%p]: [%l-1] user=%u,db=%d,host=%h,app=%a ', 3544],
    ])('works out the prefix of %s', (name, linePrefix, records) => {
      const file = corpusFile(`thirdparty/pgbadger/fixtures/${name}`);
      const bytes = name.endsWith('.gz') ? gunzipSync(file) : file;
      expect(stderr.recognise({ name, head: bytes.subarray(0, 65_536) }, text).settings).toEqual({
        linePrefix,
      });
      const { events, pieces } = readLog(stderr, bytes);
      expect([events.length, pieces.length]).toEqual([records, records]);
    });

    it('reads durations and statements as pgBadger counts them', () => {
      const { events } = readLog(stderr, corpusFile('thirdparty/pgbadger/fixtures/stmt_type.log'));
      expect(
        events.every(({ duration_ms, statement }) => duration_ms !== undefined && statement !== undefined),
      ).toBe(true);
      expect(events[3]).toMatchObject({
        statement: 'SELECT * FROM test;',
        duration_ms: 0.942,
        result: 'success',
      });
    });
  },
);

/** End of the audit record that starts at `from` of psql output: the line end outside of quotes. */
function endOfRecord(output: string, from: number): number {
  let quoted = false;
  for (let at = from; at < output.length; at++) {
    const c = output.charAt(at);
    if (c === '"') quoted = !quoted;
    else if (c === '\n' && !quoted) return at;
  }
  return output.length;
}
