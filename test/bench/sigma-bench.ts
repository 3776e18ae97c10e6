import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createEngine } from '@dbwitness/desktop/engine/engine.ts';
import { casesOpen } from '@dbwitness/desktop/host/cases.ts';
import { findingsDetect } from '@dbwitness/desktop/host/findings.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import { DuckDBInstance } from '@duckdb/node-api';
import { measure, median } from './measure.ts';
import type { Result } from './result.ts';
import { zircoliteRule } from './zircolite.ts';

const RULES = 3000;
const SHIPPED = resolve('shared/content/rules');
const CORPUS = resolve('../shared/corpus/sigma');
/** Rules times events a second that Zircolite publishes: the middle of its 2 to 3 million. */
const ZIRCOLITE_PUBLISHED = 2.5e6;

export interface SigmaInput {
  readonly cli: string;
  readonly work: string;
  /** A csvlog of about a million events. */
  readonly log: string;
  readonly runs: number;
  /** The command that runs Zircolite, words divided by blanks; without it, its published speed stands in. */
  readonly zircolite: string | undefined;
}

/** What the rule engine costs: reading rules, checking them, running them over a case and in the editor's database. */
export async function sigmaBench(input: SigmaInput): Promise<readonly Result[]> {
  const folder = manyRules(join(input.work, 'rules'));
  return [
    await load('plan', `load and plan of ${RULES} rules`, 1000, folder, input.runs),
    await load('lint', `lint of ${RULES} rules, every check`, 2000, folder, input.runs),
    await editor(input),
    await perDistinctStatement(),
    await matching(input),
  ];
}

/** Rules of the public corpus, else those that ship, again and again under other ids until there are enough. */
function manyRules(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const corpus = ['rules', 'rules-placeholder'].map((name) => join(CORPUS, name)).filter(existsSync);
  const files = corpus.length === 0 ? ruleFiles(SHIPPED) : corpus.flatMap(ruleFiles);
  for (let i = 0; i < RULES; i++) {
    const file = files[i % files.length] ?? '';
    const round = Math.floor(i / files.length);
    const text = readFileSync(file, 'utf8').replace(
      /^(id: .{8})-.{4}/m,
      (_, head: string) => `${head}-${round.toString(16).padStart(4, '0')}`,
    );
    writeFileSync(
      join(folder, `${round}_${i}_${basename(file)}`),
      text.replace(/^(title: .*)$/m, `$1 ${round}`),
    );
  }
  return folder;
}

function ruleFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.yml$/.test(name) && !/[._]test\.yml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Runs the process that loads, each time anew. */
async function child(what: string, folder = ''): Promise<Record<string, number>> {
  const done = await measure(process.execPath, [resolve('desktop/dist/sigma-load.mjs'), what, folder]);
  if (done.code !== 0) throw new Error(done.out);
  return JSON.parse(done.out) as Record<string, number>;
}

async function load(what: string, name: string, bar: number, folder: string, runs: number): Promise<Result> {
  const all: Record<string, number>[] = [];
  for (let run = 0; run < runs; run++) all.push(await child(what, folder));
  const of = (figure: string) => median(all.map((figures) => figures[figure] ?? Number.NaN));
  const [ms, cpuMs, peakMb] = [of('ms'), of('cpuMs'), of('peakMb')];
  return {
    name: `${name}, new process`,
    value: `${seconds(ms)} (CPU ${seconds(cpuMs)}), ${Math.round(peakMb)} MB`,
    bar: `≤ ${seconds(bar)}, ≤ 400 MB`,
    met: ms <= bar && peakMb <= 400,
    figures: { ms, cpuMs, peakMb, rules: of('rules') },
  };
}

async function editor({ runs }: SigmaInput): Promise<Result> {
  const all: Record<string, number>[] = [];
  for (let run = 0; run < runs; run++) all.push(await child('match'));
  const of = (figure: string) => median(all.map((figures) => figures[figure] ?? Number.NaN));
  return {
    name: 'sql.js: 10 000 events, one rule, loading included',
    value: `${Math.round(of('ms'))} ms (${Math.round(of('first'))} ms the first time in a process)`,
    bar: '≤ 100 ms',
    met: of('ms') <= 100,
    figures: { ms: of('ms'), firstMs: of('first') },
  };
}

/** Rules that ask of the statement alone, over as many events of a thousand statements and of a million. */
async function perDistinctStatement(): Promise<Result> {
  const { value: rules } = loadRules([
    {
      name: 'statement.yml',
      text: "title: Statement\nlogsource: {category: database}\ndetection:\n  a:\n    statement|contains: ['drop database', 'into outfile', 'pg_read_file', 'xp_cmdshell']\n  b:\n    statement|re: 'copy\\s.+\\sprogram'\n  condition: a or b\n",
    },
  ]);
  const few = await statementRun(rules, 1000);
  const many = await statementRun(rules, 1_000_000);
  return {
    name: 'rules of the statement alone, 1 M events: 1 M distinct statements against 1000',
    value: `${Math.round(many)} ms against ${Math.round(few)} ms`,
    bar: 'fewer statements cost less: ≥ 3 ×',
    met: many >= 3 * few,
    figures: { manyMs: many, fewMs: few },
  };
}

async function statementRun(rules: Parameters<typeof runRules>[0], distinct: number): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(
      `CREATE TABLE statement AS SELECT range AS statement_id, 'SELECT name, total FROM shop.orders WHERE customer = ' || range AS text FROM range(${distinct})`,
    );
    await connection.run(
      `CREATE TABLE record AS SELECT 'E001:' || range AS event_id, make_timestamp(range * 1000000) AS time, 'E001' AS exhibit, range AS byte_offset, 'postgresql' AS product, range % ${distinct} AS statement_id FROM range(1000000)`,
    );
    await connection.run(
      'CREATE VIEW event AS SELECT r.*, s.text AS statement FROM record r LEFT JOIN statement s USING (statement_id)',
    );
    const engine = {
      all: async (sql: string) =>
        (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as readonly Record<
          string,
          string
        >[],
    };
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      const start = performance.now();
      for await (const { status, reason } of runRules(rules, engine))
        if (status !== 'ran') throw new Error(reason);
      times.push(performance.now() - start);
    }
    return median(times);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Detection rules over a case of a million events, against Zircolite's speed on the same events. */
async function matching({ cli, work, log, runs, zircolite }: SigmaInput): Promise<Result> {
  const done = await measure(process.execPath, [cli, 'import', join(work, 'sigma'), log, '--json']);
  if (done.code !== 0) throw new Error(`import failed:\n${done.out}`);
  const rulesDir = join(work, 'detection-rules');
  mkdirSync(rulesDir, { recursive: true });
  const files = [SHIPPED, join(CORPUS, 'db-rules')].filter(existsSync).flatMap(ruleFiles);
  for (const [i, file] of files.entries()) {
    // Zircolite has no windows: correlations are measured elsewhere.
    if (!/^correlation:/m.test(readFileSync(file, 'utf8')))
      copyFileSync(file, join(rulesDir, `${i}_${basename(file)}`));
  }
  const engine = createEngine({ casesDir: work, profileDir: `${work}/.profile`, rulesDir });
  let events = 0;
  let ran = 0;
  const times: number[] = [];
  try {
    ({ events } = await engine.request(casesOpen, { ref: 'sigma' }));
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      const { rules } = await engine.request(findingsDetect, {});
      times.push(performance.now() - start);
      ran = rules.filter(({ status, absentFields }) => status === 'ran' && absentFields.length === 0).length;
    }
  } finally {
    await engine.close();
  }
  const ours = (ran * events) / (median(times) / 1000);
  const theirs =
    zircolite === undefined ? ZIRCOLITE_PUBLISHED : await zircoliteSpeed(cli, work, rulesDir, zircolite);
  const ratio = ours / theirs;
  return {
    name: `${ran} rules over ${(events / 1e6).toFixed(1)} M events, findings stored`,
    value: `${seconds(median(times))}: ${millions(ours)} M rules × events/s, ${ratio.toFixed(1)} × Zircolite (${millions(theirs)} M/s${zircolite === undefined ? ' as published' : ', here'})`,
    bar: '≥ 20 × Zircolite',
    met: ratio >= 20,
    figures: { ran, events, ms: median(times), ours, theirs, ratio },
  };
}

/** Rules times events a second of Zircolite's own rule runs, its reading and flattening of the events left out. */
async function zircoliteSpeed(cli: string, work: string, rulesDir: string, command: string): Promise<number> {
  const [program = '', ...args] = command.split(' ');
  const out = join(work, 'zircolite-events.json');
  const exported = await measure(process.execPath, [cli, 'events', join(work, 'sigma'), '--out', out]);
  if (exported.code !== 0) throw new Error(exported.out);
  const files = ruleFiles(rulesDir).map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  const rules = loadRules(files).value.rules.flatMap((rule) => {
    const made = rule.kind === 'detection' ? planRule(rule, [], undefined) : undefined;
    const converted = made !== undefined && 'plan' in made ? zircoliteRule(made.plan) : undefined;
    return converted === undefined ? [] : [converted];
  });
  const ruleset = join(work, 'zircolite-rules.json');
  writeFileSync(ruleset, JSON.stringify(rules));
  const results = join(work, 'zircolite.out');
  const run = ['--ruleset', ruleset, '--events', out, '--jsononly', '--outfile', results, '--profile-rules'];
  const ended = await measure(program, [...args, ...run]);
  rmSync(out);
  // A rule that asks for a column which no event has ends at once with an error of SQL.
  const took = [...ended.out.matchAll(/│\s+([\d,]+\.\d)\s+│/g)]
    .map(([, ms = '']) => Number(ms.replaceAll(',', '')))
    .filter((ms) => ms > 5);
  const events = Number(/Total events processed: ([\d,]+)/.exec(ended.out)?.[1]?.replaceAll(',', ''));
  if (ended.code !== 0 || took.length === 0) throw new Error(`Zircolite failed:\n${ended.out}`);
  return (took.length * events) / (took.reduce((sum, ms) => sum + ms, 0) / 1000);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function millions(value: number): string {
  return (value / 1e6).toFixed(1);
}
