import { visible } from '@dbwitness/shared/text/problem.ts';
import type { Progress } from '../host/request.ts';

/** Where a command writes. Results go to stdout, everything else to stderr; text is neutralised (SECURITY OU-5). */
export interface Terminal {
  readonly json: boolean;
  readonly signal: AbortSignal;
  /** What is piped in. */
  readonly input: NodeJS.ReadableStream;
  /** A person would see the result as it is written. */
  readonly outIsTerminal: boolean;
  /** A line of the result, for people. Line feeds in it are kept, other controls are shown as marks. */
  line(text?: string): void;
  /** The result as JSON: what `--json` prints instead of lines. */
  value(value: unknown): void;
  /** Raw text of the result (exports): written as it is. Resolves when the reader can take more. */
  write(text: string | Uint8Array): Promise<void>;
  note(text: string): void;
  /** Progress on a terminal: one line that is overwritten; nothing where stderr is not a terminal. */
  progress(progress: Progress): void;
  ask(question: string): Promise<string>;
}

export interface Streams {
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly in: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };
}

export function createTerminal(streams: Streams, json: boolean, signal: AbortSignal): Terminal {
  let shown = 0;
  const clear = () => {
    if (shown > 0) streams.err.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    json,
    signal,
    input: streams.in,
    outIsTerminal: streams.out.isTTY === true,
    line: (text = '') => {
      if (json) return;
      clear();
      streams.out.write(`${printable(text)}\n`);
    },
    value: (value) => {
      if (!json) return;
      clear();
      streams.out.write(`${JSON.stringify(value)}\n`);
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        streams.out.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    note: (text) => {
      clear();
      streams.err.write(`${printable(text)}\n`);
    },
    progress: (progress) => {
      if (streams.err.isTTY !== true) return;
      // A line that wraps could not be overwritten.
      const text = describe(progress).slice(0, (streams.err.columns ?? 80) - 1);
      streams.err.write(`\r${text.padEnd(shown)}`);
      shown = text.length;
    },
    ask: (question) => askHidden(streams, question),
  };
}

function describe({ phase, subject, done, total, unit }: Progress): string {
  const amount = unit === 'bytes' ? bytes(done) : `${done} ${unit}`;
  const share = total > 0 ? ` ${Math.floor((100 * done) / total)} %` : '';
  return visible(`${phase}${subject === undefined ? '' : ` ${subject}`}: ${amount}${share}`);
}

/** Text with controls shown as marks, but with its line feeds. */
export function printable(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** A size for people: 12.3 MB (decimal units). */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A time in µs as ISO 8601 UTC. */
export function iso(micros: number | undefined): string {
  if (micros === undefined) return '–';
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return new Date(millis).toISOString().replace('Z', rest === '000' ? 'Z' : `${rest}Z`);
}

/** Columns aligned with two blanks between them; numbers (right) or text (left) as `align` says. */
export function table(rows: readonly (readonly string[])[], align = ''): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows
    .map((row) =>
      row
        .map((cell, i) => (align[i] === 'r' ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Reads one line without showing it where stdin is a terminal: passphrases never stand in arguments (SECURITY KE-2). */
function askHidden(streams: Streams, question: string): Promise<string> {
  streams.err.write(question);
  const input = streams.in;
  const hide = input.isTTY === true && input.setRawMode !== undefined;
  if (hide) input.setRawMode?.(true);
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (result: () => void) => {
      input.off('data', read);
      input.off('end', ended);
      if (hide) input.setRawMode?.(false);
      input.pause();
      streams.err.write('\n');
      result();
    };
    const ended = () => finish(() => resolve(text));
    const read = (chunk: Buffer | string) => {
      for (const character of String(chunk)) {
        if (character === '\u0003') return finish(() => reject(new Error('stopped')));
        if (character === '\n' || character === '\r') return finish(() => resolve(text));
        text = character === '\u007f' ? text.slice(0, -1) : text + character;
      }
    };
    input.on('data', read);
    input.on('end', ended);
    input.resume();
  });
}
