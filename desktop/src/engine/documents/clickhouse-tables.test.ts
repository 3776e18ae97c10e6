import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openClickHouse } from './clickhouse-tables.ts';

/** Says what it was given, or fails as ClickHouse does. */
const PROGRAM = `#!${process.execPath}
let text = '';
process.stdin.on('data', (part) => { text += part; }).on('end', () => {
  if (text.includes('nonsense')) {
    process.stderr.write('Code: 62. DB::Exception: Syntax error');
    process.exitCode = 62;
  } else process.stdout.write(JSON.stringify({ args: process.argv.slice(2), text }));
});
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-clickhouse-test-'));
  vi.stubEnv('DBWITNESS_CHDB', join(folder, 'nowhere'));
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('runs the program in PATH on a folder of its own, without a shell', async () => {
  writeFileSync(join(folder, 'clickhouse'), PROGRAM, { mode: 0o755 });
  const database = await openClickHouse();
  const first = JSON.parse(await database.run("SELECT '$(id)';"));
  const second = JSON.parse(await database.run('SELECT 2'));
  expect(first.text).toBe("SELECT '$(id)';");
  expect(first.args).toEqual(second.args);
  const [command, option, path, ...settings] = first.args;
  expect([command, option]).toEqual(['local', '--path']);
  expect(settings).toContain('--join_use_nulls=1');
  expect(existsSync(path)).toBe(true);
  await expect(database.run('nonsense')).rejects.toThrow('Syntax error');
  await database.close();
  expect(existsSync(path)).toBe(false);
});

it('says what to install where neither is there', async () => {
  await expect(openClickHouse()).rejects.toMatchObject({
    code: 'engine/no-clickhouse',
    next: expect.stringContaining(`npm install --prefix ${join(folder, 'nowhere')} chdb`),
  });
});
