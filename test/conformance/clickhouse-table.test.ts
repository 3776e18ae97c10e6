import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClickHouse } from '@dbwitness/desktop/engine/documents/clickhouse-tables.ts';
import { DEFAULT_ESTATE } from '@dbwitness/shared/estate/parse-estate.ts';
import { FIELDS, type FieldType } from '@dbwitness/shared/events/fields.ts';
import { clickhouseEngine } from '@dbwitness/shared/sigma/engines/clickhouse.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import type { DetectionRule } from '@dbwitness/shared/sigma/rule.ts';
import { readCaseLayout } from '@dbwitness/shared/sigma/sql/case-layout.ts';
import { clickhouse, clickhouseText } from '@dbwitness/shared/sigma/sql/clickhouse.ts';
import { compileToSql, type ShowOptions } from '@dbwitness/shared/sigma/sql/compile-to-sql.ts';
import type { SqlDialect } from '@dbwitness/shared/sigma/sql/dialect.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from './event-tables.ts';
import { MATCHING } from './matching-cases.ts';

const database = await openClickHouse().catch((error: Error) => error);
const missing = database instanceof Error ? database.message : undefined;
const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));

/** Columns as a user of ClickHouse would declare them. */
const TYPES: Readonly<Record<FieldType, string>> = {
  text: 'Nullable(String)',
  integer: 'Nullable(Int64)',
  number: 'Nullable(Float64)',
  timestamp: "Nullable(DateTime64(6, 'UTC'))",
  'text list': 'Array(String)',
  'object list': 'Array(Tuple(type String, name String, access String))',
  json: 'Nullable(String)',
};
const COLUMNS = FIELDS.filter(({ name }) => name !== 'raw');

/** An event as a row: what is no field of the dictionary stands in `extra`. */
function rowOf(event: Row, i: number): string {
  const { time = null, ...others } = event;
  const extra = Object.entries(others).filter(([name]) => !FIELDS.some((field) => field.name === name));
  const row = COLUMNS.map(({ name, type }) => {
    if (name === 'event_id') return String(i);
    if (name === 'time') return typeof time === 'string' ? time.replace('T', ' ').replace('Z', '') : null;
    if (name === 'extra') return extra.length === 0 ? null : JSON.stringify(Object.fromEntries(extra));
    return event[name] ?? (type.endsWith('list') ? [] : null);
  });
  return `${JSON.stringify(row)}\n`;
}

describe.skipIf(missing !== undefined)(
  `queries for a user's table in ClickHouse: ${missing ?? 'it is here'}`,
  () => {
    const run = async (sql: string) => {
      if (database instanceof Error) throw database;
      return database.run(sql);
    };
    const engine = clickhouseEngine({ run, close: async () => undefined });
    const query = (rule: DetectionRule, dialect: SqlDialect, options: ShowOptions) => {
      const compiled = compileToSql({ ...rule, logsource: { category: 'database' } }, dialect, options);
      if (!('sql' in compiled)) throw new Error(`${rule.file}: ${compiled.reason}`);
      return compiled.sql.replace(/;$/, '');
    };

    beforeAll(async () => {
      const columns = COLUMNS.map(({ name, type }) => `${clickhouse.identifier(name)} ${TYPES[type]}`);
      await run(`CREATE OR REPLACE TABLE event (${columns.join(', ')}) ENGINE = Memory`);
    });
    afterAll(async () => {
      if (!(database instanceof Error)) await database.close();
    });

    const cases = MATCHING.filter(({ only }) => only === undefined);
    it.each(cases)('$name', async ({ detection, yes, no, zone, estate }) => {
      await run('TRUNCATE TABLE event');
      await run(`INSERT INTO event FORMAT JSONCompactEachRow\n${[...yes, ...no].map(rowOf).join('')}`);
      const body = detection.includes('condition:') ? detection : `${detection}\n  condition: sel`;
      const text = `title: Case\nlogsource: {category: database}\ndetection:\n  ${body}\n`;
      const [rule] = loadRules([{ name: 'case.yml', text }]).value.rules;
      if (rule?.kind !== 'detection') throw new Error('no rule');
      const fields = planRule(rule, [], DEFAULT_ESTATE);
      const options = {
        estate: { ...DEFAULT_ESTATE, ...estate, ...(zone === undefined ? {} : { zone }) },
        layout: await readCaseLayout(engine, clickhouse, 'plan' in fields ? fields.plan.fields : []),
      };
      for (const dialect of [clickhouse, clickhouseText]) {
        const found = await engine.all(query(rule, dialect, options), []);
        expect(found.map((row) => Number(row.event_id)).toSorted((one, other) => one - other)).toEqual(
          yes.map((_, i) => i),
        );
      }
    });

    // Third-party rules (DRL 1.1) are no part of this repository: read where they stand beside the checkout.
    it.skipIf(!existsSync(corpus))('every public rule is a query that runs', async () => {
      await run('TRUNCATE TABLE event');
      const files = ['rules', 'rules-placeholder'].flatMap((folder) =>
        readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.yml'))
          .map((name) => ({ name, text: readFileSync(join(corpus, folder, name), 'utf8') })),
      );
      // Every list that they ask for is one that the estate has.
      const estate = { ...DEFAULT_ESTATE, privileged_users: ['dba', 'O*ps'] };
      const { value } = loadRules(
        files.map(({ name, text }) => ({
          name,
          text: text.includes('|expand') ? text.replace(/%[\w-]+%/g, '%privileged_users%') : text,
        })),
      );
      expect(value.rules.length).toBe(688);
      for (const rule of value.rules) {
        if (rule.kind !== 'detection') throw new Error(rule.file);
        const sql = query(rule, clickhouseText, { estate });
        // Keyword rules ask every field for every word: the largest take the planner long and show nothing new.
        if (sql.length > 15_000) continue;
        const found = await engine.all(sql, []).catch((error: unknown) => String(error));
        expect(found, rule.file).toEqual([]);
      }
    });
  },
);
