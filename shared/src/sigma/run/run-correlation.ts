import { Correlator, type GroupMatch } from '../correlation/correlator.ts';
import type { Occurrence } from '../correlation/occurrence.ts';
import type { SqlEngine, SqlRow } from '../detection.ts';
import type { Plan } from '../plan/plan.ts';
import type { CorrelationRule, Rule } from '../rule.ts';
import type { Compiler } from '../sql/compile.ts';
import type { Sql } from '../sql/dialect.ts';
import { duckdb } from '../sql/duckdb.ts';
import type { Layout } from '../sql/layout.ts';
import { rowsOf } from './rows.ts';
import { compilerOf, type RunOptions, scopeSql } from './run-options.ts';

/** A referenced rule: what it asks of events, or the matches it has as a correlation itself (SIGMA K12). */
export interface Base {
  readonly rule: Rule;
  readonly plan?: Plan;
  readonly matches?: readonly GroupMatch[];
}

export interface Correlated {
  readonly matches: readonly GroupMatch[];
  /** What took no part, by reason for people (SIGMA K1, K2, K7). */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** The fields whose values a correlation reads, by referenced rule: aliases lead to different ones (SIGMA K11). */
export function fieldFor(correlation: CorrelationRule, name: string, reference: string, base: Rule): string {
  const alias = correlation.aliases.get(name);
  return alias?.get(reference) ?? alias?.get(base.name ?? '') ?? alias?.get(base.id ?? '') ?? name;
}

/**
 * Runs one correlation: the events of all its rules are read once, in order of time, and divided into groups and
 * windows as they come.
 */
export async function runCorrelation(
  correlation: CorrelationRule,
  bases: readonly Base[],
  engine: SqlEngine,
  layout: Layout,
  options: RunOptions,
): Promise<Correlated> {
  const reader = new OccurrenceReader(correlation, bases, engine, layout, options);
  const correlator = new Correlator(correlation);
  const matches: GroupMatch[] = [];
  const leftOut: Record<string, number> = {};
  const leave = (reason: string) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  for await (const { group, occurrence } of merged(reader.ofChains(), reader.ofEvents(leave))) {
    const missing = group.indexOf(undefined);
    if (missing >= 0) leave(`without ${correlation.groupBy[missing]}`);
    else matches.push(...correlator.take(group as readonly string[], occurrence));
  }
  matches.push(...correlator.end());
  if (correlator.withoutValue > 0)
    leftOut[`without a usable ${correlation.condition.fields.join(', ')}`] = correlator.withoutValue;
  return { matches: matches.sort((a, b) => a.firedAt - b.firedAt), leftOut };
}

interface Grouped {
  readonly group: readonly (string | undefined)[];
  readonly occurrence: Occurrence;
}

class OccurrenceReader {
  readonly #correlation: CorrelationRule;
  readonly #bases: readonly Base[];
  readonly #engine: SqlEngine;
  readonly #options: RunOptions;
  readonly #layout: Layout;
  /** Field → column of the query. */
  readonly #columns = new Map<string, string>();

  constructor(
    correlation: CorrelationRule,
    bases: readonly Base[],
    engine: SqlEngine,
    layout: Layout,
    options: RunOptions,
  ) {
    this.#correlation = correlation;
    this.#bases = bases;
    this.#engine = engine;
    this.#options = options;
    this.#layout = layout;
    for (const [i] of bases.entries()) {
      for (const field of [...this.#groupFields(i), ...this.#valueFields(i)]) {
        if (!this.#columns.has(field)) this.#columns.set(field, `c${this.#columns.size}`);
      }
    }
  }

  /** Events that the referenced detection rules select, in the order of the case. */
  async *ofEvents(leave: (reason: string) => void): AsyncGenerator<Grouped> {
    if (this.#bases.every((base) => base.plan === undefined)) return;
    const dialect = this.#options.dialect ?? duckdb;
    const compiler = compilerOf(this.#layout, this.#options);
    const tests = this.#bases.map(({ plan }) =>
      plan === undefined ? dialect.truth(false) : compiler.test(plan.where, plan.selections),
    );
    const where = [`(${tests.join(' OR ')})`, ...scopeSql(this.#options.scope, dialect, compiler)].join(
      ' AND ',
    );
    const columns = `${compiler.column('event_id')} AS id, ${compiler.sourceOf()} AS source, ${compiler.micros()} AS at, ${dialect.bits(tests)} AS hits${this.#fieldColumns(compiler)}`;
    const order = compiler.order();
    const sql = `SELECT ${columns} FROM ${compiler.source()} WHERE ${where} ORDER BY ${order}`;
    for await (const batch of rowsOf(this.#engine, sql, this.#options.signal)) {
      for (const row of batch) {
        if (row.at === null || row.at === undefined) leave('without time');
        else
          yield* this.#grouped(row, Number(row.hits), Number(row.at), [String(row.id)], String(row.source));
      }
    }
  }

  /** Matches of referenced correlations: each one occurrence when it fired, for each group among its events. */
  async *ofChains(): AsyncGenerator<Grouped> {
    const occurrences: Grouped[] = [];
    for (const [i, { matches = [] }] of this.#bases.entries()) {
      for (const match of matches) {
        const groups = new Map<string, Grouped>();
        for (const row of await this.#rowsOfEvents(match.events)) {
          for (const grouped of this.#grouped(row, 1 << i, match.firedAt, match.events, `rule ${i}`)) {
            groups.set(JSON.stringify(grouped.group), grouped);
          }
        }
        occurrences.push(...groups.values());
      }
    }
    yield* occurrences.sort((a, b) => a.occurrence.at - b.occurrence.at);
  }

  async #rowsOfEvents(events: readonly string[]): Promise<readonly SqlRow[]> {
    const compiler = compilerOf(this.#layout, this.#options);
    const id = compiler.column('event_id');
    const columns = this.#fieldColumns(compiler);
    const order = compiler.order();
    const sql = `SELECT ${id} AS id${columns} FROM ${compiler.source(events)} WHERE ${compiler.among(events)} ORDER BY ${order}`;
    return this.#engine.all(sql, [], this.#options.signal);
  }

  #fieldColumns(compiler: Compiler): Sql {
    return [...this.#columns].map(([field, column]) => `, ${compiler.text(field)} AS ${column}`).join('');
  }

  /** One occurrence for each group that the row belongs to: one, unless aliases make its rules read different fields. */
  *#grouped(
    row: SqlRow,
    hits: number,
    at: number,
    events: readonly string[],
    source: string,
  ): Generator<Grouped> {
    const read = (fields: readonly string[]) =>
      fields.map((field) => {
        const value = row[this.#columns.get(field) ?? ''];
        return value === null || value === undefined ? undefined : String(value);
      });
    const groups = new Map<
      string,
      { group: readonly (string | undefined)[]; values: readonly (string | undefined)[]; rules: number }
    >();
    for (const [i] of this.#bases.entries()) {
      if ((hits & (1 << i)) === 0) continue;
      const group = read(this.#groupFields(i));
      const values = read(this.#valueFields(i));
      if (hits === 1 << i) {
        yield { group, occurrence: { at, events, rules: hits, values, source } };
        return;
      }
      const key = JSON.stringify([group, values]);
      const same = groups.get(key);
      if (same === undefined) groups.set(key, { group, values, rules: 1 << i });
      else same.rules |= 1 << i;
    }
    for (const { group, values, rules } of groups.values())
      yield { group, occurrence: { at, events, rules, values, source } };
  }

  #groupFields(i: number): readonly string[] {
    return this.#resolved(this.#correlation.groupBy, i);
  }

  #valueFields(i: number): readonly string[] {
    return this.#resolved(this.#correlation.condition.fields, i);
  }

  #resolved(names: readonly string[], i: number): readonly string[] {
    const base = this.#bases[i];
    if (base === undefined) return names;
    return names.map((name) =>
      fieldFor(this.#correlation, name, this.#correlation.rules[i] ?? '', base.rule),
    );
  }
}

/** Two ordered sequences as one. */
async function* merged(
  one: AsyncGenerator<Grouped>,
  other: AsyncGenerator<Grouped>,
): AsyncGenerator<Grouped> {
  let next = await one.next();
  for await (const grouped of other) {
    while (next.done !== true && next.value.occurrence.at <= grouped.occurrence.at) {
      yield next.value;
      next = await one.next();
    }
    yield grouped;
  }
  while (next.done !== true) {
    yield next.value;
    next = await one.next();
  }
}
