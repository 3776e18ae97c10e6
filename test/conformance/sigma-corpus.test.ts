import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { compileToSql } from '@dbwitness/shared/sigma/sql/compile-to-sql.ts';
import { duckdb } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb-engine.ts';
import { makeTables } from './event-tables.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));

function ymlFiles(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(join(corpus, folder, name), 'utf8') }));
}

// Third-party rules (DRL 1.1) are no part of this repository: read where they stand beside the checkout.
describe.skipIf(!existsSync(corpus))('public Sigma rules', () => {
  it('load without an error', () => {
    for (const folder of ['rules', 'rules-placeholder', 'db-rules']) {
      const { value, problems } = loadRules(ymlFiles(folder));
      expect(
        problems.filter(({ severity }) => severity === 'error'),
        folder,
      ).toEqual([]);
      expect(value.rules.length).toBe(ymlFiles(folder).length);
    }
  });

  it('never make the reader throw, however odd', () => {
    for (const file of ymlFiles('correlation-examples'))
      expect(() => loadRules([file]), file.name).not.toThrow();
  });

  const engine = openDuckDb();
  afterAll(async () => (await engine).close());

  it('become SQL that DuckDB takes', async () => {
    const { connection } = await engine;
    await makeTables(connection, [{ at: 0, fields: { user: 'a', extra_field: 1 } }]);
    const { value } = loadRules(ymlFiles('rules'));
    for (const rule of value.rules) {
      if (rule.kind !== 'detection') continue;
      const compiled = compileToSql({ ...rule, logsource: { category: 'database' } }, duckdb);
      if (!('sql' in compiled)) throw new Error(`${rule.file}: ${compiled.reason}`);
      // Keyword rules ask every field for every word: the largest take DuckDB's planner seconds and show nothing new.
      if (compiled.sql.length > 40_000) continue;
      await connection.prepare(compiled.sql).catch((error: unknown) => {
        throw new Error(`${rule.file}: ${String(error)}`);
      });
    }
  }, 120_000);
});
