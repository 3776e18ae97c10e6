import type { Dialect } from './facts.ts';
import type { Token } from './token.ts';

/** What differs from one SQL dialect to the next. Adding one = one file, one line in `index.ts`, tests. */
export interface SqlDialect {
  readonly id: Dialect;
  /** Splits any text: never throws; tokens and the white space between them are the text exactly. */
  tokenize(text: string): Token[];
  /** An unquoted identifier as the server stores it. */
  fold(identifier: string): string;
  /** What a `quoted` or `string` token means: quotes and escapes removed. */
  value(token: string): string;
  /** A stored name as people and audit records write it, quoted where the dialect's own logs quote it. */
  spell(name: string): string;
  /** Object types that are one thing under two key words: `user` is `role` in PostgreSQL. */
  readonly aliases: Readonly<Record<string, string>>;
  /** `SELECT … INTO x` makes a table, or fills a variable. */
  readonly selectInto: 'table' | 'variable';
  /** The code of a routine is a string, or stands in the statement itself. */
  readonly routineBody: 'string' | 'inline';
  /** Settings (lower case) that switch, narrow or move auditing and logging. */
  readonly auditSetting: RegExp;
  /** Plug-ins, libraries and extensions (lower case) that do the auditing. */
  readonly auditModule: RegExp;
  /** Schemas and prefixes of the server's own catalogue: reading them whole is not a bulk read. */
  readonly catalogue: RegExp;
}
