import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { vi } from 'vitest';

// Each test runs whole processes, side by side with other tests on few cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const TABLETOP = join(root, 'test', 'fixtures', 'tabletop', 'logs');

/** What a run of the command line left. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** `stream` leaves stdin open to whoever got the child at its start. */
  readonly stdin?: string | Uint8Array | 'stream';
  /** File that becomes file descriptor 3. */
  readonly fd3?: string;
  /** Told of all stderr and stdout so far, whenever there is more. */
  readonly onOutput?: (text: string, child: Child) => void;
  readonly onStart?: (child: Child) => void;
}

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** The real command line, bundled as `npm run build` bundles it, and a folder to work in. */
export interface Cli {
  readonly folder: string;
  path(...parts: readonly string[]): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs with `--json` and gives what was printed. */
  json(
    args: readonly string[],
    options?: RunOptions,
  ): Promise<{ readonly code: number | null; readonly value: unknown }>;
  close(): Promise<void>;
}

export async function openCli(): Promise<Cli> {
  // Within the repository, where the bundle finds the native packages and the rules that ship.
  const cache = join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const bundle = await mkdtemp(join(cache, 'cli-'));
  const folder = await mkdtemp(join(tmpdir(), 'dbwitness-cli-'));
  await build({
    entryPoints: {
      cli: join(root, 'desktop/src/cli/bin.ts'),
      'import-worker': join(root, 'desktop/src/engine/import/worker.ts'),
    },
    outdir: bundle,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    external: ['@duckdb/node-api', '@duckdb/node-bindings', 'libpg-query', 'pdfkit', 'electron'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const run: Cli['run'] = (args, options = {}) => start(join(bundle, 'cli.mjs'), folder, args, options);
  return {
    folder,
    path: (...parts) => join(folder, ...parts),
    write: async (name, content) => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    run,
    json: async (args, options) => {
      const { code, out, err } = await run([...args, '--json'], options);
      if (out === '') throw new Error(`nothing was printed; stderr says: ${err}`);
      return { code, value: JSON.parse(out) };
    },
    close: async () => {
      await rm(bundle, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function start(
  cli: string,
  folder: string,
  args: readonly string[],
  { stdin, fd3, onOutput, onStart }: RunOptions,
): Promise<Run> {
  const third = fd3 === undefined ? undefined : openSync(fd3, 'r');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe', ...(third === undefined ? [] : [third])],
    // No identity of whoever runs the tests.
    env: { ...process.env, HOME: folder },
  }) as Child;
  if (third !== undefined) closeSync(third);
  onStart?.(child);
  child.stdin.on('error', () => undefined);
  if (stdin !== 'stream') child.stdin.end(stdin ?? '');
  return new Promise((settle, reject) => {
    const chunks = { out: [] as Buffer[], err: [] as Buffer[] };
    const text = (name: 'out' | 'err') => Buffer.concat(chunks[name]).toString('utf8');
    for (const [name, stream] of [
      ['out', child.stdout],
      ['err', child.stderr],
    ] as const)
      stream.on('data', (chunk: Buffer) => {
        chunks[name].push(chunk);
        onOutput?.(text('err') + text('out'), child);
      });
    child.on('error', reject);
    child.on('close', (code) => settle({ code, out: text('out'), err: text('err') }));
  });
}

/** Lines of JSON as values. */
export function jsonLines(text: string): readonly Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
