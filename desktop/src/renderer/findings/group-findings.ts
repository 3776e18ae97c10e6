import type { Finding, Level, Triage } from '../../host/findings.ts';

export const GROUPINGS = ['level', 'rule', 'actor', 'object'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const LEVELS: readonly Level[] = ['critical', 'high', 'medium', 'low', 'informational'];

export interface FindingGroup {
  readonly key: string;
  readonly findings: readonly Finding[];
}

/** Findings in triage order: by group, worst level first, then by time. Groups stand by their worst finding. */
export function groupFindings(
  findings: readonly Finding[],
  by: Grouping,
  state: Triage | 'all',
): readonly FindingGroup[] {
  const sorted = findings
    .filter((one) => state === 'all' || one.triage === state)
    .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.first - b.first);
  const groups = new Map<string, Finding[]>();
  for (const finding of sorted) {
    const key = groupKey(finding, by);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([key, list]) => ({ key, findings: list }));
}

/** Groups with the most findings of the highest level first, then of the next. */
export function worstFirst(groups: readonly FindingGroup[]): readonly FindingGroup[] {
  const count = (group: FindingGroup, level: Level) =>
    group.findings.filter((one) => one.level === level).length;
  return groups.toSorted(
    (a, b) =>
      LEVELS.map((level) => count(b, level) - count(a, level)).find((difference) => difference !== 0) ?? 0,
  );
}

function groupKey(finding: Finding, by: Grouping): string {
  switch (by) {
    case 'level':
      return finding.level;
    case 'rule':
      return finding.title;
    case 'actor':
      return finding.user ?? '';
    case 'object':
      return finding.object ?? '';
  }
}
