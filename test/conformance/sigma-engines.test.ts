import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_ESTATE } from '@dbwitness/shared/estate/parse-estate.ts';
import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { ANY_EVENTS } from '@dbwitness/shared/sigma/plan/event-kind.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/sigma', import.meta.url));

// Third-party rules (DRL 1.1) are no part of this repository: read where they stand beside the checkout.
describe.skipIf(!existsSync(corpus))('every public rule', async () => {
  const engines = await openEngines();
  afterAll(async () => {
    for (const { close } of engines) await close();
  });

  const estate = { ...DEFAULT_ESTATE, privileged_users: ['dba', 'O*ps'] };
  const rules = () => {
    const files = ['rules', 'rules-placeholder'].flatMap((folder) =>
      readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.yml'))
        .map((name) => ({ name, text: readFileSync(join(corpus, folder, name), 'utf8') })),
    );
    // Every list that they ask for is one that the estate has.
    return loadRules(
      files.map(({ name, text }) => ({
        name,
        text: text.includes('|expand') ? text.replace(/%[\w-]+%/g, '%privileged_users%') : text,
      })),
    ).value;
  };

  for (const { title, missing, get } of engines) {
    it.skipIf(missing)(`runs on ${title}, where an event has every field that it asks for`, async () => {
      const set = rules();
      const fields = new Set<string>();
      for (const rule of set.rules) {
        if (rule.kind !== 'detection') continue;
        const made = planRule(rule, [], estate, ANY_EVENTS);
        if ('plan' in made) for (const field of made.plan.fields) fields.add(field);
      }
      // One value, and several of them: both shapes of a column are asked.
      const one = Object.fromEntries([...fields].map((field) => [field, 'no such value']));
      const several = Object.fromEntries([...fields].map((field) => [field, ['no', 'such value']]));
      for (const event of [one, several]) {
        const { runs } = await runOnEvents(set, [{ fields: event }], get(), { estate });
        expect(runs.length).toBe(688);
        expect(runs.filter(({ status }) => status !== 'ran')).toEqual([]);
      }
    });
  }
});
