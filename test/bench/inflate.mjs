#!/usr/bin/env node
/**
 * Inflates a csvlog to any size for speed tests: replays its records, round after round, with later times, sessions of
 * their own and other literals, so that sessions and distinct statements grow with the file as they do in life.
 * Statement and record lengths, encodings, continuity counters and the order of records stay as the server wrote them.
 *
 *   node inflate.mjs OUT SIZE_MB IN...        (IN: csvlog files in order of time, plain or gzip, log_timezone UTC)
 */
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';

const TIME = 0;
const SESSION = 5;
const START = 8;
const MESSAGE = 13;
const SECOND = 1000;
const FLUSH_BYTES = 4 << 20;

/**
 * Writes at least `bytes` bytes of records made from `inputs` to the file `out`, ending on a record's end.
 * Returns the numbers of bytes and records. Throws when an input is no csvlog in UTC.
 */
export function inflate(inputs, out, bytes) {
  const records = inputs.flatMap((input) => cut(readBytes(input)).map(template));
  if (records.length === 0) throw new Error('no records to inflate');
  const first = records[0].time;
  const last = records.reduce((latest, { time }) => Math.max(latest, time), first);
  const span = Math.ceil((last - first) / SECOND + 60) * SECOND;
  const file = fs.openSync(out, 'w');
  let parts = [];
  let pending = 0;
  let written = 0;
  let count = 0;
  const flush = () => {
    written += fs.writeSync(file, Buffer.from(parts.join(''), 'latin1'));
    parts = [];
    pending = 0;
  };
  try {
    for (let round = 0; written + pending < bytes; round++) {
      for (const record of records) {
        const text = replay(record, round, round * span);
        parts.push(text);
        pending += text.length;
        count++;
        if (pending >= FLUSH_BYTES) flush();
        if (written + pending >= bytes) break;
      }
    }
    flush();
  } finally {
    fs.closeSync(file);
  }
  return { bytes: written, records: count };
}

function readBytes(path) {
  const bytes = fs.readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? zlib.gunzipSync(bytes) : bytes;
}

/** Records as text of one UTF-16 unit a byte: whatever their encoding, bytes come out as they went in. */
function cut(bytes) {
  const text = bytes.toString('latin1');
  const records = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) quoted = !quoted;
    else if (unit === 0x0a && !quoted) {
      records.push(text.slice(from, i + 1));
      from = i + 1;
    }
  }
  return records;
}

/** A record taken apart once, so that each round only puts it together. */
function template(text) {
  const fields = spans(text, MESSAGE + 1);
  const field = (i) => text.slice(fields[i].from, fields[i].to);
  const [, hex, pid] = /^([0-9a-f]+)(\.[0-9a-f]+)$/.exec(field(SESSION)) ?? [];
  if (hex === undefined || !field(TIME).endsWith(' UTC'))
    throw new Error(`not a csvlog record in UTC: ${text.slice(0, 80)}`);
  return {
    time: moment(field(TIME)),
    beforeSession: text.slice(fields[TIME].to, fields[SESSION].from),
    session: Number.parseInt(hex, 16),
    afterSession: pid + text.slice(fields[SESSION].to, fields[START].from),
    start: field(START) === '' ? undefined : moment(field(START)),
    beforeMessage: text.slice(fields[START].to, fields[MESSAGE].from),
    message: pieces(field(MESSAGE)),
    afterMessage: text.slice(fields[MESSAGE].to),
  };
}

function spans(text, count) {
  const fields = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; fields.length < count && i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) quoted = !quoted;
    else if ((unit === 0x2c || unit === 0x0a) && !quoted) {
      fields.push({ from, to: i });
      from = i + 1;
    }
  }
  if (fields.length < count) throw new Error(`not a csvlog record: ${text.slice(0, 80)}`);
  return fields;
}

/**
 * Cuts an audit record into text and the literal numbers of its statement and parameters (odd indexes), which every
 * round changes. The counters before and the rows behind them stay; so do short numbers (limits, flags, parameters' names).
 */
function pieces(message) {
  const audit = /^("AUDIT: (?:SESSION|OBJECT),\d+,\d+,)(.*)(,\d*")$/s.exec(message);
  if (audit === null) return [message];
  const [, head, body, rows] = audit;
  const parts = body.split(/(?<![\w$.])([1-9]\d{2,8})(?![\w.])/);
  parts[0] = head + parts[0];
  parts[parts.length - 1] += rows;
  return parts;
}

function replay(record, round, shift) {
  const { message, start } = record;
  let text = message[0];
  for (let i = 1; i < message.length; i += 2) text += other(message[i], round) + message[i + 1];
  const session = (record.session + shift / SECOND).toString(16);
  return `${stamp(record.time + shift, 23)}${record.beforeSession}${session}${record.afterSession}${start === undefined ? '' : stamp(start + shift, 19)}${record.beforeMessage}${text}${record.afterMessage}`;
}

/** Another number of the same length; the same one in round 0. */
function other(digits, round) {
  if (round === 0) return digits;
  const low = 10 ** (digits.length - 1);
  return String(low + ((Number(digits) - low + round * 7919) % (9 * low)));
}

function moment(text) {
  return Date.parse(`${text.slice(0, -4).replace(' ', 'T')}Z`);
}

function stamp(time, length) {
  return `${new Date(time).toISOString().slice(0, length).replace('T', ' ')} UTC`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [out, megabytes, ...inputs] = process.argv.slice(2);
  if (inputs.length === 0 || !(Number(megabytes) > 0)) {
    process.stderr.write('usage: inflate.mjs OUT SIZE_MB IN...\n');
    process.exit(2);
  }
  const done = inflate(inputs, out, Number(megabytes) * 1e6);
  process.stdout.write(`${done.bytes} bytes, ${done.records} records\n`);
}
