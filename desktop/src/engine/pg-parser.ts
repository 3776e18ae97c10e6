import type { PgParser } from '@dbwitness/shared/sql/facts.ts';

/**
 * PostgreSQL's own grammar (libpg-query, WebAssembly). Loading compiles 1.7 MB once a process; parsing is synchronous.
 * Its tree is only for statements that are known to be harmless in size and free of NUL: `understand` sees to that.
 */
export async function loadPgParser(): Promise<PgParser> {
  const { loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return {
    parse(text) {
      try {
        return parseSync(text);
      } catch {
        // A syntax error, or too deep for the stack: both are answers ("not by this grammar"), not failures.
        return undefined;
      }
    },
  };
}
