import { readdirSync, readFileSync } from 'node:fs';
import { Mutant } from '@dbwitness/desktop/verify/fixtures/mutant.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cli, openCli } from '../cli/run-cli.ts';
import { SERVER_AUDIT } from '../cli/small-logs.ts';

/** Packages that the command line sealed, altered, and what `dbwitness verify` says of them. */
let cli: Cli;
let good: Mutant;
let other: Mutant;
let fingerprint: string;
let evidence: string;

beforeAll(async () => {
  cli = await openCli();
  await cli.write('secret', 'a passphrase of the test\n');
  const log = await cli.write('server_audit.log', SERVER_AUDIT);
  fingerprint = await seal('mine', log);
  good = await Mutant.load(packageOf('mine'));
  await seal('theirs', log);
  other = await Mutant.load(packageOf('theirs'));
  evidence = [...good.files.keys()].find((path) => path.startsWith('data/original/')) ?? '';
});
afterAll(() => cli.close());

/** Each case with an identity of its own; returns the fingerprint. */
async function seal(name: string, log: string): Promise<string> {
  const options = { fd3: cli.path('secret') };
  const sign = ['--profile', `${name}-profile`, '--passphrase-fd', '3'];
  const made = await cli.json(['identity', '--name', name, ...sign], options);
  expect((await cli.run(['import', name, log, ...sign], options)).code).toBe(0);
  expect((await cli.run(['seal', name, '--form', 'folder', ...sign], options)).code).toBe(0);
  return (made.value as { fingerprint: string }).fingerprint;
}

function packageOf(name: string): string {
  const [folder = ''] = readdirSync(cli.path(name, 'packages'));
  return cli.path(name, 'packages', folder);
}

interface Verified {
  readonly code: number | null;
  readonly verdict: string;
  /** Failed checks: id and target. */
  readonly failed: readonly string[];
  readonly details: string;
}

function verify(mutant: Mutant, ...args: readonly string[]): Promise<Verified> {
  return mutant.inFolder(async (path) => {
    const { code, value } = await cli.json(['verify', path, '--fingerprint', fingerprint, ...args]);
    const { verdict, checks } = value as {
      verdict: string;
      checks: readonly { id: string; status: string; target: string; detail: string }[];
    };
    const failed = checks.filter(({ status }) => status === 'fail');
    return {
      code,
      verdict,
      failed: failed.map(({ id, target }) => `${id} ${target}`),
      details: failed.map(({ detail }) => detail).join('\n'),
    };
  });
}

test('the package as it was sealed is verified', async () => {
  expect(await verify(good)).toMatchObject({ code: 0, verdict: 'verified', failed: [] });
});

describe('verify names', () => {
  test('one altered byte of evidence, with its block', async () => {
    const { code, verdict, failed } = await verify(good.copy().flip(evidence, 70_000));
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'failed' });
    expect(failed).toContain(`payload/digest ${evidence}`);
    expect(failed.filter((check) => check.startsWith('blocks/leaf'))).toHaveLength(1);
  });

  test('one altered byte of a file beside the evidence', async () => {
    const { code, failed } = await verify(good.copy().flip('VERIFY.md', 10));
    expect({ code, failed }).toEqual({ code: 1, failed: expect.arrayContaining(['tag/digest VERIFY.md']) });
  });

  test('a removed file', async () => {
    const { code, failed } = await verify(good.copy().remove('data/report/report.json'));
    expect(code).toBe(1);
    expect(failed).toContain('payload/missing data/report/report.json');
  });

  test('an added file', async () => {
    const { code, failed } = await verify(good.copy().put('data/original/E009/more.log', 'x'));
    expect(code).toBe(1);
    expect(failed).toContain('payload/unlisted data/original/E009/more.log');
  });

  test('a renamed file, as one that is gone and one that is new', async () => {
    const renamed = good.copy().put('data/report/other.json', good.bytes('data/report/report.json'));
    const { code, failed } = await verify(renamed.remove('data/report/report.json'));
    expect(code).toBe(1);
    expect(failed).toEqual(
      expect.arrayContaining([
        'payload/missing data/report/report.json',
        'payload/unlisted data/report/other.json',
      ]),
    );
  });

  test('a ledger whose tail was cut, also when every manifest was made to fit', async () => {
    const cut = good
      .copy()
      .edit('custody/ledger.jsonl', (text) =>
        text.trimEnd().split('\n').slice(0, -1).join('\n').concat('\n'),
      );
    const { code, failed } = await verify(cut.manifests());
    expect(code).toBe(1);
    expect(failed.map((check) => check.split(' ')[0])).toContain('ledger/shorter-than-checkpoint');
  });

  test('a ledger that was reordered', async () => {
    const swapped = good.copy().edit('custody/ledger.jsonl', (text) => {
      const [first = '', second = '', third = '', ...rest] = text.trimEnd().split('\n');
      return `${[first, third, second, ...rest].join('\n')}\n`;
    });
    const { code, failed } = await verify(swapped.manifests());
    expect(code).toBe(1);
    expect(failed.map((check) => check.split(' ')[0])).toContain('ledger/sequence');
  });

  test('another key: intact, but not by the one that was expected', async () => {
    const { code, verdict, failed } = await verify(other);
    expect({ code, verdict }).toEqual({ code: 3, verdict: 'not-trusted' });
    expect(failed.every((check) => check.startsWith('signature/untrusted-key'))).toBe(true);
  });

  test('a signature from another package', async () => {
    const swapped = good.copy();
    swapped.remove(...[...swapped.files.keys()].filter((path) => path.startsWith('signatures/')));
    for (const [path, bytes] of other.files) if (path.startsWith('signatures/')) swapped.put(path, bytes);
    const { code, failed } = await verify(swapped);
    expect(code).toBe(1);
    expect(failed.map((check) => check.split(' ')[0])).toContain('signature/subject');
  });
});

test('a byte altered in the zip is found, and people are told the file', async () => {
  const sign = ['--profile', 'mine-profile', '--passphrase-fd', '3'];
  expect((await cli.run(['seal', 'mine', ...sign], { fd3: cli.path('secret') })).code).toBe(0);
  const name = readdirSync(cli.path('mine', 'packages')).find((file) => file.endsWith('.zip')) ?? '';
  const zip = readFileSync(cli.path('mine', 'packages', name));
  // Entries are stored as they are: a text of the evidence stands in the zip.
  const at = zip.indexOf(SERVER_AUDIT.subarray(5000, 5100));
  zip[at] = (zip[at] ?? 0) ^ 1;
  const { code, out } = await cli.run([
    'verify',
    await cli.write('altered.zip', zip),
    '--fingerprint',
    fingerprint,
  ]);
  expect(code).toBe(1);
  expect(out).toContain('FAILED. This package is not what was sealed.');
  expect(out).toContain(`payload/digest  ${evidence}`);
});

test('what is no package is said to be none', async () => {
  expect((await cli.run(['verify', await cli.write('letter.zip', 'dear all')])).code).toBe(4);
});
