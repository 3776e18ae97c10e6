// A process of its own that loads what it is told to, for times that start cold. Prints its figures as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteTables } from '@dbwitness/desktop/engine/documents/sqlite-tables.ts';
import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { defaultConfiguration } from '@dbwitness/shared/sigma/lint/configuration.ts';
import { lintConfigured } from '@dbwitness/shared/sigma/lint/lint-configured.ts';
import { readKnowledge } from '@dbwitness/shared/sigma/lint/read-knowledge.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { ANY_EVENTS } from '@dbwitness/shared/sigma/plan/event-kind.ts';
import { planRules } from '@dbwitness/shared/sigma/run/run-rules.ts';

const RULE = `title: Bulk
logsource: {category: database}
detection:
  copied:
    statement|contains: ['copy orders', 'into outfile']
    rows|gte: 1000
  service:
    user|startswith: svc_
  condition: copied and not service
`;

const [what, folder = ''] = process.argv.slice(2);
const start = performance.now();
const cpu = process.cpuUsage();
const figures = what === 'plan' ? plan() : what === 'lint' ? lint() : await match();
const { user, system } = process.cpuUsage(cpu);
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({ ms: performance.now() - start, cpuMs: (user + system) / 1000, peakMb, ...figures }),
);

function files() {
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function plan() {
  const { value } = loadRules(files());
  const { plans } = planRules(value, { events: ANY_EVENTS });
  return { rules: value.rules.length, plans: plans.length };
}

/** Every check there is. */
function lint() {
  const texts = Object.fromEntries(
    ['attack', 'd3fend', 'taxonomy'].map((name) => [
      name,
      readFileSync(`shared/content/knowledge/${name}.json`, 'utf8'),
    ]),
  );
  const { attack = '', d3fend = '', taxonomy = '' } = texts;
  const { value: knowledge } = readKnowledge({ attack, d3fend, taxonomy });
  const configuration = defaultConfiguration('strict');
  const { findings, documents } = lintConfigured(files(), { configuration, knowledge, today: '2026-11-20' });
  return { rules: documents.length, findings: findings.length };
}

/** One rule over events as the editor has them: read, laid out, loaded into sql.js and judged. */
async function match() {
  const { value: rules } = loadRules([{ name: 'rule.yml', text: RULE }]);
  const events = Array.from({ length: 10_000 }, (_, i) => ({
    fields: {
      user: `${i % 3 === 0 ? 'svc' : 'user'}_${i % 50}`,
      class: i % 7 === 0 ? 'schema_change' : 'data_access',
      statement: `${i % 97 === 0 ? 'COPY orders TO PROGRAM' : 'SELECT * FROM orders WHERE id ='} ${i}`,
      rows: i,
    },
    at: i,
  }));
  const times: number[] = [];
  let total = 0;
  for (let run = 0; run < 5; run++) {
    const from = performance.now();
    const engine = await openSqliteTables();
    const { runs } = await runOnEvents(rules, events, engine);
    await engine.close();
    times.push(performance.now() - from);
    total = runs[0]?.total ?? 0;
  }
  if (total === 0) throw new Error('the rule should match');
  return { first: times[0] ?? 0, ms: times.toSorted((a, b) => a - b)[2] ?? 0, matches: total };
}
