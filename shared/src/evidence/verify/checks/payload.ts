import { ALGORITHMS } from '../../bag.ts';
import type { Check, Findings } from '../check.ts';
import { compareListed, reportUnlisted } from '../compare-listed.ts';
import type { PackageContents } from '../package-contents.ts';
import { ledgerEntries } from '../seal-entry.ts';

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
    await compareIntake(contents, findings);
  },
};

/** What the ledger recorded when an exhibit came in is what the package holds now. */
async function compareIntake(contents: PackageContents, findings: Findings): Promise<void> {
  for (const { act, object, body, seq } of await ledgerEntries(contents)) {
    if (act !== 'exhibit.register' && act !== 'exhibit.derive' && act !== 'exhibit.import') continue;
    for (const { item, itemPath } of object.flatMap((id) => contents.exhibits.get(id) ?? [])) {
      if (body.sha256 === item.sha256 && body.sha512 === item.sha512) continue;
      const compared = { expected: String(body.sha256), actual: item.sha256 };
      findings.fail(
        'payload/digest',
        itemPath,
        `${item.exhibit} is not the file of ledger entry ${seq} (${act})`,
        compared,
      );
    }
  }
}
