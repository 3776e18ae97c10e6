import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, openCli, type Run, TABLETOP } from './run-cli.ts';

/** The whole way, once: from log files to a package that was checked. Tests look at what each step said. */
let cli: Cli;
const steps = new Map<string, Run>();

beforeAll(async () => {
  cli = await openCli();
  const fd3 = await cli.write('secret', 'a passphrase of the test\n');
  const estate = join(TABLETOP, '../../../../shared/content/estates/tabletop.yml');
  const step = async (name: string, ...args: readonly string[]) => {
    steps.set(name, await cli.run(args, { fd3 }));
  };
  const sign = ['--passphrase-fd', '3'];
  await step('identity', 'identity', '--name', 'A. Examiner', '--json', ...sign);
  const logs = [
    join(TABLETOP, 'db1', 'postgresql-2026-11-17.csv'),
    join(TABLETOP, 'db3', 'server_audit.log'),
  ];
  await step('import', 'import', 'Case 7', ...logs, '--estate', estate, '--json', ...sign);
  await step('again', 'import', 'Case 7', ...logs, '--json', ...sign);
  await step('timeline', 'timeline', 'Case 7', '--by', 'user', '--bins', '4', '--json');
  await step('sessions', 'sessions', 'Case 7', '--json');
  await step('gaps', 'gaps', 'Case 7', '--json');
  await step('detect', 'detect', 'Case 7', '--json', ...sign);
  await step('report', 'report', 'Case 7', 'draft.html', '--json');
  await step('report again', 'report', 'Case 7', 'draft.html');
  await step('seal', 'seal', 'Case 7', '--json', ...sign);
});
afterAll(() => cli.close());

function ran(name: string): Run {
  const found = steps.get(name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
}

function said(name: string) {
  const { out, err } = ran(name);
  if (out === '') throw new Error(`${name} printed nothing; stderr: ${err}`);
  // biome-ignore lint/suspicious/noExplicitAny: what a command prints is looked at by its path
  return JSON.parse(out) as any;
}

test('an identity is made with a passphrase from a file descriptor, and its secret is the owner’s alone', () => {
  expect(ran('identity')).toMatchObject({ code: 0, err: '' });
  expect(said('identity')).toMatchObject({
    name: 'A. Examiner',
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(statSync(cli.path('.dbwitness', 'identity', 'identity.pem')).mode & 0o777).toBe(0o600);
});

test('an import makes the case in the folder that was named, and accounts for every byte', () => {
  expect(ran('import').code).toBe(0);
  expect(statSync(cli.path('Case 7', 'case.json')).isFile()).toBe(true);
  const exhibits = said('import').flatMap((outcome: { exhibits: unknown[] }) => outcome.exhibits);
  expect(exhibits).toMatchObject([
    {
      id: 'E001',
      name: 'db1/postgresql-2026-11-17.csv',
      source: 'db1 postgresql',
      format: 'csvlog',
      records: 4091,
    },
    { id: 'E002', name: 'db3/server_audit.log', format: 'server-audit', records: 1130 },
  ]);
  for (const { bytes, ranges } of exhibits)
    expect(ranges.reduce((sum: number, range: { bytes: number }) => sum + range.bytes, 0)).toBe(bytes);
});

test('the same files again are known, and that is fine', () => {
  expect(ran('again').code).toBe(0);
  expect(said('again').map((outcome: { error: { code: string } }) => outcome.error.code)).toEqual([
    'intake/already-imported',
    'intake/already-imported',
  ]);
});

test('the timeline counts every event once', () => {
  expect(ran('timeline').code).toBe(0);
  const { histogram, sources } = said('timeline');
  const counted = histogram.series.flat().reduce((sum: number, count: number) => sum + count, 0);
  expect(counted + histogram.unplaced).toBe(4091 + 1130);
  expect(histogram.series.every((series: number[]) => series.length === 4)).toBe(true);
  expect(sources.map(({ source }: { source: string }) => source)).toEqual(['db1 postgresql', 'db3 mariadb']);
});

test('sessions come all, and gaps are findings', () => {
  expect(ran('sessions').code).toBe(0);
  const { total, sessions } = said('sessions');
  expect(sessions).toHaveLength(total);
  expect(ran('gaps').code).toBe(1);
  expect(
    said('gaps').some(({ kind }: { kind: string }) => ['not_recorded', 'narrowed', 'hole'].includes(kind)),
  ).toBe(true);
});

test('detection finds, and says so by its exit code', () => {
  expect(ran('detect').code).toBe(1);
  const { findings, rules } = said('detect');
  expect(findings.length).toBeGreaterThan(0);
  expect(rules.every(({ status }: { status: string }) => status === 'ran')).toBe(true);
});

test('a report is a new file of its owner, and never written over another', () => {
  expect(ran('report').code).toBe(0);
  expect(statSync(cli.path('draft.html')).mode & 0o777).toBe(0o600);
  expect(readFileSync(cli.path('draft.html'), 'utf8')).toContain(said('report').sha256);
  expect(ran('report again')).toMatchObject({
    code: 2,
    err: expect.stringContaining('draft.html exists already'),
  });
});

test('a sealed package is verified, with the signer accepted only by another way', async () => {
  expect(ran('seal').code).toBe(0);
  const sealed = said('seal');
  expect(sealed.verification.checks.filter(({ status }: { status: string }) => status === 'fail')).toEqual(
    [],
  );
  const path = cli.path('Case 7', 'packages', `${sealed.name}.zip`);
  expect(await cli.json(['verify', path])).toMatchObject({ code: 3, value: { verdict: 'not-trusted' } });
  const fingerprint = said('identity').fingerprint;
  expect(await cli.json(['verify', path, '--fingerprint', fingerprint])).toMatchObject({
    code: 0,
    value: { verdict: 'verified' },
  });
  expect(await cli.json(['verify', path, '--fingerprint', '0'.repeat(64)])).toMatchObject({ code: 3 });
});

test('what was done before the identity was unlocked is adopted by the seal', async () => {
  const fd3 = cli.path('secret');
  const log = await cli.write('unsigned.log', readFileSync(join(TABLETOP, 'db3', 'server_audit.log')));
  expect((await cli.run(['import', 'unsigned', log])).code).toBe(0);
  const { code, value } = await cli.json(['seal', 'unsigned', '--passphrase-fd', '3'], { fd3 });
  expect(code).toBe(0);
  const { checks } = (value as { verification: { checks: { id: string; status: string }[] } }).verification;
  expect(checks.filter(({ id }) => id === 'ledger/unsigned')).toEqual([
    expect.objectContaining({ status: 'pass' }),
  ]);
});
