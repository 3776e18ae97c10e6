import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { referencePages } from './pages.ts';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../shared/docs/reference');
const pages = referencePages();

test.each([...pages.keys()])('%s says what the code says (npm run docs writes it)', (name) => {
  const page = pages.get(name) ?? '';
  if (process.env.UPDATE === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), page);
  }
  expect(readFileSync(join(folder, name), 'utf8')).toBe(page);
});

test('the folder of the reference holds nothing else', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});
