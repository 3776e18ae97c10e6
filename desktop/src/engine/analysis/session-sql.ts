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

/** What is told of a session, over its records `r`. `arg_min(x, rowid)` is the first value that is there. */
const SUMMARY = `
    min(r.rowid) AS first_rid, max(r.rowid) AS last_rid,
    epoch_us(min(r.time)) AS first_time, epoch_us(max(r.time)) AS last_time,
    arg_min(r."user", r.rowid) FILTER (r."user" IS NOT NULL) AS "user",
    count(DISTINCT r."user") AS users,
    arg_min(r."database", r.rowid) FILTER (r."database" IS NOT NULL) AS "database",
    arg_min(coalesce(r.client_ip, r.client_host), r.rowid) FILTER (coalesce(r.client_ip, r.client_host) IS NOT NULL) AS client,
    arg_max(r.application, r.rowid) FILTER (r.application IS NOT NULL) AS application,
    count(*) AS events,
    count(r.statement_id) AS statements,
    count(*) FILTER (r.result = 'failure') AS failures,
    CAST(to_json(histogram(coalesce(r.class, 'other'))) AS VARCHAR) AS classes,
    coalesce(bool_or(r.action IN ${ARRIVAL}), false) AS arrived,
    bool_or(r.action = 'DISCONNECT') AS disconnected,
    bool_or(r.action = 'TERMINATE') AS terminated,
    bool_or(r.action = 'CONNECTION LOST') AS lost,
    bool_or(r.class = 'authentication' AND r.result = 'failure') AS refused`;

/** A number for each server id of a source's sessions: ten million records are divided by it in a third of the time. */
export const sessionIdSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.session_id AS
  SELECT CAST(dense_rank() OVER (ORDER BY s.source, r.format, r.session) AS INTEGER) AS id, s.source, r.exhibit, r.format, r.session
  FROM (SELECT DISTINCT exhibit, format, session FROM ${schema}.record WHERE session IS NOT NULL) r
  JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit`;

const IDENTIFIED = `memory.main.session_id i ON i.exhibit = r.exhibit AND i.format = r.format AND i.session = r.session`;

/**
 * Where the server of a source was down: from this record on, `nth` times by then.
 *
 * It is down where it says that it stopped, starts, or, where neither is on record, recovers or gets ready. After a crash
 * or the order to stop, sessions still write their last lines. Ids with a dot (`%c`) never return.
 */
export const serverDownSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.server_down AS
  WITH said AS (
    SELECT s.source, r.format, r.rowid AS rid, CAST(r.action AS VARCHAR) AS action,
      lag(CAST(r.action AS VARCHAR)) OVER (PARTITION BY s.source, r.format ORDER BY r.rowid) AS before
    FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
    WHERE r.action IN ('SERVER STOP', 'SERVER START', 'SERVER RECOVERY', 'SERVER REINITIALIZE', 'SERVER READY')
      AND NOT coalesce(contains(CAST(r.session AS VARCHAR), '.'), false)
  )
  SELECT source, format, rid, max(nth) AS nth FROM (
    SELECT source, format, rid, row_number() OVER (PARTITION BY source, format ORDER BY rid) AS nth FROM (
      SELECT source, format, CASE WHEN action = 'SERVER STOP' THEN rid + 1 ELSE rid END AS rid
      FROM said
      WHERE action IN ('SERVER STOP', 'SERVER START') OR coalesce(before, 'SERVER READY') = 'SERVER READY'))
  GROUP BY source, format, rid`;

/** One row a server id, as if one session had it; and whether the client comes in anywhere but at its first records. */
export const wholeSessionSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.whole_session AS
  SELECT i.id, any_value(i.source) AS source, any_value(i.format) AS format, any_value(i.session) AS session, ${SUMMARY},
    coalesce(max(CASE WHEN r.action IN ${ARRIVAL} THEN r.rowid END)
      > min(CASE WHEN coalesce(r.action NOT IN ${ARRIVAL}, true) THEN r.rowid END), false) AS arrives_again
  FROM ${schema}.record r JOIN ${IDENTIFIED}
  GROUP BY i.id`;

/**
 * The ids whose records must be looked at one by one: several sessions may have had them, or a counter does not simply go
 * on. All others are one session each, in which nothing can be missing.
 */
export const suspectSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.suspect AS
  SELECT id FROM memory.main.whole_session WHERE arrives_again
  UNION
  SELECT w.id FROM memory.main.whole_session w ASOF JOIN memory.main.server_down d
    ON d.source = w.source AND d.format = w.format AND d.rid <= w.last_rid
  WHERE d.rid > w.first_rid
  UNION
  SELECT id FROM (
    SELECT id, line, line - coalesce(lag(line) OVER life, 0) AS lines,
      audited - coalesce(lag(audited IGNORE NULLS) OVER life, 0) AS audits
    FROM (
      SELECT i.id, r.rowid AS rid, CASE WHEN s.continuity = 'session_seq' THEN r.session_seq END AS line,
        CASE WHEN r.product = 'postgresql' THEN r.statement_seq END AS audited
      FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit JOIN ${IDENTIFIED})
    WHERE line IS NOT NULL OR audited IS NOT NULL
    WINDOW life AS (PARTITION BY id ORDER BY rid))
  WHERE lines <> 1 OR audits NOT IN (0, 1)`;

/**
 * Every record of the suspect ids with the number of its session among those that carry the same id: process ids and
 * connection ids return, so a new arrival starts a new one, and so does the first record of an id after the server was
 * down, unless its own line numbers go on: then it is a process that lived through it. Ordinal 0 began before its record does.
 */
export const sessionRecordSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.session_record AS
  WITH line AS (
    SELECT r.rowid AS rid, i.id, i.source, r.format, r.session, r.session_seq, r.statement_seq,
      coalesce(r.action IN ${ARRIVAL}, false) AS arrives
    FROM ${schema}.record r JOIN ${IDENTIFIED} SEMI JOIN memory.main.suspect k ON k.id = i.id
  ), placed AS (
    SELECT line.*, coalesce(d.nth, 0) AS downs
    FROM line ASOF LEFT JOIN memory.main.server_down d
      ON d.source = line.source AND d.format = line.format AND d.rid <= line.rid
  ), marked AS (
    SELECT *, (arrives AND NOT coalesce(lag(arrives) OVER life, false))
      OR (downs > lag(downs) OVER life AND NOT coalesce(session_seq > lag(session_seq) OVER life, false)) IS TRUE AS starts,
      lag(session_seq) OVER life AS line_before, lag(statement_seq IGNORE NULLS) OVER life AS statement_before
    FROM placed
    WINDOW life AS (PARTITION BY id ORDER BY rid)
  )
  SELECT rid, id, source, format, session, session_seq,
    CAST(sum(CAST(starts AS INTEGER)) OVER (
      PARTITION BY id ORDER BY rid ROWS UNBOUNDED PRECEDING) AS INTEGER) AS ordinal,
    coalesce(session_seq <> coalesce(CASE WHEN NOT starts THEN line_before END, 0) + 1, false) AS jumps,
    coalesce(statement_seq - coalesce(CASE WHEN NOT starts THEN statement_before END, 0) NOT IN (0, 1), false) AS skips
  FROM marked`;

/** One row a session. */
export const sessionSql = (schema: string): string => `
  CREATE OR REPLACE TABLE memory.main.session AS
  SELECT CAST(arrived AS INTEGER) AS ordinal, * EXCLUDE (id, arrives_again)
  FROM memory.main.whole_session ANTI JOIN memory.main.suspect USING (id)
  UNION ALL BY NAME
  SELECT m.ordinal, any_value(m.source) AS source, any_value(m.format) AS format, any_value(m.session) AS session, ${SUMMARY}
  FROM memory.main.session_record m JOIN ${schema}.record r ON r.rowid = m.rid
  GROUP BY m.id, m.ordinal`;

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
