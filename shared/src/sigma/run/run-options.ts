import type { Estate } from '../../estate/estate.ts';
import type { Cancel } from '../../text/cancel.ts';
import type { Coverage } from '../correlation/coverage.ts';
import type { SqlEngine } from '../detection.ts';
import type { EventKind } from '../plan/event-kind.ts';
import { readCaseLayout } from '../sql/case-layout.ts';
import { Compiler } from '../sql/compile.ts';
import type { Sql, SqlDialect } from '../sql/dialect.ts';
import { duckdb } from '../sql/duckdb.ts';
import type { Layout } from '../sql/layout.ts';
import type { Storage } from '../sql/storage.ts';
import type { Grouping } from './gather.ts';

/** The part of a case that a run looks at. */
export interface Scope {
  /** Microseconds since 1970 UTC; inclusive. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  readonly exhibits?: readonly string[];
}

export interface RunOptions {
  /** Values for placeholders, and the zone of time parts; without it rules that need one are skipped. */
  readonly estate?: Estate;
  readonly scope?: Scope;
  readonly signal?: Cancel;
  onProgress?(done: number, total: number): void;
  /**
   * Most matches kept a rule, the earliest; `RuleRun.total` counts all. Default 10 000. With `grouping` none is left out:
   * more than these go to coarser groups.
   */
  readonly limit?: number;
  /** Puts matches together as they come; without it each event is a match of its own. */
  readonly grouping?: Grouping;
  /**
   * Finds out what of the time was recorded, asked once where a correlation matches. Without it no window of a
   * correlation is said to be incomplete (SIGMA K5).
   */
  coverage?(): Promise<Coverage>;
  /** Default: DuckDB. */
  readonly dialect?: SqlDialect;
  /** How the engine keeps the events of a case; without it, queries read the view `event` alone. */
  readonly storage?: Storage;
  /** How the events lie in the engine's tables; by default it is looked up as that of a case. */
  readonly layout?: Layout;
  /** What the events are; by default those of a case. */
  readonly events?: EventKind;
  /** Zone of time parts; default: that of the estate, else UTC. */
  readonly zone?: string;
  /** Milliseconds of a clock; default `Date.now`. */
  clock?(): number;
}

export const DEFAULT_LIMIT = 10_000;

/** The layout of the options, else that of the case which the engine holds. */
export async function layoutOf(
  engine: SqlEngine,
  fields: Iterable<string>,
  { layout, dialect = duckdb, storage }: RunOptions,
): Promise<Layout> {
  return layout ?? readCaseLayout(engine, dialect, fields, storage);
}

/** A compiler for one query of a run. */
export function compilerOf(
  layout: Layout,
  { dialect = duckdb, zone, estate }: RunOptions,
  style: 'fast' | 'plain' = 'fast',
): Compiler {
  return new Compiler(dialect, layout, zone ?? estate?.zone ?? 'UTC', style);
}

/** SQL for `scope`, to be joined by AND. */
export function scopeSql(scope: Scope | undefined, dialect: SqlDialect, compiler: Compiler): readonly Sql[] {
  const tests: Sql[] = [];
  const time = () => compiler.micros();
  if (scope?.from !== undefined) tests.push(`${time()} >= ${Math.trunc(scope.from)}`);
  if (scope?.to !== undefined) tests.push(`${time()} < ${Math.trunc(scope.to)}`);
  if (scope?.exhibits !== undefined) {
    tests.push(
      scope.exhibits.length === 0
        ? dialect.truth(false)
        : dialect.equals(compiler.column('exhibit'), scope.exhibits),
    );
  }
  return tests;
}
