import { expect, it } from 'vitest';
import { findings } from '../../host/fake/findings.ts';
import { FakeRows } from '../../host/fake/rows.ts';
import { GROUPINGS, groupFindings } from './group-findings.ts';

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
