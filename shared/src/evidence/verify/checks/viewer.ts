import type { Check } from '../check.ts';

const VIEWER = 'viewer.html';

/** The viewer is one of a known release: an altered one could show anything. */
export const viewer: Check = {
  ids: ['viewer/unknown-build'],
  run(contents, findings) {
    const known = contents.expectations.knownViewers ?? [];
    const digest = contents.files.get(VIEWER)?.sha256;
    if (digest === undefined) findings.skip('viewer/unknown-build', VIEWER, 'the package holds no viewer');
    else if (known.length === 0)
      findings.skip('viewer/unknown-build', VIEWER, 'no digests of known releases were given');
    else if (!known.includes(digest))
      findings.warn('viewer/unknown-build', VIEWER, 'not the viewer of a known release: do not rely on it');
  },
};
