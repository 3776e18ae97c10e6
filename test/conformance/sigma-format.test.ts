import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatRules } from '@dbwitness/shared/sigma/format/format-rules.ts';
import { describe, expect, it } from 'vitest';

const CORPUS = '../shared/corpus/sigma';
const FOLDERS = ['rules', 'rules-placeholder', 'db-rules', 'correlation-examples'];

describe.skipIf(!existsSync(CORPUS))(
  'formatting the public corpus (not beside this checkout: skipped)',
  () => {
    it('changes nothing twice, and few of the rules at all, none in its meaning', () => {
      const changed: string[] = [];
      const left: string[] = [];
      for (const file of FOLDERS.flatMap((folder) => yamlBelow(join(CORPUS, folder)))) {
        const text = readFileSync(file, 'utf8');
        const made = formatRules(file, text);
        if (!('text' in made)) {
          left.push(`${file} ${made.problems[0]?.code}`);
          continue;
        }
        const again = formatRules(file, made.text);
        expect('text' in again && again.text, file).toBe(made.text);
        if (made.text !== text) changed.push(file);
      }
      // Of 688: references behind the author, tags before the date, texts indented by two, blank lines between keys.
      expect(changed.filter((file) => file.startsWith(join(CORPUS, 'rules')))).toHaveLength(42);
      expect(left.filter((line) => !/sigma\/(yaml|duplicate-key|not-a-rule)$/.test(line))).toEqual([]);
    }, 60_000);
  },
);

function yamlBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => join(folder, name));
}
