import { visible } from '@dbwitness/shared/text/problem.ts';
import type { Finding } from '../findings.ts';
import type { ReportChoice, ReportPreview, SealedPackageRow, Verification } from '../report.ts';
import { HOSTILE_TEXT } from './kinds.ts';
import { fakeDigest } from './random.ts';

const STYLE =
  ':root{color-scheme:light}body{font:15px/1.5 Georgia,serif;margin:3rem auto;max-width:44rem;padding:0 1.5rem;color:#1b1b1b;background:#fff}h1{font-size:1.9rem;line-height:1.2}h2{margin-top:2rem;border-bottom:1px solid #999}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}.small{color:#555;font-size:.85rem}';

export function reportPreview(choice: ReportChoice, findings: readonly Finding[]): ReportPreview {
  const listed = findings.filter((one) =>
    choice.findings.length === 0 ? one.triage !== 'benign' : choice.findings.includes(one.id),
  );
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${html(choice.title)}</title><style>${STYLE}</style></head><body><main><h1>${html(choice.title || 'Untitled report')}</h1><p class="small">Case 2026-014 · times in ${html(choice.zone)}</p><h2>Summary</h2><p>${html(choice.summary || '—')}</p><h2>Findings</h2><table><thead><tr><th scope="col">Level</th><th scope="col">Finding</th><th scope="col">Account</th><th scope="col">Records</th></tr></thead><tbody>${listed.map((one) => `<tr><td>${one.level}</td><td>${html(one.title)}</td><td>${html(one.user ?? '')}</td><td>${one.count}</td></tr>`).join('')}</tbody></table><h2>Appendix: a statement as logged</h2><p>${html(visible(HOSTILE_TEXT))}</p><h2>Conclusions</h2><p>${html(choice.conclusions || '—')}</p></main></body></html>`;
  const missing = [
    ...(choice.title ? [] : [{ field: 'title', why: 'A report needs a title that names the case.' }]),
    ...(choice.summary ? [] : [{ field: 'summary', why: 'Readers who read one paragraph read this one.' }]),
    ...(choice.conclusions
      ? []
      : [{ field: 'conclusions', why: 'What follows from the findings is not said.' }]),
    {
      field: 'clock offset of pg-prod-1',
      why: 'No offset was determined; times are as the server wrote them.',
    },
  ];
  return { html: page, sha256: fakeDigest(page.length), missing };
}

function html(text: string): string {
  return text.replace(/[&<>"\u0000]/g, (c) => (c === '\u0000' ? '\u2400' : `&#${c.charCodeAt(0)};`));
}

/** What the verifier says of the made-up package; `bad` has one altered exhibit. */
export function verification(name: string, bad: boolean): Verification {
  return {
    exit: bad ? 1 : 3,
    verdict: bad ? 'failed' : 'not-trusted',
    package: name,
    checks: [
      {
        id: 'bag/manifest',
        status: bad ? 'fail' : 'pass',
        target: 'data/exhibits/E002',
        ...(bad ? { expected: fakeDigest(2), actual: fakeDigest(999) } : {}),
        detail: bad
          ? 'The SHA-256 of the file is not the one in the manifest.'
          : 'All 34 files have the digests of the manifest.',
      },
      {
        id: 'exhibit/blocks',
        status: bad ? 'fail' : 'pass',
        target: 'E002',
        detail: bad
          ? 'Block 17 of 4 551 differs; the others are as sealed.'
          : 'All 13 702 blocks match their roots.',
      },
      {
        id: 'ledger/chain',
        status: 'pass',
        target: 'ledger',
        detail: '41 entries, each chained to the one before.',
      },
      {
        id: 'ledger/signatures',
        status: 'pass',
        target: 'ledger',
        detail: '40 signatures are valid; entry 0 was adopted by the key that followed.',
      },
      {
        id: 'proofs/records',
        status: 'pass',
        target: 'report',
        detail: '96 cited records are proven to be in their exhibits.',
      },
      {
        id: 'signature/untrusted-key',
        status: 'warn',
        target: 'seal',
        detail: 'The key that sealed is not in a trust file that you gave.',
      },
      {
        id: 'time/token',
        status: 'not-checked',
        target: 'seal',
        detail: 'The package holds no time stamp: when it was sealed rests on the examiner’s clock.',
      },
      {
        id: 'ledger/consistency',
        status: 'not-checked',
        target: 'ledger',
        detail: 'No older package or noted head was given to compare with.',
      },
    ],
    signers: [
      { fingerprint: fakeDigest(77), name: 'Ines Prasad', trusted: false, why: 'No trust file was given.' },
    ],
    counts: { files: 34, exhibits: 3, entries: 41, records: 96 },
  };
}

export function sealedPackage(n: number, sealedAt: string): SealedPackageRow {
  const name = `case-2026-014-00${n}`;
  return {
    ref: `package-${n}`,
    name,
    form: 'zip',
    place: `case-2026-014/packages/${name}.zip`,
    digest: fakeDigest(4 + n),
    sealedAt,
    bytes: 812_004_112,
  };
}
