import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Database } from '../db/database.ts';
import { type PublishInput, publishTables } from './publish.ts';
import { RowEncoder } from './row-encoder.ts';
import { Stage } from './stage.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dbwitness-runs-'));
  database = await Database.open({
    memoryMb: 200,
    threads: 2,
    tempDir: folder,
    maxTempGb: 1,
    allowedDir: folder,
  });
  await database.run('import', "ATTACH ':memory:' AS stage");
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const SECOND = 1_000_000;
const START = Date.UTC(2026, 2, 2) * 1000;

/** Times that come again within and across exhibits, run backwards, and are missing. */
function timeOf(exhibit: number, row: number): number | undefined {
  if (row % 7 === 3) return undefined;
  if (row > 20 && row < 40) return START + 30 * SECOND;
  return START + ((row * 5 + exhibit) % 60) * SECOND;
}

function eventOf(exhibit: number, row: number): AuditEvent {
  const time = timeOf(exhibit, row);
  return {
    product: 'postgresql',
    class: row % 2 === 0 ? 'data_read' : 'session',
    action: row % 2 === 0 ? 'SELECT' : 'connect',
    result: 'success',
    time_basis: 'in record',
    user: `user ${row % 5}`,
    message: `${exhibit} says ${row}`,
    rows: row,
    ...(time === undefined ? {} : { time }),
    ...(row % 3 === 0
      ? {
          objects: [{ type: 'table', name: `hr.t${row % 4}`, access: 'read' }],
          columns: ['a', `c${row % 2}`],
        }
      : {}),
    ...(row % 6 === 0 ? { flags: ['bulk_read'] } : {}),
  } as AuditEvent;
}

/** Stages `rows` records of each exhibit. */
async function staged(exhibits: readonly number[], rows: number): Promise<PublishInput['staged']> {
  const stage = await Stage.create(database);
  for (const [slot, exhibit] of exhibits.entries()) {
    const encoder = new RowEncoder('csvlog');
    for (let row = 0; row < rows; row++) {
      const place = { byte_offset: row * 100, byte_length: 100, line: row + 1, statement_id: Number.NaN };
      encoder.add(eventOf(exhibit, row), place);
    }
    const batch = encoder.end();
    if (batch !== undefined) await stage.append(slot, batch);
  }
  await stage.flush();
  return exhibits.map((exhibit, slot) => ({ slot, exhibit: `E00${exhibit}` }));
}

/** Publishes into a file of that name, which stays attached under it, and tells all that it holds. */
async function published(name: string, input: PublishInput): Promise<Record<string, unknown>> {
  await database.run('import', `ATTACH '${join(folder, name)}.duckdb' AS next`);
  await publishTables(database, input);
  const told: Record<string, unknown> = {};
  for (const table of ['record', 'list_set', 'flag_set', 'rollup', 'vocabulary', 'exhibit_offset'])
    told[table] = (await database.rows('import', `SELECT * FROM next.${table}`)).map((row) =>
      row.map(String),
    );
  await database.run('import', 'DETACH next');
  await database.run('import', `ATTACH '${join(folder, name)}.duckdb' AS ${name} (READ_ONLY)`);
  return told;
}

test('records come out the same in many runs as in one, whatever their times, offsets and former publishes', async () => {
  const first = {
    current: undefined,
    staged: await staged([1, 2], 90),
    offsets: new Map([
      ['E001', 0],
      ['E002', -2 * SECOND],
    ]),
    replaced: [],
    estate: undefined,
  };
  const once = await published('once', first);
  const runs = await published('runs', { ...first, runRows: 7 });
  expect(runs).toEqual(once);
  const order = (once.record as string[][]).map(([exhibit, ordinal]) => `${exhibit}:${ordinal}`);
  const at = (exhibit: number, row: number) => {
    const time = timeOf(exhibit, row);
    return time === undefined ? Number.POSITIVE_INFINITY : time - (exhibit === 2 ? 2 * SECOND : 0);
  };
  const expected = [1, 2]
    .flatMap((exhibit) => Array.from({ length: 90 }, (_, row) => ({ exhibit, row, time: at(exhibit, row) })))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.exhibit - b.exhibit || a.row - b.row))
    .map(({ exhibit, row }) => `E00${exhibit}:${row}`);
  expect(order).toEqual(expected);

  // A further publish: one exhibit is new, one read again, one taken over, all under other offsets.
  const second = {
    staged: await staged([2, 3], 50),
    offsets: new Map([
      ['E001', 3 * SECOND],
      ['E002', SECOND],
      ['E003', -20 * SECOND],
    ]),
    replaced: ['E002'],
    estate: undefined,
  };
  const onceMore = await published('once_more', { ...second, current: 'once' });
  expect(await published('runs_more', { ...second, current: 'runs', runRows: 5 })).toEqual(onceMore);
  expect(onceMore.record).toHaveLength(90 + 50 + 50);
});
