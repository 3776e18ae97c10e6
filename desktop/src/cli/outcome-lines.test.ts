import { expect, test } from 'vitest';
import type { RuleOutcome } from '../host/findings.ts';
import { outcomeLines } from './outcome-lines.ts';

const outcome = (title: string, more: Partial<RuleOutcome> = {}): RuleOutcome => ({
  rule: title,
  title,
  status: 'ran',
  matches: 0,
  absentFields: [],
  ms: 1,
  ...more,
});

test('a run in which every rule ran says so in one line', () => {
  expect(outcomeLines([outcome('A'), outcome('B')], 0)).toEqual(['2 rules ran, 0 findings.']);
});

test('rules that could not run, ran with less, or ask for fields that nothing has are told', () => {
  const lines = outcomeLines(
    [
      outcome('Shared account', { status: 'skipped', reason: 'it needs %shared_accounts%' }),
      outcome('Export', { notes: ['ran without %service_accounts%: nothing was left out'] }),
      outcome('Misspelt', { absentFields: ['statment'] }),
      outcome('Other', { absentFields: ['statment', 'rows', 'statment'] }),
    ],
    0,
  );
  expect(lines).toEqual([
    '3 rules ran, 0 findings.',
    'Shared account: skipped: it needs %shared_accounts%',
    'Export: ran without %service_accounts%: nothing was left out',
    'No event has the field statment: Misspelt; Other',
    'No event has the field rows: Other',
    '1 rule could not run, so this is not “nothing found”.',
  ]);
});
