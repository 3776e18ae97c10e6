import { expect, test } from 'vitest';
import { ACTS, isAct } from './acts.ts';
import type { EntryFrame } from './ledger-entry.ts';

/** ISO/IEC 27037:2012 clause 6.1: the least that a chain of custody records, and the field that holds it (EVIDENCE §5). */
const MINIMUM_RECORD: Readonly<Record<string, keyof EntryFrame | 'object' | keyof typeof ACTS>> = {
  'unique evidence identifier': 'object',
  'who accessed the evidence': 'actor',
  'when it was accessed': 'at',
  'where it was accessed': 'place',
  'who checked it out': 'custody.checkout',
  'who checked it in': 'custody.checkin',
  'why it was checked out': 'purpose',
  'by what authority': 'authority',
  'unavoidable changes, who is responsible and why': 'change.unavoidable',
};

test('each item of the minimum record has its field or act', () => {
  const fields = [
    'object',
    'v',
    'seq',
    'prev',
    'case',
    'actor',
    'at',
    'mono',
    'authority',
    'purpose',
    'place',
    'tool',
  ];
  for (const [item, home] of Object.entries(MINIMUM_RECORD)) {
    expect(fields.includes(home) || isAct(home), item).toBe(true);
  }
  expect(ACTS['change.unavoidable']).toEqual(expect.arrayContaining(['what', 'why', 'person']));
  expect(ACTS['custody.transfer']).toEqual(expect.arrayContaining(['from', 'to', 'condition', 'result']));
});

test('the list is closed: nothing inherited counts as an act', () => {
  for (const name of ['toString', '__proto__', 'constructor', 'case.reopen', '', undefined])
    expect(isAct(name)).toBe(false);
});
