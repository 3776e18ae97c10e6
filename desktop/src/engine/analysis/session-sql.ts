/**
 * The SQL that puts sessions together and finds holes in what they count. `record` is the published table: ordered by
 * time, so that its row ids are its order. `memory.main.analysis_source` maps exhibits to sources (analysis.ts).
 */

/** Lines that a server writes while a client comes in; the first of a run starts a session. */
const ARRIVAL = `('CONNECTION RECEIVED', 'AUTHENTICATE', 'CONNECT', 'FAILED_CONNECT', 'PROXY_CONNECT')`;

/** Sessions in whose records a counter does not simply go on; in all others nothing can be missing. */
const SUSPECT = (mark: 'jumps' | 'skips'): string => `SEMI JOIN (
      SELECT DISTINCT source, format, session, ordinal FROM memory.main.session_record WHERE ${mark}) k
      ON k.source = m.source AND k.format = m.format AND k.session = m.session AND k.ordinal = m.ordinal`;

/**
 * Every record of a session with the number of its session among those that carry the same server id: process ids and
 * connection ids return, so a new arrival starts a new one, and so does the first record of an id after the server was
 * down, unless its own line numbers go on: then it is a process that lived through it. Ordinal 0 began before its record does.
 *
 * The server is down where it says that it stopped, starts, or, where neither is on record, recovers or gets ready. After
 * a crash or the order to stop, sessions still write their last lines. Ids with a dot (`%c`) never return.
 */
export const sessionRecordSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.session_record AS
  WITH said AS (
    SELECT s.source, r.format, r.rowid AS rid, CAST(r.action AS VARCHAR) AS action,
      lag(CAST(r.action AS VARCHAR)) OVER (PARTITION BY s.source, r.format ORDER BY r.rowid) AS before
    FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
    WHERE r.action IN ('SERVER STOP', 'SERVER START', 'SERVER RECOVERY', 'SERVER REINITIALIZE', 'SERVER READY')
      AND NOT coalesce(contains(CAST(r.session AS VARCHAR), '.'), false)
  ), down AS (
    SELECT source, format, list(CASE WHEN action = 'SERVER STOP' THEN rid + 1 ELSE rid END) AS rids
    FROM said
    WHERE action IN ('SERVER STOP', 'SERVER START') OR coalesce(before, 'SERVER READY') = 'SERVER READY'
    GROUP BY source, format
  ), line AS (
    SELECT r.rowid AS rid, s.source, r.format, r.session, r.session_seq, r.statement_seq,
      coalesce(r.action IN ${ARRIVAL}, false) AS arrives,
      CASE WHEN d.rids IS NULL THEN 0 ELSE len(list_filter(d.rids, down_at -> down_at <= r.rowid)) END AS downs
    FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
    LEFT JOIN down d ON d.source = s.source AND d.format = r.format
    WHERE r.session IS NOT NULL
  ), marked AS (
    SELECT *, (arrives AND NOT coalesce(lag(arrives) OVER life, false))
      OR (downs > lag(downs) OVER life AND NOT coalesce(session_seq > lag(session_seq) OVER life, false)) IS TRUE AS starts,
      lag(session_seq) OVER life AS line_before, lag(statement_seq IGNORE NULLS) OVER life AS statement_before
    FROM line
    WINDOW life AS (PARTITION BY source, format, session ORDER BY rid)
  )
  SELECT rid, source, format, session, session_seq,
    CAST(sum(CAST(starts AS INTEGER)) OVER (
      PARTITION BY source, format, session ORDER BY rid ROWS UNBOUNDED PRECEDING) AS INTEGER) AS ordinal,
    coalesce(session_seq <> coalesce(CASE WHEN NOT starts THEN line_before END, 0) + 1, false) AS jumps,
    coalesce(statement_seq - coalesce(CASE WHEN NOT starts THEN statement_before END, 0) NOT IN (0, 1), false) AS skips
  FROM marked`;

/** One row a session. `arg_min(x, rid)` is the first value that is there. */
export const sessionSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.session AS
  SELECT m.source, m.format, m.session, m.ordinal,
    min(m.rid) AS first_rid, max(m.rid) AS last_rid,
    epoch_us(min(r.time)) AS first_time, epoch_us(max(r.time)) AS last_time,
    arg_min(r."user", m.rid) FILTER (r."user" IS NOT NULL) AS "user",
    count(DISTINCT r."user") AS users,
    arg_min(r."database", m.rid) FILTER (r."database" IS NOT NULL) AS "database",
    arg_min(coalesce(r.client_ip, r.client_host), m.rid) FILTER (coalesce(r.client_ip, r.client_host) IS NOT NULL) AS client,
    arg_max(r.application, m.rid) FILTER (r.application IS NOT NULL) AS application,
    count(*) AS events,
    count(r.statement_id) AS statements,
    count(*) FILTER (r.result = 'failure') AS failures,
    CAST(to_json(histogram(coalesce(r.class, 'other'))) AS VARCHAR) AS classes,
    coalesce(bool_or(r.action IN ${ARRIVAL}), false) AS arrived,
    bool_or(r.action = 'DISCONNECT') AS disconnected,
    bool_or(r.action = 'TERMINATE') AS terminated,
    bool_or(r.action = 'CONNECTION LOST') AS lost,
    bool_or(r.class = 'authentication' AND r.result = 'failure') AS refused
  FROM memory.main.session_record m JOIN ${schema}.record r ON r.rowid = m.rid
  GROUP BY m.source, m.format, m.session, m.ordinal`;

/**
 * Holes in what a session counts. A record that spans several of the server's lines (DETAIL, STATEMENT behind an ERROR
 * in a stderr log) uses up as many numbers: its last one stands in extra.
 */
export const lineHolesSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.line_hole AS
  WITH counted AS (
    SELECT m.source, m.format, m.session, m.ordinal, m.rid, m.session_seq AS seq,
      greatest(m.session_seq, coalesce(CASE WHEN r.extra LIKE '%"session_seq_last"%'
        THEN TRY_CAST(json_extract_string(r.extra, '$.session_seq_last') AS BIGINT) END, m.session_seq)) AS seq_last
    FROM memory.main.session_record m
    JOIN memory.main.analysis_source s ON s.source = m.source AND s.format = m.format AND s.continuity = 'session_seq'
    JOIN ${schema}.record r ON r.rowid = m.rid
    ${SUSPECT('jumps')}
    WHERE m.session_seq IS NOT NULL
  ), paired AS (
    SELECT *, lag(seq_last) OVER life AS before_seq, lag(rid) OVER life AS before_rid
    FROM counted
    WINDOW life AS (PARTITION BY source, format, session, ordinal ORDER BY seq, rid)
  )
  SELECT source, format, session, ordinal, coalesce(before_seq, 0) AS before_seq, seq AS after_seq, before_rid, rid AS after_rid
  FROM paired
  WHERE seq > coalesce(before_seq, 0) + 1`;

/** The same for pgAudit's statement ids, which count what was logged in a session. */
export const statementHolesSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.statement_hole AS
  WITH counted AS (
    SELECT m.source, m.format, m.session, m.ordinal, r.statement_seq AS seq, min(m.rid) AS rid
    FROM memory.main.session_record m JOIN ${schema}.record r ON r.rowid = m.rid
    ${SUSPECT('skips')}
    WHERE r.statement_seq IS NOT NULL AND r.product = 'postgresql'
    GROUP BY ALL
  ), paired AS (
    SELECT *, lag(seq) OVER life AS before_seq, lag(rid) OVER life AS before_rid
    FROM counted
    WINDOW life AS (PARTITION BY source, format, session, ordinal ORDER BY seq)
  )
  SELECT source, format, session, ordinal, coalesce(before_seq, 0) AS before_seq, seq AS after_seq, before_rid, rid AS after_rid
  FROM paired
  WHERE seq > coalesce(before_seq, 0) + 1`;

/**
 * server_audit numbers the statements of the whole server, recorded or not: jumps in the running maximum tell how many ran
 * unseen. A number that falls far back is a restart, after which counting begins anew: a row without a number before.
 */
export const queryJumpsSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.query_jump AS
  WITH counted AS (
    SELECT s.source, r.rowid AS rid, r.statement_seq AS seq, lag(r.statement_seq) OVER flow AS before_seq
    FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
    WHERE r.statement_seq > 0 AND s.continuity = 'query id'
    WINDOW flow AS (PARTITION BY s.source ORDER BY r.rowid)
  ), started AS (
    SELECT *, sum(CAST(before_seq IS NOT NULL AND seq < before_seq / 2 AND before_seq - seq > 100 AS INTEGER))
      OVER (PARTITION BY source ORDER BY rid ROWS UNBOUNDED PRECEDING) AS run
    FROM counted
  ), risen AS (
    SELECT *, max(seq) OVER life AS top, lag(rid) OVER (PARTITION BY source, run ORDER BY rid) AS before_rid
    FROM started
    WINDOW life AS (PARTITION BY source, run ORDER BY rid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  )
  SELECT source, CAST(run AS INTEGER) AS run, top AS before_seq, seq AS after_seq, seq - top - 1 AS missing, before_rid, rid AS after_rid
  FROM risen
  WHERE seq > top + 1 OR (run > 0 AND top IS NULL)`;
