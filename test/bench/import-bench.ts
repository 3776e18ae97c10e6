import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { measure, median } from './measure.ts';
import type { Result } from './result.ts';

export interface ImportInput {
  readonly cli: string;
  /** Folder for cases and outputs; emptied of what this makes. */
  readonly work: string;
  /** The csvlog, and one of a quarter of its size, for its peak of memory. */
  readonly log: string;
  readonly quarter: string;
  /** Path of pgBadger, where there is one. */
  readonly pgbadger: string | undefined;
  readonly runs: number;
}

/** Import (read, normalise, classify, hash, store, publish) against pgBadger on the same file, run by run in turn. */
export async function importBench({
  cli,
  work,
  log,
  quarter,
  pgbadger,
  runs,
}: ImportInput): Promise<readonly Result[]> {
  const mb = statSync(log).size / 1e6;
  const ours: number[] = [];
  const theirs: number[] = [];
  let peak = 0;
  for (let run = 0; run < runs; run += 1) {
    const done = await importOnce(cli, join(work, `import-${run}`), log);
    ours.push(mb / done.seconds);
    peak = Math.max(peak, done.peakMb);
    if (pgbadger !== undefined) {
      const out = join(work, 'pgbadger.json');
      const badger = await measure(pgbadger, ['-q', '-f', 'csv', '-o', out, log]);
      rmSync(out, { force: true });
      if (badger.code !== 0) throw new Error(`pgBadger failed:\n${badger.out}`);
      theirs.push(mb / badger.seconds);
    }
  }
  const small = await importOnce(cli, join(work, 'import-small'), quarter);
  const speed = median(ours);
  const ratio =
    theirs.length === 0 ? Number.NaN : median(ours.map((value, i) => value / (theirs[i] ?? Number.NaN)));
  return [
    {
      name: `import of a ${Math.round(mb)} MB csvlog`,
      value: `${speed.toFixed(1)} MB/s${Number.isNaN(ratio) ? '' : `, ${ratio.toFixed(1)} × pgBadger (${median(theirs).toFixed(1)} MB/s)`}`,
      bar: '≥ 3 × pgBadger',
      met: ratio >= 3,
      figures: { megabytes: mb, ours: speed, pgbadger: theirs.length === 0 ? 0 : median(theirs), ratio },
    },
    {
      name: 'peak memory of that import',
      value: `${Math.round(peak)} MB (${Math.round(small.peakMb)} MB for a quarter of the file)`,
      bar: '≤ 1.5 GB',
      met: peak > 0 && peak <= MOST_MB,
      figures: { peakMb: peak, quarterPeakMb: small.peakMb },
    },
  ];
}

/** Highest peak of memory that an import may have, MB. */
const MOST_MB = 1500;

/**
 * Imports a log many times as long into `folder` and keeps the case. Caches and DuckDB's share fill with the first some
 * hundred MB; behind them, memory may not follow the length of the log: `usual` is the peak of the import above, MB.
 */
export async function longImport(
  cli: string,
  folder: string,
  log: string,
  usual: number | undefined,
): Promise<Result> {
  const done = await measure(process.execPath, [cli, 'import', folder, log, '--json']);
  if (done.code !== 0) throw new Error(`import failed:\n${done.out}`);
  const mb = statSync(log).size / 1e6;
  return {
    name: `peak memory of an import of ${Math.round(mb)} MB`,
    value: `${Math.round(done.peakMb)} MB${usual === undefined ? '' : `, ${(done.peakMb / usual).toFixed(2)} × that of the shorter log`}`,
    bar: '≤ 1.5 GB, ≤ 1.25 × the shorter log',
    met: done.peakMb > 0 && done.peakMb <= Math.min(MOST_MB, 1.25 * (usual ?? MOST_MB)),
    figures: { megabytes: mb, peakMb: done.peakMb, megabytesPerSecond: mb / done.seconds },
  };
}

async function importOnce(cli: string, folder: string, log: string) {
  rmSync(folder, { recursive: true, force: true });
  const done = await measure(process.execPath, [cli, 'import', folder, log, '--json']);
  rmSync(folder, { recursive: true, force: true });
  if (done.code !== 0) throw new Error(`import failed:\n${done.out}`);
  return done;
}
