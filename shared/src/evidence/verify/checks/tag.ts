import { ALGORITHMS, tagManifestPath } from '../../bag.ts';
import type { Check } from '../check.ts';
import { compareListed, reportUnlisted } from '../compare-listed.ts';

/** Tag files are those the tag manifests list, byte for byte. */
export const tag: Check = {
  ids: ['tag/digest', 'tag/missing', 'tag/unlisted'],
  run(contents, findings) {
    compareListed('tag', contents, contents.tagManifests, findings);
    const outside = (path: string) =>
      ALGORITHMS.some((algorithm) => tagManifestPath(algorithm) === path) ||
      path === 'fetch.txt' ||
      /^(data|signatures|timestamps)\//.test(path);
    const present = contents.reader.entries.filter(({ kind, path }) => kind === 'file' && !outside(path));
    reportUnlisted(
      'tag',
      present.map(({ path }) => path),
      contents.tagManifests,
      findings,
    );
  },
};
