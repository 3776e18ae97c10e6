import { ALGORITHMS } from '../../bag.ts';
import type { Check } from '../check.ts';
import { compareListed, reportUnlisted } from '../compare-listed.ts';

/** Payload files are those the manifests list, byte for byte; exhibits are what their item files say. */
export const payload: Check = {
  ids: ['payload/digest', 'payload/missing', 'payload/unlisted'],
  run(contents, findings) {
    compareListed('payload', contents, contents.manifests, findings);
    const present = contents.reader.entries.filter(
      ({ kind, path }) => kind === 'file' && path.startsWith('data/'),
    );
    reportUnlisted(
      'payload',
      present.map(({ path }) => path),
      contents.manifests,
      findings,
    );
    for (const { item, itemPath, hashes, missing } of contents.exhibits.values()) {
      if (hashes === undefined) findings.skip('payload/digest', itemPath, `${item.exhibit}: ${missing}`);
      else {
        for (const algorithm of ALGORITHMS) {
          const actual = hashes[algorithm];
          if (actual === undefined || actual === item[algorithm]) continue;
          findings.fail(
            'payload/digest',
            itemPath,
            `${item.exhibit} is not the file taken in (${algorithm})`,
            {
              expected: item[algorithm],
              actual,
            },
          );
        }
      }
    }
  },
};
