import { expect, test } from 'vitest';
import { byPath, pathProblem, pathTwinKey, safeName } from './path-name.ts';

test('package paths are plain on every system', () => {
  for (const good of ['a', 'data/original/E001/x.log', 'E003.1.item.json', `${'a'.repeat(100)}/b`]) {
    expect(pathProblem(good), good).toBeUndefined();
  }
  // The other refusals stand, end to end, in the verifier's zip test.
  for (const [path, kind] of [
    ['', 'name'],
    ['a//b', 'name'],
    ['a/./b', 'reserved'],
    ['com1.log', 'reserved'],
    ['a%20b', 'name'],
    ['\u0085', 'control'],
  ] as const) {
    expect(pathProblem(path), JSON.stringify(path)).toBe(kind);
  }
});

test('any outside name becomes a safe one that keeps its ending', () => {
  expect(safeName('postgresql 2026-04-30.csv')).toBe('postgresql_2026-04-30.csv');
  expect(safeName('../../etc/passwd')).toBe('passwd');
  expect(safeName('C:\\logs\\audit.log')).toBe('audit.log');
  expect(safeName('NUL.txt')).toBe('file-NUL.txt');
  expect(safeName('...')).toBe('file');
  expect(safeName('')).toBe('file');
  expect(safeName(`${'x'.repeat(300)}.log.gz`)).toMatch(/^x{97}\.gz$/);
});

test('safe names are always allowed, whatever they were made from', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const alphabet = 'aZ0._-~%/\\: \n\0éß.conNULaux\u202e😀';
  for (let i = 0; i < 3000; i++) {
    const name = Array.from(
      { length: Math.floor(random() * 130) },
      () => alphabet[Math.floor(random() * alphabet.length)],
    ).join('');
    expect(pathProblem(safeName(name)), JSON.stringify(name)).toBeUndefined();
  }
});

test('twins are names that some file system takes for one', () => {
  expect(pathTwinKey('A/\u00e9')).toBe(pathTwinKey('a/e\u0301'));
  expect(pathTwinKey('a')).not.toBe(pathTwinKey('b'));
});

test('order is by byte and not by any language', () => {
  expect(['b', 'a', 'B', 'a/b', 'a.b', 'a-b'].sort(byPath)).toEqual(['B', 'a', 'a-b', 'a.b', 'a/b', 'b']);
});
