import type { Row } from './event-tables.ts';

const pg = (user: string, fields: Row): Row => ({
  product: 'postgresql',
  user,
  result: 'success',
  client_ip: '10.20.2.21',
  ...fields,
});
const maria = (user: string, fields: Row): Row => ({
  product: 'mariadb',
  user,
  result: 'success',
  client_ip: '10.20.2.65',
  ...fields,
});

const SENSITIVE = { flags: ['sensitive_object'] };
const NIGHT = { flags: ['off_hours'] };

/** What applications, pgbench, nightly dumps, autovacuum and monitoring do day and night: no rule may see any of it. */
const EVENTS: readonly Row[] = [
  // Applications.
  pg('shop_app', { class: 'session', action: 'CONNECT' }),
  pg('shop_app', { statement: 'BEGIN' }),
  pg('shop_app', { statement: 'SET search_path = shop, public' }),
  pg('shop_app', { statement: "SET application_name = 'storefront'" }),
  pg('shop_app', { statement: "SET statement_timeout = '5s'" }),
  pg('shop_app', { statement: 'SET ROLE app_rw' }),
  pg('shop_app', { statement: 'SELECT id, name, price FROM shop.products WHERE id = $1', parameters: ['7'] }),
  pg('shop_app', {
    statement: 'SELECT * FROM shop.products WHERE category = $1 ORDER BY name LIMIT 24 OFFSET 48',
    rows: 24,
  }),
  pg('shop_app', { statement: 'SELECT shop.place_order($1, $2, $3)', rows: 1 }),
  pg('shop_app', {
    statement: 'INSERT INTO shop.payments (order_id, method, iban, amount) VALUES ($1, $2, $3, $4)',
    rows: 1,
    ...SENSITIVE,
  }),
  pg('shop_app', { statement: "UPDATE shop.orders SET status = 'packed' WHERE id = $1", rows: 1 }),
  pg('shop_app', { statement: 'DELETE FROM shop.carts WHERE id = $1', rows: 1 }),
  pg('shop_app', { statement: 'CREATE TEMP TABLE basket (id int) ON COMMIT DROP' }),
  pg('shop_app', {
    statement: 'SELECT FROM WHERE',
    result: 'failure',
    error_code: '42601',
    message: 'syntax error',
  }),
  pg('shop_app', { statement: 'DISCARD ALL' }),
  pg('shop_app', { statement: 'DEALLOCATE ALL' }),
  pg('shop_app', { statement: 'COMMIT' }),
  pg('shop_app', { class: 'session', action: 'DISCONNECT', ...NIGHT }),
  pg('crm_app', {
    statement: "SELECT id, name, email, phone FROM crm.customers WHERE email = 'customer7@example.test'",
    rows: 1,
    ...SENSITIVE,
  }),
  pg('jnovak', {
    statement: 'SELECT c.id, c.name, c.email FROM crm.customers c WHERE c.id = 1311',
    rows: 1,
    client_ip: '10.20.4.23',
    ...SENSITIVE,
  }),
  pg('akeller', {
    statement: 'SELECT region, count(*) FROM crm.customers GROUP BY region ORDER BY 2 DESC',
    rows: 16,
    client_ip: '10.20.4.11',
    ...SENSITIVE,
  }),
  pg('rfischer', { statement: 'VACUUM (ANALYZE) shop.carts', client_ip: '10.20.4.31' }),
  pg('rfischer', {
    statement: "SELECT pid, usename, state FROM pg_stat_activity WHERE state = 'active'",
    client_ip: '10.20.4.31',
  }),
  maria('ledger_app', { statement: 'SET NAMES utf8mb4' }),
  maria('ledger_app', { statement: 'SET autocommit=0' }),
  maria('ledger_app', { statement: 'START TRANSACTION' }),
  maria('ledger_app', { statement: 'UPDATE ledger.accounts SET balance = balance - 10.5 WHERE id = 17' }),
  maria('ledger_app', {
    statement:
      "INSERT INTO ledger.entries (account_id, amount, note) VALUES (1, -1, 'o''brien'), (2, 1, 'x')",
  }),
  maria('ledger_app', {
    statement:
      'SELECT e.id, e.amount FROM ledger.entries e WHERE e.account_id = 7 ORDER BY e.id DESC LIMIT 20',
  }),
  maria('ledger_app', { statement: 'COMMIT' }),
  // pgbench, with its initialisation.
  pg('bench', {
    statement: 'drop table if exists pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers',
  }),
  pg('bench', {
    statement:
      'create table pgbench_history(tid int,bid int,aid    int,delta int,mtime timestamp,filler char(22))',
  }),
  pg('bench', {
    statement: 'truncate table pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers',
  }),
  pg('bench', { statement: 'copy pgbench_accounts from stdin with (freeze on)', rows: 100000 }),
  pg('bench', { statement: 'vacuum analyze pgbench_branches' }),
  pg('bench', { statement: 'alter table pgbench_accounts add primary key (aid)' }),
  pg('bench', { statement: 'truncate pgbench_history' }),
  pg('bench', { statement: 'UPDATE pgbench_accounts SET abalance = abalance + 12 WHERE aid = 99' }),
  pg('bench', { statement: 'SELECT abalance FROM pgbench_accounts WHERE aid = 99' }),
  // Nightly dumps, on the host.
  ...[
    "SET client_encoding = 'UTF8'",
    'SET statement_timeout = 0',
    'SET lock_timeout = 0',
    'SET idle_in_transaction_session_timeout = 0',
    'SET row_security = off',
    "SELECT pg_catalog.set_config('search_path', '', false)",
    'BEGIN',
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
    'LOCK TABLE crm.customers IN ACCESS SHARE MODE',
    'SELECT pg_catalog.pg_get_viewdef(16400::pg_catalog.oid) AS viewdef',
    'SELECT pg_catalog.pg_is_in_recovery()',
  ].map((statement) => pg('backup', { statement, application: 'pg_dump', client_host: '[local]', ...NIGHT })),
  pg('backup', {
    statement: 'COPY crm.customers (id, name, email) TO stdout;',
    application: 'pg_dump',
    client_host: '[local]',
    rows: 60_000,
    flags: ['off_hours', 'sensitive_object'],
  }),
  ...[
    'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */',
    "SHOW VARIABLES LIKE 'gtid\\_mode'",
    'SHOW CREATE TABLE `cards`',
    'SELECT /*!40001 SQL_NO_CACHE */ `id`, `token` FROM `cards`',
    'FLUSH LOGS',
  ].map((statement) =>
    maria('backup', { statement, client_host: 'localhost', flags: ['off_hours', 'sensitive_object'] }),
  ),
  // The nightly import.
  pg('etl', { statement: 'TRUNCATE TABLE staging.stock_import', ...NIGHT }),
  pg('etl', { statement: 'COPY staging.stock_import (sku, quantity) FROM STDIN', rows: 1200, ...NIGHT }),
  // The server itself and its monitoring.
  {
    product: 'postgresql',
    class: 'administration',
    action: 'VACUUM',
    object_type: 'table',
    object: 'crm.public.customers',
    ...NIGHT,
  },
  { product: 'postgresql', class: 'administration', action: 'CHECKPOINT', ...NIGHT },
  { product: 'postgresql', class: 'administration', action: 'RELOAD', ...NIGHT },
  pg('monitor', { class: 'session', action: 'CONNECT', ...NIGHT }),
  pg('monitor', { statement: 'SELECT 1', ...NIGHT }),
  pg('monitor', { statement: 'SELECT sum(xact_commit) FROM pg_catalog.pg_stat_database', ...NIGHT }),
  pg('monitor', { statement: "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')", ...NIGHT }),
  pg('monitor', { statement: "SELECT pg_database_size('shop')", ...NIGHT }),
  maria('monitor', { statement: "SHOW GLOBAL STATUS LIKE 'Threads_connected'", ...NIGHT }),
  // A typing error, and applications that come back while a server starts.
  pg('akeller', {
    class: 'authentication',
    action: 'CONNECT',
    result: 'failure',
    error_code: '28P01',
    client_ip: '10.20.4.11',
  }),
  ...['shop_app', 'crm_app', 'etl', 'monitor', 'backup', 'ledger_app'].flatMap((user) =>
    Array.from({ length: 12 }, () =>
      pg(user, {
        class: 'authentication',
        action: 'CONNECT',
        result: 'failure',
        error_code: '57P03',
        message: 'the database system is starting up',
      }),
    ),
  ),
];

/** An event a second, in microseconds after the start. */
export const ORDINARY: readonly { readonly offset: number; readonly fields: Row }[] = EVENTS.map(
  (fields, i) => ({ offset: i * 1e6, fields }),
);
