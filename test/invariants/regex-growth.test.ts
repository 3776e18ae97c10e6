import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { isTest, root, sourceFiles } from './import-graph.ts';
import { hostiles, hostileText, parsePattern, search, TooManySteps } from './regex-steps.ts';

// SECURITY IM-9: text of an attacker must not make a pattern take time that grows faster than the text. Steps are counted, not
// time: a backtracking search over texts made from the pattern itself may take at most twice the steps that growth in proportion
// would. Patterns with bounded repetitions level out: the smaller text is longer than the bounds.
const SMALL = 400;
const TIMES = 5;
const MOST = 2 * TIMES;

interface Literal {
  readonly path: string;
  readonly pattern: string;
  readonly flags: string;
}

function literals(path: string): readonly Literal[] {
  const found: Literal[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { regex } = node as { readonly regex?: { readonly pattern: string; readonly flags: string } };
    if (regex !== undefined) found.push({ path, ...regex });
    else for (const value of Object.values(node)) visit(value);
  };
  visit(parseSync(path, readFileSync(join(root, path), 'utf8')).program);
  return found;
}

const patterns = sourceFiles()
  .map(({ path }) => path)
  .filter((path) => path.startsWith('shared/src/') && !isTest(path))
  .flatMap(literals);

/** A text on which the steps grow faster than its length; undefined where there is none. */
function badText({ pattern, flags }: Literal): string | undefined {
  const tree = parsePattern(pattern, flags);
  const found = hostiles(tree).find((hostile) => {
    const steps = stepsWithin(tree, flags, hostileText(hostile, SMALL), 50 * SMALL * SMALL) ?? 0;
    return stepsWithin(tree, flags, hostileText(hostile, SMALL * TIMES), MOST * steps) === undefined;
  });
  return found && JSON.stringify(found);
}

function stepsWithin(tree: ReturnType<typeof parsePattern>, flags: string, text: string, limit: number) {
  try {
    return search(tree, flags, text, limit).steps;
  } catch (error) {
    if (error instanceof TooManySteps) return undefined;
    throw error;
  }
}

test('the patterns are found at all', () => {
  expect(patterns.length).toBeGreaterThan(100);
});

test.each(patterns)('$path: /$pattern/$flags takes steps in proportion to the text', (literal) => {
  expect(badText(literal)).toBeUndefined();
});

describe('what the count finds', () => {
  test.each([
    ['(a+)+$', ''],
    ['(?:a|a)*b', ''],
    ['=+$', ''],
    ['^\\s*(.*?)\\s*$', ''],
    ['x*y', ''],
    ['^a{0,512}a{0,512}a{0,512}$', ''],
  ])('/%s/%s', (pattern, flags) => expect(badText({ path: '', pattern, flags })).toBeDefined());

  test.each([
    ['^a+$', ''],
    ['^.*/', ''],
    ['[A-Z]+', 'g'],
    ['(?:\\s|--[^\\n]{0,64}\\n){1,16}', 'y'],
  ])('and not /%s/%s', (pattern, flags) => expect(badText({ path: '', pattern, flags })).toBeUndefined());
});

test('the count agrees with RegExp on what matches', () => {
  for (const { pattern, flags } of patterns) {
    const tree = parsePattern(pattern, flags);
    for (const hostile of hostiles(tree)) {
      const text = hostileText(hostile, 12);
      const native = new RegExp(pattern, flags.replace(/[gy]/g, '')).exec(text);
      expect([pattern, text, search(tree, flags, text, 1e6).first]).toEqual([pattern, text, native?.[0]]);
    }
  }
});
