import type { AuditEvent } from '../../events/audit-event.ts';
import { newEvent } from '../new-event.ts';
import { knownName, peerOf, peerWithParentheses } from '../postgresql/peer.ts';
import type { PostgresFile } from '../postgresql/postgres-file.ts';
import { type Extra, emptyMessage, type PostgresMessage } from '../postgresql/postgres-message.ts';
import { type MessagePart, messagePart } from '../postgresql/severity.ts';
import type { PrefixMatch } from './line-prefix.ts';

/** One stderr record while its lines come in: a primary message, then its DETAIL, HINT, CONTEXT, … */
export class OpenRecord {
  readonly event: AuditEvent = newEvent('postgresql');
  readonly extra: Extra = {};
  readonly #parts: PostgresMessage = emptyMessage();
  /** Lines of the part that is being read. */
  #lines: string[] = [];
  #part: MessagePart | 'message' = 'message';
  readonly #file: PostgresFile;
  readonly #line: number;
  readonly #byte: number;

  constructor(file: PostgresFile, match: PrefixMatch, s: string, line: number, byte: number) {
    this.#file = file;
    this.#line = line;
    this.#byte = byte;
    const orphan = messagePart(match.keyword);
    if (orphan === undefined) this.#parts.severity = match.keyword;
    else {
      // The file starts inside a message, or its first line was removed: what is left still says something.
      this.#part = orphan;
      this.extra.orphan = true;
    }
    this.#parts.sqlstate = match.values.get('e') ?? '';
    this.#lines.push(s.slice(match.message));
    this.#identity(match.values);
    if (match.ambiguous) {
      this.extra.prefix_ambiguous = true;
      file.observations.note('stderr/prefix-ambiguous', line, byte);
    }
  }

  /** The process that wrote it, as far as the prefix tells. */
  get process(): string | undefined {
    return this.event.session ?? this.extra.pid?.toString();
  }

  /** A continuation line, its TAB taken off. */
  add(text: string): void {
    this.#lines.push(text);
  }

  /** A line that opens another part of the same message; it has a line number of its own. */
  open(part: MessagePart, match: PrefixMatch, s: string): void {
    this.#closePart();
    this.#part = part;
    this.#lines.push(s.slice(match.message));
    const sequence = match.values.get('l');
    if (sequence !== undefined) this.extra.session_seq_last = Number(sequence);
  }

  /** The event, once the record's last line is in. */
  finish(): AuditEvent {
    this.#closePart();
    const { event, extra } = this;
    const parts = this.#parts;
    if (parts.sqlstate === '' && VERBOSE.test(parts.message)) {
      parts.sqlstate = parts.message.slice(0, 5);
      parts.message = parts.message.slice(7);
    }
    const cursor =
      parts.statement !== '' || parts.internalQuery !== ''
        ? AT_CHARACTER.exec(parts.message.slice(-40))
        : null;
    if (cursor !== null) {
      // csvlog and jsonlog have a column for it; here the server appends it to the text.
      extra[parts.internalQuery === '' ? 'cursor_position' : 'internal_position'] = cursor[1] ?? '';
      parts.message = parts.message.slice(0, -cursor[0].length);
    }
    this.#file.events.complete(event, extra, parts, this.#line, this.#byte);
    event.extra = extra;
    return event;
  }

  #closePart(): void {
    const text = this.#lines.length === 1 ? (this.#lines[0] ?? '') : this.#lines.join('\n');
    this.#lines = [];
    if (this.#part === 'location') this.extra.location = text;
    else this.#parts[this.#part === 'query' ? 'internalQuery' : this.#part] = text;
  }

  #identity(values: ReadonlyMap<string, string>): void {
    const { event, extra } = this;
    const get = (letter: string): string | undefined => values.get(letter);
    const name = (letter: string): string | undefined => knownName(get(letter));
    this.#time(values);
    const pid = get('p');
    const session = get('c') ?? pid;
    if (session !== undefined) event.session = session;
    if (pid !== undefined) extra.pid = Number(pid);
    const sequence = get('l');
    if (sequence !== undefined) event.session_seq = Number(sequence);
    const user = name('u');
    if (user !== undefined) event.user = user;
    const remote = get('r');
    const host = get('h');
    if (remote !== undefined) Object.assign(event, peerWithParentheses(remote));
    else if (host !== undefined) Object.assign(event, peerOf(host, ''));
    const application = name('a');
    if (application !== undefined) event.application = application;
    const database = name('d');
    if (database !== undefined) event.database = database;
    const virtual = get('v');
    if (virtual !== undefined) event.transaction = virtual;
    for (const [letter, key] of EXTRAS) {
      const value = get(letter);
      if (value !== undefined && value !== '0') extra[key] = key === 'leader_pid' ? Number(value) : value;
    }
  }

  #time(values: ReadonlyMap<string, string>): void {
    const { event, extra } = this;
    const { clock } = this.#file;
    const stamp = values.get('m') ?? values.get('t');
    const epoch = values.get('n');
    if (stamp !== undefined) {
      if (!this.#file.readStamp(stamp, 0, stamp.length, values.get('c') ?? '', values.get('s') ?? '')) return;
      event.time_raw = stamp;
      event.time_basis = clock.basis;
      if (clock.time !== undefined) event.time = clock.time;
      if (epoch === undefined || clock.basis === 'in record') {
        clock.noteDoubt(stamp, this.#line, this.#byte);
        clock.markDoubt(extra);
        return;
      }
    }
    if (epoch === undefined) return;
    // %n counts from 1970 in UTC: it needs no zone, and proves the one that stands beside it.
    event.time_raw = stamp ?? epoch;
    event.time_basis = 'in record';
    event.time = Math.round(Number(epoch) * 1000) * 1000;
  }
}

const EXTRAS: readonly (readonly [string, string])[] = [
  ['s', 'session_start'],
  ['x', 'txid'],
  ['i', 'ps'],
  ['b', 'backend_type'],
  ['P', 'leader_pid'],
  ['Q', 'query_id'],
  ['L', 'local_address'],
];

/** log_error_verbosity = verbose puts the SQLSTATE before the text; every SQLSTATE of the server has a digit. */
const VERBOSE = /^(?=[A-Z]{0,4}\d)[0-9A-Z]{5}: /;
const AT_CHARACTER = /(?: at character | au caractère )(\d{1,10})$/;
