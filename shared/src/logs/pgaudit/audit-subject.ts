import type { AuditEvent, AuditObject, ObjectAccess } from '../../events/audit-event.ts';
import type { EventClass } from '../../events/event-class.ts';
import { detached } from '../text-cache.ts';
import { auditList } from './audit-record.ts';

/** What class, command and object of a pgAudit record say, in our terms. */
export interface AuditSubject {
  /** `CLASS,COMMAND,OBJECT_TYPE,OBJECT_NAME` as pgAudit writes it. */
  readonly text: string;
  readonly pgauditClass: string;
  readonly event: Pick<AuditEvent, 'class' | 'action' | 'object_type' | 'object' | 'objects'>;
}

/** Subjects by their text: a log of millions of records has a few hundred. */
export class AuditSubjects {
  readonly #known = new Map<string, AuditSubject>();
  #last: AuditSubject = read('');

  get(text: string): AuditSubject {
    if (text === this.#last.text) return this.#last;
    let subject = this.#known.get(text);
    if (subject === undefined) {
      subject = read(detached(text));
      if (this.#known.size >= 4096) this.#known.clear();
      this.#known.set(subject.text, subject);
    }
    this.#last = subject;
    return subject;
  }
}

function read(text: string): AuditSubject {
  const [pgauditClass = '', command = '', objectType = '', objectName = ''] = auditList(text);
  const type = objectType.toLowerCase();
  const kind = classOf(pgauditClass, command);
  return {
    text,
    pgauditClass,
    event: {
      ...(command === '' ? {} : { action: command }),
      ...(kind === undefined ? {} : { class: kind }),
      ...(type === '' ? {} : { object_type: type }),
      ...(objectName === ''
        ? {}
        : { object: objectName, objects: [objectOf(type, objectName, pgauditClass, command)] }),
    },
  };
}

function objectOf(type: string, name: string, pgauditClass: string, command: string): AuditObject {
  return { type: type === '' ? 'unknown' : type, name, access: accessOf(pgauditClass, command) };
}

function accessOf(pgauditClass: string, command: string): ObjectAccess {
  switch (pgauditClass) {
    case 'READ':
      return 'read';
    case 'WRITE':
      return 'write';
    case 'FUNCTION':
      return 'execute';
    case 'ROLE':
      return 'grant';
    case 'DDL':
      return DDL_ACCESS[command.slice(0, command.indexOf(' '))] ?? 'alter';
    default:
      return command === '???' ? 'read' : 'unknown';
  }
}

const DDL_ACCESS: Readonly<Record<string, ObjectAccess>> = {
  CREATE: 'create',
  SELECT: 'create',
  ALTER: 'alter',
  DROP: 'drop',
};

const CLASSES: ReadonlyMap<string, EventClass> = new Map([
  ['READ', 'data_read'],
  ['WRITE', 'data_write'],
  ['FUNCTION', 'execution'],
  ['ROLE', 'authorization'],
  ['DDL', 'schema_change'],
]);

/** MISC by command; what is not listed (EXPLAIN, CALL, …) is left to what the statement itself says. */
const MISC: ReadonlyMap<string, EventClass> = new Map([
  ...[
    'BEGIN',
    'START TRANSACTION',
    'COMMIT',
    'ROLLBACK',
    'SAVEPOINT',
    'RELEASE',
    'ROLLBACK TO SAVEPOINT',
    'PREPARE TRANSACTION',
    'COMMIT PREPARED',
    'ROLLBACK PREPARED',
  ].map((c) => [c, 'session'] as const),
  ...[
    'SET',
    'RESET',
    'SET CONSTRAINTS',
    'DISCARD',
    'DISCARD ALL',
    'DISCARD PLANS',
    'DISCARD TEMP',
    'DISCARD SEQUENCES',
    'LOCK TABLE',
    'LISTEN',
    'UNLISTEN',
    'NOTIFY',
    'DEALLOCATE',
    'DEALLOCATE ALL',
    'CLOSE CURSOR',
    'CLOSE CURSOR ALL',
  ].map((c) => [c, 'session'] as const),
  ...['VACUUM', 'ANALYZE', 'CHECKPOINT', 'CLUSTER', 'REINDEX', 'LOAD'].map(
    (c) => [c, 'administration'] as const,
  ),
  ['CALL', 'execution'],
  ['SHOW', 'other'],
  ['???', 'other'],
]);

function classOf(pgauditClass: string, command: string): EventClass | undefined {
  if (pgauditClass === 'DDL' && command === 'ALTER SYSTEM') return 'administration';
  return CLASSES.get(pgauditClass) ?? MISC.get(command);
}
