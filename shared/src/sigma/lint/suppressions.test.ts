import { describe, expect, it } from 'vitest';
import { lintText } from './fixtures/lint-text.ts';

const RULE = (line = '', head = '', end = '') =>
  `${head}title: x\nlogsource: {category: own}\ndetection:\n    sel:\n        a: 1\n${line}        user: '*'${end}\n    condition: sel\n`;

const found = (text: string) => lintText(text).map(({ code, at }) => `${code}:${at?.line}`);

describe('comments that suppress findings (SIGMA L1)', () => {
  it('finds it without a comment', () => {
    expect(found(RULE())).toEqual(['lone_star:6']);
  });

  it.each([
    ['the next line', RULE('        # dbwitness-disable-next-line lone_star -- exists is not known there\n')],
    [
      'the next line that is no comment',
      RULE('        # dbwitness-disable-next-line lone_star\n        # why\n\n'),
    ],
    ['one of several ids', RULE('        # dbwitness-disable-next-line lone_star\n')],
    ['every check on the next line', RULE('        # dbwitness-disable-next-line\n')],
    ['the file, before its first key', RULE('', '# dbwitness-disable lone_star\n')],
    ["by rsigma's name", RULE('', '# rsigma-disable wildcard_only_value\n')],
    ["rsigma's next line", RULE('        # rsigma-disable-next-line wildcard_only_value\n')],
    [
      "rsigma's, behind a value",
      RULE('', '', '').replace('a: 1', 'a: 1 # rsigma-disable wildcard_only_value'),
    ],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('acts on its own document only, in the head of a later one', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((title) => RULE().replace('title: x', `title: ${title}`));
    const text = `${a}---\n# dbwitness-disable lone_star\n${b}---\n${c}`;
    expect(found(text)).toEqual(['lone_star:6', 'lone_star:23']);
  });

  it('is no comment inside a text', () => {
    const text = RULE().replace(
      'title: x',
      "title: x\ndescription: |\n    # dbwitness-disable lone_star\nauthor: 'a # dbwitness-disable'",
    );
    expect(found(text)).toEqual(['lone_star:9']);
  });

  it('tells of an id that is none, with the one that was meant, and leaves those of other tools alone', () => {
    const text = RULE('', '# dbwitness-disable lone_stra\n# rsigma-disable something_else\n');
    const findings = lintText(text);
    expect(findings.map(({ code }) => code)).toEqual(['lint/unknown-suppression', 'lone_star']);
    expect(findings[0]?.message).toBe('There is no check lone_stra. Was lone_star meant?');
    expect(text.slice(findings[0]?.at?.span?.from, findings[0]?.at?.span?.to)).toBe('lone_stra');
  });

  it('tells of a comment that suppresses nothing', () => {
    const text = RULE(
      '',
      '# dbwitness-disable-next-line lone_star, contains_empty\n# dbwitness-disable\n',
    ).replace("'*'", 'y');
    const findings = lintText(text);
    expect(findings.map(({ code, at }) => [code, text.slice(at?.span?.from, at?.span?.to)])).toEqual([
      ['lint/unused-suppression', 'lone_star'],
      ['lint/unused-suppression', 'contains_empty'],
      ['lint/unused-suppression', '# dbwitness-disable'],
    ]);
  });

  it('says nothing of a check that the profile has not', () => {
    expect(found(RULE('', '# dbwitness-disable license_missing\n').replace("'*'", 'y'))).toEqual([]);
  });

  it('suppresses what reading warns of, but no error: the rule does not run', () => {
    const correlation =
      'title: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    timespan: 5m\n    condition: {gte: 5}\n';
    expect(
      found(`# dbwitness-disable sigma/group-by-missing, sigma/reference-not-found\n${correlation}`),
    ).toEqual(['lint/unused-suppression:1', 'sigma/reference-not-found:5']);
  });
});
