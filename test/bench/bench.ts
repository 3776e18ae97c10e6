// What `npm run bench` runs. Ratios are taken within one run, on one machine: absolute times of a noisy one mean little.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { analysisBench } from './analysis-bench.ts';
import { importBench, longImport } from './import-bench.ts';
import { queryBench } from './query-bench.ts';
import { machine, type Result, table } from './result.ts';
import { sigmaBench } from './sigma-bench.ts';
import { sealedFolder, verifyBench } from './verify-bench.ts';

const { values } = parseArgs({
  options: {
    'size-mb': { type: 'string', default: '200' },
    'package-mb': { type: 'string', default: '500' },
    events: { type: 'string', default: '10000000' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    out: { type: 'string' },
    pgbadger: { type: 'string' },
    zircolite: { type: 'string' },
  },
});

const root = resolve('.');
const cli = join(root, 'desktop/dist/cli.mjs');
const logs = ['postgresql-2026-11-16.csv.gz', 'postgresql-2026-11-17.csv'].map((name) =>
  join(root, 'test/fixtures/tabletop/logs/db1', name),
);
const work = mkdtempSync(join(tmpdir(), 'dbwitness-bench-'));
const runs = Number(values.runs);
const wanted = (name: string) => values.only === undefined || values.only.split(',').includes(name);

try {
  const results: Result[] = [];
  if (wanted('import')) {
    const size = Number(values['size-mb']);
    results.push(
      ...(await importBench({
        cli,
        work,
        log: inflated(size),
        quarter: inflated(size / 4),
        pgbadger: values.pgbadger,
        runs,
      })),
    );
  }
  if (wanted('verify')) {
    const folder = await sealedFolder(cli, work, inflated(Number(values['package-mb'])));
    results.push(...(await verifyBench([cli, 'verify'], folder, runs)));
    rmSync(join(work, 'sealed'), { recursive: true, force: true });
  }
  if (wanted('sigma')) {
    const log = inflated(megabytesFor(1_000_000));
    results.push(...(await sigmaBench({ cli, work, log, runs, zircolite: values.zircolite })));
  }
  if (wanted('query')) {
    const log = inflated(megabytesFor(Number(values.events)));
    const usual = results.find(({ figures }) => 'quarterPeakMb' in figures)?.figures.peakMb;
    results.push(await longImport(cli, join(work, 'large'), log, usual));
    rmSync(log);
    results.push(...(await queryBench(work, 'large')));
    results.push(...(await analysisBench(work, 'large')));
  }
  console.log(`\n${machine()}\n\n${table(results)}\n`);
  const json = { machine: machine(), at: new Date().toISOString(), results };
  if (values.out === undefined) console.log(JSON.stringify(json));
  else writeFileSync(values.out, `${JSON.stringify(json, undefined, 2)}\n`);
  process.exitCode = results.every((result) => result.met) ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A csvlog of that size, made of the tabletop's real records. */
function inflated(megabytes: number): string {
  const path = join(work, `inflated-${Math.round(megabytes)}.csv`);
  if (!existsSync(path)) {
    mkdirSync(work, { recursive: true });
    mustRun([join(root, 'test/bench/inflate.mjs'), path, String(Math.round(megabytes)), ...logs]);
  }
  return path;
}

/** The tabletop's csvlog has so many bytes a record. */
function megabytesFor(events: number): number {
  return Math.ceil((events * 342) / 1e6);
}

function mustRun(args: readonly string[]): void {
  const done = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.status !== 0) throw new Error(`${args[0]} ended with ${done.status}`);
}
