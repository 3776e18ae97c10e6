import type { RuleOutcome } from '../host/findings.ts';

/** What became of the rules of a run, in words; the last line says what "nothing found" is worth. */
export function outcomeLines(
  outcomes: readonly RuleOutcome[],
  findings: number,
  noun: 'finding' | 'match' = 'finding',
): readonly string[] {
  const idle = outcomes.filter((outcome) => outcome.status !== 'ran');
  const ran = outcomes.filter((outcome) => outcome.status === 'ran');
  const absent = new Map<string, Set<string>>();
  for (const { title, absentFields } of ran)
    for (const field of absentFields) absent.set(field, (absent.get(field) ?? new Set<string>()).add(title));
  const lines = [
    `${count(ran.length, 'rule')} ran, ${count(findings, noun)}.`,
    ...idle.map(({ title, status, reason }) => `${title}: ${status}: ${reason ?? 'no reason given'}`),
    ...ran.flatMap(({ title, notes = [] }) => notes.map((note) => `${title}: ${note}`)),
    ...[...absent].map(([field, titles]) => `No event has the field ${field}: ${[...titles].join('; ')}`),
  ];
  if (idle.length > 0)
    lines.push(`${count(idle.length, 'rule')} could not run, so this is not “nothing found”.`);
  return lines;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : what === 'match' ? 'es' : 's'}`;
}
