import type { Match } from '@dbwitness/shared/sigma/detection.ts';
import type { Rule } from '@dbwitness/shared/sigma/rule.ts';
import type { Grouping } from '@dbwitness/shared/sigma/run/gather.ts';
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

/**
 * Which single events belong together: those of one person in one session (or, without a session, of one person on one
 * source), for an export of 5 000 permitted reads is one finding to judge, not 5 000. Where that makes too many findings
 * of a rule, the rest go by person, then by source alone.
 */
export function findingGrouping(sourceOf: (exhibit: string) => string): Grouping {
  return {
    fields: ['exhibit', 'user', 'session'],
    levels: 3,
    key([exhibit = '', user, session], level) {
      const key = [sourceOf(exhibit), user, session].slice(0, 3 - level);
      return JSON.stringify(key);
    },
  };
}

/**
 * Makes findings of a rule's matches, which `findingGrouping` put together. The id is the rule and the first event, so
 * that the same evidence gives the same ids again.
 */
export function findingsOf(
  rule: Rule,
  matches: readonly Match[],
  facts: (event: string) => EventFacts | undefined,
): readonly FoundFinding[] {
  const taken = new Map<string, number>();
  return matches.map((match) => {
    const id = `${rule.key}@${match.events[0] ?? ''}`;
    // Windows of several groups may begin with one event.
    const nth = (taken.get(id) ?? 0) + 1;
    taken.set(id, nth);
    return findingOf(rule, match, nth === 1 ? id : `${id}#${nth}`, facts);
  });
}

function findingOf(
  rule: Rule,
  match: Match,
  id: string,
  facts: (event: string) => EventFacts | undefined,
): FoundFinding {
  const known = match.events.map(facts);
  const user = single(known.map((fact) => fact?.user));
  const object = single(known.map((fact) => fact?.object));
  return {
    id,
    rule: rule.key,
    title: rule.title,
    level: (rule.level ?? 'medium') satisfies Level,
    tags: rule.tags,
    count: match.count,
    events: match.events,
    first: match.first,
    last: match.last,
    source: single(known.map((fact) => fact?.source)) ?? 'several sources',
    selections: match.selections ?? [],
    ...(user === undefined ? {} : { user }),
    ...(object === undefined ? {} : { object }),
    ...(match.group === undefined ? {} : { group: match.group }),
    ...(match.value === undefined ? {} : { value: match.value }),
    ...(match.window_incomplete === true ? { windowIncomplete: true } : {}),
  };
}

/** The one value that all have, or the first with how many others: `crm.customer and 3 more`. */
function single(values: readonly (string | undefined)[]): string | undefined {
  const distinct = [...new Set(values.filter((value) => value !== undefined))];
  const [first] = distinct;
  return distinct.length <= 1 ? first : `${first} and ${distinct.length - 1} more`;
}
