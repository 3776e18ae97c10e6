import type { EventClass } from '../events/event-class.ts';
import type { EventFlag } from '../events/event-flag.ts';

/** What an action is by its verb alone. */
export interface ActionTraits {
  readonly class: EventClass;
  readonly flags: readonly EventFlag[];
}

/**
 * Classes from the gravest on: a text of several statements has the gravest of theirs (EVENTS.md, Classes).
 * What hides other acts comes first, then what gives power, changes structure, runs code, changes data, changes settings.
 */
export const GRAVITY: readonly EventClass[] = [
  'audit_change',
  'authorization',
  'schema_change',
  'execution',
  'data_write',
  'administration',
  'data_read',
  'authentication',
  'session',
  'error',
  'other',
];

/** Traits of an action (`DROP TABLE`, `COPY TO`): the row of the longest leading words. */
export function traits(action: string): ActionTraits {
  for (let key = action; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf(' ')))) {
    const found = TRAITS.get(key);
    if (found !== undefined) return found;
  }
  return OTHER;
}

const OTHER: ActionTraits = { class: 'other', flags: [] };
const TRAITS = new Map<string, ActionTraits>();

function row(eventClass: EventClass, flags: readonly EventFlag[], actions: string): void {
  for (const action of actions.split(',')) TRAITS.set(action.trim(), { class: eventClass, flags });
}

row('data_read', [], 'SELECT, FETCH, HANDLER, DECLARE CURSOR, PREPARE');
row('data_read', ['export'], 'COPY TO, SELECT INTO OUTFILE, SELECT INTO DUMPFILE');
row('data_write', [], 'INSERT, UPDATE, DELETE, MERGE, REPLACE, COPY FROM, LOAD DATA, LOAD XML, IMPORT TABLE');
row('data_write', ['destructive'], 'TRUNCATE TABLE');

row(
  'schema_change',
  [],
  'CREATE, ALTER, COMMENT, SELECT INTO, CREATE TABLE AS, RENAME, REFRESH, IMPORT FOREIGN SCHEMA, SECURITY LABEL',
);
row('schema_change', ['destructive'], 'DROP');
for (const routine of [
  'FUNCTION',
  'PROCEDURE',
  'ROUTINE',
  'AGGREGATE',
  'TRIGGER',
  'EVENT',
  'RULE',
  'PACKAGE',
]) {
  row('schema_change', ['routine_change'], `CREATE ${routine}, ALTER ${routine}`);
  row('schema_change', ['destructive', 'routine_change'], `DROP ${routine}`);
}
row('schema_change', ['privilege_change'], 'CREATE POLICY, ALTER POLICY');
row('schema_change', ['destructive', 'privilege_change'], 'DROP POLICY');

row(
  'authorization',
  ['privilege_change'],
  'GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, REASSIGN OWNED, SET PASSWORD, SET DEFAULT ROLE',
);
// A user mapping holds credentials; pgAudit counts it among the roles too.
for (const who of ['ROLE', 'USER', 'GROUP', 'USER MAPPING']) {
  row('authorization', ['privilege_change'], `CREATE ${who}, ALTER ${who}, RENAME ${who}`);
  row('authorization', ['destructive', 'privilege_change'], `DROP ${who}`);
}
row('authorization', ['destructive', 'privilege_change'], 'DROP OWNED');
row(
  'authorization',
  [],
  'SET ROLE, SET SESSION AUTHORIZATION, RESET ROLE, RESET SESSION AUTHORIZATION, FLUSH PRIVILEGES',
);

row('execution', [], 'CALL, DO, EXECUTE');
row('execution', ['dynamic_sql'], 'EXECUTE IMMEDIATE, PREPARE FROM');

row(
  'administration',
  [],
  'SET GLOBAL, SET PERSIST, SET PERSIST_ONLY, RESET PERSIST, ALTER SYSTEM, VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT, LOAD, FLUSH, KILL',
);
row(
  'administration',
  [],
  'OPTIMIZE, REPAIR, CHECK, CHECKSUM, CHANGE, START, STOP, INSTALL, UNINSTALL, SHUTDOWN, RESTART, BINLOG, CACHE',
);
row('administration', [], 'ALTER INSTANCE, CLONE, BACKUP, START SLAVE, STOP SLAVE');
row(
  'administration',
  [],
  'IDENTIFY_SYSTEM, TIMELINE_HISTORY, START_REPLICATION, READ_REPLICATION_SLOT, CREATE_REPLICATION_SLOT',
);
row('administration', [], 'ALTER_REPLICATION_SLOT, DROP_REPLICATION_SLOT, BASE_BACKUP');
row('administration', ['destructive'], 'PURGE, RESET MASTER, RESET BINARY LOGS');

row(
  'session',
  [],
  'SET, RESET, LISTEN, UNLISTEN, NOTIFY, BEGIN, START TRANSACTION, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, PREPARE TRANSACTION, COMMIT PREPARED',
);
row(
  'session',
  [],
  'ROLLBACK PREPARED, SET CONSTRAINTS, SET TRANSACTION, LOCK, UNLOCK, DISCARD, DEALLOCATE, CLOSE CURSOR, MOVE, USE, XA',
);
