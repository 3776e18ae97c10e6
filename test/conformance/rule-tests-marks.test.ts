import { estateMarks } from '@dbwitness/desktop/engine/store/estate-marks.ts';
import { parseEstate } from '@dbwitness/shared/estate/parse-estate.ts';
import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import { estateMarker } from '@dbwitness/shared/rule-tests/estate-marks.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb-engine.ts';

const duckdb = await openDuckDb();
afterAll(() => duckdb.close());

const at = (time: string) => Date.parse(time) * 1000;
const table = (name: string) => ({ type: 'table', name, access: 'read' as const });

const EVENTS: readonly AuditEvent[] = [
  {},
  { class: 'data_read', rows: 1000 },
  { class: 'data_read', rows: 999 },
  { class: 'data_write', rows: 5000 },
  { statement: 'x'.repeat(20) },
  { statement: 'x'.repeat(19) },
  { statement: '\u{1f600}'.repeat(19) },
  { statement: '\u{1f600}'.repeat(20) },
  { object: 'crm.customers' },
  { object: 'CRM.Customer_overview' },
  { object: 'xcrm.customers' },
  { object: 'hr.salaries' },
  { object: 'hr.salaries_old' },
  { object: 'archive.cards' },
  { object: 'a.secret_b' },
  { objects: [table('shop.orders'), table('hr.salaries')] },
  { objects: [table('shop.orders')] },
  { user: 'Root' },
  { user: 'bob', effective_user: 'DBA' },
  { user: 'roots' },
  // Monday to Friday, seven in the evening to five in the morning, in Berlin: summer time begins and ends, and nights cross days.
  ...[
    '2026-01-05T17:59:59.999Z',
    '2026-01-05T18:00:00Z',
    '2026-01-06T03:59:59Z',
    '2026-01-06T04:00:00Z',
    '2026-03-29T00:59:59Z',
    '2026-03-30T17:00:00Z',
    '2026-03-30T16:59:00Z',
    '2026-10-26T18:30:00Z',
    '2026-01-02T23:30:00Z',
    '2026-01-04T23:30:00Z',
    '1969-12-31T22:00:00Z',
    '2026-01-10T20:00:00Z',
  ].map((time) => ({ time: at(time) })),
];

const ESTATES = {
  'hours over midnight': `zone: Europe/Berlin
hours: { days: [1, 2, 3, 4, 5], from: '19:00', to: '05:00' }
sensitive: [crm.customer*, hr.salaries, '*.cards', '*secret*']
privileged_users: [root, dba]
bulk_rows: 1000
long_statement: 20
`,
  'hours within a day': `zone: Europe/Berlin\nhours: { days: [1, 7], from: '00:00', to: '12:30' }\n`,
  'no hours': 'privileged_users: [root]\n',
};

/** The flags that the import's SQL gives to each event. */
async function flagsBySql(
  estate: Parameters<typeof estateMarks>[0],
): Promise<readonly (readonly string[])[]> {
  const text = (value: unknown) =>
    value === undefined ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`;
  const found: string[][] = EVENTS.map(() => []);
  for (const { flag, of, when } of estateMarks(estate)) {
    const rows = EVENTS.map((event, i) => {
      const objects = event.objects?.map(({ name }) => `{'name': ${text(name)}}`) ?? [];
      const list = `CAST(${event.objects === undefined ? 'NULL' : `[${objects.join(', ')}]`} AS STRUCT(name VARCHAR)[])`;
      const time = event.time === undefined ? 'NULL' : `make_timestamp(${event.time})`;
      const record = [event.class, event.object, event.user, event.effective_user].map(text);
      return `(${i}, ${record.join(', ')}, ${event.rows ?? 'NULL'}, ${time}, ${text(event.statement)}, ${list})`;
    });
    const names = 'i, class, object, "user", effective_user, rows, time, text, objects';
    const { engine } = duckdb;
    const alias = { record: 'r', statement: 's', list_set: 'l' }[of];
    for (const row of await engine.all(
      `SELECT i FROM (VALUES ${rows.join(', ')}) AS ${alias}(${names}) WHERE ${when}`,
      [],
    ))
      if (found[Number(row.i)]?.includes(flag) === false) found[Number(row.i)]?.push(flag);
  }
  return found.map((flags) => flags.sort());
}

describe('events of rule tests have the flags that the import of a case gives', () => {
  it.each(Object.entries(ESTATES))('%s', async (_, text) => {
    const { value: estate, problems } = parseEstate(text);
    expect(problems).toEqual([]);
    const mark = estateMarker(estate);
    const flags = EVENTS.map((given) => {
      const event = { ...given };
      mark(event);
      return [...(event.flags ?? [])].sort();
    });
    const expected = await flagsBySql(estate);
    expect(expected.flat().length).toBeGreaterThan(0);
    expect(EVENTS.map((event, i) => [event, flags[i]])).toEqual(
      EVENTS.map((event, i) => [event, expected[i]]),
    );
  });
});
