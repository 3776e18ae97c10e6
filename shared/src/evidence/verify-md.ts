import { fp16, groupedFingerprint } from './key.ts';

/** What VERIFY.md has to name. */
export interface VerifyFacts {
  readonly caseId: string;
  readonly packageId: string;
  readonly fingerprint: string;
}

/**
 * VERIFY.md of a package: how to check it with `sha256sum` and `openssl` alone (EVIDENCE §12). Every command stands in a fenced
 * block and ends with status 0 on a good package; a test runs them all, and on altered packages.
 */
export function verifyMarkdown({ caseId, packageId, fingerprint }: VerifyFacts): string {
  const name = fp16(fingerprint);
  return `# How to verify this package

Case ${caseId}, package ${packageId}.

These commands need \`sha256sum\`, \`sha512sum\` and \`openssl\` (3.0 or later), and none of the software that made the package. Run
them in the folder that holds this file. Each must end without an error; a word in capitals or a line with FAILED is a finding.
A package proves nothing about itself: step 6 needs a fingerprint that you got by another way than this package.

## 1. The files that describe the package are unchanged

\`\`\`sh
sha256sum --strict --quiet -c tagmanifest-sha256.txt
sha512sum --strict --quiet -c tagmanifest-sha512.txt
\`\`\`

## 2. The evidence and the report are unchanged

\`\`\`sh
sha256sum --strict --quiet -c manifest-sha256.txt
sha512sum --strict --quiet -c manifest-sha512.txt
\`\`\`

## 3. Nothing was added

Both digests in each comparison must be the same; then, no links or devices, and no empty folders.

\`\`\`sh
test "$(find data -type f | LC_ALL=C sort | sha256sum)" = "$(cut -c67- manifest-sha256.txt | sha256sum)"
test "$(find . -type f ! -path './data/*' ! -path './signatures/*' ! -path './timestamps/*' ! -path './tagmanifest-*' | cut -c3- | LC_ALL=C sort | sha256sum)" = "$(cut -c67- tagmanifest-sha256.txt | sha256sum)"
test -z "$(find . ! -type f ! -type d)"
test -z "$(find . -type d -empty)"
\`\`\`

## 4. The signature is good

\`\`\`sh
openssl pkeyutl -verify -pubin -inkey custody/keys/${name}.pem -rawin -in signatures/statement.pae -sigfile signatures/${name}.sig
\`\`\`

## 5. What is signed is this package

The signed text names the digests of the two lists of step 1.

\`\`\`sh
grep -q "$(sha256sum tagmanifest-sha256.txt | cut -c1-64)" signatures/statement.pae
grep -q "$(sha256sum tagmanifest-sha512.txt | cut -c1-64)" signatures/statement.pae
\`\`\`

## 6. The key is the examiner's

This prints the fingerprint of the key that signed. Compare it with the one that the examiner gave you in person, on paper, or in a
directory that you trust; the one below is what the package says of itself, and proves nothing alone.

\`\`\`sh
openssl pkey -pubin -in custody/keys/${name}.pem -outform DER | sha256sum
\`\`\`

    ${groupedFingerprint(fingerprint)}

## What this does not check

The custody ledger's own chain and signatures, the block trees, the proofs of single records and the order of acts: for these use
\`dbwitness verify\`, or open \`viewer.html\` from a release of DB Witness (not from this package) and drop this folder on it.
The report says what a package cannot prove.
`;
}
