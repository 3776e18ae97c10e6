import { expect, test } from 'vitest';
import { AuditSequence, type Succession } from './audit-sequence.ts';

/** mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Room for so few sessions that they make room for each other all the time. */
const MOST = 5;

interface Take {
  readonly session: string;
  readonly id: number;
}

/** Ids of a few sessions, most of them in order. */
function takes(next: () => number, count: number): readonly Take[] {
  const ids = new Map<string, number>();
  return Array.from({ length: count }, () => {
    const session = `s${Math.floor(next() ** 2 * 9)}`;
    const id = (ids.get(session) ?? 0) + (next() < 0.9 ? 1 : Math.floor(next() * 4));
    ids.set(session, id);
    return { session, id };
  });
}

function answers(sequence: AuditSequence, part: readonly Take[]): readonly Succession[] {
  return part.map(({ session, id }) => sequence.take(session, id));
}

/** Without telling what is first from what follows: both are no jump. */
function jumps(of: readonly Succession[]): readonly boolean[] {
  return of.map((succession) => succession === 'jump');
}

test('what was read without the records before is confirmed only where it would have been the same with them', () => {
  const next = random(7);
  let confirmed = 0;
  let refused = 0;
  for (let round = 0; round < 4000; round++) {
    const all = takes(next, 20);
    const cut = 1 + Math.floor(next() * 18);
    const whole = new AuditSequence(MOST);
    const before = new AuditSequence(MOST);
    const behind = new AuditSequence(MOST);
    const expected = answers(whole, all).slice(cut);
    answers(before, all.slice(0, cut));
    const given = answers(behind, all.slice(cut));
    if (!behind.precede(before.state())) {
      refused++;
      continue;
    }
    confirmed++;
    expect(jumps(given)).toEqual(jumps(expected));
    expect(behind.state()).toEqual(whole.state());
    // And so it goes on.
    const more = takes(next, 10);
    expect(answers(behind, more)).toEqual(answers(whole, more));
  }
  expect(confirmed).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(500);
});

test('one that takes up another goes on exactly as it would have', () => {
  const next = random(8);
  for (let round = 0; round < 500; round++) {
    const whole = new AuditSequence(MOST);
    answers(whole, takes(next, 20));
    const other = new AuditSequence(MOST);
    other.restore(whole.state());
    const more = takes(next, 20);
    expect(answers(other, more)).toEqual(answers(whole, more));
  }
});
