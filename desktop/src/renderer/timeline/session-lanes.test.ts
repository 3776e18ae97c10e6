import { expect, it } from 'vitest';
import type { SessionSummary } from '../../host/sessions.ts';
import { addValue } from '../filter/filter.ts';
import { packSessions, SESSION_ROWS, sessionsOf } from './session-lanes.ts';

const session = (id: string, from: number, to: number): SessionSummary => ({
  id,
  source: 'db1',
  session: id,
  from,
  to,
  events: 1,
  statements: 1,
  failures: 0,
  classes: {},
  start: 'connected',
  end: 'disconnected',
  basis: '',
  holes: 0,
  findings: 0,
});

it('puts sessions of one time under each other, and leaves out what no row can hold', () => {
  const same = Array.from({ length: SESSION_ROWS + 2 }, (_, n) => session(`s${n}`, 10, 90));
  const bars = packSessions([...same, session('later', 95, 99)], (time) => time, 100);
  expect(bars.map((bar) => bar.session.id).sort()).toEqual(['later', 's0', 's1', 's2']);
  for (const a of bars)
    for (const b of bars)
      expect(a === b || a.row !== b.row || a.left + a.width < b.left || b.left + b.width < a.left).toBe(true);
});

it('shows the shortest session', () => {
  expect(packSessions([session('s', 50, 50)], (time) => time, 100)[0]?.width).toBeGreaterThan(2);
});

it('draws nothing of a session outside the view', () => {
  expect(packSessions([session('s', -50, -40), session('t', 140, 150)], (time) => time, 100)).toEqual([]);
});

it('asks for the sessions of the one user that is filtered for, not of the ones filtered out', () => {
  const stretch = { from: 1, to: 2 };
  const one = addValue({ clauses: [] }, 'user', 'jnovak');
  expect(sessionsOf(one, stretch, 'length')).toMatchObject({ user: 'jnovak', from: 1, to: 2 });
  expect(sessionsOf(addValue(one, 'user', 'dba'), stretch, 'length').user).toBeUndefined();
  expect(
    sessionsOf(addValue({ clauses: [] }, 'user', 'jnovak', true), stretch, 'length').user,
  ).toBeUndefined();
});
