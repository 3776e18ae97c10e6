/** What a made-up row may be; `share` of 256 rows are of the kind. */
export interface Kind {
  readonly share: number;
  readonly class: string;
  readonly action: string;
  readonly objectType?: string;
  readonly object?: string;
  readonly statement?: string;
  readonly message?: string;
  readonly result: 'success' | 'failure';
  readonly errorCode?: string;
  readonly severity: string;
  readonly flags?: readonly string[];
  readonly returnsRows?: true;
}

/** Text that would act if anything rendered it as more than text. */
export const HOSTILE_TEXT =
  '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=2</script> [a](javascript:pwned) data:text/html,x \u202Eevil\u202C \u0000 \u001b[31m \u200B';

// biome-ignore format: one kind a line reads as the table that it is
export const KINDS: readonly Kind[] = [
  { share: 96, class: 'data_read', action: 'SELECT', objectType: 'table', object: 'shop.orders', statement: 'SELECT o.id, o.placed_at, o.total FROM shop.orders o WHERE o.customer_id = $1 ORDER BY o.placed_at DESC LIMIT 20', result: 'success', severity: 'LOG', returnsRows: true },
  { share: 28, class: 'data_read', action: 'SELECT', objectType: 'table', object: 'crm.customers', statement: 'SELECT id, full_name, iban, birth_date FROM crm.customers WHERE region = $1 AND id > $2 ORDER BY id LIMIT 5000', result: 'success', severity: 'LOG', flags: ['sensitive_object', 'bulk_read'], returnsRows: true },
  { share: 44, class: 'data_write', action: 'INSERT', objectType: 'table', object: 'shop.order_lines', statement: 'INSERT INTO shop.order_lines (order_id, sku, quantity, price) VALUES ($1, $2, $3, $4)', result: 'success', severity: 'LOG', returnsRows: true },
  { share: 24, class: 'data_write', action: 'UPDATE', objectType: 'table', object: 'shop.stock', statement: 'UPDATE shop.stock SET on_hand = on_hand - $1 WHERE sku = $2', result: 'success', severity: 'LOG', returnsRows: true },
  { share: 16, class: 'session', action: 'CONNECT', message: 'connection authorized', result: 'success', severity: 'LOG' },
  { share: 14, class: 'session', action: 'DISCONNECT', message: 'disconnection: session time: 0:04:11.201', result: 'success', severity: 'LOG' },
  { share: 9, class: 'authentication', action: 'LOGIN', message: 'password authentication failed', result: 'failure', errorCode: '28P01', severity: 'FATAL' },
  { share: 7, class: 'execution', action: 'CALL', objectType: 'function', object: 'shop.close_day', statement: 'CALL shop.close_day(current_date)', result: 'success', severity: 'LOG' },
  { share: 6, class: 'error', action: 'ERROR', message: 'duplicate key value violates unique constraint "orders_pkey"', result: 'failure', errorCode: '23505', severity: 'ERROR' },
  { share: 4, class: 'administration', action: 'VACUUM', objectType: 'table', object: 'shop.orders', statement: 'VACUUM (ANALYZE) shop.orders', result: 'success', severity: 'LOG' },
  { share: 2, class: 'authorization', action: 'GRANT', objectType: 'role', object: 'reporting_full', statement: 'GRANT pg_read_all_data TO reporting_full', result: 'success', severity: 'LOG', flags: ['privilege_change'] },
  { share: 2, class: 'schema_change', action: 'CREATE TABLE', objectType: 'table', object: 'staging.load_0312', statement: 'CREATE TABLE staging.load_0312 (LIKE shop.orders INCLUDING ALL)', result: 'success', severity: 'LOG' },
  { share: 1, class: 'schema_change', action: 'TRUNCATE', objectType: 'table', object: 'staging.load_0312', statement: 'TRUNCATE staging.load_0312, staging.load_0313', result: 'success', severity: 'LOG', flags: ['destructive'] },
  { share: 1, class: 'audit_change', action: 'ALTER SYSTEM', objectType: 'setting', object: 'pgaudit.log', statement: "ALTER SYSTEM SET pgaudit.log = 'none'", result: 'success', severity: 'LOG', flags: ['audit_change', 'off_hours'] },
  { share: 1, class: 'execution', action: 'COPY TO', objectType: 'program', object: 'sh', statement: "COPY (SELECT * FROM crm.customers) TO PROGRAM 'gzip > /var/tmp/c.gz'", result: 'success', severity: 'LOG', flags: ['export', 'program_execution', 'sensitive_object'] },
  { share: 1, class: 'other', action: 'SELECT', objectType: 'table', object: 'shop.search', statement: `SELECT * FROM shop.search WHERE q = '${HOSTILE_TEXT}'`, result: 'success', severity: 'LOG', flags: ['long_statement'] },
];

/** Kind of each of 256 hash values. */
export const KIND_OF: Uint8Array = (() => {
  const table = new Uint8Array(256);
  let at = 0;
  KINDS.forEach((kind, index) => {
    table.fill(index, at, at + kind.share);
    at += kind.share;
  });
  return table;
})();

export const USERS = [
  'app_shop',
  'app_shop',
  'app_shop',
  'support_eng',
  'etl_night',
  'dba_shared',
  'reporting',
  'm.okafor',
] as const;
export const CLIENTS = [
  '10.20.4.11',
  '10.20.4.12',
  '10.20.4.13',
  '10.20.9.77',
  '10.20.1.5',
  '[local]',
  '10.20.6.20',
  '10.20.9.31',
] as const;
export const APPLICATIONS = [
  'shop-api',
  'shop-api',
  'shop-worker',
  'DBeaver 25.1',
  'airflow',
  'psql',
  'Metabase',
  'pgAdmin 4',
] as const;
