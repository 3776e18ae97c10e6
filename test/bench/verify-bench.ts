import { readdirSync, statSync } from 'node:fs';
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

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
