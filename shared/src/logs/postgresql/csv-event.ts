import type { AuditEvent } from '../../events/audit-event.ts';
import { newEvent } from '../new-event.ts';
import { detached, TextCache } from '../text-cache.ts';
import { digits } from '../time/log-clock.ts';
import { COLUMN, COLUMN_COUNTS } from './csv-columns.ts';
import { CsvScan, csvValue } from './csv-scan.ts';
import { type Peer, peerWithColon } from './peer.ts';
import type { PostgresFile } from './postgres-file.ts';
import { type Extra, emptyMessage } from './postgres-message.ts';

/** Columns 2 to 6: who is connected from where. The same text in every record of a session. */
interface Identity {
  /** The columns as written. */
  readonly text: string;
  readonly user: string | undefined;
  readonly database: string | undefined;
  readonly pid: number;
  readonly session: string;
  readonly peer: Peer;
}

/** Makes events of csvlog records. One for each file; what repeats from record to record is kept and reused. */
export class CsvEvents {
  readonly #file: PostgresFile;
  readonly #identities = new Map<string, Identity>();
  #identity: Identity = { text: '\0', user: undefined, database: undefined, pid: 0, session: '', peer: {} };
  readonly #names = new TextCache();
  readonly #sessionStarts = new TextCache();
  readonly #severities = new TextCache();
  readonly #tags = new TextCache();
  readonly #applications = new TextCache();
  readonly #backends = new TextCache();
  readonly #parts = emptyMessage();
  readonly #scan = new CsvScan();

  constructor(file: PostgresFile) {
    this.#file = file;
  }

  /** The event of a line in a file of another form, or undefined where it is no csvlog record of one line. */
  eventOfLine(
    bytes: Uint8Array,
    from: number,
    to: number,
    line: number,
    byte: number,
  ): AuditEvent | undefined {
    const digit = bytes[from] ?? 0;
    if (digit < 48 || digit > 57) return undefined;
    const scan = this.#scan;
    scan.reset();
    if (scan.advance(bytes, from, to) === -1) return undefined;
    const s = this.#file.decoder.decode(bytes, from, to);
    scan.rescan(s);
    return this.event(s, scan, line, byte);
  }

  /**
   * The event of the record `s`, which was decoded last and whose columns `scan` found, or undefined where the columns
   * do not hold what csvlog holds there.
   */
  event(s: string, scan: CsvScan, line: number, byte: number): AuditEvent | undefined {
    const { ends } = scan;
    if (!COLUMN_COUNTS.includes(scan.columns)) return undefined;
    if (endOf(ends, COLUMN.sqlstate) - startOf(ends, COLUMN.sqlstate) !== 5) return undefined;
    const identity = this.#identityOf(s, ends);
    if (identity === undefined) return undefined;
    const { clock } = this.#file;
    const sessionStart = this.#sessionStarts.get(
      s,
      startOf(ends, COLUMN.sessionStart),
      endOf(ends, COLUMN.sessionStart),
    );
    if (!this.#file.readStamp(s, 0, endOf(ends, COLUMN.logTime), identity.session, sessionStart))
      return undefined;
    const stamp = s.slice(0, endOf(ends, COLUMN.logTime));
    const extra = this.#extras(s, scan, identity.pid, sessionStart);
    const event = newEvent('postgresql');
    event.time_raw = stamp;
    event.time_basis = clock.basis;
    event.session = identity.session;
    if (clock.time !== undefined) event.time = clock.time;
    clock.noteDoubt(stamp, line, byte);
    if (clock.time === undefined || clock.doubt !== undefined) clock.markDoubt(extra);
    const sequence = Number(s.slice(startOf(ends, COLUMN.sessionLine), endOf(ends, COLUMN.sessionLine)));
    if (sequence > 0) event.session_seq = sequence;
    if (identity.user !== undefined) event.user = identity.user;
    if (identity.database !== undefined) event.database = identity.database;
    const { peer } = identity;
    if (peer.client_ip !== undefined) event.client_ip = peer.client_ip;
    if (peer.client_port !== undefined) event.client_port = peer.client_port;
    if (peer.client_host !== undefined) event.client_host = peer.client_host;
    const transaction = startOf(ends, COLUMN.virtualTransaction);
    if (transaction !== endOf(ends, COLUMN.virtualTransaction)) {
      event.transaction = s.slice(transaction, endOf(ends, COLUMN.virtualTransaction));
    }
    const applicationEnd = lastEnd(s, scan, COLUMN.application);
    const application = cached(this.#applications, s, startOf(ends, COLUMN.application), applicationEnd);
    if (application !== '') event.application = application;
    this.#complete(event, extra, s, ends, line, byte);
    const { decoder, observations } = this.#file;
    if (decoder.encoding !== undefined) {
      extra.encoding = decoder.encoding;
      observations.note('log/encoding', line, byte, decoder.encoding, { encoding: decoder.encoding });
    }
    event.extra = extra;
    return event;
  }

  #complete(event: AuditEvent, extra: Extra, s: string, ends: Int32Array, line: number, byte: number): void {
    const parts = this.#parts;
    const state = startOf(ends, COLUMN.sqlstate);
    parts.severity = this.#severities.get(s, startOf(ends, COLUMN.severity), endOf(ends, COLUMN.severity));
    parts.sqlstate = s.startsWith('00000', state) ? '' : s.slice(state, state + 5);
    parts.message = textOf(s, ends, COLUMN.message);
    parts.detail = textOf(s, ends, COLUMN.detail);
    parts.hint = textOf(s, ends, COLUMN.hint);
    parts.internalQuery = textOf(s, ends, COLUMN.internalQuery);
    parts.context = textOf(s, ends, COLUMN.context);
    parts.statement = textOf(s, ends, COLUMN.query);
    this.#file.events.complete(event, extra, parts, line, byte);
  }

  /** The columns without a field of their own. */
  #extras(s: string, scan: CsvScan, pid: number, start: string): Extra {
    const { ends, columns } = scan;
    const tag = cached(this.#tags, s, startOf(ends, COLUMN.commandTag), endOf(ends, COLUMN.commandTag));
    let backend = '';
    let leader = '';
    let query = '';
    if (columns > COLUMN.backendType) {
      const to = lastEnd(s, scan, COLUMN.backendType);
      backend = cached(this.#backends, s, startOf(ends, COLUMN.backendType), to);
    }
    if (columns > COLUMN.queryId) {
      leader = textOf(s, ends, COLUMN.leaderPid);
      query = s.slice(startOf(ends, COLUMN.queryId), lastEnd(s, scan, COLUMN.queryId));
    }
    const extra: Extra = { pid, session_start: start };
    if (tag !== '') extra.ps = tag;
    if (backend !== '') extra.backend_type = backend;
    if (query !== '' && query !== '0') extra.query_id = query;
    if (leader !== '' && leader !== '0') extra.leader_pid = Number(leader);
    const from = startOf(ends, COLUMN.transaction);
    const to = endOf(ends, COLUMN.transaction);
    if (to > from && !(to === from + 1 && s.charCodeAt(from) === ZERO)) extra.txid = s.slice(from, to);
    const internal = textOf(s, ends, COLUMN.internalPosition);
    if (internal !== '') extra.internal_position = internal;
    const cursor = textOf(s, ends, COLUMN.queryPosition);
    if (cursor !== '') extra.cursor_position = cursor;
    const location = textOf(s, ends, COLUMN.location);
    if (location !== '') extra.location = location;
    return extra;
  }

  #identityOf(s: string, ends: Int32Array): Identity | undefined {
    const from = startOf(ends, COLUMN.user);
    const to = endOf(ends, COLUMN.sessionId);
    const last = this.#identity;
    if (to - from === last.text.length && s.startsWith(last.text, from)) return last;
    const text = s.slice(from, to);
    let identity = this.#identities.get(text);
    if (identity === undefined) {
      identity = this.#readIdentity(text, s, ends);
      if (identity === undefined) return undefined;
      if (this.#identities.size >= 4096) this.#identities.clear();
      this.#identities.set(identity.text, identity);
    }
    this.#identity = identity;
    return identity;
  }

  #readIdentity(text: string, s: string, ends: Int32Array): Identity | undefined {
    const pid = digits(s, startOf(ends, COLUMN.pid), endOf(ends, COLUMN.pid) - startOf(ends, COLUMN.pid));
    const sessionFrom = startOf(ends, COLUMN.sessionId);
    const sessionTo = endOf(ends, COLUMN.sessionId);
    // A session id is two hexadecimal numbers; names have 63 bytes, so megabytes here are no identity.
    if (
      !(pid > 0) ||
      sessionTo - sessionFrom > 32 ||
      sessionTo - startOf(ends, COLUMN.user) > LONGEST_IDENTITY
    ) {
      return undefined;
    }
    const session = detached(s.slice(sessionFrom, sessionTo));
    if (!SESSION_ID.test(session)) return undefined;
    const user = textOf(s, ends, COLUMN.user);
    const database = textOf(s, ends, COLUMN.database);
    return {
      text: detached(text),
      user: user === '' ? undefined : this.#names.get(user, 0, user.length),
      database: database === '' ? undefined : this.#names.get(database, 0, database.length),
      pid,
      session,
      peer: peerWithColon(detached(textOf(s, ends, COLUMN.connectionFrom))),
    };
  }
}

const LONGEST_IDENTITY = 4096;
const SESSION_ID = /^[0-9a-f]{1,16}\.[0-9a-f]{1,8}$/;

function startOf(ends: Int32Array, column: number): number {
  return (ends[column - 1] as number) + 1;
}

function endOf(ends: Int32Array, column: number): number {
  return ends[column] as number;
}

function textOf(s: string, ends: Int32Array, column: number): string {
  const from = startOf(ends, column);
  const to = endOf(ends, column);
  return from === to ? '' : csvValue(s, from, to);
}

/** End of a column that may be the last: a carriage return there is a converted line end, no value. */
function lastEnd(s: string, { ends, columns }: CsvScan, column: number): number {
  const end = endOf(ends, column);
  return column === columns - 1 && s.charCodeAt(end - 1) === CR ? end - 1 : end;
}

/** A name in quotes, from a cache of its column: neighbours nearly always share it. */
function cached(names: TextCache, s: string, from: number, to: number): string {
  if (to - from < 3) return '';
  if (s.charCodeAt(from) !== QUOTE) return names.get(s, from, to);
  const name = names.get(s, from + 1, to - 1);
  return name.includes('""') ? name.replaceAll('""', '"') : name;
}

const CR = 13;
const QUOTE = 34;
const ZERO = 48;
