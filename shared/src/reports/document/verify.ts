import type { Report } from '../report-model.ts';
import { mono, type Section } from './blocks.ts';

/** How a reader checks the package without trusting anybody, least of all the package. */
export function verifySection(report: Report): Section {
  return {
    id: 'verify',
    title: 'How to verify',
    blocks: [
      {
        kind: 'paragraph',
        text: [
          'This page is a view of data/report/report.json, which is what is signed. In the package folder:',
        ],
      },
      {
        kind: 'list',
        items: [
          [
            'Get the signing key’s fingerprint by another way than this package and compare it with ',
            mono(report.integrity.key.fingerprint),
            '.',
          ],
          [
            'Check everything with ',
            mono('dbwitness verify <package> --fingerprint <fingerprint>'),
            '. Exit code 0 means verified and signer trusted, 1 that a check failed, 3 intact but signer not trusted.',
          ],
          ['Or open viewer.html of a release that you got elsewhere, and give it the package.'],
          ['Or use everyday tools: VERIFY.md has each command for sha256sum and openssl.'],
          [
            'Check this page: ',
            mono('sha256sum data/report/report.json'),
            ' must print the digest that stands on every page.',
          ],
        ],
      },
    ],
  };
}
