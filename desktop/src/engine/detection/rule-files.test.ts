import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRuleFiles } from './rule-files.ts';

test('rules are found whatever the case of their names, and the tests beside them are none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dbwitness-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['a.yml', 'B.YML', 'c.Yaml', 'a.test.yml', 'B_TEST.YML', 'notes.txt'])
    writeFileSync(join(folder, name), name);
  const { files } = await readRuleFiles(folder);
  expect(files.map(({ name }) => name)).toEqual(['B.YML', 'a.yml', 'c.Yaml']);
});
