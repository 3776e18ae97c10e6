import type { AuditEvent } from '../../events/audit-event.ts';
import { newEvent } from '../new-event.ts';
import { detached, TextCache } from '../text-cache.ts';
import { FlatJson } from './flat-json.ts';
import { type Peer, peerOf } from './peer.ts';
import type { PostgresFile } from './postgres-file.ts';
import { type Extra, emptyMessage } from './postgres-message.ts';

/** Keys of jsonlog in the order in which the server writes them (FORMATS.md 3). */
const KEYS = [
  'timestamp',
  'user',
  'dbname',
  'pid',
  'remote_host',
  'remote_port',
  'session_id',
  'line_num',
  'ps',
  'session_start',
  'vxid',
  'txid',
  'error_severity',
  'state_code',
  'message',
  'detail',
  'hint',
  'internal_query',
  'internal_position',
  'context',
  'statement',
  'cursor_position',
  'func_name',
  'file_name',
  'file_line_num',
  'application_name',
  'backend_type',
  'leader_pid',
  'query_id',
] as const;

type Key = (typeof KEYS)[number];

const SLOT = Object.fromEntries(KEYS.map((key, slot) => [key, slot])) as Record<Key, number>;

/** Makes events of jsonlog lines. One for each file. */
export class JsonEvents {
  readonly #file: PostgresFile;
  readonly #json = new FlatJson(KEYS);
  readonly #names = new TextCache();
  readonly #parts = emptyMessage();
  #host = '';
  #port = '';
  #peer: Peer = {};

  constructor(file: PostgresFile) {
    this.#file = file;
  }

  /** The event of the line in `[from, to)`, or the code of what is wrong with it. */
  eventOfLine(
    bytes: Uint8Array,
    from: number,
    to: number,
    line: number,
    byte: number,
  ): AuditEvent | 'jsonlog/truncated' | 'jsonlog/not-a-record' {
    const { decoder, observations } = this.#file;
    const s = decoder.decode(bytes, from, to);
    const state = this.#json.read(s);
    if (state === 'cut') return 'jsonlog/truncated';
    const event = state === 'ok' ? this.#event(line, byte) : undefined;
    if (event === undefined) return 'jsonlog/not-a-record';
    if (decoder.encoding !== undefined) {
      event.extra = { ...event.extra, encoding: decoder.encoding };
      observations.note('log/encoding', line, byte, decoder.encoding, { encoding: decoder.encoding });
    }
    return event;
  }

  #event(line: number, byte: number): AuditEvent | undefined {
    const { values } = this.#json;
    const text = (key: Key): string => values[SLOT[key]] ?? '';
    const stamp = text('timestamp');
    const session = text('session_id');
    const sessionStart = text('session_start');
    if (text('error_severity') === '' || !/^\d{1,10}$/.test(text('pid'))) return undefined;
    if (!this.#file.readStamp(stamp, 0, stamp.length, session, sessionStart)) return undefined;
    const { clock } = this.#file;
    const extra: Extra = { pid: Number(text('pid')) };
    const event = newEvent('postgresql');
    event.time_raw = stamp;
    event.time_basis = clock.basis;
    if (clock.time !== undefined) event.time = clock.time;
    clock.noteDoubt(stamp, line, byte);
    clock.markDoubt(extra);
    if (session !== '') event.session = this.#name(session);
    const sequence = Number(text('line_num'));
    if (sequence > 0) event.session_seq = sequence;
    if (text('user') !== '') event.user = this.#name(text('user'));
    if (text('dbname') !== '') event.database = this.#name(text('dbname'));
    if (text('remote_host') !== '') this.#applyPeer(event, text('remote_host'), text('remote_port'));
    if (text('vxid') !== '') event.transaction = text('vxid');
    if (text('application_name') !== '') event.application = this.#name(text('application_name'));
    this.#extras(extra, text);
    const parts = this.#parts;
    parts.severity = this.#name(text('error_severity'));
    parts.sqlstate = text('state_code');
    parts.message = text('message');
    parts.detail = text('detail');
    parts.hint = text('hint');
    parts.internalQuery = text('internal_query');
    parts.context = text('context');
    parts.statement = text('statement');
    this.#file.events.complete(event, extra, parts, line, byte);
    this.#others(extra, line, byte);
    event.extra = extra;
    return event;
  }

  /** Neighbours nearly always come from the same place. */
  #applyPeer(event: AuditEvent, host: string, port: string): void {
    if (host !== this.#host || port !== this.#port) {
      this.#host = detached(host);
      this.#port = detached(port);
      this.#peer = peerOf(this.#host, this.#port);
    }
    const peer = this.#peer;
    if (peer.client_ip !== undefined) event.client_ip = peer.client_ip;
    if (peer.client_port !== undefined) event.client_port = peer.client_port;
    if (peer.client_host !== undefined) event.client_host = peer.client_host;
  }

  #extras(extra: Extra, text: (key: Key) => string): void {
    for (const key of [
      'session_start',
      'ps',
      'internal_position',
      'cursor_position',
      'backend_type',
    ] as const) {
      const value = text(key);
      if (value !== '') extra[key] = this.#name(value);
    }
    if (text('txid') !== '0' && text('txid') !== '') extra.txid = text('txid');
    if (text('leader_pid') !== '') extra.leader_pid = Number(text('leader_pid'));
    if (text('query_id') !== '0' && text('query_id') !== '') extra.query_id = text('query_id');
    const file = text('file_name');
    // As csvlog writes it, so that one rule reads both.
    if (file !== '') extra.location = `${text('func_name')}, ${file}:${text('file_line_num')}`;
  }

  #others(extra: Extra, line: number, byte: number): void {
    for (const { key, value, repeated } of this.#json.others) {
      if (repeated) this.#file.observations.note('jsonlog/duplicate-key', line, byte);
      // The prefix keeps foreign keys (`__proto__` among them) from meeting our own names.
      extra[`${repeated ? 'repeated' : 'json'}.${key}`] = value;
    }
  }

  #name(text: string): string {
    return this.#names.get(text, 0, text.length);
  }
}
