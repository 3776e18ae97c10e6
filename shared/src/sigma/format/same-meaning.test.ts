import { describe, expect, it } from 'vitest';
import { sameMeaning } from './same-meaning.ts';

const RULE = 'title: T\nlogsource: {category: a}\ndetection:\n  s: {f: 1}\n  condition: s\n';

describe('sameMeaning', () => {
  it.each([
    [
      'the order of keys and the layout',
      'logsource:\n    category: a\ntitle: T\ndetection: {s: {f: 1}, condition: s}\n',
      true,
    ],
    ['quotes that make a number text', RULE.replace('1', "'1'"), false],
    ['a key that is ours alone', `${RULE}own: 1\n`, false],
    ['another condition', RULE.replace('condition: s', 'condition: not s'), false],
    ['one document for two', `${RULE}---\n${RULE}`, false],
    ['text that is cut', RULE.slice(0, -3), false],
  ])('judges %s', (_, other, same) => {
    expect(sameMeaning('r.yml', RULE, other)).toBe(same);
  });
});
