import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultConfiguration, readConfiguration } from '@dbwitness/shared/sigma/lint/configuration.ts';
import { lintConfigured } from '@dbwitness/shared/sigma/lint/lint-configured.ts';
import { mend } from '@dbwitness/shared/sigma/lint/mend.ts';
import { readKnowledge } from '@dbwitness/shared/sigma/lint/read-knowledge.ts';
import { describe, expect, it } from 'vitest';

const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));
const content = (name: string) =>
  readFileSync(new URL(`../../shared/content/knowledge/${name}.json`, import.meta.url), 'utf8');
const { value: knowledge } = readKnowledge({
  attack: content('attack'),
  d3fend: content('d3fend'),
  taxonomy: content('taxonomy'),
});

/** Signs of YAML and Sigma, one of which takes the place of another. */
const ODD = [':', '-', "'", '|', '[', '*', '\n', '    ', '%', 'not', 'selection', '#'];

function rulesIn(...folders: readonly string[]) {
  return folders.flatMap((folder) =>
    readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yml'))
      .sort()
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(corpus, folder, name), 'utf8') })),
  );
}

// Skipped where the public rules do not stand beside the checkout: none of them is ours to commit.
describe.skipIf(!existsSync(corpus))('the linter on public rules', () => {
  const files = existsSync(corpus) ? rulesIn('rules', 'rules-placeholder') : [];
  const lint = (file: string, text: string) => {
    const { value, problems } = readConfiguration(file, text);
    const result = lintConfigured(files, { configuration: value, knowledge, today: '2026-11-20' });
    return { ...result, problems };
  };
  const counts = (findings: readonly { readonly code: string }[]) => {
    const sums: Record<string, number> = {};
    for (const { code } of findings) sums[code] = (sums[code] ?? 0) + 1;
    return sums;
  };

  it('has no error and no warning in the default profile, and as many hints as are known (SIGMA L4)', () => {
    const { findings } = lint('dbwitness.yml', '');
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(counts(findings)).toEqual({
      escaped_wildcard: 5,
      identifier_unreachable_syntax: 1,
      keyword_on_structured_source: 2,
      lone_star: 6,
      regex_inline_flag: 1,
      regex_is_literal: 1,
      sql_whitespace_fragile: 1,
    });
  });

  it("finds nothing with SigmaHQ's own configuration (SIGMA L2)", () => {
    const conf = readFileSync(join(corpus, 'schemas/validators-sigmahq/sigma_cli_conf.yml'), 'utf8');
    const { findings, suppressed, problems } = lint('sigma_cli_conf.yml', conf);
    // Its list of exclusions has one rule twice.
    expect(problems.map(({ code }) => code)).toEqual(['lint/duplicate-key']);
    expect(counts(findings)).toEqual({});
    expect(suppressed).toBeGreaterThan(0);
  });

  describe('odd rules: examples with errors, cut off and damaged', () => {
    const examples = existsSync(corpus) ? rulesIn('correlation-examples', 'db-rules') : [];
    const configuration = defaultConfiguration('strict');
    const strict = (one: readonly { readonly name: string; readonly text: string }[]) =>
      lintConfigured(one, { configuration, knowledge, today: '2026-11-20' });
    const damaged = examples.flatMap(({ name, text }, i) => [
      { name: `${name} cut`, text: text.slice(0, (text.length * ((i % 7) + 1)) >> 3) },
      {
        name: `${name} damaged`,
        text: text.replaceAll(ODD[i % ODD.length] ?? ':', ODD[(i >> 1) % ODD.length] ?? '-'),
      },
    ]);

    it('never throws, and marks places inside the text', () => {
      for (const file of [...examples, ...damaged]) {
        for (const { code, at, fix } of strict([file]).findings) {
          // A problem of YAML at the end of the text may lie behind it.
          const spans = [
            ...(code === 'sigma/yaml' ? [] : [at?.span]),
            ...(fix?.edits ?? []).map(({ span }) => span),
          ];
          for (const span of spans) {
            expect(span?.from, `${file.name} ${code}`).toBeGreaterThanOrEqual(0);
            expect(span?.to, `${file.name} ${code}`).toBeGreaterThanOrEqual(span?.from ?? 0);
            expect(span?.to, `${file.name} ${code}`).toBeLessThanOrEqual(file.text.length);
          }
        }
      }
    });

    it('is mended once and for all, and what could be read before can be read after', () => {
      let mended = 0;
      for (const file of examples) {
        const errors = (findings: ReturnType<typeof strict>['findings']) =>
          findings
            .filter(({ code, severity }) => severity === 'error' && code.startsWith('sigma/'))
            .map(({ code }) => code);
        const { result, applied } = mend([file], strict);
        mended += applied.length;
        expect(
          result.findings.filter(({ fix }) => fix?.safe === true),
          file.name,
        ).toEqual([]);
        expect(errors(result.findings), file.name).toEqual(errors(strict([file]).findings));
      }
      expect(mended).toBeGreaterThan(100);
    });
  });
});
