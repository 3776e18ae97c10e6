import type { Check, Findings } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';
import { sealEntry } from '../seal-entry.ts';

const REPORT = 'data/report/report.json';
const VIEWS = ['data/report/report.html', 'data/report/report.pdf'];

/** The views name the report they show, and the seal names the report (EVIDENCE §12). */
export const report: Check = {
  ids: ['report/digest', 'report/number', 'report/view'],
  async run(contents, findings) {
    findings.skip('report/number', REPORT, 'numbers are computed again by `dbwitness rerun`, not here');
    findings.skip('report/view', REPORT, 'views are rendered again by `dbwitness rerun`, not here');
    const digest = contents.files.get(REPORT)?.sha256;
    if (digest === undefined)
      return findings.skip('report/digest', REPORT, 'there is no report to compare with');
    for (const view of VIEWS) {
      if (!contents.has(view)) continue;
      const bytes = await contents.bytes(view);
      if (bytes !== undefined && !holds(bytes, digest)) {
        findings.fail('report/digest', view, 'does not carry the SHA-256 of report.json', {
          expected: digest,
        });
      }
    }
    await checkSeal(contents, digest, findings);
  },
};

async function checkSeal(contents: PackageContents, digest: string, findings: Findings): Promise<void> {
  const seal = await sealEntry(contents);
  if (seal === undefined) {
    findings.skip('report/digest', 'custody/ledger.jsonl', 'the ledger does not end in a seal');
  } else if (seal.body.report !== digest) {
    const compared = { expected: String(seal.body.report), actual: digest };
    findings.fail('report/digest', REPORT, 'not the report that the seal names', compared);
  }
}

/** Whether bytes hold an ASCII text: PDF and HTML carry the digest in the clear. */
function holds(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < text.length && bytes[at + same] === text.charCodeAt(same)) same++;
    if (same === text.length) return true;
  }
  return false;
}
