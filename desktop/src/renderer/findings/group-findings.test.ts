import { expect, it } from 'vitest';
import { findings } from '../../host/fake/findings.ts';
import { FakeRows } from '../../host/fake/rows.ts';
import type { Level } from '../../host/findings.ts';
import { GROUPINGS, groupFindings, worstFirst } from './group-findings.ts';

const ALL = findings(new FakeRows(10_000));

it('puts the worst first, groups and members', () => {
  expect(groupFindings(ALL, 'level', 'all').map((group) => group.key)).toEqual([
    'critical',
    'high',
    'medium',
    'low',
  ]);
  const [group] = groupFindings(ALL, 'actor', 'all').filter((one) => one.key === 'dba_shared');
  expect(group?.findings[0]?.level).toBe('critical');
});

it('loses none, whatever it groups by', () => {
  for (const by of GROUPINGS)
    expect(groupFindings(ALL, by, 'all').flatMap((group) => group.findings).length).toBe(ALL.length);
});

it('shows one state', () => {
  for (const one of groupFindings(ALL, 'rule', 'benign').flatMap((group) => group.findings))
    expect(one.triage).toBe('benign');
});

it('puts who has more of the worst before who has more of the rest', () => {
  const [one] = ALL;
  if (one === undefined) throw new Error('the fake host has findings');
  const group = (key: string, ...levels: readonly Level[]) => ({
    key,
    findings: levels.map((level) => ({ ...one, level })),
  });
  const groups = [
    group('many low', 'low', 'low', 'low'),
    group('one high', 'high', 'low'),
    group('two high', 'high', 'high'),
    group('one high, one medium', 'high', 'medium'),
  ];
  expect(worstFirst(groups).map(({ key }) => key)).toEqual([
    'two high',
    'one high, one medium',
    'one high',
    'many low',
  ]);
});
