export type Dialect = 'postgresql' | 'mysql' | 'tsql' | 'oracle';

/** The server's own PostgreSQL parser, handed in (libpg-query is WebAssembly and loads asynchronously). */
export interface PgParser {
  /** The parse tree as libpg-query gives it, or undefined where the text does not parse. */
  parse(text: string): unknown;
}

export interface UnderstandOptions {
  readonly dialect: Dialect;
  /** The source said, or its length tells, that the text was cut. */
  readonly truncated?: boolean;
  readonly pgParser?: PgParser;
}
