import type { Clause, Filter } from '../../host/filter.ts';

export type Operator = Clause['operator'];

/** The clause that a value would join: same field, operator and sign. */
export function addValue(
  filter: Filter,
  field: string,
  value: string,
  negated = false,
  operator: Operator = 'is',
): Filter {
  const joined = filter.clauses.find(
    (clause) => clause.field === field && clause.operator === operator && clause.negated === negated,
  );
  if (joined?.values.includes(value)) return filter;
  // A value cannot be wanted and unwanted at once: the newer wish wins.
  const others = filter.clauses.flatMap((clause) => {
    if (clause === joined) return [];
    if (clause.field !== field || clause.operator !== operator) return [clause];
    const values = clause.values.filter((one) => one !== value);
    return values.length === 0 ? [] : [{ ...clause, values }];
  });
  const clause: Clause = joined
    ? { ...joined, values: [...joined.values, value] }
    : { id: clauseId(field, operator, negated), field, operator, values: [value], negated };
  return { ...filter, clauses: [...others, clause] };
}

/** Without `value` in any positive or negative clause of `field`. */
export function removeValue(filter: Filter, field: string, value: string): Filter {
  const clauses = filter.clauses.flatMap((clause) => {
    if (clause.field !== field || !clause.values.includes(value)) return [clause];
    const values = clause.values.filter((one) => one !== value);
    return values.length === 0 ? [] : [{ ...clause, values }];
  });
  return { ...filter, clauses };
}

export function removeClause(filter: Filter, id: string): Filter {
  return { ...filter, clauses: filter.clauses.filter((clause) => clause.id !== id) };
}

export function negateClause(filter: Filter, id: string): Filter {
  return {
    ...filter,
    clauses: filter.clauses.map((clause) =>
      clause.id === id
        ? {
            ...clause,
            negated: !clause.negated,
            id: clauseId(clause.field, clause.operator, !clause.negated),
          }
        : clause,
    ),
  };
}

export function withRange(filter: Filter, from: number | undefined, to: number | undefined): Filter {
  const { from: _from, to: _to, ...rest } = filter;
  return { ...rest, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

export function withText(filter: Filter, text: string): Filter {
  const { text: _text, ...rest } = filter;
  return text === '' ? rest : { ...rest, text };
}

/** What a facet of `field` is computed from: everything but its own clauses, so that it shows the alternatives. */
export function withoutField(filter: Filter, field: string): Filter {
  return { ...filter, clauses: filter.clauses.filter((clause) => clause.field !== field) };
}

export function isFiltered(filter: Filter): boolean {
  return (
    filter.clauses.length > 0 ||
    filter.from !== undefined ||
    filter.to !== undefined ||
    (filter.text ?? '') !== ''
  );
}

/** Whether a value of a field is filtered for, out, or neither. */
export function valueState(filter: Filter, field: string, value: string): 'for' | 'out' | 'none' {
  const clause = filter.clauses.find(
    (one) => one.field === field && one.operator === 'is' && one.values.includes(value),
  );
  if (clause === undefined) return 'none';
  return clause.negated ? 'out' : 'for';
}

function clauseId(field: string, operator: Operator, negated: boolean): string {
  return `${negated ? '-' : ''}${field}.${operator}`;
}
