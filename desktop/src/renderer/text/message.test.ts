import { expect, it } from 'vitest';
import { CASES } from './cases.ts';
import { CUSTODY } from './custody.ts';
import { EVENTS } from './events.ts';
import { EVIDENCE } from './evidence.ts';
import { FINDINGS } from './findings.ts';
import { t } from './message.ts';
import { MESSAGES } from './messages.ts';
import { REPORT } from './report.ts';
import { SESSIONS } from './sessions.ts';
import { SHELL } from './shell.ts';

it('chooses singular and plural and groups numbers', () => {
  expect(t('events.count', { n: 1 })).toBe('1 event');
  expect(t('events.count', { n: 40_000 })).toBe('40\u202f000 events');
});

it('has no text twice under one key of another file', () => {
  const keys = [SHELL, CASES, EVIDENCE, EVENTS, SESSIONS, FINDINGS, CUSTODY, REPORT].flatMap((table) =>
    Object.keys(table),
  );
  expect(keys.length).toBe(new Set(keys).size);
  expect(keys.length).toBe(Object.keys(MESSAGES).length);
});

it('puts outside text in as it is, never as a pattern', () => {
  expect(t('filter.remove', { text: '$& {n} $1' })).toBe('Remove filter $& {n} $1');
});
