import { visible } from '../../text/problem.ts';
import { asks } from '../plan/in-words.ts';
import type { Plan } from '../plan/plan.ts';
import type { Predicate } from '../predicate.ts';

/** A plan as data: the tree of tests that every engine's SQL is made from. */
export function planAsJson({ rule, where, selections, fields, notes }: Plan): unknown {
  return {
    rule: { id: rule.id, title: rule.title, author: rule.author, logsource: rule.logsource },
    where,
    selections: Object.fromEntries(selections),
    fields,
    notes,
  };
}

/** The same for people: the condition, and each search below its name. */
export function planAsText({ rule, where, selections, notes }: Plan): string {
  const lines = [
    rule.id === undefined ? rule.title : `${rule.title} (${rule.id})`,
    ...(rule.author === undefined ? [] : [`by ${visible(rule.author.trim())}`]),
    ...tree(where, 1),
    ...[...selections].flatMap(([name, search]) => [`  ${name}:`, ...tree(search, 2)]),
    ...notes.map((note) => `  note: ${note}`),
  ];
  return lines.join('\n');
}

const JOINED = { and: 'all of', or: 'one of' };

function tree(predicate: Predicate, depth: number): readonly string[] {
  const line = (text: string) => '  '.repeat(depth) + text;
  switch (predicate.kind) {
    case 'and':
    case 'or':
      if (predicate.of.length === 0) return [line(predicate.kind === 'and' ? 'every event' : 'no event')];
      if (predicate.of.length === 1) return predicate.of.flatMap((part) => tree(part, depth));
      return [line(JOINED[predicate.kind]), ...predicate.of.flatMap((part) => tree(part, depth + 1))];
    case 'not':
      return [line('not'), ...tree(predicate.of, depth + 1)];
    case 'selection':
      return [line(predicate.name)];
    default:
      return [line(`${predicate.field ?? 'any field'} ${asks(predicate)}`)];
  }
}
