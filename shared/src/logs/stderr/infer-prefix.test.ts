import { describe, expect, it } from 'vitest';
import { inferPrefix } from './infer-prefix.ts';

describe('inference of log_line_prefix', () => {
  it.each([
    [
      '%t [%p]: [%l-1] [%x] usr=%u,db=%d,appli=%a ',
      '2023-03-07 09:06:08 CET [130096]: [247-1] [0] usr=usr6,db=progdb,appli=76ae LOG:  x',
    ],
    [
      '%m [%p] [queryid=%Q] %u@%d ',
      '2022-02-17 14:45:10.440 UTC [691] [queryid=-108] postgres@stackoverflow LOG:  x',
    ],
    [
      '%t [%p]: db=%d,user=%u,app=%a,client=%h ',
      '2021-02-14 01:34:02 CET [30291]: db=[unknown],user=[unknown],app=[unknown],client=[local] LOG:  x',
    ],
    ['%m %c %r ', '2026-11-20 06:59:20.245 -03 6affefc8.571e 10.0.0.1(4711) FATAL:  x'],
  ])('finds %s', (prefix, line) => {
    expect(inferPrefix([line, line.replace(/x$/, 'y')])).toBe(prefix);
  });

  it('puts %q where background processes stop', () => {
    const lines = [
      '2026-11-20 06:59:20.245 UTC [1] LOG:  x',
      '2026-11-20 06:59:20.245 UTC [2] a@b LOG:  x',
      '2026-11-20 06:59:20.245 UTC [3] c@d LOG:  x',
    ];
    expect(inferPrefix(lines)).toBe('%m [%p] %q%u@%d ');
  });

  it.each([
    ['no severity', ['hello world', 'a: b']],
    ['a syslog line', ['Feb 11 13:15:39 test-pc postgres[10808]: [1-1] db=,user= LOG:  x']],
    ['JSON', ['{"insertId":"s","textPayload":"[24667]: [1-1] db=x LOG:  x"}']],
    ['nothing', []],
  ])('finds none in %s', (_, lines) => expect(inferPrefix(lines)).toBeUndefined());
});
