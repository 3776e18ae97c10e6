import type { Database } from '../db/database.ts';
import {
  lineHolesSql,
  queryJumpsSql,
  sessionRecordSql,
  sessionSql,
  statementHolesSql,
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

/**
 * Builds the derived tables of sessions and holes in the in-memory database (`memory.main.session`, `…line_hole`,
 * `…statement_hole`, `…query_jump`). They hold for one data version and are built anew after the next publish.
 */
export async function analyse(
  { database, schema, exhibits }: Published,
  signal?: AbortSignal,
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
  for (const sql of [sessionRecordSql, sessionSql, lineHolesSql, statementHolesSql, queryJumpsSql])
    await run(sql(schema));
  // The map from records to sessions is as long as the case; only the holes needed it.
  await run('DROP TABLE memory.main.session_record');
}
