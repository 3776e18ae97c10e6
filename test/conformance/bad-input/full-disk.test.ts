import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Cli, jsonLines, openCli } from '../cli/run-cli.ts';
import { CSVLOG, CSVLOG_PATH, CSVLOG_RECORDS } from '../cli/small-logs.ts';

/** Why a small file system cannot be mounted here, or undefined. */
function whyNot(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can mount a small disk';
  const tried = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
  return tried.status === 0 ? undefined : 'mounting is not allowed here';
}

const reason = whyNot();

describe.skipIf(reason !== undefined)(
  `a full disk${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let cli: Cli;
    beforeAll(async () => {
      cli = await openCli();
      mkdirSync(cli.path('disk'));
      await cli.write('big.csv', Buffer.concat(Array.from({ length: 15 }, () => CSVLOG)));
      await cli.write('middle.csv', Buffer.concat(Array.from({ length: 4 }, () => CSVLOG)));
    });
    afterEach(() => execFileSync('umount', [cli.path('disk')]));
    afterAll(() => cli.close());

    const mount = (megabytes: number) =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', cli.path('disk')]);
    const enlarge = (megabytes: number) =>
      execFileSync('mount', ['-o', `remount,size=${megabytes}m`, cli.path('disk')]);
    const events = async () => jsonLines((await cli.run(['events', 'disk/case'])).out).length;

    test('refuses the file that does not fit with the byte, and keeps the one before', async () => {
      mount(16);
      const { code, value } = await cli.json(['import', 'disk/case', CSVLOG_PATH, 'big.csv']);
      expect(code).toBe(3);
      expect(value).toMatchObject([
        { exhibits: [{ id: 'E001', records: CSVLOG_RECORDS }] },
        {
          exhibits: [],
          error: {
            code: 'intake/disk-full',
            message: expect.stringMatching(/full at byte \d+ of .*big\.csv\. Nothing of/),
          },
        },
      ]);
      expect(readdirSync(cli.path('disk', 'case', 'incoming'))).toEqual([]);
      expect(await events()).toBe(CSVLOG_RECORDS);
      enlarge(200);
      expect((await cli.run(['import', 'disk/case', 'big.csv'])).code).toBe(0);
      expect(await events()).toBe(16 * CSVLOG_RECORDS);
    });

    test('that leaves no room for the events is told, and they are read once there is room', async () => {
      mount(7);
      const { code, err } = await cli.run(['import', 'disk/case', 'middle.csv']);
      expect({ code, err }).toEqual({ code: 3, err: expect.stringMatching(/no room left .*disk/) });
      expect(err).not.toMatch(/internal|\n\s+at /);
      enlarge(200);
      expect((await cli.run(['import', 'disk/case', 'middle.csv'])).code).toBe(0);
      expect(await events()).toBe(4 * CSVLOG_RECORDS);
    });
  },
);
