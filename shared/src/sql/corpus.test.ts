import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../events/audit-event.ts';
import { completeEvent } from '../events/complete.ts';
import { csvRows } from './fixtures/csv-rows.ts';
import { understand } from './understand.ts';
import { createUnderstanding } from './understanding.ts';

/** Real and third-party logs stand beside the checkout; they are never part of it. */
const LOGS = fileURLToPath(new URL('../../../../shared/corpus/logs', import.meta.url));
const here = existsSync(LOGS);

const pgParser = {
  parse(text: string) {
    try {
      return parseSync(text);
    } catch {
      return undefined;
    }
  },
};

interface AuditRow {
  readonly pgauditClass: string;
  readonly command: string;
  readonly statement: string;
}

function auditRow(message: string): AuditRow[] {
  const [fields = []] = csvRows(message.slice('AUDIT: '.length));
  const [, , , pgauditClass = '', command = '', , , statement = ''] = fields;
  const said = fields.length === 9 || fields.length === 10;
  return said && !/^(<(not logged|previously logged|none)>)?$/.test(statement)
    ? [{ pgauditClass, command, statement }]
    : [];
}

const CLASSES: Readonly<Record<string, string>> = {
  READ: 'data_read',
  WRITE: 'data_write',
  FUNCTION: 'execution',
  ROLE: 'authorization',
  DDL: 'schema_change',
};

/** pgAudit's rows of real servers and of its own regression tests, and all other statements of the real logs. */
function postgresql(): { rows: AuditRow[]; texts: string[] } {
  const rows: AuditRow[] = [];
  const others: string[] = [];
  const real = join(LOGS, 'real/postgresql');
  for (const file of readdirSync(real).filter((name) => name.endsWith('.csv'))) {
    for (const fields of csvRows(readFileSync(join(real, file), 'latin1'))) {
      const message = fields[13] ?? '';
      if (message.startsWith('AUDIT: ')) rows.push(...auditRow(message));
      const logged = /^(?:duration: \S+ ms {2})?(?:statement|(?:execute|parse|bind) [^:]*): ([\s\S]*)$/.exec(
        message,
      )?.[1];
      others.push(...[logged ?? '', fields[19] ?? ''].filter((text) => text !== ''));
    }
  }
  const regression = join(LOGS, 'thirdparty/pgaudit');
  for (const branch of readdirSync(regression)) {
    const output = readFileSync(join(regression, branch, 'pgaudit.out'), 'utf8');
    for (const [, message = ''] of output.matchAll(/^[A-Z]+: {2}(AUDIT: (?:"(?:[^"]|"")*"|[^"\n])*)/gm))
      rows.push(...auditRow(message));
  }
  return { rows, texts: [...new Set([...rows.map((row) => row.statement), ...others])] };
}

describe.skipIf(!here)(
  'statements of real PostgreSQL logs (skipped where ../shared/corpus is not beside the checkout)',
  () => {
    beforeAll(loadModule);

    it('are all read by the grammar, but for these', () => {
      const { texts } = postgresql();
      const refused = texts.filter(
        (text) => text.length < 65_536 && pgParser.parse(text) === undefined && !text.includes('<REDACTED>'),
      );
      expect(texts.length).toBeGreaterThan(700);
      expect(refused.map((text) => text.replace(/\s+/g, ' ').slice(0, 40)).sort()).toEqual([
        "BASE_BACKUP ( LABEL 'pg_basebackup base ", // the replication protocol's own
        'IDENTIFY_SYSTEM',
        'SELEC 1;', // logged because it failed
        'SELECT name FROM GRAPH_TABLE (graph_test', // PostgreSQL 19
        'forged, by user', // inside a forged record
      ]);
    });

    it('are understood the same by the grammar and by tokens', () => {
      for (const text of postgresql().texts) {
        const tree = understand(text, { dialect: 'postgresql', pgParser });
        if (tree.parser !== 'libpg-query') continue;
        const { parser, confidence } = tree;
        expect({ ...understand(text, { dialect: 'postgresql' }), parser, confidence }, text).toEqual(tree);
      }
    });

    it('have the class that pgAudit gave them, but for the forged record', () => {
      const { rows } = postgresql();
      const understanding = createUnderstanding({ dialect: 'postgresql', pgParser });
      const conflicts = rows.filter(({ pgauditClass, command, statement }) => {
        const event: AuditEvent = { action: command, extra: { pgaudit_class: pgauditClass } };
        completeEvent(event, understanding(statement));
        return event.flags?.includes('class_conflict') === true;
      });
      expect(rows.length).toBeGreaterThan(5000);
      expect([...new Set(conflicts.map((row) => row.statement))]).toEqual(['forged, by user']);
    });

    it('are of the class that their pgAudit class means, but for these', () => {
      const understanding = createUnderstanding({ dialect: 'postgresql', pgParser });
      const differing = postgresql().rows.flatMap(({ pgauditClass, statement }) => {
        const facts = understanding(statement);
        const meant = CLASSES[pgauditClass];
        // To 16 a string of several statements stands whole in the row of each.
        const same = meant === undefined || facts.statements > 1 || facts.class === meant;
        return same ? [] : [`${pgauditClass}: ${facts.action} is ${facts.class}`];
      });
      expect([...new Set(differing)].sort()).toEqual([
        // No class of pgAudit's own for what touches auditing, or the server.
        'DDL: ALTER DATABASE is audit_change',
        'DDL: ALTER SYSTEM is administration',
        'DDL: ALTER SYSTEM is audit_change',
        'DDL: CREATE EXTENSION is audit_change',
        // Its siblings CREATE and ALTER are ROLE.
        'DDL: DROP USER MAPPING is authorization',
        // One statement, a row for each thing that it does.
        'FUNCTION: SELECT is data_read',
        'READ: CREATE MATERIALIZED VIEW is schema_change',
        'READ: CREATE TABLE AS is schema_change',
        'READ: EXPLAIN is other',
        'READ: INSERT is data_write',
        'READ: REFRESH MATERIALIZED VIEW is schema_change',
        'READ: SELECT INTO is schema_change',
        // pg_reload_conf(), pg_terminate_backend().
        'READ: SELECT is administration',
        // The forged record.
        'READ: UNKNOWN is other',
        'ROLE: ALTER ROLE is audit_change',
        'ROLE: CREATE SCHEMA is schema_change',
        'WRITE: CREATE TABLE AS is schema_change',
        // SELECT … FOR KEY SHARE of a foreign key check.
        'WRITE: SELECT is data_read',
      ]);
    });
  },
);

describe.skipIf(!here)(
  'statements of real MariaDB logs (skipped where ../shared/corpus is not beside the checkout)',
  () => {
    it('are all known, but for the one that failed', () => {
      const real = join(LOGS, 'real/mariadb');
      const texts = readdirSync(real)
        .filter((name) => name.startsWith('server_audit'))
        .flatMap((name) => readFileSync(join(real, name), 'latin1').split('\n'))
        .flatMap(
          (line) =>
            /,QUERY,[^,]*,'(.*)',\d+$/
              .exec(line)?.[1]
              ?.replace(/\\(['\\])/g, '$1')
              .replace(/\\n/g, '\n') ?? [],
        );
      expect(texts.length).toBeGreaterThan(400);
      const unknown = texts.filter((text) => understand(text, { dialect: 'mysql' }).action === 'UNKNOWN');
      expect([...new Set(unknown)]).toEqual(['SELEC 1']);
    });
  },
);
