import { and, NOTHING, or, type Predicate } from '../predicate.ts';
import type { Condition, ConditionUse } from './condition.ts';

/** Search identifiers that `pattern` selects: `them` is all; those that begin with `_` only if the pattern does (SIGMA C5). */
export function selectedNames(pattern: string, names: Iterable<string>): readonly string[] {
  const all = pattern === 'them' ? '*' : pattern;
  const parts = all.split('*');
  return [...names].filter((name) => matches(name, parts) && (!name.startsWith('_') || all.startsWith('_')));
}

/** Whether `name` is made of `parts` with anything between them. One look at each part: a pattern may hold any number of stars. */
function matches(name: string, parts: readonly string[]): boolean {
  const [head = '', ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - tail.length;
}

/** The condition over search identifiers as a predicate. A quantifier that selects nothing is false (SIGMA C4). */
export function conditionPredicate(condition: Condition, names: ReadonlySet<string>): Predicate {
  switch (condition.kind) {
    case 'and':
      return and(condition.of.map((part) => conditionPredicate(part, names)));
    case 'or':
      return or(condition.of.map((part) => conditionPredicate(part, names)));
    case 'not':
      return { kind: 'not', of: conditionPredicate(condition.of, names) };
    case 'name':
      return { kind: 'selection', name: condition.name };
    case 'some':
    case 'every': {
      const selected = selectedNames(condition.pattern, names).map(
        (name): Predicate => ({ kind: 'selection', name }),
      );
      if (selected.length === 0) return NOTHING;
      return condition.kind === 'every' ? and(selected) : or(selected);
    }
  }
}

/** The names and patterns that a condition uses, with their places. */
export function* conditionUses(condition: Condition): Generator<ConditionUse> {
  if (condition.kind === 'not') yield* conditionUses(condition.of);
  else if ('of' in condition) for (const part of condition.of) yield* conditionUses(part);
  else yield condition;
}
