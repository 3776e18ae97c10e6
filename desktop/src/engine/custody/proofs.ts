import { createHash } from 'node:crypto';
import type { MerkleTree } from '@dbwitness/shared/evidence/merkle.ts';
import {
  blockProofPath,
  coveringBlocks,
  recordProofJson,
  recordProofPath,
} from '@dbwitness/shared/evidence/record-proof.ts';
import { tlogProofText } from '@dbwitness/shared/evidence/tlog-proof.ts';
import { digestRanges } from '@dbwitness/shared/evidence/verify/digest-ranges.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { EngineError } from '../engine-error.ts';
import { type PackageFile, packageFile } from './package-file.ts';

/** A record that a finding, bookmark or story cites: its place in its exhibit. */
export interface CitedRecord {
  readonly exhibit: string;
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Passes an exhibit's bytes through and digests its cited records on the way: the digest of each by index. */
export function digestCited(
  bytes: AsyncIterable<Uint8Array>,
  cited: readonly CitedRecord[],
  digests: Map<number, string>,
): AsyncIterable<Uint8Array> {
  const wanted = cited.map(({ index, from, to }) => ({ id: String(index), from, to }));
  return digestRanges(nodePrimitives.sha256, bytes, wanted, (id, digest) => digests.set(Number(id), digest));
}

/** The proof files of an exhibit's cited records: one JSON a record, one `.tlog-proof` a covering block (EVIDENCE §4). */
export function proofFiles(
  cited: readonly CitedRecord[],
  digests: ReadonlyMap<number, string>,
  tree: MerkleTree,
  checkpoint: string,
): readonly PackageFile[] {
  return cited.flatMap(({ exhibit, index, from, to }) => {
    const sha256 = digests.get(index) ?? (from === to ? EMPTY : undefined);
    if (sha256 === undefined) {
      throw new EngineError(
        'seal/record-outside',
        `Record ${exhibit}:${index} is cited and lies outside its exhibit.`,
      );
    }
    const blocks = coveringBlocks(from, to);
    const record = packageFile(
      recordProofPath(exhibit, index),
      recordProofJson({ v: 1, exhibit, index, from, to, sha256, blocks }),
    );
    const proofs = blocks.map((block) =>
      packageFile(
        blockProofPath(exhibit, index, block),
        tlogProofText({ index: block, hashes: tree.inclusionProof(block), checkpoint }),
      ),
    );
    return [record, ...proofs];
  });
}

const EMPTY = createHash('sha256').digest('hex');
