import type { CallOptions } from '../../host/request.ts';
import type { Database } from '../db/database.ts';
import {
  lineHolesSql,
  queryJumpsSql,
  serverDownSql,
  sessionIdSql,
  sessionRecordSql,
  sessionSql,
  statementHolesSql,
  suspectSql,
  wholeSessionSql,
} from './session-sql.ts';

/** What proves that nothing is missing inside a source. */
export type Continuity = 'session_seq' | 'query id' | 'none';

/** One exhibit's place among the sources of the case. */
export interface AnalysedExhibit {
  readonly exhibit: string;
  readonly source: string;
  readonly format: string;
  readonly product: string;
  readonly continuity: Continuity;
  /** How its file breaks off, where it does: a sentence. */
  readonly brokenOff?: string;
}

/** The published events that an analysis reads. */
export interface Published {
  readonly database: Database;
  /** Catalogue and schema of the tables `record` and `statement`. */
  readonly schema: string;
  readonly exhibits: readonly AnalysedExhibit[];
}

/** The tables of an analysis in the order in which they are made, each of the ones before. */
const TABLES = [
  sessionIdSql,
  serverDownSql,
  wholeSessionSql,
  suspectSql,
  sessionRecordSql,
  sessionSql,
  lineHolesSql,
  statementHolesSql,
  queryJumpsSql,
];

/** Those that only the others need; the largest is as long as the case. */
const ONLY_BETWEEN = ['session_id', 'server_down', 'whole_session', 'suspect', 'session_record'];

/**
 * Builds the derived tables of sessions and holes in the in-memory database (`memory.main.session`, `…line_hole`,
 * `…statement_hole`, `…query_jump`). They hold for one data version and are built anew after the next publish.
 */
export async function analyse(
  { database, schema, exhibits }: Published,
  { signal, onProgress }: CallOptions = {},
): Promise<void> {
  const run = (sql: string) => database.run('scan', sql, [], signal);
  await run(`CREATE OR REPLACE TABLE memory.main.analysis_source
    (exhibit VARCHAR, source VARCHAR, format VARCHAR, product VARCHAR, continuity VARCHAR)`);
  for (const { exhibit, source, format, product, continuity } of exhibits) {
    await database.run('scan', 'INSERT INTO memory.main.analysis_source VALUES ($1, $2, $3, $4, $5)', [
      exhibit,
      source,
      format,
      product,
      continuity,
    ]);
  }
  for (const [done, sql] of TABLES.entries()) {
    onProgress?.({ phase: 'Putting sessions together', done, total: TABLES.length, unit: 'steps' });
    await run(sql(schema));
  }
  for (const table of ONLY_BETWEEN) await run(`DROP TABLE memory.main.${table}`);
}
