import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { EVENT_FLAGS } from '@dbwitness/shared/events/event-flag.ts';
import { type Database, sqlText } from '../db/database.ts';
import { DICTIONARY_COLUMNS, NUMBER_COLUMNS, VIRTUAL_COLUMNS } from './columns.ts';
import { eventViewSql } from './event-view.ts';
import { type PublishInput, publishTables } from './publish.ts';

/** Name under which the published events are attached. */
export const EVENTS = 'events.main';

/**
 * What the tables of an event file are, in one digest: the columns, the order of the flags and the view over them. The number
 * in front is for what those do not show; whoever changes a table that the view does not read raises it.
 */
const LAYOUT = createHash('sha256')
  .update(
    JSON.stringify([
      3,
      VIRTUAL_COLUMNS,
      NUMBER_COLUMNS,
      DICTIONARY_COLUMNS,
      EVENT_FLAGS,
      eventViewSql(EVENTS),
    ]),
  )
  .digest('hex');

/** Where the published events stand, and the next ones while they are written. */
export interface EventFiles {
  readonly events: string;
  readonly nextEvents: string;
}

/** Attaches the event file of a case for reading; false when there is none that can be read. */
export async function attachEvents(database: Database, files: EventFiles): Promise<boolean> {
  try {
    await database.run('import', `ATTACH ${sqlText(files.events)} AS events (READ_ONLY)`);
    const [written] = await database.all('import', `SELECT version FROM ${EVENTS}.layout`);
    if (written?.version === LAYOUT) {
      await createViews((sql) => database.run('import', sql));
      return true;
    }
  } catch {
    // Missing, torn, or older than the table of its layout: as one of another layout.
  }
  // It is derived data and is made again from the vault.
  await database.run('import', 'DETACH DATABASE IF EXISTS events');
  return false;
}

/**
 * Writes the next event file and puts it in the place of the current one in one rename. Queries run on the old one until
 * then; a crash leaves the old file, or the new one, whole.
 */
export async function publishEvents(
  database: Database,
  files: EventFiles,
  input: Omit<PublishInput, 'current'> & { readonly attached: boolean },
): Promise<void> {
  const next = files.nextEvents;
  await removeDatabase(next);
  // It is whole when it is renamed and worth nothing before: it needs no log of its own.
  await database.run('import', `ATTACH ${sqlText(next)} AS next (RECOVERY_MODE NO_WAL_WRITES)`);
  try {
    const { attached, ...rest } = input;
    await publishTables(database, { ...rest, current: attached ? EVENTS : undefined });
    await database.run('import', `CREATE TABLE next.layout AS SELECT ${sqlText(LAYOUT)} AS version`);
  } catch (error) {
    await database.run('import', 'DETACH DATABASE IF EXISTS next');
    await removeDatabase(next);
    throw error;
  }
  await database.run('import', 'DETACH DATABASE next');
  await database.alone(async (run) => {
    await run('DETACH DATABASE IF EXISTS events');
    await rename(next, files.events);
    await run(`ATTACH ${sqlText(files.events)} AS events (READ_ONLY)`);
    await createViews(run);
  });
}

async function createViews(run: (sql: string) => Promise<void>): Promise<void> {
  await run(`CREATE OR REPLACE VIEW memory.main.event AS ${eventViewSql(EVENTS)}`);
  await run(`CREATE OR REPLACE VIEW memory.main.record AS SELECT * EXCLUDE (rowid) FROM ${EVENTS}.record`);
  await run(`CREATE OR REPLACE VIEW memory.main.statement AS SELECT * FROM ${EVENTS}.statement`);
}

export async function removeDatabase(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.wal`, { force: true });
}
