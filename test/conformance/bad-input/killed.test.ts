import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Child, type Cli, jsonLines, openCli } from '../cli/run-cli.ts';
import { CSVLOG, CSVLOG_PATH, CSVLOG_RECORDS, csvRecord } from '../cli/small-logs.ts';
import { until } from '../cli/until.ts';

let cli: Cli;
const FILES = 3;
beforeAll(async () => {
  cli = await openCli();
  for (let n = 0; n < FILES; n++)
    await cli.write(`many/${n}.csv`, Buffer.concat([csvRecord(n, `message ${n}`), CSVLOG]));
});
afterAll(() => cli.close());

const has = (...parts: readonly string[]) => existsSync(cli.path(...parts));
const count = (...parts: readonly string[]) => (has(...parts) ? readdirSync(cli.path(...parts)).length : 0);

/** A moment of the second import of a case, seen from outside. */
const MOMENTS: readonly (readonly [string, (name: string) => boolean])[] = [
  ['opens the case', (name) => has(name, 'temp')],
  ['takes in its first file', (name) => count(name, 'incoming') > 0],
  ['has put its first file into the vault', (name) => has(name, 'vault', 'E002')],
  ['takes in a later file', (name) => has(name, 'vault', 'E003') && count(name, 'incoming') > 0],
  ['publishes the events', (name) => has(name, 'events.next.duckdb')],
];

describe.each(MOMENTS)('killed as it %s', (moment, reached) => {
  test('an import loses nothing that was reported done, and the same import again completes it', async () => {
    const name = moment.replaceAll(' ', '-');
    expect((await cli.run(['import', name, CSVLOG_PATH])).code).toBe(0);
    let watching: Promise<boolean> | undefined;
    await cli.run(['import', name, 'many'], {
      onStart: (child: Child) => {
        watching = until(
          () => reached(name),
          () => child.exitCode !== null,
        );
        void watching.then((came) => came && child.kill('SIGKILL'));
      },
    });
    expect(await watching).toBe(true);
    // Whole exhibits or none: what the vault has, the events have.
    const after = jsonLines((await cli.run(['events', name])).out);
    const exhibits = new Map<string, number>();
    for (const { exhibit } of after) exhibits.set(String(exhibit), (exhibits.get(String(exhibit)) ?? 0) + 1);
    expect(exhibits.get('E001')).toBe(CSVLOG_RECORDS);
    expect(exhibits.size).toBe(count(name, 'vault'));
    for (const [exhibit, events] of exhibits) if (exhibit !== 'E001') expect(events).toBe(CSVLOG_RECORDS + 1);
    expect(count(name, 'incoming')).toBe(0);
    const { code, value } = await cli.json(['import', name, 'many']);
    expect(code).toBe(0);
    expect(value).toHaveLength(FILES);
    expect(jsonLines((await cli.run(['events', name])).out)).toHaveLength(
      CSVLOG_RECORDS + FILES * (CSVLOG_RECORDS + 1),
    );
  });
});

test('a case that another process has open is refused with that process, and is free when it ends', async () => {
  const log = await cli.write('one.csv', csvRecord(1, 'one'));
  expect((await cli.run(['import', 'shared', log])).code).toBe(0);
  let refused: { readonly code: number | null; readonly err: string } | undefined;
  const served = await cli.run(['serve', 'shared', '--no-browser', '--json'], {
    onOutput: (text, child) => {
      if (refused !== undefined || !text.includes('"url"')) return;
      refused = { code: null, err: '' };
      void cli.run(['import', 'shared', log]).then((run) => {
        refused = run;
        child.kill('SIGINT');
      });
    },
  });
  expect(served.code).toBe(0);
  expect(refused).toMatchObject({
    code: 3,
    err: expect.stringMatching(/open in another process \(process \d+ on .*case\/locked/),
  });
  expect((await cli.run(['import', 'shared', log])).code).toBe(0);
});
