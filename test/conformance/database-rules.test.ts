import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import { compileToSql } from '@dbwitness/shared/sigma/sql/compile-to-sql.ts';
import { duckdb } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import { describe, expect, it } from 'vitest';

const CORPUS = '../shared/corpus/sigma/db-rules';

describe.skipIf(!existsSync(CORPUS))(
  'public database rules over a case (not beside this checkout: skipped)',
  () => {
    const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => ({ name, text: readFileSync(join(CORPUS, name), 'utf8') }));
    const { value } = loadRules(files);
    const outcome = (of: (file: string) => boolean) => {
      const found = new Map<string, number>();
      for (const rule of value.rules) {
        if (rule.kind !== 'detection' || !of(rule.file)) continue;
        const made = planRule(rule, [], undefined);
        const said = 'plan' in made ? fieldsKnown(made.plan.fields) : made.reason;
        found.set(said, (found.get(said) ?? 0) + 1);
      }
      return Object.fromEntries(found);
    };

    it('those for query logs run unchanged', () => {
      expect(outcome((file) => /db_anomalous_query|app_sqlinjection_errors/.test(file))).toEqual({ runs: 2 });
      for (const rule of value.rules)
        if (rule.kind === 'detection' && /db_anomalous_query|app_sqlinjection_errors/.test(rule.file))
          expect(compileToSql(rule, duckdb)).toHaveProperty('sql');
    });

    it('those for SQL Server ask for the Windows event around the audit record, which no reader gives yet', () => {
      const found = outcome((file) => file.includes('mssqlserver') || file.includes('mdecrevoisier'));
      const faulty = Object.entries(found).filter(([said]) =>
        /stands twice|moved to correlations/.test(said),
      );
      expect(
        Object.fromEntries(
          Object.entries(found).filter((entry) => !faulty.some(([said]) => said === entry[0])),
        ),
      ).toEqual({
        // Planned by service: application; EventID, Provider_Name and Data are fields that no event of a case has.
        'asks for fields of Windows events': 10,
        // category: application with product: mssql is not in the taxonomy; process_creation is another log.
        'its log source is not a database log': 12,
      });
      // Old aggregation, and keys that stand twice, of which other readers drop one.
      expect(faulty.map(([, count]) => count)).toEqual([1, 1, 1]);
    });
  },
);

/** Whether every field is one of the event: else the rule runs and no event can match it. */
function fieldsKnown(fields: readonly string[]): string {
  return fields.some((field) => /^(Provider_Name|EventID|Data|ServerName|ApplicationName)/i.test(field))
    ? 'asks for fields of Windows events'
    : 'runs';
}
