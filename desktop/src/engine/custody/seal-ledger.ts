import { createHash } from 'node:crypto';
import { manifestText } from '@dbwitness/shared/evidence/bag.ts';
import { consistencyText } from '@dbwitness/shared/evidence/consistency-file.ts';
import { fp16, publicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import { keyRing } from '@dbwitness/shared/evidence/ledger.ts';
import { type LedgerEntry, readEntry } from '@dbwitness/shared/evidence/ledger-entry.ts';
import type { SealedExhibit } from '@dbwitness/shared/evidence/statement.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { EngineError } from '../engine-error.ts';
import type { LedgerFile } from './ledger-file.ts';
import { type PackageFile, packageFile } from './package-file.ts';
import type { SealFacts, SealInput } from './seal-input.ts';

/** Steps 4 and 5 of EVIDENCE §9: the seal entry, and the ledger's files with the checkpoint over it. */
export async function sealLedger(
  input: SealInput,
  facts: SealFacts,
  report: string,
  evidence: readonly SealedExhibit[],
): Promise<{ readonly seal: LedgerEntry; readonly files: readonly PackageFile[] }> {
  const { ledger, identity } = input;
  const digestOf = (folder: string) => digestOfSet(input.files.filter(({ path }) => path.startsWith(folder)));
  await ledger.append(
    'seal',
    {
      package: facts.packageId,
      sequence: input.sequence,
      report,
      evidence: evidence.map(({ exhibit, blocks }) => ({ exhibit, size: blocks.size, root: blocks.root })),
      rules: digestOf('data/rules/'),
      policies: digestOf('data/policy/'),
      queries: digestOf('data/queries/'),
    },
    [facts.name],
  );
  const text = await ledger.text();
  const lines = text.split('\n').slice(0, -1);
  const entry = readEntry(lines.at(-1) ?? '');
  if (entry?.act !== 'seal' || entry.seq !== facts.ledger.size || lines.length !== facts.ledger.size + 1) {
    throw new EngineError(
      'seal/disturbed',
      'Another act was recorded while the package was sealed. Seal it again.',
    );
  }
  const files = [
    packageFile('custody/ledger.jsonl', text),
    packageFile('custody/ledger.checkpoint', ledger.checkpoint(identity)),
    ...(await bodyFiles(ledger, lines)),
    ...keyFiles([identity.signer.publicKey, ...input.keys]),
    ...input.earlier.flatMap(({ sequence, checkpoint, ledgerSize }) => {
      const path = `custody/previous/${String(sequence).padStart(3, '0')}`;
      const proof = consistencyText(ledger.consistencyProof(ledgerSize));
      return [packageFile(`${path}.checkpoint`, checkpoint), packageFile(`${path}.consistency`, proof)];
    }),
  ];
  return { seal: entry, files };
}

function keyFiles(keys: readonly Uint8Array[]): readonly PackageFile[] {
  const ring = keyRing(nodePrimitives.sha256, keys);
  return Array.from(ring, ([name, key]) => packageFile(`custody/keys/${fp16(name)}.pem`, publicKeyPem(key)));
}

async function bodyFiles(ledger: LedgerFile, lines: readonly string[]): Promise<readonly PackageFile[]> {
  const digests = new Set<string>();
  for (const line of lines) {
    const detail = (readEntry(line)?.body as { readonly detail?: unknown } | undefined)?.detail;
    if (typeof detail === 'string') digests.add(detail);
  }
  return Promise.all(
    [...digests].map(async (digest) =>
      packageFile(`custody/bodies/${digest}.json`, await ledger.body(digest)),
    ),
  );
}

/** Digest of a set of files: SHA-256 of their manifest. */
function digestOfSet(files: readonly PackageFile[]): string {
  return createHash('sha256')
    .update(manifestText(files.map(({ path, sha256 }) => ({ path, digest: sha256 }))))
    .digest('hex');
}
