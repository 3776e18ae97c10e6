import type { Match } from '@dbwitness/shared/sigma/detection.ts';
import type { Rule } from '@dbwitness/shared/sigma/rule.ts';
import type { Finding, Level } from '../../host/findings.ts';

/** A finding as a run makes it; triage, tags and notes stand beside it. */
export type FoundFinding = Omit<Finding, 'triage' | 'notes' | 'userTags'>;

/** What a match's events say that a reader wants to see first. */
export interface EventFacts {
  readonly source: string;
  readonly session?: string;
  readonly user?: string;
  readonly object?: string;
}

/** Most events that one finding cites; `count` is the full number. */
const MAX_CITED = 1000;

/**
 * Makes findings of a rule's matches. A correlation's match is one finding. Single events of one person in one session
 * (or, without a session, of one person on one source) belong together: an export of 5 000 permitted reads is one finding
 * to judge, not 5 000. The id is the rule and the first event, so that the same evidence gives the same ids again.
 */
export function findingsOf(
  rule: Rule,
  matches: readonly Match[],
  facts: (event: string) => EventFacts | undefined,
): readonly FoundFinding[] {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const key = rule.kind === 'correlation' ? match.events.join() : groupKey(facts(match.events[0] ?? ''));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [match]);
    else group.push(match);
  }
  return [...groups.values()].map((group) => findingOf(rule, group, facts));
}

function groupKey(facts: EventFacts | undefined): string {
  return JSON.stringify([facts?.source, facts?.user, facts?.session]);
}

function findingOf(
  rule: Rule,
  group: readonly Match[],
  facts: (event: string) => EventFacts | undefined,
): FoundFinding {
  const ordered = [...group].sort((a, b) => a.first - b.first);
  const events = [...new Set(ordered.flatMap((match) => match.events))];
  const [first] = ordered;
  const known = events.slice(0, MAX_CITED).map(facts);
  const user = single(known.map((fact) => fact?.user));
  const object = single(known.map((fact) => fact?.object));
  return {
    id: `${rule.key}@${events[0] ?? ''}`,
    rule: rule.key,
    title: rule.title,
    level: (rule.level ?? 'medium') satisfies Level,
    tags: rule.tags,
    count: Math.max(
      events.length,
      ordered.reduce((sum, match) => sum + match.count, 0),
    ),
    events: events.slice(0, MAX_CITED),
    first: Math.min(...ordered.map((match) => match.first)),
    last: Math.max(...ordered.map((match) => match.last)),
    source: single(known.map((fact) => fact?.source)) ?? 'several sources',
    selections: [...new Set(ordered.flatMap((match) => match.selections ?? []))],
    ...(user === undefined ? {} : { user }),
    ...(object === undefined ? {} : { object }),
    ...(first?.group === undefined ? {} : { group: first.group }),
    ...(first?.value === undefined ? {} : { value: first.value }),
  };
}

/** The one value that all have, or the first with how many others: `crm.customer and 3 more`. */
function single(values: readonly (string | undefined)[]): string | undefined {
  const distinct = [...new Set(values.filter((value) => value !== undefined))];
  const [first] = distinct;
  return distinct.length <= 1 ? first : `${first} and ${distinct.length - 1} more`;
}
