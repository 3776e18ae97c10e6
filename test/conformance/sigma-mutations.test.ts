import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { ANY_EVENTS } from '@dbwitness/shared/sigma/plan/event-kind.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import { readBlockYaml } from '@dbwitness/shared/text/yaml-block.ts';
import { readAnyYaml } from '@dbwitness/shared/text/yaml-patient.ts';
import { describe, expect, it } from 'vitest';
import { Random } from './sigma-property/random.ts';

/** Broken rules that are read; the nightly run has 100,000. */
const MUTATIONS = Number(process.env.SIGMA_MUTATIONS ?? 2000);
const SEED = Number(process.env.SIGMA_MUTATIONS_SEED ?? 20_261_120);
/** A text longer than that is cut: what breaks a reader is small. */
const LONGEST = 3000;

const shipped = fileURLToPath(new URL('../../shared/content/rules', import.meta.url));
// Third-party rules are no part of this repository: they take part where they stand beside the checkout.
const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));

// biome-ignore format: pieces that YAML, conditions, keys and values give a meaning
const PIECES = [
  '\n', '\n\n', '\r\n', ' ', '    ', '\t', '- ', '-', ': ', ':', ' #', '# x', "'", '"', "''", '\\', '\\"', '|', '|\n', '>-\n', '|+\n', '|2\n', '[', ']', '{', '}', ',',
  '---\n', '...\n', '&a ', '*a', '!t ', '? ', '%', '@', '`', '<<: *a', '~', 'null', 'true', '1e3', '0x1', '010', '.inf', '.5', '99999999999999999999', '2024-01-01', 'é', '\u00a0', '\u2028', '🧀', '\ud800', '\0', '\ufeff',
  'and ', ' or ', 'not ', '1 of ', 'all of them', 'any of x*', '(', ')', '**', '_', 'AND', '2 of', ' | count() by a > 5',
  '|contains', '|all', '|re', '|i', '|cidr', '|base64', '|base64offset', '|wide', '|windash', '|expand', '%x%', '|exists', '|fieldref', '|gt', '|hour', '|neq', '|cased', '|nope', '[any]', '[-1]', 'sigma-version: 3\n',
  '(?', '(?<n>', 'a{1000}', '[a-', '10.0.0.0/33', '::/0', 'action: global\n', 'action: repeat\n', 'correlation:\n', 'filter:\n', 'detection:\n', 'condition: ', 'timespan: 5m', 'rules:\n', 'aliases:\n', '[]', '{}',
] as const;

function ruleTexts(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function mutated(text: string, random: Random, others: readonly string[]): string {
  let now = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  if (random.chance(0.1)) now = now.replaceAll('\n', '\r\n');
  for (let changes = random.below(4); changes >= 0; changes--) {
    const at = random.below(now.length + 1);
    const rest = now.slice(at);
    const other = random.pick(others);
    const from = random.below(other.length);
    now =
      now.slice(0, at) +
      random.pick([
        () => '',
        () => rest.slice(1 + random.below(8)),
        () => random.pick(PIECES) + rest,
        () => random.pick(PIECES).repeat(1 + random.below(40)) + rest,
        () => other.slice(from, from + random.below(80)) + rest,
        () => now.slice(random.below(at + 1), at) + rest,
      ])();
  }
  return now;
}

describe('texts that are no rules any more (SIGMA Y5)', () => {
  const texts = [...ruleTexts(shipped), ...ruleTexts(corpus)];

  // The time limit is the point: a reader that hangs on one of them does not end in it.
  it(`are read and planned, ${MUTATIONS} of them`, { timeout: 60_000 + MUTATIONS * 50 }, () => {
    const random = new Random(SEED);
    let rules = 0;
    for (let i = 0; i < MUTATIONS; i++) {
      const text = mutated(random.pick(texts), random, texts);
      try {
        const fast = readBlockYaml(text);
        const patient = fast === undefined ? undefined : readAnyYaml(text);
        expect(patient?.flatMap(({ faults }) => faults) ?? []).toEqual([]);
        expect(fast).toEqual(patient?.map(({ root }) => root).filter((root) => root !== undefined));
        const { value, problems } = loadRules([{ name: 'a.yml', text }]);
        for (const { at } of problems) {
          expect(at?.span?.from).toBeLessThanOrEqual(at?.span?.to ?? -1);
          expect(at?.span?.to).toBeLessThanOrEqual(text.length);
        }
        for (const rule of value.rules)
          if (rule.kind === 'detection')
            planRule({ ...rule, faults: [] }, value.filters, undefined, ANY_EVENTS);
        rules += value.rules.length;
      } catch (error) {
        throw new Error(`mutation ${i} of seed ${SEED}: ${JSON.stringify(text)}`, { cause: error });
      }
    }
    // Most of them are still rules, so that more than the first check is tried.
    expect(rules).toBeGreaterThan(MUTATIONS / 4);
  });

  it('are read wherever they break off', () => {
    for (const text of ruleTexts(shipped).slice(0, 12)) {
      for (let end = 0; end < text.length; end += 7) loadRules([{ name: 'a.yml', text: text.slice(0, end) }]);
    }
  });
});
