import { isTemporal } from '../correlation/correlation-type.ts';
import { Correlator } from '../correlation/correlator.ts';
import { type Coverage, isIncomplete } from '../correlation/coverage.ts';
import { innerOccurrences, isWhole, type Reading } from '../correlation/inner-occurrences.ts';
import type { Occurrence } from '../correlation/occurrence.ts';
import type { WindowMatch } from '../correlation/open-match.ts';
import { tupleKey } from '../correlation/tuple.ts';
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
  readonly matches?: readonly WindowMatch[];
}

/** A correlation that other correlations refer to. */
export interface Inner {
  /** Fields that these read, in the order in which events carry their values. */
  readonly carried: readonly string[];
  /** Whether any refers to this one, so that each of its windows is wanted with all its events. */
  readonly isInner: boolean;
}

/** The fields whose values a correlation reads, by referenced rule: aliases lead to different ones (SIGMA K11). */
export function fieldFor(correlation: CorrelationRule, name: string, reference: string, base: Rule): string {
  const alias = correlation.aliases.get(name);
  return alias?.get(reference) ?? alias?.get(base.name ?? '') ?? alias?.get(base.id ?? '') ?? name;
}

/**
 * Runs one correlation: the events of all its rules are read once, in order of time, and divided into groups and
 * windows as they come. `take` gets each match when nothing can join it any more, in no certain order. Gives what took
 * no part, by reason for people (SIGMA K1, K2, K7).
 */
export async function runCorrelation(
  correlation: CorrelationRule,
  bases: readonly Base[],
  inner: Inner,
  engine: SqlEngine,
  layout: Layout,
  options: RunOptions,
  take: (match: WindowMatch) => void,
): Promise<Readonly<Record<string, number>>> {
  const leftOut: Record<string, number> = {};
  const leave = (reason: string) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  const reader = new OccurrenceReader(correlation, bases, inner, leave);
  const correlator = new Correlator(correlation, {
    isOuter: bases.some(({ matches }) => matches !== undefined),
    keepWindows: inner.isInner,
  });
  // Only a match makes it worth to find out what was recorded.
  let coverage: Coverage | undefined;
  const tell = async (match: WindowMatch) => {
    coverage ??= await options.coverage?.();
    take({ ...match, incomplete: isIncomplete(match, coverage) });
  };
  for await (const occurrence of merged(reader.ofChains(), reader.ofEvents(engine, layout, options)))
    for (const match of correlator.take(occurrence)) await tell(match);
  for (const match of correlator.end()) await tell(match);
  if (correlator.withoutValue > 0)
    leftOut[`without a usable ${correlation.condition.fields.join(', ')}`] = correlator.withoutValue;
  return leftOut;
}

/** Reads occurrences in order of time; what lacks a value of `group-by` is counted and left out (SIGMA K2). */
class OccurrenceReader {
  readonly #correlation: CorrelationRule;
  readonly #bases: readonly Base[];
  readonly #inner: Inner;
  readonly #leave: (reason: string) => void;
  /** What each referenced rule's events are asked for. */
  readonly #asked: readonly { readonly group: readonly string[]; readonly values: readonly string[] }[];

  constructor(
    correlation: CorrelationRule,
    bases: readonly Base[],
    inner: Inner,
    leave: (reason: string) => void,
  ) {
    this.#correlation = correlation;
    this.#bases = bases;
    this.#inner = inner;
    this.#leave = leave;
    this.#asked = bases.map((base, i) => {
      const resolved = (names: readonly string[]) =>
        names.map((name) => fieldFor(correlation, name, correlation.rules[i] ?? '', base.rule));
      return { group: resolved(correlation.groupBy), values: resolved(correlation.condition.fields) };
    });
  }

  /** Events that the referenced detection rules select, in the order of the case. */
  async *ofEvents(engine: SqlEngine, layout: Layout, options: RunOptions): AsyncGenerator<Occurrence> {
    if (this.#bases.every((base) => base.plan === undefined)) return;
    const dialect = options.dialect ?? duckdb;
    const compiler = compilerOf(layout, options);
    const tests = this.#bases.map(({ plan }) =>
      plan === undefined ? dialect.truth(false) : compiler.test(plan.where, plan.selections),
    );
    const where = [`(${tests.join(' OR ')})`, ...scopeSql(options.scope, dialect, compiler)].join(' AND ');
    const direct = this.#asked.filter((_, i) => this.#bases[i]?.plan !== undefined);
    const fields = [
      ...new Set([...direct.flatMap(({ group, values }) => [...group, ...values]), ...this.#inner.carried]),
    ];
    const columns = [
      `${compiler.column('event_id')} AS id`,
      `${compiler.sourceOf()} AS source`,
      `${compiler.micros()} AS at`,
      `${dialect.bits(tests)} AS hits`,
      ...(this.#inner.isInner ? [`${placeOf(layout, compiler)} AS place`] : []),
      ...fields.map((field, i) => `${compiler.text(field)} AS c${i}`),
    ].join(', ');
    // Before the source, which gives the columns that were asked for.
    const order = compiler.order();
    const sql = `SELECT ${columns} FROM ${compiler.source()} WHERE ${where} ORDER BY ${order}`;
    for await (const batch of rowsOf(engine, sql, options.signal)) {
      for (const row of batch) {
        if (row.at === null || row.at === undefined) this.#leave('without time');
        else yield* this.#ofRow(row, (field) => row[`c${fields.indexOf(field)}`]);
      }
    }
  }

  /** Windows of referenced correlations (SIGMA K12). */
  async *ofChains(): AsyncGenerator<Occurrence> {
    const all = this.#bases.flatMap(({ matches }, rule) => {
      const { group, values } = this.#asked[rule] ?? { group: [], values: [] };
      const places = (fields: readonly string[]) => fields.map((field) => this.#inner.carried.indexOf(field));
      const [groupAt, valuesAt] = [places(group), places(values)];
      return matches === undefined
        ? []
        : innerOccurrences(matches, {
            rule,
            everyWindow: isTemporal(this.#correlation.type),
            read: ({ fields }) => ({
              group: groupAt.map((place) => fields[place]),
              values: valuesAt.map((place) => fields[place]),
            }),
            leave: (lacking) => this.#leave(`without ${this.#correlation.groupBy[lacking]}`),
          });
    });
    yield* all.sort((a, b) => a.at - b.at);
  }

  /**
   * One occurrence for each group that the row belongs to: one, unless aliases make its rules read different fields. Of
   * several rules of one group, the value is that of the first that has one, for the event counts once (SIGMA K1).
   */
  *#ofRow(row: SqlRow, columnOf: (field: string) => SqlRow[string] | undefined): Generator<Occurrence> {
    const hits = Number(row.hits);
    const read = (fields: readonly string[]) =>
      fields.map((field) => {
        const value = columnOf(field);
        return value === null || value === undefined ? undefined : String(value);
      });
    const groups = new Map<string, { reading: Reading; rules: number }>();
    for (const [i, asked] of this.#asked.entries()) {
      if ((hits & (1 << i)) === 0) continue;
      const reading = { group: read(asked.group), values: read(asked.values) };
      const key = isWhole(reading.group) ? tupleKey(reading.group) : '';
      const same = groups.get(key);
      if (same === undefined) groups.set(key, { reading, rules: 1 << i });
      else {
        same.rules |= 1 << i;
        if (!isWhole(same.reading.values) && isWhole(reading.values)) same.reading = reading;
      }
    }
    const [id, source, at] = [String(row.id), String(row.source), Number(row.at)];
    const fields = this.#inner.isInner ? read(this.#inner.carried) : NO_FIELDS;
    const of = { id, at, source, place: Number(row.place ?? 0), fields };
    const lacking = new Set<number>();
    for (const { reading, rules } of groups.values()) {
      const { group, values } = reading;
      if (isWhole(group)) yield { at, of, rules, group, values, source };
      else lacking.add(group.indexOf(undefined));
    }
    for (const place of lacking) this.#leave(`without ${this.#correlation.groupBy[place]}`);
  }
}

/** The last of what gives the events their order. */
function placeOf(layout: Layout, compiler: Compiler): Sql {
  return layout.order((name) => compiler.column(name)).at(-1) ?? '0';
}

const NO_FIELDS: readonly string[] = [];

/** Two ordered sequences as one. */
async function* merged(
  one: AsyncGenerator<Occurrence>,
  other: AsyncGenerator<Occurrence>,
): AsyncGenerator<Occurrence> {
  let next = await one.next();
  for await (const occurrence of other) {
    while (next.done !== true && next.value.at <= occurrence.at) {
      yield next.value;
      next = await one.next();
    }
    yield occurrence;
  }
  while (next.done !== true) {
    yield next.value;
    next = await one.next();
  }
}
