import type { Plan } from '@dbwitness/shared/sigma/plan/plan.ts';
import type { Predicate } from '@dbwitness/shared/sigma/predicate.ts';
import { literalText, type Pattern } from '@dbwitness/shared/sigma/values/pattern.ts';

/** A rule as Zircolite runs it: SQL as pySigma's SQLite backend writes it. Undefined: that backend has no SQL for it. */
export function zircoliteRule({ rule, where, selections }: Plan): unknown {
  const test = sql(where, selections);
  if (test === undefined) return undefined;
  const { title, id, level, tags, author } = rule;
  const about = { title, id, level: level ?? 'medium', tags, author, description: '', status: '' };
  return { ...about, filename: `${id}.yml`, rule: [`SELECT * FROM logs WHERE ${test}`] };
}

function sql(predicate: Predicate, selections: Plan['selections']): string | undefined {
  switch (predicate.kind) {
    case 'and':
    case 'or': {
      const parts = predicate.of.map((part) => sql(part, selections));
      if (parts.includes(undefined)) return undefined;
      return parts.length === 0 ? '1=1' : `(${parts.join(predicate.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not': {
      const of = sql(predicate.of, selections);
      return of === undefined ? undefined : `NOT ${of}`;
    }
    case 'selection': {
      const search = selections.get(predicate.name);
      return search === undefined ? undefined : sql(search, selections);
    }
    case 'text': {
      if (predicate.field === undefined) return undefined;
      const literal = literalText(predicate.pattern);
      return literal === undefined
        ? `${column(predicate.field)} LIKE ${quoted(like(predicate.pattern))} ESCAPE '\\'`
        : `${column(predicate.field)}=${quoted(literal)}`;
    }
    case 'regex':
      return predicate.field === undefined
        ? undefined
        : `${column(predicate.field)} REGEXP ${quoted(predicate.source)}`;
    case 'number':
      return `${column(predicate.field)}${{ lt: '<', lte: '<=', gt: '>', gte: '>=' }[predicate.is]}${predicate.value}`;
    case 'absent':
      return `${column(predicate.field)} IS NULL`;
    default:
      return undefined;
  }
}

function column(field: string): string {
  return `\`${field}\``;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function like(pattern: Pattern): string {
  const signs = { any: '%', one: '_', dash: '-', bytes: '' };
  return pattern
    .map((part) => (part.kind === 'text' ? part.text.replace(/[\\%_]/g, '\\$&') : signs[part.kind]))
    .join('');
}
