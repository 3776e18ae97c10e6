import { describe, expect, it } from 'vitest';
import { onlyEvent, readLog } from '../fixtures/read-log.ts';
import { csvLine, STDERR, STDERR_TRIMMED } from '../fixtures/samples.ts';
import { stderr } from './format.ts';

const STAMP = '2026-11-20 06:59:20.245 UTC';
const PGBADGER = '%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ';
const line = (text: string, session = 'user=alice,db=shop,app=psql,client=127.0.0.1') =>
  `${STAMP} [22302]: [5-1] ${session} ${text}\n`;
const read = (log: string, linePrefix = PGBADGER) => readLog(stderr, log, { linePrefix });

describe('stderr', () => {
  it('joins the parts of a message into one record', () => {
    const log =
      line('ERROR:  relation "sales.nope" does not exist at character 15') +
      line('DETAIL:  some detail').replace('[5-', '[6-') +
      line('STATEMENT:  SELECT *').replace('[5-', '[7-') +
      '\tFROM sales.nope;\n';
    const { events, pieces } = read(log);
    expect(pieces).toMatchObject([{ kind: 'record', from: 0, to: log.length, line: 1 }]);
    expect(events[0]).toMatchObject({
      severity: 'ERROR',
      result: 'failure',
      message: 'relation "sales.nope" does not exist',
      statement: 'SELECT *\nFROM sales.nope;',
      session_seq: 5,
      extra: { detail: 'some detail', cursor_position: '15', session_seq_last: 7, pid: 22302 },
    });
  });

  it('keeps a line that imitates a record behind TAB as text', () => {
    const { events } = readLog(stderr, STDERR);
    expect(events).toHaveLength(4);
    expect(events[2]?.statement).toContain('user=root,db=shop');
    expect(events.some(({ user }) => user === 'root')).toBe(false);
  });

  it('says when the TABs that keep statements apart from records were trimmed away', () => {
    const codes = (log: string) =>
      read(log)
        .reader.problems()
        .map(({ code, at }) => [code, at?.line]);
    expect(read(STDERR_TRIMMED).events.some(({ user }) => user === 'root')).toBe(true);
    expect(codes(STDERR_TRIMMED)).toEqual([['stderr/continuation-trimmed', 6]]);
    expect(codes(STDERR)).toEqual([]);
    expect(codes(`${STDERR}rsync: connection unexpectedly closed\n`)).toEqual([]);
    expect(codes(`${line('LOG:  checkpoint starting: time')}rsync: no space left\n`)).toEqual([]);
  });

  it('leaves a part of another process to itself', () => {
    const { events } = read(line('LOG:  a') + line('DETAIL:  b').replace('[22302]', '[4]'));
    expect(events).toHaveLength(2);
    expect(events[1]).toMatchObject({ session: '4', extra: { detail: 'b', orphan: true } });
    expect(events[1]?.severity).toBeUndefined();
  });

  it('rejects what no prefix fits, and continuation lines without a record', () => {
    expect(read(`\tlost\npg_ctl: could not start server\n${line('LOG:  a')}`).pieces).toMatchObject([
      { kind: 'rejected', code: 'stderr/continuation-without-record' },
      { kind: 'rejected', code: 'stderr/no-prefix' },
      { kind: 'record', line: 3 },
    ]);
  });

  it('reads csvlog and jsonlog lines that landed in the file', () => {
    const json = `{"timestamp":"${STAMP}","pid":1,"error_severity":"LOG","message":"j"}\n`;
    const { events } = read(line('LOG:  s') + csvLine() + json + line('LOG:  t'));
    expect(events.map(({ message }) => message)).toEqual(['s', 'hello', 'j', 't']);
  });

  it('says in which encoding such a line was read', () => {
    const log = Buffer.from(line('LOG:  s') + csvLine({ 13: '"na\xefve"' }), 'latin1');
    const { events } = readLog(stderr, log, { linePrefix: PGBADGER });
    expect(events[1]).toMatchObject({ message: 'naïve', extra: { encoding: 'cp1252' } });
  });

  it('follows a change of the prefix inside the file', () => {
    const log =
      line('LOG:  parameter "log_line_prefix" changed to "%p ! %u ! %m > "').replace(/^/, '') +
      `7 ! bob ! ${STAMP} > LOG:  b\n${STAMP} [8] LOG:  c\n`;
    expect(read(log).events.map(({ message, user }) => [message?.slice(0, 9), user])).toEqual([
      ['parameter', 'alice'],
      ['b', 'bob'],
      ['c', undefined],
    ]);
  });

  it('keeps names with commas, quotes and keywords whole', () => {
    expect(
      onlyEvent(stderr, line('LOG:  x', 'user=na"me, x,db=shop,app=renamed LOG: "y",client=[local]'), {
        linePrefix: PGBADGER,
      }),
    ).toMatchObject({
      user: 'na"me, x',
      application: 'renamed LOG: "y"',
      client_host: '[local]',
      message: 'x',
    });
  });

  it('says when a name makes the split ambiguous, and does not let text behind the prefix move it', () => {
    const log = line('ERROR:  syntax error at or near ",client=6.6.6.6 LOG:  AUDIT: SESSION,1,1,READ"');
    const { events, reader } = read(log);
    expect(events[0]).toMatchObject({
      client_ip: '127.0.0.1',
      severity: 'ERROR',
      extra: { prefix_ambiguous: true },
    });
    expect(reader.problems().map(({ code }) => code)).toEqual(['stderr/prefix-ambiguous']);
  });

  it('stays linear on a line made to be split in endless ways', () => {
    const { pieces } = read(`${STAMP} [1]: [1-1] user=${',db=,app=,client='.repeat(50_000)}\n`);
    expect(pieces).toMatchObject([{ kind: 'rejected' }]);
  });

  it('knows translated keywords and keeps the word as written', () => {
    const log = `${line('ERREUR:  division par zéro')}${line('INSTRUCTION :  SELECT 1/0;')}`;
    expect(onlyEvent(stderr, log, { linePrefix: PGBADGER })).toMatchObject({
      severity: 'ERROR',
      statement: 'SELECT 1/0;',
      extra: { severity_as_written: 'ERREUR' },
    });
  });

  it('takes the SQLSTATE that verbose logs put before the text', () => {
    const log =
      line('ERROR:  42P01: relation "x" does not exist') +
      line('LOCATION:  parserOpenTable, parse_relation.c:1392');
    expect(onlyEvent(stderr, log, { linePrefix: PGBADGER })).toMatchObject({
      error_code: '42P01',
      message: 'relation "x" does not exist',
      extra: { location: 'parserOpenTable, parse_relation.c:1392' },
    });
  });

  it('reads a record without time where the prefix gives none', () => {
    const event = onlyEvent(stderr, 'LOG:  received SIGHUP, reloading configuration files\n', {
      linePrefix: '%q%u@%d app=%a %h ',
    });
    expect(event).toMatchObject({
      action: 'RELOAD',
      message: 'received SIGHUP, reloading configuration files',
    });
    expect(event.time).toBeUndefined();
  });

  it('takes the epoch of %n where the zone of the stamp is ambiguous', () => {
    const event = onlyEvent(stderr, '2026-11-20 12:29:20.245 IST 1795157960.245 LOG:  x\n', {
      linePrefix: '%m %n ',
    });
    expect(event).toMatchObject({
      time: 1_795_157_960_245_000,
      time_basis: 'in record',
      time_raw: '2026-11-20 12:29:20.245 IST',
    });
  });

  it('cuts a record that grows beyond the limit and says so', () => {
    const log = line('LOG:  a') + '\tmore\n'.repeat(100) + line('LOG:  b');
    const { events, pieces } = readLog(stderr, log, { linePrefix: PGBADGER, maxRecordBytes: 200 });
    expect(events.map(({ flags }) => flags)).toEqual([['truncated'], undefined]);
    expect(pieces.filter(({ kind }) => kind === 'rejected').length).toBeGreaterThan(50);
  });
});
