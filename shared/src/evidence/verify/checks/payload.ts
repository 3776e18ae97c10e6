import { ALGORITHMS } from '../../bag.ts';
import type { Check } from '../check.ts';
import { compareIntake } from '../compare-intake.ts';
import { compareListed, reportUnlisted } from '../compare-listed.ts';
import type { PackageContents, ReadExhibit } from '../package-contents.ts';

/** Payload files are those the manifests list, byte for byte; exhibits are what their item files say. */
export const payload: Check = {
  ids: ['payload/digest', 'payload/missing', 'payload/unlisted'],
  async run(contents, findings) {
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
      if (hashes === undefined) {
        const status = explained(contents, item) ? 'skip' : 'fail';
        findings[status]('payload/digest', itemPath, `${item.exhibit} was not compared: ${missing}`);
      } else {
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
    await compareIntake(contents, findings);
  },
};

/** Whether another failing check already tells why an exhibit has no bytes: they are missing, or those of its parent altered. */
function explained(contents: PackageContents, { derived, path = '' }: ReadExhibit['item']): boolean {
  if (derived === undefined)
    return (
      contents.unreadable.has(path) || [...contents.manifests.values()].some(({ lines }) => lines.has(path))
    );
  const parent = contents.exhibits.get(derived.parent);
  if (parent === undefined) return false;
  const { hashes, item } = parent;
  if (hashes === undefined) return true;
  return ALGORITHMS.some(
    (algorithm) => hashes[algorithm] !== undefined && hashes[algorithm] !== item[algorithm],
  );
}
