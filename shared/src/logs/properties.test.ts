import { describe, expect, it } from 'vitest';
import { readLog, text } from './fixtures/read-log.ts';
import { CSV, JSON_LINES, SERVER_AUDIT, STDERR } from './fixtures/samples.ts';
import { LOG_FORMATS } from './index.ts';
import type { Piece } from './piece.ts';

const SAMPLES = [CSV, JSON_LINES, STDERR, SERVER_AUDIT].map((sample) => Buffer.from(sample, 'utf8'));
const EVERYTHING = Buffer.concat([
  ...SAMPLES,
  Buffer.from([0xef, 0xbb, 0xbf, 0, 255, 13, 10, 34, 9, 10, 13]),
  ...SAMPLES,
]);

const OWN: Readonly<Record<string, Buffer | undefined>> = {
  csvlog: SAMPLES[0],
  jsonlog: SAMPLES[1],
  stderr: SAMPLES[2],
  'server-audit': SAMPLES[3],
};

/** mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function expectTiling(pieces: readonly Piece[], bytes: Uint8Array): void {
  let at = 0;
  let line = 1;
  for (const piece of pieces) {
    if (piece.from !== at || piece.to <= piece.from || piece.line !== line)
      expect(piece).toMatchObject({ from: at, line });
    for (; at < piece.to; at++) if (bytes[at] === 10) line++;
  }
  expect(at).toBe(bytes.length);
}

describe.each(LOG_FORMATS.map((format) => [format.id, format] as const))('%s reader', (_, format) => {
  it('tiles every byte of any input, in order, with the right lines', () => {
    for (const bytes of [...SAMPLES, EVERYTHING]) expectTiling(readLog(format, bytes).pieces, bytes);
  });

  it('gives the same pieces however the bytes are chunked', () => {
    for (const bytes of [...SAMPLES, EVERYTHING]) {
      for (const options of [{}, { maxRecordBytes: 300 }]) {
        const whole = readLog(format, bytes, options, bytes.length);
        for (const chunk of [1, 7, 4096]) {
          const chunked = readLog(format, bytes, options, chunk);
          expect(chunked.pieces).toEqual(whole.pieces);
          expect(chunked.reader.problems()).toEqual(whole.reader.problems());
        }
      }
    }
  });

  it('tiles a file that is cut at any byte', () => {
    const sample = OWN[format.id] ?? EVERYTHING;
    for (let end = 0; end < sample.length; end++) {
      const bytes = sample.subarray(0, end);
      expectTiling(readLog(format, bytes).pieces, bytes);
    }
  });

  it('never throws and still tiles after random edits', () => {
    const next = random(42);
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(SAMPLES[round % SAMPLES.length] ?? EVERYTHING);
      for (let edits = 1 + Math.floor(next() * 8); edits > 0; edits--) {
        bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      }
      expectTiling(readLog(format, bytes, { maxRecordBytes: 50 + Math.floor(next() * 2000) }).pieces, bytes);
    }
  });

  it('rejects a line that is too long as one range, and reads on behind it', () => {
    const own = readLog(format, EVERYTHING).events.length;
    const bytes = Buffer.concat([Buffer.alloc(50_000, 0x78), Buffer.from('\n'), EVERYTHING]);
    const { pieces, events } = readLog(format, bytes, { maxRecordBytes: 10_000, linePrefix: PGBADGER });
    expect(pieces[0]).toMatchObject({ kind: 'rejected', code: 'log/too-long', from: 0, to: 50_001 });
    expect(events.length).toBe(own);
    expectTiling(pieces, bytes);
  });

  it('holds no more than the limit of an endless line', () => {
    const reader = format.open({ text, maxRecordBytes: 1 << 20 });
    const chunk = new Uint8Array(1 << 16).fill(0x78);
    for (let i = 0; i < 256; i++) expect(reader.push(chunk)).toEqual([]);
    expect(reader.end()).toMatchObject([{ kind: 'rejected', code: 'log/too-long', from: 0, to: 1 << 24 }]);
  });

  it('gives no pieces for no bytes', () => {
    expect(readLog(format, Buffer.alloc(0)).pieces).toEqual([]);
  });
});

const PGBADGER = '%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ';
