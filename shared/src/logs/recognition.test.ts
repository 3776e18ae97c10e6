import { describe, expect, it } from 'vitest';
import { csvlog } from './csvlog/format.ts';
import { text } from './fixtures/read-log.ts';
import { CSV, JSON_LINES, SERVER_AUDIT, STDERR } from './fixtures/samples.ts';
import { jsonlog } from './jsonlog/format.ts';
import type { Recognition } from './log-format.ts';
import { recogniseFormat } from './recognition.ts';

const sample = (content: string) => ({ name: 'x.log', head: Buffer.from(content, 'utf8') });

describe('recognition of a format', () => {
  it.each([
    ['csvlog', CSV],
    ['jsonlog', JSON_LINES],
    ['stderr', STDERR],
    ['server-audit', SERVER_AUDIT],
  ])('knows %s by its records and does not ask', (id, content) => {
    const { best, ask } = recogniseFormat(sample(content), text);
    expect(best?.format.id).toBe(id);
    expect(ask).toBe(false);
  });

  it('tells what it found out on the way', () => {
    expect(recogniseFormat(sample(CSV), text).best?.recognition.settings).toEqual({ columns: '26' });
    expect(recogniseFormat(sample(STDERR), text).best?.recognition.settings).toEqual({
      linePrefix: '%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
    });
  });

  it.each(['', '\0\u0001\u0002binary', 'a,b,c\n1,2,3\n', '{"a":1}\n', 'hello\nworld\n'])(
    'has no candidate for %j',
    (content) => {
      expect(recogniseFormat(sample(content), text)).toEqual({ candidates: [], best: undefined, ask: false });
    },
  );

  it('looks at the middle of a file too, and starts there at a line', () => {
    const middle = Buffer.from(CSV.slice(40), 'utf8');
    const { best } = recogniseFormat({ name: 'x', head: Buffer.from('# copied by hand\n'), middle }, text);
    expect(best?.format.id).toBe('csvlog');
  });

  it('asks where two candidates are close', () => {
    const told = (score: number): Recognition => ({ confidence: 'certain', score, because: 'told' });
    const formats = [
      { ...csvlog, recognise: () => told(80) },
      { ...jsonlog, recognise: () => told(85) },
    ];
    const { best, ask } = recogniseFormat(sample(''), text, formats);
    expect(best?.format.id).toBe('jsonlog');
    expect(ask).toBe(true);
  });
});
