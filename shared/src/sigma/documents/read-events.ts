import { type JsonValue, parseExactJson } from '../../text/exact-json.ts';
import type { DocumentFields } from './document.ts';

/** An event of a file, and where it stands. */
export interface ReadEvent {
  readonly fields: DocumentFields;
  /** From 1; undefined in a JSON array, whose events have no lines of their own. */
  readonly line: number | undefined;
}

/** What of a file is no event, and why. */
export interface BrokenEvent {
  /** The line, or in a JSON array the member, from 1. */
  readonly place: { readonly line: number } | { readonly member: number };
  readonly message: string;
}

/** In characters. Longer ones would have to be held whole. */
const LONGEST_LINE = 64 << 20;
const LONGEST_ARRAY = 256 << 20;

/**
 * Reads events from text, which may come in pieces: an object of JSON a line, or one JSON array of objects. What is no event
 * is told and left out.
 */
export async function* readEvents(
  pieces: AsyncIterable<string>,
  tell: (broken: BrokenEvent) => void,
): AsyncGenerator<ReadEvent> {
  let line = 0;
  let rest = '';
  let array: string | undefined;
  let begun = false;
  for await (const piece of pieces) {
    if (array !== undefined) {
      array = array.length > LONGEST_ARRAY ? array : array + piece;
      continue;
    }
    const start = begun ? -1 : (rest + piece).search(/[^\s\ufeff]/);
    if (start >= 0) {
      begun = true;
      if ((rest + piece).charAt(start) === '[') {
        array = (rest + piece).slice(start);
        continue;
      }
    }
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      yield* ofLine(rest + piece.slice(from, end), ++line, tell);
      rest = '';
      from = end + 1;
    }
    // Of a line that is too long only that it is so is kept.
    if (rest.length <= LONGEST_LINE) rest += piece.slice(from);
  }
  if (array !== undefined) yield* ofArray(array, tell);
  else yield* ofLine(rest, line + 1, tell);
}

function* ofLine(text: string, line: number, tell: (broken: BrokenEvent) => void): Generator<ReadEvent> {
  const wrong = (message: string) => tell({ place: { line }, message });
  const bare = text.replace(/^\ufeff/, '');
  if (bare.length > LONGEST_LINE) return wrong('the line is too long');
  if (bare.trim() === '') return;
  const read = parseExactJson(bare);
  // The reader cites the text, and the end of a line is no part of it.
  if ('fault' in read) wrong(`no JSON: ${read.fault.replaceAll('\r', '')}`);
  else if (isObject(read.value)) yield { fields: read.value, line };
  else wrong('no JSON object');
}

function* ofArray(text: string, tell: (broken: BrokenEvent) => void): Generator<ReadEvent> {
  if (text.length > LONGEST_ARRAY)
    return tell({ place: { line: 1 }, message: 'the array is too long: write an object a line' });
  const read = parseExactJson(text);
  if ('value' in read && Array.isArray(read.value)) {
    for (const [i, value] of read.value.entries()) {
      if (isObject(value)) yield { fields: value, line: undefined };
      else tell({ place: { member: i + 1 }, message: 'no JSON object' });
    }
    return;
  }
  // Lines of which the first only looks like the beginning of an array.
  for (const [i, line] of text.split('\n').entries()) yield* ofLine(line, i + 1, tell);
}

function isObject(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
