import { DEFAULT_ESTATE } from '@dbwitness/shared/estate/parse-estate.ts';
import { convertRule } from '@dbwitness/shared/sigma/convert/convert-rule.ts';
import { TABLE_EVENTS, TableLayout } from '@dbwitness/shared/sigma/convert/table-layout.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import { clickhouseText } from '@dbwitness/shared/sigma/sql/clickhouse.ts';
import { duckdbText } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import { sqlite } from '@dbwitness/shared/sigma/sql/sqlite.ts';
import type { TableColumn } from '@dbwitness/shared/sigma/sql/table-engine.ts';
import { canonicalText } from '@dbwitness/shared/sigma/values/scalar.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';
import type { Row } from './event-tables.ts';
import { MATCHING } from './matching-cases.ts';

const DIALECTS = [duckdbText, sqlite, clickhouseText];
const engines = await openEngines();

type Value = Row[string];

/** A table holds one value a column: lists and objects are for `match`. */
const isPlain = (row: Row) =>
  Object.values(row).every((value) => typeof value !== 'object' || value === null);
/** In a table a keyword meets the record as one text, in which no value ends: what `match` tells apart there is one. */
const ONE_TEXT = new Set([
  'R11: wildcards stay within a value',
  'R11: expressions as keywords, each value by itself',
  'R11: what stands between joined values is no character of theirs',
]);
const CASES = MATCHING.filter(
  ({ name, only, yes, no }) => only === undefined && !ONE_TEXT.has(name) && [...yes, ...no].every(isPlain),
);

function textOf(value: Value): string | undefined {
  return value === null || value === undefined
    ? undefined
    : canonicalText(value as string | number | boolean);
}

function fieldOf(row: Row, field: string): Value | undefined {
  const key = Object.keys(row).find((name) => name.toLowerCase() === field.toLowerCase());
  return key === undefined ? undefined : row[key];
}

describe.each(engines)('converted rules on a table in $title', ({ missing, get, close }) => {
  afterAll(close);

  it.skipIf(missing).each(CASES)('$name', async ({ detection, yes, no, zone, estate }) => {
    const engine = await get();
    const dialect = DIALECTS.find(({ id }) => id === engine.dialect.id);
    if (dialect === undefined) throw new Error(engine.dialect.id);
    const body = detection.includes('condition:') ? detection : `${detection}\n  condition: sel`;
    const text = `title: Case\nlogsource: {category: process_creation}\ndetection:\n  ${body}\n`;
    const { value: rules } = loadRules([{ name: 'case.yml', text }]);
    const [rule] = rules.rules;
    if (rule?.kind !== 'detection') throw new Error('no rule');
    const known = { ...DEFAULT_ESTATE, ...estate, ...(zone === undefined ? {} : { zone }) };
    const made = planRule(rule, [], known, TABLE_EVENTS);
    if (!('plan' in made)) throw new Error(made.reason);
    const rows = [...yes, ...no];
    const columns: readonly TableColumn[] = [
      { name: 'n', type: 'integer', values: rows.map((_, i) => i) },
      ...made.plan.fields.map(
        (name): TableColumn => ({
          name,
          type: 'text',
          values: rows.map((row) => textOf(fieldOf(row, name) ?? null)),
        }),
      ),
      {
        name: 'raw',
        type: 'text',
        values: rows.map((row) => Object.values(row).map(textOf).join('\u001f')),
      },
    ];
    await engine.load('event', columns);
    const layout = new TableLayout('event', 'raw', dialect);
    const converted = convertRule(rule, rules, {
      dialect,
      layout,
      events: TABLE_EVENTS,
      estate: known,
      keywords: 'raw',
    });
    if (!('sql' in converted)) throw new Error(converted.reason);
    const found = await engine.all(converted.sql.replace(/;$/, ''), []);
    expect(
      found.map(({ n }) => Number(n)).sort((a, b) => a - b),
      converted.sql,
    ).toEqual(yes.map((_, i) => i));
  });
});
