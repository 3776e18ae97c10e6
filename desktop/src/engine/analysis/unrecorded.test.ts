import { expect, test } from 'vitest';
import { type SettingChange, unrecordedStretches } from './unrecorded.ts';

const minute = 60_000_000;
const ends = new Map([
  ['pg', 100 * minute],
  ['my', 90 * minute],
]);

function change(
  at: number,
  setting: string,
  value: string | undefined,
  more: Partial<SettingChange> = {},
): SettingChange {
  return {
    source: 'pg',
    time: at * minute,
    event: `E001:${at}`,
    setting,
    ...(value === undefined ? {} : { value }),
    kind: 'effective',
    ...more,
  };
}

test('audit off until it is on again is one stretch between the two records', () => {
  const gaps = unrecordedStretches(
    [change(10, 'pgaudit.log', 'none'), change(25, 'pgaudit.log', 'all')],
    ends,
  );
  expect(gaps).toEqual([
    expect.objectContaining({
      kind: 'not_recorded',
      source: 'pg',
      from: 10 * minute,
      to: 25 * minute,
      before: 'E001:10',
      after: 'E001:25',
      setting: 'pgaudit.log=none',
    }),
  ]);
});

test('audit that never comes back is unrecorded to the end of the record, and says so', () => {
  const [gap] = unrecordedStretches([change(10, 'server_audit_logging', 'OFF', { source: 'my' })], ends);
  expect(gap).toMatchObject({ kind: 'not_recorded', to: 90 * minute });
  expect(gap?.what).toContain('still so where the record ends');
});

test('audit off for one session or role narrows the record of the source and does not end it', () => {
  const off = { kind: 'requested', scope: 'role dba' } as const;
  const [gap] = unrecordedStretches([change(10, 'pgaudit.log', 'none', off)], ends);
  expect(gap).toMatchObject({ kind: 'narrowed', from: 10 * minute, to: 100 * minute });
  expect(gap?.what).toContain('for role dba');
});

test('a narrower setting names what is lost', () => {
  const [gap] = unrecordedStretches(
    [change(1, 'pgaudit.log', 'all'), change(10, 'pgaudit.log', 'ddl'), change(20, 'pgaudit.log', 'all')],
    ends,
  );
  expect(gap).toMatchObject({ kind: 'narrowed', from: 10 * minute, to: 20 * minute });
  expect(gap?.what).toContain('no longer recorded: read, write');
});

test('a narrow setting after an unknown one is told, as changed from what is not on record', () => {
  const [gap, ...more] = unrecordedStretches([change(10, 'pgaudit.log', 'ddl, role')], ends);
  expect(more).toEqual([]);
  expect(gap).toMatchObject({ kind: 'narrowed', from: 10 * minute, to: 100 * minute });
  expect(gap?.what).toContain('changed; what held before is not on record');
  expect(gap?.what).toContain('read, write');
  expect(unrecordedStretches([change(10, 'pgaudit.log', 'all')], ends)).toEqual([]);
});

test('audit that comes back in part is narrowed by what held before it was off', () => {
  const gaps = unrecordedStretches(
    [
      change(1, 'pgaudit.log', 'all'),
      change(10, 'pgaudit.log', 'none'),
      change(20, 'pgaudit.log', 'ddl'),
      change(30, 'pgaudit.log', 'ddl, read'),
      change(40, 'pgaudit.log', 'all'),
    ],
    ends,
  );
  expect(gaps.map(({ kind, from, to }) => [kind, from / minute, to / minute])).toEqual([
    ['not_recorded', 10, 20],
    ['narrowed', 20, 30],
    ['narrowed', 30, 40],
  ]);
  expect(gaps[1]?.what).toContain('no longer recorded: read, write');
  expect(gaps[2]?.what).toContain('no longer recorded: write');
});

test('a narrow setting that comes back whole is over', () => {
  const gaps = unrecordedStretches(
    [change(1, 'pgaudit.log', 'ddl'), change(10, 'pgaudit.log', 'none'), change(20, 'pgaudit.log', 'all')],
    ends,
  );
  expect(gaps.map(({ kind, from, to }) => [kind, from / minute, to / minute])).toEqual([
    ['narrowed', 1, 10],
    ['not_recorded', 10, 20],
  ]);
});

test('the server confirms only the value that was asked for', () => {
  const gaps = unrecordedStretches(
    [change(10, 'pgaudit.log', 'none', { kind: 'requested', by: 'dba' }), change(10.5, 'pgaudit.log', 'all')],
    ends,
  );
  expect(gaps).toMatchObject([{ kind: 'not_recorded', from: 10 * minute, to: 10.5 * minute }]);
});

test('the statement that asks and the server line that confirms are one change', () => {
  const gaps = unrecordedStretches(
    [
      change(10, 'pgaudit.log', 'none', { kind: 'requested', event: 'E001:9', by: 'dba' }),
      change(10.5, 'pgaudit.log', 'none'),
      change(30, 'pgaudit.log', undefined),
    ],
    ends,
  );
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ from: 10.5 * minute, to: 30 * minute });
});

test('a request that the server never confirms still counts, and says that it is only asked for', () => {
  const [gap] = unrecordedStretches(
    [change(10, 'pgaudit.log', 'none', { kind: 'requested', by: 'dba' })],
    ends,
  );
  expect(gap?.what).toMatch(/by dba \(asked for by a statement/);
});

test('a session that silences itself is a stretch of that session alone', () => {
  const [gap] = unrecordedStretches(
    [change(10, 'pgaudit.log', 'none', { kind: 'requested', scope: 'session 65a.1', until: 12 * minute })],
    ends,
  );
  expect(gap).toMatchObject({ from: 10 * minute, to: 12 * minute });
  expect(gap?.what).toContain('for session 65a.1');
});

test('a session that silences itself in each transaction is one stretch for each', () => {
  const local = { kind: 'requested', scope: 'session 65a.1' } as const;
  const gaps = unrecordedStretches(
    [
      change(10, 'pgaudit.log', 'none', { ...local, until: 12 * minute }),
      change(20, 'pgaudit.log', 'none', { ...local, until: 23 * minute }),
    ],
    ends,
  );
  expect(gaps.map(({ from, to }) => [from / minute, to / minute])).toEqual([
    [10, 12],
    [20, 23],
  ]);
});

test('settings that do not touch the audit, and repeats of the same value, open nothing', () => {
  const gaps = unrecordedStretches(
    [
      change(1, 'work_mem', '64MB'),
      change(2, 'pgaudit.log', 'all'),
      change(3, 'pgaudit.log', 'all'),
      change(4, 'log_rotation_age', '1d'),
    ],
    ends,
  );
  expect(gaps).toEqual([]);
});

test('audit off ends where records come again, and says that nobody is on record for it', () => {
  const off = change(10, 'server_audit_logging', 'OFF', { source: 'my' });
  const again = { source: 'my', setting: 'server_audit_logging', why: 'record' } as const;
  const gaps = unrecordedStretches([off, change(60, 'server_audit_logging', 'OFF', { source: 'my' })], ends, [
    { ...again, time: 30 * minute, event: 'E002:7' },
    { ...again, source: 'pg', time: 20 * minute, event: 'E001:7' },
  ]);
  expect(gaps).toMatchObject([
    { kind: 'not_recorded', from: 10 * minute, to: 30 * minute, after: 'E002:7' },
    { kind: 'not_recorded', from: 60 * minute, to: 90 * minute },
  ]);
  expect(gaps[0]?.what).toContain(
    'ended without a record of who switched it on: audit records go on (E002:7)',
  );
  expect(gaps[1]?.what).toContain('still so where the record ends');
});

test('a restart ends what was set until then, a record does not end what is narrowed', () => {
  const only = change(10, 'server_audit_events', 'CONNECT', { source: 'my' });
  const at = (time: number, why: 'record' | 'start') => ({
    source: 'my',
    setting: 'server_audit_events',
    time: time * minute,
    event: `E002:${time}`,
    why,
  });
  const [gap] = unrecordedStretches([change(1, 'server_audit_events', '', { source: 'my' }), only], ends, [
    at(20, 'record'),
    at(30, 'start'),
  ]);
  expect(gap).toMatchObject({ kind: 'narrowed', to: 30 * minute, after: 'E002:30' });
});
