import { ALGORITHMS, manifestPath, tagManifestPath } from '../../bag.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents, ReadManifest } from '../package-contents.ts';

/** Manifests are well formed, and both sets list the same files. */
export const manifest: Check = {
  ids: ['manifest/duplicate', 'manifest/sets-differ', 'manifest/syntax'],
  run(contents, findings) {
    for (const algorithm of ALGORITHMS) {
      problems(manifestPath(algorithm), contents.manifests.get(algorithm), contents, findings);
      problems(tagManifestPath(algorithm), contents.tagManifests.get(algorithm), contents, findings);
    }
    compare(manifestPath, contents.manifests, findings);
    compare(tagManifestPath, contents.tagManifests, findings);
  },
};

function problems(
  path: string,
  read: ReadManifest | undefined,
  { files }: PackageContents,
  findings: Findings,
): void {
  // What cannot be read lists nothing: unsaid, every check against it would be left out and none would fail.
  if (read === undefined && files.has(path))
    findings.fail('manifest/syntax', path, 'not UTF-8, or too large');
  for (const { kind, detail } of read?.problems ?? []) findings.fail(`manifest/${kind}`, path, detail);
}

function compare(
  pathOf: typeof manifestPath,
  manifests: ReadonlyMap<(typeof ALGORITHMS)[number], ReadManifest>,
  findings: Findings,
): void {
  const [first, second] = ALGORITHMS;
  const [a, b] = [manifests.get(first), manifests.get(second)];
  if (a === undefined || b === undefined) {
    findings.skip('manifest/sets-differ', pathOf(first), 'one of the two manifests is not there');
    return;
  }
  for (const path of a.lines.keys()) {
    if (!b.lines.has(path))
      findings.fail('manifest/sets-differ', pathOf(second), `${path} is listed in ${pathOf(first)} only`);
  }
  for (const path of b.lines.keys()) {
    if (!a.lines.has(path))
      findings.fail('manifest/sets-differ', pathOf(first), `${path} is listed in ${pathOf(second)} only`);
  }
}
