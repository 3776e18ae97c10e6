import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type ClickHouse, clickhouseEngine } from '@dbwitness/shared/sigma/engines/clickhouse.ts';
import { CLICKHOUSE_SETTINGS } from '@dbwitness/shared/sigma/sql/clickhouse.ts';
import type { TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';
import { EngineError } from '../engine-error.ts';

/**
 * Where chdb, ClickHouse's engine as a package, is looked for: no part of the product, because it is larger than all of it.
 * scripts/chdb.mjs installs it there for the tests.
 */
export function chdbFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.DBWITNESS_CHDB || join(cache, 'dbwitness', 'chdb');
}

/** ClickHouse on a database of its own, for rules over any events. */
export async function openClickHouseTables(): Promise<TableEngine> {
  return clickhouseEngine(await openClickHouse());
}

/** Opens chdb, else the program `clickhouse` in PATH. */
export async function openClickHouse(): Promise<ClickHouse> {
  const chdb = openChdb();
  if (chdb !== undefined) return chdb;
  const program = inPath('clickhouse');
  if (program !== undefined) return openProgram(program);
  throw new EngineError('engine/no-clickhouse', 'ClickHouse is not on this machine.', {
    next: `Install it so that \`clickhouse\` is in PATH, or its engine as a package: npm install --prefix ${chdbFolder()} chdb`,
  });
}

interface ChdbSession {
  queryAsync(sql: string, options: { readonly format: string }): Promise<{ text(): string }>;
  close(): void;
}

function openChdb(): ClickHouse | undefined {
  let chdb: { readonly Session: new () => ChdbSession };
  try {
    chdb = createRequire(join(chdbFolder(), 'package.json'))('chdb');
  } catch {
    // Not there, or not for this platform.
    return undefined;
  }
  // A process has one at a time.
  const session = new chdb.Session();
  const run = async (sql: string) => (await session.queryAsync(sql, { format: 'JSONEachRow' })).text();
  const settings = Object.entries(CLICKHOUSE_SETTINGS).map(([name, value]) => `${name} = ${value}`);
  const ready = run(`SET ${settings.join(', ')}`);
  return {
    run: async (sql) => {
      await ready;
      return run(sql);
    },
    close: async () => session.close(),
  };
}

/** `clickhouse local` keeps its tables in a folder; each statement is a process of its own. */
async function openProgram(program: string): Promise<ClickHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'dbwitness-clickhouse-'));
  const settings = Object.entries(CLICKHOUSE_SETTINGS).map(([name, value]) => `--${name}=${value}`);
  return {
    run: (sql, signal) =>
      new Promise((done, failed) => {
        // No shell: the statement goes in by the standard input.
        const child = spawn(program, ['local', '--path', folder, ...settings], { stdio: 'pipe' });
        let output = '';
        let errors = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (signal?.aborted === true) child.kill();
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          errors = (errors + text).slice(0, 10_000);
        });
        child.on('error', failed);
        child.on('close', (code) => {
          if (code === 0) done(output);
          else failed(new Error(errors.trim() || `${program} ended with exit code ${code}`));
        });
        // Where it ends early, its exit code says so.
        child.stdin.on('error', () => undefined);
        child.stdin.end(sql);
      }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function inPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
