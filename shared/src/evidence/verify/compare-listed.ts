import { ALGORITHMS } from '../bag.ts';
import { pathProblem } from '../path-name.ts';
import type { Findings } from './check.ts';
import type { PackageContents, ReadManifest } from './package-contents.ts';

type Manifests = ReadonlyMap<(typeof ALGORITHMS)[number], ReadManifest>;

/** Compares the files of a set of manifests with what is there: `<family>/digest`, `<family>/missing`. */
export function compareListed(
  family: 'payload' | 'tag',
  contents: PackageContents,
  manifests: Manifests,
  findings: Findings,
): void {
  const missing = new Set<string>();
  for (const algorithm of ALGORITHMS) {
    for (const [path, expected] of manifests.get(algorithm)?.lines ?? []) {
      const actual = contents.files.get(path)?.[algorithm];
      if (pathProblem(path) !== undefined) continue; // named by the path checks
      if (!contents.has(path)) missing.add(path);
      else if (contents.unreadable.has(path))
        findings.skip(`${family}/digest`, path, 'the container would not give the file');
      else if (actual === undefined)
        findings.skip(`${family}/digest`, path, `too large for a ${algorithm} digest here`);
      else if (actual !== expected)
        findings.fail(`${family}/digest`, path, `${algorithm} differs`, { expected, actual });
    }
  }
  for (const path of missing)
    findings.fail(`${family}/missing`, path, 'a manifest lists it and it is not there');
  if (manifests.size === 0) {
    for (const id of ['digest', 'missing'])
      findings.skip(`${family}/${id}`, '', 'there is no manifest to compare with');
  }
}

/** Reports what is there and in no manifest of the set: `<family>/unlisted`. */
export function reportUnlisted(
  family: string,
  present: readonly string[],
  manifests: Manifests,
  findings: Findings,
): void {
  if (manifests.size === 0) {
    findings.skip(`${family}/unlisted`, '', 'there is no manifest to compare with');
    return;
  }
  for (const path of present) {
    const listed = [...manifests.values()].some(({ lines }) => lines.has(path));
    if (!listed) findings.fail(`${family}/unlisted`, path, 'no manifest lists it');
  }
}
