import type { AuditEvent } from './audit-event.ts';
import type { EventFlag } from './event-flag.ts';
import { PGAUDIT_CLASSES } from './source-class.ts';
import type { StatementFacts } from './statement-facts.ts';

/** Actions of sources that say only that a statement came, not which. */
const UNSPECIFIC = new Set(['QUERY', 'Query', 'Execute', 'Prepare', 'STATEMENT', '???']);

/** Programs whose reads are copies of the database. */
const DUMP_PROGRAM = /^(pg_dump|pg_dumpall|pg_basebackup|mysqldump|mariadb-dump|mysqlpump|mydumper)\b/;

/**
 * Merges what a statement tells into its event: what the source says stays, what it leaves out is filled in
 * (class, action, main object). Lists and flags of the statement stay with the statement (EVENTS.md, Statements table).
 *
 * Two things go beyond filling in. A statement that touches auditing is `audit_change`, which no source has a class for.
 * And a source's class that the statement cannot have gives the flag `class_conflict`.
 */
export function completeEvent(event: AuditEvent, facts: StatementFacts | undefined): void {
  if (facts !== undefined) {
    if (contradicts(event, facts)) addFlag(event, 'class_conflict');
    else if (facts.class === 'audit_change' && event.class !== 'error') event.class = 'audit_change';
    if (facts.action !== 'UNKNOWN') {
      event.class ??= facts.class;
      if (event.action === undefined || UNSPECIFIC.has(event.action)) event.action = facts.action;
    }
    const main = facts.objects[0];
    if (main !== undefined && event.object === undefined && event.object_type === undefined) {
      event.object_type = main.type;
      event.object = main.name;
    }
  }
  if (
    event.application !== undefined &&
    event.class === 'data_read' &&
    DUMP_PROGRAM.test(event.application)
  ) {
    addFlag(event, 'export');
  }
}

/** Adds the statement's own lists and flags, for where events stand alone: without the table of statements. */
export function addStatement(event: AuditEvent, facts: StatementFacts): void {
  event.objects = [
    ...(event.objects ?? []),
    ...facts.objects.filter((object) => !has(event, object.type, object.name)),
  ];
  if (event.columns === undefined && facts.columns.length > 0) event.columns = facts.columns;
  for (const flag of facts.flags) addFlag(event, flag);
}

function has(event: AuditEvent, type: string, name: string): boolean {
  return event.objects?.some((object) => object.type === type && object.name === name) ?? false;
}

function addFlag(event: AuditEvent, flag: EventFlag): void {
  if (event.flags === undefined) event.flags = [flag];
  else if (!event.flags.includes(flag)) event.flags.push(flag);
}

/** Whether the source gave a class that the statement, as it stands, can not have had. */
function contradicts(event: AuditEvent, facts: StatementFacts): boolean {
  const given = event.extra?.pgaudit_class;
  const possible = typeof given === 'string' ? PGAUDIT_CLASSES[given] : undefined;
  if (possible === undefined) return false;
  // `???` is the row of a view (1.7.0); a string of several statements stands whole in the row of each (to 16).
  if (event.action === '???' || facts.statements > 1) return false;
  // Only what ran is audited, so what is no statement at all did not come from a server; a cut one may have.
  if (facts.action === 'UNKNOWN')
    return facts.statements === 1 && event.flags?.includes('truncated') !== true;
  return !possible.test(facts.action);
}
