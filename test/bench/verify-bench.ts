import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure, median } from './measure.ts';
import type { Result } from './result.ts';

/** `dbwitness verify` of a package folder against `sha256sum` over the same files, in turn. */
export async function verifyBench(
  verifier: readonly string[],
  folder: string,
  runs: number,
): Promise<readonly Result[]> {
  const files = filesIn(folder);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const ours: number[] = [];
  const theirs: number[] = [];
  let peak = 0;
  for (let run = 0; run < runs; run += 1) {
    theirs.push((await measure('sha256sum', files)).seconds);
    const done = await measure(process.execPath, [...verifier, folder, '--json']);
    // 3: intact, but nobody's key is trusted here.
    if (done.code !== 0 && done.code !== 3) throw new Error(`verify failed:\n${done.out.slice(0, 2000)}`);
    ours.push(done.seconds);
    peak = Math.max(peak, done.peakMb);
  }
  const ratio = median(ours.map((value, i) => value / (theirs[i] ?? Number.NaN)));
  return [
    {
      name: `verify of a ${Math.round(bytes / 1e6)} MB package`,
      value: `${median(ours).toFixed(2)} s, ${ratio.toFixed(1)} × sha256sum (${median(theirs).toFixed(2)} s)`,
      bar: '≤ 4 × sha256sum',
      met: ratio <= 4,
      figures: { bytes, ours: median(ours), sha256sum: median(theirs), ratio, peakMb: peak },
    },
  ];
}

const PASSPHRASE = 'bench passphrase, nothing to protect';

/** A sealed package folder that holds `log`. */
export async function sealedFolder(cli: string, work: string, log: string): Promise<string> {
  const [profile, folder, secret] = ['profile', 'sealed', 'passphrase'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(secret, PASSPHRASE, { mode: 0o600 });
  const run = async (...args: readonly string[]) => {
    const done = await measure('sh', [
      '-c',
      'exec "$@" 3<"$0"',
      secret,
      process.execPath,
      cli,
      ...args,
      '--profile',
      profile,
      '--passphrase-fd',
      '3',
    ]);
    if (done.code !== 0) throw new Error(`${args[0]} failed:\n${done.out}`);
  };
  await run('identity', '--name', 'Bench');
  await run('import', folder, log);
  await run('seal', folder, '--form', 'folder');
  const packages = join(folder, 'packages');
  const [name] = readdirSync(packages);
  if (name === undefined) throw new Error('no package was written');
  return join(packages, name);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
