import type { AuditEvent } from '../../events/audit-event.ts';
import { type Peer, peerWithColon } from '../postgresql/peer.ts';
import type { PostgresFile } from '../postgresql/postgres-file.ts';
import { type Extra, emptyMessage } from '../postgresql/postgres-message.ts';
import { detached, TextCache } from '../text-cache.ts';
import { COLUMN, COLUMN_COUNTS } from './csv-columns.ts';
import { type CsvScan, csvValue } from './csv-scan.ts';

/** Columns 2 to 6: who is connected from where. The same text in every record of a session. */
interface Identity extends Peer {
  readonly user?: string;
  readonly database?: string;
  readonly pid: number;
  readonly session: string;
}

/** Makes events of csvlog records. One for each file; what repeats from record to record is kept and reused. */
export class CsvEvents {
  readonly #file: PostgresFile;
  readonly #identities = new Map<string, Identity | undefined>();
  readonly #names = new TextCache();
  readonly #parts = emptyMessage();

  constructor(file: PostgresFile) {
    this.#file = file;
  }

  /**
   * The event of the record `s`, whose columns `scan` found, or undefined where the columns do not hold what csvlog
   * holds there.
   */
  event(s: string, scan: CsvScan, line: number, byte: number): AuditEvent | undefined {
    const { ends, columns } = scan;
    if (!COLUMN_COUNTS.includes(columns)) return undefined;
    const end = (column: number): number => ends[column] as number;
    const start = (column: number): number => (ends[column - 1] as number) + 1;
    const raw = (column: number): string => s.slice(start(column), end(column));
    const value = (column: number): string => {
      const from = (ends[column - 1] as number) + 1;
      const to = ends[column] as number;
      return from === to ? '' : csvValue(s, from, to);
    };
    if (end(COLUMN.sqlstate) - start(COLUMN.sqlstate) !== 5) return undefined;
    const identity = this.#identity(s, start(COLUMN.user), end(COLUMN.sessionId));
    if (identity === undefined) return undefined;
    const { clock } = this.#file;
    const sessionStart = raw(COLUMN.sessionStart);
    if (!this.#file.readStamp(s, 0, end(COLUMN.logTime), identity.session, sessionStart)) return undefined;
    const stamp = s.slice(0, end(COLUMN.logTime));
    const extra: Extra = { pid: identity.pid, session_start: sessionStart };
    const event: AuditEvent = {
      time_raw: stamp,
      time_basis: clock.basis,
      product: 'postgresql',
      session: identity.session,
    };
    if (clock.time !== undefined) event.time = clock.time;
    clock.noteDoubt(stamp, line, byte);
    if (clock.time === undefined || clock.doubt !== undefined) clock.markDoubt(extra);
    const sequence = Number(raw(COLUMN.sessionLine));
    if (sequence > 0) event.session_seq = sequence;
    if (identity.user !== undefined) event.user = identity.user;
    if (identity.database !== undefined) event.database = identity.database;
    if (identity.client_ip !== undefined) event.client_ip = identity.client_ip;
    if (identity.client_port !== undefined) event.client_port = identity.client_port;
    if (identity.client_host !== undefined) event.client_host = identity.client_host;
    if (start(COLUMN.virtualTransaction) !== end(COLUMN.virtualTransaction))
      event.transaction = raw(COLUMN.virtualTransaction);
    const application = this.#name(s, start(COLUMN.application), this.#lastEnd(s, scan, COLUMN.application));
    if (application !== '') event.application = application;
    this.#extras(extra, s, scan);
    this.#complete(event, extra, s, value, scan, line, byte);
    event.extra = extra;
    return event;
  }

  #complete(
    event: AuditEvent,
    extra: Extra,
    s: string,
    value: (column: number) => string,
    { ends }: CsvScan,
    line: number,
    byte: number,
  ): void {
    const parts = this.#parts;
    parts.severity = this.#names.get(
      s,
      (ends[COLUMN.severity - 1] as number) + 1,
      ends[COLUMN.severity] as number,
    );
    const state = (ends[COLUMN.sqlstate - 1] as number) + 1;
    parts.sqlstate = s.startsWith('00000', state) ? '' : s.slice(state, state + 5);
    parts.message = value(COLUMN.message);
    parts.detail = value(COLUMN.detail);
    parts.hint = value(COLUMN.hint);
    parts.internalQuery = value(COLUMN.internalQuery);
    parts.context = value(COLUMN.context);
    parts.statement = value(COLUMN.query);
    this.#file.events.complete(event, extra, parts, line, byte);
  }

  #extras(extra: Extra, s: string, scan: CsvScan): void {
    const { ends, columns } = scan;
    const tag = this.#name(s, (ends[COLUMN.commandTag - 1] as number) + 1, ends[COLUMN.commandTag] as number);
    if (tag !== '') extra.ps = tag;
    const transaction = s.slice((ends[COLUMN.transaction - 1] as number) + 1, ends[COLUMN.transaction]);
    if (transaction !== '0' && transaction !== '') extra.txid = transaction;
    for (const [column, name] of POSITIONS) {
      const from = (ends[column - 1] as number) + 1;
      if (from !== ends[column]) extra[name] = csvValue(s, from, ends[column] as number);
    }
    if (columns <= COLUMN.backendType) return;
    const backend = this.#name(
      s,
      (ends[COLUMN.backendType - 1] as number) + 1,
      this.#lastEnd(s, scan, COLUMN.backendType),
    );
    if (backend !== '') extra.backend_type = backend;
    if (columns <= COLUMN.queryId) return;
    const leader = s.slice((ends[COLUMN.leaderPid - 1] as number) + 1, ends[COLUMN.leaderPid]);
    if (leader !== '' && leader !== '0') extra.leader_pid = Number(leader);
    const query = s.slice((ends[COLUMN.queryId - 1] as number) + 1, this.#lastEnd(s, scan, COLUMN.queryId));
    if (query !== '0' && query !== '') extra.query_id = query;
  }

  /** End of a column that may be the last: a carriage return there is a converted line end, no value. */
  #lastEnd(s: string, { ends, columns }: CsvScan, column: number): number {
    const end = ends[column] as number;
    return column === columns - 1 && s.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  #name(s: string, from: number, to: number): string {
    if (s.charCodeAt(from) !== 34) return this.#names.get(s, from, to);
    const name = this.#names.get(s, from + 1, to - 1);
    return name.includes('""') ? name.replaceAll('""', '"') : name;
  }

  #identity(s: string, from: number, to: number): Identity | undefined {
    const text = s.slice(from, to);
    const known = this.#identities.get(text);
    if (known !== undefined) return known;
    const identity = readIdentity(text);
    if (identity === undefined) return undefined;
    if (this.#identities.size >= 4096) this.#identities.clear();
    this.#identities.set(detached(text), identity);
    return identity;
  }
}

const POSITIONS: readonly (readonly [number, string])[] = [
  [COLUMN.internalPosition, 'internal_position'],
  [COLUMN.queryPosition, 'cursor_position'],
  [COLUMN.location, 'location'],
];

const IDENTITY =
  /^(|"(?:[^"]|"")*"),(|"(?:[^"]|"")*"),(\d{1,10}),(|"(?:[^"]|"")*"),([0-9a-f]{1,16}\.[0-9a-f]{1,8})$/;

function readIdentity(text: string): Identity | undefined {
  const match = IDENTITY.exec(text);
  if (match === null) return undefined;
  const [, user = '', database = '', pid = '', from = '', session = ''] = match;
  const name = (quoted: string): string => detached(csvValue(quoted, 0, quoted.length));
  const peer = peerWithColon(name(from));
  return {
    ...(user.length < 3 ? {} : { user: name(user) }),
    ...(database.length < 3 ? {} : { database: name(database) }),
    pid: Number(pid),
    session: detached(session),
    ...peer,
  };
}
