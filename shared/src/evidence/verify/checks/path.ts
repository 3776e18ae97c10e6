import type { ManifestLine } from '../../bag.ts';
import { type PathProblem, pathProblem, pathTwinKey } from '../../path-name.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';

const DETAILS: Readonly<Record<PathProblem, string>> = {
  absolute: 'the path is absolute',
  backslash: 'the path holds a backslash',
  control: 'the path holds a control character',
  drive: 'the path names a drive',
  home: 'the path names a home folder',
  name: 'the name holds a character outside A-Z a-z 0-9 . _ -',
  nul: 'the path holds a NUL',
  parent: 'the path leads out of its folder',
  reserved: 'the name is reserved on some system',
  'too-long': 'the path is too long for some system',
  unc: 'the path names a network share',
};

/** What is wrong with a path, as a problem of the container: readers refuse such entries, manifests must not name them. */
export function pathFinding(
  path: string,
): { readonly id: string; readonly target: string; readonly detail: string } | undefined {
  const kind = pathProblem(path);
  return kind && { id: `path/${kind}`, target: path, detail: DETAILS[kind] };
}

/** Paths are safe on every system, one name each, and lead to plain files of the package's own (SECURITY IM-2, IM-3). */
export const path: Check = {
  ids: [
    ...Object.keys(DETAILS).map((kind) => `path/${kind}`),
    'path/device',
    'path/hard-link',
    'path/symlink',
    'path/twin',
  ],
  run(contents, findings) {
    for (const { id, target, detail } of contents.problems)
      if (id.startsWith('path/')) findings.fail(id, target, detail);
    twins(contents, findings);
    manifestPaths(contents, findings);
  },
};

function twins({ reader }: PackageContents, findings: Findings): void {
  const seen = new Map<string, string>();
  for (const entry of reader.entries) {
    const key = pathTwinKey(entry.path);
    const twin = seen.get(key);
    if (twin !== undefined && twin !== entry.path) {
      findings.fail('path/twin', entry.path, `some file systems take it for ${twin}`);
    }
    seen.set(key, entry.path);
  }
}

function manifestPaths(contents: PackageContents, findings: Findings): void {
  const listed = [...contents.manifests.values(), ...contents.tagManifests.values()].flatMap((m) => [
    ...m.lines.keys(),
  ]);
  for (const path of new Set<ManifestLine['path']>(listed)) {
    const problem = pathFinding(path);
    if (problem !== undefined) findings.fail(problem.id, path, `a manifest lists it, and ${problem.detail}`);
  }
}
