import { describe, expect, it } from 'vitest';
import { onlyEvent, readLog } from '../fixtures/read-log.ts';
import { FlatJson } from '../postgresql/flat-json.ts';
import { jsonlog } from './format.ts';

const line = (over: Readonly<Record<string, unknown>> = {}) =>
  `${JSON.stringify({ timestamp: '2026-11-20 06:59:20.245 UTC', pid: 1, session_id: '6affefc8.1', line_num: 3, error_severity: 'LOG', message: 'm', ...over })}\n`;

describe('jsonlog', () => {
  it('keeps all digits of a 64-bit query id', () => {
    const raw = line().replace('}', ',"query_id":-8112313845396740087}');
    expect(onlyEvent(jsonlog, raw).extra?.query_id).toBe('-8112313845396740087');
  });

  it('undoes escapes, surrogate pairs and control characters', () => {
    const raw = line({ message: 'a\tb\u0000\u{1f418}"\\' });
    expect(onlyEvent(jsonlog, raw).message).toBe('a\tb\u0000\u{1f418}"\\');
    expect(onlyEvent(jsonlog, line().replace('"m"', '"\\ud83d\\udc18"')).message).toBe('\u{1f418}');
  });

  it('repairs a line whose text is neither UTF-8 nor JSON', () => {
    const raw = Buffer.from(line().replace('"m"', '"caf\u00e9 \u0001 \\x"'), 'latin1');
    expect(onlyEvent(jsonlog, raw)).toMatchObject({
      message: 'café \u0001 \\x',
      extra: { encoding: 'cp1252' },
    });
  });

  it('takes __proto__ and unknown keys as data and harms no prototype', () => {
    const raw = line().replace('}', ',"__proto__":{"polluted":1},"constructor":"c"}');
    const { extra } = onlyEvent(jsonlog, raw);
    expect(extra).toMatchObject({ 'json.__proto__': '{"polluted":1}', 'json.constructor': 'c' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reports a key that stands twice and uses the first', () => {
    const { events, reader } = readLog(jsonlog, line({ user: 'alice' }).replace('}', ',"user":"mallory"}'));
    expect(events[0]).toMatchObject({ user: 'alice', extra: { 'repeated.user': 'mallory' } });
    expect(reader.problems().map(({ code }) => code)).toEqual(['jsonlog/duplicate-key']);
  });

  it('reads keys in any order', () => {
    const raw =
      '{"message":"m","error_severity":"LOG","pid":7,"user":"u","timestamp":"2026-11-20 06:59:20.245 UTC"}\n';
    expect(onlyEvent(jsonlog, raw)).toMatchObject({ user: 'u', message: 'm', extra: { pid: 7 } });
  });

  it('builds the location as csvlog writes it', () => {
    const raw = line({ func_name: 'exec_simple_query', file_name: 'postgres.c', file_line_num: 1309 });
    expect(onlyEvent(jsonlog, raw).extra?.location).toBe('exec_simple_query, postgres.c:1309');
  });

  it.each([
    ['{"timestamp":"2026-11-20 06:59:20.245 UTC","pid":1,"mess', 'jsonlog/truncated'],
    ['[1,2]\n', 'jsonlog/not-a-record'],
    ['{"a":1}\n', 'jsonlog/not-a-record'],
    ['{} trailing\n', 'jsonlog/not-a-record'],
    ['text\n', 'jsonlog/not-a-record'],
  ])('rejects %j as %s', (raw, code) => {
    expect(readLog(jsonlog, raw).pieces).toMatchObject([{ kind: 'rejected', code }]);
  });
});

describe('FlatJson', () => {
  it('agrees with JSON.parse on flat objects of text', () => {
    const texts = ['', 'a', '"', '\\', '\\"', 'a\\', '\n\u2028', '{"k":"v"}', ',":', '漢'];
    for (const a of texts) {
      for (const b of texts) {
        const json = new FlatJson(['a', 'b']);
        expect(json.read(JSON.stringify({ a, b }))).toBe('ok');
        expect(json.values).toEqual([a, b]);
      }
    }
  });

  it('passes over nested values', () => {
    const json = new FlatJson(['a', 'b']);
    expect(json.read('{ "a" : {"x":[1,"}"]} , "b" : 2 }')).toBe('ok');
    expect(json.values).toEqual(['{"x":[1,"}"]}', '2']);
  });
});
