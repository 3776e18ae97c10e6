import type { Engine } from '@dbwitness/desktop/engine/engine.ts';
import { eventsPage, eventsView } from '@dbwitness/desktop/host/events.ts';
import type { Clause, Filter } from '@dbwitness/desktop/host/filter.ts';
import { timelineFacets } from '@dbwitness/desktop/host/timeline.ts';

/** A filter with the name of its kind. */
export interface NamedFilter {
  readonly kind: string;
  readonly filter: Filter;
}

/** A generator with a seed: the same questions in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Filters of every kind that the workbench can make, with values that the case holds: common and rare ones. No two are the
 * same, so that none is answered from what an earlier one left.
 */
export async function filtersOf(engine: Engine, random: () => number): Promise<readonly NamedFilter[]> {
  const facets = await engine.request(timelineFacets, {
    filter: { clauses: [] },
    fields: ['user', 'class', 'action', 'object', 'database', 'client_ip', 'result', 'flags', 'application'],
    limit: 50,
  });
  const values = new Map(facets.map(({ field, values: found }) => [field, found.map(({ value }) => value)]));
  const rows = await sample(engine, ['objects', 'columns', 'statement', 'message', 'session', 'fingerprint']);
  const of = (field: string) => [
    ...new Set(rows.map((row) => row[field]).filter((value) => typeof value === 'string')),
  ];
  const members = (field: string) => [
    ...new Set(rows.flatMap((row) => (Array.isArray(row[field]) ? row[field] : []))),
  ];
  const pick = <T>(from: readonly T[], count: number): readonly T[] =>
    [...from]
      .map((value) => ({ value, by: random() }))
      .sort((a, b) => a.by - b.by)
      .slice(0, count)
      .map(({ value }) => value);
  const filters: NamedFilter[] = [];
  const add = (kind: string, ...clauses: Clause[]) => filters.push({ kind, filter: { clauses } });

  for (const [field, known] of values) {
    for (const value of pick(known, 3)) add(`${field} is`, clause(field, 'is', [value]));
    for (const value of pick(known, 1)) add(`${field} is not`, clause(field, 'is', [value], true));
  }
  const objects = members('objects').map((text) => text.split(' ')[1] ?? text);
  for (const object of pick(objects, 4)) add('objects is', clause('objects', 'is', [object]));
  for (const object of pick(objects, 2))
    add('objects contains', clause('objects', 'contains', [object.slice(0, 6)]));
  for (const column of pick(members('columns'), 2)) add('columns is', clause('columns', 'is', [column]));
  for (const session of pick(of('session'), 2)) add('session is', clause('session', 'is', [session]));
  for (const text of pick(of('statement'), 2)) add('statement is', clause('statement', 'is', [text]));
  for (const text of pick(of('fingerprint'), 2)) add('fingerprint is', clause('fingerprint', 'is', [text]));
  for (const rowsAtLeast of ['1', '500', '10000'])
    add('rows at least', clause('rows', 'at_least', [rowsAtLeast]));
  add('rows at most', clause('rows', 'at_most', ['5']));
  add('ticket exists', clause('ticket', 'exists', []));
  add('error_code exists', clause('error_code', 'exists', []));
  for (const word of pick(words(of('statement')), 6)) {
    add('statement contains', clause('statement', 'contains', [word]));
    add('statement contains not', clause('statement', 'contains', [`${word} `], true));
    filters.push({ kind: 'free text', filter: { text: word, clauses: [] } });
  }
  for (const word of pick(words(of('message')), 3)) {
    add('message contains', clause('message', 'contains', [word]));
    filters.push({ kind: 'free text', filter: { text: `${word} `, clauses: [] } });
  }
  add('statement matches', clause('statement', 'matches', ['(?i)where .* = [0-9]{4}']));
  add('user is one of', clause('user', 'is', pick(values.get('user') ?? [], 3).slice()));
  for (let i = 0; i < 12; i += 1) {
    const single = pick(
      filters.filter(({ kind, filter }) => filter.clauses.length === 1 && !kind.startsWith('several')),
      2 + (i % 2),
    );
    add('several clauses', ...single.flatMap(({ filter }) => filter.clauses));
  }
  return filters;
}

/** Rows from all over the case. */
async function sample(engine: Engine, fields: string[]) {
  const { view, rows } = await engine.request(eventsView, { filter: { clauses: [] } });
  const found = [];
  for (let i = 0; i < 8; i += 1)
    found.push(
      ...(await engine.request(eventsPage, { view, from: Math.floor((rows / 8) * i), count: 100, fields })),
    );
  return found;
}

function clause(field: string, operator: Clause['operator'], values: string[], negated = false): Clause {
  return { id: `${field}-${operator}-${negated}`, field, operator, values, negated };
}

function words(texts: readonly string[]): readonly string[] {
  return [
    ...new Set(texts.flatMap((text) => text.split(/[^\p{L}\p{N}_.]+/u)).filter((word) => word.length >= 4)),
  ];
}
