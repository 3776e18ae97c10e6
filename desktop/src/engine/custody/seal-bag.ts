import {
  ALGORITHMS,
  BAGIT_TXT,
  bagInfoText,
  manifestPath,
  manifestText,
  tagManifestPath,
} from '@dbwitness/shared/evidence/bag.ts';
import { pae, signEnvelope } from '@dbwitness/shared/evidence/dsse.ts';
import { fp16 } from '@dbwitness/shared/evidence/key.ts';
import type { LedgerEntry } from '@dbwitness/shared/evidence/ledger-entry.ts';
import {
  type SealedExhibit,
  STATEMENT_MEDIA_TYPE,
  type Statement,
  statementJson,
} from '@dbwitness/shared/evidence/statement.ts';
import { verifyMarkdown } from '@dbwitness/shared/evidence/verify-md.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { type PackageFile, packageFile } from './package-file.ts';
import type { SealFacts, SealInput } from './seal-input.ts';

/** Steps 6 and 7 of EVIDENCE §9: the bag around the content, tag manifests last. */
export function bagFiles(
  input: SealInput,
  facts: SealFacts,
  sealEntry: LedgerEntry,
  content: readonly PackageFile[],
): readonly PackageFile[] {
  const payload = content.filter(({ path }) => path.startsWith('data/'));
  const info = bagInfoText({
    organisation: input.organisation,
    caseId: input.caseId,
    packageId: facts.packageId,
    date: sealEntry.at.slice(0, 10),
    payload: { bytes: payload.reduce((sum, { length }) => sum + length, 0), files: payload.length },
  });
  const manifest = (files: readonly PackageFile[], algorithm: (typeof ALGORITHMS)[number]) =>
    manifestText(files.map((file) => ({ path: file.path, digest: file[algorithm] })));
  const tags = [
    ...content.filter(({ path }) => !path.startsWith('data/')),
    packageFile('bagit.txt', BAGIT_TXT),
    packageFile('bag-info.txt', info),
    packageFile(
      'VERIFY.md',
      verifyMarkdown({ caseId: input.caseId, packageId: facts.packageId, fingerprint: facts.fingerprint }),
    ),
    ...ALGORITHMS.map((algorithm) => packageFile(manifestPath(algorithm), manifest(payload, algorithm))),
  ];
  return [
    ...payload,
    ...tags,
    ...ALGORITHMS.map((algorithm) => packageFile(tagManifestPath(algorithm), manifest(tags, algorithm))),
  ];
}

/** Step 8 of EVIDENCE §9: the statement over both tag manifests, its envelope, and the raw companions for OpenSSL. */
export function signatureFiles(
  input: SealInput,
  facts: SealFacts,
  sealEntry: LedgerEntry,
  evidence: readonly SealedExhibit[],
  bag: readonly PackageFile[],
): readonly PackageFile[] {
  const { identity } = input;
  const tagManifests = new Set(ALGORITHMS.map(tagManifestPath));
  const statement: Statement = {
    subject: bag
      .filter(({ path }) => tagManifests.has(path))
      .map(({ path, sha256, sha512 }) => ({ name: path, digest: { sha256, sha512 } })),
    predicate: {
      package: facts.packageId,
      case: input.caseId,
      sequence: input.sequence,
      supersedes: input.supersedes ?? null,
      profile: '1',
      tool: input.tool,
      sealedAt: sealEntry.at,
      ledger: input.ledger.head,
      evidence,
      signer: { role: identity.role },
    },
  };
  const payload = nodePrimitives.text.encode(statementJson(statement));
  const covered = pae(nodePrimitives, STATEMENT_MEDIA_TYPE, payload);
  const name = fp16(identity.fingerprint);
  return [
    packageFile('signatures/statement.json', payload),
    packageFile('signatures/statement.pae', covered),
    packageFile(
      `signatures/${name}.dsse.json`,
      signEnvelope(nodePrimitives, STATEMENT_MEDIA_TYPE, payload, identity.fingerprint, identity.signer),
    ),
    packageFile(`signatures/${name}.sig`, identity.signer.sign(covered)),
  ];
}
