import type { EventRow } from '../events.ts';
import type { Clause, Filter } from '../filter.ts';
import { APPLICATIONS, CLIENTS, KIND_OF, KINDS, USERS } from './kinds.ts';
import { hash32 } from './random.ts';

const MINUTE = 60_000_000;
const BUCKET = 10 * MINUTE;
/** 2026-03-02T05:00:00Z in µs. */
export const FIRST_TIME = Date.UTC(2026, 2, 2, 5) * 1000;
export const BUCKETS = 6 * 72;
export const LAST_TIME = FIRST_TIME + BUCKETS * BUCKET;
/** Ten-minute buckets of the stretch in which auditing was off: nothing was recorded. */
export const SILENT = { from: 287, to: 296 } as const;
export const EXHIBITS = ['E001', 'E002', 'E003'] as const;
const SOURCES = ['pg-prod-1', 'pg-prod-1', 'maria-crm'] as const;
const FORMATS = ['postgresql-csvlog', 'postgresql-stderr', 'mariadb-server-audit'] as const;
const SESSION_WINDOW = 512;
const SESSIONS_IN_WINDOW = 4;

/** Cumulative share of events at the start of each bucket: office hours, a nightly load, one silent stretch. */
const CUMULATIVE: Float64Array = (() => {
  const sums = new Float64Array(BUCKETS + 1);
  for (let b = 0; b < BUCKETS; b++) {
    const hour = (5 + b / 6) % 24;
    const office = Math.exp(-(((hour - 10.5) / 2.4) ** 2)) + 0.9 * Math.exp(-(((hour - 15) / 2.2) ** 2));
    const load = hour >= 1 && hour < 1.7 ? 1.4 : 0;
    const noise = 0.85 + (hash32(b + 7) % 300) / 1000;
    const weight = b >= SILENT.from && b < SILENT.to ? 0 : (0.06 + office + load) * noise;
    sums[b + 1] = (sums[b] ?? 0) + weight;
  }
  const total = sums[BUCKETS] ?? 1;
  return sums.map((sum) => sum / total);
})();

/** Any number of rows by formula: row `i` is the same whenever it is asked for, and none is stored. */
export class FakeRows {
  readonly count: number;
  readonly #found = new Map<string, Uint32Array>();

  constructor(count: number) {
    this.count = count;
  }

  /** µs UTC; never falls as `i` rises. */
  timeAt(i: number): number {
    const share = i / this.count;
    let low = 0;
    let high = BUCKETS;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((CUMULATIVE[middle] ?? 1) <= share) low = middle;
      else high = middle;
    }
    const start = CUMULATIVE[low] ?? 0;
    const width = (CUMULATIVE[low + 1] ?? 1) - start;
    return Math.floor(FIRST_TIME + (low + (share - start) / width) * BUCKET);
  }

  /** First row at or after `time`. */
  rowFrom(time: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.timeAt(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get sessions(): number {
    return Math.ceil(this.count / SESSION_WINDOW) * SESSIONS_IN_WINDOW;
  }

  sessionOf(i: number): number {
    return Math.floor(i / SESSION_WINDOW) * SESSIONS_IN_WINDOW + (hash32(i + 1) & (SESSIONS_IN_WINDOW - 1));
  }

  /** Rows of a session, in order. */
  rowsOf(session: number): number[] {
    const start = Math.floor(session / SESSIONS_IN_WINDOW) * SESSION_WINDOW;
    const rows: number[] = [];
    for (let i = start; i < Math.min(start + SESSION_WINDOW, this.count); i++)
      if (this.sessionOf(i) === session) rows.push(i);
    return rows;
  }

  kindAt(i: number) {
    return KINDS[KIND_OF[hash32(i * 3 + 11) & 255] ?? 0] ?? KINDS[0];
  }

  sourceOf(session: number): string {
    return SOURCES[session % 3] ?? SOURCES[0];
  }

  userOf(session: number): number {
    return hash32(session + 991) % USERS.length;
  }

  idOf(i: number): string {
    return `${EXHIBITS[this.sessionOf(i) % 3]}:${i + 1}`;
  }

  /** The row that an event id names, or -1. */
  rowOf(event: string): number {
    const i = Number(event.split(':')[1]) - 1;
    return i >= 0 && i < this.count && this.idOf(i) === event ? i : -1;
  }

  field(i: number, name: string): string | readonly string[] | undefined {
    const kind = this.kindAt(i);
    const session = this.sessionOf(i);
    const user = this.userOf(session);
    switch (name) {
      case 'event_id':
        return this.idOf(i);
      case 'time':
        return microsecondIso(this.timeAt(i));
      case 'time_raw':
        return `${microsecondIso(this.timeAt(i)).slice(0, -4).replace('T', ' ')} UTC`;
      case 'time_basis':
        return 'in record';
      case 'exhibit':
        return EXHIBITS[session % 3];
      case 'byte_offset':
        return String(i * 214 + 96);
      case 'byte_length':
        return '214';
      case 'line':
        return String(i + 2);
      case 'product':
        return session % 3 === 2 ? 'mariadb' : 'postgresql';
      case 'format':
        return FORMATS[session % 3];
      case 'server':
        return this.sourceOf(session);
      case 'session':
        return `${(0x65e2a000 + session).toString(16)}.${(4000 + (session % 20000)).toString(16)}`;
      case 'session_seq':
        return String((i % SESSION_WINDOW) + 1);
      case 'user':
        return USERS[user];
      case 'client_ip':
        return CLIENTS[user] === '[local]' ? undefined : CLIENTS[user];
      case 'client_host':
        return CLIENTS[user] === '[local]' ? '[local]' : undefined;
      case 'application':
        return APPLICATIONS[user];
      case 'database':
        return session % 3 === 2 ? 'crm' : 'shop';
      case 'action':
        return kind?.action;
      case 'class':
        return kind?.class;
      case 'object_type':
        return kind?.objectType;
      case 'object':
        return kind?.object;
      case 'statement':
        return kind?.statement;
      case 'message':
        return kind?.message === 'password authentication failed'
          ? `password authentication failed for user "${USERS[user]}"`
          : kind?.message;
      case 'flags':
        return kind?.flags;
      case 'result':
        return kind?.result;
      case 'error_code':
        return kind?.errorCode;
      case 'severity':
        return kind?.severity;
      case 'rows':
        return kind?.returnsRows ? String(hash32(i + 5) % (kind.flags ? 5001 : 21)) : undefined;
      case 'duration_ms':
        return kind?.statement === undefined ? undefined : ((hash32(i + 9) % 90_000) / 1000).toFixed(3);
      default:
        return undefined;
    }
  }

  row(i: number, fields: readonly string[]): EventRow {
    const row: Record<string, string | readonly string[]> = {};
    for (const name of fields) {
      const value = this.field(i, name);
      if (value !== undefined) row[name] = value;
    }
    return row;
  }

  /** Positions of the rows that a filter leaves, or undefined when it leaves all. */
  async find(filter: Filter, signal?: AbortSignal): Promise<Uint32Array | undefined> {
    const { from, to, clauses } = filter;
    const text = filter.text?.toLowerCase() ?? '';
    if (from === undefined && to === undefined && clauses.length === 0 && text === '') return undefined;
    const key = JSON.stringify([from, to, text, clauses]);
    const known = this.#found.get(key);
    if (known) return known;
    const first = from === undefined ? 0 : this.rowFrom(from);
    const last = to === undefined ? this.count : this.rowFrom(to);
    const rows = new Uint32Array(Math.max(0, last - first));
    let found = 0;
    for (let i = first; i < last; i++) {
      if (i % 50_000 === 49_999) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal?.throwIfAborted();
      }
      if (clauses.every((clause) => this.#meets(i, clause)) && (text === '' || this.#mentions(i, text)))
        rows[found++] = i;
    }
    const result = rows.slice(0, found);
    this.#found.set(key, result);
    return result;
  }

  #mentions(i: number, text: string): boolean {
    return ['statement', 'message', 'object'].some((name) =>
      String(this.field(i, name) ?? '')
        .toLowerCase()
        .includes(text),
    );
  }

  #meets(i: number, clause: Clause): boolean {
    const value = this.field(i, clause.field);
    const have =
      value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [value as string];
    const met =
      clause.operator === 'exists'
        ? have.length > 0
        : have.some((one) => clause.values.some((want) => compare(one, clause.operator, want)));
    return met !== clause.negated;
  }
}

function compare(have: string, operator: Clause['operator'], want: string): boolean {
  switch (operator) {
    case 'contains':
      return have.toLowerCase().includes(want.toLowerCase());
    case 'starts':
      return have.toLowerCase().startsWith(want.toLowerCase());
    case 'at_least':
      return Number(have) >= Number(want);
    case 'at_most':
      return Number(have) <= Number(want);
    case 'matches':
      return new RegExp(want, 'i').test(have);
    default:
      return have === want;
  }
}

/** µs since the epoch as ISO 8601 with six decimals and Z. */
export function microsecondIso(us: number): string {
  const ms = Math.floor(us / 1000);
  return `${new Date(ms).toISOString().slice(0, -1)}${String(us - ms * 1000).padStart(3, '0')}Z`;
}
