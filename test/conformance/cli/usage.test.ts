import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, openCli } from './run-cli.ts';
import { SERVER_AUDIT } from './small-logs.ts';

let cli: Cli;
let log: string;
beforeAll(async () => {
  cli = await openCli();
  log = await cli.write('server_audit.log', SERVER_AUDIT);
  expect((await cli.run(['import', 'case', log])).code).toBe(0);
});
afterAll(() => cli.close());

test('a case is sealed by an identity alone', async () => {
  expect(await cli.run(['seal', 'case'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('a package is signed'),
  });
});

test('a short passphrase is refused before anything is made', async () => {
  const fd3 = await cli.write('short', 'short\n');
  const { code, err } = await cli.run(['identity', '--name', 'X', '--passphrase-fd', '3'], { fd3 });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('12 characters or more') });
  expect(existsSync(cli.path('.dbwitness', 'identity'))).toBe(false);
});

test('a folder with other files in it is not made a case, and an empty one is', async () => {
  await cli.write('occupied/letter.txt', 'dear all');
  expect(await cli.run(['import', 'occupied', log])).toMatchObject({
    code: 3,
    err: expect.stringContaining('case/folder-not-empty'),
  });
  expect((await cli.run(['import', 'fresh/deeper/case', log])).code).toBe(0);
  expect(existsSync(cli.path('fresh/deeper/case/case.json'))).toBe(true);
});

test('progress is for terminals: nothing of it in a pipe', async () => {
  const { err, out } = await cli.run(['import', 'quiet', log]);
  expect(`${err}${out}`).not.toContain('\r');
});
