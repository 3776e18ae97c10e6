/**
 * What a statement can be, by the class that its source gave it: one table a source, patterns of actions as `facts.action`
 * has them. Wide on purpose: one statement gives rows of several classes (a CREATE TABLE AS reads, writes and defines),
 * so only what can never come from such a statement contradicts.
 */

/** pgAudit 1.0 to 19, checked against every row of its regression output and of real servers. */
export const PGAUDIT_CLASSES: Readonly<Record<string, RegExp>> = {
  READ: /^(SELECT|INSERT|UPDATE|DELETE|MERGE|COPY|CREATE TABLE|CREATE MATERIALIZED VIEW|REFRESH|DECLARE|PREPARE|EXECUTE|EXPLAIN|FETCH|MOVE|CALL|DO)\b/,
  // A SELECT … FOR UPDATE needs the right to update, and is logged so.
  WRITE:
    /^(SELECT|INSERT|UPDATE|DELETE|MERGE|COPY FROM|TRUNCATE|CREATE TABLE AS|CREATE MATERIALIZED VIEW|REFRESH|DECLARE|PREPARE|EXECUTE|EXPLAIN|FETCH|CALL|DO)\b/,
  // Whatever evaluates an expression; an index or a check does while it is made.
  FUNCTION:
    /^(SELECT|INSERT|UPDATE|DELETE|MERGE|COPY|CREATE|ALTER TABLE|ALTER DOMAIN|REFRESH|REINDEX|CLUSTER|VACUUM|ANALYZE|DECLARE|PREPARE|EXECUTE|EXPLAIN|FETCH|MOVE|CALL|DO|COMMIT)\b/,
  ROLE: /^(GRANT|REVOKE|(CREATE|ALTER|DROP) (ROLE|USER MAPPING)|ALTER DEFAULT PRIVILEGES|REASSIGN OWNED|DROP OWNED|CREATE SCHEMA|CREATE EXTENSION|ALTER EXTENSION)\b/,
  DDL: /^(CREATE|ALTER|DROP|COMMENT|SECURITY LABEL|IMPORT|REFRESH|REINDEX|CLUSTER|REASSIGN OWNED|SELECT INTO|EXPLAIN|EXECUTE)\b/,
  MISC: /^(?!(SELECT|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|SECURITY LABEL)\b)/,
};
