import type { PgParser } from '@dbwitness/shared/sql/facts.ts';

/**
 * PostgreSQL's own grammar (libpg-query, WebAssembly). Loading compiles 1.7 MB once a thread; parsing is synchronous.
 * Its caller keeps texts from it that are too long or too deep, or hold NUL: `understand` does.
 */
export async function loadPgParser(): Promise<PgParser> {
  const { loadModule, parseSync, SqlError } = await import('libpg-query');
  await loadModule();
  // A stack overflow leaves its memory in disorder: measured, after thirty every parse fails, or one never ends.
  let damaged = false;
  return {
    parse(text) {
      if (damaged || text === '') return undefined;
      try {
        return parseSync(text);
      } catch (error) {
        // A syntax error is an answer; anything else means that the instance is not to be trusted any more.
        if (!(error instanceof SqlError)) damaged = true;
        return undefined;
      }
    },
  };
}
