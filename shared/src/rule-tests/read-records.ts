import { isoMicros } from '../events/event-json.ts';
import { LOG_FORMATS } from '../logs/index.ts';
import type { LogFormat, Recognition } from '../logs/log-format.ts';
import type { Piece } from '../logs/piece.ts';
import type { DocumentEvent, DocumentFields } from '../sigma/documents/document.ts';
import { timeReader } from '../sigma/documents/event-time.ts';
import { readEvents } from '../sigma/documents/read-events.ts';
import type { ByteText } from '../text/bytes.ts';
import { JSON_EVENTS, PGAUDIT } from './readings.ts';
import type { Reading } from './rule-test.ts';

/** What log records or events of a text are, and what of it could not be read. */
export interface ReadRecords {
  readonly events: readonly DocumentEvent[];
  /** Sentences, with the line; a few are enough. */
  readonly unread: readonly string[];
}

const MOST_UNREAD = 5;
/** Bytes that recognition looks at. */
const SAMPLE = 65_536;
/** What PostgreSQL writes before a message, in the text that bare messages are put into. */
const MESSAGE_PREFIX = '%m [%p] ';

export interface RecordOptions extends Reading {
  readonly text: ByteText;
  /** Microseconds since 1970 UTC: of bare messages, which have no time of their own. */
  readonly start: number;
  /** Whether the rules are about databases, whose logs are recognised by their content. */
  readonly isDatabase: boolean;
}

/** Reads the log records or JSON events in `bytes`; a text that is neither is said to be so. */
export async function readRecords(
  bytes: Uint8Array,
  name: string,
  options: RecordOptions,
): Promise<ReadRecords> {
  const { source, text, isDatabase } = options;
  if (source === PGAUDIT) return readPgAudit(bytes, options);
  const named = LOG_FORMATS.find(({ id }) => id === source);
  if (named !== undefined) {
    const found = named.recognise({ name, head: bytes.subarray(0, SAMPLE) }, text);
    return readLog(named, bytes, { ...prefixIn(found), ...options });
  }
  if (source !== JSON_EVENTS && isDatabase) {
    const recognised = recognise(bytes, name, text);
    if (recognised !== undefined)
      return readLog(recognised.format, bytes, { ...recognised.settings, ...options });
  }
  return readJson(bytes, options);
}

function recognise(
  bytes: Uint8Array,
  name: string,
  text: ByteText,
): { readonly format: LogFormat; readonly settings: Pick<Reading, 'linePrefix'> } | undefined {
  const sample = { name, head: bytes.subarray(0, SAMPLE) };
  const best = LOG_FORMATS.map((format) => ({ format, found: format.recognise(sample, text) }))
    .filter(({ found }) => found.confidence !== 'no')
    .sort((a, b) => b.found.score - a.found.score)[0];
  return best === undefined ? undefined : { format: best.format, settings: prefixIn(best.found) };
}

function prefixIn({ settings }: Recognition): Pick<Reading, 'linePrefix'> {
  return settings?.linePrefix === undefined ? {} : { linePrefix: settings.linePrefix };
}

function readLog(
  format: LogFormat,
  bytes: Uint8Array,
  { text, zone, linePrefix }: Pick<RecordOptions, 'text' | 'zone' | 'linePrefix'>,
): ReadRecords {
  const reader = format.open({
    text,
    ...(zone === undefined ? {} : { zone }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
  });
  const pieces: Piece[] = [...reader.push(bytes), ...reader.end()];
  const events: DocumentEvent[] = [];
  const unread: string[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'record') {
      const fields = { ...piece.event, format: format.id } as unknown as DocumentFields;
      events.push({ fields, at: piece.event.time });
    } else if (piece.kind === 'rejected' && unread.length < MOST_UNREAD)
      unread.push(`line ${piece.line} could not be read as ${format.id}: ${piece.message}`);
  }
  return { events, unread };
}

/** Bare messages, as pgAudit's documentation shows them, become the log of a server that wrote them. */
function readPgAudit(bytes: Uint8Array, options: RecordOptions): ReadRecords {
  const { text, start } = options;
  const stderr = LOG_FORMATS.find(({ id }) => id === 'stderr');
  const written = text.utf8(bytes, 0, bytes.length);
  if (stderr === undefined || written === undefined) return { events: [], unread: ['it is not UTF-8 text'] };
  const time = `${isoMicros(start).slice(0, 23).replace('T', ' ')} UTC`;
  const lines = written
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line.startsWith('AUDIT:') ? `${time} [1] LOG:  ${line}` : `\t${line}`));
  return readLog(stderr, text.encode(`${lines.join('\n')}\n`), { text, linePrefix: MESSAGE_PREFIX });
}

async function readJson(bytes: Uint8Array, { text, zone }: RecordOptions): Promise<ReadRecords> {
  const written = text.utf8(bytes, 0, bytes.length);
  if (written === undefined) return { events: [], unread: ['it is not UTF-8 text'] };
  const read = timeReader(zone === undefined ? {} : { zone });
  const events: DocumentEvent[] = [];
  const unread: string[] = [];
  async function* pieces() {
    yield written ?? '';
  }
  const found = readEvents(pieces(), ({ place, message }) => {
    const where = 'line' in place ? `line ${place.line}` : `member ${place.member}`;
    if (unread.length < MOST_UNREAD) unread.push(`${where} is no event: ${message}`);
  });
  for await (const { fields } of found) events.push({ fields, at: read(fields) });
  return { events, unread };
}
