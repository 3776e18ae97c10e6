import { blocksOrigin } from '../../checkpoint.ts';
import { toHex } from '../../encoding.ts';
import { HASH_BYTES, rootFromInclusion } from '../../merkle.ts';
import { blockProofPath, type RecordProof, recordProofPath } from '../../record-proof.ts';
import { readTlogProof } from '../../tlog-proof.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';
import { checkCheckpoint } from '../read-checkpoint.ts';

/** Each cited record is where it says in its exhibit, under that exhibit's checkpoint (EVIDENCE §4). */
export const proof: Check = {
  ids: ['proof/invalid'],
  async run(contents, findings) {
    if (contents.proofs.size === 0) findings.skip('proof/invalid', '', 'the package cites no record');
    const used = new Set<string>();
    for (const [path, record] of contents.proofs) {
      if (record === undefined || path !== recordProofPath(record.exhibit, record.index)) {
        findings.fail('proof/invalid', path, 'not a record proof, or of another record than its name says');
      } else await checkRecord(contents, path, record, used, findings);
    }
    for (const path of contents.paths('data/proofs/', '.tlog-proof')) {
      if (!used.has(path)) findings.fail('proof/invalid', path, 'belongs to no cited record');
    }
  },
};

async function checkRecord(
  contents: PackageContents,
  path: string,
  record: RecordProof,
  used: Set<string>,
  findings: Findings,
): Promise<void> {
  for (const block of record.blocks) used.add(blockProofPath(record.exhibit, record.index, block));
  const exhibit = contents.exhibits.get(record.exhibit);
  if (exhibit === undefined)
    return findings.fail('proof/invalid', path, `there is no exhibit ${record.exhibit}`);
  if (exhibit.hashes?.leaves === undefined) return findings.skip('proof/invalid', path, exhibit.missing);
  const actual = contents.recordDigests.get(path);
  if (actual !== record.sha256) {
    const compared = { expected: record.sha256, ...(actual === undefined ? {} : { actual }) };
    findings.fail(
      'proof/invalid',
      path,
      `bytes ${record.from} to ${record.to} are not the cited record`,
      compared,
    );
  }
  for (const block of record.blocks) {
    const proofPath = blockProofPath(record.exhibit, record.index, block);
    if (contents.has(proofPath))
      await checkBlock(contents, proofPath, record, block, exhibit.hashes.leaves, findings);
    else if (!isListed(contents, proofPath))
      findings.fail('proof/invalid', path, `the proof of block ${block} is not there`);
  }
}

async function checkBlock(
  contents: PackageContents,
  path: string,
  record: RecordProof,
  block: number,
  leaves: Uint8Array,
  findings: Findings,
): Promise<void> {
  const read = readTlogProof((await contents.text(path)) ?? '');
  if (read === undefined) return findings.fail('proof/invalid', path, 'not a tlog-proof');
  const checkpoint = await checkCheckpoint(
    contents,
    read.checkpoint,
    blocksOrigin(contents.caseId, record.exhibit),
  );
  if (checkpoint.problem !== undefined)
    findings[checkpoint.status]('proof/invalid', path, checkpoint.problem);
  if (checkpoint.head === undefined) return;
  if (read.index !== block)
    return findings.fail('proof/invalid', path, `proves block ${read.index}, not block ${block}`);
  const leaf = leaves.slice(block * HASH_BYTES, (block + 1) * HASH_BYTES);
  const root = rootFromInclusion(contents.host.sha256, leaf, block, checkpoint.head.size, read.hashes);
  if (root === undefined || toHex(root) !== checkpoint.head.root) {
    findings.fail('proof/invalid', path, `block ${block} is not in the tree of ${record.exhibit}`);
  }
}

/** A listed file that is gone is reported as missing, once. */
function isListed(contents: PackageContents, path: string): boolean {
  return [...contents.manifests.values()].some(({ lines }) => lines.has(path));
}
