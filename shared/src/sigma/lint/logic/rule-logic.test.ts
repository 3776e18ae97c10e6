import { describe, expect, it } from 'vitest';
import { loadRules } from '../../load-rules.ts';
import type { DetectionRule } from '../../rule.ts';
import { excludes, implies } from './implication.ts';
import { predicateOfItem, ruleLogic } from './rule-logic.ts';

const context = () => ({ holdsSeveral: () => false, left: 1000 });
const item = (key: string, ...values: readonly (string | bigint | null)[]) => {
  const [field = '', ...modifiers] = key.split('|');
  return predicateOfItem({ field, modifiers, values, span: { from: 0, to: 0 } });
};

describe('what one item says of another', () => {
  it.each([
    ['a', 'Admin', 'a', 'admin'],
    ['a', 'admin', 'a|startswith', 'ad'],
    ['a|startswith', 'admin', 'a|contains', 'dm'],
    ['a|contains', 'x*y', 'a', '*x*y*'],
    ['a', 'a?c', 'a', 'a*c'],
    ['a|cased', 'Admin', 'a', 'admin'],
    ['a|contains|all', 'x', 'a|contains', 'x'],
    ['a', 'x', 'a|exists', undefined],
    ['a', 'x', 'a|neq', 'y'],
    ['a', null, 'a|neq', 'y'],
    ['a|gt', 5n, 'a|gte', 5n],
    ['a|lt', 5n, 'a|lt', 6n],
  ])('%s: %s implies %s: %s', (a, x, b, y) => {
    const other =
      y === undefined
        ? predicateOfItem({ field: 'a', modifiers: ['exists'], values: [true], span: { from: 0, to: 0 } })
        : item(b, y);
    expect(implies(item(a, x), other, context())).toBe(true);
  });

  it.each([
    ['a', 'admin', 'a|cased', 'admin'],
    ['a|contains', 'ad', 'a|startswith', 'ad'],
    ['a', 'a*c', 'a', 'a?c'],
    ['a', 'x', 'b', 'x'],
    ['a|contains', 'x', 'a|contains', 'xy'],
    ['a|gte', 5n, 'a|gt', 5n],
    ['a|neq', 'x', 'a', 'y'],
    ['a|expand', '%one%', 'a|expand', '%two%'],
  ])('%s: %s does not imply %s: %s', (a, x, b, y) => {
    expect(implies(item(a, x), item(b, y), context())).toBe(false);
  });

  it.each([
    ['a', 'x', 'a', 'y', true],
    ['a', 'x', 'a|startswith', 'y', true],
    ['a', null, 'a|contains', 'y', true],
    ['a|gt', 5n, 'a|lt', 5n, true],
    ['a', 'X', 'a', 'x', false],
    ['a|startswith', 'x', 'a|endswith', 'y', false],
    ['a', 'x', 'b', 'y', false],
    ['a|expand', '%one%', 'a', 'x', false],
    ['a|re', '^x', 'a', 'y', false],
  ])('%s: %s and %s: %s exclude each other: %s', (a, x, b, y, answer) => {
    expect(excludes(item(a, x), item(b, y), context())).toBe(answer);
    expect(excludes(item(b, y), item(a, x), context())).toBe(answer);
  });

  it('knows nothing once its comparisons are used up', () => {
    expect(implies(item('a', 'x'), item('a', 'x'), { holdsSeveral: () => false, left: 0 })).toBe(false);
  });
});

describe('what a rule says (brute force over all values of its fields)', () => {
  const VALUES = ['', 'x', 'xy', 'yx', 'y', undefined];
  const KEYS = ['a', 'a|startswith', 'a|endswith', 'a|contains', 'a|neq', 'b', 'b|contains'];
  const CONDITIONS = [
    's0 and s1',
    's0 or s1',
    's0 and not s1',
    'not s0 or s1',
    's0 and (s1 or not s2)',
    '1 of s*',
    'all of s*',
    'not s0 and not 1 of s*',
  ];

  /** One item, as the specification says. */
  function holds(key: string, word: string, event: Record<string, string | undefined>): boolean {
    const [field = '', modifier] = key.split('|');
    const value = event[field];
    if (modifier === 'neq') return value !== word;
    if (value === undefined) return false;
    if (modifier === 'startswith') return value.startsWith(word);
    if (modifier === 'endswith') return value.endsWith(word);
    return modifier === 'contains' ? value.includes(word) : value === word;
  }

  it('is never called constant or idle where an event says otherwise', () => {
    let seed = 7;
    const pick = <T>(of: readonly T[]): T => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return of[Math.floor((seed / 2147483648) * of.length)] as T;
    };
    let constant = 0;
    let idleOnes = 0;
    for (let run = 0; run < 400; run++) {
      const searches = ['s0', 's1', 's2'].map((name) => ({
        name,
        key: pick(KEYS),
        word: pick(['x', 'y', 'xy']),
      }));
      const condition = pick(CONDITIONS);
      const text = `title: t\nlogsource: {category: proxy}\ndetection:\n${searches.map(({ name, key, word }) => `    ${name}:\n        ${key}: ${word}\n`).join('')}    condition: ${condition}\n`;
      const rule = loadRules([{ name: 'r.yml', text }]).value.rules[0] as DetectionRule;
      const [says] = ruleLogic(rule)?.conditions ?? [];
      const judge = (value: readonly boolean[]) => {
        const [s0, s1, s2] = value as [boolean, boolean, boolean];
        return (
          [
            s0 && s1,
            s0 || s1,
            s0 && !s1,
            !s0 || s1,
            s0 && (s1 || !s2),
            s0 || s1 || s2,
            s0 && s1 && s2,
            !s0 && !(s0 || s1 || s2),
          ][CONDITIONS.indexOf(condition)] === true
        );
      };
      const outcomes = VALUES.flatMap((a) =>
        VALUES.map((b) => searches.map(({ key, word }) => holds(key, word, { a, b }))),
      );
      if (says?.never) expect(outcomes.some(judge), text).toBe(false);
      if (says?.always) expect(outcomes.every(judge), text).toBe(true);
      for (const name of says?.idle ?? []) {
        const at = Number(name.slice(1));
        // Some function of the other searches agrees on every event.
        const answers = new Map<string, boolean>();
        for (const outcome of outcomes) {
          const others = outcome.filter((_, i) => i !== at).join();
          expect(answers.get(others) ?? judge(outcome), `${text}${name}`).toBe(judge(outcome));
          answers.set(others, judge(outcome));
        }
        idleOnes++;
      }
      if (says?.never || says?.always) constant++;
    }
    // Otherwise the test would say nothing.
    expect(constant).toBeGreaterThan(10);
    expect(idleOnes).toBeGreaterThan(10);
  });
});
