import { problem } from '../../text/problem.ts';
import type { ReadOptions } from '../log-format.ts';
import { newEvent } from '../new-event.ts';
import type { Piece } from '../piece.ts';
import { CsvEvents } from '../postgresql/csv-event.ts';
import { JsonEvents } from '../postgresql/json-event.ts';
import { PostgresFile } from '../postgresql/postgres-file.ts';
import { messagePart } from '../postgresql/severity.ts';
import { LOG_PROBLEMS, type LogProblemCode } from '../problem-table.ts';
import { RecordReader } from '../record-reader.ts';
import { inferPrefix } from './infer-prefix.ts';
import { KNOWN_PREFIXES } from './known-prefixes.ts';
import { LinePrefix, type PrefixMatch } from './line-prefix.ts';
import { OpenRecord } from './stderr-event.ts';

const TAB = 9;
const BRACE = 123;
/** Bytes that are looked at before the prefix is decided on. */
const HEAD_BYTES = 65_536;

/**
 * Reads the server log on stderr. A line that starts with TAB continues the one before it; every other starts with the
 * prefix. DETAIL, HINT, STATEMENT and their like belong to the record of their process that stands before them.
 * csvlog and jsonlog lines land in the same file when `log_destination` changes, and are read as what they are.
 */
export class StderrReader extends RecordReader {
  readonly #file: PostgresFile;
  readonly #csvEvents: CsvEvents;
  readonly #jsonEvents: JsonEvents;
  /** The likeliest first: a file changes its prefix when the setting does. */
  #prefixes: LinePrefix[] = [];
  #decided = false;
  #open: OpenRecord | undefined;
  /** Length of the open record so far, and its lines. */
  #length = 0;
  #lines = 0;
  /** Bytes behind `#length` that hold no line feed. */
  #searched = 0;
  /** The line at the front, read already when it turned out to end the record before it. */
  #ahead: { readonly s: string; readonly match: PrefixMatch } | undefined;
  readonly #headBytes: number;
  /** Whether any line starts with TAB; if none does, what seems to follow a statement without it. */
  #tabs = false;
  #bare: { count: number; readonly line: number; readonly byte: number } | undefined;
  /** Whether a statement stood in the last record: its further lines may come next. */
  #behindStatement = false;
  /** Encoding of the line that was decoded last, where it was not UTF-8. */
  #encoding: 'latin1' | 'cp1252' | undefined;

  /** `headBytes`: how much is looked at before the prefix is decided on. */
  constructor(options: ReadOptions, headBytes = HEAD_BYTES) {
    const file = new PostgresFile(options);
    super(options, file.observations);
    this.#headBytes = headBytes;
    this.#file = file;
    this.#csvEvents = new CsvEvents(file);
    this.#jsonEvents = new JsonEvents(file);
    if (options.linePrefix !== undefined) {
      this.#prefixes = [options.linePrefix, ...KNOWN_PREFIXES, ''].map((source) => new LinePrefix(source));
      this.prefix = options.linePrefix;
      this.#decided = true;
    }
  }

  override problems() {
    const noted = super.problems();
    if (this.#tabs || this.#bare === undefined) return noted;
    const { count, ...place } = this.#bare;
    return [...noted, problem(LOG_PROBLEMS, 'stderr/continuation-trimmed', { count }, place)];
  }

  /** The prefix that was given, or decided on by the first lines. */
  prefix: string | undefined;

  protected override cut(final: boolean): readonly Piece[] {
    if (!this.#decided) {
      if (this.cutter.window.length < this.#headBytes && !final) return [];
      this.#decide();
    }
    return super.cut(final);
  }

  /** One step: a piece, nothing yet (the open record grew), or `wait`. */
  protected next(final: boolean): Piece | 'wait' | undefined {
    const cutter = this.cutter;
    const { window } = cutter;
    if (this.#length === 0) {
      const common = cutter.common(final);
      if (common !== undefined) return common;
    }
    const from = window.from + this.#length;
    if (from === window.to) return final && this.#length > 0 ? this.#close() : 'wait';
    const end = cutter.lineEnd(from + this.#searched);
    const to = end === -1 ? window.to : end;
    if (to - from > cutter.max) {
      if (this.#length > 0) return this.#close('cut');
      this.#searched = 0;
      return cutter.skipLine(final);
    }
    if (end === -1 && !final) {
      this.#searched = to - from;
      return 'wait';
    }
    this.#searched = 0;
    return this.#line(from, to, end === -1 ? 0 : 1);
  }

  /** The line in `[from, to)`, where `from` is the end of the open record. */
  #line(from: number, to: number, lines: number): Piece | undefined {
    const { window } = this.cutter;
    const first = window.bytes[from];
    if (this.#length > 0 && to - window.from > this.cutter.max) return this.#close('cut');
    if (first === TAB) {
      this.#tabs = true;
      if (this.#length === 0) return this.#leave('stderr/continuation-without-record', to);
      this.#open?.add(this.#decode(from + 1, to, lines));
      if (this.#encoding !== undefined) this.#noteEncoding();
      return this.#grow(to - from, lines);
    }
    if (first === 10 && this.#length > 0) return this.#close();
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const s = ahead === undefined ? this.#decode(from, to, lines) : ahead.s;
    const match = ahead === undefined ? this.#match(s) : ahead.match;
    if (match === undefined) return this.#length > 0 ? this.#close() : this.#foreign(first, to, lines);
    const part = messagePart(match.keyword);
    const process = match.values.get('c') ?? match.values.get('p');
    if (part !== undefined && this.#open !== undefined && this.#open.process === process) {
      if (this.#encoding !== undefined) this.#noteEncoding();
      this.#open.open(part, match, s);
      return this.#grow(to - from, lines);
    }
    if (this.#length > 0) {
      this.#ahead = { s, match };
      return this.#close();
    }
    const byte = window.offset(window.from);
    this.#open = new OpenRecord(this.#file, match, s, window.line, byte);
    if (this.#encoding !== undefined) this.#noteEncoding();
    this.#learn(s.slice(match.message));
    return this.#grow(to - from, lines);
  }

  #decode(from: number, to: number, lines: number): string {
    const { decoder } = this.#file;
    const s = decoder.decode(this.cutter.window.bytes, from, to - lines);
    this.#encoding = decoder.encoding;
    return s;
  }

  #noteEncoding(): void {
    const { window } = this.cutter;
    const encoding = this.#encoding;
    if (encoding === undefined || this.#open === undefined || this.#open.extra.encoding !== undefined) return;
    this.#open.extra.encoding = encoding;
    this.#file.observations.note('log/encoding', window.line, window.offset(window.from), encoding, {
      encoding,
    });
  }

  #grow(bytes: number, lines: number): undefined {
    this.#length += bytes;
    this.#lines += lines;
  }

  /** The open record as a piece; `cut` where more lines would make it too long to hold. */
  #close(why?: 'cut'): Piece {
    const open = this.#open;
    const to = this.cutter.window.from + this.#length;
    const lines = this.#lines;
    this.#open = undefined;
    this.#length = 0;
    this.#lines = 0;
    this.#searched = 0;
    this.own++;
    const event = open === undefined ? newEvent('postgresql') : open.finish();
    this.#behindStatement = event.statement !== undefined || event.message?.startsWith('AUDIT: ') === true;
    if (why === 'cut') event.flags = [...(event.flags ?? []), 'truncated'];
    return this.cutter.record(to, lines, event);
  }

  #leave(code: LogProblemCode, to: number): Piece {
    return this.cutter.leave('rejected', code, to);
  }

  /** A line that no prefix fits: a record of csvlog or jsonlog, or another program's. */
  #foreign(first: number | undefined, to: number, lines: number): Piece {
    const { window } = this.cutter;
    const byte = window.offset(window.from);
    const events = first === BRACE ? this.#jsonEvents : this.#csvEvents;
    const event = events.eventOfLine(window.bytes, window.from, to, window.line, byte);
    if (event === undefined || typeof event === 'string') {
      if (this.#behindStatement) {
        this.#bare ??= { count: 0, line: window.line, byte };
        this.#bare.count++;
      }
      return this.#leave('stderr/no-prefix', to);
    }
    this.#behindStatement = false;
    return this.cutter.record(to, lines, event);
  }

  #match(s: string): PrefixMatch | undefined {
    const prefixes = this.#prefixes;
    for (const [index, prefix] of prefixes.entries()) {
      const match = prefix.match(s);
      if (match === undefined) continue;
      if (index > 0 && prefix.source !== '') {
        prefixes.splice(index, 1);
        prefixes.unshift(prefix);
      }
      return match;
    }
    return this.#matchAnnounced(s);
  }

  /** The line that announces a new prefix is itself written with it. */
  #matchAnnounced(s: string): PrefixMatch | undefined {
    const source = announcedPrefix(s);
    if (source === undefined) return undefined;
    const prefix = new LinePrefix(source);
    const match = prefix.match(s);
    if (match !== undefined) this.#prefixes.unshift(prefix);
    return match;
  }

  /** Later lines may be in a prefix that this message announces. */
  #learn(message: string): void {
    if (!message.includes('log_line_prefix')) return;
    const source = announcedPrefix(message);
    if (source === undefined || this.#prefixes.some((prefix) => prefix.source === source)) return;
    if (this.#prefixes.length < KNOWN_PREFIXES.length + 16) this.#prefixes.push(new LinePrefix(source));
  }

  /** Chooses among the known prefixes and the one that the first lines suggest. */
  #decide(): void {
    this.#decided = true;
    const lines = this.#headLines();
    const known = [...KNOWN_PREFIXES, ''].map((source) => new LinePrefix(source));
    this.#prefixes = known;
    if (lines.length === 0) return;
    const inferred = inferPrefix(lines);
    const candidates = inferred === undefined ? known : [...known, new LinePrefix(inferred)];
    const best = candidates.map((prefix) => fit(prefix, lines)).reduce((a, b) => (better(b, a) ? b : a));
    if (best.lines === 0) {
      this.#file.observations.note('stderr/prefix-unknown', 1, 0);
      return;
    }
    this.prefix = best.prefix.source;
    this.#prefixes = [best.prefix, ...known.filter((prefix) => prefix !== best.prefix)];
  }

  #headLines(): string[] {
    const { window } = this.cutter;
    const to = Math.min(window.to, window.from + HEAD_BYTES);
    const lines: string[] = [];
    for (let from = window.from; from < to && lines.length < 400; ) {
      const end = this.cutter.lineEnd(from);
      const next = end === -1 || end > to ? to : end;
      if (window.bytes[from] !== TAB && end !== -1 && next === end && next - from > 1) {
        lines.push(this.#file.decoder.decode(window.bytes, from, Math.min(next - 1, from + 2048)));
      }
      from = next;
    }
    return lines;
  }
}

/** How well a prefix reads some lines. */
interface Fit {
  readonly prefix: LinePrefix;
  readonly lines: number;
  /** Values found in them, less those that swallowed the label of another: `,app=psql` is no database. */
  readonly values: number;
}

function fit(prefix: LinePrefix, lines: readonly string[]): Fit {
  const matches = lines.map((line) => prefix.match(line)).filter((match) => match !== undefined);
  return {
    prefix,
    lines: matches.length,
    values: matches.reduce((sum, { values }) => sum + plausible(values), 0),
  };
}

function plausible(values: ReadonlyMap<string, string>): number {
  let count = values.size;
  for (const value of values.values()) if (/(?:^|[,\s])\w{1,20}=/.test(value)) count -= values.size;
  return count;
}

/** More lines, then more values, then the shorter: `%q` lets a longer one fit lines that never show its rest. */
function better(a: Fit, b: Fit): boolean {
  if (a.lines !== b.lines) return a.lines > b.lines;
  if (a.values !== b.values) return a.values > b.values;
  return a.prefix.source.length < b.prefix.source.length;
}

/** The prefix in `parameter "log_line_prefix" changed to "…"` or `ALTER SYSTEM SET log_line_prefix = '…'`. */
function announcedPrefix(text: string): string | undefined {
  const at = text.indexOf('log_line_prefix');
  if (at === -1) return undefined;
  const rest = text.slice(at + 15, at + 400);
  const match =
    /^" changed to "([^"]{1,256})"/.exec(rest) ??
    /^[ \u00a0\u202f]» modifié par «[ \u00a0\u202f]([^»]{1,256})[ \u00a0\u202f]»/.exec(rest) ??
    /^ (?:=|TO) '([^']{1,256})'/i.exec(rest);
  return match?.[1];
}
